"""Score sheets in sentences."""

from fractions import Fraction

import pytest

from shuangbi_engine.explain import exact_text, sentences
from shuangbi_engine.folder import read_folder
from shuangbi_engine.offline import score
from shuangbi_engine.scheme_file import load_scheme, parse_scheme
from tests.engine.folders import SCHEME, write
from tests.engine.test_vectors import VECTORS


def said(scheme, read, round_name, name, language="zh"):
    group = score(scheme, read, round_name).groups[0]
    return sentences(scheme, group, group.sheet(name), language)


def vector(folder, round_name, name, language="zh"):
    scheme = load_scheme(VECTORS / folder / "scheme.yaml")
    return said(scheme, read_folder(VECTORS / folder, scheme), round_name, name, language)


def test_county_sheet_is_said_line_by_line():
    assert vector("sheet-county", "2020-09", "B") == [
        "B在县市区中列第1名，得43.20分。",
        "过程考核：20.0000分。",
        "  专项债支出：10.0000分（“专项债支出” ÷ “专项债可用额度” = 1.25；最低0、最高1 = 1；乘以满分10分 = 10）。",
        "  问题办结：10.0000分（“问题办结” ÷ “问题办结”任务数 = 无此任务；最低0、最高1 = 无此任务；乘以满分10分 = 无此任务"
        "；无此任务，按方案规定计）。",
        "结果考核：28.2000分。",
        "  签约：14.4000分（“亿元以上签约” ÷ “亿元以上签约”任务数 = 1.75；最低0、最高1.2 = 1.2；乘以满分12分 = 14.4）。",
        "  签约规模：10.0000分（2部分按 0.5 : 0.5 合成（合成后封顶，缺项的权重分摊） = 1.625；最低0、最高1 = 1；乘以满分10分 = 10）。",
        "  全年任务：3.8000分（2部分按 0.5 : 0.5 合成（各部分先封顶，缺项的权重分摊） = 0.475；乘以满分8分 = 3.8）。",
        "通报批评（示例市竞赛办〔2020〕7号）：-5.0000分。",
    ]


def test_shared_out_weights_are_said():
    sheet = "\n".join(vector("sheet-county", "2020-09", "C"))

    assert "不计，权重分摊" in sheet
    assert "分摊系数 2" in sheet


def test_department_and_company_sheets_are_said_in_english():
    department = "\n".join(vector("sheet-department", "2020-09", "Z", "en"))
    praised = vector("sheet-department", "2020-09", "X", "en")
    year = vector("sheet-company", "2020", "M1", "en")

    assert "waived: 机构改革" in department
    assert "times 0.9: -6.4000 points." in department
    assert "表彰奖励 (示例市竞赛办〔2020〕8号): 3.0000 points." in praised
    assert praised[-2:] == ["limit: -1.0000 points.", "limit: -1.0000 points."]
    assert year[1] == "月度考核: 34.9000 points (87.2500 × 0.4)."
    assert year[2] == "  2020-11: 37.2500 points (74.5000 × 0.5)."


@pytest.mark.parametrize(("language", "name"), [("zh", "east"), ("en", "east"), ("zh", "W"), ("en", "W")])
def test_every_sheet_begins_with_its_place(tmp_path, language, name):
    scheme = parse_scheme(SCHEME)

    lines = said(scheme, read_folder(write(tmp_path), scheme), "2020-09", name, language)

    place = {
        "zh": {"east": "东区在各地中列第1名，得29.75分。", "W": "W在各地中列第2名，得7.43分。"},
        "en": {
            "east": "东区 is number 1 of 各地 with 29.75 points.",
            "W": "W is number 2 of 各地 with 7.43 points.",
        },
    }
    assert lines[0] == place[language][name]


def test_inexact_values_say_so():
    assert exact_text(Fraction(1, 3)) == "≈0.3333"
    assert exact_text(Fraction(1, 4)) == "0.25"
    assert exact_text(None) == "无此任务"
    assert exact_text(None, "en") == "no such duty"
