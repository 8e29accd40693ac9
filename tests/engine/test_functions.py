"""Every function on worked examples: `cases/<function>.yaml`, computed with exact fractions."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from shuangbi_engine.chain import Chain
from shuangbi_engine.explain import say_step, words_for
from shuangbi_engine.functions import FUNCTIONS
from shuangbi_engine.numbers import SHARE, parse_number, parse_quantity
from shuangbi_engine.scheme_file import read_scheme
from shuangbi_engine.scheme_nodes import plain, read_document
from shuangbi_engine.scheme_steps import Names, read_steps
from shuangbi_engine.tables import Participant, Round
from shuangbi_engine.values import MeasuredValues, SubjectRow

CASES = Path(__file__).parent / "cases"
HEAD = """
format: 1
name: case
title: case
basis: case
compare_at: 2
ties: shared
waived: zero
counting:
  split_counts: shares
  states:
    any: {title: any, claims: [any], once: subject, size: total_investment, amount: total_investment}
"""


def all_cases():
    for file in sorted(CASES.glob("*.yaml")):
        for case in plain(yaml.compose(file.read_text(encoding="utf-8"))):
            yield pytest.param(file.stem, case, id=f"{file.stem}: {case['name']}")


def scheme_for(case):
    """A scheme that only knows the names of the case."""
    measures = dict.fromkeys((*case.get("measures", {}), *case.get("subjects", {})))
    lines = [HEAD, "measures:" if measures else ""]
    lines += [
        f"  {name}: {{title: {name}, state: any, level: recognised, credit: owner, take: count, window: round}}"
        for name in measures
    ]
    if "figures" in case:
        lines.append("figures:")
        lines += [f"  {name}: {{title: {name}, unit: number}}" for name in case["figures"]]
    return read_scheme("\n".join([*lines, "groups: {}"]))[0]


def numbers(columns):
    return {
        name: {who: parse_number(text) for who, text in column.items()} for name, column in columns.items()
    }


def rows_of(texts):
    found = []
    for at, row in enumerate(texts, 1):
        tags = "|".join(row.get("tags", []))
        found.append(
            SubjectRow(
                row.get("subject", f"P{at}"),
                "u",
                parse_quantity(row.get("size", "0"), "fen"),
                f"|{tags}|" if tags else "",
                parse_quantity(row.get("amount", "0"), "fen"),
                int(parse_number(row.get("count", "1")) * SHARE),
            )
        )
    return tuple(found)


def run(case):
    scheme = scheme_for(case)
    document, findings = read_document(yaml.dump(case["steps"], allow_unicode=True))
    names = Names(tuple(scheme.measures), tuple(scheme.figures), (), findings)
    steps = read_steps(document, names)
    assert [error.code for error in findings.errors] == []
    who = list(case["out"])
    values = MeasuredValues(
        round=Round(0, "now", "month", date(2020, 9, 1), date(2020, 9, 30), year="year"),
        participants={"all": tuple(Participant(0, name, "all") for name in who)},
        measured={(name, "round"): column for name, column in numbers(case.get("measures", {})).items()},
        targets={
            **{(name, "now"): column for name, column in numbers(case.get("targets", {})).items()},
            **{(name, "year"): column for name, column in numbers(case.get("year_targets", {})).items()},
        },
        figures=numbers(case.get("figures", {})),
        subjects={
            name: {unit: rows_of(rows) for unit, rows in column.items()}
            for name, column in case.get("subjects", {}).items()
        },
    )
    return scheme, steps, Chain(scheme, values, who).run(steps)


@pytest.mark.parametrize(("function", "case"), list(all_cases()))
def test_function_gives_the_worked_value(function, case):
    _scheme, _steps, column = run(case)

    wanted = {who: None if text == "nothing" else parse_number(text) for who, text in case["out"].items()}
    assert column == wanted
    assert all(isinstance(value, (Fraction, int)) for value in column.values() if value is not None)


@pytest.mark.parametrize(("function", "case"), list(all_cases()))
def test_function_is_said_in_both_languages(function, case):
    scheme, steps, _column = run(case)

    for language in ("zh", "en"):
        for step in steps:
            assert say_step(step, words_for(scheme, language))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_cases_and_a_line_in_the_docs(name):
    docs = Path(__file__).parents[2] / "docs" / "functions.md"

    assert (CASES / f"{name}.yaml").is_file()
    assert f"`{name}`" in docs.read_text(encoding="utf-8")
