"""A real site for proofs: a migrated SQLite file in a folder of its own, and processes that work in it."""

import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from shuangbi.ledger.actions import Draft
from shuangbi.ledger.body import Body
from shuangbi.ledger.models import Fact
from shuangbi.upkeep.databases import in_place

DAY = date(2020, 9, 15)


@dataclass(frozen=True)
class Told(Body):
    """Something told: fact `number` of an act with `act` facts."""

    KIND: ClassVar[str] = "stories.told"
    text: str
    number: int
    act: int
    file: str = ""


def drafts(text: str, size: int, file: str = "") -> list[Draft]:
    """The drafts of an act; the same words give the same bodies."""
    return [Draft(body=Told(text, n, size, file), subject=UUID(int=n + 1), effective_on=DAY) for n in range(size)]


def nothing(fact: Fact) -> None:
    """An `apply` of a room without tables."""


def fast_folder() -> Path | None:
    """A folder in memory, for proofs that are not about the disk; None where there is none."""
    memory = Path("/dev/shm")  # noqa: S108 a folder in memory
    return memory if memory.is_dir() else None


@contextmanager
def standing(folder: Path) -> Iterator[None]:
    """The site in this folder in place of the usual one."""
    home = settings.HOME
    (folder / "data").mkdir(parents=True, exist_ok=True)
    settings.HOME = folder
    try:
        with in_place(folder / "data" / "shuangbi.sqlite3"):
            yield
    finally:
        settings.HOME = home


def made(folder: Path) -> None:
    """Migrate the site in a process of its own, so that no connection is open when others are forked."""
    if code := wait(spawn(folder, lambda: call_command("migrate", verbosity=0, interactive=False))):
        raise RuntimeError(f"the site of the proof could not be migrated (exit code {code}); nothing was proved")


def spawn(folder: Path, work: Callable[[], Any]) -> int:
    """Fork a process that works in the site; its id. It ends with 0, or 1 when the work raised."""
    connections.close_all()
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        with standing(folder):
            work()
        code = 0
    except BaseException:  # noqa: BLE001 the process ends here whatever it was; say what
        traceback.print_exc()
    finally:
        os._exit(code)


def wait(process: int) -> int:
    """The exit code of a process; negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
