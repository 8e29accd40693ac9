"""What is refused of a file that people send, and archives that promise nothing immoderate; for the limited child only."""

import io
import struct
import zipfile
import zlib
from typing import Any, BinaryIO

MAX_PARTS = 500
MAX_UNPACKED = 40 << 20
MAX_RATIO = 200
# A part smaller than this cannot hurt, and small parts of one repeated character are common.
RATIO_FROM = 1 << 20
END_OF_ZIP = b"PK\x05\x06"


class Refusal(Exception):
    """The file is refused: a code that uploads.py turns into a sentence, and what the sentence names."""

    def __init__(self, code: str, **about: Any) -> None:
        super().__init__(code)
        self.code = code
        self.about = about


def opened_zip(file: BinaryIO) -> zipfile.ZipFile:
    """An archive whose directory promises nothing immoderate; a part can then never unpack to more than it promised."""
    file.seek(0, io.SEEK_END)
    _few_parts(file)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, struct.error) as problem:
        raise Refusal("damaged") from problem
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise Refusal("bomb")
    if any(info.flag_bits & 1 for info in parts):
        raise Refusal("locked")
    if len({info.filename for info in parts}) != len(parts):
        raise Refusal("two_in_one")
    unpacked = sum(info.file_size for info in parts)
    if unpacked > MAX_UNPACKED:
        raise Refusal("bomb")
    if any(i.file_size > RATIO_FROM and i.file_size > MAX_RATIO * max(1, i.compress_size) for i in parts):
        raise Refusal("bomb")
    return archive


def _few_parts(file: BinaryIO) -> None:
    """Refuse by the number in the end record, before the directory is read into memory."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(END_OF_ZIP)
    if at < 0 or len(tail) - at < 22:
        raise Refusal("damaged")
    if struct.unpack_from("<H", tail, at + 10)[0] > MAX_PARTS:
        raise Refusal("bomb")


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, unpacked; nothing when it is not there. Raises Refusal when it is broken."""
    if name not in archive.NameToInfo:
        return b""
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zlib.error) as problem:
        raise Refusal("damaged") from problem
