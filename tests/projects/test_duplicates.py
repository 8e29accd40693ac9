"""What looks like a repeat."""

from fractions import Fraction
from uuid import UUID

from shuangbi.projects.duplicates import Known, Likeness, duplicate_key, likely_duplicates, similarity

A, B, C, D = (UUID(int=n) for n in range(1, 5))


def test_key_drops_width_blanks_signs_and_filler() -> None:
    assert duplicate_key("（示例） ＡＢＣ 新材料 建设项目") == "示例abc新材料"
    assert duplicate_key("项目") == "项目"


def test_similarity_is_exact() -> None:
    # ^^甲 ^甲乙 甲乙丙 乙丙丁 丙丁$ against ^^甲 ^甲乙 甲乙丙 乙丙戊 丙戊$: 3 shared of 7.
    assert similarity("甲乙丙丁", "甲乙丙戊") == Fraction(3, 7)
    assert similarity("甲乙", "甲乙") == 1
    assert similarity("", "") == 0


def test_same_name_is_sure_and_phases_of_one_firm_are_likely() -> None:
    new = Known(A, duplicate_key("云塘轨道装备一期"), "FIRM", "东路")
    known = [
        Known(B, duplicate_key("云塘轨道装备一期工程")),
        Known(C, duplicate_key("云塘轨道装备二期"), "FIRM"),
        Known(D, duplicate_key("云塘轨道装备二期"), "OTHER", "西路"),
        new,
    ]
    # 一期 / 二期 of eight characters: 9 trigrams each, 6 shared of 12.
    found = likely_duplicates(new, known)
    assert found == [Likeness(B, Fraction(1), False, False), Likeness(C, Fraction(1, 2), True, False)]
    assert [like.sure for like in found] == [True, False]


def test_same_site_is_a_hint_only_when_given() -> None:
    new = Known(A, duplicate_key("云塘轨道装备一期"), "", "东路 1号")
    other = Known(B, duplicate_key("云塘轨道装备二期"), "", "东路1号")
    nowhere = Known(C, duplicate_key("云塘轨道装备二期"), "", "")
    assert likely_duplicates(new, [other, nowhere]) == [Likeness(B, Fraction(1, 2), False, True)]
    assert likely_duplicates(Known(A, new.key), [nowhere]) == []
