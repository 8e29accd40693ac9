"""A small folder of facts that tests change one thing of."""

import csv

SCHEME = """\
format: 1
name: small
title: 小
basis: 文件
compare_at: 2
ties: shared
waived: zero
counting:
  split_counts: shares
  states:
    signed: {title: 签约, claims: [signed], once: subject, size: contract_amount, amount: contract_amount}
    started: {title: 开工, claims: [started], requires: [landed], once: subject, size: none, amount: none}
    land: {title: 土地, claims: [land_reserved], once: subject, size: none, amount: claim, unit: square_metres}
measures:
  signed: {title: 签约, title_en: signings, state: signed, level: recognised, credit: owner, take: count, window: round, where: {size_at_least: 1亿元, lists: [key], without_tags: [old]}}
  small: {title: 小项目, state: signed, level: recognised, credit: owner, take: count, window: round, where: {size_below: 1亿元}}
  brought: {title: 引荐, state: signed, level: recognised, credit: bringer, take: amount, window: round}
  shared: {title: 合作, state: signed, level: reported, credit: contract, take: count, window: to_date}
  started: {title: 开工, state: started, level: recognised, credit: owner, take: count, window: round}
  listed: {title: 清单, state: signed, level: recognised, credit: owner, take: count, window: round, only_listed: yes}
  land: {title: 土地, state: land, level: recognised, credit: owner, take: amount, window: stock}
  before: {title: 上期, state: signed, level: recognised, credit: owner, take: count, window: previous}
figures:
  marks: {title: 评分, unit: number, owner: 竞赛办}
  funds: {title: 资金, unit: fen}
adjustments:
  praise: {title: 表彰, low: 1, high: 3, limit_high: 5}
city:
  target: sum_of
  group: all
  schedule: rounds
  indicators: [signed]
groups:
  all:
    title: 各地
    title_en: places
    items:
      - {name: signed, title: 签约, title_en: signings, full: 40, when_missing: skip_and_reweight, steps: [{ratio: {of: signed, to: target}}, {clamp: {low: 0, high: 120%}}, {scale: {full: 40}}]}
      - {name: brought, title: 引荐, full: 10, when_missing: zero, steps: [{ratio: {of: brought, to: funds}}, {clamp: {high: 1}}, {scale: {full: 10}}]}
      - name: rest
        title: 其他
        full: 50
        when_missing: {fixed: 5}
        steps:
          - blend:
              cap: on_sum
              missing_part: reweight
              parts:
                - {weight: 1, steps: [{value: {of: shared}}]}
                - {weight: 1, steps: [{value: {of: started}}]}
                - {weight: 1, steps: [{value: {of: listed}}]}
                - {weight: 1, steps: [{value: {of: before}}]}
                - {weight: 1, steps: [{value: {of: small}}]}
                - {weight: 1/1000, steps: [{value: {of: land}}]}
          - clamp: {low: 0, high: 50}
    totals:
      month:
        name: total
        title: 总分
        full: 100
        adjustments: [praise]
        multiply: [{value: {of: marks}}]
        high: 100
        items: [signed, brought, rest]
outcomes:
  - {name: ahead, rule: ahead_behind, title: 先进后进, audience: public, group: all, measures: [signed]}
"""

TABLES = {
    "rounds": [
        {"round": "2020-08", "kind": "month", "start": "2020-08-01", "end": "2020-08-31", "year": "2020"},
        {
            "round": "2020-09",
            "kind": "month",
            "start": "2020-09-01",
            "end": "2020-09-30",
            "year": "2020",
            "previous": "2020-08",
        },
        {"round": "2020", "kind": "year", "start": "2020-01-01", "end": "2020-12-31"},
    ],
    "participants": [
        {"participant": "east", "group": "all", "units": "E|E2", "name": "东区"},
        {"participant": "W", "group": "all"},
    ],
    "projects": [
        {
            "project": "P1",
            "unit": "E",
            "bringer": "W",
            "contract_amount": "2亿元",
            "lists": "key",
            "tags": "新",
        },
        {"project": "P2", "unit": "E", "contract_amount": "1亿元", "lists": "key", "tags": "old"},
        {"project": "P3", "unit": "W", "contract_amount": "9000万元", "lists": "key"},
        {"project": "P4", "unit": "W", "contract_amount": "3亿元"},
        {"project": "P5", "unit": "X", "contract_amount": "3亿元", "lists": "key"},
    ],
    "claims": [
        {
            "seq": "1",
            "recorded_at": "2020-09-05T09:00",
            "claim": "C1",
            "subject": "P1",
            "event": "reported",
            "kind": "signed",
            "unit": "E",
            "day": "2020-09-03",
        },
        {
            "seq": "2",
            "recorded_at": "2020-09-08T09:00",
            "claim": "C1",
            "subject": "P1",
            "event": "recognised",
        },
        {
            "seq": "3",
            "claim": "C1b",
            "subject": "P1",
            "event": "recognised",
            "kind": "signed",
            "day": "2020-09-20",
        },
        {
            "seq": "3",
            "claim": "C2",
            "subject": "P2",
            "event": "recognised",
            "kind": "signed",
            "day": "2020-09-03",
        },
        {
            "seq": "3",
            "claim": "C3",
            "subject": "P3",
            "event": "recognised",
            "kind": "signed",
            "day": "2020-09-03",
        },
        {
            "seq": "3",
            "claim": "C4",
            "subject": "P4",
            "event": "recognised",
            "kind": "signed",
            "day": "2020-09-03",
        },
        {
            "seq": "3",
            "claim": "C5",
            "subject": "P5",
            "event": "recognised",
            "kind": "signed",
            "day": "2020-08-03",
        },
        {
            "seq": "3",
            "claim": "C6",
            "subject": "P5",
            "event": "checked",
            "kind": "signed",
            "day": "2020-09-03",
        },
        {
            "seq": "4",
            "claim": "S1",
            "subject": "P1",
            "event": "recognised",
            "kind": "started",
            "day": "2020-09-09",
        },
        {
            "seq": "5",
            "recorded_at": "2020-09-30",
            "claim": "G1",
            "subject": "parcel",
            "event": "reported",
            "kind": "land_reserved",
            "unit": "E2",
            "day": "2020-09-09",
        },
        {
            "seq": "6",
            "recorded_at": "2020-10-09T00:00+00:00",
            "claim": "G1",
            "subject": "parcel",
            "event": "recognised",
            "amount": "3亩",
        },
    ],
    "credits": [
        {
            "project": "P1",
            "unit": "W",
            "share": "25%",
            "from": "2020-01-01",
            "to": "2025-01-01",
            "contract": "K",
        }
    ],
    "targets": [
        {"participant": "east", "measure": "signed", "round": "2020-09", "value": "2"},
        {"participant": "W", "measure": "signed", "round": "2020-09", "value": "1"},
        {"participant": "east", "measure": "signed", "round": "2020-08", "value": "1"},
        {"participant": "east", "measure": "signed", "round": "2020", "value": "6"},
        {"participant": "east", "measure": "listed", "round": "2020-09", "projects": "P1|P9"},
        {"participant": "east", "measure": "land", "round": "2020-09", "value": "3亩"},
    ],
    "figures": [
        {"participant": "W", "figure": "funds", "round": "2020-09", "value": "4亿元"},
        {"participant": "W", "figure": "marks", "round": "2020-09", "value": "90%"},
    ],
    "adjustments": [
        {
            "adjustment": "A1",
            "participant": "east",
            "round": "2020-09",
            "kind": "praise",
            "points": "2.5",
            "document": "文1",
        },
        {"adjustment": "A2", "participant": "east", "round": "2020-09", "kind": "praise", "points": "3"},
    ],
    "waivers": [{"participant": "W", "item": "signed", "round": "2020-09", "reason": "机构改革"}],
}


def write(place, tables=None, scheme=SCHEME):
    """The folder and its scheme, with some tables in place of the usual ones (None leaves a table out)."""
    for name, rows in {**TABLES, **(tables or {})}.items():
        if rows is not None:
            write_table(place / f"{name}.csv", rows)
    (place / "scheme.yaml").write_text(scheme, encoding="utf-8")
    return place


def write_table(file, rows):
    header = list(dict.fromkeys(name for row in rows for name in row))
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, header, restval="")
        writer.writeheader()
        writer.writerows(rows)


def changed(table, at, **cells):
    """A table with some cells of one row changed."""
    rows = [dict(row) for row in TABLES[table]]
    rows[at].update(cells)
    return {table: rows}
