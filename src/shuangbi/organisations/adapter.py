"""Log-in is for people the office has entered: nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAdapter(DefaultAccountAdapter):
    """allauth with the door for strangers shut."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
