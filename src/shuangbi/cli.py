"""The command `shuangbi`: other people's scripts rely on it (docs/commands.md). Only parses and prints; actions do the work.

Exit code 0 done, 1 refused with the reason on stderr, 2 wrong usage.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from shuangbi.foundation.errors import Refused

Command = Callable[[argparse.Namespace], int]


def language() -> str:
    """Chinese, unless the user's locale or SHUANGBI_LANGUAGE says English."""
    for name in ("SHUANGBI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "en" if value.lower().startswith("en") else "zh-hans"
    return "zh-hans"


def say(zh: str, en: str) -> str:
    return en if language() == "en" else zh


def refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


def out(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def site(home: str | None = None) -> None:
    """Bring Django up, in the user's language. What the site writes is its owner's alone to read."""
    os.umask(0o077)
    if home:
        os.environ["SHUANGBI_HOME"] = home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuangbi.settings")
    _prefer_demo()
    import django
    from django.utils import translation

    django.setup()
    translation.activate(language())


def _prefer_demo() -> None:
    """With no site of its own and a demo beside it, the command speaks of the demo."""
    if "SHUANGBI_HOME" in os.environ or "SHUANGBI_DATABASE_URL" in os.environ:
        return
    var = Path(__file__).resolve().parents[2] / "var"
    if not (var / "data" / "shuangbi.sqlite3").exists() and (var / "demo" / "DEMO").exists():
        os.environ["SHUANGBI_HOME"] = str(var / "demo")


def demo(arguments: argparse.Namespace) -> int:
    from demo.build import prepare_home

    home = prepare_home(arguments.scene)
    site(str(home))
    from demo.build import is_built
    from demo.city import build, log_ins

    if not is_built(home):
        print(say("正在生成示例市，约需一分钟……", "Building the sample city; this takes about a minute …"), flush=True)
        build(home)
    for line in log_ins():
        print(line)
    if arguments.no_serve:
        return 0
    from shuangbi.serving import serve as serve_site

    print(f"\n  http://127.0.0.1:{arguments.port}/\n", flush=True)
    return serve_site(host="127.0.0.1", port=arguments.port, workers=2)


def serve(arguments: argparse.Namespace) -> int:
    site()
    from shuangbi.serving import serve as serve_site

    return serve_site(host=arguments.host, port=arguments.port, workers=arguments.workers)


def migrate(arguments: argparse.Namespace) -> int:
    site()
    from shuangbi.serving import migrate as migrate_site

    migrate_site()
    print(say("数据库已就绪。", "The database is ready."))
    return 0


def check(arguments: argparse.Namespace) -> int:
    site()
    from shuangbi.serving import unsafe_settings

    problems = unsafe_settings()
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print(say("未发现问题。", "Nothing unsafe was found."))
    return 1 if problems else 0


def create_admin(arguments: argparse.Namespace) -> int:
    site()
    from shuangbi.organisations.actions import create_admin as make

    made = make(region=arguments.region, region_en=arguments.region_en, code=arguments.code)
    for one in made:
        print(f"{one.role.label}\t{one.username}\t{one.password}")
    print(say("以上为一次性密码，首次登录须修改。", "These passwords work once; each is changed at the first log-in."))
    return 0


def scheme_check(arguments: argparse.Namespace) -> int:
    from shuangbi_engine.scheme_file import check_file

    found = check_file(arguments.file)
    errors = [problem for problem in found if problem["level"] == "error"]
    for problem in found:
        print(scheme_problem(problem), file=sys.stderr if problem["level"] == "error" else sys.stdout)
    if not errors:
        print(say("计分办法可用。", "The scheme can be used."))
    return 1 if errors else 0


def scheme_problem(problem: dict[str, Any]) -> str:
    """Line, place, reason and remedy of a finding."""
    tongue = "en" if language() == "en" else "zh"
    where = say(f"第 {problem['line']} 行", f"line {problem['line']}")
    return f"{where} {problem['path']}: {problem['reason'][tongue]} {problem['remedy'][tongue]}"


def scheme_explain(arguments: argparse.Namespace) -> int:
    from shuangbi_engine import load_scheme
    from shuangbi_engine.scheme_errors import SchemeRefused
    from shuangbi_engine.scheme_text import explain_scheme

    try:
        for line in explain_scheme(load_scheme(arguments.file), "en" if language() == "en" else "zh"):
            print(line)
    except SchemeRefused as refusal:
        return refuse("\n".join(scheme_problem(error.as_dict()) for error in refusal.errors))
    return 0


def evaluate(arguments: argparse.Namespace) -> int:
    from shuangbi_engine.backends import BackendMissing
    from shuangbi_engine.folder import FactsRefused
    from shuangbi_engine.offline import evaluate_folder
    from shuangbi_engine.scheme_errors import SchemeRefused

    tongue: Literal["zh", "en"] = "en" if language() == "en" else "zh"
    try:
        result = evaluate_folder(
            arguments.scheme, arguments.facts, arguments.round, as_of=arguments.as_of, engine=arguments.engine,
            explain=arguments.explain, language=tongue,
        )
    except SchemeRefused as refusal:
        return refuse("\n".join(scheme_problem(error.as_dict()) for error in refusal.errors))
    except FactsRefused as refusal:
        return refuse("\n".join(facts_problem(error, tongue) for error in refusal.errors))
    except (BackendMissing, LookupError, FileNotFoundError) as refusal:
        return refuse(str(refusal))
    if arguments.json:
        out(result)
    else:
        print_groups(result)
    return 0


def facts_problem(error: dict[str, Any], tongue: str) -> str:
    """File, row, column, reason and remedy of a fact table's error."""
    reason, remedy = (error[name][tongue] if isinstance(error[name], dict) else error[name] for name in ("reason", "remedy"))
    return f"{error['file']}:{error['row']} {error['column']}: {reason} {remedy}"


def print_groups(result: dict[str, Any]) -> None:
    """A standing as lines a person reads."""
    for line in result["city"]:
        print(f"{line['title']}\t{line['target']} → {line['actual']}\t{line['rate']}%")
    for group in result["groups"]:
        print(f"\n{group['group']}")
        for row in group["ranking"]:
            print(f"{row['rank']}\t{row['unit']}\t{row['score']}")


def standing(arguments: argparse.Namespace) -> int:
    site()
    from shuangbi.standings.queries import standing_as_json

    result = standing_as_json(round_name=arguments.round, as_of=arguments.as_of, competition=arguments.competition)
    if arguments.json:
        out(result)
    else:
        print_groups(result)
    return 0


def bulletin(arguments: argparse.Namespace) -> int:
    site()
    from shuangbi.bulletins.queries import issue_bytes

    try:
        content, note = issue_bytes(
            name=arguments.issue, form=arguments.format, audience=arguments.audience, render=arguments.render,
            competition=arguments.competition,
        )
    except Refused as refusal:
        return refuse(refusal.message)
    Path(arguments.output).write_bytes(content)
    print(note)
    return 0


def import_(arguments: argparse.Namespace) -> int:
    site()
    from shuangbi.exchange.command import import_file

    return import_file(
        kind=arguments.kind, path=Path(arguments.file), dry_run=arguments.dry_run, by=arguments.by,
        competition=arguments.competition,
    )


def export(arguments: argparse.Namespace) -> int:
    site()
    from shuangbi.exchange.command import export_file

    return export_file(kind=arguments.kind, path=Path(arguments.output), by=arguments.by, competition=arguments.competition)


def extract(arguments: argparse.Namespace) -> int:
    from shuangbi.exchange import figures

    path = Path(arguments.file)
    if not path.exists():
        return refuse(say(f"没有文件 {path}", f"There is no file {path}"))
    for figure in figures.read(path.read_text(encoding="utf-8-sig")):
        line = figure.to_json()
        print(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False))
    return 0


def verify(arguments: argparse.Namespace) -> int:
    site()
    from shuangbi.ledger.verify import verify as verify_chain

    if arguments.checkpoint and not Path(arguments.checkpoint).is_file():
        return refuse(say(f"没有文件 {arguments.checkpoint}", f"There is no file {arguments.checkpoint}"))
    result = verify_chain(checkpoint=Path(arguments.checkpoint).read_text() if arguments.checkpoint else None)
    if arguments.json:
        out(result)
    elif result["ok"]:
        print(say(f"{result['facts']} 条事实，链完整。", f"{result['facts']} facts, the chain is whole."))
    else:
        refuse(say(f"第 {result['first_broken']} 条处断开。", f"The chain breaks at {result['first_broken']}."))
    return 0 if result["ok"] else 1


def rebuild(arguments: argparse.Namespace) -> int:
    site()
    from shuangbi.upkeep import rebuild_check

    result = rebuild_check()
    out(result)
    return 0 if result["ok"] else 1


def backup(arguments: argparse.Namespace) -> int:
    site()
    from shuangbi.upkeep import backup as back_up

    result = back_up(Path(arguments.file))
    out(result)
    return 0 if result["ok"] else 1


def restore(arguments: argparse.Namespace) -> int:
    site()
    from shuangbi.upkeep import restore as put_back

    out(put_back(Path(arguments.file)))
    return 0


def bench(arguments: argparse.Namespace) -> int:
    site()
    from shuangbi.benchmarks import run_benchmarks

    rows = run_benchmarks(size=arguments.size)
    if arguments.json:
        out(rows)
    else:
        for row in rows:
            print(f"{row['work']}\t{row['engine']}\t{row['seconds']}\t{row['ratio_to'] or ''}\t{row['ratio'] or ''}")
    return 0


Option = tuple[tuple[str, ...], dict[str, Any]]


def _option(*names: str, **settings: Any) -> Option:
    return names, settings


JSON = _option("--json", action="store_true")
COMPETITION = _option("--competition", metavar="SLUG")
BY = _option("--by", metavar="USERNAME")

COMMANDS: tuple[tuple[str, Command, str, str, tuple[Option, ...]], ...] = (
    ("demo", demo, "生成并运行演示市", "build the demo city and serve it", (
        _option("--scene", choices=["october"], default="october"),
        _option("--port", type=int, default=8000), _option("--no-serve", action="store_true"),
    )),
    ("serve", serve, "运行站点", "run the site", (
        _option("--host", default="127.0.0.1"), _option("--port", type=int, default=8000),
        _option("--workers", type=int, default=2),
    )),
    ("migrate", migrate, "建立或升级数据库", "make or upgrade the database", ()),
    ("create-admin", create_admin, "建立三员账号", "make the three administrators", (
        _option("--region", required=True), _option("--region-en", default=""), _option("--code", default="region"),
    )),
    ("check", check, "检查不安全的设置", "look for unsafe settings", ()),
    ("evaluate", evaluate, "对一个文件夹的事实表计分", "score a folder of fact tables", (
        _option("scheme"), _option("facts"), _option("--round", required=True), _option("--as-of"),
        _option("--engine", choices=["sqlite", "duckdb", "postgresql", "spark"], default="sqlite"),
        _option("--explain", metavar="UNIT"), JSON,
    )),
    ("standing", standing, "一期的全市完成数、得分和名次", "city totals, scores and ranks of a round", (
        _option("round"), _option("--as-of"), COMPETITION, JSON,
    )),
    ("bulletin", bulletin, "取出一期通报", "the bytes of a bulletin", (
        _option("issue"), _option("--format", choices=["pdf", "docx", "html"], required=True),
        _option("--audience", choices=["public", "internal"], default="internal"),
        _option("--render", action="store_true"), _option("-o", "--output", required=True), COMPETITION,
    )),
    ("import", import_, "导入表格", "import a table", (
        _option("kind"), _option("file"), _option("--dry-run", action="store_true"), BY, COMPETITION,
    )),
    ("export", export, "导出表格", "export a table", (
        _option("kind"), _option("-o", "--output", required=True), BY, COMPETITION,
    )),
    ("extract", extract, "从文稿中读出数字", "figures out of news or bulletins", (_option("file"), JSON)),
    ("verify", verify, "验证账本", "prove the chain", (_option("--checkpoint", metavar="FILE"), JSON)),
    ("rebuild", rebuild, "由事实重建各表并比对", "rebuild every table from its facts and compare", (
        _option("--check", action="store_true", required=True),
    )),
    ("backup", backup, "备份为一个文件", "one file with everything but the keys", (_option("file"),)),
    ("restore", restore, "从备份恢复", "put a backup back", (_option("file"),)),
    ("bench", bench, "性能测量", "the benchmarks", (
        _option("--size", choices=["city"], default="city"), JSON,
    )),
)
SCHEME_COMMANDS: tuple[tuple[str, Command, str, str], ...] = (
    ("check", scheme_check, "检查计分办法文件", "validate a scheme file"),
    ("explain", scheme_explain, "用文字说明计分办法", "say a scheme in sentences"),
)


def parser() -> argparse.ArgumentParser:
    """All commands with help in the user's language."""
    root = argparse.ArgumentParser(prog="shuangbi", description=say("项目竞赛系统", "Project competitions"))
    commands = root.add_subparsers(required=True, metavar=say("命令", "COMMAND"))
    for name, action, zh, en, options in COMMANDS:
        one = commands.add_parser(name, help=say(zh, en), description=say(zh, en))
        for names, settings in options:
            one.add_argument(*names, **settings)
        one.set_defaults(action=action)
    schemes = commands.add_parser("scheme", help=say("检查或说明计分办法", "check or explain a scheme file"))
    inner = schemes.add_subparsers(required=True)
    for name, action, zh, en in SCHEME_COMMANDS:
        one = inner.add_parser(name, help=say(zh, en))
        one.add_argument("file")
        one.set_defaults(action=action)
    return root


def main(arguments: list[str] | None = None) -> int:
    """Parse, act, answer the exit code."""
    chosen = parser().parse_args(arguments)
    action: Command = chosen.action
    try:
        return action(chosen)
    except Refused as refusal:
        return refuse(refusal.message)
    except BrokenPipeError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
