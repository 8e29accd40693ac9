"""A scheme in sentences, Chinese or English: what an office reads back before it freezes a file."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from .explain import say_step, words_for
from .function import Language, Words, say_filter
from .numbers import percent_text, short_text
from .outcomes import OUTCOMES
from .scheme import Filter, Group, Item, Measure, Node, Scheme, State, Step
from .scheme_file import load_scheme

_MONEY = {
    "total_investment": ("总投资", "total investment"),
    "contract_amount": ("合同金额", "contract amount"),
    "attracted": ("合同引资额", "attracted funds"),
    "year_plan": ("年度计划投资", "year's planned investment"),
    "claim": ("申报数额", "the amount claimed"),
}
_CLAIMS = {
    "signed": "签约",
    "landed": "落地",
    "started": "开工",
    "completed": "竣工",
    "in_production": "投产",
    "invested": "完成投资",
    "funds_in_place": "到位资金",
    "bond_drawn": "专项债支出",
    "land_reserved": "土地储备",
    "problem_solved": "问题办结",
}
_KINDS = {"week": "每周", "month": "月度", "quarter": "季度", "half": "半年", "year": "年度"}
_LEVEL = {1: ("快报数", "reported level"), 2: ("认定数", "recognised level")}
_CREDIT = {
    "owner": ("计入落地单位", "credited to the owning unit"),
    "bringer": ("计入引荐单位", "credited to the bringing unit"),
    "bringer_or_owner": (
        "计入引荐单位，没有的计入落地单位",
        "credited to the bringing unit, else to the owner",
    ),
    "contract": ("按合同比例计入各单位", "credited by contract shares"),
}
_WINDOW = {
    "round": ("本期", "in the round"),
    "to_date": ("累计", "to date"),
    "stock": ("历年累计", "of all time"),
    "previous": ("对比期", "in the comparison round"),
}
_MISSING = {
    "skip_and_reweight": ("不计，权重分摊到其他项目", "it is skipped and its weight shared out"),
    "full": ("得满分", "full marks"),
    "zero": ("得零分", "zero"),
    "group_lowest": ("按组内最低分计", "the group's lowest"),
    "group_mean": ("按组内平均分计", "the group's mean"),
}


def explain_file(path: str | Path, language: Language = "zh") -> list[str]:
    """The sentences of a scheme file; SchemeRefused where it has errors."""
    return explain_scheme(load_scheme(path), language)


def explain_scheme(scheme: Scheme, language: Language = "zh") -> list[str]:
    """The whole scheme in sentences, in the order of the file."""
    words = words_for(scheme, language)
    said = [
        words.pick(
            f"{scheme.title}（依据：{scheme.basis}）。", f"{scheme.title_en or scheme.title} ({scheme.basis})."
        )
    ]
    said += _counting(scheme, words)
    said += [_measure(scheme, measure, words) for measure in scheme.measures.values()]
    for rule in scheme.figures.values():
        owner = words.pick(f"，由{rule.owner}提供", f", given by {rule.owner}") if rule.owner else ""
        said.append(words.pick(f"数据“{rule.title}”{owner}。", f"Figure {rule.title}{owner}."))
    for group in scheme.groups.values():
        said += _group(group, words)
    for adjustment in scheme.adjustments.values():
        low, high = short_text(adjustment.low), short_text(adjustment.high)
        said.append(
            words.pick(
                f"{adjustment.title}：每次 {low} 至 {high} 分",
                f"{adjustment.title}: {low} to {high} points each",
            )
            + _limits(adjustment.limit_low, adjustment.limit_high, words)
        )
    said += _rest(scheme, words)
    return said


def _limits(low: Fraction | None, high: Fraction | None, words: Words) -> str:
    shown = [
        words.pick(f"{name[0]} {short_text(limit)} 分", f"{name[1]} {short_text(limit)}")
        for name, limit in ((("每期最低", "not below"), low), (("每期最高", "not above"), high))
        if limit is not None
    ]
    return words.pick("，", ", ") * bool(shown) + words.pick("、", ", ").join(shown) + words.pick("。", ".")


def _counting(scheme: Scheme, words: Words) -> Iterator[str]:
    for state in scheme.policy.states:
        yield _state(state, words)
    if scheme.policy.split_counts == "shares":
        yield words.pick("几个单位共有的项目，个数按比例计。", "Counts of shared projects are split by share.")
    else:
        yield words.pick("几个单位共有的项目，各计一个。", "Each unit that shares a project counts it once.")


def _state(state: State, words: Words) -> str:
    at = 0 if words.language == "zh" else 1
    claims = "、".join(words.pick(_CLAIMS.get(kind, kind), kind) for kind in state.claims)
    requires = "、".join(words.pick(_CLAIMS.get(kind, kind), kind) for kind in state.requires)
    need = words.pick(f"，并须已{requires}", f", which also needs {requires}") if requires else ""
    parts = [
        words.pick("同一项目只计一次", "once per project")
        if state.once
        else words.pick("每次都计", "every claim counts")
    ]
    if state.size != "none":
        parts.append(words.pick(f"规模看{_MONEY[state.size][at]}", f"size by {_MONEY[state.size][at]}"))
    if state.amount != "none":
        parts.append(words.pick(f"金额取{_MONEY[state.amount][at]}", f"amount by {_MONEY[state.amount][at]}"))
    said = words.pick("，", ", ").join(parts)
    return words.pick(
        f"“{state.title}”：凭{claims}申报{need}；{said}。", f"{state.title}: by claims {claims}{need}; {said}."
    )


def _measure(scheme: Scheme, measure: Measure, words: Words) -> str:
    at = 0 if words.language == "zh" else 1
    state = scheme.state_of(measure.name)
    where = (
        say_filter(measure.where, words)
        if measure.where != Filter()
        else words.pick("全部项目", "all projects")
    )
    take = words.pick("个数", "number") if measure.take == "count" else words.pick("金额或数量", "amount")
    listed = (
        words.pick("，只计任务清单中的项目", ", only projects named in the target")
        if measure.only_listed
        else ""
    )
    rest = [_WINDOW[measure.window][at], _LEVEL[measure.level][at], _CREDIT[measure.credit][at]]
    return words.pick(
        f"指标“{measure.title}”：{state.title}的{take}，{where}，{'，'.join(rest)}{listed}。",
        f"Measure {measure.title_en or measure.title}: {take} of {state.name}, {where}, {', '.join(rest)}{listed}.",
    )


def _group(group: Group, words: Words) -> list[str]:
    title = words.pick(group.title, group.title_en or group.title)
    said = [words.pick(f"【{title}】单独排名。", f"[{title}] is ranked apart.")]
    said += [_item(item, words) for item in group.items]
    for kind, node in group.totals.items():
        said.append(
            words.pick(f"{_KINDS.get(kind, kind)}总分：", f"Total of a {kind}: ")
            + _node(group, node, words)
            + words.pick("。", ".")
        )
    return said


def _item(item: Item, words: Words) -> str:
    at = 0 if words.language == "zh" else 1
    title = words.pick(item.title, item.title_en or item.title)
    full = short_text(item.full)
    steps = words.pick("；", "; ").join(_step(step, words) for step in item.steps)
    fixed = short_text(item.missing.points)
    missing = (
        _MISSING[item.missing.rule][at] if item.missing.rule != "fixed" else words.pick(f"得{fixed}分", fixed)
    )
    owner = words.pick(f"，{item.owner}提供", f", {item.owner}") if item.owner else ""
    rounds = (
        words.pick(f"，只在 {'、'.join(item.rounds)} 计分", f", only in {', '.join(item.rounds)}")
        if item.rounds
        else ""
    )
    return words.pick(
        f"{title}（{full}分{owner}{rounds}）：{steps}。无此任务的，{missing}。",
        f"{title} ({full} points{owner}{rounds}): {steps}. Without the duty: {missing}.",
    )


def _step(step: Step, words: Words) -> str:
    """A step with the chains inside it."""
    said = say_step(step, words)
    settings = step.settings
    inner = [
        words.pick("，", ", ").join(_step(one, words) for one in part["steps"])
        for part in (*settings.get("parts", ()), *settings.get("columns", ()))
        if "steps" in part
    ]
    return said + (words.pick(f"[{'|'.join(inner)}]", f" [{' | '.join(inner)}]") if inner else "")


def _node(group: Group, node: Node, words: Words) -> str:
    parts = [
        words.pick(group.item(name).title, group.item(name).title_en or group.item(name).title)
        for name in node.items
    ]
    for child in node.children:
        weight = "" if child.weight == 1 else f" × {percent_text(child.weight, 0)}%"
        parts.append(f"{child.title}({_node(group, child, words)}){weight}")
    parts += [f"{name} × {percent_text(weight, 0)}%" for name, weight in node.earlier]
    parts += [words.pick("加减分", "adjustments")] * bool(node.adjustments)
    text = " + ".join(parts)
    if node.multiply:
        text += words.pick("，再乘以系数", ", then a coefficient")
    if node.low is not None:
        text += words.pick(f"，最低 {short_text(node.low)} 分", f", not below {short_text(node.low)}")
    if node.high is not None:
        text += words.pick(f"，最高 {short_text(node.high)} 分", f", not above {short_text(node.high)}")
    return text


def _rest(scheme: Scheme, words: Words) -> Iterator[str]:
    at = 0 if words.language == "zh" else 1
    for rule in scheme.outcomes:
        kind = OUTCOMES[rule.rule]
        audience = words.pick("公开" if rule.audience == "public" else "内部", rule.audience)
        yield words.pick(
            f"结果“{rule.title}”：{kind.title}（{audience}）。",
            f"Outcome {rule.title}: {kind.title_en} ({audience}).",
        )
    waived = _MISSING[scheme.waived][at]
    yield words.pick(f"经批准免予考核的项目，{waived}。", f"A waived item: {waived}.")
    decimals = scheme.ranking.compare_at
    ties = words.pick(
        "同分同名次，其后空位" if scheme.ranking.ties == "shared" else "同分同名次，其后不空位",
        "ties share a place" if scheme.ranking.ties == "shared" else "ties share a place and none is skipped",
    )
    broken = ""
    if scheme.ranking.tie_break:
        names = "、".join(scheme.ranking.tie_break)
        broken = words.pick(f"；同分时依次比较 {names}", f"; ties are broken by {names}")
    yield words.pick(
        f"总分按 {decimals} 位小数排名，{ties}{broken}。",
        f"Totals are compared at {decimals} decimals; {ties}{broken}.",
    )
