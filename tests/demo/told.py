"""Builds the demo city in a home of its own and prints what it says, before and after one counted claim is refused."""

import hashlib
import json
import os
import sys
from pathlib import Path

HOME = Path(sys.argv[1])
os.environ |= {"SHUANGBI_HOME": str(HOME), "DJANGO_SETTINGS_MODULE": "shuangbi.settings"}
os.environ.pop("SHUANGBI_DATABASE_URL", None)
os.environ.pop("SHUANGBI_TESTING", None)
HOME.mkdir(parents=True)
(HOME / "DEMO").write_text("october\n")

import django  # noqa: E402

django.setup()

from demo.city import build  # noqa: E402

from shuangbi.bulletins.models import Issue  # noqa: E402
from shuangbi.bulletins.queries import rendered_anew, stored_bytes  # noqa: E402
from shuangbi.claims.actions import refuse_claim  # noqa: E402
from shuangbi.claims.models import Claim  # noqa: E402
from shuangbi.competitions.counting import catch_up  # noqa: E402
from shuangbi.competitions.models import Competition  # noqa: E402
from shuangbi.competitions.scoring import score  # noqa: E402
from shuangbi.foundation import clock  # noqa: E402
from shuangbi.ledger.verify import verify  # noqa: E402
from shuangbi.organisations.access import access_of  # noqa: E402
from shuangbi.organisations.queries import person_by_username  # noqa: E402
from shuangbi.projects.models import Event  # noqa: E402
from shuangbi.projects.queries import event_totals  # noqa: E402
from shuangbi.standings.queries import standing_as_json  # noqa: E402

ISSUES = ("2020-weekly-1", "2020-weekly-2", "2020-monthly-9")


def city(as_of: str | None = None) -> dict[str, list[int]]:
    """Target and actual of the four indicators."""
    return {
        row["indicator"]: [row["target"], row["actual"]] for row in standing_as_json(round_name="2020-09", as_of=as_of)["city"]
    }


def bulletins() -> dict[str, list[object]]:
    """The digest of each issued PDF, and whether it comes out the same again."""
    found: dict[str, list[object]] = {}
    for name in ISSUES:
        issue = Issue.objects.get(name=name)
        _content, equal, same_stamp = rendered_anew(issue, "pdf", "internal")
        found[name] = [hashlib.sha256(stored_bytes(issue, "pdf", "internal")).hexdigest(), equal, same_stamp]
    return found


def sheets() -> list[str]:
    """Every line of every sheet that is not the sum of the lines below it."""
    scored = score(competition=Competition.objects.get(), round_name="2020-09")
    return [
        f"{sheet.name}: {line.title}"
        for group in scored.sheet.groups for sheet in group.sheets for _depth, line in sheet.total.walk()
        if line.kind == "total" and line.total != sum(below.points for below in line.lines)
    ]


build(HOME)
competition = Competition.objects.get()
flash = score(competition=competition, round_name="2020-09", level=1)
said: dict[str, object] = {
    "today": clock.today().isoformat(),
    "published": city(),
    "as_known_on_12_october": city("2020-10-12"),
    "flash": {row.indicator: int(row.actual) for row in flash.sheet.progress if row.participant == "city"},
    "ranks": {g.group: [(s.name, s.rank) for s in g.sheets] for g in flash.sheet.groups},
    "events": {
        event.title: [event.announced_count, event.announced_amount, event.qualifier, totals.count, totals.moneys[event.money]]
        for event in Event.objects.order_by("held_on") for totals in [event_totals(event)]
    },
    "bulletins": bulletins(),
    "not_adding_up": sheets(),
}
counted = Claim.objects.filter(
    kind="signed", state="recognised", effective_on__range=("2020-09-01", "2020-09-30"),
    project__contract_amount__gte=10**10, project__registered_on__year=2020,
).order_by("seq").first()
assert counted is not None
office = person_by_username("office")
assert office is not None
refuse_claim(claim=counted.id, by=access_of(office), reason="复核发现合同未生效", key="told:refuse")
catch_up()
said |= {
    "published_after": city(), "known_now_after": city("now"), "bulletins_after": bulletins(),
    "chain": verify()["ok"],
}
print(json.dumps(said, ensure_ascii=False))
