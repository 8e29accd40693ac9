"""Units with what stands above them."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from shuangbi.competitions.models import Competition
from shuangbi.exchange.exporter import Cells, Exporter
from shuangbi.exchange.importers.units import COLUMNS
from shuangbi.organisations.access import Access
from shuangbi.organisations.choices import UnitKind
from shuangbi.organisations.queries import units_visible_to


def rows(access: Access, competition: Competition | None) -> Iterator[Cells]:
    """Every unit the person may see, those above before those below."""
    for unit in units_visible_to(access).select_related("parent"):
        yield {
            "code": unit.code, "name": unit.name, "short_name": unit.short_name, "kind": str(UnitKind(unit.kind).label),
            "parent": unit.parent.code if unit.parent else None, "starts_on": unit.starts_on, "position": unit.position,
            "name_en": unit.name_en,
        }


EXPORTER = Exporter(name="units", title=_("Units"), columns=COLUMNS, rows=rows)
