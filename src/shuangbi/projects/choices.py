"""Enumerations of projects: stages, moneys, lists, people's parts, codes, events."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a project stands, in the order it lives."""

    LEAD = "lead", _("Lead")
    TALK = "talk", _("In talks")
    SIGNED = "signed", _("Signed")
    LANDED = "landed", _("Landed")
    STARTED = "started", _("Started")
    COMPLETED = "completed", _("Completed")
    IN_PRODUCTION = "in_production", _("In production")
    AFTER_CARE = "after_care", _("After-care")
    ENDED = "ended", _("Ended")


class Money(models.TextChoices):
    """The moneys a project states itself. Invested and funds in place are sums of claims, never fields; no sum mixes two."""

    TOTAL_INVESTMENT = "total_investment", _("Total investment")
    CONTRACT_AMOUNT = "contract_amount", _("Contract amount")
    ATTRACTED_AMOUNT = "attracted_amount", _("Attracted amount by contract")
    YEAR_PLAN = "year_plan", _("Investment planned this year")


class TaggingKind(models.TextChoices):
    """A list is kept by the office and may be a target; a tag is what a unit says of its project."""

    LIST = "list", _("Project list")
    TAG = "tag", _("Tag")


# Names of the lists and tags that come with the system; any other code is its own name.
MARKER_NAMES = {
    "key": _("Key projects"),
    "province_500": _("Province's five hundreds"),
    "chain_key": _("Key projects of industry chains"),
    "bond": _("Special-bond projects"),
    "advanced_manufacturing": _("Advanced manufacturing"),
    "chain_supporting": _("Chain-supporting"),
    "top500": _("Invested by a top-500 firm"),
    "modern_services": _("Modern services"),
    "infrastructure": _("Infrastructure"),
    "livelihood": _("Public welfare"),
    "modern_farming": _("Modern farming"),
}
DEFAULT_LISTS = ("key", "province_500", "chain_key", "bond")
DEFAULT_TAGS = (
    "advanced_manufacturing", "chain_supporting", "top500", "modern_services", "infrastructure", "livelihood",
    "modern_farming",
)


class Part(models.TextChoices):
    """What a person is to a project."""

    SUPERVISING_LEADER = "supervising_leader", _("Supervising leader")
    SERVICE_OFFICER = "service_officer", _("Service officer")


class CodeSystem(models.TextChoices):
    """Who gave a project a code; one project may carry several, each from a day."""

    NATIONAL = "national", _("National project code")
    STATISTICS = "statistics", _("Statistics code")
    PROVINCE = "province", _("Provincial code")
    OFFICE = "office", _("Code of the office's own list")


class EventKind(models.TextChoices):
    """What is done together at a themed event."""

    SIGNING = "signing", _("Joint signing")
    START = "start", _("Joint start")
    COMPLETION = "completion", _("Joint completion")
    MIXED = "mixed", _("Joint start and completion")


class Qualifier(models.TextChoices):
    """How exactly an announced amount was said."""

    EXACT = "exact", _("exactly")
    OVER = "over", _("over")
    ABOUT = "about", _("about")
    NEARLY = "nearly", _("nearly")


EVENT_MONEYS = (Money.TOTAL_INVESTMENT, Money.ATTRACTED_AMOUNT, Money.CONTRACT_AMOUNT)

# Sections of GB/T 4754-2017, the first letter of an industry code.
INDUSTRY_SECTIONS = {
    "A": _("Agriculture, forestry, animal husbandry and fishery"),
    "B": _("Mining"),
    "C": _("Manufacturing"),
    "D": _("Electricity, heat, gas and water"),
    "E": _("Construction"),
    "F": _("Wholesale and retail"),
    "G": _("Transport, storage and post"),
    "H": _("Accommodation and catering"),
    "I": _("Information, software and IT services"),
    "J": _("Finance"),
    "K": _("Real estate"),
    "L": _("Leasing and business services"),
    "M": _("Research and technical services"),
    "N": _("Water, environment and public facilities"),
    "O": _("Resident and repair services"),
    "P": _("Education"),
    "Q": _("Health and social work"),
    "R": _("Culture, sports and entertainment"),
    "S": _("Public administration and social organisations"),
    "T": _("International organisations"),
}

YI = 10**10
"""One 亿元 in 分."""

SIZE_CLASSES = (1, 3, 5, 10, 20, 50)
"""Lower bounds of the size classes, in 亿元 of total investment."""
