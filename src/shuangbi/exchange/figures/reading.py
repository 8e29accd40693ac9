"""From a text to its figures: sentence by sentence, number by number."""

from dataclasses import replace

from shuangbi.exchange.figures import words
from shuangbi.exchange.figures.bands import mark_bands
from shuangbi.exchange.figures.counts import take_count
from shuangbi.exchange.figures.drafts import Draft
from shuangbi.exchange.figures.groups import group_from, take_each, take_group
from shuangbi.exchange.figures.model import Figure, Number
from shuangbi.exchange.figures.money import take_money
from shuangbi.exchange.figures.naming import place_of, project_name
from shuangbi.exchange.figures.normalising import Plain, normalise, squeeze
from shuangbi.exchange.figures.numerals import per_cent, plain, rounded
from shuangbi.exchange.figures.parcels import take_area, take_parcel_money, take_price
from shuangbi.exchange.figures.projects import take_dated, take_last_date
from shuangbi.exchange.figures.quantities import Quantity
from shuangbi.exchange.figures.rates import take_points, take_rate
from shuangbi.exchange.figures.scene import Scene
from shuangbi.exchange.figures.sentences import Sentence, sentences
from shuangbi.exchange.figures.spans import clause_span
from shuangbi.exchange.figures.tables import read_tables


def read(text: str) -> list[Figure]:
    """The figures of a news text or bulletin, in the order of their spans. Never raises; knows nothing but the text."""
    plain_text = normalise(text)
    rows, rest = read_tables(plain_text, text)
    squeezed = squeeze(replace(plain_text, text=rest))
    scene = Scene()
    numbers: list[int] = []
    for sentence in sentences(squeezed.text):
        numbers += [sentence.base + q.start for q in sentence.quantities]
        _read_sentence(scene, sentence)
    figures = [_figure(draft, squeezed, numbers, text) for draft in scene.drafts]
    return sorted([*rows, *(f for f in figures if f is not None)], key=lambda figure: figure.span_start)


def _read_sentence(scene: Scene, sentence: Sentence) -> None:
    scene.enter(sentence)
    mark_bands(sentence)
    take_dated(scene, sentence)
    _topic(scene, sentence)
    grouped: set[int] = set()
    no_group: set[int] = set()  # later members of a run that was no list, lest long runs cost their square
    for quantity in sentence.quantities:
        scene.reach(sentence, quantity.start)
        if quantity.start in grouped or quantity.start in scene.taken:
            continue
        run = [] if quantity.start in no_group else group_from(sentence, quantity)
        if (run and take_group(scene, sentence, run)) or take_each(scene, sentence, quantity):
            grouped.update(q.start for q in run)
            continue
        no_group.update(q.start for q in run)
        before = scene.aside()
        _take(scene, sentence, quantity)
        if _in_bracket(sentence, quantity) and before[0] is not None:
            scene.current, scene.waiting = before
    scene.reach(sentence, len(sentence.text))
    take_last_date(scene, sentence)


def _in_bracket(sentence: Sentence, quantity: Quantity) -> bool:
    return sentence.text.rfind("(", 0, quantity.start) > sentence.text.rfind(")", 0, quantity.start)


def _take(scene: Scene, sentence: Sentence, quantity: Quantity) -> None:
    if quantity.kind == "count":
        take_count(scene, sentence, quantity)
    elif quantity.kind == "rate":
        take_rate(scene, sentence, quantity)
    elif quantity.kind == "area":
        take_area(scene, sentence, quantity)
    elif quantity.kind == "price":
        take_price(scene, sentence, quantity)
    elif quantity.kind == "points":
        take_points(scene)
    elif (
        quantity.kind == "money"
        and quantity.start not in sentence.bands
        and not take_parcel_money(scene, sentence, quantity)
    ):
        take_money(scene, sentence, quantity)


def _topic(scene: Scene, sentence: Sentence) -> None:
    """The project a paragraph speaks of, for a later 总投资 without a name."""
    if any(q.kind == "count" for q in sentence.quantities) or scene.is_occasion:
        return
    first = sentence.text.split(",", 1)[0]
    if any(q.kind != "area" and q.start < len(first) for q in sentence.quantities):
        return
    match = words.TOPIC.match(first[:60])
    name = project_name(match["name"]) if match else None
    if name is not None:
        scene.topic = name


def _figure(draft: Draft, squeezed: Plain, numbers: list[int], text: str) -> Figure | None:
    """The finished figure, or none when nothing but a name is left of it."""
    draft.settle()
    if not draft.marks or _is_empty(draft):
        return None
    start, end = squeezed.source_span(*clause_span(squeezed.text, draft.marks, numbers))
    money = draft.measure == "money"
    count = draft.pool or draft.size
    stated = draft.amount or (draft.actual if draft.lonely and money else None)
    shown = draft.amount or ((draft.actual or draft.target) if money else None)
    return Figure(
        kind=draft.kind,
        subject=draft.subject,
        stage=draft.stage or "other",
        count=_whole(count),
        target=_number(draft.target),
        actual=_number(draft.actual),
        rate=per_cent(draft.rate.low) if draft.rate else None,
        amount_wan=_number(stated),
        amount_qualifier=shown.qualifier if shown else None,
        currency=shown.currency if shown else ("CNY" if draft.price else None),
        area_m2=rounded(draft.area.low) if draft.area else None,
        unit_price=_number(draft.price),
        unit_price_unit=draft.price.unit if draft.price else None,
        price_role=draft.price_role,
        period=draft.period,
        place=draft.place
        or (place_of(draft.subject) if draft.kind == "breakdown" and draft.subject else None),
        span=text[start:end],
        span_start=start,
        measure=draft.measure,
        area_of=draft.area_of,
        count_qualifier=_qualifier(count),
        target_qualifier=_qualifier(draft.target),
        actual_qualifier=_qualifier(draft.actual),
        count_max=_whole_max(count),
        target_max=_max(draft.target),
        actual_max=_max(draft.actual),
        amount_wan_max=_max(stated),
        area_m2_max=rounded(draft.area.high) if draft.area and draft.area.high else None,
        unit_price_max=_max(draft.price),
        planned=draft.planned,
    )


def _is_empty(draft: Draft) -> bool:
    if draft.kind == "project":
        return not (draft.amount or draft.area or draft.period)
    if draft.kind == "parcel":
        return not (draft.amount or draft.area or draft.price)
    if draft.kind == "indicator":
        return not (draft.target or draft.actual or draft.rate)
    if draft.repeats is not None and draft.amount is None:
        return True
    if draft.kind == "event" and draft.stage is None and draft.amount is None:
        return True  # a number of projects, and nothing said of them
    return not (draft.size or draft.amount)


def _number(quantity: Quantity | None) -> Number | None:
    return plain(quantity.low) if quantity else None


def _max(quantity: Quantity | None) -> Number | None:
    return plain(quantity.high) if quantity and quantity.high else None


def _whole(quantity: Quantity | None) -> int | None:
    return int(quantity.low) if quantity else None


def _whole_max(quantity: Quantity | None) -> int | None:
    return int(quantity.high) if quantity and quantity.high else None


def _qualifier(quantity: Quantity | None) -> str | None:
    return quantity.qualifier if quantity and quantity.qualifier != "exact" else None
