"""Claims that stand or are under review, as they were reported."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from shuangbi.claims.choices import LIVE, RULES, Kind
from shuangbi.claims.queries import claims_visible_to
from shuangbi.competitions.models import Competition
from shuangbi.exchange.exporter import Cells, Exporter, exact_text, unit_words
from shuangbi.exchange.importers.claims import COLUMNS
from shuangbi.organisations.access import Access


def rows(access: Access, competition: Competition | None) -> Iterator[Cells]:
    """The claims in the person's scope, in the order of their days; reviews and papers stay behind."""
    words = unit_words()
    claims = claims_visible_to(access).filter(state__in=LIVE).select_related("bond_batch")
    for claim in claims.order_by("effective_on", "reported_at", "seq", "id"):
        yield {
            "unit": words[claim.unit_id], "kind": str(Kind(claim.kind).label),
            "project": claim.project.code if claim.project else None, "title": claim.title,
            "effective_on": claim.effective_on,
            "amount": exact_text(claim.amount, RULES[claim.kind].amount) if claim.amount else None,
            "due_on": claim.due_on, "bond_batch": claim.bond_batch.batch if claim.bond_batch else None, "note": claim.note,
        }


EXPORTER = Exporter(name="claims", title=_("Claims"), columns=COLUMNS, rows=rows)
