"""The words a bulletin says its figures with: order, level and cut-off, zeros last, units in heads; and each audience's part."""

import dataclasses
from datetime import date

import pytest

from shuangbi.bulletins.content import Heading, Paragraph, Table
from shuangbi.bulletins.figures import ahead_text, announced, figure, grouped, shown, span_text
from shuangbi.bulletins.gather import source_of
from shuangbi.bulletins.section import Change, Corrected, Source
from shuangbi.bulletins.sections import SECTIONS
from tests.bulletins.stories import MONTHLY, YI, September


@pytest.fixture
def weekly(september: September) -> Source:
    return source_of(september.draft())


@pytest.fixture
def monthly(september: September) -> Source:
    september.publish()
    return source_of(september.draft(MONTHLY))


def said(name: str, source: Source, words: str = "", audience: str = "internal") -> list[str]:
    """Headings and paragraphs of a section."""
    blocks = SECTIONS[name].collect(source, words, audience)  # type: ignore[arg-type]
    return [
        f"# {block.text}" if isinstance(block, Heading) else block.lead + block.text
        for block in blocks if isinstance(block, Heading | Paragraph)
    ]


def tables(name: str, source: Source, audience: str = "internal") -> list[Table]:
    return [block for block in SECTIONS[name].collect(source, "", audience) if isinstance(block, Table)]  # type: ignore[arg-type]


def test_the_opening_names_rule_period_level_and_cut_off(weekly: Source, monthly: Source) -> None:
    assert said("head", weekly) == [
        "根据示例〔2020〕1号文件，现将2020年9月28日至10月11日“示例竞赛”进展情况通报如下。数据为归口部门审核的快报数，未经现场认定，截至2020年10月11日24时。"
    ]
    assert said("head", monthly, "另有说明。") == [
        "根据示例〔2020〕1号文件，现将2020年9月“示例竞赛”考核结果通报如下。数据为现场考核后的认定数，截至2020年10月20日24时。", "另有说明。",
    ]


def test_city_totals_stand_beside_the_schedule(weekly: Source) -> None:
    (table,) = tables("city", weekly)
    assert table.caption == "全市主要指标完成情况（快报数，截至10月11日）"
    assert [(column.title, column.unit, column.group) for column in table.columns] == [
        ("指标", "", ""), ("单位", "", ""), ("本期\n新增", "", ""), ("任务", "", "9月"), ("完成", "", "9月"), ("完成率", "%", "9月"),
        ("任务", "", "全年"), ("累计", "", "全年"), ("累计率", "%", "全年"), ("较序时", "百分点", "全年"),
    ]
    assert table.rows == (
        ("签约项目", "个", "3", "4", "4", "100.0", "22", "4", "18.2", "−56.7"),
        ("开工项目", "个", "0", "1", "1", "100.0", "—", "1", "—", "—"),
        ("到位资金", "亿元", "2.50", "3.00", "2.50", "83.3", "—", "2.50", "—", "—"),
    )


def test_the_month_and_the_year_are_said_in_a_sentence_each(weekly: Source) -> None:
    assert said("city", weekly)[1] == (
        "9月，签约项目、开工项目完成月度任务；到位资金（完成率83.3%）未完成月度任务。全年累计，签约项目低于序时进度56.7个百分点。"
    )
    running = dataclasses.replace(weekly, month_over=False)
    assert "到位资金（完成率83.3%）尚未完成月度任务" in said("city", running)[1]
    exceeded = dataclasses.replace(weekly, city=tuple(dataclasses.replace(row, actual=9 * YI) for row in weekly.city))
    assert said("city", exceeded)[1].startswith("9月，3项指标均超额完成月度任务。")


def test_units_are_named_best_first_and_zeros_last(weekly: Source) -> None:
    assert said("indicators", weekly, "个别单位申报较晚。") == [
        "# 各单位完成情况",
        "签约项目：本期新增3个：青禾县（2个）、云塘区（1个）。超额完成任务的有青禾县；未完成任务的有云塘区（66.7%）。",
        "开工项目：本期无新增。未下达任务、主动完成的有云塘区（1个）；尚未实现零突破的有青禾县。",
        "到位资金：本期新增2.50亿元：青禾县（1.50亿元）、云塘区（1.00亿元）。完成任务的有云塘区；未完成任务的有青禾县（75.0%）。",
        "个别单位申报较晚。",
    ]


def test_a_monthly_bulletin_names_those_ahead_and_behind(monthly: Source) -> None:
    assert said("indicators", monthly)[1] == (
        "签约项目：先进单位（超额完成任务）：青禾县；后进单位（未完成任务）：云塘区（33.3%）。"
    )


def test_the_public_reads_who_is_behind_only_where_the_scheme_says_so(weekly: Source, monthly: Source) -> None:
    assert said("indicators", monthly, audience="public")[1:3] == [
        "签约项目：先进单位（超额完成任务）：青禾县。", "开工项目：未下达任务、主动完成的有云塘区（1个）。",
    ]
    assert tables("tables", weekly, "public") == []
    told = dataclasses.replace(monthly, behind_is_public=True)
    assert "后进单位" in said("indicators", told, audience="public")[1]
    assert len(tables("tables", told, "public")) == 1
    for name in ("problems", "requirements"):
        assert said(name, monthly, "内部要求。", "public") == []
    assert "推进缓慢" not in "".join(said("projects", weekly, audience="public"))


def test_the_table_of_units_ends_with_the_city_and_never_mixes_units_in_a_column(weekly: Source) -> None:
    (table,) = tables("tables", weekly)

    assert [column.group for column in table.columns[1::4]] == ["签约项目（个）", "开工项目（个）", "到位资金（亿元）"]
    assert [column.title for column in table.columns[:5]] == ["单位", "任务", "完成", "完成率", "累计率"]
    assert table.rows == (
        ("青禾县", "1", "2", "200.0", "20.0", "1", "0", "0.0", "—", "2.00", "1.50", "75.0", "—"),
        ("云塘区", "3", "2", "66.7", "16.7", "—", "1", "—", "—", "1.00", "1.00", "100.0", "—"),
        ("全市", "4", "4", "100.0", "18.2", "1", "1", "100.0", "—", "3.00", "2.50", "83.3", "—"),
    )
    assert table.strong_rows == (2,)


def test_no_weekly_bulletin_has_scores_or_ranks(weekly: Source) -> None:
    for section in SECTIONS.values():
        if "weekly" in section.KINDS:
            text = "".join(str(block) for block in section.collect(weekly, "", "internal"))
            assert not {word for word in ("得分", "名次") if word in text}, section.NAME


def test_scores_have_two_decimals_and_the_public_sees_the_first_places(monthly: Source) -> None:
    (table,) = tables("composite", monthly)
    assert table.caption == "县市区9月综合得分和名次（单位：分，认定数，截至10月20日）"
    assert table.rows == (("1", "青禾县", "0.00", "72.00", "72.00"), ("2", "云塘区", "40.00", "20.00", "60.00"))
    many = dataclasses.replace(
        monthly, ranking=tuple(dataclasses.replace(monthly.ranking[0], unit=f"单位{n}", rank=n) for n in range(1, 9))
    )
    (table,) = tables("composite", many, "public")
    assert [row[0] for row in table.rows] == ["1", "2", "3"]


def test_events_are_said_as_announced_with_their_qualifier_and_their_money(weekly: Source) -> None:
    (text,) = said("events", weekly)[1:]
    assert text == (
        "集中活动：9月30日，第三季度集中签约在示例会堂举行，集中签约项目42个，合同引资额316亿元。"
        "以上为活动现场公布数，与本期完成数口径不同，不相加减。"
    )
    over = dataclasses.replace(weekly.events[0], qualifier="over", money="contract_amount", amount=120 * YI)
    assert "合同金额超过120亿元" in said("events", dataclasses.replace(weekly, events=(over,)))[1]
    assert said("events", dataclasses.replace(weekly, events=())) == []


def test_named_projects_problems_and_patrol_share_a_heading(weekly: Source) -> None:
    assert said("projects", weekly) == [
        "# 项目推进情况", "进展较快：青禾县青禾智能装备园（10月1日开工，较计划提前9天）。",
        "推进缓慢：云塘区云塘数据中心（应于9月25日竣工，逾期6个工作日，原因：等待供电）。",
    ]
    assert said("problems", weekly) == [
        "# 项目推进情况", "问题交办：9月应办结交办问题2个，截至10月11日已办结1个；尚未办结的有青禾县（1个），请责任单位抓紧办理。",
    ]
    assert said("patrol", weekly, "巡查12个项目。\n总体平稳。") == ["# 项目推进情况", "巡查情况：巡查12个项目。", "总体平稳。"]
    assert said("patrol", weekly) == []


def test_the_difference_of_the_levels_is_listed(monthly: Source) -> None:
    assert said("differences", monthly)[1] == (
        "签约项目快报数4个、认定数3个，相差1个：云塘区（1个）。其余指标两级数据一致。上述项目已审核、尚未认定，认定后计入以后各期。"
    )
    assert "云塘区" not in said("differences", monthly, audience="public")[1]


def test_the_note_explains_level_cut_off_and_formulas(weekly: Source, monthly: Source) -> None:
    (text,) = said("note", weekly)
    for words in ("快报数为申报后经归口部门审核的数，数据截至2020年10月11日24时。", "完成率＝当月完成数÷当月任务数",
                  "9月末为274天÷366天＝74.9%", "同一项目同一事项只计一次"):
        assert words in text
    assert "得分保留两位小数" in said("note", monthly)[0]
    assert all(block.small for block in SECTIONS["note"].collect(weekly, "", "internal") if isinstance(block, Paragraph))


def test_a_correction_names_the_old_bulletin_the_reason_and_every_changed_figure(weekly: Source) -> None:
    old = Corrected(2, weekly.cutoff_on, (Change("", "签约项目", "28个", "27个"), Change("青禾县", "签约项目", "6个", "5个")))
    source = dataclasses.replace(weekly, corrects=old)

    assert said("correction", source, "一份合同被认定为框架协议。\n已通知有关单位。") == [
        "本期更正2020年10月11日印发的第2期，数据以本期为准。更正原因：一份合同被认定为框架协议。", "已通知有关单位。",
        "更正内容：全市签约项目由28个更正为27个；青禾县签约项目由6个更正为5个。",
    ]
    assert said("correction", weekly) == []
    assert said("correction", dataclasses.replace(source, corrects=dataclasses.replace(old, changes=())))[-1] == "各项数据未作更正。"


def test_figures_are_printed_as_the_house_prints_them() -> None:
    assert [shown(26, "count"), shown(None, "count"), shown(65146 * 10**8, "fen"), shown(20000, "square_metres")] == [
        "26", "—", "651.46", "30.00",
    ]
    assert [figure(None, "fen"), figure(YI, "fen"), figure(3, "count")] == ["未下达", "1.00亿元", "3个"]
    assert [announced(65146 * 10**8), announced(316 * YI)] == ["651.46亿元", "316亿元"]
    assert [ahead_text(None), ahead_text("8.5"), ahead_text("-24.9"), ahead_text("-0.0")] == ["—", "＋8.5", "−24.9", "0.0"]
    assert grouped([("甲", "2个"), ("乙", "2个"), ("丙", "1个")]) == "甲、乙（各2个）、丙（1个）"


def test_a_span_says_the_year_again_only_where_it_changes() -> None:
    assert span_text(date(2020, 9, 28), date(2020, 10, 11)) == "2020年9月28日至10月11日"
    assert span_text(date(2020, 12, 28), date(2021, 1, 3)) == "2020年12月28日至2021年1月3日"
