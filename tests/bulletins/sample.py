"""A weekly bulletin and some plainer documents of an invented city, for the writers' tests."""

from datetime import date

from shuangbi.bulletins.content import (
    Attachment,
    Block,
    Checkpoint,
    Column,
    Document,
    Heading,
    Imprint,
    Masthead,
    Paragraph,
    Signature,
    Table,
)

UNITS = ("青岭区", "云岫区", "南屏区", "柳溪区", "新湖区", "高新园区", "白砂县", "丰禾县", "远桥县", "松谷县")

INDICATORS = (
    ("签约项目（1亿元及以上）", (4, 2, 3, 1, 2, 3, 1, 2, 0, 0), (2, 2, 2, 1, 2, 2, 1, 1, 1, 1)),
    ("落地开工项目（5亿元及以上）", (2, 1, 2, 1, 1, 2, 1, 1, 0, 0), (1, 1, 1, 0, 1, 1, 0, 1, 0, 0)),
    ("重点项目开工", (6, 5, 4, 5, 4, 6, 3, 3, 2, 0), (2, 2, 2, 2, 2, 2, 2, 1, 2, 1)),
    ("重点项目竣工", (4, 3, 3, 2, 2, 4, 2, 2, 1, 0), (1, 1, 1, 1, 1, 1, 0, 1, 0, 1)),
)


def rate(done: int, task: int) -> str:
    return f"{done * 1000 // task / 10:.1f}" if task else "—"


def city_totals() -> Table:
    rows = (
        ("签约项目（1亿元及以上）", "15", "26", "173.3", "180", "151", "83.9", "超8.9"),
        ("落地开工项目（5亿元及以上）", "6", "11", "183.3", "72", "56", "77.8", "超2.8"),
        ("重点项目开工", "18", "38", "211.1", "216", "160", "74.1", "低0.9"),
        ("重点项目竣工", "8", "23", "287.5", "96", "73", "76.0", "超1.0"),
    )
    return Table(
        columns=(
            Column("指标", weight=6),
            Column("任务", "个", "right", 2, "当月"),
            Column("完成", "个", "right", 2, "当月"),
            Column("完成率", "%", "right", 2, "当月"),
            Column("任务", "个", "right", 2, "全年累计"),
            Column("完成", "个", "right", 2, "全年累计"),
            Column("完成率", "%", "right", 2, "全年累计"),
            Column("序时进度", "百分点", "right", 3, "全年累计"),
        ),
        rows=rows,
        caption="表1　全市主要指标完成情况",
        note="数据级别为快报数，截至2020年10月11日24时；序时进度按全年任务的75%计算。",
    )


def unit_table(number: int, title: str, done: tuple[int, ...], task: tuple[int, ...]) -> Table:
    order = sorted(range(len(UNITS)), key=lambda i: (-done[i], i))
    rows = [
        (
            str(1 + sum(other > done[i] for other in done)),
            UNITS[i],
            str(task[i]),
            str(done[i]),
            rate(done[i], task[i]),
            str(task[i] * 9),
            str(task[i] * 8),
        )
        for i in order
    ]
    return Table(
        columns=(
            Column("名次", align="center", weight=2),
            Column("单位", weight=3),
            Column("任务", "个", "right", 2, "当月"),
            Column("完成", "个", "right", 2, "当月"),
            Column("完成率", "%", "right", 2, "当月"),
            Column("任务", "个", "right", 2, "全年累计"),
            Column("完成", "个", "right", 2, "全年累计"),
        ),
        rows=(*rows, ("", "合计", str(sum(task)), str(sum(done)), rate(sum(done), sum(task)), "", "")),
        caption=f"表{number}　各县市区{title}完成情况",
        strong_rows=(len(rows),),
    )


def weekly() -> Document:
    blocks: list[Block] = [
        Paragraph(
            "根据《示例市重点项目建设竞赛办法》，现将2020年9月28日至10月11日全市项目建设竞赛情况通报如下。"
            "本期数据均为快报数，截至2020年10月11日24时，以认定数为准。"
        ),
        Heading(1, "总体情况"),
        Paragraph(
            "9月以来，全市签约1亿元及以上项目26个，为当月任务15个的173.3%；落地开工5亿元及以上项目11个，"
            "为任务6个的183.3%；重点项目开工38个，为任务18个的211.1%；重点项目竣工23个，为任务8个的287.5%。"
            "四项指标均超额完成当月任务，其中重点项目开工全年累计低于序时进度0.9个百分点。"
        ),
        city_totals(),
        Heading(1, "分项指标"),
    ]
    for number, (title, done, task) in enumerate(INDICATORS[:2], start=2):
        zeros = "、".join(UNITS[i] for i in range(len(UNITS)) if done[i] == 0 and task[i] > 0)
        blocks += [
            Heading(2, title),
            Paragraph(f"青岭区、南屏区、高新园区超额完成任务。后进：{zeros or '丰禾县'}。", lead="先进："),
            unit_table(number, title.partition("（")[0], done, task),
        ]
        if zeros:
            blocks.append(Paragraph(f"当月为零：{zeros}。"))
    blocks += [
        Heading(1, "巡查情况"),
        Paragraph("青岭区精密轴承产业园（总投资12.5亿元）主体结构封顶，比计划提前21天。", lead="推进较快："),
        Paragraph(
            "松谷县冷链物流中心（总投资6.8亿元）用地手续未办结，连续两期未开工，责任单位为松谷县。",
            lead="推进缓慢：",
        ),
        Heading(1, "问题交办"),
        Paragraph(
            "上期交办问题9个，已解决6个，超期未解决1个；本期新交办问题4个，请责任单位在7个工作日内反馈。"
        ),
        Heading(3, "远桥县电子元件厂房：施工便道未通，交远桥县人民政府，10月16日前解决。"),
        Heading(3, "南屏区医用敷料二期：供电容量不足，交市发展和改革部门协调，10月20日前解决。"),
        Heading(1, "下步要求"),
        Paragraph(
            "各单位要对照任务清单倒排工期，10月20日前补报开工佐证材料（建筑面积以㎡计）。联系人：邱镕堃。"
        ),
    ]
    return Document(
        identifier="2020-weekly-2",
        masthead=Masthead("newsletter", "项目建设竞赛通报", "第2期", "示例市项目建设竞赛办公室"),
        title="关于2020年9月28日至10月11日\n全市项目建设竞赛情况的通报",
        dated_on=date(2020, 10, 13),
        recipients="各县市区人民政府，市直各单位，各市属国有企业",
        blocks=tuple(blocks),
        annotation="完成率＝完成数÷任务数×100%；名次按完成数由高到低排列",
        imprint=Imprint(
            "示例市项目建设竞赛办公室",
            date(2020, 10, 13),
            ("市委、市人大常委会、市政府、市政协办公室", "竞赛领导小组各成员单位"),
        ),
        checkpoint=Checkpoint(
            (
                "示例市项目建设竞赛平台",
                "seq 18342",
                "9f2c5be07a41d3886c5e10f4b7d29a63518e0cfd4472b96a3e17c08d5fb2e941",
            )
        ),
        notices=("演示数据", "内部版"),
    )


def circular(*, sealed: bool = False) -> Document:
    """A 红头文件 with number, signature, annex and 版记."""
    return Document(
        identifier="2020-circular-8",
        masthead=Masthead(
            "document", "示例市项目建设竞赛办公室文件", "示竞办〔2020〕8号", "示例市项目建设竞赛办公室"
        ),
        title="关于做好项目建设竞赛月度考核工作的通知",
        dated_on=date(2020, 10, 6),
        recipients="各县市区人民政府，市直各单位",
        blocks=(
            Paragraph("现就有关事项通知如下。"),
            Heading(1, "考核范围"),
            Paragraph("全市纳入竞赛的项目。"),
        ),
        attachments=(
            Attachment("考核项目清单", (Paragraph("清单另列。"),)),
            Attachment("考核指标说明", (Heading(1, "说明"), Paragraph("见办法。"))),
        ),
        signature=Signature("示例市项目建设竞赛办公室", sealed=sealed),
        imprint=Imprint("示例市项目建设竞赛办公室", date(2020, 10, 6), ("市委办公室",)),
    )


def running_text(pages: int = 3) -> Document:
    """Only full lines of body characters: the place to measure the grid."""
    line = "项目建设推进力度全年任务完成进度县市区单位逐月比较"  # 24 characters, none of them punctuation
    paragraph = (line * 40)[: 28 * 22 * pages]
    return Document(
        identifier="grid",
        masthead=Masthead("newsletter", "项目建设竞赛通报", "第1期", "示例市项目建设竞赛办公室"),
        title="版心",
        dated_on=date(2020, 10, 13),
        blocks=(Paragraph(paragraph * 2),),
    )
