"""What a password must be, beyond Django's own rules."""

import unicodedata
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

KINDS_WANTED = 3


class KindsOfCharacters:
    """At least three of four kinds: small letters, capital letters, figures, others."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when there are fewer kinds."""
        kinds = {_kind(character) for character in password}
        if len(kinds) < KINDS_WANTED:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return _("Use at least three of: small letters, capital letters, figures, other characters.")


class WithoutTheName:
    """The log-in name is no part of the password."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when it is."""
        if user is not None and user.username and user.username in password.lower():
            raise ValidationError(self.get_help_text(), code="password_holds_name")

    def get_help_text(self) -> str:
        return _("Leave your log-in name out of the password.")


class QuickHasher(PBKDF2PasswordHasher):
    """For the demo and the tests only, whose passwords protect nothing."""

    algorithm = "quick"
    iterations = 1000


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    return category if category in {"Ll", "Lu", "Nd"} else "other"
