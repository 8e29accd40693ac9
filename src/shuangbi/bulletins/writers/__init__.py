"""Output formats, listed by hand."""

from shuangbi.bulletins.writer import Writer
from shuangbi.bulletins.writers import pdf

WRITERS: dict[str, Writer] = {pdf.NAME: pdf}
