"""Form fields of quantities: money with its unit in text, shares in per cent, days."""

import unicodedata
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuangbi_engine.numbers import SHARE, NotANumber, parse_number, parse_quantity, quantity_text, short_text

MONEY_HINT = _("With its unit, such as 1.2亿元 or 8600万元.")


class MoneyField(forms.CharField):
    """An amount with its unit, as 分. A bare number is refused, for nobody knows whether 1200 are 元 or 万元."""

    default_error_messages = {
        "unit": _("Write the amount with its unit: 元, 万元 or 亿元."),
        "number": _("This is no amount. Write it such as 1.2亿元 or 8600万元; at most two decimals of a 元."),
        "negative": _("An amount cannot be negative."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 40, "help_text": MONEY_HINT, **options})

    def to_python(self, value: Any) -> Any:
        text = unicodedata.normalize("NFKC", super().to_python(value) or "").replace(" ", "")
        if not text:
            return 0
        if text.strip("0.") == "":
            return 0
        if text[-1].isdigit():
            raise forms.ValidationError(self.error_messages["unit"], code="unit")
        try:
            fen = parse_quantity(text, "fen")
        except NotANumber as problem:
            raise forms.ValidationError(self.error_messages["number"], code="number") from problem
        if fen < 0:
            raise forms.ValidationError(self.error_messages["negative"], code="negative")
        return fen

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """The length was of the text; the value is a number."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return quantity_text(Fraction(value), "fen") if value else ""
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class ShareField(forms.CharField):
    """A share in per cent, as 1/10000."""

    default_error_messages = {"share": _("A share is a number from 0 to 100 with at most two decimals.")}

    def to_python(self, value: Any) -> Any:
        text = unicodedata.normalize("NFKC", super().to_python(value) or "").rstrip("%")
        if not text:
            return None
        try:
            share = parse_number(text) * SHARE / 100
        except NotANumber as problem:
            raise forms.ValidationError(self.error_messages["share"], code="share") from problem
        if share.denominator != 1 or not 0 <= share <= SHARE:
            raise forms.ValidationError(self.error_messages["share"], code="share")
        return int(share)

    def run_validators(self, value: Any) -> None:
        """The value is a number by now."""

    def prepare_value(self, value: Any) -> Any:
        return short_text(Fraction(value, 100)) if isinstance(value, int) else value


class DayField(forms.DateField):
    """A day, by the browser's own picker; also 2020-09-03, 2020/9/3 and 2020年9月3日."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        formats = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"]
        super().__init__(**{"widget": widget, "input_formats": formats, **options})

    def to_python(self, value: Any) -> date | None:
        text = unicodedata.normalize("NFKC", value) if isinstance(value, str) else value
        day: date | None = super().to_python(text)
        return day
