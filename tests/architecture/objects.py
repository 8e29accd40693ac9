"""A thing of one's own unit and a thing of another's, for every name that an address asks for.

When a room brings a new `<uuid:…_id>`, add a line here: the permission matrix refuses addresses it cannot fill.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from shuangbi.bulletins import actions as bulletins
from shuangbi.bulletins.compose import parts_of
from shuangbi.claims import actions as claims
from shuangbi.claims.models import Evidence
from shuangbi.competitions import actions as competitions
from shuangbi.competitions.counting import catch_up
from shuangbi.exchange.actions import check_table
from shuangbi.exchange.importers import IMPORTERS
from shuangbi.foundation import clock
from shuangbi.ledger import files
from shuangbi.organisations.access import Access, access_of
from shuangbi.organisations.models import Grant, Person, Unit
from shuangbi.projects import actions as projects
from shuangbi.projects.models import Assignment, Milestone, Project, Tagging
from tests.architecture.sources import ROOT
from tests.cast import ADMINISTRATORS, PEOPLE, UNITS, Cast

# Words that stand in everything a unit owns, and may be read only by those whose scope holds the unit.
OWN_CANARY = "金丝雀甲"
OTHER_CANARY = "金丝雀乙"
YI = 10**10
DAY = date(2020, 9, 18)
# Before the cut-off of the weekly bulletin, so that it knows of everything.
TOLD_AT = datetime(2020, 10, 9, 10, 0, tzinfo=clock.SHANGHAI)
# Independent of the code that is tested: what each person of the cast does, and for which units.
ROLES = {username: role for _attribute, username, _name, role, _code in PEOPLE} | {
    username: role for _attribute, username, _name, role in ADMINISTRATORS
}
UNIT_OF = {username: code for _attribute, username, _name, _role, code in PEOPLE}
ABOVE = {code: above for code, _name, _short, _english, _kind, above in UNITS}
ADMINISTRATOR = {"system_admin", "security_admin", "security_auditor"}


def role_of(person: Person | None) -> str:
    """The one role of a person of the cast; empty for a stranger and for whoever holds none."""
    return str(ROLES.get(person.username, "")) if person else ""


def in_scope(person: Person | None, code: str) -> bool:
    """Whether a unit is the person's own or lies below it."""
    own = UNIT_OF.get(person.username) if person else None
    at: str = code
    while at:
        if at == own:
            return True
        at = ABOVE[at]
    return False


def takes_part(person: Person | None, code: str) -> bool:
    """Whether the person belongs to a unit, to one below it or to one above it."""
    own = UNIT_OF.get(person.username, "") if person else ""
    at = own
    while at:
        if at == code:
            return True
        at = ABOVE[at]
    return in_scope(person, code)


@dataclass(frozen=True)
class Thing:
    """What stands for a name in an address: the county's, the other county's, and who sees that of a unit at all."""

    own: object
    other: object
    sees: Callable[[Person | None, str], bool] = in_scope


# Which unit stands behind "own" and "other".
CODE_OF = {"own": "qinghe", "other": "yuntang"}


def knows_person(person: Person | None, code: str) -> bool:
    """The administrators know everyone; office and unit leads those of their units."""
    role = role_of(person)
    return role in ADMINISTRATOR or (role in {"office_clerk", "office_lead", "unit_lead"} and in_scope(person, code))


def drafts(person: Person | None, code: str) -> bool:
    """The office, for what it may run."""
    return role_of(person) in {"office_clerk", "office_lead"} and in_scope(person, code)


PAGES_OF_DRAFTS = ("edit", "section", "refresh", "preview", "issue", "discard")
ROUNDS = (
    competitions.NewRound("2020", "year", date(2020, 1, 1), date(2020, 12, 31), date(2020, 1, 1)),
    competitions.NewRound("2020-09", "month", date(2020, 9, 1), date(2020, 9, 30), date(2020, 1, 1), "2020"),
    competitions.NewRound("2020-W40", "week", date(2020, 9, 28), date(2020, 10, 11), date(2020, 1, 1), "2020"),
    competitions.NewRound("2020-10", "month", date(2020, 10, 1), date(2020, 10, 31), date(2020, 1, 1), "2020"),
)


@dataclass(frozen=True)
class World:
    """The cast and everything the addresses ask for."""

    cast: Cast
    things: dict[str, Thing]
    # Values of other names, by route name or by room.
    words: dict[str, dict[str, str]] = field(default_factory=dict)

    def thing(self, route_name: str, param: str) -> Thing | None:
        """What stands for a name: the page's own, else that of all pages."""
        return self.things.get(f"{route_name} {param}") or self.things.get(param)

    def words_for(self, route_name: str) -> dict[str, str]:
        return {**self.words.get(route_name.split(":")[0], {}), **self.words.get(route_name, {})}

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
    scheme: UUID
    issued: UUID
    draft: UUID
    attempt: UUID


def make_world(cast: Cast) -> World:
    """Enter the same set of things for the county and for the other county."""
    with clock.standing_at(TOLD_AT):
        own = _belongings(cast, cast.county, cast.reporter, OWN_CANARY)
        other = _belongings(cast, cast.other_county, cast.other_reporter, OTHER_CANARY)
    grants = [Grant.objects.get(person=person).id for person in (cast.reporter, cast.other_reporter)]
    uploaders = {"own": cast.reporter.username, "other": cast.other_reporter.username}
    by_unit = {code: whose for whose, code in CODE_OF.items()}
    things = {
        "unit_id": Thing(cast.county.id, cast.other_county.id, lambda person, _code: bool(role_of(person))),
        "person_id": Thing(cast.reporter.id, cast.other_reporter.id, knows_person),
        "grant_id": Thing(*grants, knows_person),
        "project_id": Thing(own.project.id, other.project.id),
        # Events are announced to all; the projects of their lists are not.
        "event_id": Thing(own.event, other.event, lambda person, _code: role_of(person) not in {"", *ADMINISTRATOR}),
        # Reconciling an event needs a competition to count in, and the world has only the two counties'.
        "cockpit:event-reconciliation event_id": Thing(
            own.event, other.event, lambda person, _code: any(takes_part(person, code) for code in CODE_OF.values())
        ),
        "milestone_id": Thing(own.milestone.id, other.milestone.id),
        "tagging_id": Thing(own.tagging.id, other.tagging.id),
        "assignment_id": Thing(own.assignment.id, other.assignment.id),
        "claim_id": Thing(own.claim, other.claim),
        "evidence_id": Thing(own.evidence.id, other.evidence.id),
        # A competition of a county is read by its own people, by those below and by those above.
        "slug": Thing("own-race", "other-race", takes_part),
        "file_id": Thing(own.scheme, other.scheme, takes_part),
        "name": Thing("2020-09", "2020-10", takes_part),
        # An issued bulletin is read by whoever takes part; a draft by its office.
        "issue_id": Thing(own.issued, other.issued, takes_part),
        **{f"bulletins:issue-{page} issue_id": Thing(own.draft, other.draft, drafts) for page in PAGES_OF_DRAFTS},
        # An upload is its sender's.
        "attempt_id": Thing(
            own.attempt, other.attempt, lambda person, code: bool(person) and person.username == uploaders[by_unit[code]]
        ),
    }
    catch_up()
    words = {
        "projects:promise-new": {"what": "agreement"}, "exchange": {"kind": "claims"},
        "cockpit:item-detail": {"item": "signed"}, "bulletins:issue-file": {"audience": "internal", "form": "pdf"},
    }
    return World(cast, things, words)


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
    scheme, issued, draft = _race(cast, unit, canary)
    return Belongings(
        project=project, event=event, milestone=Milestone.objects.get(project=project),
        tagging=Tagging.objects.get(project=project), assignment=Assignment.objects.get(project=project), claim=claim,
        evidence=Evidence.objects.get(claim=claim), scheme=scheme, issued=issued, draft=draft, attempt=_upload(by, canary),
    )


def _race(cast: Cast, unit: Unit, canary: str) -> tuple[UUID, UUID, UUID]:
    """A competition of the unit with a frozen scheme, rounds and itself as participant; its scheme file, a bulletin that is
    issued and one that is a draft."""
    clerk, lead, whose = access_of(cast.clerk), access_of(cast.office_lead), "own" if canary == OWN_CANARY else "other"
    race = competitions.open_competition(
        new=competitions.NewCompetition(
            slug=f"{whose}-race", name=f"{canary}竞赛", owner=unit, office=f"{canary}办", basis=f"{canary}文件",
            starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31),
        ),
        by=lead,
    )
    text = (ROOT / "tests/bulletins/scheme.yaml").read_text(encoding="utf-8")
    file = competitions.upload_scheme(competition=race, text=text, by=clerk)
    competitions.freeze_scheme(file=file, by=lead)
    for new in ROUNDS if whose == "other" else ROUNDS[:-1]:
        competitions.open_round(competition=race, by=lead, new=new)
    competitions.set_participants(
        competition=race, by=clerk, participants=[competitions.NewParticipant(unit, "counties")]
    )
    target = competitions.NewTarget(unit=unit, measure="signed", round="2020-09", value=1)
    competitions.set_targets(competition=race, by=clerk, targets=[target])
    week = bulletins.NewIssue("weekly", "2020-W40", "2020-09", date(2020, 10, 12), date(2020, 10, 11))
    issue = bulletins.draft_issue(competition=race, new=week, by=clerk)
    for part in parts_of(issue):
        bulletins.sign_section(issue=issue, section=part.name, by=clerk)
    issued = bulletins.issue_bulletin(issue=issue, by=lead)
    draft = bulletins.draft_issue(competition=race, new=replace(week, number=2), by=clerk)
    return file.id, issued.id, draft.id


def _upload(by: Access, canary: str) -> UUID:
    """A table that was sent and refused, with the canary in its name and in a cell."""
    table = SimpleUploadedFile(f"{canary}.csv", f"{canary}\n{canary}\n".encode())
    return check_table(importer=IMPORTERS["claims"], upload=table, competition=None, by=by).id
