"""What each person sees and what waits for them."""

from datetime import date

import pytest

from shuangbi.claims import actions, queries
from shuangbi.claims.choices import Kind
from shuangbi.claims.models import Claim
from shuangbi.organisations.choices import Role
from shuangbi.projects.models import Project
from tests.cast import give
from tests.claims.stories import YI, Story, report

LATER = date(2020, 9, 25)


def seen(story: Story, who: str) -> set[object]:
    return set(queries.claims_visible_to(story.access(getattr(story.cast, who))).values_list("id", flat=True))


def waiting(story: Story, who: str) -> list[object]:
    found = queries.claims_waiting_for(story.access(getattr(story.cast, who)))
    return list(found.order_by("seq").values_list("id", flat=True))


def test_scope_by_role(story: Story) -> None:
    cast = story.cast
    ours = story.report()
    theirs = report(cast.other_reporter, cast.other_county, Kind.STARTED, project=story.other_project.id)

    for who in ("clerk", "office_lead", "owner", "inspector", "leader", "reader"):
        assert seen(story, who) == {ours, theirs}
    for who in ("reporter", "unit_lead"):
        assert seen(story, who) == {ours}
    for who in ("other_reporter", "other_unit_lead"):
        assert seen(story, who) == {theirs}
    for who in ("company_reporter", "park_reporter", "stranger", "system_admin", "security_admin", "security_auditor"):
        assert seen(story, who) == set()


def test_the_bringer_of_a_project_sees_its_claims(story: Story) -> None:
    theirs = report(
        story.cast.other_reporter, story.cast.other_county, Kind.STARTED, project=story.other_project.id
    )
    Project.objects.filter(id=story.other_project.id).update(bringer=story.cast.company)

    assert seen(story, "company_reporter") == {theirs}


def test_a_plain_claim_is_seen_by_its_unit(story: Story) -> None:
    claim = story.report(Kind.PROBLEM_SOLVED, project=None, title="断头路打通")

    assert seen(story, "reporter") == {claim}
    assert seen(story, "other_reporter") == set()


def test_each_waits_for_their_own_step(story: Story) -> None:
    started, invested = story.report(), story.report(Kind.INVESTED, amount=YI)
    assert waiting(story, "unit_lead") == [invested]
    assert waiting(story, "owner") == [started]
    assert waiting(story, "clerk") == waiting(story, "reporter") == waiting(story, "leader") == []

    actions.check_claim(claim=started, by=story.access(story.cast.owner))
    assert waiting(story, "owner") == []
    assert waiting(story, "clerk") == waiting(story, "office_lead") == [started]

    actions.return_claim(claim=started, by=story.access(story.cast.clerk), reason="补充材料")
    assert waiting(story, "reporter") == [started]
    assert waiting(story, "unit_lead") == [started, invested] or waiting(story, "unit_lead") == [invested, started]
    assert waiting(story, "clerk") == waiting(story, "other_unit_lead") == []


def test_what_one_has_done_oneself_does_not_wait(story: Story) -> None:
    give(story.cast, story.cast.reporter, Role.INDICATOR_OWNER, story.cast.region, "started")
    claim = story.report()

    assert waiting(story, "reporter") == []
    assert waiting(story, "owner") == [claim]


def test_nobody_has_nothing_waiting(story: Story) -> None:
    from shuangbi.organisations.access import access_of

    story.report()
    assert list(queries.claims_waiting_for(access_of(None))) == []


def test_earlier_claims_of_the_same_are_found_while_they_stand(story: Story) -> None:
    first, second = story.report(), story.report(effective_on=LATER)
    over = story.report(effective_on=date(2020, 9, 26))
    actions.withdraw_claim(claim=over, by=story.access(story.cast.reporter))
    reporter = story.access(story.cast.reporter)

    found = queries.claims_already(reporter, story.project.id, Kind.STARTED)
    assert list(found.values_list("id", flat=True)) == [first, second]
    besides = queries.claims_already(reporter, story.project.id, Kind.STARTED, besides=second)
    assert list(besides.values_list("id", flat=True)) == [first]
    assert not queries.claims_already(reporter, story.project.id, Kind.SIGNED).exists()
    other = story.access(story.cast.other_reporter)
    assert not queries.claims_already(other, story.project.id, Kind.STARTED).exists()


def test_a_unit_counts_with_all_below_it(story: Story) -> None:
    park = report(story.cast.park_reporter, story.cast.park, Kind.PROBLEM_SOLVED, title="园区污水管网接入")
    county = story.report()
    all_claims = Claim.objects.all()

    assert {c.id for c in queries.claims_of_unit(all_claims, story.cast.county)} == {park, county}
    assert {c.id for c in queries.claims_of_unit(all_claims, story.cast.park)} == {park}


@pytest.mark.parametrize("who", ["clerk", "reporter"])
def test_seeing_takes_one_query_beside_the_grants(story: Story, who: str, django_assert_num_queries: object) -> None:
    story.report()
    access = story.access(getattr(story.cast, who))
    access.unit_ids  # noqa: B018 (grants and tree are read once)

    with django_assert_num_queries(1):  # type: ignore[operator]
        [str(claim) for claim in queries.claims_visible_to(access)]
