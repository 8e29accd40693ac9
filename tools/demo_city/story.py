"""The story of the demo city: who stands at which event, who counts in September 2020 and who does not, and why.

City totals are the published ones (15→26, 6→11, 18→38, 8→23; 113 / 651.46亿, 42 / 316亿, 36 / over 120亿); the split
over units and every name is invented.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from pypinyin import lazy_pinyin
from tools.demo_city import words

# Per county, in the order of words.COUNTIES: September's task (None: no such duty) and what is recognised.
SIGNED = ((2, 5), (2, 3), (2, 2), (1, 2), (3, 6), (2, 3), (1, 2), (1, 0), (1, 2), (None, 1))
LANDED_STARTED = ((1, 2), (1, 1), (1, 0), (None, 1), (1, 4), (1, 1), (None, 1), (None, 0), (1, 1), (None, 0))
KEY_STARTED = ((2, 5), (2, 4), (2, 3), (2, 4), (3, 8), (2, 4), (1, 3), (1, 1), (2, 4), (1, 2))
KEY_COMPLETED = ((1, 3), (1, 2), (1, 2), (1, 3), (1, 5), (1, 2), (None, 1), (1, 1), (1, 3), (None, 1))

COUNTY_OF = {code: name for code, name, _ in words.COUNTIES}
CEREMONY, FAIR, STARTS = "第三季度重大招商项目集中签约", "示例市陶瓷产业博览会签约", "产业项目建设年第四次集中开竣工"
CEREMONY_ON, FAIR_ON, STARTS_ON = date(2020, 9, 22), date(2020, 9, 28), date(2020, 9, 25)
OPENING = date(2020, 9, 2)


@dataclass
class Claim:
    """A claim to be made: what, for which day, reported when, and how its review ends."""

    project: str
    unit: str
    kind: str
    on: date
    reported: date
    ends: str = "recognised"  # recognised | checked | refused | reported | returned
    reason: str = ""
    amount: str = ""
    title: str = ""
    batch: str = ""
    due: date | None = None


@dataclass
class Project:
    """A project to be registered."""

    code: str
    name: str
    name_en: str
    unit: str
    registered: date
    industry: str
    investor: str
    investor_code: str
    total: int
    contract: int = 0
    attracted: int = 0
    plan: int = 0
    bringer: str = ""
    park: str = ""
    site: str = ""
    lists: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    summary: str = ""


class City:
    """Collects projects and claims while the story is told."""

    def __init__(self) -> None:
        self.random = Random(2020)
        self.projects: list[Project] = []
        self.claims: list[Claim] = []
        self._names: set[str] = set()
        self._firm = 0

    def county(self, at: int) -> str:
        return words.COUNTIES[at][1]

    def some_county(self) -> str:
        return self.random.choices(
            [name for _, name, _ in words.COUNTIES], weights=[12, 11, 10, 9, 16, 10, 8, 7, 9, 6]
        )[0]

    def project(self, *, unit: str, registered: date, total: int, works: bool = False, **more: object) -> Project:
        """A new project with an unused name; amounts in 万元."""
        kinds = words.WORKS if works else words.PRODUCTS
        while True:
            brand = self.random.choice(words.BRANDS)
            what, english, industry, tags = self.random.choice(kinds)
            name = f"{unit.removesuffix('高新区').removesuffix('区').removesuffix('县')}{brand}{what}项目" if works else f"{brand}{what}项目"
            if name not in self._names:
                break
        self._names.add(name)
        self._firm += 1
        investor = f"{unit}建设投资有限公司" if works else f"{brand}（示例）{'实业' if self._firm % 2 else '科技'}有限公司"
        parks = [park for _, park, code, _ in words.PARKS if COUNTY_OF[code] == unit]
        place = self.random.choice(["东片区", "西片区", "南片区", "北片区", "滨江片区"])
        made = Project(
            code=f"SL{registered.year}-{len(self.projects) + 1:04d}", name=name,
            name_en=f"{brand_pinyin(brand)} {english}", unit=unit, registered=registered, industry=industry,
            investor=investor, investor_code="" if works else words.credit_code(self._firm), total=total,
            plan=max(total // self.random.choice((2, 3, 4)), 500), park=parks[0] if parks and not works and self.random.random() < 0.6 else "",
            site=f"{unit}{place}", tags=[tag for tag in tags if self.random.random() < 0.85], **more,  # type: ignore[arg-type]
        )
        made.summary = f"总投资{total / 10000:g}亿元，建设{what}及配套设施。" if total >= 10000 else f"总投资{total}万元，建设{what}。"
        self.projects.append(made)
        return made

    def claim(self, project: Project, kind: str, on: date, reported: date | None = None, **more: object) -> Claim:
        """A claim by the project's county; reported two days later unless said otherwise, never before the system opened."""
        day = max(reported or on + timedelta(days=2), OPENING + timedelta(days=1))
        made = Claim(project.code, project.unit, kind, on, day, **more)  # type: ignore[arg-type]
        self.claims.append(made)
        return made

    def day(self, first: date, last: date) -> date:
        """Some day of a span."""
        return first + timedelta(days=self.random.randrange((last - first).days + 1))


def brand_pinyin(brand: str) -> str:
    """The brand in Latin letters."""
    return "".join(lazy_pinyin(brand)).capitalize()
