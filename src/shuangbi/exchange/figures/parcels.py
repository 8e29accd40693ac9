"""Land and premises: one plot, workshop or shop with its area and price. The deal counts before the asking price."""

import re

from shuangbi.exchange.figures import words
from shuangbi.exchange.figures.drafts import Draft
from shuangbi.exchange.figures.quantities import Quantity
from shuangbi.exchange.figures.scene import Scene
from shuangbi.exchange.figures.sentences import Sentence
from shuangbi.exchange.figures.sizes import PLOTS

THIS = re.compile(r"(?:该|此|这一)(?:地块|宗地|宗土地|厂房|商铺)")
SITE = re.compile(r"占地|用地|面积|地块|征地|供地|流转|总占|规划|选址|建设用地")
PRICE_WORD = re.compile(r"价|成交|竞得|摘得|拍得|拿下|土地(?:款|出让金)|出让金|底价")


def is_parcel_talk(sentence: Sentence) -> bool:
    """Whether the sentence speaks of selling or letting land or premises."""
    return bool(words.PARCEL.search(sentence.text))


def take_price(scene: Scene, sentence: Sentence, quantity: Quantity) -> None:
    """A price per unit of area."""
    lead = sentence.lead(quantity)
    if words.JUNK_PRICE.search(lead[-14:]):
        return
    count = scene.current
    plots = (
        count is not None and count.form == "count" and count.size is not None and count.size.unit in PLOTS
    )
    draft = count if plots else _parcel(scene, sentence, quantity)
    if draft is None:
        return
    if draft.price is None:
        draft.price = quantity
        role = role_of(lead) or role_of(_clause(sentence, quantity))
        if quantity.unit.endswith(("month", "day", "year")):
            role = "rent"
        draft.price_role = draft.price_role or role
        draft.mark(sentence.base, quantity)


def take_parcel_money(scene: Scene, sentence: Sentence, quantity: Quantity) -> bool:
    """A whole price: 起始价, 成交价, 以N竞得. False when the sum is none."""
    lead, tail = sentence.lead(quantity), sentence.tail(quantity)
    if words.JUNK_MONEY.search(lead[-8:]) or re.search(r"总?投资[^,]{0,4}$", lead):
        return False
    behind = re.match(
        r"^的?(?:[价总]{0,2}格?)?(?:被[^,;。]{1,14})?(?:成功)?(?:成交|竞得|摘得|拍得|拿下|起拍|中标|竞买)",
        tail,
    )
    if not (PRICE_WORD.search(lead[-10:]) or behind):
        return False
    role = role_of(tail[:6] if behind else lead[-10:]) or role_of(_clause(sentence, quantity))
    count = scene.current
    if (
        count is not None
        and count.form == "count"
        and count.amount is None
        and count.size
        and count.size.low > 1
    ):
        count.amount = quantity
        count.mark(sentence.base, quantity)
        return True
    draft = _parcel(scene, sentence, quantity)
    if draft is None:
        return False
    if draft.amount is None or (role == "deal" and draft.price_role != "deal"):
        if draft.amount is not None and role == "deal":
            draft.price = draft.price if draft.price and draft.price.start > quantity.start else None
        draft.amount, draft.price_role = quantity, role
        draft.mark(sentence.base, quantity)
    return True


def take_area(scene: Scene, sentence: Sentence, quantity: Quantity) -> None:
    """An area: of the parcel spoken of, or of the project before."""
    lead, tail = sentence.lead(quantity), sentence.tail(quantity)
    if words.JUNK_AREA.search(lead) or tail.startswith(("的?建设", "人", "产能", "生产线")):
        return
    building = bool(words.BUILDING.search(lead[-8:])) or bool(words.BUILDING.search(tail[:6]))
    if scene.current is not None and scene.current.form == "project":
        _set_area(scene.current, sentence, quantity, building)
        return
    if is_parcel_talk(sentence):
        count = scene.current
        if count is not None and count.form == "count" and count.size and count.size.unit in PLOTS:
            _set_area(count, sentence, quantity, building)
            return
        draft = _parcel(scene, sentence, quantity, area=True)
        if draft is not None:
            premises = draft.subject is not None and bool(words.BUILDING.search(draft.subject))
            _set_area(draft, sentence, quantity, building or premises)
    elif scene.project is None and scene.topic and SITE.search(lead) and not scene.is_occasion:
        scene.current = scene.project = scene.begin(sentence, Draft("project", None, scene.topic), quantity)
        _set_area(scene.current, sentence, quantity, building)
    elif scene.project is not None and scene.project.area is None and SITE.search(lead):
        _set_area(scene.project, sentence, quantity, building)


def _set_area(draft: Draft, sentence: Sentence, quantity: Quantity, building: bool) -> None:
    if draft.area is not None:
        metres_win = (
            draft.area.unit == "mu"
            and quantity.unit == "m2"
            and bool(re.search(r"[(即折合]约?合?$", sentence.text[: quantity.start]))
        )
        replaces = draft.area_of == "building" and not building and draft.form == "project"
        if not (metres_win or replaces):
            return
    draft.area, draft.area_of = quantity, "building" if building else "land"
    draft.mark(sentence.base, quantity)


def _parcel(scene: Scene, sentence: Sentence, quantity: Quantity, *, area: bool = False) -> Draft | None:
    """The parcel this number belongs to; a new one after a semicolon, or at a second name with an area."""
    if not is_parcel_talk(sentence):
        return None
    draft = scene.parcel
    part = sentence.text.rfind(";", 0, quantity.start) + 1
    if draft is not None and (part == 0 or min(draft.marks) - sentence.base >= part):
        stretch = sentence.text[max(draft.marks) + 1 - sentence.base : quantity.start]
        named = words.PARCEL_NAME.search(stretch)
        again = draft.area is not None and area and named is not None and "(" not in stretch
        if not again:
            return draft
        part = max(draft.marks) + 1 - sentence.base
    if draft is None and scene.last_parcel is not None and THIS.match(sentence.text.lstrip()):
        scene.parcel = scene.last_parcel
        return scene.parcel
    end = sentence.text.find(";", quantity.end)
    named = words.PARCEL_NAME.search(sentence.text, part, end if end >= 0 else len(sentence.text))
    new = Draft("parcel", "other", _parcel_subject(named["name"]) if named else None)
    scene.begin(sentence, new, quantity)
    if named:
        new.marks.append(sentence.base + named.start())
    scene.parcel = scene.last_parcel = new
    if scene.current is not None and scene.current.form == "project":
        scene.current = None
    return new


def _parcel_subject(name: str) -> str:
    return re.sub(r"^(?:园区|现有|现|有|该|一|此|的|挂牌|出让|出租|出售|转让|首|层|对外)+", "", name)


def _clause(sentence: Sentence, quantity: Quantity) -> str:
    start = sentence.text.rfind(";", 0, quantity.start) + 1
    return sentence.text[start : quantity.start]


def role_of(text: str) -> str | None:
    """deal, start, rent or sale, by the word nearest the number."""
    best: tuple[int, str] | None = None
    for role, pattern in words.PRICE_ROLES:
        for match in pattern.finditer(text):
            if best is None or match.end() > best[0]:
                best = match.end(), role
    return best[1] if best else None
