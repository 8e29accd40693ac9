"""People with their units; never a password, not even a hashed one."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from shuangbi.competitions.models import Competition
from shuangbi.exchange.exporter import Cells, Exporter, unit_words
from shuangbi.exchange.importers.people import COLUMNS
from shuangbi.organisations.access import Access
from shuangbi.organisations.queries import people_visible_to


def rows(access: Access, competition: Competition | None) -> Iterator[Cells]:
    """The people of units whom the person may see."""
    words = unit_words()
    for person in people_visible_to(access).filter(unit__isnull=False):
        yield {
            "username": person.username, "name": person.name, "unit": words[person.unit_id] if person.unit_id else None,
            "post": person.post, "name_en": person.name_en,
        }


EXPORTER = Exporter(name="people", title=_("People"), columns=COLUMNS, rows=rows)
