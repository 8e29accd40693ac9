"""Bond batches, plans, agreements."""

from datetime import date

import pytest

from shuangbi.foundation.errors import Refused
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import access_of
from shuangbi.projects import actions
from shuangbi.projects.actions.funds import six_months_after
from shuangbi.projects.models import Agreement, BondBatch, FundingPlan
from tests.cast import Cast
from tests.projects.stories import YI, register

pytestmark = pytest.mark.usefixtures("demo_day")


def test_six_months_after() -> None:
    assert [six_months_after(day) for day in (date(2020, 4, 15), date(2020, 8, 31), date(2020, 12, 1))] == [
        date(2020, 10, 15), date(2021, 2, 28), date(2021, 6, 1),
    ]


def test_what_pays_for_a_project(cast: Cast) -> None:
    project, by = register(cast), access_of(cast.reporter)
    for amount in (3 * YI, 2 * YI):
        actions.grant_bond_batch(
            project=project, batch="2020年第二批", amount=amount, issued_on=date(2020, 5, 20), by=by
        )
        actions.plan_funding(project=project, year=2020, source="市级财政", amount=amount, by=by)
        actions.sign_agreement(
            project=project, reference="招商合同12号", signed_on=date(2020, 3, 1), amount=amount, start_by=date(2020, 9, 1),
            production_by=date(2021, 12, 31), by=by,
        )
    assert list(BondBatch.objects.values_list("batch", "amount", "issued_on", "spend_by")) == [
        ("2020年第二批", 2 * YI, date(2020, 5, 20), date(2020, 11, 20)),
    ]
    assert list(FundingPlan.objects.values_list("year", "source", "amount")) == [(2020, "市级财政", 2 * YI)]
    agreement = Agreement.objects.get()
    assert (agreement.amount, agreement.start_by, agreement.completion_by, agreement.production_by) == (
        2 * YI, date(2020, 9, 1), None, date(2021, 12, 31),
    )
    assert Fact.objects.filter(subject=project.id).count() == 7


def test_refusals(cast: Cast) -> None:
    project = register(cast)
    mine, others = access_of(cast.reporter), access_of(cast.other_reporter)
    day = date(2020, 5, 20)
    refusals = [
        (actions.grant_bond_batch, {"batch": "", "amount": 1, "issued_on": day}, "batch"),
        (actions.grant_bond_batch, {"batch": "x", "amount": 0, "issued_on": day}, "amount"),
        (actions.grant_bond_batch, {"batch": "x", "amount": 1, "issued_on": date(2020, 10, 21)}, "issued_on"),
        (actions.grant_bond_batch, {"batch": "x", "amount": 1, "issued_on": day, "spend_by": date(2020, 1, 1)}, "spend_by"),
        (actions.plan_funding, {"year": 1066, "source": "x", "amount": 1}, "year"),
        (actions.plan_funding, {"year": 2020, "source": "x", "amount": -1}, "amount"),
        (actions.sign_agreement, {"reference": "x", "signed_on": day, "start_by": date(2020, 1, 1)}, "start_by"),
        (actions.sign_agreement, {"reference": " ", "signed_on": day}, "reference"),
    ]
    for action, said, field in refusals:
        with pytest.raises(Refused) as refused:
            action(project=project, by=mine, **said)
        assert refused.value.field == field
    with pytest.raises(Refused):
        actions.plan_funding(project=project, year=2020, source="x", amount=1, by=others)
    assert Fact.objects.filter(subject=project.id).count() == 1
