"""The groups of projects that the story needs, each with its claims."""

from datetime import date, timedelta

from tools.demo_city import words
from tools.demo_city.story import (
    CEREMONY,
    CEREMONY_ON,
    FAIR,
    FAIR_ON,
    KEY_COMPLETED,
    KEY_STARTED,
    LANDED_STARTED,
    SIGNED,
    STARTS,
    STARTS_ON,
    City,
    Project,
)

SEPTEMBER = (date(2020, 9, 4), date(2020, 9, 28))
FRAMEWORK = "仅有框架协议，未签订正式合同"
LEVELLING = "仅完成场地平整，未进行基础施工"
DEPARTMENT_BRINGERS = ("商务局", "工信局", "发改委", "商务局", "农业农村局", "工信局", "商务局", "住建局", "财政局", "国资委")


def slots(table: tuple[tuple[int | None, int], ...]) -> list[int]:
    """One county number for each recognised project of a row of the story."""
    return [at for at, (_, done) in enumerate(table) for _ in range(done)]


def signed(city: City) -> None:
    """The two stages: 42 and 36 projects; 23 of them and 3 others are September's 26."""
    counted = slots(SIGNED)
    city.random.shuffle(counted)
    reasons_ceremony = ["counts"] * 15 + ["earlier"] * 14 + ["small"] * 6 + ["framework"] * 3 + ["flash"] * 2 + ["repeat", "october"]
    reasons_fair = ["counts"] * 8 + ["small"] * 12 + ["earlier"] * 6 + ["october"] * 5 + ["framework"] * 4 + ["repeat"]
    for event, reasons, money in ((CEREMONY, reasons_ceremony, 3_160_000), (FAIR, reasons_fair, 1_203_500)):
        small = [city.random.randrange(30, 95) * 100 for _ in range(reasons.count("small"))]
        large = words.shares(city.random, money - sum(small), len(reasons) - len(small), 12_000)
        city.random.shuffle(large)
        for reason in reasons:
            amount = small.pop() if reason == "small" else large.pop()
            unit = city.county(counted.pop()) if reason == "counts" else city.some_county()
            _signed_project(city, event, reason, amount, unit)
    for number in range(3):
        unit = city.county(counted.pop())
        project = city.project(unit=unit, registered=date(2020, 9, 8 + number), total=30_000 + 7_000 * number)
        project.contract, project.attracted = 26_000 + 5_000 * number, 25_000
        city.claim(project, "signed", date(2020, 9, 14 + 5 * number))
    count = {c.project for c in city.claims if c.on.strftime("%Y-%m") == "2020-09" and c.ends == "recognised"}
    brought = [p for p in city.projects if p.code in count and p.contract >= 10_000 and p.registered.year == 2020]
    for project, department in zip(brought[::2], DEPARTMENT_BRINGERS, strict=False):
        project.bringer = department


def _signed_project(city: City, event: str, reason: str, amount: int, unit: str) -> None:
    held = CEREMONY_ON if event == CEREMONY else FAIR_ON
    contract = amount if event == FAIR else -(-amount * city.random.choice((100, 104, 110)) // 100)
    if reason == "small":
        contract = min(contract, 9_900)
    registered = {"earlier": city.day(date(2020, 6, 20), date(2020, 7, 10)), "repeat": date(2019, 11, 5)}.get(
        reason, city.day(date(2020, 9, 3), date(2020, 9, 16))
    )
    project = city.project(unit=unit, registered=registered, total=max(contract, amount) * 21 // 20)
    project.contract, project.attracted, project.events = contract, amount if event == CEREMONY else amount * 9 // 10, [event]
    on = held if event == CEREMONY else min(held, date(2020, 9, 30))
    if reason == "earlier":
        city.claim(project, "signed", city.day(date(2020, 7, 12), date(2020, 8, 28)))
    elif reason == "framework":
        city.claim(project, "signed", on, ends="refused", reason=FRAMEWORK)
    elif reason == "flash":
        city.claim(project, "signed", on, ends="checked")
    elif reason == "repeat":
        city.claim(project, "signed", date(2019, 11, 20))
        city.claim(project, "signed", on)
    elif reason == "october":
        city.claim(project, "signed", city.day(date(2020, 10, 9), date(2020, 10, 15)), ends="checked")
    else:
        city.claim(project, "signed", city.day(*SEPTEMBER) if city.random.random() < 0.3 else on)


def started_and_completed(city: City) -> None:
    """The 113 of the joint start and completion, September's 38 starts, 11 landed and started, 23 completions."""
    landed, starts, completions = slots(LANDED_STARTED), slots(KEY_STARTED), slots(KEY_COMPLETED)
    money = 6_514_600
    large = words.shares(city.random, 1_260_000, 11, 52_000)
    rest = words.shares(city.random, money - sum(large), 102, 3_000)
    city.random.shuffle(rest)
    loose = landed.count(4)
    for number, at in enumerate(landed):
        # Two of 晨溪's four stand on no key list.
        key = not (at == 4 and number - landed.index(4) < 2)
        project = _building(city, city.county(at), large.pop(), [STARTS], key=key)
        contract_on = city.day(date(2020, 2, 10), date(2020, 6, 20))
        project.contract = project.attracted = project.total * 9 // 10
        city.claim(project, "signed", contract_on)
        city.claim(project, "landed", city.day(date(2020, 8, 10), date(2020, 9, 5)))
        city.claim(project, "started", city.day(date(2020, 9, 7), STARTS_ON))
        if key:
            starts.remove(at)
    assert loose == 4  # the split above relies on it
    city.random.shuffle(starts)
    inside, outside = starts[: 30 - 9], starts[30 - 9 :]
    for at in inside:
        _key_start(city, city.county(at), rest.pop(), [STARTS])
    for at in outside:
        _key_start(city, city.county(at), city.random.randrange(8, 90) * 1_000, [])
    city.random.shuffle(completions)
    for number, at in enumerate(completions):
        total = rest.pop() if number < 18 else city.random.randrange(8, 60) * 1_000
        _completion(city, city.county(at), total, [STARTS] if number < 18 else [], date(2020, 9, 5), date(2020, 9, 29))
    _others_at_the_event(city, rest)


def _building(city: City, unit: str, total: int, events: list[str], *, key: bool, works: bool = False) -> Project:
    project = city.project(unit=unit, registered=city.day(date(2019, 3, 1), date(2020, 1, 31)), total=total, works=works)
    project.events = list(events)
    if key:
        project.lists.append("key")
        if city.random.random() < 0.3:
            project.lists.append("province_500")
    return project


def _key_start(city: City, unit: str, total: int, events: list[str]) -> Project:
    works = city.random.random() < 0.45
    project = _building(city, unit, total, events, key=True, works=works)
    city.claim(project, "started", city.day(date(2020, 9, 3), STARTS_ON))
    return project


def _completion(city: City, unit: str, total: int, events: list[str], first: date, last: date, **more: object) -> Project:
    project = _building(city, unit, total, events, key=True, works=city.random.random() < 0.4)
    project.registered = city.day(date(2018, 5, 1), date(2018, 12, 20))
    city.claim(project, "started", city.day(date(2019, 2, 20), date(2019, 11, 20)))
    city.claim(project, "completed", city.day(first, last), **more)
    return project


def _others_at_the_event(city: City, rest: list[int]) -> None:
    """Sixty-three that stood on the list and do not count among September's starts and completions."""
    for _ in range(20):
        project = _building(city, city.some_county(), rest.pop(), [STARTS], key=False)
        city.claim(project, "started", city.day(date(2020, 9, 5), STARTS_ON))
    for _ in range(15):
        project = _building(city, city.some_county(), rest.pop(), [STARTS], key=True)
        city.claim(project, "started", city.day(date(2020, 7, 5), date(2020, 8, 28)))
    for _ in range(12):
        project = _building(city, city.some_county(), rest.pop(), [STARTS], key=False)
        project.registered = date(2018, 9, 10)
        city.claim(project, "started", city.day(date(2019, 2, 20), date(2019, 9, 20)))
        city.claim(project, "completed", city.day(date(2020, 9, 5), date(2020, 9, 25)))
    for _ in range(8):
        _completion(city, city.some_county(), rest.pop(), [STARTS], date(2020, 7, 1), date(2020, 8, 29))
    for _ in range(4):
        project = _building(city, city.some_county(), rest.pop(), [STARTS], key=True)
        city.claim(project, "started", city.day(date(2020, 9, 10), STARTS_ON), ends="refused", reason=LEVELLING)
    for _ in range(2):
        _completion(city, city.some_county(), rest.pop(), [STARTS], date(2020, 9, 20), date(2020, 9, 27), ends="checked")
    for _ in range(2):
        project = _building(city, city.some_county(), rest.pop(), [STARTS], key=True)
        city.claim(project, "started", city.day(date(2020, 10, 12), date(2020, 10, 15)), ends="reported")
    assert not rest


def background(city: City) -> None:
    """What had come before September, so that the year's figures and the life cycle have a past."""
    for number in range(120):
        first = city.day(date(2019, 1, 10), date(2020, 7, 20))
        works = number % 5 == 0
        total = city.random.choice((6_000, 9_500, 12_000, 18_000, 26_000, 35_000, 55_000, 80_000, 120_000))
        project = city.project(unit=city.some_county(), registered=first, total=total, works=works)
        if number % 3 == 0:
            project.lists.append("key")
        if not works:
            project.contract = project.attracted = total * 9 // 10
            first = min(first + timedelta(days=city.random.randrange(10, 60)), date(2020, 8, 28))
            city.claim(project, "signed", first)
        if number % 4 == 0:
            continue
        begun = first + timedelta(days=city.random.randrange(60, 200))
        if begun > date(2020, 8, 25):
            continue
        if not works:
            city.claim(project, "landed", begun - timedelta(days=20))
        city.claim(project, "started", begun)
        done = begun + timedelta(days=city.random.randrange(150, 420))
        if done <= date(2020, 8, 28):
            city.claim(project, "completed", done)
            made = done + timedelta(days=city.random.randrange(20, 70))
            if not works and made <= date(2020, 8, 28):
                city.claim(project, "in_production", made)
    october(city)


def october(city: City) -> None:
    """What was registered of late and what October has brought so far, checked and not recognised yet."""
    for number in range(22):
        project = city.project(
            unit=city.some_county(), registered=city.day(date(2020, 7, 1), date(2020, 9, 25)),
            total=city.random.randrange(5, 60) * 2_000,
        )
        if number < 9:
            project.contract = project.attracted = project.total
            city.claim(project, "signed", city.day(date(2020, 10, 10), date(2020, 10, 16)), ends="checked" if number < 6 else "reported")
    for number in range(14):
        project = _building(city, city.some_county(), city.random.randrange(8, 70) * 1_000, [], key=True, works=number % 2 == 0)
        if number < 8:
            city.claim(project, "started", city.day(date(2020, 10, 9), date(2020, 10, 16)), ends="checked" if number < 6 else "reported")
