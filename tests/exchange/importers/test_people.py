"""People from a table; each with a password that works once."""

import pytest

from shuangbi.organisations.access import access_of
from shuangbi.organisations.models import Person
from tests.cast import Cast
from tests.exchange.sheets import errors, filled, load

GOOD = {"username": "Xinhe01", "name": "新小河", "unit": "青禾县", "post": "填报员", "name_en": "Xin Xiaohe"}


def test_people_with_their_one_time_passwords(cast: Cast) -> None:
    loaded = load("people", filled("people", GOOD, {**GOOD, "username": "xinhe02"}), access_of(cast.system_admin))

    assert [(name, username) for name, username, _once in loaded.handed_out] == [("新小河", "xinhe01"), ("新小河", "xinhe02")]
    made = Person.objects.get(username="xinhe01")
    assert (made.unit, made.post, made.name_en, made.must_change_password) == (cast.county, "填报员", "Xin Xiaohe", True)
    assert made.check_password(loaded.handed_out[0][2])
    assert len({once for _name, _username, once in loaded.handed_out}) == 2


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"username": "clerk"}, [(3, "登录名")]),
        ({"username": "xinhe01"}, [(3, "登录名")]),
        ({"username": "小河"}, [(3, "登录名")]),
        ({"username": None, "name": None}, [(3, "登录名"), (3, "姓名")]),
        ({"unit": "无此县"}, [(3, "单位")]),
        ({"name": "新\u200b小河"}, [(3, "姓名")]),
    ],
)
def test_what_is_wrong_is_told_by_row_and_nobody_is_entered(cast: Cast, changes: dict[str, object], wrong: list[tuple[int, str]]) -> None:
    before = Person.objects.count()
    content = filled("people", GOOD, {**GOOD, "username": "xinhe02", **changes})
    assert errors("people", content, access_of(cast.system_admin)) == wrong
    assert Person.objects.count() == before
