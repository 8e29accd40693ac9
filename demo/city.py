"""The story told: each step at its time, in somebody's name."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from demo.build import PASSWORD, ROOT, forget, mark_built
from demo.papers import paper_of
from demo.tables import content, day, rows
from shuangbi.bulletins.actions import NewIssue, draft_issue, edit_words, issue_bulletin, sign_section
from shuangbi.bulletins.compose import sections_for
from shuangbi.claims.actions import add_evidence, check_claim, recognise_claim, refuse_claim
from shuangbi.claims.choices import Kind, State
from shuangbi.claims.queries import claims_visible_to
from shuangbi.competitions.actions import (
    NewCompetition,
    NewRound,
    close_round,
    freeze_scheme,
    open_competition,
    open_round,
    set_adjustment,
    set_waiver,
    upload_scheme,
)
from shuangbi.competitions.counting import catch_up
from shuangbi.competitions.queries import round_named
from shuangbi.exchange.importer import Context
from shuangbi.exchange.importers import IMPORTERS
from shuangbi.exchange.importing import import_table, read_rows
from shuangbi.foundation import clock
from shuangbi.organisations.access import Access, access_of
from shuangbi.organisations.actions import change_password, create_admin, give_grant
from shuangbi.organisations.choices import Role
from shuangbi.organisations.queries import people_by_username, unit_by_code, units_by_name
from shuangbi.projects.actions import NewEvent, grant_bond_batch, hold_event, reach_milestone, set_milestone
from shuangbi.projects.choices import EventKind, Money, Qualifier
from shuangbi.projects.queries import milestones_visible_to, projects_visible_to
from shuangbi.serving import migrate
from shuangbi.standings.actions import publish_standing
from shuangbi_engine.numbers import parse_quantity

SLUG = "shuangbi-2020"
OPENED = (
    ("2020", "year", date(2020, 1, 1), date(2020, 12, 31), "", ""),
    ("2020-09", "month", date(2020, 9, 1), date(2020, 9, 30), "2020", ""),
    ("2020-10", "month", date(2020, 10, 1), date(2020, 10, 31), "2020", "2020-09"),
    ("2020-11", "month", date(2020, 11, 1), date(2020, 11, 30), "2020", "2020-10"),
    ("2020-12", "month", date(2020, 12, 1), date(2020, 12, 31), "2020", "2020-11"),
    ("2020-W39", "week", date(2020, 9, 21), date(2020, 9, 27), "2020", ""),
    ("2020-W40", "week", date(2020, 9, 28), date(2020, 10, 11), "2020", "2020-W39"),
    ("2020-W42", "week", date(2020, 10, 12), date(2020, 10, 18), "2020", "2020-W40"),
)
WEEKS = ("2020-09-06", "2020-09-13", "2020-09-20", "2020-09-27", "2020-10-11", "2020-10-18")


@contextmanager
def at(year: int, month: int, day_: int, hour: int = 9, minute: int = 0) -> Iterator[None]:
    """Shanghai time of a step."""
    moment = datetime.combine(date(year, month, day_), time(hour, minute), clock.SHANGHAI)
    with clock.standing_at(moment):
        yield


class Cast:
    """The people by their log-in names."""

    def __init__(self) -> None:
        self._people = people_by_username()

    def __getitem__(self, username: str) -> Access:
        return access_of(self._people[username])


def load(name: str, kind: str, by: Access, competition: Any = None) -> None:
    """One table through its importer."""
    context = Context(by=by, key=f"demo:{name}", competition=competition)
    import_table(content=content(f"{name}.xlsx"), name=f"{name}.xlsx", importer=IMPORTERS[kind], context=context)


def ground() -> Cast:
    """31 August: the three administrators, units, people, roles."""
    with at(2020, 8, 31):
        create_admin(region="示例市", region_en="Sample City", code="990100", starts_on=date(2000, 1, 1))
        admins = people_by_username()
        for person in admins.values():
            change_password(person=person, password=PASSWORD)
        load("01-units", "units", access_of(admins["system"]))
        load("02-people", "people", access_of(admins["system"]))
        people, units = people_by_username(), units_by_name()
        for row in rows("02-grants"):
            give_grant(
                person=people[row["登录名"]], role=row["角色"], unit=units[row["单位"]], by=people["security"],
                indicator=row["指标"], key=f"demo:{row['登录名']}:{row['角色']}:{row['指标']}",
            )
        for person in people.values():
            if person.must_change_password:
                change_password(person=person, password=PASSWORD)
    return Cast()


def rules(cast: Cast) -> Any:
    """1 September: the competition, its scheme frozen by a second person, its rounds."""
    root = unit_by_code("990100")
    assert root is not None
    with at(2020, 9, 1):
        competition = open_competition(
            new=NewCompetition(
                slug=SLUG, name="双比双看项目竞赛", name_en="Project competition", owner=root, office="示例市项目竞赛办公室",
                basis="示例市竞赛办〔2020〕1号", starts_on=date(2020, 9, 1), ends_on=date(2020, 12, 31),
            ),
            by=cast["office"], key="demo:competition",
        )
        text = (ROOT / "demo" / "schemes" / "shuangbi-2020.yaml").read_text(encoding="utf-8")
        file = upload_scheme(competition=competition, text=text, by=cast["clerk1"])
    with at(2020, 9, 1, 15):
        freeze_scheme(file=file, by=cast["office"], key="demo:scheme")
        for name, kind, first, last, year, previous in OPENED:
            open_round(
                competition=competition, by=cast["office"], key=f"demo:round:{name}",
                new=NewRound(name, kind, first, last, date(2020, 1, 1), year, previous, None),
            )
        load("04-participants", "participants", cast["clerk1"], competition)
        load("05-targets", "targets", cast["clerk1"], competition)
    return competition


def claims_of(file: str, cast: Cast) -> None:
    """One week's claims, each unit's by its own reporter."""
    importer = IMPORTERS["claims"]
    every = read_rows(content(f"{file}.xlsx"), f"{file}.xlsx", importer)
    for unit, reporter in reporters().items():
        own = [row for row in every if row.text("unit") == unit]
        if own:
            importer.load(own, Context(by=cast[reporter], key=f"demo:{file}:{unit}"))


def papers(cast: Cast) -> None:
    """A paper behind each claim that came in since the last time, from its reporter."""
    who = reporters()
    waiting = claims_visible_to(cast["office"]).filter(state=State.REPORTED, evidence=None)
    for claim in waiting.select_related("project", "unit").order_by("seq"):
        file = paper_of(claim)
        if file:
            add_evidence(claim=claim.id, files=[file], by=cast[who[claim.unit.short_name]], key=f"demo:paper:{claim.id}")


def reporters() -> dict[str, str]:
    """Who reports for each unit."""
    return {row["单位"]: row["登录名"] for row in rows("02-grants") if row["角色"] == Role.REPORTER}


class Reviews:
    """How each claim's review went, found again by unit, kind, subject and day."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.rows = list(rows("07-reviews"))
        labels = {str(label): value for value, label in (
            (Kind.SIGNED, "签约"), (Kind.LANDED, "落地"), (Kind.STARTED, "开工"), (Kind.COMPLETED, "竣工"),
            (Kind.IN_PRODUCTION, "投产"), (Kind.FUNDS_IN_PLACE, "到位资金"), (Kind.BOND_DRAWN, "专项债支出"),
            (Kind.LAND_RESERVED, "储备土地"), (Kind.PROBLEM_SOLVED, "问题办结"),
        )}
        self.kinds = labels
        self.leads = {row["单位"]: row["登录名"] for row in rows("02-grants") if row["角色"] == Role.UNIT_LEAD}
        self.owners = {row["指标"]: row["登录名"] for row in rows("02-grants") if row["角色"] == Role.INDICATOR_OWNER}

    def _known(self) -> dict[tuple[str, str, str, date], UUID]:
        found = claims_visible_to(self.cast["office"]).select_related("project", "unit")
        return {
            (c.unit.short_name, c.kind, c.project.code if c.project else c.title, c.effective_on): c.id for c in found
        }

    def check(self, on: date) -> None:
        """The checks of one day: confirmed by the unit's lead where money is claimed, then by the indicator's owner."""
        known = self._known()
        for row in self.rows:
            if day(row["审核日期"]) != on:
                continue
            kind = self.kinds[row["申报事项"]]
            claim = known[row["申报单位"], kind, row["项目编号"] or row["事项名称"], day(row["发生日期"])]
            owner = self.cast[self.owners[kind]]
            if kind == Kind.FUNDS_IN_PLACE:
                check_claim(claim=claim, by=self.cast[self.leads[row["申报单位"]]], key=f"demo:confirm:{claim}")
            if row["审核结论"] == "不予认定":
                refuse_claim(claim=claim, by=owner, reason=row["理由"], key=f"demo:refuse:{claim}")
            else:
                check_claim(claim=claim, by=owner, key=f"demo:check:{claim}")

    def recognise(self, on: date) -> None:
        """The recognitions of one day, by the office."""
        known = self._known()
        for number, row in enumerate(self.rows):
            if day(row["认定日期"]) == on:
                kind = self.kinds[row["申报事项"]]
                claim = known[row["申报单位"], kind, row["项目编号"] or row["事项名称"], day(row["发生日期"])]
                recognise_claim(claim=claim, by=self.cast[f"clerk{number % 2 + 1}"], key=f"demo:recognise:{claim}")


def events(cast: Cast) -> None:
    """The three themed events as announced, with their lists."""
    office = cast["office"]
    root = unit_by_code("990100")
    assert root is not None
    codes = dict(projects_visible_to(office).order_by().values_list("code", "id"))
    lists: dict[str, list[UUID]] = {}
    for row in rows("09-event-projects"):
        lists.setdefault(row["活动"], []).append(codes[row["项目编号"]])
    kinds = {"集中开竣工": EventKind.MIXED, "集中签约": EventKind.SIGNING}
    moneys = {"总投资": Money.TOTAL_INVESTMENT, "合同引资额": Money.ATTRACTED_AMOUNT, "合同金额": Money.CONTRACT_AMOUNT}
    for row in rows("08-events"):
        hold_event(
            new=NewEvent(
                kind=kinds[row["类型"]], title=row["活动"], held_on=day(row["日期"]) or clock.today(), unit=root.id,
                money=moneys[row["金额口径"]], title_en=row["英文名称"], place=row["地点"],
                announced_count=int(row["公布项目数"]), announced_amount=parse_quantity(f"{row['公布金额（万元）']}万元", "fen"),
                qualifier=Qualifier.OVER if row["表述"] == "超过" else Qualifier.EXACT,
            ),
            by=office, projects=lists[row["活动"]], key=f"demo:event:{row['活动']}",
        )


def milestones(cast: Cast) -> None:
    """The key projects' plans, and what came true of them."""
    office = cast["office"]
    projects = {project.code: project for project in projects_visible_to(office)}
    reached = []
    for row in rows("10-milestones"):
        fact = set_milestone(
            project=projects[row["项目编号"]], title=row["节点"], planned_on=day(row["计划日期"]) or clock.today(),
            by=office, stage=row["阶段"], forecast_on=day(row["预计日期"]),
            key=f"demo:milestone:{row['项目编号']}:{row['节点']}",
        )
        if row["完成日期"]:
            reached.append((fact.uuid, day(row["完成日期"])))
    by_id = {milestone.id: milestone for milestone in milestones_visible_to(office)}
    for id_, on in reached:
        if on and on <= clock.today():
            reach_milestone(milestone=by_id[id_], on=on, by=office, key=f"demo:reached:{id_}")


def bonds(cast: Cast) -> None:
    """Special-bond money granted to projects."""
    office = cast["office"]
    projects = {project.code: project for project in projects_visible_to(office)}
    for row in rows("11-bonds"):
        grant_bond_batch(
            project=projects[row["项目编号"]], batch=row["批次"], amount=parse_quantity(f"{row['额度（万元）']}万元", "fen"),
            issued_on=day(row["发行日期"]) or clock.today(), by=office, key=f"demo:bond:{row['项目编号']}:{row['批次']}",
        )


def tell() -> None:
    """The whole autumn, up to the morning of 20 October."""
    cast = ground()
    competition = rules(cast)
    reviews = Reviews(cast)
    with at(2020, 9, 2):
        load("03-projects-opening", "projects", cast["office"])
        bonds(cast)
    with at(2020, 9, 3):
        claims_of("06-claims-opening", cast)
    with at(2020, 9, 4):
        reviews.check(date(2020, 9, 4))
    with at(2020, 9, 7):
        reviews.recognise(date(2020, 9, 7))
    for week in WEEKS[:4]:
        on = date.fromisoformat(week)
        with at(on.year, on.month, max(on.day, 7), 10):
            load(f"03-projects-{week}", "projects", cast["office"])
        with at(on.year, on.month, max(on.day, 7), 11):
            claims_of(f"06-claims-{week}", cast)
            papers(cast)
        with at(on.year, on.month, max(on.day, 7), 16):
            reviews.check(on)
    bulletin(cast, competition, NewIssue("weekly", "2020-W39", "2020-09", date(2020, 9, 28), date(2020, 9, 27)), 28, 9)
    autumn(cast, competition, reviews)
    published(cast, competition)


def autumn(cast: Cast, competition: Any, reviews: Reviews) -> None:
    """From the first weekly bulletin to the published evaluation."""
    with at(2020, 9, 29):
        events(cast)
        milestones(cast)
    with at(2020, 10, 11, 11):
        claims_of("06-claims-2020-10-11", cast)
        papers(cast)
    with at(2020, 10, 11, 16):
        reviews.check(date(2020, 10, 11))
        september = round_named(competition, "2020-09")
        assert september is not None
        close_round(round_=september, by=cast["office"], reason="9月申报截止", key="demo:close")
    bulletin(cast, competition, NewIssue("weekly", "2020-W40", "2020-09", date(2020, 10, 12), date(2020, 10, 11)), 12, 10)
    for number in (13, 14, 15):
        with at(2020, 10, number, 14):
            reviews.recognise(date(2020, 10, number))
    with at(2020, 10, 18, 11):
        claims_of("06-claims-2020-10-18", cast)
        papers(cast)
    with at(2020, 10, 19, 8):
        reviews.check(date(2020, 10, 19))
        load("12-figures", "figures", cast["clerk2"], competition)
        units = units_by_name()
        set_waiver(
            competition=competition, unit=units["竹隐县"], item="land", round_name="2020-09",
            reason="示例市政府专题会议纪要〔2020〕21号：9月因防汛免予考核", by=cast["office"], key="demo:waiver",
        )
        set_adjustment(
            competition=competition, unit=units["松屿县"], round_name="2020-09", kind="criticism", points=-50_000,
            document="示例市督查通报〔2020〕9号", by=cast["office"], key="demo:criticism",
        )
        catch_up()


def published(cast: Cast, competition: Any) -> None:
    """19 October: September's evaluation is published at 认定数 level."""
    september = round_named(competition, "2020-09")
    assert september is not None
    with at(2020, 10, 19, 15):
        publish_standing(round_=september, by=cast["office"], key="demo:standing:2020-09")
    bulletin(cast, competition, NewIssue("monthly", "2020-09", "2020-09", date(2020, 10, 19), date(2020, 10, 19)), 19, 10)
    with at(2020, 10, 19, 17):
        draft_issue(
            competition=competition, by=cast["clerk1"], key="demo:weekly-3",
            new=NewIssue("weekly", "2020-W42", "2020-10", date(2020, 10, 20), date(2020, 10, 18)),
        )


def build(home: Path) -> None:
    """Make the database, tell the story, let the clock open on the morning of 20 October."""
    began = perf_counter()
    forget(home)
    migrate()
    tell()
    clock.open_at(datetime(2020, 10, 20, 9, tzinfo=clock.SHANGHAI))
    mark_built(home, perf_counter() - began)


SHOWN = ("office", "clerk1", "clerk2", "leader", "reader", "owner-commerce", "yundu-reporter", "yundu-lead", "inspector1",
         "system", "security", "auditor")


def log_ins() -> list[str]:
    """The log-ins to try, a line each."""
    people = people_by_username()
    lines = [_("Log-in name, password, who:")]
    lines += [f"  {name:16} {PASSWORD}   {people[name].post or people[name].name} {people[name].unit or ''}" for name in SHOWN]
    return lines


PATROLS = {
    "2020-W39": "本期共巡查重点项目12个，其中9个按计划推进，2个受连续阴雨影响放缓，1个施工组织不力。\n巡查组已当场交办需协调事项5项，责任单位均已签收。",
    "2020-W40": "国庆中秋假期期间有21个重点项目坚持施工。本期巡查项目15个，发现进度滞后3个、资料不全2个。\n巡查中发现个别项目以场地平整代替开工，已不予计入。",
    "2020-09": "10月12日起，三个考核组分赴各县市区现场考核，逐项核对签约、开工、竣工、专项债、储备土地和问题交办情况。",
}


def bulletin(cast: Cast, competition: Any, new: NewIssue, day_: int, month: int) -> None:
    """A clerk drafts and signs, the office's lead issues."""
    with at(2020, month, day_, 16):
        issue = draft_issue(competition=competition, new=new, by=cast["clerk1"], key=f"demo:{new.kind}:{new.round}")
        edit_words(issue=issue, section="patrol", words=PATROLS[new.round], by=cast["clerk1"])
        for section in sections_for(issue):
            sign_section(issue=issue, section=section.NAME, by=cast["clerk1"])
    with at(2020, month, day_, 17):
        issue_bulletin(issue=issue, by=cast["office"], key=f"demo:issued:{new.kind}:{new.round}")
