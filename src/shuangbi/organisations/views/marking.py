"""Marks names and codes in a page as content, which no language of the interface translates."""

from typing import Any

from django.utils.html import format_html


def content(value: Any) -> str:
    """The value as content; nothing for nothing."""
    return format_html("<span data-content>{}</span>", value) if value else ""
