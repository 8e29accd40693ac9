"""docs/bulletin-checklist.md names tests that exist, and every measuring test of the PDF has its place there."""

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKLIST = HERE.parents[1] / "docs" / "bulletin-checklist.md"


def names_in(*paths: Path) -> set[str]:
    return {name for path in paths for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)}


def test_every_test_named_exists():
    named = set(re.findall(r"`(test_\w+)`", CHECKLIST.read_text()))

    assert named - names_in(*HERE.rglob("test_*.py")) == set()
    assert len(named) > 40


def test_every_measure_of_the_pdf_is_named():
    named = set(re.findall(r"`(test_\w+)`", CHECKLIST.read_text()))
    left = names_in(HERE / "writers" / "test_pdf.py") - named

    assert left == {"test_document_with_only_the_needed_parts_is_rendered"}
