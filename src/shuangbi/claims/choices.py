"""Kinds of claims as a table: what each says, which stage it reaches, what shows it, and who reviews it in which order."""

from dataclasses import dataclass
from typing import Literal

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuangbi.organisations.choices import OFFICE, Role

Amount = Literal["", "fen", "square_metres"]


class Kind(models.TextChoices):
    """What a claim says."""

    SIGNED = "signed", _("Signed")
    LANDED = "landed", _("Landed")
    LANDED_STARTED = "landed_started", _("Landed and started")
    STARTED = "started", _("Started")
    COMPLETED = "completed", _("Completed")
    IN_PRODUCTION = "in_production", _("In production")
    INVESTED = "invested", _("Investment made")
    FUNDS_IN_PLACE = "funds_in_place", _("Funds in place")
    BOND_DRAWN = "bond_drawn", _("Bond drawn")
    LAND_RESERVED = "land_reserved", _("Land reserved")
    PROBLEM_SOLVED = "problem_solved", _("Problem solved")


class State(models.TextChoices):
    """How far a claim has come."""

    REPORTED = "reported", _("Reported")
    RETURNED = "returned", _("Returned")
    CHECKED = "checked", _("Checked")
    RECOGNISED = "recognised", _("Recognised")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Act(models.TextChoices):
    """What happened to a claim: one row of its story each."""

    REPORTED = "reported", _("Reported")
    CONFIRMED = "confirmed", _("Confirmed by the unit")
    CHECKED = "checked", _("Checked")
    RECOGNISED = "recognised", _("Recognised")
    RETURNED = "returned", _("Returned")
    REFUSED = "refused", _("Refused")
    REVOKED = "revoked", _("Recognition revoked")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CORRECTED = "corrected", _("Corrected")
    EVIDENCE_ADDED = "evidence_added", _("Evidence added")


class Paper(models.TextChoices):
    """What a piece of evidence is."""

    CONTRACT = "contract", _("Contract")
    REGISTRATION = "registration", _("Business registration")
    LAND = "land", _("Land contract, certificate or lease")
    APPROVAL = "approval", _("Approval or filing")
    BUILDING_CONTRACT = "building_contract", _("Construction contract or permit")
    PHOTO = "photo", _("Dated photo of the site")
    ACCEPTANCE = "acceptance", _("Acceptance record")
    BANK_SLIP = "bank_slip", _("Bank slip")
    LAND_PAYMENT = "land_payment", _("Land payment receipt")
    EQUIPMENT = "equipment", _("Equipment list")
    INVOICE = "invoice", _("Invoice")
    STATISTICS = "statistics", _("Statistical report")
    PLAN = "plan", _("Plan or decision")
    REPLY = "reply", _("Reply to the problem as assigned")
    OTHER = "other", _("Other paper")


# Minor units of one currency unit, as powers of ten (ISO 4217). Money of other currencies is refused.
CURRENCIES = {"CNY": 2, "USD": 2, "EUR": 2, "HKD": 2, "GBP": 2, "SGD": 2, "TWD": 2, "JPY": 0, "KRW": 0}

REPORTERS = frozenset({Role.REPORTER, Role.UNIT_LEAD}) | OFFICE

# Claims in these states stand beside a new one of the same kind; the others are over.
LIVE = frozenset({State.REPORTED, State.RETURNED, State.CHECKED, State.RECOGNISED})
# Waiting for the next step of the chain.
IN_REVIEW = frozenset({State.REPORTED, State.CHECKED})
# 快报数 and 认定数: which states count at which level.
LEVELS: dict[str, frozenset[State]] = {
    "reported": frozenset({State.CHECKED, State.RECOGNISED}),
    "recognised": frozenset({State.RECOGNISED}),
}
LEVEL_CHOICES = (("reported", _("Flash figure")), ("recognised", _("Recognised figure")))


# The part of whoever says what a claim says: its reporter, and who corrected it before it was recognised.
REPORT = "report"
# The acts by which a person takes a step; the others only look at it.
TAKING = frozenset({Act.REPORTED, Act.CONFIRMED, Act.CHECKED, Act.RECOGNISED, Act.CORRECTED})


@dataclass(frozen=True)
class Step:
    """One step of a review chain: who takes it, what the claim is then, and from whom that person must differ.

    `for_indicator`: the role counts only for the indicator of the kind (归口部门). `by_report`: a report by someone who
    holds the role for the unit carries this step already. `differs_from` names earlier steps; `report` is the reporting.
    """

    name: str
    title: object
    roles: frozenset[str]
    reaches: State
    differs_from: tuple[str, ...] = (REPORT,)
    for_indicator: bool = False
    by_report: bool = False


CONFIRM = Step(
    "confirm", _("Confirmed by the unit's lead"), frozenset({Role.UNIT_LEAD}), State.REPORTED, by_report=True
)
CHECK = Step(
    "check", _("Papers checked by the indicator's owner"), frozenset({Role.INDICATOR_OWNER}), State.CHECKED,
    for_indicator=True,
)
RECOGNISE = Step(
    "recognise", _("Recognised by the office"), OFFICE, State.RECOGNISED, differs_from=(REPORT, "check")
)
# Amounts are where figures swell, so the unit's lead stands behind them first.
PLAIN_CHAIN = (CHECK, RECOGNISE)
AMOUNT_CHAIN = (CONFIRM, CHECK, RECOGNISE)


@dataclass(frozen=True)
class Rule:
    """What holds for a kind of claim.

    `amount` is its unit (分, 平方米 or none), `stage` the project's stage it reaches, `rank` the order of stages: no
    claim may lie before a recognised one of a lower rank. `evidence` is what is expected, not what is forced.
    `indicator` is what a grant of indicator owner names. `once`: a second claim of the same project needs a second look.
    """

    amount: Amount
    evidence: tuple[Paper, ...]
    meaning: object
    chain: tuple[Step, ...] = PLAIN_CHAIN
    stage: str = ""
    rank: int = 0
    needs_project: bool = True
    once: bool = True
    indicator: str = ""


RULES: dict[str, Rule] = {
    Kind.SIGNED: Rule(
        "", (Paper.CONTRACT,), _("A formal contract is signed."), stage="signed", rank=1, indicator="signed"
    ),
    Kind.LANDED: Rule(
        "", (Paper.REGISTRATION, Paper.LAND, Paper.APPROVAL),
        _("The firm is registered, land is obtained or leased, approvals are given."),
        stage="landed", rank=2, indicator="landed",
    ),
    Kind.LANDED_STARTED: Rule(
        "", (Paper.REGISTRATION, Paper.LAND, Paper.BUILDING_CONTRACT, Paper.PHOTO),
        _("A signed project has landed, and its building has begun. Levelling the site does not count."),
        stage="started", rank=3, indicator="landed_started",
    ),
    Kind.STARTED: Rule(
        "", (Paper.APPROVAL, Paper.BUILDING_CONTRACT, Paper.PHOTO),
        _(
            "The foundation is dug or piles are driven, the building stands at ground line, or equipment is being"
            " installed. Levelling the site does not count."
        ),
        stage="started", rank=3, indicator="started",
    ),
    Kind.COMPLETED: Rule(
        "", (Paper.ACCEPTANCE, Paper.PHOTO), _("Built, and accepted on site."),
        stage="completed", rank=4, indicator="completed",
    ),
    Kind.IN_PRODUCTION: Rule(
        "", (Paper.INVOICE, Paper.STATISTICS, Paper.PHOTO), _("The works produce; a credit apart from completion."),
        stage="in_production", rank=5, indicator="in_production",
    ),
    Kind.INVESTED: Rule(
        "fen", (Paper.STATISTICS, Paper.INVOICE), _("Investment made in the period that ends on the day."),
        chain=AMOUNT_CHAIN, once=False, indicator="invested",
    ),
    Kind.FUNDS_IN_PLACE: Rule(
        "fen", (Paper.BANK_SLIP, Paper.LAND_PAYMENT, Paper.EQUIPMENT, Paper.INVOICE), _("Money that has arrived."),
        chain=AMOUNT_CHAIN, once=False, indicator="funds_in_place",
    ),
    Kind.BOND_DRAWN: Rule(
        "fen", (Paper.BANK_SLIP, Paper.INVOICE), _("Money of a special bond that has been spent."),
        once=False, needs_project=False, indicator="bond_drawn",
    ),
    Kind.LAND_RESERVED: Rule(
        "square_metres", (Paper.PLAN, Paper.LAND), _("Land that has entered the dynamic reserve."),
        once=False, needs_project=False, indicator="land_reserved",
    ),
    Kind.PROBLEM_SOLVED: Rule(
        "", (Paper.REPLY, Paper.PHOTO), _("An assigned problem that has been solved."),
        needs_project=False, indicator="problem_solved",
    ),
}

# Everyone who takes a step in some chain.
REVIEWERS: frozenset[str] = frozenset(role for rule in RULES.values() for step in rule.chain for role in step.roles)
