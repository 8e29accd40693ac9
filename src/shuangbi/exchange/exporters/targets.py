"""Targets as they stand now."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuangbi.competitions.models import Competition, Target
from shuangbi.competitions.queries import frozen_scheme, parsed
from shuangbi.exchange.exporter import Cells, Exporter, exact_text, unit_words
from shuangbi.exchange.importers.targets import COLUMNS
from shuangbi.foundation.errors import Refused
from shuangbi.organisations.access import Access
from shuangbi.projects.queries import projects_visible_to


def rows(access: Access, competition: Competition | None) -> Iterator[Cells]:
    """The targets of a competition; of named projects those that the person may open. Raises Refused without a scheme."""
    file = frozen_scheme(competition) if competition else None
    if competition is None or file is None:
        raise Refused(_("Freeze a scheme first."))
    measures, words = parsed(file).measures, unit_words()
    targets = Target.objects.filter(competition=competition).order_by("seq")
    last = {(target.round, target.unit_id, target.measure): target for target in targets}
    named = {id_ for target in last.values() for id_ in target.subjects or ()}
    codes = {str(id_): code for id_, code in projects_visible_to(access).filter(id__in=named).values_list("id", "code")}
    for (name, unit, measure), target in last.items():
        rule = measures.get(measure)
        value = None if target.value is None else exact_text(target.value, rule.unit if rule else "count")
        yield {
            "round": name, "unit": words[unit], "measure": rule.title if rule else measure, "value": value,
            "projects": "、".join(codes[id_] for id_ in target.subjects or () if id_ in codes), "reason": target.reason,
        }


EXPORTER = Exporter(name="targets", title=gettext_lazy("Targets"), columns=COLUMNS, rows=rows)
