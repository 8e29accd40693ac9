"""The write gate: one writer at a time, in the order they came, within this process and across processes."""

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import OperationalError, connection, transaction

from shuangbi.foundation import clock, file_locks

PATIENCE_SECONDS = 20.0
# Any constant will do; it must only differ from other users of advisory locks in the same database.
ADVISORY_LOCK = 0x5348424C
LOCK_NOT_AVAILABLE = "55P03"


class GateBusy(Exception):
    """The gate was not free within the patience; nothing was written."""


class Gate:
    """First come, first served: in a process a queue of waiters, between processes a queue in a file beside the database."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._owner: int | None = None
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        """Whether the calling thread holds the gate."""
        return self._owner == threading.get_ident()

    def enter(self) -> None:
        """Wait for the gate. Raises GateBusy when the patience ends."""
        if self.held:
            return
        turn = threading.Event()
        with self._mutex:
            self._waiting.append(turn)
            if len(self._waiting) == 1 and self._owner is None:
                turn.set()
        if not turn.wait(PATIENCE_SECONDS):
            self._give_up(turn)
            raise GateBusy(str(self._path))
        with self._mutex:
            self._waiting.remove(turn)
            self._owner = threading.get_ident()
        try:
            self._lock_file()
        except BaseException:
            self._release()
            raise

    def leave(self) -> None:
        """Let the next one in; harmless when the caller does not hold the gate."""
        if not self.held:
            return
        self._unlock_file()
        self._release()

    def _release(self) -> None:
        with self._mutex:
            self._owner = None
            if self._waiting:
                self._waiting[0].set()

    def _give_up(self, turn: threading.Event) -> None:
        with self._mutex:
            self._waiting.remove(turn)
            if turn.is_set() and self._owner is None and self._waiting:
                self._waiting[0].set()

    def _lock_file(self) -> None:
        handle = self._handle = file_locks.opened(self._path)
        deadline = time.monotonic() + PATIENCE_SECONDS
        try:
            number = _stand_in_line(handle, deadline)
            _until(lambda: file_locks.lock_whole(handle), deadline, lambda: SHORTEST_PAUSE)
            file_locks.write_number(handle, BEING_SERVED, number)
        except TimeoutError as problem:
            self._unlock_file()
            raise GateBusy(str(self._path)) from problem
        except BaseException:
            self._unlock_file()
            raise

    def _unlock_file(self) -> None:
        if self._handle is not None:
            file_locks.unlock_whole(self._handle)
            os.close(self._handle)
            self._handle = None


# The queue between processes. A lock alone lets in whoever asks at the right moment, so each process takes a number and
# holds the byte of its number until it is done; the next one waits for that byte. A process that dies lets go of both.
LAST_GIVEN, BEING_SERVED = 0, 8
COUNTER_BYTE, FIRST_BYTE = 1 << 20, 1 << 21
# Bytes are used in turn, so that their numbers stay small.
LINE_LENGTH = 1 << 20
SHORTEST_PAUSE, EACH_AHEAD, LONGEST_PAUSE = 0.0002, 0.0007, 0.02


def _stand_in_line(handle: int, deadline: float) -> int:
    """Take the next number and wait until the one before is done or gone. Raises TimeoutError."""
    _until(lambda: file_locks.lock_byte(handle, COUNTER_BYTE), deadline, lambda: SHORTEST_PAUSE)
    number = file_locks.read_number(handle, LAST_GIVEN) + 1
    file_locks.lock_byte(handle, _byte(number))
    file_locks.write_number(handle, LAST_GIVEN, number)
    file_locks.unlock_byte(handle, COUNTER_BYTE)

    def pause() -> float:
        # A write takes a millisecond or more: who is far behind need not look often.
        ahead = number - file_locks.read_number(handle, BEING_SERVED)
        return min(ahead * EACH_AHEAD, LONGEST_PAUSE) if ahead > 1 else SHORTEST_PAUSE

    _until(lambda: file_locks.lock_byte(handle, _byte(number - 1)), deadline, pause)
    file_locks.unlock_byte(handle, _byte(number - 1))
    return number


def _byte(number: int) -> int:
    return FIRST_BYTE + number % LINE_LENGTH


def _until(done: Callable[[], bool], deadline: float, pause: Callable[[], float]) -> None:
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(pause())


_gates: dict[str, Gate] = {}
_gates_mutex = threading.Lock()


def gate_for(database: str) -> Gate:
    """The one gate of a database file in this process."""
    with _gates_mutex:
        if database not in _gates:
            path = Path(database).resolve()
            _gates[database] = Gate(path.with_name(path.name + ".gate"))
        return _gates[database]


@contextmanager
def writing() -> Iterator[None]:
    """One transaction behind the gate, in which the business clock stands still. Nested uses join the outer one.

    On PostgreSQL the lock is the first statement. Raises GateBusy when others write for longer than the patience.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            _lock_postgresql()
        with clock.still():
            yield


def _lock_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{int(PATIENCE_SECONDS * 1000)}ms'")
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        except OperationalError as problem:
            if getattr(problem.__cause__, "sqlstate", "") == LOCK_NOT_AVAILABLE:
                raise GateBusy(connection.settings_dict["NAME"]) from problem
            raise
