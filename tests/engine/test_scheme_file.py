"""What the checker says about a scheme file: line, place, reason and remedy."""

import json
from pathlib import Path

import pytest

from shuangbi_engine import load_scheme
from shuangbi_engine.scheme_errors import MESSAGES, SchemeRefused
from shuangbi_engine.scheme_file import check_file, parse_scheme, read_scheme, scheme_digest

DEMO = Path(__file__).parents[2] / "demo" / "schemes" / "shuangbi-2020.yaml"
GOOD = """\
format: 1
name: good
title: 好
basis: 文件
compare_at: 2
ties: shared
waived: full
counting:
  split_counts: shares
  states:
    signed:
      title: 签约
      claims: [signed]
      once: subject
      size: contract_amount
      amount: none
    drawn:
      title: 支出
      claims: [bond_drawn]
      once: no
      size: none
      amount: claim
measures:
  signed:
    title: 签约
    state: signed
    level: recognised
    credit: owner
    take: count
    window: round
    where: {size_at_least: 1亿元}
figures:
  marks: {title: 评分, unit: number, owner: 竞赛办}
adjustments:
  criticism: {title: 通报, low: -20, high: -5, limit_low: -20, limit_high: 0}
city:
  target: sum_of
  group: counties
  schedule: rounds
  indicators: [signed]
groups:
  counties:
    title: 县市区
    items:
      - name: signed
        title: 签约
        full: 60
        when_missing: full
        steps:
          - ratio: {of: signed, to: target}
          - clamp: {low: 0, high: 100%}
          - scale: {full: 60}
      - name: marks
        title: 评分
        full: 40
        when_missing: {fixed: 10}
        steps:
          - blend:
              cap: on_parts
              missing_part: zero
              parts:
                - {weight: 100%, steps: [{value: {of: marks}}, {clamp: {high: 1}}]}
          - slope: {anchor: 1, start: 40, per: 1%, partial: continuous, down: [{to: 50%, points: 1}, {points: 2}]}
    totals:
      month:
        name: total
        title: 总分
        full: 100
        adjustments: [criticism]
        items: [signed, marks]
      year:
        name: total
        title: 总分
        full: 100
        children:
          - name: months
            title: 月度
            full: 100
            weight: 40%
            earlier: {2020-09: 50%, 2020-10: 50%}
            missing: refuse
          - {name: end, title: 年终, weight: 60%, full: 100, items: [signed, marks]}
outcomes:
  - {name: a, rule: ahead_behind, title: 先进后进, audience: public, group: counties, measures: [signed]}
  - {name: b, rule: list, title: 红黑榜, audience: internal, group: counties, measure: signed, top: 5, bottom: 4}
"""


def line_of(text, part):
    return next(at for at, line in enumerate(text.splitlines(), 1) if part in line)


def found(text):
    return [(error.code, error.line) for error in read_scheme(text)[1]]


def test_good_scheme_is_read():
    scheme = parse_scheme(GOOD)

    assert found(GOOD) == []
    assert scheme.measures["signed"].where.size_at_least == 10_000_000_000
    assert scheme.policy.credits == ("owner",)
    assert [state.once for state in scheme.policy.states] == [True, False]
    assert scheme.groups["counties"].item("marks").missing.points == 10
    assert scheme.adjustments["criticism"].limit_low == -20


def test_demo_scheme_is_without_fault():
    assert check_file(DEMO) == []
    assert set(load_scheme(DEMO).groups) == {"counties", "departments", "companies"}


# old text, new text, code, the text on whose line the error must stand
WRONG = [
    ("of: signed, to: target", "of: singed, to: target", "unknown_source", "of: singed"),
    ("measure: signed, top", "measure: other, top", "unknown_measure", "measure: other"),
    ("measures: [signed]}", "measures: [signed, nine]}", "unknown_measure", "nine"),
    ("indicators: [signed]", "indicators: [landed]", "unknown_measure", "indicators"),
    ("          - ratio: {", "          - ration: {", "unknown_function", "ration:"),
    ("- {name: end,", "- {nmae: x, name: end,", "near_key", "nmae"),
    ("title: 好", "title: 好\nanything: 1", "unknown_key", "anything"),
    ("title: 好", "title: 好\ntitle: 又", "duplicate_key", "title: 又"),
    ("basis: 文件\n", "", "missing_key", "format: 1"),
    ("format: 1", "format: 2", "unknown_format", "format: 2"),
    ("ties: shared\n", "", "missing_choice", "format: 1"),
    ("ties: shared", "ties: random", "wrong_choice", "ties: random"),
    ("    level: recognised\n", "", "missing_choice", "  signed:\n    title: 签约\n    state"),
    ("        when_missing: full\n", "", "missing_choice", "- name: signed"),
    ("when_missing: full", "when_missing: ignore", "wrong_choice", "when_missing: ignore"),
    ("cap: on_parts\n              ", "", "missing_choice", "- blend:"),
    ("cap: on_parts", "cap: on_sum", "cap_on_sum", "- blend"),
    ("{value: {of: marks}}, {clamp: {high: 1}}", "{value: {of: marks}}", "cap_on_parts", "- blend"),
    ("compare_at: 2", "compare_at: 5", "wrong_choice", "compare_at: 5"),
    ("compare_at: 2", "compare_at: two", "not_a_number", "compare_at: two"),
    ("compare_at: 2", "compare_at: [2]", "wrong_type", "compare_at: [2]"),
    ("full: 60\n        when", "full: 61\n        when", "weights", "month:"),
    ("weight: 60%", "weight: 50%", "weights", "year:"),
    ("2020-10: 50%", "2020-10: 40%", "weights_earlier", "- name: months"),
    (
        "            full: 100\n            weight: 40%",
        "            weight: 40%",
        "missing_key",
        "- name: months",
    ),
    ("            missing: refuse\n", "", "missing_choice", "- name: months"),
    ("        full: 100\n        adjustments", "        adjustments", "missing_key", "month:"),
    (
        "        adjustments: [criticism]\n        items: [signed, marks]",
        "        adjustments: [criticism]",
        "not_empty",
        "month:",
    ),
    (
        "        items: [signed, marks]\n      year",
        "        items: [signed, signed, marks]\n      year",
        "item_twice",
        "month:",
    ),
    ("items: [signed, marks]}", "items: [signed, mraks]}", "unknown_item", "mraks"),
    ("adjustments: [criticism]", "adjustments: [praise]", "unknown_adjustment", ""),
    ("        full: 60\n", "        full: 60\n        cap: 100%\n", "clamp_without_place", "cap: 100%"),
    ("        full: 60\n", "        full: 60\n        max: 60\n", "clamp_without_place", "max: 60"),
    ("clamp: {low: 0, high: 100%}", "clamp: {}", "clamp_empty", "clamp: {}"),
    ("clamp: {low: 0, high: 100%}", "clamp: {low: 2, high: 100%}", "clamp_order", "clamp: {low: 2"),
    ("          - ratio: {of: signed, to: target}\n", "", "no_start", "clamp: {low: 0"),
    ("- scale: {full: 60}", "- value: {of: marks}", "late_start", "- value: {of: marks}"),
    ("down: [{to: 50%,", "down: [{to: 150%,", "bands_order", "down: [{to: 150%"),
    ("{to: 50%, points: 1}, {points: 2}", "{points: 1}, {points: 2}", "bands_order", "down: [{points"),
    ("per: 1%, partial", "per: 0, partial", "not_positive", "per: 0"),
    ("{to: 50%, points: 1}", "{to: 50%, points: 1, per: 0}", "not_positive", "per: 0"),
    ("size: contract_amount", "size: none", "size_none", "  signed:\n    title: 签约\n    state"),
    ("take: count", "take: amount", "unit_mixed", "  signed:\n    title: 签约\n    state"),
    ("state: signed", "state: sign", "unknown_state", "state: sign"),
    ("    state: signed\n", "", "missing_key", "  signed:\n    title: 签约\n    level"),
    ("group: counties\n  schedule", "group: county\n  schedule", "unknown_group", "group: county\n"),
    ("group: counties, measures", "group: cities, measures", "unknown_group", "group: cities"),
    ("  group: counties\n", "", "missing_key", "city:"),
    ("rule: list", "rule: lists", "unknown_outcome", "rule: lists"),
    ("rule: list, ", "", "missing_key", "{name: b"),
    ("  marks: {title: 评分, unit", "  signed: {title: 评分, unit", "double_name", "  signed: {title"),
    ("  marks: {title: 评分, unit", "  target: {title: 评分, unit", "reserved_name", "  target: {"),
    ("  marks: {title: 评分, unit", "  Marks: {title: 评分, unit", "name_shape", "  Marks: {"),
    ("low: -20, high: -5,", "low: -5, high: -20,", "range_order", "criticism: {"),
    ("limit_low: -20, limit_high: 0", "limit_low: 1, limit_high: 0", "range_order", "criticism: {"),
    ("claims: [signed]", "claims: [login]", "system_usage", "    signed:\n      title"),
    ("      claims: [signed]\n", "", "missing_key", "    signed:\n      title"),
    (
        "steps:\n          - ratio",
        "steps: ratio\n        nothing:\n          - ratio",
        "wrong_type",
        "steps: ratio",
    ),
    ("- scale: {full: 60}", "- {scale: {full: 60}, clamp: {high: 60}}", "wrong_type", "- {scale"),
    ("- scale: {full: 60}", "- scale: 60", "wrong_type", "- scale: 60"),
    ("full: 60}", "full: sixty}", "not_a_number", "sixty"),
    ("title: 好", "title: [好]", "wrong_type", "title: [好]"),
    ("to: target}", "to: 10, per: 2}", "unknown_key", "per: 2"),
    ("{of: signed, to: target}", "{of: marks, to: target}", "no_target_here", "of: marks, to"),
    ("where: {size_at_least: 1亿元}", "where: {size_at_least: 1亿个}", "not_a_number", "1亿个"),
    (
        "    where: {size_at_least: 1亿元}",
        "    where: {lists: {a: b}}\n    only_listed: maybe",
        "wrong_type",
        "where: {lists",
    ),
    ("    where: {size_at_least: 1亿元}", "    only_listed: maybe", "wrong_type", "only_listed: maybe"),
    ("title: 好", "title: &a 好", "alias", "title: &a"),
    ("title: 好", "title: '好", "not_yaml", ""),
    ("title: 好", "? [a]\n: b\ntitle: 好", "wrong_type", "? [a]"),
    ("items: [signed, marks]}", "items: [signed, marks], low: 5, high: 1}", "clamp_order", "low: 5"),
    (
        "            missing: refuse",
        "            missing: refuse\n            items: [marks]",
        "earlier_mixed",
        "- name: months",
    ),
    ("- {name: end,", "- {name: months,", "double_name", "year:"),
    ("        adjustments: [criticism]\n", "", "adjustment_unused", "adjustments:"),
    ("ties: shared", "ties: shared\ntie_break: [singed]", "unknown_item", "tie_break"),
    ("when_missing: {fixed: 10}", "when_missing: '{fixed: 0}'", "wrong_choice", "'{fixed: 0}'"),
    ("        when_missing: full\n", "", "missing_choice", "- name: signed"),
]


@pytest.mark.parametrize(
    ("old", "new", "code", "at"), WRONG, ids=[f"{row[2]}: {row[1][:30]!r}" for row in WRONG]
)
def test_fault_is_named_with_its_line_and_remedy(tmp_path, old, new, code, at):
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    file = tmp_path / "scheme.yaml"
    file.write_text(text, encoding="utf-8")

    errors = check_file(file)

    named = [error for error in errors if error["code"] == code]
    assert named, [error["code"] for error in errors]
    if at:
        assert text[: text.index(at)].count("\n") + 1 in {error["line"] for error in named}
    assert all(error["level"] == "error" for error in named)
    assert all(error["reason"]["zh"] and error["remedy"]["zh"] and error["reason"]["en"] for error in named)
    json.dumps(errors)
    with pytest.raises(SchemeRefused) as refusal:
        load_scheme(file)
    assert f"line {named[0]['line']}" in str(refusal.value)


def test_uncapped_count_is_a_warning_and_not_refused():
    text = GOOD.replace("          - clamp: {low: 0, high: 100%}\n", "")

    assert found(text) == [("no_cap_warning", line_of(text, "- name: signed"))]
    assert read_scheme(text)[1][0].level == "warning"
    assert parse_scheme(text).name == "good"


def test_cap_inside_every_part_of_a_blend_is_a_cap():
    blend = "blend: {cap: on_parts, missing_part: zero, parts: [{weight: 1, steps: [{ratio: {of: signed, to: target}}, {clamp: {high: 1}}]}]}"
    text = GOOD.replace("ratio: {of: signed, to: target}\n          - clamp: {low: 0, high: 100%}", blend)

    assert found(text) == []


def test_table_rows_have_a_condition_for_each_column():
    table = "table: {rows: [{when: [{equals: 1}, {equals: 2}], value: 1}], otherwise: 0}"
    text = GOOD.replace("clamp: {low: 0, high: 100%}", table)

    assert ("columns_number", line_of(text, "table:")) in found(text)


def test_empty_condition_and_empty_steps_are_refused():
    table = "table: {rows: [{when: [{}], value: 1}], otherwise: 0}"

    assert "not_empty" in [code for code, _ in found(GOOD.replace("clamp: {low: 0, high: 100%}", table))]
    assert "not_empty" in [
        code
        for code, _ in found(GOOD.replace("steps: [{value: {of: marks}}, {clamp: {high: 1}}]", "steps: []"))
    ]
    assert "not_empty" in [
        code
        for code, _ in found(
            GOOD.replace(
                "parts:\n                - {weight: 100%, steps: [{value: {of: marks}}, {clamp: {high: 1}}]}",
                "parts: []",
            )
        )
    ]


def test_points_per_item_need_a_measure():
    item = "per_item: {parts: [{of: marks, points: [{points: 1, pays: count}]}], roll_up: sum}"
    text = GOOD.replace("ratio: {of: signed, to: target}", item)

    assert ("unknown_measure", line_of(text, "per_item")) in found(text)


def test_item_in_no_total_and_item_twice_are_refused():
    text = GOOD.replace("[signed, marks]", "[signed]")
    twice = GOOD.replace(
        "      - name: marks\n        title: 评分", "      - name: signed\n        title: 评分"
    )

    assert "item_unused" in [code for code, _ in found(text)]
    assert "double_name" in [code for code, _ in found(twice)]


def test_missing_parts_of_the_file_are_all_named():
    codes = found("title: 空")

    assert {code for code, _ in codes} == {"missing_key", "missing_choice"}
    assert ("wrong_type", 1) in found("")
    assert "unknown_key" in [code for code, _ in found("format: 1\ncity: {target: own, other: 1}")]


def test_text_that_is_not_a_map_where_one_belongs():
    assert "wrong_type" in [
        code
        for code, _ in found(
            GOOD.replace("criticism: {title", "criticism: [title").replace("limit_high: 0}", "limit_high: 0]")
        )
    ]


def test_huge_deep_and_undecodable_files_are_refused(tmp_path):
    file = tmp_path / "scheme.yaml"
    file.write_bytes(b"\xff\xfe\x00bad")

    assert found("x" * 1_000_001) == [("too_large", 1)]
    assert found("a: " + "[" * 30 + "]" * 30)[0][0] == "too_deep"
    assert check_file(file)[0]["code"] == "not_yaml"


def test_digest_is_of_the_content_not_of_the_layout():
    assert scheme_digest(GOOD) == scheme_digest(GOOD.replace("compare_at: 2", "compare_at:   2   # decimals"))
    assert scheme_digest(GOOD) != scheme_digest(GOOD.replace("compare_at: 2", "compare_at: 3"))
    assert parse_scheme(GOOD).digest == scheme_digest(GOOD)


def test_every_message_speaks_both_languages():
    for code, texts in MESSAGES.items():
        assert len(texts) == 4, code
        assert all(texts), code


def test_weights_add_up_in_every_named_round():
    """S65: other indicators in each quarter."""
    text = GOOD.replace(
        "        full: 60\n        when", "        full: 100\n        rounds: [2020-09]\n        when"
    )
    text = text.replace("        full: 40\n", "        full: 100\n        rounds: [2020-10]\n")

    assert found(text) == []
    assert found(text.replace("rounds: [2020-10]", "rounds: [2020-09]")) == [
        ("weights", line_of(text, "month:")),
        ("weights", line_of(text, "year:")),
        ("weights", line_of(text, "- {name: end")),
    ]


def test_weights_of_rounds_that_nothing_names_are_checked_too():
    text = GOOD.replace("        full: 40\n", "        full: 40\n        rounds: [2020-10]\n")

    assert found(text) == [
        ("weights", line_of(text, "month:")),
        ("weights", line_of(text, "year:")),
        ("weights", line_of(text, "- {name: end")),
    ]
