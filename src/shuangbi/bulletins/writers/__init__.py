"""Output formats, listed by hand."""

from shuangbi.bulletins.writer import Writer
from shuangbi.bulletins.writers import docx, html, pdf

WRITERS: dict[str, Writer] = {pdf.NAME: pdf, docx.NAME: docx, html.NAME: html}
