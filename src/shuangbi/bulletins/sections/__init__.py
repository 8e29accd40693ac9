"""The sections of a bulletin in the order in which they stand, listed by hand."""

from shuangbi.bulletins.section import Section
from shuangbi.bulletins.sections import (
    city,
    composite,
    correction,
    differences,
    events,
    head,
    indicators,
    note,
    patrol,
    problems,
    projects,
    requirements,
    tables,
)

SECTIONS: dict[str, Section] = {
    section.NAME: section
    for section in (
        head, correction, city, indicators, composite, events, patrol, projects, problems, differences, requirements,
        tables, note,
    )
}
