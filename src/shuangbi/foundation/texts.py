"""What text may be entered: no character that cannot be seen, so that no name reads otherwise than it is."""

import unicodedata

# Controls, format characters (zero width, bidirectional overrides), private use, surrogates, unassigned.
HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
# Blank letters that belong to no hidden category.
BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")


def hidden_characters(text: str, *, lines: bool = False) -> list[str]:
    """The invisible characters of a text as U+XXXX, each once; line breaks and tabs pass where `lines` are allowed."""
    allowed = "\n\r\t" if lines else ""
    found = [c for c in text if (unicodedata.category(c) in HIDDEN or c in BLANKS) and c not in allowed]
    return [f"U+{ord(c):04X}" for c in dict.fromkeys(found)]


def tidy(text: str) -> str:
    """NFC, with one space between words and none around."""
    return " ".join(unicodedata.normalize("NFC", text).split())
