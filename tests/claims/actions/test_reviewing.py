"""The chain from report to recognition, and every no on the way."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from shuangbi.claims import actions
from shuangbi.claims.choices import Kind
from shuangbi.claims.models import Claim, ReviewStep
from shuangbi.foundation.errors import Refused
from shuangbi.ledger.actions import KeyReused
from shuangbi.ledger.models import Fact
from shuangbi.organisations.choices import Role
from shuangbi.organisations.models import Person
from shuangbi.projects.models import Project
from tests.cast import give
from tests.claims.stories import DAY, YI, Story, report


def standing(claim: UUID) -> tuple[str, str]:
    """State and next step."""
    found = Claim.objects.get(id=claim)
    return found.state, found.next_step


def acts(claim: UUID) -> list[tuple[str, str]]:
    return list(ReviewStep.objects.filter(claim=claim).order_by("seq").values_list("act", "step"))


def refused(action: object, **values: object) -> str:
    with pytest.raises(Refused) as found:
        action(**values)  # type: ignore[operator]
    return found.value.message


def test_a_started_claim_goes_from_report_to_recognition(story: Story) -> None:
    claim = story.report()
    assert standing(claim) == ("reported", "check")

    actions.check_claim(claim=claim, by=story.access(story.cast.owner))
    assert standing(claim) == ("checked", "recognise")

    actions.recognise_claim(claim=claim, by=story.access(story.cast.clerk))
    assert standing(claim) == ("recognised", "")
    assert Claim.objects.get(id=claim).recognised_on == date(2020, 10, 20)
    assert acts(claim) == [("reported", "report"), ("checked", "check"), ("recognised", "recognise")]
    kinds = list(Fact.objects.filter(subject=claim).order_by("seq").values_list("kind", "effective_on"))
    assert kinds == [("claims.reported", DAY), ("claims.checked", DAY), ("claims.recognised", DAY)]


def test_recognition_brings_the_project_to_its_stage_and_revoking_takes_it_back(story: Story) -> None:
    claim = story.recognised()
    reached = Project.objects.get(id=story.project.id)
    assert (reached.stage, reached.stage_on) == ("started", DAY)

    actions.refuse_claim(claim=claim, by=story.access(story.cast.office_lead), reason="现场仅平整场地")

    assert standing(claim) == ("refused", "")
    assert Claim.objects.get(id=claim).recognised_on is None
    assert Project.objects.get(id=story.project.id).stage == "lead"
    assert acts(claim)[-1] == ("revoked", "")


def test_an_amount_is_first_confirmed_by_the_units_lead(story: Story) -> None:
    claim = story.report(Kind.INVESTED, amount=3 * YI)
    assert standing(claim) == ("reported", "confirm")

    actions.check_claim(claim=claim, by=story.access(story.cast.unit_lead))
    assert standing(claim) == ("reported", "check")
    assert acts(claim)[-1] == ("confirmed", "confirm")

    actions.check_claim(claim=claim, by=story.access(story.cast.owner))
    actions.recognise_claim(claim=claim, by=story.access(story.cast.clerk))
    assert standing(claim) == ("recognised", "")


def test_a_report_by_the_units_lead_carries_the_confirmation(story: Story) -> None:
    claim = report(
        story.cast.unit_lead, story.cast.county, Kind.INVESTED, project=story.project.id, amount=YI
    )

    assert standing(claim) == ("reported", "check")


def test_less_may_be_recognised_with_a_reason(story: Story) -> None:
    claim = story.checked(Kind.FUNDS_IN_PLACE, amount=3 * YI)
    clerk = story.access(story.cast.clerk)

    actions.recognise_claim(claim=claim, by=clerk, amount=2 * YI, reason="一笔凭证重复")

    assert Claim.objects.get(id=claim).amount == 2 * YI
    amounts = list(ReviewStep.objects.filter(claim=claim).order_by("seq").values_list("amount", flat=True))
    assert amounts == [3 * YI, 3 * YI, 3 * YI, 2 * YI]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": 3 * YI + 1, "reason": "更多"}, "amount"),
        ({"amount": 0, "reason": "没有"}, "amount"),
        ({"amount": -1, "reason": "没有"}, "amount"),
        ({"amount": 2 * YI}, "reason"),
        ({"recognised_on": date(2020, 10, 21)}, "recognised_on"),
        ({"recognised_on": date(2020, 9, 17)}, "recognised_on"),
        ({"reason": "不可见\u200b字符"}, "reason"),
        ({"reason": "长" * 501}, "reason"),
    ],
)
def test_recognition_refuses_what_cannot_be(story: Story, values: dict[str, object], field: str) -> None:
    claim = story.checked(Kind.FUNDS_IN_PLACE, amount=3 * YI)

    with pytest.raises(Refused) as found:
        actions.recognise_claim(claim=claim, by=story.access(story.cast.clerk), **values)  # type: ignore[arg-type]

    assert found.value.field == field
    assert standing(claim) == ("checked", "recognise")


def test_a_claim_without_amount_takes_none_at_recognition(story: Story) -> None:
    claim = story.checked()

    with pytest.raises(Refused) as found:
        actions.recognise_claim(claim=claim, by=story.access(story.cast.clerk), amount=5, reason="金额")

    assert found.value.field == "amount"


def test_a_claim_can_be_recognised_as_of_an_earlier_decision(story: Story) -> None:
    claim = story.checked()

    actions.recognise_claim(claim=claim, by=story.access(story.cast.clerk), recognised_on=date(2020, 10, 15))

    assert Claim.objects.get(id=claim).recognised_on == date(2020, 10, 15)


def test_nobody_checks_or_recognises_their_own_claim(story: Story) -> None:
    cast = story.cast
    give(cast, cast.reporter, Role.INDICATOR_OWNER, cast.region, "started")
    give(cast, cast.reporter, Role.OFFICE_CLERK, cast.region)
    reporter = story.access(cast.reporter)
    claim = story.report()

    refused(actions.check_claim, claim=claim, by=reporter)
    assert standing(claim) == ("reported", "check")
    refused(actions.refuse_claim, claim=claim, by=reporter, reason="不是")
    refused(actions.return_claim, claim=claim, by=reporter, reason="不是")
    actions.check_claim(claim=claim, by=story.access(cast.owner))
    refused(actions.recognise_claim, claim=claim, by=reporter)
    assert standing(claim) == ("checked", "recognise")


def test_who_checked_does_not_recognise(story: Story) -> None:
    give(story.cast, story.cast.owner, Role.OFFICE_CLERK, story.cast.region)
    claim = story.checked()

    message = refused(actions.recognise_claim, claim=claim, by=story.access(story.cast.owner))

    assert message
    assert standing(claim) == ("checked", "recognise")


def test_who_corrected_a_claim_does_not_check_it(story: Story) -> None:
    cast = story.cast
    give(cast, cast.unit_lead, Role.INDICATOR_OWNER, cast.region, "started")
    claim = story.report()
    lead = story.access(cast.unit_lead)
    actions.correct_claim(
        claim=claim, new=actions.Correction(effective_on=date(2020, 9, 19)), by=lead, reason="日期更正"
    )

    refused(actions.check_claim, claim=claim, by=lead)

    assert standing(claim) == ("reported", "check")


def people_without_the_step() -> list[str]:
    return [
        "reporter", "unit_lead", "other_unit_lead", "clerk", "office_lead", "inspector", "leader", "reader", "stranger",
        "company_reporter", "park_reporter", "other_reporter", "system_admin", "security_admin", "security_auditor",
    ]


@pytest.mark.parametrize("who", people_without_the_step())
def test_only_the_owner_of_the_indicator_checks(story: Story, who: str) -> None:
    claim = story.report()
    person: Person = getattr(story.cast, who)

    refused(actions.check_claim, claim=claim, by=story.access(person))

    assert standing(claim) == ("reported", "check")


@pytest.mark.parametrize("who", ["owner", *sorted(set(people_without_the_step()) - {"clerk", "office_lead"})])
def test_only_the_office_recognises(story: Story, who: str) -> None:
    claim = story.checked()

    refused(actions.recognise_claim, claim=claim, by=story.access(getattr(story.cast, who)))

    assert standing(claim) == ("checked", "recognise")


def test_the_owner_of_another_indicator_does_not_check(story: Story) -> None:
    give(story.cast, story.cast.inspector, Role.INDICATOR_OWNER, story.cast.region, "signed")
    claim = story.report()

    refused(actions.check_claim, claim=claim, by=story.access(story.cast.inspector))

    assert standing(claim) == ("reported", "check")


def test_steps_are_taken_in_order(story: Story) -> None:
    claim = story.report()

    refused(actions.recognise_claim, claim=claim, by=story.access(story.cast.clerk))
    assert standing(claim) == ("reported", "check")
    actions.check_claim(claim=claim, by=story.access(story.cast.owner))
    refused(actions.check_claim, claim=claim, by=story.access(story.cast.owner))
    assert standing(claim) == ("checked", "recognise")


def test_a_claim_that_is_over_takes_nothing_more(story: Story) -> None:
    claim = story.report()
    actions.withdraw_claim(claim=claim, by=story.access(story.cast.reporter))
    owner, clerk = story.access(story.cast.owner), story.access(story.cast.clerk)

    refused(actions.check_claim, claim=claim, by=owner)
    refused(actions.recognise_claim, claim=claim, by=clerk)
    refused(actions.return_claim, claim=claim, by=clerk, reason="补充")
    refused(actions.refuse_claim, claim=claim, by=clerk, reason="不符")
    refused(actions.withdraw_claim, claim=claim, by=story.access(story.cast.reporter))

    assert standing(claim) == ("withdrawn", "")
    assert acts(claim) == [("reported", "report"), ("withdrawn", "")]


def test_return_and_refusal_need_a_reason(story: Story) -> None:
    claim = story.report()
    owner = story.access(story.cast.owner)

    for reason in ("", "   ", "短"):
        with pytest.raises(Refused) as found:
            actions.return_claim(claim=claim, by=owner, reason=reason)
        assert found.value.field == "reason"
        with pytest.raises(Refused) as found:
            actions.refuse_claim(claim=claim, by=owner, reason=reason)
        assert found.value.field == "reason"

    assert standing(claim) == ("reported", "check")


def test_a_returned_claim_starts_anew_when_corrected(story: Story) -> None:
    claim = story.checked()
    actions.return_claim(claim=claim, by=story.access(story.cast.clerk), reason="请补充施工许可")
    assert standing(claim) == ("returned", "")

    refused(actions.check_claim, claim=claim, by=story.access(story.cast.owner))
    new = actions.Correction(effective_on=DAY, note="已补充")
    actions.correct_claim(claim=claim, new=new, by=story.access(story.cast.reporter), reason="已补充施工许可")

    assert standing(claim) == ("reported", "check")
    assert ReviewStep.objects.get(claim=claim, act="returned").reason == "请补充施工许可"


def test_the_office_may_refuse_before_the_check(story: Story) -> None:
    claim = story.report()

    actions.refuse_claim(claim=claim, by=story.access(story.cast.clerk), reason="重复申报")

    assert standing(claim) == ("refused", "")


def test_others_may_not_return_or_refuse(story: Story) -> None:
    claim = story.report()
    for who in ("unit_lead", "leader", "reader", "inspector", "other_reporter", "stranger"):
        access = story.access(getattr(story.cast, who))
        refused(actions.return_claim, claim=claim, by=access, reason="退回补充")
        refused(actions.refuse_claim, claim=claim, by=access, reason="不予认定")

    assert standing(claim) == ("reported", "check")


def test_a_second_click_does_nothing_twice(story: Story) -> None:
    owner, clerk = story.access(story.cast.owner), story.access(story.cast.clerk)
    claim = story.report(key="one")
    assert story.report(key="one") == claim
    for _again in range(2):
        actions.check_claim(claim=claim, by=owner, key="two")
    for _again in range(2):
        actions.recognise_claim(claim=claim, by=clerk, key="three")
    for _again in range(2):
        actions.refuse_claim(claim=claim, by=clerk, reason="撤销认定", key="four")

    other = story.report(Kind.COMPLETED)
    for _again in range(2):
        actions.return_claim(claim=other, by=owner, reason="缺验收记录", key="five")

    assert [act for act, _step in acts(claim)] == ["reported", "checked", "recognised", "revoked"]
    assert [act for act, _step in acts(other)] == ["reported", "returned"]
    assert Fact.objects.filter(subject=story.project.id, kind="projects.stage_reached").count() == 1
    assert Fact.objects.filter(subject=story.project.id, kind="projects.stage_withdrawn").count() == 1


def test_a_key_stands_for_one_act(story: Story) -> None:
    owner = story.access(story.cast.owner)
    first, second = story.report(), story.report(Kind.COMPLETED)
    actions.check_claim(claim=first, by=owner, key="k")

    with pytest.raises(KeyReused):
        actions.check_claim(claim=second, by=owner, key="k")
    with pytest.raises(KeyReused):
        actions.return_claim(claim=first, by=owner, reason="退回补充", key="k")

    assert standing(second) == ("reported", "check")


def test_a_claim_that_is_not_there_is_refused_like_a_foreign_one(story: Story) -> None:
    foreign = report(
        story.cast.other_reporter, story.cast.other_county, Kind.STARTED, project=story.other_project.id
    )
    lead = story.access(story.cast.unit_lead)

    said = refused(actions.withdraw_claim, claim=foreign, by=lead)

    assert said == refused(actions.withdraw_claim, claim=uuid4(), by=lead)


def test_many_claims_are_decided_each_for_itself(story: Story) -> None:
    cast = story.cast
    good = story.report()
    over = story.report(Kind.COMPLETED)
    actions.withdraw_claim(claim=over, by=story.access(cast.reporter))
    absent = uuid4()

    found = actions.review_many(
        claims=[good, over, absent, good], decision="check", by=story.access(cast.owner), key="batch"
    )

    assert [(outcome.claim, outcome.done) for outcome in found] == [(good, True), (over, False), (absent, False)]
    assert all(outcome.message for outcome in found[1:])
    assert standing(good) == ("checked", "recognise")
    again = actions.review_many(claims=[good], decision="check", by=story.access(cast.owner), key="batch")
    assert again[0].done
    assert len(acts(good)) == 2
    changed = actions.review_many(
        claims=[good], decision="return", by=story.access(cast.owner), reason="退回补充", key="batch"
    )
    assert not changed[0].done
    assert standing(good) == ("checked", "recognise")


def test_a_batch_needs_a_decision_and_a_reason_to_say_no(story: Story) -> None:
    claim = story.report()
    owner = story.access(story.cast.owner)

    with pytest.raises(Refused) as found:
        actions.review_many(claims=[claim], decision="", by=owner)
    assert found.value.field == "decision"
    with pytest.raises(Refused) as found:
        actions.review_many(claims=[claim], decision="refuse", by=owner)
    assert found.value.field == "reason"
    assert standing(claim) == ("reported", "check")
