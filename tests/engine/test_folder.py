"""Folders of fact tables: what is refused, by file, row and column, with its remedy."""

from datetime import date
from fractions import Fraction

import pytest

from shuangbi_engine.fact_cells import moment
from shuangbi_engine.fact_errors import MESSAGES
from shuangbi_engine.folder import FactsRefused, read_folder
from shuangbi_engine.scheme_file import parse_scheme
from tests.engine.folders import SCHEME, TABLES, changed, write, write_table

SMALL = parse_scheme(SCHEME)


def refused(folder):
    with pytest.raises(FactsRefused) as refusal:
        read_folder(folder, SMALL)
    assert all(error["reason"]["zh"] and error["remedy"]["en"] for error in refusal.value.errors)
    return [(error["code"], error["file"], error["row"], error["column"]) for error in refusal.value.errors]


def test_folder_is_read_in_base_units(tmp_path):
    read = read_folder(write(tmp_path), SMALL)

    assert [history.subject for history in read.histories] == ["P1", "P2", "P3", "P4", "P5", "parcel"]
    assert read.histories[0].projects[0].contract_amount == 20_000_000_000
    assert read.histories[0].projects[0].lists == ("key",)
    assert read.histories[0].credits[0].share == 2500
    assert read.histories[5].claims[1].amount == 2000
    assert read.histories[5].claims[1].day is None
    assert read.facts.targets[4].subjects == ("P1", "P9")
    assert read.facts.targets[5].value == 2000
    assert read.facts.figures[0].value == 40_000_000_000
    assert read.facts.figures[1].value == Fraction(9, 10)
    assert read.facts.adjustments[0].points == 25_000
    assert read.facts.rounds[1].end == date(2020, 9, 30)


def test_missing_optional_tables_and_empty_rows_mean_nothing(tmp_path):
    tables = {name: None for name in TABLES if name not in ("rounds", "participants")}
    write(tmp_path, tables)
    (tmp_path / "projects.csv").write_text("project,unit\n,\nP,E\nQ\n", encoding="utf-8")
    (tmp_path / "credits.csv").write_text("", encoding="utf-8")

    assert refused(tmp_path) == [
        ("empty", "projects.csv", 4, "unit"),
        ("no_column", "credits.csv", 1, "project"),
        ("no_column", "credits.csv", 1, "share"),
        ("no_column", "credits.csv", 1, "unit"),
    ]


@pytest.mark.parametrize(
    ("table", "at", "cells", "error"),
    [
        ("projects", 1, {"contract_amount": "一亿"}, ("number", 3, "contract_amount")),
        ("projects", 0, {"unit": ""}, ("empty", 2, "unit")),
        ("projects", 0, {"name": "甲|乙"}, ("bar", 2, "name")),
        ("projects", 0, {"cost": "1"}, ("unknown_column", 1, "cost")),
        ("claims", 0, {"day": "2020-02-30"}, ("day", 2, "day")),
        ("claims", 0, {"event": "done"}, ("event", 2, "event")),
        ("claims", 0, {"seq": "x"}, ("integer", 2, "seq")),
        ("claims", 0, {"recorded_at": "gestern"}, ("time", 2, "recorded_at")),
        ("claims", 0, {"kind": ""}, ("no_kind", 2, "kind")),
        ("claims", 1, {"subject": "P2"}, ("two_subjects", 3, "subject")),
        ("claims", 10, {"amount": "3亿元"}, ("number", 12, "amount")),
        ("claims", 0, {"replaces": "C3"}, ("other_subject", 2, "replaces")),
        ("credits", 0, {"share": "0.33333"}, ("number", 2, "share")),
        ("credits", 0, {"share": "120%"}, ("share", 2, "share")),
        ("targets", 0, {"value": "1.5"}, ("number", 2, "value")),
        ("targets", 0, {"measure": "sined"}, ("unknown_name", 2, "measure")),
        ("targets", 0, {"participant": "north"}, ("unknown_name", 2, "participant")),
        ("targets", 0, {"round": "2020-10"}, ("unknown_name", 2, "round")),
        ("participants", 0, {"group": "some"}, ("unknown_name", 2, "group")),
        ("figures", 0, {"figure": "fund", "value": "4"}, ("unknown_name", 2, "figure")),
        ("adjustments", 1, {"kind": "blame"}, ("unknown_name", 3, "kind")),
        ("adjustments", 1, {"points": "3.5"}, ("range", 3, "points")),
        ("waivers", 0, {"item": "sign"}, ("unknown_name", 2, "item")),
        ("rounds", 1, {"end": "2020-08-30"}, ("dates", 3, "end")),
    ],
)
def test_bad_cell_is_named(tmp_path, table, at, cells, error):
    write(tmp_path, changed(table, at, **cells))

    assert refused(tmp_path) == [(error[0], f"{table}.csv", error[1], error[2])]


def test_target_in_an_unknown_measure_is_read_as_a_count_before_it_is_refused(tmp_path):
    write(tmp_path, changed("targets", 0, measure="sined", value="1.5"))

    assert refused(tmp_path) == [("number", "targets.csv", 2, "value")]


def test_shares_of_a_project_may_not_exceed_the_whole_on_any_day(tmp_path):
    rows = [
        {"project": "P1", "unit": "W", "share": "60%", "from": "2020-01-01", "to": "2020-06-30"},
        {"project": "P1", "unit": "X", "share": "60%", "from": "2020-07-01"},
    ]
    read_folder(write(tmp_path, {"credits": rows}), SMALL)

    rows[1]["from"] = "2020-06-30"

    assert refused(write(tmp_path, {"credits": rows})) == [("shares", "credits.csv", 0, "share")]


def test_cancelled_adjustment_is_in_any_range(tmp_path):
    read = read_folder(write(tmp_path, changed("adjustments", 1, points="0")), SMALL)

    assert read.facts.adjustments[1].points == 0


def test_files_that_do_not_belong_are_named(tmp_path):
    write(tmp_path, {"rounds": None})
    write_table(tmp_path / "project.csv", TABLES["projects"])
    (tmp_path / "claims.parquet").write_bytes(b"")
    (tmp_path / "figures.csv").write_bytes(b"participant,figure\n\xff\xfe")
    (tmp_path / "waivers.csv").write_text(
        "participant,item,round,round\nW,signed,2020-09,x,y\n", encoding="utf-8"
    )

    assert refused(tmp_path) == [
        ("two_files", "claims.parquet", 0, ""),
        ("not_text", "figures.csv", 0, ""),
        ("two_columns", "waivers.csv", 1, "round"),
        ("no_table", "rounds.csv", 0, ""),
        ("unknown_table", "project.csv", 0, ""),
    ]


def test_more_cells_than_the_header_are_refused(tmp_path):
    write(tmp_path)
    (tmp_path / "waivers.csv").write_text("participant,item,round\nW,signed,2020-09,x\n", encoding="utf-8")

    assert refused(tmp_path) == [("too_many_cells", "waivers.csv", 2, "")]


def test_parquet_reads_like_csv(tmp_path):
    import duckdb

    write(tmp_path)
    read = read_folder(tmp_path, SMALL)
    for name in ("projects", "claims"):
        file = tmp_path / f"{name}.csv"
        duckdb.sql(f"SELECT * FROM read_csv('{file}', header=true)").write_parquet(
            str(tmp_path / f"{name}.parquet")
        )
        file.unlink()

    assert read_folder(tmp_path, SMALL).histories == read.histories


def test_times_have_a_zone_and_a_bare_day_means_its_end(tmp_path):
    assert moment("2020-09-30T18:00").isoformat() == "2020-09-30T18:00:00+08:00"
    assert moment("2020-09-30T18:00+00:00").utcoffset().total_seconds() == 0
    assert moment("2020-09-30").isoformat() == "2020-09-30T23:59:59.999999+08:00"
    read = read_folder(write(tmp_path), SMALL)

    assert [
        read.seq_at(moment(text))
        for text in ("2020-09-05", "2020-09-08T09:00", "2020-09-29", "2020-10-10", "2019-01-01")
    ] == [1, 2, 2, 6, -1]


def test_without_times_a_time_cannot_be_asked_for(tmp_path):
    rows = [{name: cell for name, cell in row.items() if name != "recorded_at"} for row in TABLES["claims"]]
    read = read_folder(write(tmp_path, {"claims": rows}), SMALL)

    with pytest.raises(LookupError, match="recorded_at"):
        read.seq_at(moment("2020-09-05"))


def test_every_message_speaks_both_languages():
    assert all(len(texts) == 4 and all(texts) for texts in MESSAGES.values())


def test_amount_of_a_kind_that_nothing_counts_reads_as_money(tmp_path):
    read = read_folder(write(tmp_path, changed("claims", 0, kind="visited", amount="1亿元")), SMALL)

    assert read.histories[0].claims[0].amount == 10_000_000_000
