"""September 2020 of a small region, told through actions: what every number of the cockpit's tests is worked out from.

County (target 2 signed, 1 completed): 甲 counts; 乙 is checked only; 丙 is too small; 丁 was signed in August and again in
September, and completed; 戊 was refused. District (target 1 signed): 己 counts, brought by the company. So signed 2 of 3
(快报数 3), completed 1 of 1; the county has 30 + 30 + growth 4 − criticism 5 = 59 points, the district 60 of 60, shared out over 90,
= 90 and no growth = 90.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.test import Client

from shuangbi.claims.actions import NewClaim, check_claim, recognise_claim, refuse_claim, report_claim
from shuangbi.claims.choices import Kind
from shuangbi.competitions import actions as running
from shuangbi.competitions.counting import catch_up
from shuangbi.competitions.models import Competition, Round
from shuangbi.foundation import clock
from shuangbi.organisations.access import Access, access_of
from shuangbi.organisations.choices import Role
from shuangbi.organisations.models import Person, Unit
from shuangbi.projects.actions import NewEvent, NewProject, hold_event, register_project, set_milestone
from shuangbi.projects.choices import EventKind, Money
from shuangbi.projects.models import Project
from shuangbi.standings.actions import publish_standing
from shuangbi.standings.models import Standing
from tests.cast import Cast, give, make_person
from tests.claims.stories import paper

YI = 10**10
SCHEME = Path(__file__).with_name("scheme.yaml")
LONG_AGO = date(2019, 1, 1)


def at(month: int, day: int, hour: int = 9) -> datetime:
    """A moment of 2020 in Shanghai."""
    return datetime(2020, month, day, hour, tzinfo=clock.SHANGHAI)


@dataclass(frozen=True)
class Season:
    """The cast with a competition, its projects and claims by one letter each, and the published September."""

    cast: Cast
    competition: Competition
    projects: dict[str, Project]
    claims: dict[str, UUID]
    standing: Standing
    event: UUID
    second_clerk: Person

    def client(self, person: Person) -> Client:
        return self.cast.client_of(person)

    def access(self, person: Person) -> Access:
        return access_of(person)

    def address(self, unit: Unit | None = None, item: str = "") -> str:
        """The address of the standing, of a unit's sheet, of an item."""
        found = f"/standing/{self.competition.slug}/2020-09/"
        return found + (f"{unit.id}/" if unit else "") + (f"{item}/" if item else "")


def season_of(cast: Cast) -> Season:
    """Tell it all, from 1 September to the publication on 19 October."""
    with clock.standing_at(at(9, 1)):
        for indicator in Kind.values:
            give(cast, cast.owner, Role.INDICATOR_OWNER, cast.region, indicator)
        second = make_person("clerk2", "朱示例", cast.region)
        give(cast, second, Role.OFFICE_CLERK, cast.region)
        competition = _rules(cast)
    with clock.standing_at(at(9, 10)):
        projects = _projects(cast)
        set_milestone(
            project=projects["甲"], title="主体封顶", planned_on=date(2020, 10, 1), by=access_of(cast.clerk),
        )
    claims = _claims(cast, projects)
    with clock.standing_at(at(10, 16)):
        event = hold_event(
            new=NewEvent(
                kind=EventKind.SIGNING, title="示例集中签约", held_on=date(2020, 9, 28), unit=cast.region.id,
                money=Money.CONTRACT_AMOUNT, announced_count=5, announced_amount=int(11.5 * YI),
            ),
            projects=[projects[letter].id for letter in "甲乙丙丁戊"], by=access_of(cast.clerk),
        )
    with clock.standing_at(at(10, 18)):
        office = access_of(cast.office_lead)
        running.set_figures(
            competition=competition, by=office, figures=[running.NewFigure(cast.county, "growth", "2020-09", "4")]
        )
        running.set_adjustment(
            competition=competition, unit=cast.county, round_name="2020-09", kind="criticism", points=-50_000,
            document="示例通报9号", by=office,
        )
        catch_up()
    with clock.standing_at(at(10, 19)):
        september = Round.objects.get(competition=competition, name="2020-09")
        running.close_round(round_=september, by=office, reason="截止")
        standing = publish_standing(round_=september, by=office)
        catch_up()
    return Season(cast, competition, projects, claims, standing, event, second)


def _rules(cast: Cast) -> Competition:
    office, clerk = access_of(cast.office_lead), access_of(cast.clerk)
    competition = running.open_competition(
        new=running.NewCompetition(
            slug="sample", name="示例竞赛", owner=cast.region, office="示例竞赛办", basis="示例〔2020〕1号",
            starts_on=date(2020, 9, 1), ends_on=date(2020, 12, 31), name_en="Sample competition",
        ),
        by=office,
    )
    file = running.upload_scheme(competition=competition, text=SCHEME.read_text(encoding="utf-8"), by=clerk)
    running.freeze_scheme(file=file, by=office)
    for name, kind, first, last, year in (
        ("2020", "year", date(2020, 1, 1), date(2020, 12, 31), ""),
        ("2020-09", "month", date(2020, 9, 1), date(2020, 9, 30), "2020"),
        ("2020-10", "month", date(2020, 10, 1), date(2020, 10, 31), "2020"),
        ("2020-W39", "week", date(2020, 9, 21), date(2020, 9, 27), "2020"),
    ):
        new = running.NewRound(name, kind, first, last, counts_from=date(2020, 1, 1), year=year)
        running.open_round(competition=competition, new=new, by=office)
    groups = ((cast.county, "counties"), (cast.other_county, "counties"), (cast.company, "companies"))
    running.set_participants(
        competition=competition, by=office, participants=[running.NewParticipant(unit, group) for unit, group in groups]
    )
    asked = (
        (cast.county, "signed", "2020-09", 2), (cast.county, "completed", "2020-09", 1), (cast.county, "signed", "2020", 6),
        (cast.other_county, "signed", "2020-09", 1), (cast.other_county, "signed", "2020", 4),
        (cast.company, "brought", "2020-09", 2), (cast.company, "funds", "2020-09", 10**8), (cast.company, "land", "2020-09", 40_000),
    )
    running.set_targets(competition=competition, by=office, targets=[running.NewTarget(*one) for one in asked])
    return competition


def _projects(cast: Cast) -> dict[str, Project]:
    """Letter, unit, contract in 亿元; 丁 is a key project, 己 was brought by the company."""
    made = {}
    rows = (
        ("甲", cast.county, 2, "青禾智能装备园"), ("乙", cast.county, 3, "白鹭新材料基地"), ("丙", cast.county, 0.5, "云杉食品加工厂"),
        ("丁", cast.county, 2, "望江轨道部件厂"), ("戊", cast.county, 4, "晨光电子产业园"), ("己", cast.other_county, 1.5, "云塘冷链物流中心"),
    )
    for letter, unit, yi, name in rows:
        new = NewProject(
            name=name, unit=unit.id, industry="C3591", investor_name=f"示例{letter}有限公司", site=f"{letter}号地块",
            total_investment=6 * YI, contract_amount=int(yi * YI), registered_on=date(2020, 1, 6),
            lists=("key",) if letter == "丁" else (), bringer=cast.company.id if letter == "己" else None,
        )
        made[letter] = Project.objects.get(id=register_project(new=new, by=access_of(cast.clerk)))
    return made


def _claims(cast: Cast, projects: dict[str, Project]) -> dict[str, UUID]:
    reporters = {cast.county.id: cast.reporter, cast.other_county.id: cast.other_reporter}
    told = (
        ("丁八月", "丁", Kind.SIGNED, date(2020, 8, 20)), ("甲", "甲", Kind.SIGNED, date(2020, 9, 18)),
        ("乙", "乙", Kind.SIGNED, date(2020, 9, 20)), ("丙", "丙", Kind.SIGNED, date(2020, 9, 21)),
        ("丁九月", "丁", Kind.SIGNED, date(2020, 9, 22)), ("戊", "戊", Kind.SIGNED, date(2020, 9, 23)),
        ("己", "己", Kind.SIGNED, date(2020, 9, 19)), ("丁竣工", "丁", Kind.COMPLETED, date(2020, 9, 25)),
    )
    claims: dict[str, UUID] = {}
    with clock.standing_at(at(9, 28)):
        for name, letter, kind, day in told:
            project = projects[letter]
            new = NewClaim(
                kind=kind, unit=project.unit_id, effective_on=day, project=project.id,
                evidence=(paper(name="甲投资合同.pdf", kind="contract"),) if name == "甲" else (),
            )
            claims[name] = report_claim(new=new, by=access_of(reporters[project.unit_id]))
    with clock.standing_at(at(9, 29)):
        for name, claim in claims.items():
            if name == "戊":
                refuse_claim(claim=claim, by=access_of(cast.owner), reason="只有框架协议")
            else:
                check_claim(claim=claim, by=access_of(cast.owner))
        catch_up()
    with clock.standing_at(at(10, 15)):
        for name in ("丁八月", "甲", "丙", "丁九月", "己", "丁竣工"):
            recognise_claim(claim=claims[name], by=access_of(cast.clerk))
        catch_up()
    return claims
