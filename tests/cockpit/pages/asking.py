"""How the page tests ask: the page as text, and how many queries it takes once the round is scored."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def text_of(client: Client, path: str, language: str = "en") -> str:
    """The page in a language; it must answer 200."""
    response = client.get(path, headers={"accept-language": "en" if language == "en" else "zh-hans"})
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def queries_of(client: Client, path: str) -> int:
    """Queries of the second request: scores and folded groups are kept per process beside their seq."""
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)
