"""What every page of a competition must hold: own opens, foreign and absent answer alike, strangers log in, few queries."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuangbi.competitions import actions
from shuangbi.competitions.models import Competition
from shuangbi.organisations.access import access_of
from tests.cast import Cast
from tests.competitions.stories import Race, new_competition

MOST_QUERIES = 12


def address(page: str, slug: str = "sample-2020", *more: object) -> str:
    return reverse(f"competitions:{page}", args=[slug, *more])


def countys_own(cast: Cast) -> Competition:
    """A competition of the other county among its towns, which the first county takes no part in."""
    return actions.open_competition(new=new_competition(cast.other_county, slug="yuntang-2020"), by=access_of(cast.clerk))


def holds_scope(race: Race, page: str, *more: object, method: str = "get") -> None:
    """A competition of another's unit answers like one that is not there; no role of the business, no page."""
    countys_own(race.cast)
    client: Client = race.cast.client_of(race.cast.reporter)
    hidden, absent = (getattr(client, method)(address(page, slug, *more)) for slug in ("yuntang-2020", "absent-2020"))
    assert (hidden.status_code, absent.status_code) in {(404, 404), (403, 403)}
    assert hidden.content.replace(b"yuntang-2020", b"") == absent.content.replace(b"absent-2020", b"")
    for person in (race.cast.system_admin, race.cast.security_admin, race.cast.security_auditor, race.cast.stranger):
        assert getattr(race.cast.client_of(person), method)(address(page, "sample-2020", *more)).status_code == 403
    stranger = getattr(race.cast.client_of(None), method)(address(page, "sample-2020", *more))
    assert (stranger.status_code, stranger["Location"].split("?")[0]) == (302, "/log-in/")


def shown(client: Client, url: str, **headers: str) -> str:
    """A page that opens within the number of queries a page may take."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url, headers=headers)
    assert response.status_code == 200
    assert len(asked) <= MOST_QUERIES, f"{url}: {len(asked)} queries"
    return response.content.decode()


def in_english(client: Client, url: str) -> str:
    """The page in English."""
    client.cookies["shuangbi_language"] = "en"
    return shown(client, url)
