"""Who may do what, asked directly."""

import pytest

from shuangbi.claims import access, actions
from shuangbi.claims.choices import Act
from shuangbi.claims.models import Claim
from shuangbi.claims.queries import steps_taken
from shuangbi.foundation.errors import Refused
from shuangbi.organisations.access import access_of
from tests.claims.stories import Story, report


def open_to(story: Story, who: str, claim: object) -> set[str]:
    found = Claim.objects.get(id=claim)
    taken = steps_taken([found.id])[found.id]
    return {str(act) for act in access.acts_open(access_of(getattr(story.cast, who)), found, taken)}


@pytest.mark.parametrize(
    ("who", "reported", "checked", "recognised"),
    [
        ("reporter", {"withdrawn", "corrected", "evidence_added"}, {"withdrawn", "evidence_added"}, {"evidence_added"}),
        ("unit_lead", {"withdrawn", "corrected", "evidence_added"}, {"withdrawn", "evidence_added"}, {"evidence_added"}),
        ("owner", {"checked", "returned", "refused", "evidence_added"}, set(), set()),
        (
            "clerk", {"returned", "refused"},
            {"recognised", "returned", "refused", "corrected", "evidence_added"}, {"revoked", "corrected"},
        ),
        ("leader", set(), set(), set()),
        ("reader", set(), set(), set()),
        ("inspector", set(), set(), set()),
        ("other_reporter", set(), set(), set()),
        ("other_unit_lead", set(), set(), set()),
        ("security_admin", set(), set(), set()),
        ("stranger", set(), set(), set()),
    ],
)
def test_what_is_open_at_each_state(
    story: Story, who: str, reported: set[str], checked: set[str], recognised: set[str]
) -> None:
    claim = story.report()
    assert open_to(story, who, claim) == reported
    actions.check_claim(claim=claim, by=story.access(story.cast.owner))
    assert open_to(story, who, claim) == checked
    actions.recognise_claim(claim=claim, by=story.access(story.cast.office_lead))
    assert open_to(story, who, claim) == recognised


def test_nobody_may_do_nothing(story: Story) -> None:
    claim = Claim.objects.get(id=story.report())

    assert access.why_not(access_of(None), claim, Act.CHECKED, {})
    assert not access.may_report_somewhere(access_of(None))
    with pytest.raises(Refused):
        actions.withdraw_claim(claim=claim.id, by=access_of(None))


def test_the_office_undoes_its_own_report_until_it_is_recognised(story: Story) -> None:
    claim = report(story.cast.clerk, story.cast.county, "started", project=story.project.id)

    assert open_to(story, "clerk", claim) == {"withdrawn", "corrected", "evidence_added"}
    assert open_to(story, "office_lead", claim) == {"returned", "refused"}


def test_a_reporter_who_lost_the_role_does_nothing_more(story: Story) -> None:
    from shuangbi.organisations.models import Grant

    claim = story.report()
    Grant.objects.filter(person=story.cast.reporter).delete()

    assert open_to(story, "reporter", claim) == set()
