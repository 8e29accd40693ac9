"""Numbers of projects: tasks, what was done, pools, plain sizes and slices."""

import re

from shuangbi.exchange.figures import words
from shuangbi.exchange.figures.drafts import Draft
from shuangbi.exchange.figures.naming import BRACKET, stage_of, subject_of
from shuangbi.exchange.figures.quantities import Quantity
from shuangbi.exchange.figures.scene import Scene
from shuangbi.exchange.figures.sentences import Sentence
from shuangbi.exchange.figures.sizes import NOUN, PLOTS, begin_size

BARE = re.compile(
    r"^(?:$|[、和及与的,;()已均占合计总新在为是未正达今]|实际|开工|竣工|投产|落地|签约|动工|完成|投资|分别|计划|重[大点]|协议|合同|目标|任务|左右|以上|共|其)"
)
OTHER_NOUN = re.compile(
    r"^[^项,;。、()和及与]{0,8}?(?:县|市|区|乡|镇|村|街道|部门|单位|国家|地区|省|小?组|人|月|专班|会场|方面|领域|行业|环节|批次|季度|岗位|年|小时|工作日|街|品种|产品|产业链|分公司|子公司|平台|品牌|专利|园区|团队|代表团|考核组|分会场)"
)
AREA_NOUN = re.compile(
    r"^[^,;。]{0,4}?(?:县市区|市区县|县区|区县|市州|州市|县|市|区|乡镇|镇|街道|部门|单位|园区|国家|地区|专班|平台|会场)(?:的|内|共|等|同步|在|举行|参加|开展|分别|有|已|新|完成)"
)
JUNK_BEFORE = re.compile(
    r"(?:岗位|泊位|车位|床位|专利|品牌|门店|平台|政策|措施|问题|小分队|专班|会场|机构|学位|部门|村|社区|园区|开发区|单位|车间|展位|组织|每|QQ群|群|号|奖项|奖)[^,;。]{0,4}$|第$"
)
BUILT_THINGS = re.compile(
    r"(?:新建|改造|修建|(?<!建)设(?![施备计])|配套|配备|拥有|建有|种植|栽)[^,;。]{0,12}$"
)
SAME_POOL = re.compile(r"^[、,](?:已|实际|其中)*[\u4e00-\u9fff]{2,4}$")
IN_POOL = re.compile(
    r"^(?P<noun>[^,;。:]{0,16}?(?:项目|工程|企业|合同)?)(?:中|里|当中),?(?:目前|现)? *(?:已经?)?(?:有|共有|实际|实现|共)?(?P<rest>[^,;。]{0,12})$"
    r"|^[^,;。:]{0,16}?(?:项目|工程|企业|合同)(?:中|共|均|里|,(?:目前|现|截至)? *)*(?P<verb>(?:已经?|实际|实现|有|共有|新)*[^,;。、]{0,8})$"
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
    elif (task and not task["done"]) or _is_planned(scene, sentence, lead, tail):
        _begin_task(scene, sentence, quantity, lead, tail)
    elif _shares_pool(scene, sentence, quantity, lead) or _fills_task(scene, sentence, quantity, lead, tail):
        return
    elif _is_pool(sentence, quantity, lead):
        _begin_pool(scene, sentence, quantity, lead)
    else:
        begin_size(scene, sentence, quantity, lead, tail)


def _counts_projects(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, tail: str) -> bool:
    if quantity.written in ("一个", "一项", "一家", "一户", "一宗", "一幅", "一个地块"):
        return False
    if re.match(r"(?:项目)?分别(?:为|是)(?!\d)", tail) and not sentence.next(quantity):
        return False  # 两个项目分别为X和Y
    if tail[:1].isdecimal() or (quantity.start and sentence.text[quantity.start - 1] in '“"' and "”" in tail):
        return False
    if quantity.unit in PLOTS:
        return bool(words.PARCEL.search(sentence.text)) and quantity.low > 1
    noun = NOUN.match(tail)
    after = sentence.next(quantity)
    if after is not None and after.start in sentence.bands and not tail:
        noun = NOUN.match(sentence.tail(after))
    if (
        after is not None
        and after.kind == "money"
        and words.LABEL_END.search(tail)
        and sentence.tail(after).startswith("的")
    ):
        noun = NOUN.match(sentence.tail(after)[1:])  # 13个总投资62亿元的项目
    if AREA_NOUN.match(tail) or (noun is None and OTHER_NOUN.match(tail)):
        return False
    if noun is None and not BARE.match(tail):
        return False
    if (
        JUNK_BEFORE.search(lead)
        or "拆分" in lead
        or (noun is None and BUILT_THINGS.search(lead) and "项目" not in lead)
    ):
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


def _is_planned(scene: Scene, sentence: Sentence, lead: str, tail: str) -> bool:
    if stage_of(lead, tail) is None and words.STOCK.search(lead):
        return False
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
    if match is None or (
        NOUN.match(sentence.tail(following)) and match["verb"] is None and not match["noun"]
    ):
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


def _shares_pool(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str) -> bool:
    """`56个项目中,已开工41个、竣工12个`: the second is of the same pool."""
    draft = scene.current
    if draft is None or draft.pool is None or draft.actual is None or not SAME_POOL.match(lead):
        return False
    stage = stage_of(lead)
    if stage in (None, draft.stage):
        return False
    new = Draft("count", stage, draft.subject, pool=draft.pool, actual=quantity)
    scene.current = scene.begin(sentence, new, draft.pool, quantity)
    return True


def _fill_pool(scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, tail: str) -> None:
    draft, scene.pooled = scene.pooled, None
    if draft is None:
        return
    draft.actual, draft.stage = quantity, stage_of(lead, tail)
    draft.period = scene.calendar.period
    draft.mark(sentence.base, quantity)
    scene.current = draft
