"""The benchmark's city: the engine, pandas and plain SQL come to the same sums. No time is looked at."""

from dataclasses import replace
from datetime import date

import pytest

from shuangbi_engine.backends.sqlite import in_memory
from shuangbi_engine.bench import engine_timings, ratio_of, seconds_of
from shuangbi_engine.bench_city import MONTH, make_city, write_folder
from shuangbi_engine.bench_rivals import PANDAS, PandasCity, SqlCity
from shuangbi_engine.evaluate import evaluate
from shuangbi_engine.known import known_facts
from shuangbi_engine.measuring import measured_values
from shuangbi_engine.offline import evaluate_folder
from shuangbi_engine.postings import fold

ROWS = 4_000


@pytest.fixture(scope="module")
def city():
    return make_city(rows=ROWS)


def test_city_is_the_same_each_time(city):
    assert make_city(rows=ROWS) == city
    assert len(city.projects) + len(city.claims) >= ROWS
    assert len(city.weeks) == 52
    assert list(city.weeks) == sorted(city.weeks)


@pytest.mark.parametrize("week", [20, 51])
def test_rivals_come_to_the_same_sums_and_totals(city, week):
    seq, scheme = city.weeks[week], city.scheme
    rows = [row for history in city.histories for row in fold(history, scheme.policy)]
    values = measured_values(in_memory(rows), scheme, city.facts, MONTH, seq)
    expected = {
        name: {unit: int(value) for unit, value in values.measured[name, measure.window].items() if value}
        for name, measure in scheme.measures.items()
    }
    asked = known_facts(city.facts).round(MONTH)
    totals = {one.participant: one.points / 10_000 for one in evaluate(scheme, values).groups[0].sheets}

    sums, placed = SqlCity(city).run(asked, date(2020, 1, 1), seq)

    assert sums == expected
    assert {unit: total for unit, total, _rank in placed} == pytest.approx(totals, abs=0.001)
    if PANDAS is not None:
        sums, placed = PandasCity(city).run(asked, date(2020, 1, 1), seq)
        assert sums == expected
        assert placed["total"].to_dict() == pytest.approx(totals, abs=0.001)


def test_folder_of_the_city_can_be_evaluated(city, tmp_path):
    folder = tmp_path / "facts"
    folder.mkdir()
    scheme = write_folder(city, folder)

    result = evaluate_folder(scheme, folder, MONTH)

    assert len(result["groups"][0]["ranking"]) == 30


def test_every_piece_of_work_has_a_row(city):
    found, left_out = engine_timings(replace(city, weeks=city.weeks[-2:]), runs=1)

    works = [(timing.work, timing.engine) for timing in found]
    assert ("one cutoff", "sqlite") in works
    assert ("52 cutoffs", "plain sql") in works
    assert ("one corrected claim, its group re-ranked", "sqlite") in works
    assert set(found[0].as_dict("city")) == {"work", "size", "engine", "seconds", "ratio_to", "ratio"}
    assert all("not installed" in line or "missing" in line for line in left_out)


def test_seconds_and_ratios():
    calls = []

    assert seconds_of(lambda: calls.append(1), 3) >= 0
    assert len(calls) == 4
    assert (ratio_of(3, 2), ratio_of(1, 0)) == (150 / 100, None)
