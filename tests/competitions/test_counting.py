"""Postings: after every request they are what a fold from scratch gives, for every policy, however they came about."""

from collections import Counter
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from shuangbi.claims import actions as claims
from shuangbi.competitions import actions
from shuangbi.competitions.counting import catch_up, histories, policies_in_use, subjects_posted
from shuangbi.competitions.models import Posting, Watermark
from shuangbi.competitions.queries import counted_seq
from shuangbi.ledger.queries import head_seq
from shuangbi.organisations.access import access_of
from shuangbi.organisations.choices import Role
from shuangbi.projects.models import Project
from shuangbi_engine import postings
from tests.cast import Cast, client_of, give
from tests.competitions.stories import (
    DAY,
    SCHEME,
    Race,
    check,
    frozen_race,
    new_competition,
    project_of,
    recognise,
    report,
    signed,
)
from tests.competitions.walk import Walk

OTHER_POLICY = SCHEME.replace("split_counts: shares", "split_counts: whole").replace("name: sample", "name: other")
Sums = dict[tuple[object, ...], tuple[int, int]]


def sums(rows: list[postings.Posting]) -> Sums:
    """Amount and count by everything else a posting says, its seq among it."""
    amounts: Counter[tuple[object, ...]] = Counter()
    counts: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        amounts[row[:9]] += row.amount
        counts[row[:9]] += row.count
    return {key: (amounts[key], counts[key]) for key in counts if amounts[key] or counts[key]}


def stored(digest: str) -> Sums:
    return sums([postings.Posting(*row) for row in Posting.objects.filter(policy=digest).values_list(*postings.COLUMNS)])


def from_scratch(digest: str) -> Sums:
    policy = policies_in_use()[digest]
    groups = [str(id_) for id_ in Project.objects.values_list("id", flat=True)]
    return sums([row for history in histories(groups) for row in postings.fold(history, policy)])


def second_race(cast: Cast) -> None:
    """A competition with another policy."""
    other = actions.open_competition(new=new_competition(cast.region, slug="other-2020"), by=access_of(cast.office_lead))
    file = actions.upload_scheme(competition=other, text=OTHER_POLICY, by=access_of(cast.clerk))
    actions.freeze_scheme(file=file, by=access_of(cast.office_lead))


@pytest.mark.parametrize("seed", [1, 2])
def test_after_every_request_postings_are_what_a_fold_from_scratch_gives(race: Race, seed: int) -> None:
    second_race(race.cast)
    walk = Walk(race.cast, seed)
    done: Counter[str] = Counter()
    for at in range(100):
        done[walk.step()] += 1
        if at % 4 == 3:
            catch_up()
            for digest in policies_in_use():
                assert stored(digest) == from_scratch(digest), f"seed {seed}, step {at}"
    # The walk went somewhere: what moves postings happened.
    assert {"register", "report", "check", "recognise", "change"} <= set(done)
    assert len(policies_in_use()) == 2
    digest = next(iter(policies_in_use()))
    grown = stored(digest)

    Posting.objects.all().delete()
    Watermark.objects.all().delete()
    catch_up()

    assert stored(digest) == grown


def test_each_way_a_count_can_move(race: Race) -> None:
    """One project: quick figure at the check, recognised figure at the recognition, nothing after the refusal."""
    cast = race.cast
    project = project_of(cast, cast.county, "青禾一号", bringer=cast.company.id)
    claim = report(cast.reporter, cast.county, project)

    def counts() -> dict[tuple[str, str, int], int]:
        catch_up()
        found: Counter[tuple[str, str, int]] = Counter()
        for unit, credit, level, count in Posting.objects.values_list("unit", "credit", "level", "count"):
            found[unit, credit, level] += count
        return {key: count for key, count in found.items() if count}

    county, company = str(cast.county.id), str(cast.company.id)
    assert counts() == {}
    check(cast, claim)
    assert counts() == {(county, "owner", 1): 10_000, (county, "contract", 1): 10_000, (company, "bringer", 1): 10_000}
    recognise(cast, claim)
    assert counts() == {
        (unit, credit, level): 10_000
        for unit, credit in ((county, "owner"), (county, "contract"), (company, "bringer")) for level in (1, 2)
    }
    claims.refuse_claim(claim=claim, by=race.lead, reason="仅为框架协议")
    assert counts() == {}


def test_a_second_claim_of_a_project_counts_once_and_takes_its_place(race: Race) -> None:
    cast = race.cast
    project = project_of(cast, cast.county, "青禾一号")
    first = signed(cast, cast.county, project, on=date(2020, 9, 10))
    second = report(cast.reporter, cast.county, project, on=date(2020, 9, 20))
    check(cast, second)
    recognise(cast, second)
    catch_up()

    def days() -> list[int]:
        rows: Counter[int] = Counter()
        for day, count in Posting.objects.filter(credit="owner", level=2).values_list("day", "count"):
            rows[day] += count
        return [day for day, count in rows.items() if count]

    assert days() == [date(2020, 9, 10).toordinal()]
    claims.refuse_claim(claim=first, by=race.lead, reason="合同作废")
    catch_up()
    assert days() == [date(2020, 9, 20).toordinal()]


def test_catching_up_reads_only_what_is_new(race: Race) -> None:
    cast = race.cast
    signed(cast, cast.county, project_of(cast, cast.county, "青禾一号"))

    assert counted_seq() == 0
    assert catch_up() == 4
    assert counted_seq() == head_seq()
    assert catch_up() == 0
    rows = Posting.objects.count()

    signed(cast, cast.other_county, project_of(cast, cast.other_county, "云塘二号"))

    assert catch_up() == 4
    assert Posting.objects.count() == 2 * rows


def test_every_writing_request_leaves_the_postings_abreast_and_reading_ones_never_write(race: Race) -> None:
    cast = race.cast
    claim = report(cast.reporter, cast.county, project_of(cast, cast.county, "青禾一号"))
    check(cast, claim)
    client: Client = client_of(cast.clerk)

    client.get(reverse("competitions:competition-list"))
    assert counted_seq() == 0

    client.post(reverse("competitions:round-close", args=["sample-2020", "2020-10"]), {"idempotency_key": "k"})
    assert counted_seq() == head_seq()
    assert Posting.objects.filter(level=1).exists()


def test_a_county_runs_its_own_competition_among_its_towns(race: Race) -> None:
    cast = race.cast
    give(cast, cast.unit_lead, Role.OFFICE_LEAD, cast.county)
    give(cast, cast.reporter, Role.OFFICE_CLERK, cast.county)
    lead, clerk = access_of(cast.unit_lead), access_of(cast.reporter)
    own = actions.open_competition(new=new_competition(cast.county, slug="qinghe-2020"), by=lead)
    text = SCHEME.replace("once: subject", "once: no").replace("name: sample", "name: qinghe")
    actions.freeze_scheme(file=actions.upload_scheme(competition=own, text=text, by=clerk), by=lead)

    signed(cast, cast.county, project_of(cast, cast.county, "青禾一号"))
    catch_up()

    assert Posting.objects.values("policy").distinct().count() == 2
    assert len(policies_in_use()) == 2


def test_which_subjects_were_posted_in_a_span(race: Race) -> None:
    cast = race.cast
    project = project_of(cast, cast.county, "青禾一号")
    signed(cast, cast.county, project)
    catch_up()
    policy = next(iter(policies_in_use().values()))
    span = (date(2020, 9, 1).toordinal(), date(2020, 9, 30).toordinal())

    assert subjects_posted(policy, ["signed"], span) == {str(project.id)}
    assert subjects_posted(policy, ["started"], span) == set()
    assert subjects_posted(policy, ["signed"], (1, DAY.toordinal() - 1)) == set()


def test_no_policy_nothing_to_count(cast: Cast, demo_day: datetime) -> None:
    assert catch_up() == 0
    frozen_race(cast)
    assert catch_up() == 0
