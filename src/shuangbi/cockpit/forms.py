"""Forms of the cockpit: nothing here is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shuangbi.cockpit.queries.article import LONGEST


class ArticleForm(forms.Form):
    """A text whose figures are to be set beside the ledger."""

    text = forms.CharField(
        label=_("Text"), max_length=LONGEST, strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "data-content": ""}),
        help_text=_("Paste an article or a bulletin. It is read and compared; nothing is kept."),
    )
