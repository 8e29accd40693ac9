"""The components of a page as template tags, and the filters that turn the ledger's integers into text.

Each tag draws the partial of the same name in templates/foundation/components/. See docs/components.md.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from shuangbi.foundation import formats
from shuangbi.foundation.icons import ICONS
from shuangbi.foundation.listing import Listing
from shuangbi.foundation.parts import Chart, Entry, Evidence, Step
from shuangbi_engine.numbers import SHARE

register = template.Library()
PARTS = "foundation/components/"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A sign, hidden from screen readers: words beside it say the same."""
    return mark_safe(  # noqa: S308 (the drawings are our own constants)
        f'<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{ICONS[name]}</svg>'
    )


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> str:
    """Render a block a second time: the title is written once and stands in the tab and as the heading."""
    return str(context.render_context[BLOCK_CONTEXT_KEY].get_block(name).render(context))


@register.simple_tag
def idempotency_key() -> SafeString:
    """A fresh key per rendered form; the action that receives it twice does its work once."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid.uuid4())


@register.inclusion_tag(PARTS + "language_switch.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """The other language, in its own words."""
    request = context.get("request")
    try:
        url = reverse("foundation:set-language")
    except NoReverseMatch:
        url = ""
    return {
        "switch_url": url,
        "language": "en" if (get_language() or "").startswith("en") else "zh",
        "next": request.get_full_path() if request and request.method == "GET" else "/",
        "csrf_token": context.get("csrf_token", ""),
    }


# Figures


@register.inclusion_tag(PARTS + "figure_card.html")
def figure_card(
    label: Any, number: Any, unit: Any = "", level: str = "", cut_off: Any = "", note: Any = "", url: str = ""
) -> dict[str, Any]:
    """One figure with its unit, level (`reported` or `recognised`) and cut-off."""
    return {
        "label": label, "number": number, "unit": unit, "level": level, "cut_off": cut_off, "note": note, "url": url,
    }


@register.inclusion_tag(PARTS + "level.html")
def level(name: str) -> dict[str, Any]:
    """快报数 (`reported`) or 认定数 (`recognised`): every figure says which it is."""
    return {"name": name}


@register.inclusion_tag(PARTS + "progress.html")
def progress(done: int, target: int, schedule: int | None = None, unit: Any = "") -> dict[str, Any]:
    """Done against a target, with the mark of what the schedule expects to date. All in the same unit."""
    scale = max(done, target, schedule or 0, 1)

    def share(value: int) -> str:
        return formats.fixed(Fraction(100 * max(value, 0), scale), 2, grouped=False)

    rate = Fraction(done, target) if target else None
    ahead = rate - Fraction(schedule, target) if rate is not None and schedule is not None else None
    return {
        "done": done, "target": target, "unit": unit, "rate": rate, "ahead": ahead, "schedule": schedule,
        "within_x": share(min(done, target)), "over_x": share(max(done - target, 0)), "target_x": share(target),
        "schedule_x": share(schedule) if schedule is not None else None,
    }


@register.inclusion_tag(PARTS + "ahead.html")
def ahead_behind(difference: Fraction | int | None) -> dict[str, Any]:
    """Ahead or behind the schedule in percentage points: a fraction of one, or 1/10000 as an integer."""
    if difference is None:
        return {"text": ""}
    value = difference if isinstance(difference, Fraction) else Fraction(difference, SHARE)
    text = formats.fixed(abs(value) * 100, 1)
    return {"text": text, "ahead": value >= 0, "even": text == "0.0"}


# States

STATUS_SIGNS = {
    "neutral": "ring", "active": "half", "done": "check", "stopped": "cross", "waiting": "clock", "overdue": "alert",
}
LIGHT_SIGNS = {"done": "check", "on-time": "full", "near": "half", "overdue": "alert", "none": "ring"}


@register.inclusion_tag(PARTS + "status.html")
def status(label: Any, kind: str = "neutral") -> dict[str, Any]:
    """A state in words with its sign. `kind`: neutral, active, done, stopped, waiting, overdue."""
    return {"label": label, "kind": kind, "sign": STATUS_SIGNS[kind]}


@register.inclusion_tag(PARTS + "light.html")
def light(state: str, label: Any = "") -> dict[str, Any]:
    """The light of a milestone: done, on-time, near, overdue or none; the words default to the state's own."""
    state = state.replace("_", "-")
    return {"state": state, "label": label, "sign": LIGHT_SIGNS[state]}


# Lists of things


@register.inclusion_tag(PARTS + "breadcrumbs.html")
def breadcrumbs(*parts: Any) -> dict[str, Any]:
    """Where the page lies: label, url, label, url, … of the pages above it."""
    return {"crumbs": list(zip(parts[::2], parts[1::2], strict=True))}


@register.inclusion_tag(PARTS + "empty.html")
def empty(title: Any, hint: Any = "", url: str = "", action: Any = "") -> dict[str, Any]:
    """Nothing here yet: why, and what to do next."""
    return {"title": title, "hint": hint, "url": url, "action": action}


@register.inclusion_tag(PARTS + "time_line.html")
def time_line(entries: Iterable[Entry]) -> dict[str, Any]:
    """What happened and what is planned, in the order given."""
    return {"entries": list(entries)}


@register.inclusion_tag(PARTS + "evidence.html")
def evidence(items: Iterable[Evidence]) -> dict[str, Any]:
    """Papers and photos with size and the head of their hash."""
    return {"items": list(items)}


@register.inclusion_tag(PARTS + "chain.html")
def chain(steps: Iterable[Step]) -> dict[str, Any]:
    """A review chain: who has done, who is at it, who waits."""
    return {"steps": list(steps)}


@register.inclusion_tag(PARTS + "key_values.html")
def key_values(pairs: Mapping[Any, Any] | Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    """Labels and values, one a line; what is empty shows a dash."""
    return {"pairs": list(pairs.items()) if isinstance(pairs, Mapping) else list(pairs)}


@register.inclusion_tag(PARTS + "pager.html")
def pager(listing: Listing) -> dict[str, Any]:
    """The pages of a listing."""
    return {"listing": listing}


# Forms

CONTROL = {"Select": "form-select", "SelectMultiple": "form-select", "NullBooleanSelect": "form-select"}
BARE = {"CheckboxInput", "CheckboxSelectMultiple", "RadioSelect", "ClearableFileInput", "FileInput", "HiddenInput"}


def control(bound: BoundField, **more: Any) -> SafeString:
    """The widget of a field with its class and its ties to hint and errors."""
    kind = type(bound.field.widget).__name__
    attrs = dict(more)
    if kind not in BARE:
        attrs["class"] = f"{bound.field.widget.attrs.get('class', '')} {CONTROL.get(kind, 'form-control')}".strip()
    return bound.as_widget(attrs=attrs)


@register.simple_tag
def filter_control(bound: BoundField) -> SafeString:
    """The widget of a filter, in the size of the filter bar."""
    return control(bound)


@register.inclusion_tag(PARTS + "field.html")
def field(bound: BoundField, unit: Any = "", wide: bool = False) -> dict[str, Any]:
    """One field: label, control, unit, hint, errors beside it. `wide` for sentences."""
    kind = type(bound.field.widget).__name__
    return {
        "field": bound, "control": control(bound), "unit": unit, "wide": wide,
        "single": kind == "CheckboxInput", "many": kind in {"CheckboxSelectMultiple", "RadioSelect"},
        "file": kind in {"ClearableFileInput", "FileInput"},
    }


@register.inclusion_tag(PARTS + "form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """All errors of a form above it, each a link to its field. Draws nothing where there is none."""
    return {"form": form, "fields": [bound for bound in form if bound.errors]}


@register.inclusion_tag(PARTS + "form_fields.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """The errors above, then every field in order."""
    return {"form": form}


@register.inclusion_tag(PARTS + "file_drop.html")
def file_drop(bound: BoundField, note: Any = "") -> dict[str, Any]:
    """A file field as a place to drop files on; `note` says what is taken and how large."""
    return {"field": bound, "control": control(bound), "note": note}


@register.inclusion_tag(PARTS + "confirm_button.html", takes_context=True)
def confirm_button(context: Context, url: str, label: Any, question: Any, kind: str = "", **hidden: Any) -> dict[str, Any]:
    """A button that asks once more in place, then posts; carries an idempotency key. `kind`: primary or nothing."""
    return {
        "url": url, "label": label, "question": question, "kind": kind, "hidden": hidden,
        "csrf_token": context.get("csrf_token", ""),
    }


# Charts


@register.inclusion_tag(PARTS + "chart.html")
def as_chart(chart: Chart) -> dict[str, Any]:
    """A chart drawn by charts.js from a json block, and the same figures as a table."""
    return {"chart": chart}


@register.inclusion_tag(PARTS + "chart_scripts.html")
def chart_scripts() -> dict[str, Any]:
    """What a page with charts loads; stands in its block `scripts`."""
    return {}


# Filters. What is missing shows a dash.



@register.filter
def money(fen: int | None, form: str = "万元,2") -> str:
    """分 as text: {{ fen|money:"亿元,2" }}. The unit's name stands in the head of the column."""
    unit, _, decimals = form.partition(",")
    return formats.NOTHING if fen is None else formats.money_text(fen, unit, int(decimals or 2))


@register.filter
def points(value: int | Fraction | None, decimals: int = 2) -> str:
    """Points from 1/10000 (or a fraction), two decimals."""
    return formats.NOTHING if value is None else formats.points_text(value, decimals)


@register.filter
def rate(value: int | Fraction | None, decimals: int = 1) -> str:
    """A rate in per cent from 1/10000 (or a fraction), one decimal."""
    return formats.NOTHING if value is None else formats.rate_text(value, decimals)


@register.filter
def area(square_metres: int | None, decimals: int = 2) -> str:
    """㎡ as 亩."""
    return formats.NOTHING if square_metres is None else formats.area_text(square_metres, "亩", decimals)


@register.filter
def whole(value: int | None) -> str:
    """A count with grouped thousands."""
    return formats.NOTHING if value is None else f"{value:,}"


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as 2020-10-20."""
    return formats.NOTHING if not value else formats.day_text(value)


@register.filter
def moment(value: datetime | date | None) -> str:
    """A moment as 2020-10-20 09:00 in Shanghai; a bare date as a day."""
    if not value:
        return formats.NOTHING
    return formats.moment_text(value) if isinstance(value, datetime) else formats.day_text(value)


@register.filter
def dash(value: Any) -> Any:
    """The value, or a dash where there is none. Zero is a value."""
    return formats.NOTHING if value is None or value == "" else value


@register.filter
def file_size(size: int) -> str:
    """Bytes as kB or MB."""
    return f"{max(1, round(size / 1024))} kB" if size < 2**20 else f"{size / 2**20:.1f} MB"
