"""Entering contracts, shares, funding, bonds and codes."""

from datetime import date

import pytest

from shuangbi.projects.models import (
    Agreement,
    BondBatch,
    CreditShare,
    FundingPlan,
    OutsideCode,
)
from tests.cast import Cast
from tests.projects.pages.sending import errors, send
from tests.projects.stories import YI, Scene


@pytest.mark.parametrize(("what", "data", "field"), [
    ("agreement", {"reference": "x", "signed_on": "2020-10-21"}, "signed_on"),
    ("share", {"share": "101", "contract": "x"}, "share"),
    ("funding", {"year": "1066", "source": "x", "amount": "1亿元"}, "year"),
    ("bond", {"batch": "x", "amount": "", "issued_on": "2020-05-20"}, "amount"),
    ("code", {"system": "national", "code": "123", "on": "2020-10-20"}, "code"),
])
def test_promise_new_refused(cast: Cast, scene: Scene, what: str, data: dict[str, str], field: str) -> None:
    url = f"/projects/{scene.project.id}/promises/{what}/"
    response = send(cast, "unit_lead", url, unit=str(cast.other_county.id), **data)
    assert errors(response) == [field]


def test_promise_new(cast: Cast, scene: Scene) -> None:
    url = f"/projects/{scene.project.id}/promises/"
    county = str(cast.other_county.id)
    said: dict[str, dict[str, str]] = {
        "agreement": {"reference": "补充协议", "signed_on": "2020-09-01", "amount": "2亿元", "start_by": "2020-12-01"},
        "share": {"unit": county, "share": "33.33", "contract": "共建协议", "ends_on": "2021-12-31"},
        "funding": {"year": "2021", "source": "省级补助", "amount": "3000万元"},
        "bond": {"batch": "2020年第三批", "amount": "5000万元", "issued_on": "2020-08-31"},
        "code": {"system": "province", "code": "HN-2020-7", "on": "2020-10-20"},
    }
    for what, data in said.items():
        for _ in range(2):
            assert send(cast, "unit_lead", f"{url}{what}/", **{**data, "idempotency_key": what}).status_code == 302
    assert Agreement.objects.get(reference="补充协议").amount == 2 * YI
    assert CreditShare.objects.get(contract="共建协议").share == 3333
    assert FundingPlan.objects.get(year=2021).amount == 3 * YI // 10
    assert BondBatch.objects.get(batch="2020年第三批").spend_by == date(2021, 2, 28)
    assert OutsideCode.objects.get(system="province").code == "HN-2020-7"
    page = cast.client_of(cast.unit_lead).get(url).content.decode()
    # 100 % − 25 % − 33.33 %
    assert all(text in page for text in ("补充协议", "33.33%", "41.67%", "省级补助", "2021-02-28", "HN-2020-7"))
    assert send(cast, "reporter", f"{url}share/").status_code == 403
    assert cast.client_of(cast.reporter).get(f"{url}moon/").status_code == 404
