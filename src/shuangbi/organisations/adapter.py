"""Log-in is for people the office has entered: nobody signs up, and allauth adds no words of its own."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAdapter(DefaultAccountAdapter):
    """allauth with the door for strangers shut."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Log-in names are lower case, however they are typed."""
        credentials["username"] = credentials.get("username", "").lower()
        return super().authenticate(request, **credentials)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No notice that one has just logged in or out."""
