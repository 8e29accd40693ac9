"""Runs in a limited child process: looks into files that people send. Started by uploads.py, never imported by the site.

The file is standard input, the answer one JSON object on standard output: {"refused": code, "about": {…}} or what was
found. Whatever the file does to this process, the site only sees that no answer came.
"""

import csv
import io
import json
import sys
import zipfile
from typing import Any, BinaryIO

from PIL import Image, ImageOps

from shuangbi.foundation import workbook
from shuangbi.foundation.archives import END_OF_ZIP, Refusal, opened_zip, part

if sys.platform != "win32":
    import resource

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 10
MAX_PIXELS = 40_000_000

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
IMAGES = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}


def limit_self(file_bytes: int = 0) -> None:
    """Give this process a ceiling of memory and time, and of what it may write to any file."""
    if sys.platform == "win32":
        return  # no such ceilings there; the parent's patience remains
    for what, ceiling in (
        (resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, file_bytes), (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (ceiling, ceiling))


def true_type(file: BinaryIO) -> str:
    """What a file is by its content, whatever it is called. Raises Refusal for what no page takes."""
    file.seek(0)
    start = file.read(16)
    if not start:
        raise Refusal("empty")
    if start.startswith(b"PK\x03\x04"):
        return _office_type(file)
    for kind, found in (
        ("pdf", start.startswith(b"%PDF-")), ("jpeg", start.startswith(b"\xff\xd8\xff")),
        ("png", start.startswith(b"\x89PNG\r\n\x1a\n")), ("webp", start[:4] == b"RIFF" and start[8:12] == b"WEBP"),
    ):
        if found:
            _nothing_behind(file, kind)
            return kind
    if start.startswith(OLE):
        raise Refusal("old_office")
    if start[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1"}:
        raise Refusal("heic")
    return _text_type(file)


def _nothing_behind(file: BinaryIO, kind: str) -> None:
    """A picture or paper that is also an archive is a trick: one reader sees the one, another the other."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    if END_OF_ZIP in tail:
        raise Refusal("two_in_one")
    if kind == "pdf" and b"%%EOF" not in tail[-2048:]:
        raise Refusal("damaged")


def _text_type(file: BinaryIO) -> str:
    file.seek(0)
    text = decoded(file.read())
    first = text.lstrip()[:200].lower()
    if not first or first.startswith(("<", "{\\rtf", "#!", "%!")):
        raise Refusal("unknown_type")
    if any(ord(char) < 32 and char not in "\t\r\n" for char in text[:65_536]):
        raise Refusal("unknown_type")
    return "csv"


def decoded(data: bytes) -> str:
    """Text in the encodings that offices use: with a BOM UTF-8 or UTF-16, else UTF-8, else GB 18030."""
    try:
        if data.startswith(b"\xef\xbb\xbf"):
            return data.decode("utf-8-sig")
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
    except UnicodeDecodeError as problem:
        raise Refusal("unknown_type") from problem
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("unknown_type")


def _office_type(file: BinaryIO) -> str:
    with opened_zip(file) as archive:
        names = {info.filename for info in archive.infolist()}
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Refusal("macros")
        kinds = [kind for kind, part in (("xlsx", "xl/workbook.xml"), ("docx", "word/document.xml")) if part in names]
        if "[Content_Types].xml" not in names or not kinds:
            raise Refusal("unknown_type")
        if len(kinds) > 1:
            raise Refusal("two_in_one")
        for info in archive.infolist():
            if info.filename.endswith((".xml", ".rels", ".vml")):
                _no_dtd(archive, info)
    return kinds[0]


def _no_dtd(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    # Without its NULs, UTF-16 reads as ASCII here.
    start = part(archive, info.filename).replace(b"\0", b"")
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise Refusal("bomb")


def check(file: BinaryIO) -> dict[str, Any]:
    """The true type, and that it opens: pictures are decoded, but never larger than the cap."""
    kind = true_type(file)
    found: dict[str, Any] = {"type": kind}
    if kind in IMAGES:
        width, height = _picture(file, IMAGES[kind]).size
        found.update(width=width, height=height)
    return found


def _picture(file: BinaryIO, name: str) -> Any:
    file.seek(0)
    try:
        picture = Image.open(file, formats=[name])
        if picture.width * picture.height > MAX_PIXELS:
            raise Refusal("too_many_pixels", width=picture.width, height=picture.height)
        picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise Refusal("too_many_pixels", width=0, height=0) from problem
    except Refusal:
        raise
    except Exception as problem:  # a decoder may raise anything on purpose-made bytes
        raise Refusal("damaged") from problem
    return picture


def bare(file: BinaryIO) -> bytes:
    """The picture alone, upright, without place, camera or any other metadata: for eyes outside the house."""
    kind = true_type(file)
    if kind not in IMAGES:
        raise Refusal("unknown_type")
    picture = ImageOps.exif_transpose(_picture(file, IMAGES[kind]))
    plain = picture.convert("RGB") if kind == "jpeg" else picture
    plain.info = {}
    target = io.BytesIO()
    plain.save(target, IMAGES[kind], **({"quality": 88} if kind != "png" else {}))
    return target.getvalue()


def table(file: BinaryIO, sheet: str, limits: dict[str, int]) -> dict[str, Any]:
    """A table's rows: {"sheet", "sheets", "rows": [[number, [cell, …]], …], "merged": [[ref, first, last row], …]}.

    A cell is text, a whole number, null, or [date]. Decimal numbers stay text, so that no digit is lost.
    """
    kind = true_type(file)
    if kind == "xlsx":
        with opened_zip(file) as archive:
            return workbook.read(lambda name: part(archive, name), sheet, limits)
    if kind == "csv":
        file.seek(0)
        return {"sheet": "", "sheets": [], "merged": [], "rows": list(_csv_rows(decoded(file.read()), limits))}
    raise Refusal("not_a_table")


def _csv_rows(text: str, limits: dict[str, int]) -> Any:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",\t;，", key=first.count)
    csv.field_size_limit(32_767)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            trimmed: list[str | None] = [cell.strip() or None for cell in cells]
            while trimmed and trimmed[-1] is None:
                trimmed.pop()
            if len(trimmed) > limits["columns"] or line > limits["rows"]:
                raise Refusal("outside", cell=str(line), **limits)
            if trimmed:
                yield [line, trimmed]
            line = reader.line_num + 1
    except csv.Error as problem:
        raise Refusal("bad_line", line=line) from problem


def main() -> int:
    """Answer one question about standard input."""
    limit_self()
    wanted = json.loads(sys.argv[1])
    file: BinaryIO = open(0, "rb", closefd=False)  # noqa: SIM115 standard input, seekable
    try:
        if wanted["do"] == "bare":
            sys.stdout.buffer.write(bare(file))
            return 0
        answer = check(file) if wanted["do"] == "check" else table(file, wanted["sheet"], wanted["limits"])
    except Refusal as refusal:
        answer = {"refused": refusal.code, "about": refusal.about}
    except (MemoryError, RecursionError):
        answer = {"refused": "bomb", "about": {}}
    sys.stdout.write(json.dumps(answer))
    return 0
