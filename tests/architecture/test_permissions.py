"""The permission matrix in the test tier: GET and empty POST of every address, for every role, own, other's and absent."""

from datetime import datetime

import pytest

from tests.architecture.matrix import Matrix, fillable, same_answers
from tests.architecture.objects import make_world
from tests.architecture.routes import routes
from tests.architecture.sources import require_none
from tests.cast import Cast

ROOMS = sorted({route.room for route in routes()})


@pytest.fixture
def matrix(cast: Cast, demo_day: datetime) -> Matrix:
    return Matrix(make_world(cast))


def test_every_name_in_an_address_has_its_things(matrix: Matrix) -> None:
    require_none([f"{route}: {fillable(route, matrix.world)}" for route in routes() if fillable(route, matrix.world)])


@pytest.mark.parametrize("room", ROOMS)
def test_everyone_gets_what_they_may_and_nothing_else(matrix: Matrix, room: str) -> None:
    for route in routes():
        if route.room == room and not fillable(route, matrix.world):
            for case in matrix.cases(route):
                matrix.run(case)

    require_none(matrix.wrong)


def test_anothers_and_absent_things_answer_alike_to_the_byte(matrix: Matrix) -> None:
    wrong = [
        complaint
        for route in routes()
        if route.params and "GET" in route.methods and not fillable(route, matrix.world)
        for person in matrix.people
        for complaint in same_answers(matrix, route, person)
    ]

    require_none(wrong)


def test_exports_hold_nothing_of_others(matrix: Matrix) -> None:
    for route in routes():
        if not route.params and "GET" in route.methods and route.view_name.endswith("_list"):
            for case in matrix.cases(route, ("GET",), ("?export=xlsx", "?export=csv", "?q=金丝雀", "?q=金丝雀&export=csv")):
                matrix.run(case)

    require_none(matrix.wrong)
