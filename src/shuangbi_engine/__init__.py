"""Scores of a project competition from claims, projects and a scheme file, every point explained. No Django."""

from .evaluate import evaluate
from .scheme_file import load_scheme

__all__ = ["evaluate", "load_scheme"]
