"""Figures out of Chinese news and bulletins: `read` gives what a text states, exactly, with where it stands."""

from shuangbi.exchange.figures.model import Figure
from shuangbi.exchange.figures.reading import read

__all__ = ["Figure", "read"]
