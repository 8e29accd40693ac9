"""Input of exchange."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuangbi.competitions.access import competitions_visible_to
from shuangbi.competitions.models import Competition
from shuangbi.exchange.importer import Importer
from shuangbi.organisations.access import Access


class TableForm(forms.Form):
    """A table to import, and the competition it is for where that matters."""

    competition: "forms.ModelChoiceField[Competition]" = forms.ModelChoiceField(
        label=_("Competition"), queryset=None, empty_label=None
    )
    file = forms.FileField(label=_("Table (xlsx or csv)"))

    def __init__(self, *args: Any, importer: Importer, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not importer.needs_competition:
            del self.fields["competition"]
            return
        competition: Any = self.fields["competition"]
        competition.queryset = competitions_visible_to(access)
