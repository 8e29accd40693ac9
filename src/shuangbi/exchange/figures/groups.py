"""Lists that give several facts at once: `A、B分别为1、2`, `A、B各2个`. One fact each, sharing the span."""

import re

from shuangbi.exchange.figures import words
from shuangbi.exchange.figures.drafts import Draft
from shuangbi.exchange.figures.naming import place_of, project_name, stage_of, subject_of
from shuangbi.exchange.figures.quantities import Quantity
from shuangbi.exchange.figures.scene import Scene
from shuangbi.exchange.figures.sentences import Sentence

SEPARATOR = re.compile(r"^[、,和及与]{1,2}$")
NAMES_END = re.compile(
    r"(?:等?(?:[一二两三四五六七八九十\d]{1,2}个?(?=[大项市县区园产]))[大个项]?(?:重[大点])?(?:产业|工业)?(?:项目|领域|行业|区域|县区|园区)?|三个|两个)?(?P<label>[^、,和]{0,12})$"
)


def group_from(sentence: Sentence, quantity: Quantity) -> list[Quantity]:
    """The run of like numbers that begins here, parted only by 、 or 和; one alone is no group."""
    run = [quantity]
    while (following := sentence.next(run[-1])) is not None:
        if following.kind != quantity.kind or not SEPARATOR.match(sentence.between(run[-1], following)):
            break
        run.append(following)
    return run if len(run) > 1 else []


def take_group(scene: Scene, sentence: Sentence, run: list[Quantity]) -> bool:
    """Deal the numbers of `分别` out. False when they are no such list."""
    lead = _lead(sentence, run[0])
    before, found, after = lead.rpartition("分别")
    performed = [d for d in scene.here if d.form == "money" and d.actual is not None and d.rate is None]
    if run[0].kind == "rate" and not found and len(performed) == len(run) and words.RATE.search(lead):
        _fill(sentence, performed, run, "rate")
        return True
    tasks = [d for d in scene.here if d.target is not None and d.actual is None and d.form == "count"]
    if run[0].kind == "count" and not found and len(tasks) == len(run) and words.DONE.search(lead):
        _fill(sentence, tasks, run, "actual")
        return True
    if not found or len(after) > 12:
        return False
    if run[0].kind == "rate" and (before.count("率") > 1 or re.search(r"占比|比重|增长|同比", before)):
        return (
            True  # shares, growth, or several kinds of rates of one thing; which draft is whose is not said
        )
    if run[0].kind == "rate":
        _fill(sentence, [d for d in scene.here if d.form == "count"][-len(run) :], run, "rate")
        return True
    sized = [d for d in scene.here if d.size is not None and d.amount is None]
    if run[0].kind == "money" and len(sized) == len(run):
        done = words.INVESTED.search(after) or words.ARRIVED.search(after)
        for draft in sized if done else []:
            draft.form, draft.pool, draft.size, draft.stage, draft.slice = (
                "money",
                draft.size,
                None,
                "other",
                False,
            )
        _fill(sentence, sized, run, "actual" if done else "amount")
    elif run[0].kind == "money":
        _projects(scene, sentence, run, before)
    elif run[0].kind == "count":
        _counts(scene, sentence, run, before, after)
    return True


def take_each(scene: Scene, sentence: Sentence, quantity: Quantity) -> bool:
    """`望溪、白藤各5个`: the same number for each name."""
    lead = _lead(sentence, quantity)
    if quantity.kind != "count" or not re.search(r"各(?:有|为)?$", lead):
        return False
    names = _names(re.sub(r"各(?:有|为)?$", "", lead))
    if len(names) < 2:
        return False
    _counts(scene, sentence, [quantity] * len(names), "、".join(names), "")
    return True


def _lead(sentence: Sentence, quantity: Quantity) -> str:
    start = max(sentence.text.rfind(c, 0, quantity.start) + 1 for c in ",;(:")
    for other in sentence.quantities:
        if other.end <= quantity.start and not re.search(r"^[^,;]{0,10}分别", sentence.text[other.end :]):
            start = max(start, other.end)
    return sentence.text[start : quantity.start].replace(" ", "").lstrip("、和及,")


def _names(text: str) -> list[str]:
    return [name for part in re.split(r"[、和与及]", text) if (name := subject_of(part) or part.strip())]


def _fill(sentence: Sentence, drafts: list[Draft], run: list[Quantity], part: str) -> None:
    """One number to each draft; all share the span."""
    if len(drafts) != len(run):
        return
    for draft, quantity in zip(drafts, run, strict=True):
        setattr(draft, part, quantity)
        draft.mark(sentence.base, *run)


def _counts(scene: Scene, sentence: Sentence, run: list[Quantity], before: str, after: str) -> None:
    _forget_number_of_names(scene, len(run))
    stage = stage_of(before + after)
    is_task = bool(re.search(r"任务|目标", before[-6:]))
    cut = words.STAGE.search(before)
    names = [] if is_task else _names(before[: cut.start()].removesuffix("新") if cut else before)
    shared = (
        None
        if is_task
        else subject_of(
            re.sub(r"^[一二两三四五六七八九十\d]{1,2}个(?:园区|县区|区县|乡镇|镇|区|县|市)", "", before)
        )
    )
    for at, quantity in enumerate(run):
        name = names[at] if len(names) == len(run) else shared
        draft = Draft("count", stage or scene.stage_within, name)
        if is_task:
            draft.target = quantity
            draft.subject = name if stage else None
        else:
            draft.size = quantity
            draft.slice = stage is None or len(names) == len(run)
            draft.parent = scene.parent if draft.slice else None
            draft.cumulative = stage is not None and not scene.is_occasion
        scene.begin(sentence, draft, *dict.fromkeys(run))
        draft.place = place_of(name or "") or draft.place
        if draft.slice and scene.parent is not None:
            draft.period = draft.period or scene.parent.period
        draft.marks.append(sentence.base + max(0, sentence.text.rfind(before[:2], 0, run[0].start)))
        scene.current = draft


def _projects(scene: Scene, sentence: Sentence, run: list[Quantity], before: str) -> None:
    """`甲、乙两项目投资额分别为3亿元和5000万元`, `总投资分别为5亿元、3.6亿元的A项目和B项目`."""
    _forget_number_of_names(scene, len(run))
    behind = re.split(r"[,;。]", sentence.text[run[-1].end : run[-1].end + 80], maxsplit=1)[0]
    stage = stage_of("", behind)
    names: list[str] = []
    if behind.startswith("的"):
        cut = words.STAGE.search(behind)
        names = [
            n
            for part in re.split(r"[、和与及]", behind[1 : cut.start() if cut else None])
            if (n := _project(part))
        ]
    if len(names) != len(run):
        names = [n for part in re.split(r"[、和与及]", _without_label(before)) if (n := part.strip())]
    start = sentence.text.rfind(before[:2], 0, run[0].start) if before else run[0].start
    for at, quantity in enumerate(run):
        name = names[at] if len(names) == len(run) else None
        draft = Draft("project", stage, name, amount=quantity)
        scene.begin(sentence, draft, *run)
        draft.marks += [sentence.base + max(0, start), sentence.base + run[-1].end - 1 + len(behind)]
        scene.current = scene.project = draft


def _project(text: str) -> str | None:
    name = re.sub(r"(?:等|已|均|同日|先后|分别|正式|同时|相继)+$", "", text)
    return project_name(re.sub(r"(?:等)?(?:两|三|四|五|\d)个?(?=项目$)", "", name))


def _without_label(before: str) -> str:
    text = re.sub(r"(?:计划|预计|协议|合同)?(?:总?投资(?:总?额)?|投资额|金额|引资额?)+$", "", before)
    return re.sub(
        r"(?:等)?[一二两三四五六七八九十\d]{0,2}个?(?:重[大点])?(?:产业|工业|招商)?项目(?:的)?$", "", text
    )


def _forget_number_of_names(scene: Scene, count: int) -> None:
    """`三个项目投资分别为`: the three is the number of names, no fact."""
    last = scene.current
    if last is not None and last.size is not None and last.size.low == count and last.amount is None:
        scene.drafts = [draft for draft in scene.drafts if draft is not last]
        scene.current = None
        if scene.parent is last:
            scene.parent = None
