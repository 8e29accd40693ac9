"""Lists, tags, outside codes, shares."""

from datetime import date

import pytest

from shuangbi.foundation.errors import Refused
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import access_of
from shuangbi.projects import actions
from shuangbi.projects.models import CreditShare, OutsideCode, Project, Tagging
from tests.cast import Cast
from tests.projects.stories import register

pytestmark = pytest.mark.usefixtures("demo_day")


@pytest.fixture
def project(cast: Cast, demo_day: object) -> Project:
    return register(cast)


def test_office_and_indicator_owner_keep_lists_and_the_unit_its_tags(cast: Cast, project: Project) -> None:
    clerk, owner, reporter = (access_of(person) for person in (cast.clerk, cast.owner, cast.reporter))
    actions.put_on_list(project=project, kind="list", code="key", by=clerk, on=date(2020, 9, 1), reason="第一批")
    actions.put_on_list(project=project, kind="list", code="province_500", by=owner)
    actions.put_on_list(project=project, kind="tag", code="先进制造", by=reporter)
    assert list(Tagging.objects.values_list("kind", "code", "starts_on", "ends_on")) == [
        ("list", "key", date(2020, 9, 1), None),
        ("list", "province_500", date(2020, 10, 20), None),
        ("tag", "先进制造", date(2020, 10, 20), None),
    ]
    actions.take_off_list(project=project, kind="list", code="key", by=clerk, on=date(2020, 10, 1), reason="调出")
    assert Tagging.objects.get(code="key").ends_on == date(2020, 9, 30)
    actions.put_on_list(project=project, kind="list", code="key", by=clerk)
    assert Tagging.objects.filter(code="key").count() == 2


@pytest.mark.parametrize(("who", "said", "field"), [
    ("reporter", {"kind": "list", "code": "key"}, "kind"),
    ("unit_lead", {"kind": "list", "code": "key"}, "kind"),
    ("owner", {"kind": "tag", "code": "x"}, "kind"),
    ("other_reporter", {"kind": "tag", "code": "x"}, "kind"),
    ("clerk", {"kind": "shelf", "code": "x"}, "kind"),
    ("clerk", {"kind": "list", "code": "a|b"}, "code"),
    ("clerk", {"kind": "list", "code": "held"}, "code"),
    ("clerk", {"kind": "list", "code": "key", "on": date(2020, 10, 21)}, "on"),
])
def test_putting_on_a_list_refused(
    cast: Cast, project: Project, who: str, said: dict[str, object], field: str
) -> None:
    actions.put_on_list(project=project, kind="list", code="held", by=access_of(cast.clerk))
    with pytest.raises(Refused) as refused:
        actions.put_on_list(project=project, by=access_of(getattr(cast, who)), **said)
    assert refused.value.field == field
    assert Tagging.objects.count() == 1


@pytest.mark.parametrize(("said", "field"), [
    ({"code": "key", "reason": "x"}, "code"),
    ({"code": "held", "reason": ""}, "reason"),
    ({"code": "held", "reason": "x", "on": date(2020, 8, 31)}, "on"),
])
def test_taking_off_refused(cast: Cast, project: Project, said: dict[str, object], field: str) -> None:
    by = access_of(cast.clerk)
    actions.put_on_list(project=project, kind="list", code="held", by=by, on=date(2020, 9, 1))
    with pytest.raises(Refused) as refused:
        actions.take_off_list(project=project, kind="list", by=by, **said)
    assert refused.value.field == field
    assert Tagging.objects.get().ends_on is None


def test_second_clicks(cast: Cast, project: Project) -> None:
    by = access_of(cast.clerk)
    for _ in range(2):
        actions.put_on_list(project=project, kind="list", code="key", by=by, key="on")
    for _ in range(2):
        actions.take_off_list(project=project, kind="list", code="key", reason="调出", by=by, key="off")
    for _ in range(2):
        actions.give_code(project=project, system="province", code="HN-7", by=by, key="code")
    assert (Tagging.objects.count(), OutsideCode.objects.count()) == (1, 1)


def test_codes_follow_each_other_by_date(cast: Cast, project: Project) -> None:
    by = access_of(cast.reporter)
    old, new = "2009-430200-04-01-123456", "2010-430200-04-01-654321"
    actions.give_code(project=project, system="national", code=old, by=by, on=date(2020, 9, 1))
    actions.give_code(project=project, system="national", code=new, by=by, on=date(2020, 10, 5))
    assert list(OutsideCode.objects.values_list("code", "starts_on", "ends_on")) == [
        (old, date(2020, 9, 1), date(2020, 10, 4)), (new, date(2020, 10, 5), None),
    ]
    for said, field in (
        ({"system": "national", "code": "123"}, "code"),
        ({"system": "moon", "code": "123"}, "system"),
        ({"system": "national", "code": new}, "code"),
        ({"system": "national", "code": old, "on": date(2020, 10, 1)}, "on"),
    ):
        with pytest.raises(Refused) as refused:
            actions.give_code(project=project, by=by, **said)
        assert refused.value.field == field
    with pytest.raises(Refused):
        actions.give_code(project=project, system="province", code="x", by=access_of(cast.other_reporter))


def test_shares_by_contract_never_exceed_the_whole(cast: Cast, project: Project) -> None:
    lead = access_of(cast.unit_lead)
    half = {"starts_on": date(2020, 1, 1), "ends_on": date(2020, 6, 30)}
    actions.set_credit(project=project, unit=cast.other_county, share=4000, contract="协议一", by=lead, **half)
    actions.set_credit(project=project, unit=cast.department, share=6000, contract="协议二", by=lead, **half)
    with pytest.raises(Refused) as refused:
        actions.set_credit(
            project=project, unit=cast.company, share=1, contract="协议三", by=lead, starts_on=date(2020, 6, 30)
        )
    assert refused.value.field == "share"
    # The next half-year is free again; the same unit and contract replaces what it said.
    actions.set_credit(
        project=project, unit=cast.company, share=9000, contract="协议三", by=lead, starts_on=date(2020, 7, 1)
    )
    actions.set_credit(project=project, unit=cast.department, share=0, contract="协议二", by=lead, **half)
    assert list(CreditShare.objects.order_by("contract").values_list("contract", "share")) == [
        ("协议一", 4000), ("协议三", 9000), ("协议二", 0),
    ]


@pytest.mark.parametrize(("who", "said", "field"), [
    ("reporter", {}, ""),
    ("other_unit_lead", {}, ""),
    ("unit_lead", {"share": 10_001}, "share"),
    ("unit_lead", {"share": -1}, "share"),
    ("unit_lead", {"contract": " "}, "contract"),
    ("unit_lead", {"starts_on": date(2020, 2, 1), "ends_on": date(2020, 1, 1)}, "ends_on"),
])
def test_share_refused(cast: Cast, project: Project, who: str, said: dict[str, object], field: str) -> None:
    asked = {"unit": cast.other_county, "share": 5000, "contract": "协议", **said}
    with pytest.raises(Refused) as refused:
        actions.set_credit(project=project, by=access_of(getattr(cast, who)), **asked)
    assert refused.value.field == field
    assert Fact.objects.filter(kind="projects.credit_set").count() == 0


def test_owner_gets_no_share_of_its_own(cast: Cast, project: Project) -> None:
    with pytest.raises(Refused) as refused:
        actions.set_credit(
            project=project, unit=cast.county, share=1, contract="协议", by=access_of(cast.unit_lead)
        )
    assert refused.value.field == "unit"
