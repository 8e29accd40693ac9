"""What `python3 run.py screenshots` does: every address that shows a page, opened by somebody who may, in a copy of the demo.

    python3 run.py screenshots [--only project] [--sizes 1366] [--languages zh] [--again] [--list]

Pictures already taken are kept until --again; findings.json and the contact sheet always show all there are.
"""

import argparse
import itertools
import logging
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from demo.build import PASSWORD, is_built  # noqa: E402
from tests.architecture.routes import Route, routes  # noqa: E402
from tools.screenshot_city import best_project, copy_demo, furnish  # noqa: E402
from tools.screenshots import LANGUAGES, SIZES, Seen, Wanted, browser_path, read_seen, take  # noqa: E402

DEMO = ROOT / "var" / "demo"
OUT = ROOT / "var" / "screenshots"
# One person of the demo a role, in the order in which they are asked whether a page opens for them.
PEOPLE = {
    "office_clerk": "clerk1", "office_lead": "office", "unit_lead": "yundu-lead", "reporter": "yundu-reporter",
    "indicator_owner": "owner-commerce", "leader": "leader", "supervisory_reader": "reader", "inspector": "inspector1",
    "system_admin": "system", "security_admin": "security", "security_auditor": "auditor",
}
# Pages that differ by role, and the roles besides the first.
BY_ROLE = {
    "cockpit:home": tuple(PEOPLE),
    "cockpit:dashboard": ("leader", "unit_lead", "indicator_owner"),
    "cockpit:standing-detail": ("leader", "reporter"),
    "claims:claim-queue": ("indicator_owner", "unit_lead", "reporter"),
    "projects:project-detail": ("reporter", "leader"),
    "exchange:import-list": ("reporter",),
    "organisations:person-list": ("system_admin", "unit_lead"),
    "organisations:unit-list": ("system_admin",),
}
# Addresses whose every value is a page of its own.
EACH = {"what", "item", "kind"}
MACHINES = {"foundation:health"}  # answers that are no pages
MOST_TRIES = 300


def values_of(param: str, route: str) -> list[object]:
    """What may stand in an address for a name of its pattern, the most telling first."""
    from shuangbi.bulletins.models import Issue
    from shuangbi.claims.models import Claim, Evidence
    from shuangbi.competitions.models import Competition, SchemeFile
    from shuangbi.exchange.importers import IMPORTERS
    from shuangbi.exchange.models import Attempt
    from shuangbi.organisations.models import Grant, Person, Unit
    from shuangbi.projects.models import Assignment, Event, Milestone, Project, Tagging
    from shuangbi.projects.views.promises import PROMISES

    def ids(model: Any, *order: str, **only: Any) -> Callable[[], Iterable[object]]:
        return lambda: model.objects.filter(**only).order_by(*order, "id").values_list("id", flat=True)[:40]

    own = Project.objects.filter(unit_id=unit_of_lead())
    found: dict[str, Callable[[], Iterable[object]]] = {
        "slug": lambda: Competition.objects.values_list("slug", flat=True),
        "name": lambda: ("2020-09", "2020-10"),
        "item": items,
        "kind": lambda: IMPORTERS,
        "what": lambda: PROMISES,
        "audience": lambda: ("internal",),
        "form": lambda: ("html",),
        "unit_id": one_of_each_group if route.startswith("cockpit") else ids(Unit, "position", kind="county"),
        "person_id": ids(Person, "username"),
        "grant_id": ids(Grant, "starts_on"),
        "project_id": lambda: [one.id for one in (best_project(own), best_project(Project.objects.all())) if one],
        "event_id": ids(Event, "held_on"),
        "milestone_id": ids(Milestone, "planned_on", actual_on=None),
        "tagging_id": ids(Tagging, "starts_on"),
        "assignment_id": ids(Assignment),
        "claim_id": ids(Claim, "-seq", state__in=["reported", "checked", "returned"]),
        "evidence_id": ids(Evidence),
        "file_id": ids(SchemeFile),
        "issue_id": ids(Issue, "-dated_on"),
        "attempt_id": ids(Attempt, "-made_at"),
    }
    return list(found[param]())


def choices_of(params: list[str], route: str) -> list[dict[str, object]]:
    """What may stand together in an address: a thing and what it belongs to, else every combination."""
    from shuangbi.projects.models import EventProject, Tagging

    belonging = {"tagging_id": (Tagging.objects.filter(ends_on=None), "id"), "event_id": (EventProject.objects.all(), "event_id")}
    for param, (rows, field) in belonging.items():
        if set(params) == {"project_id", param}:
            pairs = rows.order_by("id").values_list("project_id", field)[:30]
            return [{"project_id": project, param: thing} for project, thing in pairs]
    return [dict(zip(params, chosen, strict=True)) for chosen in itertools.product(*(values_of(p, route) for p in params))]


def one_of_each_group() -> list[object]:
    """A participant of every peer group; among the counties the one whose people are asked."""
    from shuangbi.competitions.models import Participant

    last = Participant.objects.order_by("-unit__code", "seq").exclude(group="").values_list("group", "unit_id")
    own = unit_of_lead()
    return list(dict(sorted(last, key=lambda one: one[1] == own)).values())


def unit_of_lead() -> object:
    """The unit of the reporter and the lead in PEOPLE."""
    from shuangbi.organisations.models import Person

    return Person.objects.get(username=PEOPLE["unit_lead"]).unit_id


def items() -> list[str]:
    """The items of the frozen scheme, group by group, each once."""
    from shuangbi.competitions.models import SchemeFile
    from shuangbi_engine.scheme_file import parse_scheme

    scheme = parse_scheme(SchemeFile.objects.exclude(frozen_at=None).latest("frozen_at").text)
    return list(dict.fromkeys(item.name for group in scheme.groups.values() for item in group.items))


class Asker:
    """Asks the site, in this process, which addresses open for whom. GETs write nothing."""

    def __init__(self) -> None:
        from django.test import Client

        from shuangbi.organisations.models import Person

        self.clients = {}
        for role, username in PEOPLE.items():
            client = Client(raise_request_exception=False)
            client.force_login(Person.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
            self.clients[role] = client

    def opens(self, role: str, path: str) -> bool:
        """Whether a page, not a file, is shown."""
        answer = self.clients[role].get(path)
        kind = answer.headers.get("Content-Type", "")
        return bool(answer.status_code == 200 and kind.startswith("text/html") and "attachment" not in answer.headers.get("Content-Disposition", ""))


def pages() -> list[Wanted]:
    """Every page, under the name of its view; a page that differs by role or by object comes several times."""
    asker = Asker()
    wanted = [Wanted("log_in", "/log-in/"), *more_pages(asker)]
    for route in routes():
        if "GET" in route.methods and route.name not in MACHINES and route.view_name != "log_in":
            wanted += pages_of(route, asker)
    names = [one.name for one in wanted]
    assert len(names) == len(set(names)), f"two pages of one name: {sorted(names)}"
    return wanted


def pages_of(route: Route, asker: Asker) -> Iterator[Wanted]:
    """The pages of one address: one, or one a role, or one a value."""
    from django.urls import reverse

    allowed = route.who or frozenset()
    roles = [role for role in PEOPLE if role in allowed or allowed & {"*", "person"}]
    each = [param for param in route.params if param in EACH]
    for fixed in itertools.product(*(values_of(param, route.name) for param in each)):
        given = dict(zip(each, fixed, strict=True))
        others = [param for param in route.params if param not in each]
        choices = choices_of(others, route.name)
        name = "-".join([route.view_name, *map(str, fixed)])
        tried = itertools.islice(itertools.product(choices, roles), MOST_TRIES)
        paths = ((role, reverse(route.name, kwargs={**given, **choice})) for choice, role in tried)
        first = next(((role, path) for role, path in paths if asker.opens(role, path)), None)
        if first is None:
            continue
        yield _wanted(name, first[1], first[0])
        for role in BY_ROLE.get(route.name, ()):
            if role != first[0] and asker.opens(role, first[1]):
                yield _wanted(f"{name}-{role}", first[1], role)


def more_pages(asker: Asker) -> Iterator[Wanted]:
    """States that no walk over the addresses finds: empty lists, other rounds, every state of a claim, refusals."""
    from django.urls import reverse

    from shuangbi.bulletins.models import Issue
    from shuangbi.claims.models import Claim
    from shuangbi.competitions.models import Competition
    from shuangbi.exchange.models import Attempt

    slug = Competition.objects.values_list("slug", flat=True)[0]
    asked = [
        ("project_list-empty", "/projects/?q=没有这样的项目", "office_clerk"),
        ("project_list-page-2", "/projects/?page=2&sort=-total_investment", "leader"),
        ("claim_list-filtered", "/claims/?state=refused", "office_clerk"),
        ("standing_detail-open", reverse("cockpit:standing-detail", args=[slug, "2020-10"]), "office_clerk"),
        ("standing_detail-now", reverse("cockpit:standing-detail", args=[slug, "2020-09"]) + "?as_of=now", "office_clerk"),
        ("error_404", "/projects/00000000-0000-0000-0000-000000000000/", "office_clerk"),
        ("error_403", "/audit/", "office_clerk"),
    ]
    asked += [
        (f"claim_detail-{state}", reverse("claims:claim-detail", args=[id_]), "office_clerk")
        for state, id_ in dict(Claim.objects.order_by("evidence", "seq").values_list("state", "id")).items()
    ]
    asked += [
        (f"claim_new-{kind}", f"{reverse('claims:claim-new')}?kind={kind}", "unit_lead")
        for kind in ("signed", "invested", "bond_drawn", "land_reserved", "problem_solved")
    ]
    asked += [
        (f"issue_detail-{issue.name}", reverse("bulletins:issue-detail", args=[issue.id]), "office_clerk")
        for issue in Issue.objects.filter(name__in=["2020-weekly-2", "2020-monthly-9"])
    ]
    asked += [
        (f"sheet_detail-{number}", reverse("cockpit:sheet-detail", args=[slug, "2020-09", unit]), "leader")
        for number, unit in enumerate(one_of_each_group(), 1)
    ]
    asked += [
        (f"import_detail-{attempt.kind}", reverse("exchange:import-detail", args=[attempt.id]), "office_clerk")
        for attempt in Attempt.objects.filter(person__username=PEOPLE["office_clerk"])
    ]
    for name, path, role in asked:
        if name.startswith("error_") or asker.opens(role, path):
            yield _wanted(name, path, role)


def _wanted(name: str, path: str, role: str) -> Wanted:
    return Wanted(name, path, (PEOPLE[role], PASSWORD))


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The site on a free port, until it answers; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "SHUANGBI_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "shuangbi.wsgi:application",
    ]
    site = subprocess.Popen(command, env={**environment, "DJANGO_SETTINGS_MODULE": "shuangbi.settings"})
    address = f"http://127.0.0.1:{port}"
    try:
        for _try in range(300):
            try:
                with urllib.request.urlopen(f"{address}/health/", timeout=5):  # noqa: S310 - our own address
                    break
            except (urllib.error.URLError, OSError):
                if site.poll() is not None:
                    raise SystemExit("The site did not start.") from None
                time.sleep(0.1)
        yield address
    finally:
        site.terminate()
        site.wait()


def bring_up(home: Path) -> None:
    """Django on the copy, drawing as it does when served."""
    os.environ["SHUANGBI_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "shuangbi.settings"
    os.environ.pop("SHUANGBI_DATABASE_URL", None)
    import django

    django.setup()
    # Most addresses are asked of people whom they refuse.
    logging.getLogger("django.request").setLevel(logging.ERROR)


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py screenshots", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--again", action="store_true", help="take pictures again that were taken before")
    parser.add_argument("--list", action="store_true", help="only name the pages")
    parser.add_argument("--demo", type=Path, default=DEMO)
    parser.add_argument("--out", type=Path, default=OUT)
    return parser


def report(seen: Iterable[Seen], out: Path) -> int:
    """Print what was found; 1 where anything was."""
    every = list(seen)
    faulty = [one for one in every if one.findings]
    for one in faulty:
        for text in one.findings:
            print(f"{one.name} {one.language} {one.size}: {text}")
    print(f"{len(every)} pictures, {len(faulty)} with findings: {out / 'index.html'}")
    return 1 if faulty else 0


def main() -> int:
    """Copy the demo, find the pages, take the pictures, say what is wrong in them."""
    asked = options().parse_args()
    if browser_path() is None and not asked.list:
        raise SystemExit("No Chromium was found. On Debian: apt-get install chromium")
    if not is_built(asked.demo):
        raise SystemExit("There is no demo yet: python3 run.py demo --no-serve")
    home = asked.out / "demo"
    copy_demo(asked.demo, home)
    bring_up(home)
    furnish(ROOT / "demo" / "input")
    wanted = [one for one in pages() if asked.only in one.name]
    if asked.list:
        for one in wanted:
            print(f"{one.name:44} {one.login[0] if one.login else '-':16} {one.path}")
        return 0
    chosen = {(one.name, language, size) for one in wanted for language in asked.languages for size in asked.sizes}
    kept = [one for one in read_seen(asked.out) if not (asked.again and (one.name, one.language, one.size) in chosen)]
    with serving(home) as address:
        seen = take(address, wanted, asked.out, sizes=asked.sizes, languages=asked.languages, kept=kept)
    shutil.rmtree(home)
    return report(seen, asked.out)


if __name__ == "__main__":
    raise SystemExit(main())
