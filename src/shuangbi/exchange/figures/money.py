"""Sums of money: size of an occasion, a task, what arrived or was invested, a year's plan, one project's investment."""

import re

from shuangbi.exchange.figures import words
from shuangbi.exchange.figures.drafts import Draft
from shuangbi.exchange.figures.naming import money_subject, stage_of, subject_of
from shuangbi.exchange.figures.projects import take_project
from shuangbi.exchange.figures.quantities import Quantity
from shuangbi.exchange.figures.scene import Scene
from shuangbi.exchange.figures.sentences import Sentence

LABELS = (
    ("plan", words.YEAR_PLAN),
    ("arrived", words.ARRIVED),
    ("done", words.INVESTED),
    ("size", words.INVESTMENT),
    ("junk", words.JUNK_MONEY),
)
BESIDE = re.compile(r"^[,、 ]*(?:已|累计|目前|共|年度)*完成投资[^,]{0,4}$")
WITHIN = re.compile(r"^[, ]*其中")
STRIVEN = re.compile(r"(?:力争|确保|争取|目标)[^,;。]{0,12}(?:引资|引进|完成)")
JUNK_BEHIND = re.compile(r"^的?(?:年?产值|税收|销售|贷款|授信|基金|订单|利润|注册资)")
TO_COUNT = re.compile(r"^的(?:[^,;。、]{0,8}|[^,;。]{0,24}项目)$")
QUALIFIERS = re.compile(r"(?:达到?|超过?|约|近|为|共|逾|突破|合计|和|、|,|\(|投|有|了|计)*$")


def take_money(scene: Scene, sentence: Sentence, quantity: Quantity) -> None:
    """Give one sum its part, or leave it when it is no investment."""
    lead, tail = sentence.lead(quantity, over_bands=True), sentence.tail(quantity)
    if words.DIFFERENCE.search(lead) or JUNK_BEHIND.match(tail):
        return
    if _is_task_of_money(scene, sentence, quantity, lead, tail):
        return
    label = label_of(lead)
    of_money = scene.current is not None and scene.current.form == "money" and WITHIN.search(lead)
    if of_money and label is None and lead.endswith(("资金", "外资", "内资")):
        label = "arrived"
    if label == "junk":
        return
    if label == "plan":
        _year_plan(scene, sentence, quantity, lead, tail)
    elif label in ("arrived", "done"):
        _actual(scene, sentence, quantity, lead, label)
    elif label == "size" and scene.current is None and STRIVEN.search(lead):
        new = Draft("money", "other", money_subject(lead), target=quantity)
        scene.current = scene.begin(sentence, new, quantity)
    elif label == "size" or words.LABEL_END.search(lead):
        _size(scene, sentence, quantity, lead, tail)
    else:
        _unlabelled(scene, sentence, quantity, lead, tail)


def label_of(lead: str) -> str | None:
    """The kind of money named nearest before a sum; of two that end together the longer wins."""
    best: tuple[int, int, str] | None = None
    for name, pattern in LABELS:
        for match in pattern.finditer(lead):
            candidate = (match.end(), match.end() - match.start(), name)
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    return best[2] if best else None


def _is_task_of_money(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, tail: str) -> bool:
    """任务60亿元 alone or `完成年度任务60亿元的77%` after its actual."""
    task = words.TARGET_RIGHT_BEFORE.search(lead)
    behind = words.TASK_BEHIND.match(tail)
    if behind is None and (task is None or (words.YEAR_PLAN.search(lead[-12:]) and not task["done"])):
        return False
    draft = scene.current
    if (
        draft is not None
        and draft.form != "money"
        and draft.amount is not None
        and not (draft.size or draft.pool)
    ):
        # The sum before had a task after all, so it is a performance.
        draft.form, draft.actual, draft.amount, draft.slice = "money", draft.amount, None, False
    if draft is not None and draft.form == "money" and draft.target is None and draft.actual is not None:
        draft.target = quantity
        draft.mark(sentence.base, quantity)
        return True
    if task is None or (task["done"] and tail.strip() == "" and draft is None):
        return False
    before = lead if subject_of(lead) else sentence.clause_before(quantity.start) + lead
    new = Draft("money", "other", money_subject(before), target=quantity)
    scene.current = scene.begin(sentence, new, quantity)
    scene.wait(new)
    return True


def _year_plan(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, tail: str) -> None:
    """年度计划投资: a target when an actual follows; beside an event it is left out (the specification's option)."""
    whole = scene.current
    if (
        words.TARGET_RIGHT_BEFORE.search(lead) is None
        and re.search(r"完成投资", lead)
        and not re.search(r"计划|力争|确保", lead)
    ):
        _actual(scene, sentence, quantity, lead, "done")
        return
    if whole is not None and (
        (whole.form == "project" and not words.INVESTED.search(sentence.text[quantity.end :]))
        or (whole.form == "count" and not _is_stock(whole))
    ):
        return
    new = Draft("money", "other", money_subject(lead), target=quantity)
    if whole is not None and whole.form == "count":
        _absorb(scene, whole, new)
    scene.begin(sentence, new, quantity)
    following = sentence.next(quantity)
    if (
        following is not None
        and following.kind == "count"
        and TO_COUNT.match(sentence.between(quantity, following))
    ):
        new.pool = following
        scene.taken.add(following.start)
        new.mark(sentence.base, following)
    scene.current = new
    scene.wait(new)


def _is_stock(draft: Draft) -> bool:
    return draft.stage is None or (draft.stock and not draft.occasion)


def _absorb(scene: Scene, count: Draft, money: Draft) -> None:
    """The number of projects whose money is the indicator becomes its count."""
    money.pool, money.amount = count.size or count.pool, count.amount
    money.marks += count.marks
    scene.drafts = [draft for draft in scene.drafts if draft is not count]
    if scene.parent is count:
        scene.parent = money


def _actual(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, label: str) -> None:
    draft = scene.current
    if (
        words.PLANNED.search(lead)
        and not words.DONE.search(lead[:2])
        and not re.search(r"完成年度计划", lead)
    ):
        new = Draft("money", "other", money_subject(lead), target=quantity)
        scene.current = scene.begin(sentence, new, quantity)
        return
    waiting = scene.waiting
    if waiting is not None and waiting.form == "money" and waiting.actual is None:
        waiting.actual, waiting.period = quantity, scene.calendar.period
        waiting.mark(sentence.base, quantity)
        scene.current = waiting
        scene.wait(None)
        return
    judged = _is_judged(sentence, quantity) or scene.rate_ahead is not None
    if (
        draft is not None
        and draft.form == "count"
        and not judged
        and draft.amount is None
        and label == "arrived"
    ):
        # Funds in place without target, with a count: actual is the count, amount_wan the money.
        draft.amount, draft.funds = quantity, True
        draft.mark(sentence.base, quantity)
        return
    if draft is not None and draft.form == "project" and label == "done":
        return  # a plan figure beside a project: optional
    if WITHIN.search(lead) and not judged and draft is not None and draft.form == "money":
        _slice_of_money(scene, sentence, quantity, lead, draft)
        return
    new = Draft("money", "other", money_subject(lead), actual=quantity)
    if draft is not None and draft.form == "count" and draft.size and _is_their_money(draft, quantity, lead):
        _absorb(scene, draft, new)
    elif (
        draft is not None and draft.kind == "event" and not judged and label == "done" and BESIDE.match(lead)
    ):
        return  # 已完成投资 beside an event: optional
    new.lonely = not judged
    scene.current = scene.begin(sentence, new, quantity)
    if scene.rate_ahead is not None:
        new.rate, scene.rate_ahead = scene.rate_ahead, None
        new.mark(sentence.base, new.rate)


def _is_their_money(draft: Draft, quantity: Quantity, lead: str) -> bool:
    """`50个建成项目完成投资`: money of the projects just counted, with no word between."""
    touching = draft.size is not None and draft.size.end + len(lead) == quantity.start
    return touching or (draft.stage is None and not draft.occasion)


def _slice_of_money(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, whole: Draft) -> None:
    """`其中省外资金52.3亿元`: a slice of a money indicator that has neither task nor rate of its own."""
    part = Draft("count", "other", money_subject(lead), amount=quantity, slice=True, parent=whole)
    scene.begin(sentence, part, quantity)


def _is_judged(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a task or a rate of this sum follows."""
    following = sentence.next(quantity)
    while following is not None and following.start - quantity.end < 60:
        lead = sentence.lead(following)
        if following.kind == "rate" and words.RATE.search(lead):
            return True
        if following.kind == "money" and words.TARGET_RIGHT_BEFORE.search(lead):
            return True
        if following.kind in ("money", "count"):
            return False
        following = sentence.next(following)
    return False


def _size(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, tail: str) -> None:
    """总投资, 协议金额 …: of the projects counted before or behind, of one project, or of the whole occasion."""
    following = sentence.next(quantity)
    while following is not None and following.start in sentence.bands:
        following = sentence.next(following)
    if (
        following is not None
        and following.kind == "count"
        and TO_COUNT.match("".join(tail.split()) if sentence.tail(quantity) else "")
    ):
        scene.amount_ahead = quantity
        return
    draft = scene.current if scene.current is not None and scene.current.form == "count" else None
    if _is_total(scene, lead):
        _whole(scene, sentence, quantity, lead)
    elif take_project(scene, sentence, quantity, lead, tail):
        return
    elif draft is not None:
        near = ";" not in sentence.text[max(draft.marks) - sentence.base : quantity.start]
        if draft.amount is None and not draft.funds and (near or not tail.startswith("的")):
            draft.amount = quantity
            draft.mark(sentence.base, quantity)
    elif (
        scene.last_count is not None
        and scene.last_count.amount is None
        and not scene.last_count.slice
        and "," not in sentence.text[: quantity.start]
    ):
        scene.last_count.amount = quantity
        scene.last_count.mark(sentence.base, quantity)
        scene.current = scene.last_count
    else:
        _whole(scene, sentence, quantity, lead)


def _is_total(scene: Scene, lead: str) -> bool:
    """合计总投资 behind counts of several stages is the whole occasion's, stage other."""
    stages = {d.stage for d in scene.here if d.form == "count" and not d.slice and d.size}
    return len(stages) > 1 and bool(words.TOTAL.search(lead))


def _whole(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str) -> None:
    """A sum with no count: an event's, a slice's when a sector is named, a running total's over a period."""
    total = _is_total(scene, lead)
    words_before = re.sub(r"合计|共计|总计|当[天日]", "", lead)
    subject = subject_of(words_before)
    stage = "other" if total else stage_of(words_before) or ("signing" if "引资" in lead else None)
    if not total and stage is None and not scene.is_occasion and not _sector(words_before):
        return
    if stage is None and _sector(words_before) is None:
        stage = stage_of(sentence.text)
    draft = Draft(
        "count", stage, None if total or subject in ("总投资", "投资") else subject, amount=quantity
    )
    scene.begin(sentence, draft, quantity)
    draft.occasion = draft.occasion or total
    draft.cumulative = not total and (bool(words.CUMULATIVE.search(lead)) or scene.calendar.is_cumulative)
    if stage is None and (sector := _sector(words_before)):
        draft.subject, draft.slice, draft.parent = sector, True, scene.parent
    elif draft.occasion and scene.occasion and not total:
        draft.subject = scene.occasion
    scene.current = draft


def _sector(lead: str) -> str | None:
    """工业项目总投资: the sector a bare sum belongs to."""
    label = words.LABEL_END.search(lead)
    name = subject_of(lead[: label.start()] if label else "")
    return name if name and re.search(r"[业资类]项目|[产业类]$|[市县区镇乡]$", name) else None


def _unlabelled(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, tail: str) -> None:
    """`二期6亿元`, `5个、12亿元`: a sum with no word for what it is."""
    if take_project(scene, sentence, quantity, lead, tail, labelled=False):
        return
    draft = scene.current
    previous = sentence.previous(quantity)
    near = previous is not None and previous.kind == "count" and quantity.start - previous.end <= 3
    if (
        draft is not None
        and draft.form == "count"
        and draft.amount is None
        and near
        and QUALIFIERS.match(lead)
    ):
        draft.amount = quantity
        draft.mark(sentence.base, quantity)
