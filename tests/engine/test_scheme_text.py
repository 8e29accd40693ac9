"""A scheme said in sentences."""

from pathlib import Path

import pytest

from shuangbi_engine.scheme_errors import SchemeRefused
from shuangbi_engine.scheme_file import parse_scheme
from shuangbi_engine.scheme_text import explain_file, explain_scheme
from tests.engine.folders import SCHEME
from tests.engine.test_scheme_file import DEMO, GOOD


def test_demo_scheme_is_said_in_both_languages():
    zh, en = explain_file(DEMO), explain_file(DEMO, "en")

    assert len(zh) == len(en)
    assert zh[0] == '示例市2020年"双比双看"项目竞赛计分办法（依据：示例市竞赛办〔2020〕1号）。'
    assert "“落地开工”：凭开工申报，并须已落地；同一项目只计一次，规模看总投资，金额取总投资。" in zh
    assert (
        "亿元以上项目签约（12分，商务局提供）：“亿元以上项目签约” ÷ “亿元以上项目签约”任务数；最低0、最高1.2；乘以满分12分。"
        "无此任务的，不计，权重分摊到其他项目。" in zh
    )
    assert "通报批评：每次 -20 至 -5 分，每期最低 -20 分。" in zh
    assert "Totals are compared at 2 decimals; ties share a place." in en


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_part_of_a_scheme_is_said(language):
    text = (
        SCHEME.replace("split_counts: shares", "split_counts: whole")
        .replace("ties: shared", "ties: dense\ntie_break: [signed]")
        .replace("high: 100\n        items", "high: 100\n        low: -5\n        items")
        .replace(
            "name: signed, title: 签约, title_en: signings, full: 40",
            "name: signed, title: 签约, rounds: [month], full: 40",
        )
        .replace("audience: public", "audience: internal")
    )

    said = "\n".join(explain_scheme(parse_scheme(text), language))

    for part in {
        "zh": (
            "各计一个",
            "不空位",
            "依次比较 signed",
            "最低 -5 分",
            "最高 100 分",
            "乘以系数",
            "只在 month 计分",
            "得5分",
            "清单中的项目",
            "不属于old",
            "规模低于1亿元",
            "内部",
        ),
        "en": (
            "counts it once",
            "none is skipped",
            "broken by signed",
            "not below -5",
            "not above 100",
            "a coefficient",
            "only in month",
            "duty: 5",
            "named in the target",
            "not in old",
            "size below 1亿元",
            "internal",
        ),
    }[language]:
        assert part in said


def test_scheme_with_errors_is_not_said(tmp_path):
    file = tmp_path / "scheme.yaml"
    file.write_text(GOOD.replace("ties: shared\n", ""), encoding="utf-8")

    with pytest.raises(SchemeRefused):
        explain_file(file)
    assert Path(DEMO).is_file()
