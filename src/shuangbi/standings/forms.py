"""The form that publishes a standing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shuangbi.foundation.errors import Refused


class PublishForm(forms.Form):
    """What was looked at, and for a correction its reason."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label=_("Reason of the correction"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept for good beside the standing: no names of persons."),
    )

    def __init__(self, *args: object, correcting: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if correcting:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]

    def refuse(self, problem: Refused) -> None:
        """Show why the action said no beside the field it named."""
        self.add_error(problem.field if problem.field in self.fields else None, problem.message)
