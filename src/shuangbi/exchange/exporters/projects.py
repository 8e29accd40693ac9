"""Projects with their moneys, and the lists and tags they are on today."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shuangbi.competitions.models import Competition
from shuangbi.exchange.exporter import Cells, Exporter, in_wan, unit_words
from shuangbi.exchange.importers.projects import COLUMNS, MONEYS
from shuangbi.organisations.access import Access
from shuangbi.projects import lifecycle
from shuangbi.projects.choices import CodeSystem, Stage
from shuangbi.projects.models import OutsideCode, Tagging
from shuangbi.projects.queries import projects_visible_to

PLAIN = ("code", "name", "investor_name", "investor_code", "industry", "site", "registered_on", "summary", "name_en")


def rows(access: Access, competition: Competition | None) -> Iterator[Cells]:
    """The projects in the person's scope. Stages from the signing on are left out: they come back with their claims."""
    words, marks, projects = unit_words(), _marks(), projects_visible_to(access)
    held = OutsideCode.objects.filter(system=CodeSystem.NATIONAL, ends_on__isnull=True)
    national = dict(held.values_list("project_id", "code"))
    for project in projects.order_by("code", "id"):
        cells: Cells = {name: getattr(project, name) for name in PLAIN}
        cells |= {name: in_wan(getattr(project, name)) for name in MONEYS}
        cells |= {name: words.get(getattr(project, f"{name}_id")) for name in ("unit", "bringer", "park")}
        cells |= {f"{kind}s": "、".join(marks[project.id, kind]) for kind in ("list", "tag")}
        cells["stage"] = str(Stage(project.stage).label) if project.stage in lifecycle.FIRST else None
        yield {**cells, "national_code": national.get(project.id)}


def _marks() -> dict[tuple[UUID, str], list[str]]:
    found: dict[tuple[UUID, str], list[str]] = defaultdict(list)
    for mark in Tagging.objects.filter(ends_on__isnull=True).order_by("code", "id"):
        found[mark.project_id, mark.kind].append(mark.title)
    return found


EXPORTER = Exporter(name="projects", title=_("Projects"), columns=COLUMNS, rows=rows)
