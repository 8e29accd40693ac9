"""The write gate: one writer at a time, in the order they came, within this process and across processes."""

import errno
import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import OperationalError, connection, transaction

from shuangbi.foundation import clock

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
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + PATIENCE_SECONDS
        try:
            number = _stand_in_line(self._handle, deadline)
            _until(lambda: _flocked(self._handle), deadline, lambda: SHORTEST_PAUSE)
            os.pwrite(self._handle, number.to_bytes(8, "big"), 8)
        except TimeoutError as problem:
            self._unlock_file()
            raise GateBusy(str(self._path)) from problem
        except BaseException:
            self._unlock_file()
            raise

    def _unlock_file(self) -> None:
        if self._handle is not None:
            # Unlocked by name: a process forked meanwhile holds a copy of the handle.
            fcntl.flock(self._handle, fcntl.LOCK_UN)
            os.close(self._handle)
            self._handle = None


# The queue between processes. `flock` alone lets in whoever asks at the right moment, so each process takes a number
# and holds the byte of its number until it is done; the next one waits for that byte. A process that dies lets go of
# both. In the file: the last number given (8 bytes), the number being served (8 bytes).
COUNTER_BYTE = 1 << 20
FIRST_BYTE = 1 << 21
SHORTEST_PAUSE, EACH_AHEAD, LONGEST_PAUSE = 0.0002, 0.0007, 0.02


def _stand_in_line(handle: int, deadline: float) -> int:
    """Take the next number and wait until the one before is done or gone. Raises TimeoutError."""
    _until(lambda: _byte_locked(handle, COUNTER_BYTE), deadline, lambda: SHORTEST_PAUSE)
    number = int.from_bytes(os.pread(handle, 8, 0), "big") + 1
    _byte_locked(handle, FIRST_BYTE + number)
    os.pwrite(handle, number.to_bytes(8, "big"), 0)
    fcntl.lockf(handle, fcntl.LOCK_UN, 1, COUNTER_BYTE)

    def pause() -> float:
        ahead = number - int.from_bytes(os.pread(handle, 8, 8), "big")
        # A write takes a millisecond or more: who is far behind need not look often.
        return min(ahead * EACH_AHEAD, LONGEST_PAUSE) if ahead > 1 else SHORTEST_PAUSE

    _until(lambda: _byte_locked(handle, FIRST_BYTE + number - 1), deadline, pause)
    fcntl.lockf(handle, fcntl.LOCK_UN, 1, FIRST_BYTE + number - 1)
    return number


def _until(done: Callable[[], bool], deadline: float, pause: Callable[[], float]) -> None:
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(pause())


def _flocked(handle: int | None) -> bool:
    return handle is not None and _locked(lambda: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB))


def _byte_locked(handle: int, byte: int) -> bool:
    return _locked(lambda: fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte))


def _locked(lock: Callable[[], None]) -> bool:
    try:
        lock()
    except OSError as problem:
        if problem.errno in {errno.EAGAIN, errno.EACCES}:
            return False
        raise
    return True


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
