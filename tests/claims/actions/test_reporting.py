"""What may be reported, one claim or many, and every no."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from shuangbi.claims import actions
from shuangbi.claims.actions import File, NewClaim
from shuangbi.claims.amounts import Foreign
from shuangbi.claims.choices import Kind
from shuangbi.claims.models import Claim, Evidence
from shuangbi.foundation.errors import Refused, RowsRefused
from shuangbi.ledger.actions import KeyReused
from shuangbi.ledger.models import Fact
from shuangbi.organisations.actions import merge_unit
from shuangbi.organisations.models import Person
from shuangbi.projects.models import Project
from tests.claims.stories import DAY, YI, Story, paper, report

RATE = Foreign("USD", 100, "6.8101", date(2020, 9, 18), "外汇交易中心中间价")


def new(story: Story, **values: object) -> NewClaim:
    said = {"kind": Kind.STARTED, "unit": story.cast.county.id, "effective_on": DAY, "project": story.project.id}
    return NewClaim(**{**said, **values})  # type: ignore[arg-type]


def field_refused(story: Story, by: Person | None = None, **values: object) -> str:
    with pytest.raises(RowsRefused) as found:
        actions.report_claim(new=new(story, **values), by=story.access(by or story.cast.reporter))
    assert Claim.objects.count() == Fact.objects.filter(kind="claims.reported").count() == 0
    return found.value.problems[0].field


def test_the_fact_says_all_that_counting_needs(story: Story) -> None:
    claim = story.report(Kind.INVESTED, amount=3 * YI, note="九月完成投资")

    fact = Fact.objects.get(subject=claim)
    assert (fact.kind, fact.effective_on, fact.unit, fact.actor) == (
        "claims.reported", DAY, story.cast.county.id, story.cast.reporter.id,
    )
    assert fact.data == {
        "kind": "invested", "unit": str(story.cast.county.id), "amount": 3 * YI, "next_step": "confirm",
        "project": str(story.project.id), "title": "", "note": "九月完成投资", "due_on": None, "due_amount": 0,
        "bond_batch": None, "currency": "CNY", "foreign_minor": None, "rate": "", "rate_on": None, "rate_source": "",
        "evidence": [],
    }


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"project": None}, "project"),
        ({"project": UUID(int=5)}, "project"),
        ({"unit": UUID(int=5)}, "unit"),
        ({"effective_on": date(2020, 10, 21)}, "effective_on"),
        ({"effective_on": date(1066, 10, 14)}, "effective_on"),
        ({"effective_on": date(2018, 12, 31)}, "effective_on"),
        ({"amount": 1}, "amount"),
        ({"kind": "invested"}, "amount"),
        ({"kind": "invested", "amount": -1}, "amount"),
        ({"kind": "invested", "amount": 2**62 + 1}, "amount"),
        ({"note": "长" * 501}, "note"),
        ({"note": "看不见\u200b的"}, "note"),
        ({"kind": "land_reserved", "project": None, "amount": 5}, "title"),
        ({"kind": "land_reserved", "project": None, "title": "地" * 161, "amount": 5}, "title"),
        ({"kind": "land_reserved", "project": None, "title": "城东地块", "amount": 5, "due_amount": -5}, "due_amount"),
        ({"kind": "land_reserved", "project": None, "title": "城东地块", "foreign": RATE}, "currency"),
        ({"kind": "invested", "foreign": replace(RATE, currency="XXX")}, "currency"),
        ({"kind": "invested", "foreign": replace(RATE, currency="CNY")}, "currency"),
        ({"kind": "invested", "foreign": replace(RATE, rate="often")}, "rate"),
        ({"kind": "invested", "foreign": replace(RATE, rate="-1")}, "rate"),
        ({"kind": "invested", "foreign": replace(RATE, rate_source="")}, "rate_source"),
        ({"kind": "invested", "foreign": replace(RATE, rate_on=date(2020, 10, 21))}, "rate_on"),
        ({"kind": "invested", "foreign": replace(RATE, minor=0)}, "amount"),
        ({"bond_batch": UUID(int=5)}, "bond_batch"),
        ({"evidence": (File("0" * 64, "没有.pdf"),)}, "evidence"),
    ],
)
def test_what_cannot_be_is_refused(story: Story, values: dict[str, object], field: str) -> None:
    assert field_refused(story, **values) == field


def test_evidence_is_refused_twice_of_no_kind_or_too_many(story: Story) -> None:
    one = paper()

    assert field_refused(story, evidence=(one, replace(one, name="又一份.pdf"))) == "evidence"
    assert field_refused(story, evidence=(replace(one, kind="song"),)) == "evidence"
    assert field_refused(story, evidence=tuple(File(f"{n:064}", "x.pdf") for n in range(21))) == "evidence"


def test_others_do_not_report_for_the_county(story: Story) -> None:
    cast = story.cast
    for who in ("other_reporter", "company_reporter", "park_reporter", "owner", "inspector", "leader", "stranger"):
        assert field_refused(story, by=getattr(cast, who)) == "unit"


def test_a_project_of_another_county_is_as_if_it_were_not_there(story: Story) -> None:
    def message(project: UUID) -> str:
        with pytest.raises(RowsRefused) as found:
            actions.report_claim(new=new(story, project=project), by=story.access(story.cast.reporter))
        return found.value.message

    assert message(story.other_project.id) == message(uuid4())


def test_the_bringer_and_the_office_report_too(story: Story) -> None:
    cast = story.cast
    Project.objects.filter(id=story.other_project.id).update(bringer=cast.county)

    brought = report(cast.reporter, cast.county, Kind.STARTED, project=story.other_project.id)
    by_office = report(cast.clerk, cast.other_county, Kind.COMPLETED, project=story.other_project.id)

    assert Claim.objects.get(id=brought).unit == cast.county
    assert Claim.objects.get(id=by_office).unit == cast.other_county


def test_a_stage_demands_what_the_project_must_say_first(story: Story) -> None:
    Project.objects.filter(id=story.project.id).update(site="")

    assert field_refused(story) == "project"


def test_the_same_claim_twice_is_refused_until_the_first_is_over(story: Story) -> None:
    first = story.report()
    with pytest.raises(RowsRefused):
        story.report()
    assert Claim.objects.count() == 1

    actions.withdraw_claim(claim=first, by=story.access(story.cast.reporter))
    story.report()
    assert Claim.objects.count() == 2


def test_plain_claims_are_the_same_by_title(story: Story) -> None:
    story.report(Kind.PROBLEM_SOLVED, project=None, title="断头路打通")
    story.report(Kind.PROBLEM_SOLVED, project=None, title="供电线路迁改")
    with pytest.raises(RowsRefused):
        story.report(Kind.PROBLEM_SOLVED, project=None, title=" 断头路打通 ")

    assert Claim.objects.count() == 2


def test_nothing_is_reached_before_what_is_recognised_to_come_first(story: Story) -> None:
    story.recognised(Kind.SIGNED, effective_on=date(2020, 9, 10))

    with pytest.raises(RowsRefused) as found:
        story.report(Kind.STARTED, effective_on=date(2020, 9, 9))
    assert found.value.field == "effective_on"
    story.report(Kind.STARTED, effective_on=date(2020, 9, 10))
    story.report(Kind.SIGNED, effective_on=date(2020, 9, 1))
    assert Claim.objects.count() == 3


def test_nothing_is_reached_before_the_first_contract(story: Story) -> None:
    from shuangbi.projects.models import Agreement

    Agreement.objects.create(
        id=uuid4(), project=story.project, reference="示例-2020-01", signed_on=date(2020, 9, 10)
    )

    with pytest.raises(RowsRefused) as found:
        story.report(Kind.SIGNED, effective_on=date(2020, 9, 9))
    assert found.value.field == "effective_on"
    story.report(Kind.INVESTED, effective_on=date(2020, 9, 9), amount=YI)


def test_a_unit_does_not_report_for_days_on_which_it_did_not_exist(story: Story) -> None:
    cast = story.cast
    merge_unit(unit=cast.county, ends_on=date(2020, 9, 15), successor=cast.other_county, by=cast.office_lead.id)

    with pytest.raises(RowsRefused) as found:
        report(cast.clerk, cast.county, Kind.STARTED, project=story.project.id)

    assert found.value.field == "effective_on"


def test_foreign_money_makes_fen_by_its_rate(story: Story) -> None:
    claim = story.report(Kind.FUNDS_IN_PLACE, foreign=replace(RATE, minor=120000050))

    said = Claim.objects.get(id=claim)
    # 1,200,000.50 USD × 6.8101 = 8,172,123.40505 元
    assert (said.amount, said.currency, said.foreign_minor, said.rate) == (817_212_341, "USD", 120000050, "6.8101")


def test_yen_have_no_minor_units(story: Story) -> None:
    claim = story.report(Kind.FUNDS_IN_PLACE, foreign=replace(RATE, currency="JPY", minor=1_000_000, rate="0.0645"))

    assert Claim.objects.get(id=claim).amount == 6_450_000


def test_many_are_reported_all_or_none(story: Story) -> None:
    reporter = story.access(story.cast.reporter)
    good, bad, worse = new(story), new(story, effective_on=date(2021, 1, 1)), new(story, kind="party")

    with pytest.raises(RowsRefused) as found:
        actions.report_claims(rows=[good, bad, good, worse], by=reporter, key="k")
    assert [(problem.row, problem.field) for problem in found.value.problems] == [
        (1, "effective_on"), (2, "effective_on"), (3, "kind"),
    ]
    assert Claim.objects.count() == 0

    ids = actions.report_claims(rows=[good, new(story, kind=Kind.COMPLETED)], by=reporter, key="k")
    assert list(Claim.objects.order_by("seq").values_list("id", "kind")) == [
        (ids[0], "started"), (ids[1], "completed"),
    ]


def test_a_batch_sent_twice_is_reported_once(story: Story) -> None:
    reporter = story.access(story.cast.reporter)
    rows = [new(story, note=" 空格 "), new(story, kind=Kind.COMPLETED)]

    first = actions.report_claims(rows=rows, by=reporter, key="k")
    assert actions.report_claims(rows=rows, by=reporter, key="k") == first
    with pytest.raises(KeyReused):
        actions.report_claims(rows=rows[:1], by=reporter, key="k")

    assert Claim.objects.count() == 2


def test_a_batch_has_a_size(story: Story) -> None:
    with pytest.raises(Refused):
        actions.report_claims(rows=[new(story)] * 5001, by=story.access(story.cast.reporter))


def test_a_batch_of_many_takes_no_more_queries_for_its_checks(story: Story, django_assert_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def selects(count: int, first: int) -> int:
        rows = [new(story, kind=Kind.INVESTED, amount=YI + n, effective_on=date(2020, 1, 1).replace(day=first + n))
                for n in range(count)]
        reporter = story.access(story.cast.reporter)
        with CaptureQueriesContext(connection, ) as caught:
            actions.report_claims(rows=rows, by=reporter)
        return sum(query["sql"].startswith("SELECT") for query in caught)

    assert selects(2, 1) == selects(12, 5)


def test_evidence_comes_with_the_claim(story: Story) -> None:
    claim = story.report(evidence=(paper(), paper(b"%PDF-1.4 two", "../../etc/立项\u202e批复.pdf", "approval")))

    found = list(Evidence.objects.filter(claim=claim).order_by("kind").values_list("name", "kind"))
    assert found == [("立项批复.pdf", "approval"), ("施工合同.pdf", "building_contract")]
