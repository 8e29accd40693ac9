"""Bulletins: drafts whose words may be edited, and issued ones whose bytes are kept."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shuangbi.bulletins.choices import IssueKind, IssueState
from shuangbi.competitions.models import Competition
from shuangbi.organisations.models import Person


class Issue(models.Model):
    """One bulletin. Its numbers are those known at `as_of_seq` at `level`; its words stand in `words` by section."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="issues")
    name = models.CharField(_("issue"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=IssueKind.choices)
    number = models.PositiveIntegerField(_("number"))
    # The span it reports (a week round, or the month itself), and the month whose tasks it compares with.
    round = models.CharField(_("period"), max_length=20)
    month = models.CharField(_("month"), max_length=20)
    cutoff_on = models.DateField(_("figures until"))
    as_of_seq = models.BigIntegerField()
    level = models.PositiveSmallIntegerField()
    dated_on = models.DateField(_("date"))
    state = models.CharField(_("state"), max_length=10, choices=IssueState.choices, default=IssueState.DRAFT)
    words = models.JSONField(default=dict)
    signed = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    drafted_at = models.DateTimeField()
    # Once issued: hashes of content and bytes, "internal.pdf" → sha256; and what rendered them.
    files = models.JSONField(default=dict)
    stamp = models.TextField(blank=True)
    issued_by = models.UUIDField(null=True)
    issued_at = models.DateTimeField(null=True)
    seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-dated_on", "-number", "id"]
        constraints = [models.UniqueConstraint(fields=["competition", "name"], name="issue_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it is read; a draft's page leads on to its editor."""
        return reverse("bulletins:issue-detail", args=[self.id])

    @property
    def label(self) -> str:
        """Weekly bulletin No. 2, as lists and headings call it."""
        said = _("%(kind)s No. %(number)s") % {"kind": self.get_kind_display(), "number": self.number}
        return _("%(bulletin)s (correction)") % {"bulletin": said} if self.corrects_id else str(said)

    @property
    def is_draft(self) -> bool:
        return self.state == IssueState.DRAFT
