"""The permission matrix: every address × method × person × own, other's, absent and
mismatched things, and what must come of it."""

import io
import itertools
import logging
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from shuangbi.foundation.pages import ANYONE, PERSON
from shuangbi.ledger.models import Fact
from tests.architecture.objects import CODE_OF, OTHER_CANARY, OWN_CANARY, World, role_of, takes_part
from tests.architecture.routes import Route
from tests.cast import client_of

WHOSE = ("own", "other", "absent")
# Answers that mean: you may, whatever then came of it.
LET_IN = {200, 204, 302, 400, 409, 422}


@dataclass(frozen=True)
class Case:
    """One request of the matrix."""

    route: Route
    method: str
    person: str
    whose: str
    query: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.route.name}{self.query} as {self.person}, {self.whose}"


@dataclass
class Matrix:
    """Walks the cases and keeps what was wrong and how many requests there were."""

    world: World
    requests: int = 0
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.people = self.world.people()
        self.clients = {name: client_of(person) for name, person in self.people.items()}

    def cases(self, route: Route, methods: tuple[str, ...] = ("GET", "POST"), queries: tuple[str, ...] = ("",)) -> Iterator[Case]:
        """All cases of an address."""
        words = self.world.words_for(route.name)
        named = sum(param not in words for param in route.params)
        # Two names: also one's own first thing with another's second, which do not belong together.
        whose_all = ("own",) if not named else WHOSE if named == 1 else (*WHOSE, "mixed")
        for method, person, whose, query in itertools.product(methods, self.people, whose_all, queries):
            yield Case(route, method, person, whose, query)

    def address(self, case: Case) -> str:
        """The address with a thing for each of its names. Raises LookupError for a name that objects.py does not know."""
        text = "/" + case.route.pattern
        words = self.world.words_for(case.route.name)
        whose = case.whose
        for param in case.route.params:
            if param in words:
                value: object = words[param]
            else:
                value = self._thing(case.route, param, "own" if whose == "mixed" else whose)
                whose = "other" if whose == "mixed" else whose
            text = _fill(text, param, str(value))
        return text + case.query

    def _thing(self, route: Route, param: str, whose: str) -> object:
        thing = self.world.thing(route.name, param)
        if thing is None:
            raise LookupError(f"{route}: {param}")
        return uuid.uuid5(uuid.NAMESPACE_OID, param) if whose == "absent" else getattr(thing, whose)

    def run(self, case: Case) -> None:
        """Make the request, undo what it did, and note what should not have come of it."""
        facts = Fact.objects.count()
        with transaction.atomic():
            response = self._request(case)
            touched = Fact.objects.count() - facts
            transaction.set_rollback(True)
        self.requests += 1
        for complaint in self._complaints(case, response, touched):
            self.wrong.append(f"{case}: {complaint}")

    def _request(self, case: Case) -> HttpResponse:
        client: Client = self.clients[case.person]
        # A request may log out or mark a cookie; each case begins alike.
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        client.raise_request_exception = False
        logging.disable(logging.CRITICAL)  # thousands of refusals are what is wanted here
        try:
            return client.generic(case.method, self.address(case), content_type="application/x-www-form-urlencoded")  # type: ignore[return-value]
        finally:
            logging.disable(logging.NOTSET)
            client.cookies.clear()
            client.cookies.load(cookies)

    def _complaints(self, case: Case, response: HttpResponse, touched: int) -> Iterator[str]:
        status = response.status_code
        if status >= 500:
            yield f"the server failed ({status})"
            return
        expected = self.expected(case)
        if expected is not None and status != expected:
            yield f"{status} instead of {expected}"
        if expected is None and status not in LET_IN | {403, 404}:
            yield f"unexpected {status}"
        if expected is None and not all(self.seen(case)) and status not in {403, 404}:
            yield f"{status} although not everything in the address is there for them"
        if expected is None and case.method == "GET" and case.whose == "own" and all(self.seen(case)) \
                and status in {403, 404} and not self.may_be_shut(case):
            yield f"{status} for a thing within scope"
        if expected == 302 and "/log-in/" not in response.headers.get("Location", ""):
            yield f"leads to {response.headers.get('Location')}"
        if expected is not None and expected != 404 and touched:
            yield f"wrote {touched} facts"
        if case.method == "GET" and touched:
            yield f"reading wrote {touched} facts"
        for canary in self.forbidden(case):
            if canary in everything(response):
                yield f"tells {canary}"

    def expected(self, case: Case) -> int | None:
        """The status that must come; None where the page itself decides what comes of being let in."""
        route, person = case.route, self.people[case.person]
        if case.method not in route.methods:
            return 405
        who = route.who or frozenset()
        if who != ANYONE:
            if person is None:
                return 302
            if who != PERSON and role_of(person) not in who:
                return 403
        seen = self.seen(case)
        if seen and not any(seen):
            return 404
        return None

    def seen(self, case: Case) -> list[bool]:
        """For every thing named in the address, whether it is there for this person."""
        person = self.people[case.person]
        found, whose = [], case.whose
        for param in case.route.params:
            thing = self.world.thing(case.route.name, param)
            if thing is None or param in self.world.words_for(case.route.name):
                continue
            if whose == "mixed":
                found.append(thing.sees(person, CODE_OF["own"]))
                whose = "none"
            else:
                found.append(whose in CODE_OF and thing.sees(person, CODE_OF[whose]))
        return found

    def may_be_shut(self, case: Case) -> bool:
        """A page may say 403 or 404 to a role it admits: a finer rule of its room (whose step it is, who leads)."""
        return "POST" in case.route.methods or case.route.who == PERSON or not self.seen(case)

    def forbidden(self, case: Case) -> list[str]:
        """The words that this person must not read anywhere."""
        person = self.people[case.person]
        return [canary for canary, code in ((OWN_CANARY, "qinghe"), (OTHER_CANARY, "yuntang")) if not takes_part(person, code)]


def _fill(text: str, param: str, value: str) -> str:
    start = text.index(f":{param}>") if f":{param}>" in text else text.index(f"<{param}>")
    begin = text.rindex("<", 0, start + 1)
    end = text.index(">", start) + 1
    return text[:begin] + value + text[end:]


def everything(response: HttpResponse) -> str:
    """The whole answer as text: head, body, and what lies packed inside it."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    parts = [str(response.headers), body.decode("utf-8", "replace")]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            parts += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    return "\n".join(parts)


def fillable(route: Route, world: World) -> list[str]:
    """The names in an address that objects.py does not know."""
    known = {*world.things, *world.words_for(route.name)}
    return [param for param in route.params if param not in known]


def same_answers(matrix: Matrix, route: Route, person: str) -> Iterator[str]:
    """A thing of another unit and a thing that is not there must answer alike, to the byte."""
    other, absent = (Case(route, "GET", person, whose) for whose in ("other", "absent"))
    if matrix.expected(other) == 404 == matrix.expected(absent):
        first, second = matrix._request(other), matrix._request(absent)
        if first.content != second.content:
            yield f"{route.name} as {person}: another's and absent differ"
