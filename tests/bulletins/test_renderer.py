"""Same content, same stamp, same bytes: twice, in any order, in another process. And the stamp itself."""

import hashlib
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shuangbi.bulletins import writer
from shuangbi.bulletins.content import from_json, to_json
from shuangbi.bulletins.writer import FONTS, font_files, renderer_stamp, stamp_text
from shuangbi.bulletins.writers import WRITERS, pdf
from tests.bulletins import sample

ELSEWHERE = """
import hashlib, json, sys
from shuangbi.bulletins.content import from_json
from shuangbi.bulletins.writers import WRITERS
document = from_json(sys.stdin.buffer.read())
print(json.dumps({name: hashlib.sha256(made.render(document)).hexdigest() for name, made in WRITERS.items()}))
"""


def digests(document):
    return {name: hashlib.sha256(made.render(document)).hexdigest() for name, made in WRITERS.items()}


@pytest.mark.parametrize("document", [sample.weekly(), sample.circular()], ids=["weekly", "circular"])
def test_bytes_are_the_same_again_after_other_documents_and_in_another_process(document):
    first = digests(document)
    digests(sample.running_text())

    assert digests(from_json(to_json(document))) == first
    source = str(Path(writer.__file__).parents[2])
    other = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        input=to_json(document),
        capture_output=True,
        check=True,
        env={"PYTHONPATH": source, "TZ": "America/New_York", "PYTHONHASHSEED": "7", "LC_ALL": "C"},
    )
    assert json.loads(other.stdout) == first


def test_bytes_are_the_same_from_many_threads():
    document = sample.weekly()
    expected = digests(document)

    with ThreadPoolExecutor(8) as pool:
        assert all(found == expected for found in pool.map(digests, [document] * 16))


def test_writers_need_no_django():
    code = "import sys; import shuangbi.bulletins.writers; print(any(m.startswith('django') for m in sys.modules))"
    source = str(Path(writer.__file__).parents[2])
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONPATH": source}
    )

    assert shown.stdout.decode().strip() == "False"


def test_every_writer_shows_its_face():
    suffixes = {"pdf": ".pdf", "docx": ".docx", "html": ".html"}

    assert {name: made.SUFFIX for name, made in WRITERS.items()} == suffixes
    assert all(name == made.NAME and "/" in made.MEDIA_TYPE for name, made in WRITERS.items())


def test_stamp_names_libraries_layout_and_fonts():
    stamp = renderer_stamp()

    assert set(stamp) == {"typst", "python-docx", "lxml", "segno", "layout", "fonts"}
    assert len(stamp["layout"]) == len(stamp["fonts"]) == 64
    assert json.loads(stamp_text(stamp)) == stamp


def test_office_s_own_fonts_change_the_stamp_and_are_used_first(tmp_path):
    shutil.copy(FONTS / "fandol" / "FandolKai-Regular.otf", tmp_path / "Own.otf")

    assert font_files(tmp_path)[0] == tmp_path / "Own.otf"
    assert renderer_stamp(tmp_path)["fonts"] != renderer_stamp()["fonts"]
    assert pdf.render(sample.circular(), tmp_path).startswith(b"%PDF-")


def test_fonts_stay_below_thirty_megabytes():
    assert sum(path.stat().st_size for path in FONTS.rglob("*") if path.is_file()) < 30_000_000
