"""Time expressions, and the interval a text itself fixes: the specification's rule "Period"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from shuangbi.exchange.figures.numerals import chinese_integer

YEAR = (
    r"(?:(?P<year>(?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2})年度?(?![产均销])"
    r"|(?P<fair>(?:19|20)\d\d)(?=[\u4e00-\u9fff(][^,。;\d]{2,24}(?:会|节|论坛|洽谈周)))"
)
RELATIVE = r"(?P<relative>今年|去年|明年|前年|后年|上年|当年|本年度?|本月|上月[初底末]?|下月[初底末]?|当月|本周|上周|下周|近[日期]|日前|昨[日天]|今[日天]|明[日天]|当[日天])"
ONE_DAY = frozenset(("近日", "近期", "日前", "昨日", "昨天", "今日", "今天", "明日", "明天", "当日", "当天"))
DAY = r"(?:\d{1,2}月)?\d{1,2}日(?:(?:至|到|-|、)(?:\d{1,2}月)?\d{1,2}日)?"
MONTHS = r"\d{1,2}月?(?:份)?(?:至|到|-)\d{1,2}月份?"
FIRST_MONTHS = r"前(?:\d{1,2}|[一二三四五六七八九十]{1,2})个?月"
QUARTER = r"(?:第?[一二三四1-4]季度|首季度?)"
FIRST_QUARTERS = r"前[二两三2-3]个?季度"
MONTH = r"\d{1,2}月(?:份|[初中末底]|[上中下]旬)?(?:当月)?"
HALF = r"(?:上|下)半年"
BODY = f"(?P<day>{DAY})|(?P<months>{MONTHS})|(?P<first>{FIRST_MONTHS})|(?P<quarters>{FIRST_QUARTERS})|(?P<quarter>{QUARTER})|(?P<half>{HALF})|(?P<month>{MONTH})|(?P<whole>全年)"
OPEN = r"(?P<open>年初以来|近[年来]{1,2}|近[一二三四五两\d]年来?|目前|当前|至今|迄今|多年来|[\"“]?十[一二三四]五[\"”]?(?:期间|以来|末))"
TIME = re.compile(
    rf"(?=[\d截至今去明前后上当本下近日昨首第全一二三四年目迄多十\"“])(?:(?:截[至止]到?)?{OPEN}"
    rf"|(?:(?P<asof>截[至止]到?|至(?=[^,。]{{0,8}}[底末止])))?(?:{RELATIVE})?(?:{YEAR})?(?:{BODY})?"
    r"(?P<since>以来|年?初以来)?)"
)
MONTH_DAY = re.compile(r"(?:(\d{1,2})月)?(\d{1,2})日")
NUMBERS = re.compile(r"\d{1,2}|[一二三四五六七八九十两首]{1,2}")


@dataclass(frozen=True, slots=True)
class Time:
    """One time expression: where it stands and what it names."""

    start: int
    end: int
    year: int | None
    first: date | None
    """Without year the year 4 stands in (a leap year); `interval` never shows it."""
    last: date | None
    as_of: bool
    since: bool
    relative: bool
    is_day: bool
    is_open: bool


def times(text: str) -> list[Time]:
    """Every time expression of one sentence, in order."""
    return [
        _time(match) for match in TIME.finditer(text) if match.end() > match.start() and _is_time(match, text)
    ]


def _is_time(match: re.Match[str], text: str) -> bool:
    before = text[match.start() - 1 : match.start()]
    if before.isdecimal() or before == "." or (before == "第" and match["quarter"]):
        return False
    told = (
        match["open"],
        match["relative"],
        match["year"],
        match["fair"],
        match["since"],
        match.lastgroup not in (None, "asof"),
    )
    return any(told)


def _time(match: re.Match[str]) -> Time:
    year = _year(match["year"] or match["fair"])
    first, last = _range(match, year or 4)
    return Time(
        match.start(),
        match.end(),
        year,
        first,
        last,
        as_of=bool(match["asof"]),
        since=bool(match["since"]),
        relative=bool(match["relative"]),
        is_day=bool(match["day"]) or match.group() in ONE_DAY,
        is_open=bool(match["open"]),
    )


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text[0].isdecimal() else chinese_integer(text.replace("○", "〇"))


def _range(match: re.Match[str], year: int) -> tuple[date | None, date | None]:
    """First and last day, None for what is no date (month 13) or names no part of a year."""
    if match["day"]:
        return _days(match["day"], year)
    numbers = [_small(n) for n in NUMBERS.findall(match["months"] or match["first"] or match["month"] or "")]
    if match["months"]:
        return _month_range(year, numbers[0], numbers[-1])
    if match["first"]:
        return _month_range(year, 1, numbers[0])
    if match["month"]:
        return _month_range(year, numbers[0], numbers[0])
    if match["quarters"]:
        count = _small(match["quarters"][1])
        return _month_range(year, 1, 3 * count)
    if match["quarter"]:
        which = 1 if "首" in match["quarter"] else _small(match["quarter"].replace("第", "")[0])
        return _month_range(year, 3 * which - 2, 3 * which)
    if match["half"]:
        return _month_range(year, 1, 6) if match["half"][0] == "上" else _month_range(year, 7, 12)
    if match["whole"] or ((match["year"] or match["fair"]) and not match["since"]):
        return _month_range(year, 1, 12)
    return None, None


def _days(text: str, year: int) -> tuple[date | None, date | None]:
    days = [(month and int(month), int(day)) for month, day in MONTH_DAY.findall(text)]
    month, first_day = days[0]
    last_month, last_day = days[-1]
    try:
        return date(year, int(month or 0), first_day), date(year, int(last_month or month or 0), last_day)
    except ValueError:
        return None, None


def _month_range(year: int, first: int, last: int) -> tuple[date | None, date | None]:
    if not 1 <= first <= last <= 12:
        return None, None
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _small(text: str) -> int:
    return int(text) if text[0].isdecimal() else chinese_integer(text)


@dataclass(slots=True)
class Calendar:
    """What of the time is settled so far in a paragraph: `2020年…截至3月底` runs from January 1."""

    year: int | None = None
    year_is_start: bool = False
    period: str | None = None
    is_day: bool = False
    is_cumulative: bool = False
    has_day: bool = False
    """A full date stands in this sentence; the quarter in a ceremony's name does not replace it."""

    def new_sentence(self) -> None:
        self.is_cumulative = self.has_day = False

    def see(self, time: Time) -> None:
        """Take in the next expression, in the order of the text."""
        if self.has_day and not (time.is_day or time.year or time.relative or time.as_of or time.is_open):
            return
        year = time.year or (None if time.relative or time.is_open else self.year)
        self.period = self._period(time, year)
        if time.relative or time.is_open:
            self.year, self.year_is_start = time.year, bool(time.year)
        elif time.year:
            self.year_is_start = (
                (self.year_is_start and self.year == time.year) or time.since or not time.as_of
            )
            self.year = time.year
        self.is_day = time.is_day
        self.has_day = self.has_day or (time.is_day and self.period is not None)
        self.is_cumulative = self.is_cumulative or not time.is_day

    def _period(self, time: Time, year: int | None) -> str | None:
        if year is None or time.last is None or time.first is None or time.since:
            return None
        try:
            first, last = time.first.replace(year=year), time.last.replace(year=year)
        except ValueError:
            return None
        if time.as_of:
            starts = self.year == year and self.year_is_start
            return f"{year:04}-01-01/{last.isoformat()}" if starts else None
        return f"{first.isoformat()}/{last.isoformat()}"
