"""Who works in the demo city, and which roles they hold."""

from collections.abc import Callable
from random import Random

from tools.demo_city import words

OWNERS = {
    "商务局": ("signed", "landed", "landed_started"),
    "发改委": ("started", "completed", "in_production", "invested", "landed_started"),
    "财政局": ("bond_drawn", "funds_in_place", "bond_available"),
    "自然资源局": ("land_reserved",),
    "督查室": ("problem_solved",),
    "统计局": ("fixed_investment_growth", "industrial_investment_growth"),
    "国资委": ("operating_result", "operating_plan", "management_efficiency", "risk_events", "debts_overdue"),
}


def write_people(write: Callable[..., None]) -> None:
    """people and grants: a reporter and a lead for every participant, owners of indicators, the office, the leader."""
    random = Random(7)
    used: set[str] = set()
    people: list[tuple[str, str, str, str, str]] = []
    grants: list[tuple[str, str, str, str]] = []

    def person(username: str, unit: str, post: str) -> str:
        while True:
            surname, at = random.choice(words.SURNAMES), random.randrange(len(words.GIVEN))
            name = surname + words.GIVEN[at]
            if name not in used:
                break
        used.add(name)
        people.append((username, name, unit, post, f"{words.PINYIN[surname]} {words.GIVEN_PINYIN[at]}"))
        return username

    def grant(username: str, role: str, unit: str, indicator: str = "") -> None:
        grants.append((username, role, unit, indicator))

    for short, prefix in _participants():
        grant(person(f"{prefix}-reporter", short, "填报员"), "reporter", short)
        grant(person(f"{prefix}-lead", short, "负责人"), "unit_lead", short)
    for short, indicators in OWNERS.items():
        owner = person(f"owner-{dict(_participants())[short]}", short, "指标负责人")
        for indicator in indicators:
            grant(owner, "indicator_owner", "示例市", indicator)
    for number in (1, 2):
        grant(person(f"clerk{number}", "示例市", "竞赛办工作人员"), "office_clerk", "示例市")
    grant(person("office", "示例市", "竞赛办主任"), "office_lead", "示例市")
    for number in (1, 2, 3):
        grant(person(f"inspector{number}", "示例市", f"第{number}考核组组长"), "inspector", "示例市")
    grant(person("leader", "示例市", "市领导"), "leader", "示例市")
    grant(person("reader", "示例市", "监督人员"), "supervisory_reader", "示例市")
    write("02-people", ("登录名", "姓名", "单位", "职务", "英文姓名"), people)
    write("02-grants", ("登录名", "角色", "单位", "指标"), grants)


def _participants() -> list[tuple[str, str]]:
    english = [(n, e.split()[0].lower()) for _, n, e in words.COUNTIES]
    departments = [(s, e.split()[0].lower()) for _, _, s, e in words.DEPARTMENTS]
    companies = [(s, e.split()[0].lower() + "-group") for _, _, s, e in words.COMPANIES]
    return english + departments + companies
