"""Sending the forms of this room as a person would."""

from typing import Any

from tests.cast import Cast


def send(cast: Cast, who: str, url: str, **data: Any) -> Any:
    """Post a form as one of the cast; the key of the click is k1 unless told otherwise."""
    return cast.client_of(getattr(cast, who)).post(url, {"idempotency_key": "k1", **data})


def errors(response: Any) -> list[str]:
    """The fields that the page said no to."""
    assert response.status_code == 200
    return list(response.context["form"].errors)


def event_form(cast: Cast, **changes: Any) -> dict[str, Any]:
    """A filled form of an event."""
    return {
        "idempotency_key": "k1", "kind": "start", "title": "第四次集中开工", "held_on": "2020-09-28",
        "unit": str(cast.region.id), "announced_count": "2", "qualifier": "over", "announced_amount": "20亿元",
        "money": "total_investment", "source": "", "projects": "", **changes,
    }
