"""What tests of competitions begin with: a competition of the region with its scheme, rounds and participants; and projects
whose contracts are signed."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from shuangbi.claims import actions as claims
from shuangbi.claims.choices import Kind
from shuangbi.competitions import actions
from shuangbi.competitions.actions import NewCompetition, NewParticipant, NewRound, NewTarget
from shuangbi.competitions.models import Competition, Round
from shuangbi.organisations.access import Access, access_of
from shuangbi.organisations.choices import Role
from shuangbi.organisations.models import Person, Unit
from shuangbi.projects.actions import NewProject, register_project
from shuangbi.projects.models import Project
from tests.cast import Cast, give

SCHEME = (Path(__file__).parent / "scheme.yaml").read_text(encoding="utf-8")
YI = 10**10
DAY = date(2020, 9, 18)
SEPTEMBER = NewRound("2020-09", "month", date(2020, 9, 1), date(2020, 9, 30), date(2020, 1, 1), "2020")
OCTOBER = NewRound("2020-10", "month", date(2020, 10, 1), date(2020, 10, 31), date(2020, 1, 1), "2020", "2020-09")
YEAR = NewRound("2020", "year", date(2020, 1, 1), date(2020, 12, 31), date(2020, 1, 1))


@dataclass(frozen=True)
class Race:
    """The cast and their competition."""

    cast: Cast
    competition: Competition

    @property
    def office(self) -> Access:
        return access_of(self.cast.clerk)

    @property
    def lead(self) -> Access:
        return access_of(self.cast.office_lead)

    def round(self, name: str) -> Round:
        return Round.objects.get(competition=self.competition, name=name)

    def ask(self, unit: Unit, value: int | None, measure: str = "signed", round_name: str = "2020-09", **more: object) -> None:
        """Set one target."""
        target = NewTarget(unit=unit, measure=measure, round=round_name, value=value, **more)  # type: ignore[arg-type]
        actions.set_targets(competition=self.competition, targets=[target], by=self.office)


def new_competition(owner: Unit, **changes: object) -> NewCompetition:
    """What is entered of a competition."""
    new = NewCompetition(
        slug="sample-2020", name="示例竞赛", name_en="Sample race", owner=owner, office="示例市竞赛办", basis="示例〔2020〕1号",
        starts_on=date(2020, 9, 1), ends_on=date(2020, 12, 31),
    )
    return replace(new, **changes)  # type: ignore[arg-type]


def open_race(cast: Cast) -> Race:
    """A competition with nothing in it."""
    return Race(cast, actions.open_competition(new=new_competition(cast.region), by=access_of(cast.office_lead)))


def frozen_race(cast: Cast, text: str = SCHEME) -> Race:
    """With a scheme in force, its rounds, and two counties and a company taking part."""
    race = open_race(cast)
    file = actions.upload_scheme(competition=race.competition, text=text, by=race.office)
    actions.freeze_scheme(file=file, by=race.lead)
    for new in (YEAR, SEPTEMBER, OCTOBER):
        actions.open_round(competition=race.competition, new=new, by=race.office)
    groups = [(cast.county, "counties"), (cast.other_county, "counties"), (cast.company, "companies")]
    actions.set_participants(
        competition=race.competition, participants=[NewParticipant(unit, group) for unit, group in groups], by=race.office
    )
    for indicator in Kind.values:
        give(cast, cast.owner, Role.INDICATOR_OWNER, cast.region, indicator)
    return race


def project_of(cast: Cast, unit: Unit, name: str, **changes: object) -> Project:
    """A project of a unit, entered by the office: contract of 2亿元 unless told otherwise."""
    new = NewProject(
        name=name, unit=unit.id, industry="C3591", investor_name=f"{name}有限公司", site=f"{name}地块",
        total_investment=3 * YI, contract_amount=2 * YI,
    )
    id_ = register_project(new=replace(new, **changes), by=access_of(cast.clerk))  # type: ignore[arg-type]
    return Project.objects.get(id=id_)


def report(by: Person, unit: Unit, project: Project, kind: str = Kind.SIGNED, on: date = DAY, **values: object) -> UUID:
    """A claim reported."""
    new = claims.NewClaim(kind=kind, unit=unit.id, effective_on=on, project=project.id, **values)  # type: ignore[arg-type]
    return claims.report_claim(new=new, by=access_of(by))


def check(cast: Cast, claim: UUID) -> None:
    """The papers are in order."""
    claims.check_claim(claim=claim, by=access_of(cast.owner))


def recognise(cast: Cast, claim: UUID) -> None:
    """The office believes it."""
    claims.recognise_claim(claim=claim, by=access_of(cast.clerk))


def signed(cast: Cast, unit: Unit, project: Project, on: date = DAY) -> UUID:
    """A contract recognised as signed."""
    by = {cast.county.id: cast.reporter, cast.other_county.id: cast.other_reporter}[unit.id]
    claim = report(by, unit, project, on=on)
    check(cast, claim)
    recognise(cast, claim)
    return claim
