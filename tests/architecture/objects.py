"""A thing of one's own unit and a thing of another's, for every name that an address asks for.

When a room brings a new `<uuid:…_id>`, add a line here: the permission matrix refuses addresses it cannot fill.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from shuangbi.claims import actions as claims
from shuangbi.claims.models import Evidence
from shuangbi.ledger import files
from shuangbi.organisations.access import Access, access_of
from shuangbi.organisations.models import Grant, Person, Unit
from shuangbi.organisations.queries import grants_visible_to, people_visible_to, units_visible_to
from shuangbi.projects import actions as projects
from shuangbi.projects.models import Assignment, Milestone, Project, Tagging
from tests.cast import Cast

# Words that stand in everything a unit owns, and may be read only by those whose scope holds the unit.
OWN_CANARY = "金丝雀甲"
OTHER_CANARY = "金丝雀乙"
YI = 10**10
DAY = date(2020, 9, 18)
Sees = Callable[[Access, UUID], bool]


@dataclass(frozen=True)
class Thing:
    """What stands for a name in an address: the own unit's, the other's, and who sees one at all."""

    own: object
    other: object
    sees: Callable[[Access, object], bool]


@dataclass(frozen=True)
class World:
    """The cast and everything the addresses ask for."""

    cast: Cast
    things: dict[str, Thing]
    # Values of other names, by route name.
    words: dict[str, dict[str, str]] = field(default_factory=dict)

    def people(self) -> dict[str, Person | None]:
        """A stranger, someone without a role, and one person for every role."""
        cast = self.cast
        return {
            "nobody logged in": None, "without a role": cast.stranger, "reporter": cast.reporter,
            "unit_lead": cast.unit_lead, "indicator_owner": cast.owner, "office_clerk": cast.clerk,
            "office_lead": cast.office_lead, "inspector": cast.inspector, "leader": cast.leader,
            "supervisory_reader": cast.reader, "system_admin": cast.system_admin,
            "security_admin": cast.security_admin, "security_auditor": cast.security_auditor,
        }


@dataclass
class Belongings:
    """What one unit owns."""

    project: Project
    event: UUID
    milestone: Milestone
    tagging: Tagging
    assignment: Assignment
    claim: UUID
    evidence: Evidence


def make_world(cast: Cast) -> World:
    """Enter the same set of things for the county and for the other county."""
    own = _belongings(cast, cast.county, cast.reporter, OWN_CANARY)
    other = _belongings(cast, cast.other_county, cast.other_reporter, OTHER_CANARY)

    def of_unit(own_thing: object, other_thing: object) -> Thing:
        owners = {own_thing: cast.county.id, other_thing: cast.other_county.id}
        return Thing(own_thing, other_thing, lambda access, thing: owners[thing] in access.unit_ids)

    own_grant, other_grant = (Grant.objects.get(person=person).id for person in (cast.reporter, cast.other_reporter))
    things = {
        "unit_id": Thing(cast.county.id, cast.other_county.id, lambda a, t: units_visible_to(a).filter(id=t).exists()),
        "person_id": Thing(cast.reporter.id, cast.other_reporter.id, lambda a, t: people_visible_to(a).filter(id=t).exists()),
        "grant_id": Thing(own_grant, other_grant, lambda a, t: grants_visible_to(a).filter(id=t).exists()),
        "project_id": of_unit(own.project.id, other.project.id),
        # Events are announced to all; the projects of their lists are not.
        "event_id": Thing(own.event, other.event, lambda access, _thing: bool(access.unit_ids)),
        "milestone_id": of_unit(own.milestone.id, other.milestone.id),
        "tagging_id": of_unit(own.tagging.id, other.tagging.id),
        "assignment_id": of_unit(own.assignment.id, other.assignment.id),
        "claim_id": of_unit(own.claim, other.claim),
        "evidence_id": of_unit(own.evidence.id, other.evidence.id),
    }
    return World(cast, things, {"projects:promise-new": {"what": "agreement"}})


def _belongings(cast: Cast, unit: Unit, reporter: Person, canary: str) -> Belongings:
    by, office = access_of(reporter), access_of(cast.clerk)
    new = projects.NewProject(
        name=f"{canary}装备产业园", unit=unit.id, industry="C3591", investor_name=f"{canary}装备制造有限公司",
        site=f"{canary}地块", total_investment=6 * YI, name_en=f"{canary} park",
    )
    project = Project.objects.get(id=projects.register_project(new=new, by=by))
    event = projects.hold_event(
        new=projects.NewEvent(
            kind="signing", title="集中签约", held_on=DAY, unit=unit.id, money="total_investment", place="示例会堂"
        ),
        by=office, projects=[project.id],
    )
    projects.set_milestone(project=project, title=f"{canary}厂房封顶", planned_on=date(2020, 12, 1), by=by)
    projects.put_on_list(project=project, kind="tag", code="infrastructure", by=by, reason=f"{canary}理由")
    projects.assign_person(project=project, person=reporter, part="service_officer", by=office)
    stored = files.keep([f"%PDF-1.4 {canary}".encode()], media_type="application/pdf")
    paper = claims.File(stored.sha256, f"{canary}合同.pdf", "contract")
    claim = claims.report_claim(
        new=claims.NewClaim(kind="signed", unit=unit.id, effective_on=DAY, project=project.id, evidence=(paper,)), by=by
    )
    return Belongings(
        project=project, event=event, milestone=Milestone.objects.get(project=project),
        tagging=Tagging.objects.get(project=project), assignment=Assignment.objects.get(project=project), claim=claim,
        evidence=Evidence.objects.get(claim=claim),
    )
