"""Projects and what is promised about them. Rows are written only by `facts.apply`; ids come from the facts."""

import uuid

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shuangbi.organisations.models import Person, Unit
from shuangbi.projects.choices import (
    MARKER_NAMES,
    CodeSystem,
    EventKind,
    Money,
    Part,
    Qualifier,
    Stage,
    TaggingKind,
)


class Project(models.Model):
    """A project as known now. Moneys are 分; 0 means not stated."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("our number"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    summary = models.CharField(_("summary"), max_length=1000, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="projects", verbose_name=_("owning unit"))
    bringer = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="brought_projects", verbose_name=_("bringing unit")
    )
    investor_name = models.CharField(_("investor"), max_length=120, blank=True)
    investor_code = models.CharField(_("investor's credit code"), max_length=18, blank=True)
    industry = models.CharField(_("industry"), max_length=8, blank=True)
    site = models.CharField(_("site"), max_length=200, blank=True)
    park = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="parked_projects", verbose_name=_("park")
    )
    region = models.CharField(_("region code"), max_length=6, blank=True)
    total_investment = models.BigIntegerField(_("total investment"), default=0)
    contract_amount = models.BigIntegerField(_("contract amount"), default=0)
    attracted_amount = models.BigIntegerField(_("attracted amount by contract"), default=0)
    year_plan = models.BigIntegerField(_("investment planned this year"), default=0)
    stage = models.CharField(_("stage"), max_length=16, choices=Stage.choices, default=Stage.LEAD)
    stage_on = models.DateField(_("since"))
    registered_on = models.DateField(_("registered on"))
    # Derived from the name for order, search and the search for duplicates.
    sort_key = models.CharField(max_length=200)
    search_key = models.CharField(max_length=600)
    duplicate_key = models.CharField(max_length=120, db_index=True)

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [models.Index(fields=["unit", "stage"], name="project_unit_stage")]
        constraints = [
            models.CheckConstraint(condition=models.Q(**{f"{money}__gte": 0}), name=f"project_{money}_not_negative")
            for money in ("total_investment", "contract_amount", "attracted_amount", "year_plan")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name in the language of the page."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


class StageStep(models.Model):
    """A stage reached on a day, by a recognised claim or by hand before signing; withdrawn ones stay, with the day."""

    id = models.UUIDField(primary_key=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="steps")
    stage = models.CharField(_("stage"), max_length=16, choices=Stage.choices)
    reached_on = models.DateField(_("on"))
    claim = models.UUIDField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["seq"]


class OutsideCode(models.Model):
    """A code that others know a project by, from a day."""

    id = models.UUIDField(primary_key=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="outside_codes")
    system = models.CharField(_("system"), max_length=16, choices=CodeSystem.choices)
    code = models.CharField(_("code"), max_length=40, db_index=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["system", "starts_on", "id"]


class Tagging(models.Model):
    """A project on a list or under a tag, from a day; `ends_on` is the last day."""

    id = models.UUIDField(primary_key=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="taggings")
    kind = models.CharField(_("kind"), max_length=8, choices=TaggingKind.choices)
    code = models.CharField(_("list or tag"), max_length=40)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["kind", "code", "starts_on", "id"]
        indexes = [models.Index(fields=["kind", "code"], name="tagging_kind_code")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind", "code"], condition=models.Q(ends_on__isnull=True), name="tagging_open_once"
            )
        ]

    @property
    def title(self) -> str:
        """The name of the list or tag."""
        return str(MARKER_NAMES.get(self.code, self.code))


class Assignment(models.Model):
    """A person who answers for a project, for all of it or for one stage."""

    id = models.UUIDField(primary_key=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    part = models.CharField(_("part"), max_length=24, choices=Part.choices)
    stage = models.CharField(_("stage"), max_length=16, choices=Stage.choices, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["part", "starts_on", "id"]


class Milestone(models.Model):
    """A promised step: planned (the baseline), forecast (what is expected now) and actual day."""

    id = models.UUIDField(primary_key=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=120)
    stage = models.CharField(_("leads to stage"), max_length=16, choices=Stage.choices, blank=True)
    planned_on = models.DateField(_("planned"))
    forecast_on = models.DateField(_("forecast"))
    actual_on = models.DateField(_("actual"), null=True, blank=True)

    class Meta:
        ordering = ["planned_on", "id"]
        indexes = [models.Index(fields=["actual_on", "planned_on"], name="milestone_open_planned")]

    def __str__(self) -> str:
        return self.title


class MilestoneMove(models.Model):
    """A date of a milestone as it was given at one time; the first row is the baseline itself."""

    id = models.UUIDField(primary_key=True, editable=False)
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="moves")
    planned_on = models.DateField()
    forecast_on = models.DateField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    moved_at = models.DateTimeField()
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["seq"]


class CreditShare(models.Model):
    """A unit's share in a project by contract, in 1/10000; what no share covers is the owner's."""

    id = models.UUIDField(primary_key=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="credits")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="credits")
    share = models.PositiveIntegerField(_("share"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    contract = models.CharField(_("contract"), max_length=120)

    class Meta:
        ordering = ["unit__position", "contract", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "unit", "contract"], name="credit_once")]


class BondBatch(models.Model):
    """Special-bond money granted to a project: issued on a day, to be spent by another. Draws are claims."""

    id = models.UUIDField(primary_key=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="bond_batches")
    batch = models.CharField(_("batch"), max_length=60)
    amount = models.BigIntegerField(_("amount"))
    issued_on = models.DateField(_("issued on"))
    spend_by = models.DateField(_("to be spent by"))

    class Meta:
        ordering = ["issued_on", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "batch"], name="bond_batch_once")]

    def __str__(self) -> str:
        return self.batch


class FundingPlan(models.Model):
    """What a source is to give in a year, 分; a newer plan of the same year and source takes its place."""

    id = models.UUIDField(primary_key=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="funding_plans")
    year = models.PositiveSmallIntegerField(_("budget year"))
    source = models.CharField(_("source"), max_length=60)
    amount = models.BigIntegerField(_("amount"))

    class Meta:
        ordering = ["year", "source", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "year", "source"], name="funding_once")]


class Agreement(models.Model):
    """A signed contract and what it promises."""

    id = models.UUIDField(primary_key=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="agreements")
    reference = models.CharField(_("contract"), max_length=120)
    signed_on = models.DateField(_("signed on"))
    amount = models.BigIntegerField(_("contract amount"), default=0)
    investment = models.BigIntegerField(_("promised investment"), default=0)
    start_by = models.DateField(_("start promised by"), null=True, blank=True)
    completion_by = models.DateField(_("completion promised by"), null=True, blank=True)
    production_by = models.DateField(_("production promised by"), null=True, blank=True)

    class Meta:
        ordering = ["signed_on", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "reference"], name="agreement_once")]

    def __str__(self) -> str:
        return self.reference


class Event(models.Model):
    """A themed event: what was announced, beside the projects that stood on its list."""

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind.choices)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="events", verbose_name=_("host"))
    announced_count = models.PositiveIntegerField(_("announced projects"), null=True, blank=True)
    announced_amount = models.BigIntegerField(_("announced amount"), null=True, blank=True)
    qualifier = models.CharField(_("said as"), max_length=8, choices=Qualifier.choices, default=Qualifier.EXACT)
    money = models.CharField(
        _("which money"), max_length=20, choices=Money.choices, default=Money.TOTAL_INVESTMENT
    )
    source = models.CharField(_("where it was said"), max_length=200, blank=True)

    class Meta:
        ordering = ["-held_on", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The title in the language of the page."""
        return self.title_en if self.title_en and (get_language() or "").startswith("en") else self.title


class EventProject(models.Model):
    """A project on the list of an event; one that was taken off keeps the day."""

    id = models.UUIDField(primary_key=True, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="entries")
    project = models.ForeignKey(Project, models.PROTECT, related_name="event_entries")
    position = models.PositiveIntegerField(default=0)
    removed_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "project"], condition=models.Q(removed_on__isnull=True), name="event_project_once"
            )
        ]
