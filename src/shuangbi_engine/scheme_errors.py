"""What can be wrong with a scheme file: line, place, reason and remedy, in Chinese and English."""

from dataclasses import dataclass, field
from typing import Literal

MESSAGES: dict[str, tuple[str, str, str, str]] = {
    "not_yaml": (
        "不是有效的 YAML：{detail}",
        "改正该行的缩进、引号或冒号",
        "not valid YAML: {detail}",
        "mend the indentation, quotes or colon on this line",
    ),
    "too_large": (
        "文件过大",
        "方案文件不超过 1 MB",
        "the file is too large",
        "a scheme file has at most 1 MB",
    ),
    "alias": (
        "使用了 YAML 引用（& 或 *）",
        "把内容写全",
        "a YAML anchor or alias is used",
        "write the content out in full",
    ),
    "duplicate_key": ("“{key}”重复", "删去其中一个", "“{key}” stands twice", "remove one of them"),
    "unknown_key": ("不认识“{key}”", "可用：{known}", "unknown key “{key}”", "possible: {known}"),
    "near_key": ("不认识“{key}”", "是否为“{near}”?", "unknown key “{key}”", "is “{near}” meant?"),
    "missing_key": ("缺少“{key}”", "补上“{key}”", "“{key}” is missing", "add “{key}”"),
    "missing_choice": (
        "缺少必须明确的选择“{key}”",
        "写明 {key}：{choices}",
        "the required choice “{key}” is missing",
        "write {key}: {choices}",
    ),
    "wrong_choice": (
        "“{value}”不是“{key}”的可选值",
        "可选：{choices}",
        "“{value}” is no value of “{key}”",
        "choose: {choices}",
    ),
    "wrong_type": (
        "此处应为{expected}",
        "改为{expected}",
        "{expected_en} belongs here",
        "write {expected_en}",
    ),
    "not_a_number": (
        "“{value}”不是数",
        "写成 12、0.5、50%、1亿元 等",
        "“{value}” is not a number",
        "write it as 12, 0.5, 50% or 1亿元",
    ),
    "unknown_format": (
        "不认识的格式版本“{value}”",
        "写 format: 1",
        "unknown format “{value}”",
        "write format: 1",
    ),
    "unknown_function": (
        "没有函数“{name}”{near}",
        "可用：{known}",
        "there is no function “{name}”{near}",
        "possible: {known}",
    ),
    "unknown_source": (
        "没有指标或数据“{name}”{near}",
        "先在 measures 或 figures 中定义，或改正名称",
        "there is no measure or figure “{name}”{near}",
        "define it under measures or figures, or correct the name",
    ),
    "unknown_measure": (
        "没有指标“{name}”{near}",
        "先在 measures 中定义，或改正名称",
        "there is no measure “{name}”{near}",
        "define it under measures, or correct the name",
    ),
    "unknown_state": (
        "没有状态“{name}”{near}",
        "先在 counting.states 中定义，或改正名称",
        "there is no state “{name}”{near}",
        "define it under counting.states, or correct the name",
    ),
    "unknown_group": (
        "没有组“{name}”{near}",
        "改正组名",
        "there is no group “{name}”{near}",
        "correct the name of the group",
    ),
    "unknown_item": (
        "本组没有计分项“{name}”{near}",
        "改正名称",
        "this group has no item “{name}”{near}",
        "correct the name",
    ),
    "unknown_adjustment": (
        "没有加减分种类“{name}”{near}",
        "先在 adjustments 中定义",
        "there is no adjustment “{name}”{near}",
        "define it under adjustments",
    ),
    "unknown_outcome": (
        "没有结果规则“{name}”{near}",
        "可用：{known}",
        "there is no outcome rule “{name}”{near}",
        "possible: {known}",
    ),
    "double_name": (
        "名称“{name}”用了两次",
        "换一个名称",
        "the name “{name}” is used twice",
        "choose another name",
    ),
    "reserved_name": (
        "“{name}”是保留名称",
        "换一个名称",
        "“{name}” is a reserved name",
        "choose another name",
    ),
    "no_target_here": (
        "“{name}”在这里没有所指",
        "同一步中写 of: 指标",
        "“{name}” has nothing to belong to here",
        "write of: and a measure in the same step",
    ),
    "weights": (
        "“{node}”的满分为 {full}，各部分合计 {sum}",
        "调整各项满分或权重，使其相等",
        "“{node}” has full marks {full}, its parts add up to {sum}",
        "change the full marks or weights until they agree",
    ),
    "weights_earlier": (
        "“{node}”各期权重合计 {sum}，不是 100%",
        "调整权重",
        "the weights of the rounds of “{node}” add up to {sum}, not 100%",
        "change the weights",
    ),
    "item_unused": (
        "计分项“{name}”不在任何总分之中",
        "列入 totals，或删去该项",
        "item “{name}” stands in no total",
        "list it under totals, or remove it",
    ),
    "item_twice": (
        "计分项“{name}”在同一总分中出现两次",
        "只保留一处",
        "item “{name}” stands twice in one total",
        "keep it in one place",
    ),
    "earlier_mixed": (
        "“{node}”既取各期得分，又有计分项或下级",
        "分成两个下级",
        "“{node}” takes earlier rounds and has items or children too",
        "make two children of it",
    ),
    "adjustment_unused": (
        "加减分“{name}”不在任何总分之中",
        "写入某个总分的 adjustments，或删去该种加减分",
        "adjustment “{name}” acts in no total",
        "name it under adjustments of a total, or remove it",
    ),
    "clamp_without_place": (
        "“{key}”没有写明位置",
        "把封顶或保底写成 steps 中的一步 clamp，位置即次序",
        "“{key}” has no place",
        "write the limit as a clamp among the steps; where it stands is when it acts",
    ),
    "clamp_empty": (
        "clamp 既无 low 也无 high",
        "至少写一个",
        "the clamp has neither low nor high",
        "write at least one",
    ),
    "clamp_order": ("low 大于 high", "改正上下限", "low is above high", "correct the limits"),
    "cap_on_sum": (
        "cap: on_sum 之后没有 clamp",
        "在 blend 的下一步写 clamp，或改选 on_parts、none",
        "no clamp follows cap: on_sum",
        "write a clamp as the next step, or choose on_parts or none",
    ),
    "cap_on_parts": (
        "cap: on_parts 但第 {part} 部分没有 clamp",
        "在该部分的 steps 中写 clamp，或改选 on_sum、none",
        "cap: on_parts, but part {part} has no clamp",
        "write a clamp among the steps of that part, or choose on_sum or none",
    ),
    "no_start": (
        "第一步“{name}”没有输入",
        "第一步写 of: 指标，或以 value、ratio、blend 等开头",
        "the first step “{name}” has no input",
        "give it of: a measure, or begin with value, ratio or blend",
    ),
    "late_start": (
        "“{name}”不使用前面各步的结果",
        "把它放在第一步",
        "“{name}” ignores the steps before it",
        "put it first",
    ),
    "bands_order": (
        "分段上限次序不对",
        "up 由小到大，down 由大到小，不设上限的只能是最后一段",
        "the bands are out of order",
        "up ascends, down descends, and only the last band may be open",
    ),
    "columns_number": (
        "本行有 {found} 个条件，应为 {wanted} 个",
        "每列一个条件",
        "this row has {found} conditions, {wanted} belong here",
        "one condition for each column",
    ),
    "not_positive": ("“{key}”必须大于 0", "写一个正数", "“{key}” must be above 0", "write a positive number"),
    "not_empty": ("“{key}”不能为空", "至少写一项", "“{key}” is empty", "write at least one"),
    "unit_mixed": (
        "指标“{name}”没有可相加的金额",
        "在状态中写 amount，或取 take: count",
        "measure “{name}” has no amount to add up",
        "give its state an amount, or take: count",
    ),
    "size_none": (
        "状态“{name}”没有规模，不能按规模筛选",
        "在状态中写 size",
        "state “{name}” has no size to filter by",
        "give the state a size",
    ),
    "range_order": ("low 大于 high", "改正范围", "low is above high", "correct the range"),
    "no_cap_warning": (
        "个数类计分项“{name}”没有封顶；完成数常超过任务数的 150%",
        "加一步 clamp，例如 high: 100%",
        "the count item “{name}” has no cap; counts often pass 150 % of target",
        "add a clamp, for example high: 100%",
    ),
    "name_shape": (
        "“{name}”不能作名称",
        "用小写字母、数字、下划线和连字符，以字母开头",
        "“{name}” is not a name",
        "use lower-case letters, digits, underscores and hyphens, a letter first",
    ),
    "system_usage": (
        "不得以系统使用情况计分",
        "删去该指标",
        "no score may come from using the system",
        "remove it",
    ),
    "too_deep": ("层次过深", "最多 20 层", "nested too deeply", "at most 20 levels"),
}
"""Reason and remedy, Chinese then English, by code."""

TYPES: dict[str, tuple[str, str]] = {
    "map": ("键值对", "a map of keys and values"),
    "list": ("列表", "a list"),
    "text": ("文字", "text"),
    "number": ("数", "a number"),
    "names": ("名称列表", "a list of names"),
    "yes_no": ("yes 或 no", "yes or no"),
    "step": ("只有一个函数名的键值对", "a map with one key, the function"),
}


@dataclass(frozen=True, slots=True)
class SchemeError:
    """One finding: `line` counts from 1, `path` names the place, a warning does not refuse the scheme."""

    code: str
    line: int
    path: str
    params: dict[str, str] = field(default_factory=dict)
    level: Literal["error", "warning"] = "error"

    def reason(self, language: str = "zh") -> str:
        """What is wrong."""
        return MESSAGES[self.code][0 if language == "zh" else 2].format(**self.params)

    def remedy(self, language: str = "zh") -> str:
        """What to do about it."""
        return MESSAGES[self.code][1 if language == "zh" else 3].format(**self.params)

    def as_dict(self) -> dict[str, object]:
        """The finding as plain data, in both languages."""
        return {
            "line": self.line,
            "path": self.path,
            "code": self.code,
            "level": self.level,
            "reason": {language: self.reason(language) for language in ("zh", "en")},
            "remedy": {language: self.remedy(language) for language in ("zh", "en")},
        }


class SchemeRefused(ValueError):
    """A scheme file with errors; `errors` has them all."""

    def __init__(self, errors: list[SchemeError]) -> None:
        super().__init__("; ".join(f"line {error.line}: {error.reason('en')}" for error in errors))
        self.errors = errors
