"""Measuring a PDF as a clerk would with a ruler: text boxes and ink, in millimetres from the top left corner."""

import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import pytest
from PIL import Image, ImageChops

NEEDS_POPPLER = pytest.mark.skipif(
    not (shutil.which("pdftotext") and shutil.which("pdftoppm")),
    reason="poppler-utils (pdftotext, pdftoppm) is not installed: pages cannot be measured",
)
POINT = 25.4 / 72
DPI = 300
XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Line:
    text: str
    left: float
    top: float
    right: float
    bottom: float


@lru_cache(maxsize=16)
def pages(pdf: bytes) -> tuple[tuple[Line, ...], ...]:
    """Lines of text of each page, top to bottom."""
    raw = subprocess.run(["pdftotext", "-bbox-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    root = ET.fromstring(raw.stdout)  # noqa: S314  # poppler's own output
    found = []
    for page in root.iter(f"{XHTML}page"):
        lines = []
        for line in page.iter(f"{XHTML}line"):
            text = "".join(word.text or "" for word in line.iter(f"{XHTML}word"))
            box = [float(line.get(side, "0")) * POINT for side in ("xMin", "yMin", "xMax", "yMax")]
            lines.append(Line(text, *box))
        found.append(tuple(sorted(lines, key=lambda line: (line.top, line.left))))
    return tuple(found)


def line_with(pdf: bytes, text: str, number: int | None = None) -> Line:
    """The only line that begins with the text (on that page, from 1); failing that, the only one that holds it."""
    chosen = pages(pdf) if number is None else (pages(pdf)[number - 1],)
    lines = [line for lines in chosen for line in lines]
    for fits in (str.__eq__, str.startswith, str.__contains__):
        found = [line for line in lines if fits(line.text, text)]
        if found:
            (line,) = found
            return line
    raise AssertionError(f"no line with {text}")


def text_of(pdf: bytes) -> str:
    """The text inside the 版心 of all pages, without white space."""
    crop = [
        "-x",
        "28",
        "-y",
        "37",
        "-W",
        "156",
        "-H",
        "225",
        "-r",
        "25.4",
    ]  # 25.4 dpi: one unit is a millimetre
    raw = subprocess.run(["pdftotext", *crop, "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(raw.stdout.decode().split())


@lru_cache(maxsize=16)
def picture(pdf: bytes, page: int) -> Image.Image:
    """The page (from 1) at 300 dpi."""
    command = ["pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), "-png", "-"]
    raw = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return Image.open(BytesIO(raw.stdout)).convert("RGB")


def millimetres(pixels: float) -> float:
    return pixels * 25.4 / DPI


def ink(pdf: bytes, page: int, area: tuple[float, float, float, float], *, red: bool = False) -> Line:
    """The box around everything printed inside `area` (left, top, right, bottom in mm); only red ink if asked."""
    crop = picture(pdf, page).crop(tuple(round(side * DPI / 25.4) for side in area))  # type: ignore[arg-type]
    reds, greens, _ = crop.split()
    mask = greens.point(lambda value: 255 if value < 128 else 0)
    if red:
        mask = ImageChops.multiply(mask, reds.point(lambda value: 255 if value > 150 else 0))
    box = mask.getbbox()
    assert box is not None, f"nothing printed in {area}"
    left, top = area[0], area[1]
    return Line("", *(millimetres(side) + (left, top, left, top)[i] for i, side in enumerate(box)))


def rules(pdf: bytes, page: int, *, red: bool = False) -> list[Line]:
    """Horizontal rules as wide as the 版心, with their thickness."""
    image = picture(pdf, page)
    sides = [round(mm * DPI / 25.4) for mm in (29, 60, 100, 140, 183)]
    found: list[list[int]] = []
    for y in range(image.height):
        pixels = [image.getpixel((x, y)) for x in sides]
        if all((p[0] > 150 if red else p[0] < 128) and p[1] < 128 for p in pixels):
            if found and found[-1][1] == y - 1:
                found[-1][1] = y
            else:
                found.append([y, y])
    lines = []
    for first, last in found:
        top, bottom = millimetres(first), millimetres(last + 1)
        box = ink(pdf, page, (20, top - 0.01, 205, bottom), red=red)
        lines.append(Line("", box.left, top, box.right, bottom))
    return lines
