"""Whatever the text: reading never fails, spans are exact and sorted, and time grows with length only."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuangbi.exchange.figures import Figure, read
from tests.exchange.figures.labelled import SETS, cases

PASSAGES = [case.text for name in SETS for case in cases(name)]
PIECES = [
    *(
        "签约",
        "开工",
        "竣工",
        "投产",
        "落地",
        "项目",
        "个",
        "亿元",
        "万元",
        "元",
        "总投资",
        "任务",
        "目标",
        "完成",
        "其中",
    ),
    *(
        "、",
        ",",
        "。",
        ";",
        ":",
        "(",
        ")",
        "%",
        "的",
        "中",
        "已",
        "有",
        "达",
        "超",
        "近",
        "约",
        "多",
        "余",
        "以上",
        "分别为",
        "各",
    ),
    *(
        "2031年",
        "9月",
        "1-9月",
        "截至",
        "上半年",
        "年度计划",
        "到位资金",
        "亩",
        "平方米",
        "元/㎡",
        "每亩",
        "地块",
        "成交",
        "租金",
    ),
    *(
        "两",
        "百",
        "千",
        "一",
        "十",
        "12",
        "7.5",
        "8,250",
        "0",
        "99999999999999",
        "该项目",
        "基地",
        "一期",
        "占地",
        "仪式",
        "宗",
    ),
    *(
        "<p>",
        "</td>",
        "&nbsp;",
        "\t",
        "|",
        "\n",
        "億",
        "項目(xiàng)",
        "\u3000",
        "\ufffd",
        "\ud800",
        "㎡",
        "①",
        "—",
        "…",
        "“",
        "”",
    ),
]


def check(text: str) -> None:
    figures = read(text)
    starts = [figure.span_start for figure in figures]
    assert starts == sorted(starts)
    for figure in figures:
        assert figure.span
        assert text[figure.span_start : figure.span_start + len(figure.span)] == figure.span
        assert figure.kind in ("indicator", "event", "breakdown", "project", "parcel")
        assert figure.stage in ("signing", "landing", "start", "completion", "production", "other")
        assert json.loads(figure.to_json())["span"] == figure.span


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text(text):
    check(text)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=400, deadline=None)
def test_words_of_the_trade_in_any_order(text):
    check(text)


@given(st.lists(st.sampled_from(PASSAGES), min_size=1, max_size=4), st.data())
@settings(max_examples=150, deadline=None)
def test_passages_cut_and_joined_anywhere(passages, data):
    text = "".join(passages)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    check(text[start:end])


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "1",
            "一",
            "1,",
            "亿元",
            "1亿元",
            "总投资",
            "项目",
            "任务5个,完成6个,",
            "分别为1个、",
            "、1个",
            "2031年",
            "(",
            "<a ",
        ),
        *("<script>", " ", "1 ", "\t1", "&", "百分之一", "在", "仪式", "1\n", "任务\t完成\t单位\n1\t2\t3\n"),
    ],
)
def test_endless_repetition_ends(piece):
    check(piece * (40_000 // len(piece)))


def test_a_figure_is_one_line_of_json():
    (figure,) = read("力争年内竣工15个。")

    line = figure.to_json()

    assert "\n" not in line
    assert json.loads(line) == {
        "kind": "indicator",
        "subject": "竣工",
        "stage": "completion",
        "count": None,
        "target": 15,
        "actual": None,
        "rate": None,
        "amount_wan": None,
        "amount_qualifier": None,
        "currency": None,
        "area_m2": None,
        "unit_price": None,
        "unit_price_unit": None,
        "price_role": None,
        "period": None,
        "place": None,
        "span": "力争年内竣工15个",
        "span_start": 0,
        "measure": "count",
    }
    assert isinstance(figure, Figure)
