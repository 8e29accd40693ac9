"""Corrections, withdrawals and more evidence."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from shuangbi.claims import actions
from shuangbi.claims.actions import Correction
from shuangbi.claims.amounts import Foreign
from shuangbi.claims.choices import Kind
from shuangbi.claims.models import Claim, Evidence, ReviewStep
from shuangbi.claims.queries import claim_history
from shuangbi.foundation.errors import Refused
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import Access
from shuangbi.projects.models import Project
from tests.claims.stories import DAY, YI, Story, paper

LATER = date(2020, 9, 25)


def correct(story: Story, claim: UUID, by: Access, *, reason: str = "填报有误", key: str = "", **values: object) -> None:
    new = replace(Correction(effective_on=DAY), **values)  # type: ignore[arg-type]
    actions.correct_claim(claim=claim, new=new, by=by, reason=reason, key=key)


def test_a_correction_keeps_the_fact_it_replaces(story: Story) -> None:
    claim = story.report(Kind.INVESTED, amount=3 * YI)
    first = Fact.objects.get(subject=claim)

    correct(story, claim, story.access(story.cast.reporter), amount=2 * YI, effective_on=LATER)

    old, new = Fact.objects.filter(subject=claim).order_by("seq")
    assert (old.uuid, bytes(old.body)) == (first.uuid, bytes(first.body))
    assert new.kind == "claims.corrected"
    assert new.data["replaces"] == str(first.uuid)
    assert new.effective_on == LATER
    now = Claim.objects.get(id=claim)
    assert (now.amount, now.effective_on, now.state, now.next_step) == (2 * YI, LATER, "reported", "confirm")
    moment = claim_history(now)[1]
    assert (moment.was_amount, moment.was_on, moment.step.amount) == (3 * YI, DAY, 2 * YI)


def test_a_second_correction_names_the_first(story: Story) -> None:
    claim = story.report(Kind.INVESTED, amount=3 * YI)
    reporter = story.access(story.cast.reporter)
    correct(story, claim, reporter, amount=2 * YI)
    correct(story, claim, reporter, amount=YI)

    facts = list(Fact.objects.filter(subject=claim).order_by("seq"))
    assert facts[2].data["replaces"] == str(facts[1].uuid)


def test_a_correction_before_the_check_begins_the_review_anew(story: Story) -> None:
    claim = story.report(Kind.INVESTED, amount=3 * YI)
    actions.check_claim(claim=claim, by=story.access(story.cast.unit_lead))
    assert Claim.objects.get(id=claim).next_step == "check"

    correct(story, claim, story.access(story.cast.reporter), amount=2 * YI)

    assert Claim.objects.get(id=claim).next_step == "confirm"


def test_after_the_check_only_the_office_corrects(story: Story) -> None:
    claim = story.checked(Kind.INVESTED, amount=3 * YI)
    with pytest.raises(Refused):
        correct(story, claim, story.access(story.cast.reporter), amount=2 * YI)

    correct(story, claim, story.access(story.cast.clerk), amount=2 * YI)

    now = Claim.objects.get(id=claim)
    assert (now.state, now.next_step, now.amount) == ("checked", "recognise", 2 * YI)
    with pytest.raises(Refused):
        actions.recognise_claim(claim=claim, by=story.access(story.cast.clerk))
    actions.recognise_claim(claim=claim, by=story.access(story.cast.office_lead))


def test_a_recognised_claim_keeps_its_state_and_moves_its_stage(story: Story) -> None:
    claim = story.recognised()

    correct(story, claim, story.access(story.cast.office_lead), effective_on=LATER)

    now = Claim.objects.get(id=claim)
    assert (now.state, now.effective_on) == ("recognised", LATER)
    project = Project.objects.get(id=story.project.id)
    assert (project.stage, project.stage_on) == ("started", LATER)
    assert Fact.objects.filter(subject=story.project.id, kind="projects.stage_withdrawn").count() == 1


def test_a_recognised_amount_is_corrected_without_touching_the_project(story: Story) -> None:
    claim = story.recognised(Kind.INVESTED, amount=3 * YI)
    recognised = Fact.objects.get(subject=claim, kind="claims.recognised")

    correct(story, claim, story.access(story.cast.office_lead), amount=2 * YI)

    assert Claim.objects.get(id=claim).amount == 2 * YI
    assert Fact.objects.get(subject=claim, kind="claims.corrected").data["replaces"] == str(recognised.uuid)


def test_nothing_different_is_no_correction(story: Story) -> None:
    claim = story.report()

    with pytest.raises(Refused):
        correct(story, claim, story.access(story.cast.reporter))

    assert Fact.objects.filter(subject=claim).count() == 1


def test_a_returned_claim_may_come_back_unchanged(story: Story) -> None:
    claim = story.report()
    actions.return_claim(claim=claim, by=story.access(story.cast.owner), reason="缺照片")

    correct(story, claim, story.access(story.cast.reporter), reason="照片已补")

    assert Claim.objects.get(id=claim).state == "reported"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"effective_on": date(2020, 10, 21)}, "effective_on"),
        ({"amount": 0}, "amount"),
        ({"amount": -5}, "amount"),
        ({"reason": ""}, "reason"),
        ({"foreign": Foreign("XXX", 1, "1", DAY, "来源")}, "currency"),
    ],
)
def test_a_correction_is_checked_like_a_report(story: Story, values: dict[str, object], field: str) -> None:
    claim = story.report(Kind.INVESTED, amount=3 * YI)

    with pytest.raises(Refused) as found:
        correct(story, claim, story.access(story.cast.reporter), **{"amount": YI, **values})  # type: ignore[arg-type]

    assert found.value.field == field
    assert Claim.objects.get(id=claim).amount == 3 * YI


def test_a_correction_does_not_run_into_another_claim(story: Story) -> None:
    story.report(effective_on=LATER)
    claim = story.report()

    with pytest.raises(Refused):
        correct(story, claim, story.access(story.cast.reporter), effective_on=LATER)


def test_other_units_do_not_correct_or_withdraw(story: Story) -> None:
    claim = story.report()
    for who in ("other_reporter", "company_reporter", "owner", "leader", "reader", "stranger", "clerk"):
        with pytest.raises(Refused):
            correct(story, claim, story.access(getattr(story.cast, who)), effective_on=LATER)
        with pytest.raises(Refused):
            actions.withdraw_claim(claim=claim, by=story.access(getattr(story.cast, who)))

    assert Claim.objects.get(id=claim).state == "reported"


def test_the_units_lead_withdraws_too_but_not_after_recognition(story: Story) -> None:
    lead = story.access(story.cast.unit_lead)
    checked = story.checked(Kind.COMPLETED)
    actions.withdraw_claim(claim=checked, by=lead, reason="尚未验收", key="w")
    actions.withdraw_claim(claim=checked, by=lead, reason="尚未验收", key="w")
    assert Claim.objects.get(id=checked).state == "withdrawn"
    assert ReviewStep.objects.filter(claim=checked, act="withdrawn").count() == 1

    recognised = story.recognised()
    with pytest.raises(Refused):
        actions.withdraw_claim(claim=recognised, by=lead)


def test_a_correction_clicked_twice_is_one(story: Story) -> None:
    claim = story.report()
    for _again in range(2):
        correct(story, claim, story.access(story.cast.reporter), effective_on=LATER, key="c")

    assert ReviewStep.objects.filter(claim=claim, act="corrected").count() == 1


def test_evidence_is_added_until_the_claim_is_over(story: Story) -> None:
    claim = story.report(evidence=(paper(),))
    reporter = story.access(story.cast.reporter)
    more = paper(b"%PDF-1.4 more", "许可.pdf")

    for _again in range(2):
        actions.add_evidence(claim=claim, files=[more], by=reporter, key="e")

    assert Evidence.objects.filter(claim=claim).count() == 2
    assert ReviewStep.objects.filter(claim=claim, act="evidence_added").count() == 1
    assert Claim.objects.get(id=claim).state == "reported"
    with pytest.raises(Refused):
        actions.add_evidence(claim=claim, files=[more], by=reporter)
    with pytest.raises(Refused):
        actions.add_evidence(claim=claim, files=[], by=reporter)
    with pytest.raises(Refused):
        actions.add_evidence(claim=claim, files=[paper(b"%PDF-1.4 x")], by=story.access(story.cast.leader))
    actions.withdraw_claim(claim=claim, by=reporter)
    with pytest.raises(Refused):
        actions.add_evidence(claim=claim, files=[paper(b"%PDF-1.4 y")], by=reporter)


def test_who_takes_the_next_step_may_add_evidence(story: Story) -> None:
    claim = story.report()

    actions.add_evidence(claim=claim, files=[paper()], by=story.access(story.cast.owner))

    assert Evidence.objects.get(claim=claim).added_by == story.cast.owner
