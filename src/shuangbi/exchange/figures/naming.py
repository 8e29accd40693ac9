"""Names: what a number is a number of, which project, which occasion, which place."""

import re

from shuangbi.exchange.figures import words

JUNK_PLACE = re.compile(r"[\d的了是有为将等及个项目和许各型与并把使在仅除位自外创我本该]|全|引进")
BRACKET = re.compile(r"\([^()]{0,40}(?:\)|$)")
DAY = re.compile(r"^.{0,8}?\d{1,2}月\d{1,2}日(?:上午|下午|晚)?|^(?:本|上|下|当)[月周年]|^.{0,3}日[,上下午]*")
HEADING = re.compile(r"【[^】]{0,30}】?|^[^】]{0,30}】")


def stage_of(lead: str, tail: str = "") -> str | None:
    """The stage nearest before a number, else the first behind it; None when not said."""
    before = list(words.STAGE.finditer(lead))
    found = before[-1] if before else words.STAGE.search(tail)
    if found is None:
        return None
    return "other" if found.lastgroup == "mixed" else found.lastgroup


def money_subject(text: str) -> str | None:
    """到位资金, 实际利用外资, 累计完成投资: for money the verb is part of the name."""
    return subject_of(text, words.MONEY_SUBJECT_LEAD, words.MONEY_SUBJECT_TAIL)


def subject_of(
    text: str, lead: re.Pattern[str] = words.SUBJECT_LEAD, tail: re.Pattern[str] = words.SUBJECT_TAIL
) -> str | None:
    """The words of a lead without place, time, task words and fillers."""
    text = BRACKET.sub("", HEADING.sub("", text.replace(" ", "")))
    if ":" in text and tail.sub("", lead.sub("", text.rpartition(":")[2])):
        text = text.rpartition(":")[2]
    for _ in range(3):
        before = text
        text = lead.sub("", text)
        place = words.PLACE.match(text)
        if place and not words.NOT_PLACE.search(place["name"]) and place.end() < len(text):
            text = text[place.end() :]
        if text == before:
            break
    text = tail.sub("", text).strip(" ,、:;()-")
    if text.count("“") != text.count("”"):
        text = text.strip("“”")
    return text or None


def project_name(text: str) -> str | None:
    """A name that says which project: 该项目 and 重点工业项目 do not."""
    name = words.NAME_LEAD.sub("", text.replace(" ", "")).strip(' ,、:;-"“”')
    name = re.sub(r"(项目|工程|基地)是.*$", r"\1", name)
    name = re.split(r"等(?=在谈|重大|一批|重点|\d|项目)", name)[0]
    name = re.sub(r"^.*?(?:投资(?:建设|打造|兴建)?的|建设的|实施的|打造的|[、,])(?=.{2})", "", name)
    name = words.NAME_LEAD.sub("", name)
    if len(name) < 2 or words.NAMELESS.match(name):
        return None
    return name if len(words.GENERIC_NAME.sub("", name)) >= 1 else None


def occasion_name(text: str) -> str | None:
    """The ceremony, fair or campaign a sentence names."""
    found = None
    for end in words.OCCASION_END.finditer(text):
        found = end
    if found is None:
        return None
    before = words.OCCASION_WORDS.search(text[max(0, found.start() - 40) : found.start()])
    name = (before.group() if before else "") + found.group()
    name = DAY.sub("", name)
    name = re.split(r"举行|召开|举办|开展|参加|在|当[天日]的?", name)[-1]
    named = subject_of(name)
    return named if named not in ("大会", "仪式", "活动") else None


def place_of(text: str) -> str | None:
    """The first place a stretch of text names: a province, city, county, district, town or zone."""
    for clause in re.split(r"[,;:。()、]| {2,}", text):
        piece = re.split(r"落户|落地|入驻|位于|(?<=[^现存])在", clause)[-1] if not _place(clause) else clause
        if found := _place(piece):
            return found
    return None


def _place(text: str) -> str | None:
    stripped = words.PLACE_LEAD.sub("", text.strip())
    match = words.PLACE.match(stripped)
    if match is None or words.NOT_PLACE.search(match["name"]) or JUNK_PLACE.search(match["name"]):
        return None
    return match["name"]
