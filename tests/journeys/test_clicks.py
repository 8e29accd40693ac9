"""From a rank to the papers behind it in at most three clicks, by links that stand on the pages."""

from collections.abc import Callable
from datetime import date

import pytest

from shuangbi.claims import actions as claims
from shuangbi.claims.actions import File, NewClaim
from shuangbi.competitions.actions import NewRound, open_round
from shuangbi.competitions.counting import catch_up
from shuangbi.foundation import clock
from shuangbi.ledger import files
from shuangbi.organisations.access import access_of
from tests.cast import PASSWORD, make_cast
from tests.competitions.stories import check, frozen_race, project_of, recognise
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def a_month_with_a_contract() -> str:
    """The month that runs, in which the county has one recognised contract with its paper; the month's name."""
    cast = make_cast()
    race = frozen_race(cast)
    today = clock.today()
    name = f"{today:%Y-%m}"
    if not race.competition.rounds.filter(name=name).exists():
        month = NewRound(name, "month", today.replace(day=1), today, date(2020, 1, 1))
        open_round(competition=race.competition, new=month, by=race.office)
    race.ask(cast.county, 2, round_name=name)
    project = project_of(cast, cast.county, "青禾一号")
    stored = files.keep([PAPER], media_type="application/pdf")
    paper = File(stored.sha256, "合同.pdf", "contract")
    new = NewClaim(kind="signed", unit=cast.county.id, effective_on=today, project=project.id, evidence=(paper,))
    claim = claims.report_claim(new=new, by=access_of(cast.reporter))
    check(cast, claim)
    recognise(cast, claim)
    catch_up()
    return name


def test_from_a_rank_to_its_evidence_in_three_clicks(visit: Callable[[], Visitor]) -> None:
    name = a_month_with_a_contract()
    clerk = visit().log_in("clerk", PASSWORD)
    standing = f"/standing/sample-2020/{name}/"
    clerk.page.goto(standing)
    clicks = 0

    def follow(link: str) -> None:
        nonlocal clicks
        clicks += 1
        with clerk.page.expect_navigation():
            clerk.page.locator(link).locator("visible=true").first.click()

    follow(f"main a[href^='{standing}']:has-text('青禾县')")
    papers = clerk.page.locator("main a[href*='/claims/evidence/']")
    for link in (f"main a[href^='{standing}'][href*='/signed/']", "main a[href*='/claims/']:not([href*='/evidence/'])"):
        if not papers.count():
            follow(link)

    assert papers.count() >= 1, clerk.page.url
    # To open the paper itself is the last of them.
    assert clicks + 1 <= 3
    address = papers.first.get_attribute("href") or ""
    assert clerk.download(address).startswith(b"%PDF-")
