"""How the fonts under src/shuangbi/bulletins/fonts were made, so that anyone can make them again.

    python3 tools/fonts.py FANDOL_DIR NOTO_DIR [OUT_DIR]

FANDOL_DIR holds FandolFang-Regular.otf, FandolKai-Regular.otf and FandolSong-Regular.otf (Debian package
texlive-lang-chinese, folder usr/share/texlive/texmf-dist/fonts/opentype/public/fandol); NOTO_DIR the .ttc files of
Debian's fonts-noto-cjk. Needs fonttools and cffsubr.

The Noto faces are cut down to GBK and Latin; hints and layout tables go (neither is used on paper), and the
outlines are subroutinised. Fandol keeps every character but its hints. Glyph shapes and metrics are untouched.
"""

import hashlib
import sys
from pathlib import Path

import cffsubr
from fontTools import subset
from fontTools.ttLib import TTFont

OUT = Path(__file__).resolve().parent.parent / "src" / "shuangbi" / "bulletins" / "fonts"
SIMPLIFIED = 2  # index of the SC face in the Noto CJK collections
ALL = range(0x20, 0x30000)
LATIN = [*range(0x20, 0x180), *range(0x2010, 0x2040), 0x2190, 0x2191, 0x2192, 0x2193, 0x2212]


def gbk() -> list[int]:
    """Code points of GBK: 21,003 Chinese characters and the symbols officials type."""
    found = []
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            try:
                found.append(ord(bytes((high, low)).decode("gbk")))
            except UnicodeDecodeError:
                continue
    return found


SQUARED = range(0x3300, 0x3400)  # ㎡ ㎞ ㎏ and their kin, which GBK has only in part


def make(source: Path, number: int, wanted: list[int], target: Path) -> None:
    options = subset.Options()
    options.hinting = False
    options.desubroutinize = True
    options.layout_features = []
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG", "GSUB", "GPOS", "GDEF"]
    options.notdef_outline = True
    options.name_IDs = ["*"]
    font = TTFont(source, fontNumber=number, lazy=True, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
    font = TTFont(target, recalcTimestamp=False)
    cffsubr.subroutinize(font)
    font.save(target)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()[:16]
    print(f"{target.name}: {len(font.getBestCmap())} characters, {target.stat().st_size:,} bytes, {digest}")


def main() -> None:
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    fandol, noto = Path(sys.argv[1]), Path(sys.argv[2])
    out = Path(sys.argv[3]) if len(sys.argv) > 3 else OUT
    wide = [*gbk(), *LATIN, *SQUARED]
    make(fandol / "FandolFang-Regular.otf", 0, list(ALL), out / "fandol" / "FandolFang-Regular.otf")
    make(fandol / "FandolKai-Regular.otf", 0, list(ALL), out / "fandol" / "FandolKai-Regular.otf")
    make(fandol / "FandolSong-Regular.otf", 0, LATIN, out / "fandol" / "FandolSong-Latin.otf")
    make(noto / "NotoSerifCJK-Bold.ttc", SIMPLIFIED, wide, out / "noto" / "NotoSerifSC-Bold.otf")
    make(noto / "NotoSansCJK-Regular.ttc", SIMPLIFIED, wide, out / "noto" / "NotoSansSC-Regular.otf")
    make(noto / "NotoSansCJK-Bold.ttc", SIMPLIFIED, wide, out / "noto" / "NotoSansSC-Bold.otf")


if __name__ == "__main__":
    main()
