"""Competitions, scheme files, rounds, and the tables of what is asked; postings, which may be thrown away.

Participants, targets, figures, adjustments and waivers are rows that are only ever added, each with the number of its
fact, so that any earlier state can be read again.
"""

import uuid

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shuangbi.competitions.choices import RoundKind, RoundState
from shuangbi.organisations.models import Person, Unit


class Competition(models.Model):
    """A campaign of one unit among the units below it. Names of campaign and office are data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("short address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="competitions", verbose_name=_("unit"))
    office = models.CharField(_("office"), max_length=120)
    basis = models.CharField(_("document it rests on"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    class Meta:
        ordering = ["-starts_on", "slug", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name in the language of the page."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


class SchemeFile(models.Model):
    """A scheme as uploaded; frozen by another person than the one who uploaded it, and from then on for good."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="schemes")
    title = models.CharField(_("title"), max_length=200)
    digest = models.CharField(max_length=64)
    text = models.TextField()
    uploaded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    frozen_by = models.UUIDField(null=True)
    frozen_seq = models.BigIntegerField(null=True)
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at", "id"]

    def __str__(self) -> str:
        return f"{self.title} {self.digest[:8]}"


class Round(models.Model):
    """A span of days that is counted and, from a month up, scored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="rounds")
    name = models.CharField(_("round"), max_length=20)
    kind = models.CharField(_("kind"), max_length=10, choices=RoundKind.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    counts_from = models.DateField(_("year to date counts from"))
    year = models.CharField(_("year round"), max_length=20, blank=True)
    previous = models.CharField(_("round before"), max_length=20, blank=True)
    cutoff_on = models.DateField(_("reports until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RoundState.choices, default=RoundState.OPEN)
    seq = models.BigIntegerField()
    closed_seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["starts_on", "kind", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["competition", "name"], name="round_once")]

    def __str__(self) -> str:
        return self.name


class Asked(models.Model):
    """Base of the rows that are read at a seq: the newest row with the same key up to that seq holds."""

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    round = models.CharField(_("round"), max_length=20, blank=True)
    seq = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    reason = models.CharField(_("reason or document"), max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.round} {self.unit_id}"


class Participant(Asked):
    """A unit in a peer group (none: taken out), fed by units that merged into it."""

    group = models.CharField(_("group"), max_length=40, blank=True)
    feeds = models.JSONField(default=list)


class Target(Asked):
    """What is asked of a unit in a measure: a number in base units, or named projects."""

    measure = models.CharField(_("measure"), max_length=60)
    value = models.BigIntegerField(_("target"), null=True)
    subjects = models.JSONField(null=True)


class OwnersFigure(Asked):
    """A figure that only its owner holds, as an exact decimal text; empty when taken back."""

    figure = models.CharField(_("figure"), max_length=60)
    value = models.CharField(_("value"), max_length=40, blank=True)


class Adjustment(Asked):
    """Points (1/10000) given or taken by a document."""

    adjustment = models.UUIDField()
    kind = models.CharField(_("kind"), max_length=60)
    points = models.BigIntegerField(_("points"))


class Waiver(Asked):
    """A unit excused from an item; an empty reason ends it."""

    item = models.CharField(_("item"), max_length=60)


class Posting(models.Model):
    """One signed contribution of a claim. Belongs to a counting policy's digest; disposable."""

    policy = models.CharField(max_length=64)
    unit = models.CharField(max_length=36)
    subject = models.CharField(max_length=36)
    state = models.CharField(max_length=40)
    credit = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField()
    day = models.IntegerField()
    seq = models.BigIntegerField()
    size = models.BigIntegerField()
    tags = models.TextField()
    amount = models.BigIntegerField()
    count = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["policy", "subject"], name="posting_subject"),
            # What every measure's query asks for (shuangbi_engine.postings.INDEX).
            models.Index(fields=["policy", "level", "credit", "state", "day"], name="posting_measured"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.state} {self.count}"


class Watermark(models.Model):
    """How far a policy's postings have read the ledger."""

    policy = models.CharField(primary_key=True, max_length=64)
    seq = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.policy[:8]} {self.seq}"
