"""The sections of a bulletin in the order in which they stand, listed by hand."""

from shuangbi.bulletins.section import Section
from shuangbi.bulletins.sections import (
    city, composite, differences, head, indicators, note, patrol, problems, projects, requirements,
)

SECTIONS: dict[str, Section] = {
    section.NAME: section
    for section in (head, city, indicators, composite, patrol, projects, problems, requirements, differences, note)
}
