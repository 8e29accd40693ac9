"""Locks on a file that go with the process that holds them: the whole file, or one byte; and numbers kept in the file.

The server runs on Linux. The Windows half is there so that the demo can be tried on a desk.
"""

import os
import sys

if sys.platform == "win32":
    import msvcrt

    WHOLE = 1 << 30

    def lock_byte(handle: int, byte: int) -> bool:
        """Lock one byte without waiting; whether it was free."""
        os.lseek(handle, byte, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def unlock_byte(handle: int, byte: int) -> None:
        """Let a byte go that this process holds."""
        os.lseek(handle, byte, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

    def lock_whole(handle: int) -> bool:
        """Lock the file without waiting; whether it was free."""
        return lock_byte(handle, WHOLE)

    def unlock_whole(handle: int) -> None:
        """Let the file go; harmless when it is not held."""
        try:
            unlock_byte(handle, WHOLE)
        except OSError:
            return

else:
    import fcntl

    def lock_byte(handle: int, byte: int) -> bool:
        """Lock one byte without waiting; whether it was free."""
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def unlock_byte(handle: int, byte: int) -> None:
        """Let a byte go that this process holds."""
        fcntl.lockf(handle, fcntl.LOCK_UN, 1, byte)

    def lock_whole(handle: int) -> bool:
        """Lock the file without waiting; whether it was free."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def unlock_whole(handle: int) -> None:
        """Let the file go, also for a process forked meanwhile; harmless when it is not held."""
        fcntl.flock(handle, fcntl.LOCK_UN)


def opened(path: os.PathLike[str]) -> int:
    """A handle on the file, made when it is not there; no program started from here inherits it."""
    return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)


def read_number(handle: int, at: int) -> int:
    """The number of 8 bytes kept at an offset; 0 while there is none."""
    os.lseek(handle, at, os.SEEK_SET)
    return int.from_bytes(os.read(handle, 8), "big")


def write_number(handle: int, at: int, number: int) -> None:
    """Keep a number of 8 bytes at an offset."""
    os.lseek(handle, at, os.SEEK_SET)
    os.write(handle, number.to_bytes(8, "big"))
