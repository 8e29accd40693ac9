"""Claims, the steps of their story, and the evidence behind them. Rows are written only by `facts.apply`."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shuangbi.claims.choices import RULES, Act, Kind, Paper, Rule, State, Step
from shuangbi.claims.lifecycle import step_named
from shuangbi.ledger.models import StoredFile
from shuangbi.organisations.models import Person, Unit
from shuangbi.projects.models import BondBatch, Project


class Claim(models.Model):
    """What a unit says was done, as it stands now. `amount` is 分 or 平方米 by kind, 0 where the kind has none.

    `effective_on` is the day the thing was done. Money of another currency keeps its minor units and rate; `amount`
    is the 分 they make, fixed at recognition.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("project")
    )
    title = models.CharField(_("title"), max_length=160, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="claims", verbose_name=_("unit"))
    effective_on = models.DateField(_("done on"))
    amount = models.BigIntegerField(_("amount"), default=0)
    note = models.CharField(_("note"), max_length=500, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_amount = models.BigIntegerField(_("due amount"), default=0)
    bond_batch = models.ForeignKey(
        BondBatch, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("bond batch")
    )
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    foreign_minor = models.BigIntegerField(null=True, blank=True)
    rate = models.CharField(_("exchange rate"), max_length=20, blank=True)
    rate_on = models.DateField(_("exchange rate of"), null=True, blank=True)
    rate_source = models.CharField(_("source of the exchange rate"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    next_step = models.CharField(max_length=20, blank=True)
    reported_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="claims")
    reported_at = models.DateTimeField(_("reported at"))
    recognised_on = models.DateField(_("recognised on"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed at"))
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["-effective_on", "-seq"]
        indexes = [
            models.Index(fields=["project", "kind"], name="claim_project_kind"),
            models.Index(fields=["unit", "kind", "effective_on"], name="claim_unit_kind_day"),
            models.Index(fields=["state", "next_step"], name="claim_state_step"),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gte=0), name="claim_amount_not_negative")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("claims:claim-detail", args=[self.id])

    @property
    def subject(self) -> str:
        """What the claim is about: its project, or its own title."""
        return self.project.title if self.project else self.title

    @property
    def rule(self) -> Rule:
        """What holds for claims of this kind."""
        return RULES[self.kind]

    @property
    def waiting_for(self) -> Step | None:
        """The step of the chain that is next."""
        return step_named(self.rule.chain, self.next_step)


class ReviewStep(models.Model):
    """One thing that happened to a claim, with day and amount as the claim said them afterwards. Its id is the fact's."""

    id = models.UUIDField(primary_key=True, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=16, choices=Act.choices)
    step = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    effective_on = models.DateField()
    amount = models.BigIntegerField()
    replaces = models.UUIDField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["seq"]


class Evidence(models.Model):
    """A paper or photo behind a claim: the file by its hash, the name it came with, what it is."""

    id = models.UUIDField(primary_key=True, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("file name"), max_length=200)
    kind = models.CharField(_("what it is"), max_length=20, choices=Paper.choices)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["seq", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["claim", "file"], name="evidence_once")]

    def get_absolute_url(self) -> str:
        return reverse("claims:evidence-file", args=[self.id])
