"""Bodies come back as they went in, on every version ever written."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar

import pytest

from shuangbi.ledger import chain
from shuangbi.ledger.body import Body
from shuangbi.ledger.models import Fact


@dataclass(frozen=True)
class Rich(Body):
    KIND: ClassVar[str] = "stories.rich"
    name: str
    amount: int
    on: date
    flag: bool
    who: uuid.UUID | None
    tags: tuple[str, ...]
    shares: dict[uuid.UUID, int]
    pair: tuple[uuid.UUID, date]
    at: datetime
    note: str | None = None


ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)
RICH = Rich(
    name="示例", amount=-5, on=date(2020, 9, 30), flag=True, who=ONE, tags=("b", "a"), shares={TWO: 2, ONE: 8},
    pair=(ONE, date(2020, 1, 1)), at=datetime(2020, 9, 30, 1, 2, 3, 4, tzinfo=UTC),
)


def test_a_body_round_trips():
    assert Rich.read(Fact(body=chain.canonical(RICH.data()))) == RICH


def test_the_bytes_are_canonical():
    assert chain.canonical({"b": 1, "a": [True, None, "é"], "c": date(2020, 9, 1)}) == (
        '{"a":[true,null,"é"],"b":1,"c":"2020-09-01"}'.encode()
    )
    assert chain.canonical({ONE: frozenset({2, 1})}) == b'{"00000000-0000-0000-0000-000000000001":[1,2]}'


def test_a_field_added_later_takes_its_default_and_a_dropped_one_is_passed_over():
    @dataclass(frozen=True)
    class Newer(Body):
        KIND: ClassVar[str] = "stories.rich"
        VERSION: ClassVar[int] = 2
        name: str
        added: int = 7

    assert Newer.read(Fact(body=b'{"name":"x","gone":1}')) == Newer(name="x", added=7)


@pytest.mark.parametrize("value", [1.5, b"bytes", object(), {"deep": [1.0]}])
def test_what_is_not_exact_cannot_enter(value):
    with pytest.raises(TypeError):
        chain.canonical({"value": value})


def test_text_that_no_utf8_can_hold_cannot_enter():
    with pytest.raises(UnicodeEncodeError):
        chain.canonical({"value": "\ud800"})


def test_two_keys_that_become_one_cannot_enter():
    with pytest.raises(TypeError):
        chain.canonical({"\u00e9": 1, "e\u0301": 2})
