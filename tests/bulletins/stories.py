"""What tests of bulletins begin with: a September of two counties, told at its own times, worked out by hand in `told`.

A is 青禾县 (county), B is 云塘区 (other county). Levels: 快报数 counts what is checked, 认定数 what is recognised.

    签约项目   task A 1, B 3 (year 10, 12); A signed on 18 and 29 September, and on 5 October; B on 20 September, and on
              30 September one that is only checked
    开工项目   task A 1, B none; A none, B one on 25 September
    到位资金   task A 2亿元, B 1亿元; A 1.5亿元, B 1亿元
    problems  due A 2, solved 1
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from shuangbi.bulletins import actions
from shuangbi.bulletins.actions import NewIssue
from shuangbi.bulletins.compose import parts_of
from shuangbi.bulletins.models import Issue
from shuangbi.claims import actions as claims
from shuangbi.claims.choices import Kind
from shuangbi.competitions import actions as competitions
from shuangbi.competitions.actions import NewParticipant, NewRound, NewTarget
from shuangbi.competitions.counting import catch_up
from shuangbi.competitions.models import Competition, Round
from shuangbi.foundation import clock
from shuangbi.organisations.access import Access, access_of
from shuangbi.organisations.choices import Role
from shuangbi.organisations.models import Person, Unit
from shuangbi.projects import actions as projects
from shuangbi.projects.models import Milestone, Project
from shuangbi.standings.actions import publish_standing
from shuangbi.standings.models import Standing
from tests.cast import Cast, give
from tests.competitions.stories import check, new_competition, project_of, recognise, report

SCHEME = (Path(__file__).parent / "scheme.yaml").read_text(encoding="utf-8")
YI = 10**10
TOLD_AT = datetime(2020, 10, 9, 10, 0, tzinfo=clock.SHANGHAI)
WEEK = NewRound("2020-W40", "week", date(2020, 9, 28), date(2020, 10, 11), date(2020, 1, 1), "2020")
ROUNDS = (
    NewRound("2020", "year", date(2020, 1, 1), date(2020, 12, 31), date(2020, 1, 1)),
    NewRound("2020-09", "month", date(2020, 9, 1), date(2020, 9, 30), date(2020, 1, 1), "2020"),
    NewRound("2020-10", "month", date(2020, 10, 1), date(2020, 10, 31), date(2020, 1, 1), "2020", "2020-09"),
    WEEK,
)
WEEKLY = NewIssue("weekly", "2020-W40", "2020-09", date(2020, 10, 12), date(2020, 10, 11))
MONTHLY = NewIssue("monthly", "2020-09", "2020-09", date(2020, 10, 20), date(2020, 10, 20))


@dataclass(frozen=True)
class September:
    """The cast, their competition, and what was claimed."""

    cast: Cast
    competition: Competition
    projects: dict[str, Project]
    claims: dict[str, UUID]

    @property
    def clerk(self) -> Access:
        return access_of(self.cast.clerk)

    @property
    def lead(self) -> Access:
        return access_of(self.cast.office_lead)

    @property
    def month(self) -> Round:
        return Round.objects.get(competition=self.competition, name="2020-09")

    def publish(self, **more: str) -> Standing:
        return publish_standing(round_=self.month, by=self.lead, **more)

    def draft(self, new: NewIssue = WEEKLY, key: str = "") -> Issue:
        return actions.draft_issue(competition=self.competition, new=new, by=self.clerk, key=key)

    def signed(self, issue: Issue) -> Issue:
        """Every section signed by the clerk."""
        for part in parts_of(issue):
            actions.sign_section(issue=issue, section=part.name, by=self.clerk)
        return issue

    def issued(self, new: NewIssue = WEEKLY, key: str = "") -> Issue:
        return actions.issue_bulletin(issue=self.signed(self.draft(new)), by=self.lead, key=key)

    def refuse(self, claim: str, reason: str = "不符合签约认定条件") -> None:
        """Take a claim out of the count."""
        claims.refuse_claim(claim=self.claims[claim], by=self.clerk, reason=reason)
        catch_up()


def told(cast: Cast, scheme: str = SCHEME) -> September:
    """Everything above, entered on 9 October at 10:00."""
    with clock.standing_at(TOLD_AT):
        competition = _opened(cast, scheme)
        made, kept = _claimed(cast)
        _promised(cast, made)
        catch_up()
    return September(cast, competition, made, kept)


def _opened(cast: Cast, scheme: str) -> Competition:
    office, lead = access_of(cast.clerk), access_of(cast.office_lead)
    competition = competitions.open_competition(new=new_competition(cast.region), by=lead)
    file = competitions.upload_scheme(competition=competition, text=scheme, by=office)
    competitions.freeze_scheme(file=file, by=lead)
    for new in ROUNDS:
        competitions.open_round(competition=competition, new=new, by=office)
    county, other = cast.county, cast.other_county
    competitions.set_participants(
        competition=competition, by=office, participants=[NewParticipant(county, "counties"), NewParticipant(other, "counties")]
    )
    asked = [
        (county, "signed", "2020-09", 1), (other, "signed", "2020-09", 3), (county, "signed", "2020", 10),
        (other, "signed", "2020", 12), (county, "started", "2020-09", 1), (county, "funds", "2020-09", 2 * YI),
        (other, "funds", "2020-09", YI), (county, "problems_solved", "2020-09", 2),
    ]
    targets = [NewTarget(unit=unit, measure=measure, round=name, value=value) for unit, measure, name, value in asked]
    competitions.set_targets(competition=competition, targets=targets, by=office)
    for indicator in Kind.values:
        give(cast, cast.owner, Role.INDICATOR_OWNER, cast.region, indicator)
    return competition


def _claimed(cast: Cast) -> tuple[dict[str, Project], dict[str, UUID]]:
    made: dict[str, Project] = {}
    kept: dict[str, UUID] = {}
    a, b = (cast.reporter, cast.county), (cast.other_reporter, cast.other_county)
    for name, (by, unit), on, level in (
        ("A1", a, date(2020, 9, 18), 2), ("A2", a, date(2020, 9, 29), 2), ("A3", a, date(2020, 10, 5), 2),
        ("B1", b, date(2020, 9, 20), 2), ("B2", b, date(2020, 9, 30), 1),
    ):
        made[name] = project_of(cast, unit, NAMES[name])
        kept[name] = _counted(cast, report(by, unit, made[name], on=on), level)
    kept["B started"] = _counted(cast, report(*b, made["B1"], Kind.STARTED, on=date(2020, 9, 25)), 2)
    for name, (by, unit), lead, amount in (
        ("A1", a, cast.unit_lead, 3 * YI // 2), ("B1", b, cast.other_unit_lead, YI),
    ):
        claim = report(by, unit, made[name], Kind.FUNDS_IN_PLACE, on=date(2020, 9, 28), amount=amount)
        claims.check_claim(claim=claim, by=access_of(lead))
        kept[f"{name} funds"] = _counted(cast, claim, 2)
    problem = claims.NewClaim(
        kind=Kind.PROBLEM_SOLVED, unit=cast.county.id, effective_on=date(2020, 9, 21), title="园区供电容量不足"
    )
    kept["problem"] = _counted(cast, claims.report_claim(new=problem, by=access_of(cast.reporter)), 2)
    return made, kept


NAMES = {"A1": "青禾智能装备园", "A2": "青禾精密铸件厂", "A3": "青禾冷链中心", "B1": "云塘数据中心", "B2": "云塘食品园"}


def _counted(cast: Cast, claim: UUID, level: int) -> UUID:
    check(cast, claim)
    if level == 2:
        recognise(cast, claim)
    return claim


def _promised(cast: Cast, made: dict[str, Project]) -> None:
    """A's start reached nine days early on 1 October; B's completion due on 25 September and late, with a reason."""
    office = access_of(cast.clerk)
    early = projects.set_milestone(project=made["A1"], title="开工", planned_on=date(2020, 10, 10), by=office)
    projects.reach_milestone(milestone=Milestone.objects.get(id=early.uuid), on=date(2020, 10, 1), by=office)
    late = projects.set_milestone(project=made["B1"], title="竣工", planned_on=date(2020, 9, 25), by=office)
    projects.move_milestone(
        milestone=Milestone.objects.get(id=late.uuid), forecast_on=date(2020, 11, 1), reason="等待供电", by=office
    )
    hold(cast, cast.region, "第三季度集中签约", date(2020, 9, 30), amount=316 * YI)


def hold(cast: Cast, unit: Unit, title: str, on: date, amount: int, qualifier: str = "exact") -> None:
    """A signing ceremony of 42 projects, announced by contracted amounts."""
    projects.hold_event(
        new=projects.NewEvent(
            kind="signing", title=title, held_on=on, unit=unit.id, money="attracted_amount", place="示例会堂",
            announced_count=42, announced_amount=amount, qualifier=qualifier,
        ),
        by=access_of(cast.office_lead),
    )


def access(person: Person) -> Access:
    """The person's access."""
    return access_of(person)
