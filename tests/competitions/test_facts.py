"""Applying the same facts again gives the same tables."""

from datetime import date

from django.db import models

from shuangbi.competitions import actions, facts
from shuangbi.competitions import models as rows
from shuangbi.competitions.actions import NewFigure, NewRound, NewTarget
from shuangbi.ledger.models import Fact
from tests.competitions.stories import Race

TABLES: tuple[type[models.Model], ...] = (
    rows.Waiver, rows.Adjustment, rows.OwnersFigure, rows.Target, rows.Participant, rows.Round, rows.SchemeFile, rows.Competition,
)


def contents() -> dict[type[models.Model], list[dict[str, object]]]:
    """All rows by what they say; running numbers are the database's own."""
    found = {}
    for table in TABLES:
        values = [{k: v for k, v in row.items() if k != "id" or not isinstance(v, int)} for row in table.objects.values()]
        found[table] = sorted(values, key=str)
    return found


def test_replay_gives_the_same_tables(race: Race) -> None:
    cast, competition = race.cast, race.competition
    race.ask(cast.county, 3)
    race.ask(cast.county, 4, reason="调增")
    actions.set_targets(
        competition=competition, by=race.office,
        targets=[NewTarget(cast.county, "named", "2020-09", subjects=("00000000-0000-4000-8000-0000000000aa",))],
    )
    actions.set_figures(competition=competition, figures=[NewFigure(cast.county, "growth", "2020-09", "17/2")], by=race.office)
    actions.set_adjustment(
        competition=competition, unit=cast.county, round_name="2020-09", kind="criticism", points=-50_000, document="示例9号",
        by=race.office,
    )
    actions.set_waiver(competition=competition, unit=cast.county, item="growth", round_name="2020-09", reason="灾害", by=race.office)
    actions.open_round(
        competition=competition, new=NewRound("2020-W39", "week", date(2020, 9, 21), date(2020, 9, 27)), by=race.office
    )
    actions.close_round(round_=race.round("2020-09"), by=race.office)
    actions.close_round(round_=race.round("2020-10"), by=race.office)
    actions.reopen_round(round_=race.round("2020-10"), by=race.office, reason="补报")
    before = contents()
    assert all(before.values())
    for table in TABLES:
        table.objects.all().delete()

    for fact in Fact.objects.filter(kind__startswith="competitions.").order_by("seq"):
        facts.apply(fact)

    # A scheme's upload lies before the ledger: made anew from the fact it stands at the moment of its freezing.
    assert contents() == before
