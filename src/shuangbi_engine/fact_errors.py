"""What can be wrong with fact tables: file, row, column, reason and remedy, in Chinese and English."""

from dataclasses import dataclass

MESSAGES: dict[str, tuple[str, str, str, str]] = {
    "no_table": ("缺少这个表", "补上该文件", "this table is missing", "add the file"),
    "two_files": ("同一个表有两个文件", "只留一个", "two files hold the same table", "keep one of them"),
    "unknown_table": (
        "不认识的表",
        "改正文件名，见 docs/fact-tables.md",
        "unknown table",
        "correct the file's name, see docs/fact-tables.md",
    ),
    "not_text": ("不是 UTF-8 文本", "另存为 UTF-8 的 CSV", "not UTF-8 text", "save it as CSV in UTF-8"),
    "no_column": ("缺少这一列", "补上这一列", "this column is missing", "add the column"),
    "unknown_column": ("不认识的列", "改正列名或删去该列", "unknown column", "correct its name or remove it"),
    "two_columns": ("列名重复", "只留一列", "this column stands twice", "keep one of them"),
    "too_many_cells": (
        "单元格比表头多",
        "检查多余的逗号",
        "more cells than the header has",
        "look for a comma too many",
    ),
    "empty": ("不能为空", "填写这一格", "must be filled", "fill in the cell"),
    "integer": ("不是整数：{value}", "写整数", "not an integer: {value}", "write an integer"),
    "time": ("不是时间：{value}", "写作 2020-10-19T18:00", "not a time: {value}", "write 2020-10-19T18:00"),
    "day": ("不是有效日期：{value}", "写作 2020-09-30", "not a possible date: {value}", "write 2020-09-30"),
    "number": (
        "不是数或单位不对：{value}",
        "写作 15、50%、1.2亿元 或 300亩",
        "not a number, or in a wrong unit: {value}",
        "write 15, 50%, 1.2亿元 or 300亩",
    ),
    "event": ("没有这种事件：{value}", "可用：{known}", "no such event: {value}", "possible: {known}"),
    "bar": ("不能含有“|”：{value}", "去掉“|”", "must not contain |: {value}", "remove the |"),
    "unknown_name": (
        "没有这个名称：{value}",
        "改正名称，或在方案、相应的表中补上",
        "unknown name: {value}",
        "correct it, or add it to the scheme or its table",
    ),
    "range": (
        "{value} 超出该种加减分的范围",
        "按方案规定的范围填写",
        "{value} is outside the range of this kind",
        "keep within the scheme's range",
    ),
    "dates": ("结束早于开始", "改正日期", "the end lies before the start", "correct the dates"),
    "share": (
        "比例 {value} 不在 0 与 100% 之间",
        "改正比例",
        "the share {value} does not lie between 0 and 100 %",
        "correct the share",
    ),
    "shares": (
        "{value} 的比例合计超过 100%",
        "改正比例或起止日期",
        "the shares of {value} exceed 100 %",
        "correct the shares or their dates",
    ),
    "no_kind": (
        "申报 {value} 没有种类",
        "在其第一行写 kind",
        "claim {value} has no kind",
        "write its kind in its first row",
    ),
    "two_subjects": (
        "申报 {value} 指向两个项目",
        "同一申报只写一个 subject",
        "claim {value} is about two subjects",
        "write one subject for a claim",
    ),
    "other_subject": (
        "申报 {value} 属于另一个项目",
        "只能替代同一项目的申报；另一项目的申报请撤回",
        "claim {value} is about another subject",
        "name a claim about the same subject, and withdraw the other one",
    ),
}
"""Reason and remedy, Chinese then English, by code."""


@dataclass(frozen=True, slots=True)
class FactError:
    """One finding; the header is row 1, and row 0 means the file as a whole."""

    code: str
    file: str
    row: int = 0
    column: str = ""
    value: str = ""
    known: str = ""

    def as_dict(self) -> dict[str, object]:
        """The finding as plain data, in both languages."""
        zh, zh_remedy, en, en_remedy = (
            text.format(value=self.value, known=self.known) for text in MESSAGES[self.code]
        )
        return {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "code": self.code,
            "reason": {"zh": zh, "en": en},
            "remedy": {"zh": zh_remedy, "en": en_remedy},
        }


class FactsRefused(ValueError):
    """Fact tables that cannot be used; `errors` has up to a hundred findings as plain data."""

    def __init__(self, errors: list[FactError]) -> None:
        super().__init__(
            "; ".join(f"{error.file}:{error.row} {error.column} {error.code}" for error in errors)
        )
        self.errors = [error.as_dict() for error in errors[:100]]
