"""One named project and its figures, or a phase of one."""

import re

from shuangbi.exchange.figures import words
from shuangbi.exchange.figures.drafts import Draft
from shuangbi.exchange.figures.naming import place_of, project_name, stage_of
from shuangbi.exchange.figures.quantities import Quantity
from shuangbi.exchange.figures.scene import Scene
from shuangbi.exchange.figures.sentences import REACH, Sentence

CUT_LABEL = re.compile(
    r"(?:计划|预计|拟|估算|概算|预算|意向|协议|合同|年度|固定资产|批复|核准|静态|动态)*(?:总?投资|投资总?额|引资|总?金额|总额)[^,;。]{0,12}$"
)
OF_THIS = re.compile(r"(?:该|此|这一)(?:项目|工程|基地)(?!中|包|涉)")
BUILT = re.compile(r"(?:兴建|建设|开发|实施|打造|新建|投建)")
DATED = re.compile(
    rf"(?P<name>[^,;。:(0-9]{{2,40}}?(?:{words.PROJECT_NOUN})(?:[一二三四]期)?(?:项目|工程)?)(?:计划|预计|将|已)?[于在]? (?P<gap> *)(?:正式|全面|顺利|集中|实现|底|初)*(?P<stage>开工|动工|开建|竣工|完工|建成|投产|投用|签约|奠基)"
)


def take_project(
    scene: Scene, sentence: Sentence, quantity: Quantity, lead: str, tail: str, *, labelled: bool = True
) -> bool:
    """Give a sum to the project it names, in front, behind or in the clause before. False when it names none."""
    phase = words.PHASE.search(lead)
    if phase and not re.search(r"[^,;。、]{5,}$", lead[: phase.start()]):
        _begin(scene, sentence, quantity, phase["name"], tail)
        return True
    if not labelled:
        return False
    whole = _over_output(sentence, quantity) or lead
    if whole.startswith("的"):  # 总投资3亿元的A项目、总投资2亿元的B项目
        whole = whole.rpartition("、")[2]
    subject = CUT_LABEL.sub("", whole).rstrip(":")
    counted = scene.current is not None and scene.current.form == "count"
    previous = sentence.previous(quantity)
    if (
        previous is not None
        and previous.kind == "count"
        and counted
        and previous.end + len(lead) == quantity.start
    ):
        return False  # 15个X项目总投资: the words before are what was counted
    if name := _name_before(subject):
        _begin(scene, sentence, quantity, name, tail, mark=lead)
        return True
    bare = (
        not subject.strip(" 、和及由") and re.match(r"[\u4e00-\u9fff]{2}", tail) is not None and not counted
    )
    built = BUILT.match(tail)
    if (tail.startswith("的") or bare or built) and (name := _name_behind(sentence, quantity)):
        _begin(scene, sentence, quantity, name, _behind(sentence, quantity))
        return True
    nameless = re.sub(r"[ ,、:]|(?:据了解|据悉)", "", subject)
    if words.NAMELESS.match(nameless) and not (counted and nameless == "项目"):
        return _nameless(scene, sentence, quantity, nameless, tail)
    if nameless or (counted and scene.current is not None and scene.current.amount is None):
        return False
    return _from_clause_before(scene, sentence, quantity, tail)


def _over_output(sentence: Sentence, quantity: Quantity) -> str | None:
    """The whole clause when a yearly output stands in the name: 年产80万平方米板材生产线."""
    start = max(sentence.text.rfind(c, 0, quantity.start) + 1 for c in ",;(")
    clause = sentence.text[start : quantity.start]
    return clause if "年产" in clause and "的" not in clause else None


def _nameless(scene: Scene, sentence: Sentence, quantity: Quantity, name: str, tail: str) -> bool:
    if scene.project is not None and scene.project.amount is None:
        scene.project.amount = quantity
        scene.project.mark(sentence.base, quantity)
    elif name.startswith(("该", "此", "这")) and _from_clause_before(scene, sentence, quantity, tail):
        return True
    else:
        _begin(scene, sentence, quantity, scene.topic or name.removeprefix("该").removeprefix("此"), tail)
    return True


def _from_clause_before(scene: Scene, sentence: Sentence, quantity: Quantity, tail: str) -> bool:
    if scene.current is not None and scene.current.form == "project" and scene.current.amount is None:
        scene.current.amount = quantity
        scene.current.mark(sentence.base, quantity)
        return True
    before = sentence.clause_before(quantity.start)
    match = words.NAME_BEFORE_LABEL.search(before)
    name = project_name(match["name"]) if match else None
    if name and before and not re.search(r"包括|等$|包含|涉及", before):
        place = sentence.text.rfind(before, 0, quantity.start)
        draft = _begin(scene, sentence, quantity, name, tail)
        draft.marks.append(sentence.base + place + len(before) - 1)
        draft.place = place_of(before) or draft.place
        return True
    if OF_THIS.match(before.strip()) and not scene.topic:
        return _nameless(scene, sentence, quantity, "项目", tail)
    if scene.topic and not scene.is_occasion:
        _begin(scene, sentence, quantity, scene.topic, tail)
        return True
    return False


def _name_before(subject: str) -> str | None:
    match = words.NAME_BEFORE_LABEL.search(re.sub(r"^[^ ]{0,8} +", "", subject))
    return project_name(match["name"]) if match else None


def _behind(sentence: Sentence, quantity: Quantity) -> str:
    return re.split(r"[,;。]", sentence.text[quantity.end : quantity.end + REACH], maxsplit=1)[0]


def _name_behind(sentence: Sentence, quantity: Quantity) -> str | None:
    behind = _behind(sentence, quantity)
    behind = BUILT.sub("", behind, count=1) if BUILT.match(behind) else behind
    names = list(words.NAME_AFTER.finditer(behind[:50]))
    if not names:
        return None
    # The name ends where a stage or place of landing begins, or with the last noun of the kind.
    first = names[0]
    rest = behind[first.end() :]
    name = first["name"]
    if longer := re.match(
        r"(?:[\u4e00-\u9fff]{1,12}?)(?:项目|工程|基地)(?=$|[落开签动竣奠在于正日近、和及])", rest
    ):
        name += longer.group() if not words.STAGE.search(longer.group()) else ""
    return project_name(name)


def _begin(
    scene: Scene, sentence: Sentence, quantity: Quantity, name: str, tail: str, mark: str = ""
) -> Draft:
    stage = stage_of("", tail) or (stage_of("", sentence.clause_before(quantity.start)) if not mark else None)
    if stage is None and scene.parent is not None and sentence.text.lstrip(" 　").startswith("其中"):
        stage = scene.parent.stage
    draft = Draft("project", stage, name, amount=quantity)
    scene.begin(sentence, draft, quantity)
    if landed := re.search(r"(?:落户|落地|入驻|在)(?P<place>[\u4e00-\u9fff]{2,8})", tail):
        draft.place = place_of(landed["place"]) or draft.place
    draft.place = place_of(name) or draft.place
    scene.current = scene.project = draft
    return draft


def take_dated(scene: Scene, sentence: Sentence) -> None:
    """`X工程于2030年3月动工`: a project with a date of its own and no figure. Only dates with a year say anything."""
    if not any(time.year for time in sentence.times):
        return
    for match in DATED.finditer(sentence.text):
        time = next((t for t in sentence.times if t.start in range(match.end("name"), match.end())), None)
        name = project_name(match["name"])
        if (
            time is None
            or name is None
            or time.year is None
            or any(q.start < match.end() for q in sentence.quantities)
        ):
            continue
        scene.reach(sentence, time.end)
        draft = Draft("project", stage_of(match["stage"]), name)
        scene.begin(sentence, draft)
        draft.marks += [sentence.base + match.start("name"), sentence.base + match.end() - 1]
        draft.place = place_of(name)
        scene.current = scene.project = draft
        return


def take_last_date(scene: Scene, sentence: Sentence) -> None:
    """`一期投资6亿,2031年8月开工`: the date and stage behind a project's figures."""
    draft = scene.current
    if draft is None or draft.form != "project" or draft.stage is not None or not sentence.quantities:
        return
    for time in sentence.times:
        after = re.match(
            r"(?:底|初|正式|全面|已)*(?P<stage>开工|动工|开建|竣工|完工|建成|投产|投用)",
            sentence.text[time.end : time.end + 10],
        )
        expected = words.EXPECTED.search(sentence.text[max(0, time.start - 4) : time.start])
        if time.start > sentence.quantities[-1].end and after and not expected:
            draft.stage, draft.period = stage_of(after["stage"]), scene.calendar.period
            draft.marks.append(sentence.base + time.end + after.end() - 1)
            return
