"""Units in a tree with dates and successors, people, and dated grants of roles."""

import uuid
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode

from shuangbi.organisations.choices import Act, Role, UnitKind

# Five figures of position and ten of the fact that made the unit.
TREE_STEP = 15


class Unit(TreeNode):
    """A county, department, company or park; codes and names change, the id stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=UnitKind.choices)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    sort_key = models.CharField(max_length=200)
    # Its place in the tree as figures only, TREE_STEP a level, so that every database sorts it alike.
    tree_key = models.CharField(max_length=240, db_index=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "code", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The short name in the language of the page."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.short_name

    @property
    def depth(self) -> int:
        """How many units lie above it."""
        return len(self.tree_key) // TREE_STEP - 1

    @property
    def indent(self) -> str:
        """Wide spaces, one for every unit above."""
        return "\u3000" * self.depth

    def stands_on(self, day: date) -> bool:
        """Whether the unit exists on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class PersonManager(BaseUserManager["Person"]):
    """Finds people by the name they log in with."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username=username)


class Person(AbstractBaseUser):
    """Someone who logs in. Personal data stays in this table; facts name people by id only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(_("log-in name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    post = models.CharField(_("post"), max_length=80, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="people")
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(default=False)
    # Real time, unlike made_at: passwords age by the real clock.
    password_set_at = models.DateTimeField()
    made_at = models.DateTimeField()
    sort_key = models.CharField(max_length=200)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()

    class Meta:
        ordering = ["username", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name in the language of the page."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    def get_short_name(self) -> str:
        return self.title

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's permissions are not used; access.py decides."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Grant(models.Model):
    """A role given to a person for a unit and all below it, from a day until a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="grants")
    indicator = models.CharField(_("indicator"), max_length=60, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    # When the ledger learned of it, and from whom: nobody could do anything by it before.
    given_at = models.DateTimeField(_("given at"))
    given_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="grants_given", db_constraint=False
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="grants_ended", db_constraint=False
    )

    class Meta:
        ordering = ["person__username", "role", "id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"

    @property
    def never_held(self) -> bool:
        """Ended before its first day was over."""
        return self.ends_on is not None and self.ends_on < self.starts_on


class SecurityRecord(models.Model):
    """One thing done at the door or to an account. Rows are added in the transaction of the act and never changed."""

    at = models.DateTimeField(_("time"), db_index=True)
    act = models.CharField(_("act"), max_length=24, choices=Act.choices)
    succeeded = models.BooleanField(_("succeeded"))
    # Who did it; empty when a log-in name was not known (what was typed is not kept: it may be a password).
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="acts")
    # Whose account it was done to, where that is another's.
    about = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="acts_about")
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"
