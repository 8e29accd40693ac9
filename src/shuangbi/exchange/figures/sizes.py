"""The plain size of an occasion or slice, or a running total: numbers of projects that are neither task nor done."""

import re

from shuangbi.exchange.figures import words
from shuangbi.exchange.figures.bands import EVERY
from shuangbi.exchange.figures.drafts import Draft
from shuangbi.exchange.figures.naming import occasion_name, place_of, stage_of, subject_of
from shuangbi.exchange.figures.quantities import Quantity
from shuangbi.exchange.figures.scene import Scene
from shuangbi.exchange.figures.sentences import Sentence

NOUN = re.compile(
    r"^(?P<modifiers>[^,;。:、()]{0,20}?)(?P<noun>项目|工程|合同|协议|企业(?!项目)|公司(?!项目))"
)
AGAIN = re.compile(r"本次|此次|这次|此批|这批|这|上述|以上|该批|所签约|(?:签约|开工|竣工|落地)的$")
PLOTS = ("宗", "幅", "个地块")
NAMELESS = re.compile(r"(?:重大|重点|招商|产业|引资|建设|省级?|市级?|各类|大|好|优质|的)*(?:项目|合同|工程)")


def begin_size(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, tail: str) -> None:
    among = bool(re.search(r"其中 *[,:]", sentence.text[: quantity.start]))
    scene.within = scene.within or among or bool(words.WITHIN.search(lead))
    within = scene.within
    behind = re.split(r"[、:]", tail)[0]
    following = sentence.next(quantity)
    every = following is not None and following.start in sentence.bands and bool(EVERY.search(tail))
    bare = subject_of(lead) is None
    own = stage_of(_after_within(lead)) or (stage_of("", behind) if not within or bare else None)
    subject = _size_subject(lead, tail)
    before = sentence.clause_before(quantity.start)
    if subject is None and own is None and stage_of(before):
        own, subject = stage_of(before), subject_of(before)
    if subject is None and own is None and scene.within:
        subject = place_of(lead)
    if quantity.unit in PLOTS and (land := words.PARCEL_NAME.search(tail)):
        subject = land["name"]
    draft = Draft("count", own, subject, size=quantity)
    scene.begin(sentence, draft, quantity)
    draft.cumulative = bool(words.CUMULATIVE.search(lead)) or (
        scene.calendar.is_cumulative and not draft.is_date
    )
    draft.occasion = _is_occasion(scene, lead, tail, draft)
    draft.planned = draft.occasion and bool(words.PLANNED_OCCASION.search(sentence.text[: quantity.start]))
    draft.stock = bool(words.STOCK.search(lead)) and own is None
    draft.slice = every or _is_slice(scene, sentence, draft, lead, tail, within)
    if every and following is not None:
        draft.subject = draft.subject or (tail + following.written).removeprefix("项目")
        draft.mark(sentence.base, following)
    if draft.slice:
        draft.parent = scene.parent
        draft.stage = draft.stage or scene.stage_within
        draft.place = place_of(draft.subject or "") or (
            scene.parent.place if scene.parent is not None else draft.place
        )
        if scene.parent is not None:
            draft.period = draft.period or scene.parent.period
    else:
        _as_whole(scene, sentence, draft, lead, tail)
    if scene.amount_ahead is not None:
        draft.amount, scene.amount_ahead = scene.amount_ahead, None
        draft.mark(sentence.base, draft.amount)
    scene.current = draft


def _after_within(lead: str) -> str:
    """Without 其中, and without the words of an item before: `1个A项目、20个B项目`."""
    own = re.split(r"其中|包括|包含|分别", lead)[-1]
    return (
        ""
        if re.search(r"(?:[、和与]|以及)$", own)
        else own.rpartition("、")[2]
        if re.match(r"[^、]{0,24}(?:项目|企业)、", own)
        else own
    )


def _size_subject(lead: str, tail: str) -> str | None:
    subject = None if lead.endswith("等") else subject_of(_after_within(lead))
    if subject is not None and not re.fullmatch(r"项目|合同|工程|重大项目", subject):
        return subject
    noun = NOUN.match(tail)
    if noun is not None and subject_of(noun.group()) not in (None, noun["noun"]) and noun["modifiers"]:
        named = subject_of(noun.group())
        if (named and words.GENERIC_NAME.sub("", named)) or not stage_of("", tail):
            return named
    rest = re.sub(r"^[^,]{0,12}?项目", "", tail) if "项目" in tail else tail
    return subject_of(rest) if stage_of("", rest) else subject


def _is_occasion(scene: Scene, lead: str, tail: str, draft: Draft) -> bool:
    if re.search(r"累计", lead):
        return False
    if words.OCCASION.search(lead + tail):
        return True
    return scene.is_occasion or draft.is_date


def _is_slice(scene: Scene, sentence: Sentence, draft: Draft, lead: str, tail: str, within: bool) -> bool:
    """A slice has a sector, place or band and no stage of its own, or stands after 其中."""
    if draft.size is not None and draft.size.unit in PLOTS:
        draft.stage = "other"
        return False
    if within and subject_of(lead) is None and scene.parent is not None and scene.parent.kind == "indicator":
        draft.cumulative = True  # 其中,有118个竣工投产: a stage reached, not a sector
        return draft.stage in (None, scene.parent.stage)
    if within:
        other = draft.stage is not None and scene.parent is not None and draft.stage != scene.parent.stage
        return not (other and scene.parent is not None and scene.parent.kind == "event")
    if draft.stage is not None or draft.stock:
        return False
    subject = draft.subject
    if subject is None or NAMELESS.fullmatch(subject):
        if not scene.here[:-1]:
            draft.stage = stage_of(sentence.text)
        return False
    return True


def _as_whole(scene: Scene, sentence: Sentence, draft: Draft, lead: str, tail: str) -> None:
    if draft.stage is None and scene.here and (scene.current is None or draft.stock is False):
        draft.stage = next((d.stage for d in reversed(scene.here) if d.stage), None)
        if draft.stage and draft.subject is None:
            draft.subject = next(
                (d.subject for d in reversed(scene.here) if d.subject and d is not draft), None
            )
    if draft.occasion and draft.kind == "event":
        draft.subject = (
            occasion_name(sentence.raw[: draft.size.start if draft.size else 0])
            or scene.occasion
            or draft.subject
        )
    draft.repeats = _mentioned_before(scene, draft, lead, tail)
    if draft.repeats is None:
        scene.parent = draft


def _mentioned_before(scene: Scene, draft: Draft, lead: str, tail: str) -> Draft | None:
    """`本次签约的30个项目` behind the event itself."""
    if draft.size is None or draft.kind != "event" or not (AGAIN.search(lead) or tail.endswith("中")):
        return None
    for other in reversed(scene.drafts[-40:]):
        count = other.size or other.pool or other.actual
        if other is not draft and count is not None and count.low == draft.size.low and count.kind == "count":
            return other
    return None
