"""Numbers of projects: tasks, what was done, pools, plain sizes and slices."""

import re

from shuangbi.exchange.figures import words
from shuangbi.exchange.figures.bands import EVERY
from shuangbi.exchange.figures.drafts import Draft
from shuangbi.exchange.figures.naming import BRACKET, occasion_name, stage_of, subject_of
from shuangbi.exchange.figures.quantities import Quantity
from shuangbi.exchange.figures.scene import Scene
from shuangbi.exchange.figures.sentences import Sentence

NOUN = re.compile(r"^(?P<modifiers>[^,;。:、()]{0,20}?)(?P<noun>项目|工程|合同|协议|企业|公司)")
BARE = re.compile(
    r"^(?:$|[、和及与的,;()已均占合计总新在为是未正达今]|实际|开工|竣工|投产|落地|签约|动工|完成|投资|分别|计划|重[大点]|协议|合同|目标|任务|左右|以上|共|其)"
)
OTHER_NOUN = re.compile(
    r"^[^项,;。、()和及与]{0,8}?(?:县|市|区|乡|镇|村|街道|部门|单位|国家|地区|省|小?组|人|月|专班|会场|方面|领域|行业|环节|批次|季度|岗位|年|小时|工作日|街|品种|产品|产业链|分公司|子公司|平台|品牌|专利|园区|团队|代表团|考核组|分会场)"
)
AREA_NOUN = re.compile(
    r"^[^,;。]{0,4}?(?:县市区|市区县|县区|区县|市州|州市|县|市|区|乡镇|镇|街道|部门|单位|园区|国家|地区|专班|平台|会场)(?:的|内|共|等|同步|在|举行|参加|开展|分别|有|已|新|完成)"
)
JUNK_BEFORE = re.compile(r"(?:岗位|泊位|车位|床位|专利|品牌|门店|平台|政策|措施|问题|小分队|专班|会场|机构|学位|部门|村|社区|园区|开发区|单位|车间|展位|组织|每|QQ群|群|号|奖项|奖)[^,;。]{0,4}$|第$")
BUILT_THINGS = re.compile(r"(?:新建|改造|修建|(?<!建)设|配套|配备|拥有|建有|种植|栽)[^,;。]{0,12}$")
AGAIN = re.compile(r"本次|此次|这次|此批|这批|这|上述|以上|该批|所签约|(?:签约|开工|竣工|落地)的$")
IN_POOL = re.compile(
    r"^(?P<noun>[^,;。:]{0,16}?(?:项目|工程|企业|合同)?)(?:中|里|当中),?(?:目前|现)? *(?:已经?)?(?:有|共有|实际|实现|共)?(?P<rest>[^,;。]{0,12})$"
    r"|^[^,;。:]{0,16}?(?:项目|工程|企业|合同)(?:中|共|均|里|,(?:目前|现|截至)? *)*(?P<verb>(?:已经?|实际|实现|有|共有|新)*[^,;。]{0,8})$"
)


def take_count(scene: Scene, sentence: Sentence, quantity: Quantity) -> None:
    """Give one count its part: task, done, pool, or the size of an occasion or slice."""
    lead, tail = BRACKET.sub("", sentence.lead(quantity, over_bands=True)), sentence.tail(quantity)
    if not _counts_projects(scene, sentence, quantity, lead, tail) or words.DIFFERENCE.search(lead):
        return
    task = words.TARGET_RIGHT_BEFORE.search(lead)
    if task and _is_part_of_rate(scene, sentence, quantity, tail, bool(task["done"])):
        return
    if scene.pooled is not None:
        _fill_pool(scene, sentence, quantity, lead, tail)
    elif (task and not task["done"]) or _is_planned(scene, sentence, lead):
        _begin_task(scene, sentence, quantity, lead, tail)
    elif _fills_task(scene, sentence, quantity, lead, tail):
        return
    elif _is_pool(sentence, quantity, lead):
        _begin_pool(scene, sentence, quantity, lead)
    else:
        _begin_size(scene, sentence, quantity, lead, tail)


def _counts_projects(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, tail: str) -> bool:
    if quantity.written in ("一个", "一项", "一家", "一户", "一宗", "一幅", "一地块", "1地块"):
        return False
    if tail[:1].isdecimal() or quantity.start and sentence.text[quantity.start - 1] in "“\"" and "”" in tail:
        return False
    if quantity.unit in ("宗", "幅", "地块"):
        return bool(words.PARCEL.search(sentence.text)) and quantity.low > 1
    noun = NOUN.match(tail)
    after = sentence.next(quantity)
    if after is not None and after.start in sentence.bands and not tail:
        noun = NOUN.match(sentence.tail(after))
    if after is not None and after.kind == "money" and words.LABEL_END.search(tail) and sentence.tail(after).startswith("的"):
        noun = NOUN.match(sentence.tail(after)[1:])  # 13个总投资62亿元的项目
    if AREA_NOUN.match(tail) or (noun is None and OTHER_NOUN.match(tail)):
        return False
    if noun is None and not BARE.match(tail):
        return False
    if JUNK_BEFORE.search(lead) or "拆分" in lead or (noun is None and BUILT_THINGS.search(lead) and "项目" not in lead):
        return False
    if quantity.unit in ("家", "户") and (noun is None or noun["noun"] not in ("项目", "工程")):
        return stage_of(lead, tail) is not None
    if noun is not None and noun["noun"] in ("企业", "公司"):
        return stage_of(lead, tail) is not None
    return noun is not None or _in_context(scene, sentence, quantity, lead, tail)


def _in_context(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, tail: str) -> bool:
    """A bare `5个` counts projects when something near says so."""
    if scene.current is not None or scene.waiting is not None or scene.pooled is not None or scene.within:
        return True
    if stage_of(lead, tail) or re.search(r"项目|任务|各$|其中|亿元?|目标|招商", lead + tail[:4]):
        return True
    if stage_of(sentence.clause_before(quantity.start)):
        return True
    if scene.parent is not None and scene.last_count is not None:
        return True
    return sum(q.kind == "count" for q in sentence.quantities) > 1 and len(lead) <= 14


def _is_part_of_rate(scene: Scene, sentence: Sentence, quantity: Quantity, tail: str, done: bool) -> bool:
    """`完成全年任务60个的75%`: the task of the number before."""
    following = sentence.next(quantity)
    rated = following is not None and following.kind == "rate" and tail.strip() in ("的", "")
    draft = scene.current
    if not (rated or done) or draft is None or draft.target is not None or draft.form != "count":
        return False
    if not rated and not (draft.actual or draft.size):
        return False
    draft.target = quantity
    draft.mark(sentence.base, quantity)
    return True


def _is_planned(scene: Scene, sentence: Sentence, lead: str) -> bool:
    if words.PLAN_NOT_TASK.search(lead) or words.DONE.search(lead[-6:]):
        return False
    if scene.is_occasion and words.PLANNED_OCCASION.search(sentence.text):
        return False
    if words.PLANNED.search(lead):
        return True
    # 力争引进20个,竣工投产15个: the second, with a stage of its own, is a task too.
    draft, stage = scene.current, stage_of(lead)
    return draft is not None and draft.wish and draft.actual is None and stage not in (None, draft.stage)


def _begin_task(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, tail: str) -> None:
    before = "" if stage_of(lead) or stage_of(tail) else sentence.clause_before(quantity.start)
    draft = Draft("count", stage_of(before + lead, tail), subject_of(before + lead), target=quantity)
    draft.wish = bool(words.PLANNED.search(lead)) or (scene.current is not None and scene.current.wish)
    scene.current = scene.begin(sentence, draft, quantity)
    scene.wait(draft)


def _fills_task(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, tail: str) -> bool:
    """The done to a task named before, if the stage agrees."""
    draft = scene.waiting
    if draft is None or draft.form != "count" or draft.actual is not None:
        return False
    stage = stage_of(lead, tail)
    done = words.DONE.search(lead) or stage_of(lead)
    if not done or (stage is not None and draft.stage not in (None, stage)):
        return False
    if words.WITHIN.search(lead):
        return False
    draft.actual, draft.stage = quantity, draft.stage or stage
    draft.period = scene.calendar.period
    draft.mark(sentence.base, quantity)
    scene.current = draft
    scene.wait(None)
    return True


def _is_pool(sentence: Sentence, quantity: Quantity, lead: str) -> bool:
    """`去年签约的64个项目中,有50个已开工`: the first number is what exists, if the next has a stage of its own."""
    following = sentence.next(quantity)
    while following is not None and following.kind != "count" and following.start - quantity.end < 12:
        following = sentence.next(following)
    if following is None or following.kind != "count":
        return False
    between = sentence.between(quantity, following)
    match = IN_POOL.match(between)
    if match is None or NOUN.match(sentence.tail(following)) and match["verb"] is None and not match["noun"]:
        return False
    own = stage_of(lead)
    behind = sentence.tail(following)
    if match["verb"] is not None:
        verb = stage_of(match["verb"])
        if verb is not None:
            return not behind.startswith("项目") or bool(re.search(r"已|实际|实现", match["verb"]))
        then = stage_of("", behind[:8]) if re.search(r"已|实际|实现|有", between[-4:]) else None
        return then is not None and then != own
    then = stage_of(match["rest"], behind[:10])
    if then is None:
        return False
    return then != own and not re.search(r"[、类业]", match["rest"])


def _begin_pool(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str) -> None:
    subject = subject_of(lead)
    noun = NOUN.match(sentence.tail(quantity))
    if subject is None and noun is not None:
        subject = subject_of(noun.group())
    draft = Draft("count", None, subject, pool=quantity)
    scene.current = scene.pooled = scene.begin(sentence, draft, quantity)
    scene.wait(None)


def _fill_pool(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, tail: str) -> None:
    draft, scene.pooled = scene.pooled, None
    if draft is None:
        return
    draft.actual, draft.stage = quantity, stage_of(lead, tail)
    draft.period = scene.calendar.period
    draft.mark(sentence.base, quantity)
    scene.current = draft


def _begin_size(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, tail: str) -> None:
    scene.within = scene.within or bool(words.WITHIN.search(lead))
    within = scene.within
    behind = re.split(r"[、:]", tail)[0]
    following = sentence.next(quantity)
    every = following is not None and following.start in sentence.bands and bool(EVERY.search(tail))
    own = stage_of(_after_within(lead)) or (stage_of("", behind) if not within else None)
    subject = _size_subject(lead, tail)
    draft = Draft("count", own, subject, size=quantity)
    scene.begin(sentence, draft, quantity)
    draft.cumulative = bool(words.CUMULATIVE.search(lead)) or (scene.calendar.is_cumulative and not draft.is_date)
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
        if scene.parent is not None:
            draft.place = draft.place if draft.place != scene.place else scene.parent.place or draft.place
            draft.period = draft.period or scene.parent.period
    else:
        _as_whole(scene, sentence, draft, lead, tail)
    if scene.amount_ahead is not None:
        draft.amount, scene.amount_ahead = scene.amount_ahead, None
        draft.mark(sentence.base, draft.amount)
    scene.current = draft


def _is_mentioned_again(draft: Draft, before: Draft) -> bool:
    """`本次签约的30个项目` behind the event itself."""
    return (
        before.size is not None
        and draft.size is not None
        and before.size.low == draft.size.low
        and before.stage == draft.stage
        and before.kind == draft.kind == "event"
    )


def _after_within(lead: str) -> str:
    """Without 其中, and without the words of an item before: `1个A项目、20个B项目`."""
    own = re.split(r"其中|包括|包含|分别", lead)[-1]
    return "" if re.search(r"(?:[、和与]|以及)$", own) else own.rpartition("、")[2] if re.match(r"[^、]{0,24}(?:项目|企业)、", own) else own


def _size_subject(lead: str, tail: str) -> str | None:
    subject = None if lead.endswith("等") else subject_of(_after_within(lead))
    if subject is not None and not re.fullmatch(r"项目|合同|工程|重大项目", subject):
        return subject
    noun = NOUN.match(tail)
    if noun is not None and subject_of(noun.group()) not in (None, noun["noun"]) and noun["modifiers"]:
        named = subject_of(noun.group())
        if named and words.GENERIC_NAME.sub("", named) or not stage_of("", tail):
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
    if draft.size is not None and draft.size.unit in ("宗", "幅", "地块"):
        draft.stage = "other"
        return False
    if within:
        other = draft.stage is not None and scene.parent is not None and draft.stage != scene.parent.stage
        return not (other and scene.parent is not None and scene.parent.kind == "event")
    if draft.stage is not None or draft.stock:
        return False
    subject = draft.subject
    if subject is None or re.fullmatch(r"(?:重大|重点|招商|产业|引资|建设|省级?|市级?|各类|大|好|优质|的)*(?:项目|合同|工程)", subject):
        if not scene.here[:-1]:
            draft.stage = stage_of(sentence.text)
        return False
    return True


def _as_whole(scene: Scene, sentence: Sentence, draft: Draft, lead: str, tail: str) -> None:
    if draft.stage is None and scene.here and (scene.current is None or draft.stock is False):
        draft.stage = next((d.stage for d in reversed(scene.here) if d.stage), None)
        if draft.stage and draft.subject is None:
            draft.subject = next((d.subject for d in reversed(scene.here) if d.subject and d is not draft), None)
    if draft.occasion and draft.kind == "event":
        draft.subject = occasion_name(sentence.text[: draft.size.start if draft.size else 0]) or scene.occasion or draft.subject
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


def _after_within(lead: str) -> str:
    """Without 其中, and without the words of an item before: `1个A项目、20个B项目`."""
    own = re.split(r"其中|包括|包含|分别", lead)[-1]
    return "" if re.search(r"(?:[、和与]|以及)$", own) else own.rpartition("、")[2] if re.match(r"[^、]{0,24}(?:项目|企业)、", own) else own


def _size_subject(lead: str, tail: str) -> str | None:
    subject = None if lead.endswith("等") else subject_of(_after_within(lead))
    if subject is not None and not re.fullmatch(r"项目|合同|工程|重大项目", subject):
        return subject
    noun = NOUN.match(tail)
    if noun is not None and subject_of(noun.group()) not in (None, noun["noun"]) and noun["modifiers"]:
        named = subject_of(noun.group())
        if named and words.GENERIC_NAME.sub("", named) or not stage_of("", tail):
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
    if draft.size is not None and draft.size.unit in ("宗", "幅", "地块"):
        draft.stage = "other"
        return False
    if within:
        other = draft.stage is not None and scene.parent is not None and draft.stage != scene.parent.stage
        return not (other and scene.parent is not None and scene.parent.kind == "event")
    if draft.stage is not None or draft.stock:
        return False
    subject = draft.subject
    if subject is None or re.fullmatch(r"(?:重大|重点|招商|产业|引资|建设|省级?|市级?|各类|大|好|优质|的)*(?:项目|合同|工程)", subject):
        if not scene.here[:-1]:
            draft.stage = stage_of(sentence.text)
        return False
    return True


def _as_whole(scene: Scene, sentence: Sentence, draft: Draft, lead: str, tail: str) -> None:
    if draft.stage is None and scene.here and (scene.current is None or draft.stock is False):
        draft.stage = next((d.stage for d in reversed(scene.here) if d.stage), None)
        if draft.stage and draft.subject is None:
            draft.subject = next((d.subject for d in reversed(scene.here) if d.subject and d is not draft), None)
    if draft.occasion and draft.kind == "event":
        draft.subject = occasion_name(sentence.text[: draft.size.start if draft.size else 0]) or scene.occasion or draft.subject
    mentioned = scene.parent
    if mentioned is not None and _is_mentioned_again(draft, mentioned) and AGAIN.search(lead):
        draft.repeats = mentioned
    else:
        scene.parent = draft
