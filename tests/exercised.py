"""Which addresses and templates a whole run of the tests has used; an unused one fails the run.

Loaded by tests/conftest.py. Every worker notes what it saw; the process that collects them judges, and only when nothing
was chosen by path, name or mark.
"""

import os
from pathlib import Path
from typing import Any

import pytest

SEEN: dict[str, set[str]] = {"addresses": set(), "templates": set()}


def listen() -> None:
    """Note every address that is requested and every template that is drawn."""
    from django.core.signals import request_started
    from django.test.signals import template_rendered

    request_started.connect(_request, dispatch_uid="exercised-addresses")
    template_rendered.connect(_template, dispatch_uid="exercised-templates")


def _request(environ: dict[str, Any] | None = None, **_rest: Any) -> None:
    from django.urls import Resolver404, resolve

    try:
        match = resolve((environ or {}).get("PATH_INFO", ""))
    except Resolver404:
        return
    SEEN["addresses"].add(match.view_name)


def _template(template: Any, **_rest: Any) -> None:
    if template.name:
        SEEN["templates"].add(template.name)


def is_whole_run(config: pytest.Config) -> bool:
    """Nothing was chosen: no path but the whole folder, no -k, and no mark but the tiers' own."""
    whole = (config.rootpath / "tests").resolve()
    chosen = [arg for arg in config.args if Path(arg.split("::")[0]).resolve() != whole]
    return not chosen and not config.option.keyword and config.option.markexpr in {"", "not browser", "not slow"}


def unused() -> list[str]:
    """The addresses and templates that nobody used."""
    from tests.architecture.routes import routes
    from tests.architecture.sources import SITE

    names = {
        path.relative_to(folder).as_posix()
        for folder in SITE.glob("*/templates") for path in folder.rglob("*") if path.is_file()
    }
    return [
        *(f"address never requested: {route}" for route in routes() if route.name not in SEEN["addresses"]),
        *(f"template never drawn: {name}" for name in sorted(names - SEEN["templates"])),
    ]


def judge(session: pytest.Session) -> None:
    """At the end of a whole run that was green: fail for what was never used."""
    config = session.config
    if hasattr(config, "workeroutput"):
        # A safe string of Django is no plain string to execnet.
        config.workeroutput["exercised"] = {kind: sorted("".join([name]) for name in found) for kind, found in SEEN.items()}
        return
    if session.exitstatus != 0 or not is_whole_run(config) or not SEEN["addresses"]:
        return
    missing = unused()
    if missing:
        config._exercised_missing = missing  # type: ignore[attr-defined]
        # Until a whole run has been seen without any, they are printed; SHUANGBI_EXERCISED=strict makes them fail it.
        if os.environ.get("SHUANGBI_EXERCISED") == "strict":
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
