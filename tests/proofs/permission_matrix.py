"""Every address × method × person × own, other's, absent and mismatched things, with exports opened.

Beside the test tier: all methods, four more people (the other county's reporter and lead, the company's and the park's
reporters), searches, pages and exports of every address that is read. A canary stands in everything that a unit owns; none
may be read by whoever has no business with that unit, in head, body or inside a packed file. The cases stand in one fixed
order; a run takes `count` of them from place `seed` on, round and round.
"""

import itertools
import random
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connections

from shuangbi.foundation import clock
from tests.architecture.matrix import Case, Matrix, fillable, same_answers
from tests.architecture.objects import World, make_world
from tests.architecture.routes import routes
from tests.cast import make_cast
from tests.proofs.site import made, standing

FULL, CHUNK = 60_000, 10_000
PROVES = ("src/shuangbi",)
METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
QUERIES = (
    "", "?export=xlsx", "?export=csv", "?q=%E9%87%91%E4%B8%9D%E9%9B%80", "?page=2&size=20", "?sort=-name&export=csv",
    "?format=json", "?download=1",
)
NOON = datetime(2020, 10, 20, 12, 0, tzinfo=clock.SHANGHAI)


class Wider(World):
    """The world with four more people."""

    def people(self) -> dict[str, Any]:
        cast = self.cast
        return {
            **super().people(), "other reporter": cast.other_reporter, "other unit_lead": cast.other_unit_lead,
            "company reporter": cast.company_reporter, "park reporter": cast.park_reporter,
        }


def all_cases(matrix: Matrix) -> list[Case]:
    """Every case there is, shuffled once and for all."""
    cases = list(itertools.chain.from_iterable(
        [*matrix.cases(route, METHODS), *matrix.cases(route, ("GET",), QUERIES[1:])]
        for route in routes() if not fillable(route, matrix.world)
    ))
    random.Random(2020).shuffle(cases)
    return cases


def run(*, count: int, seed: int, data: Path | None = None) -> dict[str, Any]:
    """Make `count` requests from place `seed` on; what was told, let in or shut out wrongly counts as a failure."""
    with tempfile.TemporaryDirectory(dir=data) as folder:
        made(Path(folder))
        with standing(Path(folder)):
            try:
                return _walk(count, seed)
            finally:
                connections.close_all()


def _walk(count: int, seed: int) -> dict[str, Any]:
    with clock.standing_at(NOON):
        world = make_world(make_cast())
        matrix = Matrix(Wider(world.cast, world.things, world.words))
        unfilled = [str(route) for route in routes() if fillable(route, matrix.world)]
        cases = all_cases(matrix)
        for number in range(seed, seed + count):
            matrix.run(cases[number % len(cases)])
        alike = [
            complaint
            for route in routes() if route.params and "GET" in route.methods and not fillable(route, matrix.world)
            for person in matrix.people
            for complaint in same_answers(matrix, route, person)
        ]
    wrong = [*matrix.wrong, *alike, *(f"{route}: no thing for its names" for route in unfilled)]
    return {
        "count": count, "failures": len(wrong), "examples": wrong[:10], "requests": matrix.requests,
        "cases there are": str(len(cases)),
    }
