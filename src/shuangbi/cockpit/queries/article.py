"""核对: the figures that a text states beside what the ledger sums to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from shuangbi.cockpit.queries.progress import Progress, city_rows
from shuangbi.cockpit.queries.shown import Shown
from shuangbi.exchange.figures import Figure, read
from shuangbi.foundation.formats import NOTHING, money_text
from shuangbi.organisations.access import Access
from shuangbi.projects.choices import EventKind
from shuangbi.projects.queries import listed_events
from shuangbi_engine.numbers import rounded

Verdict = Literal["agrees", "disagrees", "none"]
LONGEST = 20_000
WAN = 10**6
"""One 万元 in 分."""

STAGES = {
    "signing": {EventKind.SIGNING}, "start": {EventKind.START, EventKind.MIXED},
    "completion": {EventKind.COMPLETION, EventKind.MIXED},
}


@dataclass(frozen=True)
class Compared:
    """One number of the text beside the ledger's."""

    label: str
    said: str
    ledger: str
    verdict: Verdict
    note: str = ""


@dataclass(frozen=True)
class Checked:
    """A figure of the text with each of its numbers compared; its place in the text as a number from 1."""

    place: int
    figure: Figure
    about: str
    url: str
    parts: tuple[Compared, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of its parts; none where nothing could be compared."""
        found = {part.verdict for part in self.parts}
        return "disagrees" if "disagrees" in found else "agrees" if "agrees" in found else "none"


@dataclass(frozen=True)
class Segment:
    """A stretch of the text; with a figure it is the span that the figure was read from."""

    text: str
    checked: Checked | None = None


def demo_article() -> str:
    """The demo city's own article; nothing elsewhere."""
    path = Path(settings.SOURCE).parents[1] / "demo" / "input" / "article.txt"
    return path.read_text(encoding="utf-8").strip() if settings.IS_DEMO and path.exists() else ""


def check(text: str, shown: Shown, access: Access) -> list[Checked]:
    """Every figure of a text that has a number, beside the ledger. Nothing is kept."""
    figures = [one for one in read(text[:LONGEST]) if one.count is not None or one.actual is not None or one.amount_wan]
    city = city_rows(shown)
    events = list(listed_events(access).filter(held_on__year=shown.round.ends_on.year))
    return [_checked(place, one, shown, city, events) for place, one in enumerate(figures, start=1)]


def segments(text: str, checked: Iterable[Checked]) -> list[Segment]:
    """The text cut at the spans of its figures."""
    found, at = [], 0
    for one in sorted(checked, key=lambda c: c.figure.span_start):
        start, end = one.figure.span_start, one.figure.span_start + len(one.figure.span)
        if start < at:
            continue
        if start > at:
            found.append(Segment(text[at:start]))
        found.append(Segment(text[start:end], one))
        at = end
    return [*found, Segment(text[at:])] if at < len(text) else found


def _checked(place: int, figure: Figure, shown: Shown, city: list[Progress], events: list[Any]) -> Checked:
    if figure.kind == "indicator":
        indicator = _indicator(figure, city)
        if indicator is not None:
            url = reverse("cockpit:dashboard") + f"?round={shown.round.name}"
            return Checked(place, figure, f"{shown.round.name} {indicator.title}", url, tuple(_of_indicator(figure, indicator)))
    if figure.kind == "event":
        event = _event(figure, events)
        if event is not None:
            url = reverse("cockpit:event-reconciliation", args=[event.id])
            return Checked(place, figure, event.name, url, tuple(_of_event(figure, event)))
    return Checked(place, figure, "", "", tuple(_alone(figure)))


def _indicator(figure: Figure, city: list[Progress]) -> Progress | None:
    """The indicator of the same name; one that is part of the other's name, where only one is."""
    subject = _plain(figure.subject or "")
    exact = [one for one in city if _plain(one.title_zh) == subject]
    near = exact or [one for one in city if subject and (_plain(one.title_zh) in subject or subject in _plain(one.title_zh))]
    return near[0] if len(near) == 1 else None


def _plain(text: str) -> str:
    return "".join(sign for sign in text if not sign.isspace()).removeprefix("全市").replace("以上的", "以上")


def _of_indicator(figure: Figure, row: Progress) -> list[Compared]:
    found = []
    if figure.target is not None:
        found.append(_whole(_("Target"), figure.target, row.target))
    if figure.actual is not None:
        one = _whole(_("Done"), figure.actual, row.actual)
        if one.verdict == "disagrees" and row.flash is not None and Fraction(figure.actual) == Fraction(row.flash):
            one = replace(one, verdict="agrees", ledger=str(row.flash), note=_("as flash figure; recognised are {number}").format(number=row.actual))
        found.append(one)
    return found


def _whole(label: str, said: Any, ledger: Any) -> Compared:
    if ledger is None:
        return Compared(label, str(said), NOTHING, "none", _("The ledger has no such figure."))
    difference = Fraction(said) - Fraction(ledger)
    note = "" if not difference else _("{difference} more than the ledger has").format(difference=difference)
    if difference < 0:
        note = _("{difference} fewer than the ledger has").format(difference=-difference)
    return Compared(label, str(said), str(ledger), "disagrees" if difference else "agrees", note)


def _event(figure: Figure, events: list[Any]) -> Any:
    """The event a figure speaks of: the same number of projects and kind, else the same amount."""
    kinds = STAGES.get(figure.stage, set())
    fitting = [one for one in events if not kinds or one.kind in kinds]
    amount = None if figure.amount_wan is None else Fraction(figure.amount_wan) * WAN
    by_count = [one for one in fitting if figure.count is not None and figure.count in {one.announced_count, one.listed_count}]
    by_amount = [one for one in fitting if amount is not None and amount == one.announced_amount]
    both = [one for one in by_count if one in by_amount]
    for found in (both, by_count, by_amount):
        if len(found) == 1:
            return found[0]
    return None


def _of_event(figure: Figure, event: Any) -> list[Compared]:
    found = []
    if figure.count is not None:
        found.append(_whole(_("Projects"), figure.count, event.listed_count))
    if figure.amount_wan is not None:
        found.append(_amount(figure, event))
    return found


def _amount(figure: Figure, event: Any) -> Compared:
    """An amount as it was said: exactly at the decimals given, over, nearly; about so much cannot be decided."""
    said, exact = Fraction(figure.amount_wan or 0) * WAN, Fraction(event.listed_amount or 0)
    words = {"over": _("over"), "nearly": _("nearly"), "about": _("about")}.get(figure.amount_qualifier or "", "")
    text = f"{words} {money_text(int(said), '亿元')} 亿元".strip()
    label, ledger = str(event.get_money_display()), f"{money_text(int(exact), '亿元')} 亿元"
    if figure.amount_qualifier == "about":
        return Compared(label, text, ledger, "none", _("“About” cannot be decided."))
    holds = {"over": exact > said, "nearly": exact < said}.get(
        figure.amount_qualifier or "", rounded(exact / 10**10, 2) == rounded(said / 10**10, 2)
    )
    return Compared(label, text, ledger, "agrees" if holds else "disagrees")


def _alone(figure: Figure) -> list[Compared]:
    """The numbers of a figure that the ledger has nothing to set beside."""
    found = []
    if figure.target is not None:
        found.append(Compared(_("Target"), str(figure.target), NOTHING, "none"))
    if figure.actual is not None:
        found.append(Compared(_("Done"), str(figure.actual), NOTHING, "none"))
    if figure.count is not None:
        found.append(Compared(_("A number"), str(figure.count), NOTHING, "none"))
    if figure.amount_wan is not None:
        text = f"{money_text(int(Fraction(figure.amount_wan) * WAN), '亿元')} 亿元"
        found.append(Compared(_("Amount"), text, NOTHING, "none"))
    return found
