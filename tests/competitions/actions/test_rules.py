"""Opening a competition, freezing its scheme, opening and closing rounds: every no, and every click once."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from shuangbi.competitions import actions
from shuangbi.competitions.models import Competition, Round, SchemeFile
from shuangbi.foundation.errors import Refused
from shuangbi.ledger.actions import KeyReused
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import access_of
from shuangbi.organisations.choices import Role
from shuangbi_engine.scheme_errors import SchemeRefused
from tests.cast import Cast, give
from tests.competitions.stories import OCTOBER, SCHEME, SEPTEMBER, Race, new_competition, open_race

KEY = "one-click"


def refusal(action: object, **values: object) -> Refused:
    """The no; the ledger stays as it is."""
    before = Fact.objects.count()
    with pytest.raises(Refused) as found:
        action(**values)  # type: ignore[operator]
    assert Fact.objects.count() == before
    return found.value


@pytest.mark.parametrize("who", ["reporter", "unit_lead", "owner", "inspector", "leader", "reader", "system_admin", "stranger"])
def test_only_the_office_of_the_unit_opens_a_competition(cast: Cast, demo_day: datetime, who: str) -> None:
    by = access_of(getattr(cast, who))

    assert refusal(actions.open_competition, new=new_competition(cast.region), by=by).field == "owner"


def test_the_office_of_the_region_opens_one_for_a_county_too(cast: Cast, demo_day: datetime) -> None:
    made = actions.open_competition(new=new_competition(cast.county), by=access_of(cast.clerk))

    assert made.owner_id == cast.county.id


def test_a_countys_office_runs_its_own_and_not_its_neighbours(cast: Cast, demo_day: datetime) -> None:
    give(cast, cast.unit_lead, Role.OFFICE_LEAD, cast.county)
    by = access_of(cast.unit_lead)

    assert actions.open_competition(new=new_competition(cast.county), by=by).owner == cast.county
    assert refusal(actions.open_competition, new=new_competition(cast.other_county, slug="x"), by=by).field == "owner"
    assert refusal(actions.open_competition, new=new_competition(cast.region, slug="x"), by=by).field == "owner"


def test_what_cannot_be_opened(cast: Cast, demo_day: datetime) -> None:
    race = open_race(cast)
    backwards = new_competition(cast.region, slug="two", ends_on=date(2020, 8, 31))

    assert refusal(actions.open_competition, new=backwards, by=race.lead).field == "ends_on"
    assert refusal(actions.open_competition, new=new_competition(cast.region), by=race.lead).field == "slug"
    # Another's form, with a key of its own, takes the same address.
    assert refusal(actions.open_competition, new=new_competition(cast.region), by=race.office, key="other").field == "slug"


def test_a_second_click_opens_nothing_twice(cast: Cast, demo_day: datetime) -> None:
    by = access_of(cast.office_lead)
    first, second = (actions.open_competition(new=new_competition(cast.region), by=by, key=KEY) for _ in range(2))

    assert first == second
    assert Competition.objects.count() == 1
    with pytest.raises(KeyReused):
        actions.open_competition(new=new_competition(cast.region, slug="else"), by=by, key=KEY)


def test_a_scheme_is_frozen_by_a_second_person_and_for_good(cast: Cast, demo_day: datetime) -> None:
    race = open_race(cast)
    file = actions.upload_scheme(competition=race.competition, text=SCHEME, by=race.office, key=KEY)

    assert actions.upload_scheme(competition=race.competition, text=SCHEME, by=race.office, key=KEY) == file
    assert (file.frozen_seq, file.frozen_by, file.uploaded_by) == (None, None, cast.clerk)
    refusal(actions.freeze_scheme, file=file, by=race.office)
    refusal(actions.freeze_scheme, file=file, by=access_of(cast.reporter))

    frozen = actions.freeze_scheme(file=file, by=race.lead, key=KEY)
    assert actions.freeze_scheme(file=file, by=race.lead, key=KEY) == frozen

    fact = Fact.objects.get(kind="competitions.scheme_frozen")
    assert (frozen.frozen_by, frozen.frozen_seq) == (cast.office_lead.id, fact.seq)
    assert fact.data["text"] == SCHEME
    refusal(actions.freeze_scheme, file=file, by=race.lead)
    refusal(actions.freeze_scheme, file=file, by=race.lead, key="another click")


def test_a_broken_scheme_is_refused_with_its_lines_and_not_kept(cast: Cast, demo_day: datetime) -> None:
    race = open_race(cast)
    broken = SCHEME.replace("of: signed, to: target", "of: singed, to: target")

    with pytest.raises(SchemeRefused) as found:
        actions.upload_scheme(competition=race.competition, text=broken, by=race.office)

    line = next(at for at, text in enumerate(broken.splitlines(), 1) if "singed" in text)
    assert {error.line for error in found.value.errors} == {line}
    assert not SchemeFile.objects.exists()
    with pytest.raises(Refused):
        actions.upload_scheme(competition=race.competition, text=SCHEME, by=access_of(cast.unit_lead))


def test_rounds_have_free_dates(race: Race) -> None:
    week = actions.NewRound("2020-W40", "week", date(2020, 9, 28), date(2020, 10, 11), year="2020", cutoff_on=date(2020, 10, 12))
    made = actions.open_round(competition=race.competition, new=week, by=race.office)

    assert (made.starts_on, made.ends_on, made.cutoff_on, made.state) == (
        date(2020, 9, 28), date(2020, 10, 11), date(2020, 10, 12), "open",
    )
    # Unless said otherwise a year to date begins with the competition.
    assert made.counts_from == date(2020, 9, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "fortnight"}, "kind"),
        ({"ends_on": date(2020, 10, 31)}, "ends_on"),
        ({"name": "2020-09"}, "name"),
        ({"year": "2021"}, "year"),
        ({"previous": "2020-08"}, "previous"),
        ({"counts_from": date(2020, 12, 1)}, "counts_from"),
    ],
)
def test_what_round_cannot_be_opened(race: Race, changes: dict[str, object], field: str) -> None:
    november = replace(OCTOBER, name="2020-11", starts_on=date(2020, 11, 1), ends_on=date(2020, 11, 30))

    problem = refusal(actions.open_round, competition=race.competition, new=replace(november, **changes), by=race.office)

    assert problem.field == field


def test_a_round_is_opened_once_per_click(cast: Cast, demo_day: datetime) -> None:
    race = open_race(cast)
    plain = replace(SEPTEMBER, year="")
    first, second = (
        actions.open_round(competition=race.competition, new=plain, by=race.office, key=KEY) for _ in range(2)
    )

    assert first == second
    assert Round.objects.count() == 1
    with pytest.raises(Refused):
        actions.open_round(competition=race.competition, new=plain, by=race.lead, key="another click")
    with pytest.raises(Refused):
        actions.open_round(competition=race.competition, new=replace(plain, name="x"), by=access_of(cast.reporter))


def test_a_round_is_closed_and_opened_again_for_a_reason(race: Race) -> None:
    round_ = race.round("2020-09")
    refusal(actions.reopen_round, round_=round_, by=race.office, reason="没有关闭")
    refusal(actions.close_round, round_=round_, by=access_of(race.cast.reporter))
    for _ in range(2):
        actions.close_round(round_=round_, by=race.office, key=KEY)

    closed = Fact.objects.get(kind="competitions.round_closed")
    assert (round_.state, round_.closed_seq) == ("closed", closed.seq)
    refusal(actions.close_round, round_=round_, by=race.office)
    refusal(actions.close_round, round_=round_, by=race.office, key="another click")
    assert refusal(actions.reopen_round, round_=round_, by=race.office, reason=" ").field == "reason"
    refusal(actions.reopen_round, round_=round_, by=access_of(race.cast.reporter), reason="补报")

    for _ in range(2):
        actions.reopen_round(round_=round_, by=race.office, reason="补报两项", key="again")

    assert (round_.state, round_.closed_seq) == ("open", None)
    assert Fact.objects.get(kind="competitions.round_reopened").data["reason"] == "补报两项"
