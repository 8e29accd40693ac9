"""Publishing a round's evaluation: looked at first, then frozen with all it was made from."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shuangbi.competitions.choices import SCORED, RoundState
from shuangbi.competitions.models import Round
from shuangbi.competitions.queries import competition_for, round_named
from shuangbi.competitions.scoring import score
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.pages import OFFICE, page
from shuangbi.ledger.actions import KeyReused
from shuangbi.ledger.queries import facts_under
from shuangbi.organisations.access import Access
from shuangbi.standings.access import may_publish
from shuangbi.standings.actions import digest_of, publish_standing
from shuangbi.standings.forms import PublishForm
from shuangbi.standings.models import Standing
from shuangbi.standings.queries import differences, latest_standing, progress_shown, sheet_of


@page(OFFICE, methods=["GET", "POST"])
def standing_publish(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The evaluation as it would be published now, beside what was published before; and the button that does it."""
    access: Access = request.access  # type: ignore[attr-defined]
    round_ = _round(access, slug, name)
    key = request.POST.get("idempotency_key", "")
    if request.method == "POST" and access.person and facts_under(key, actor=access.person.id):
        return redirect("cockpit:standing-detail", round_.competition.slug, round_.name)
    earlier = latest_standing(round_.competition, round_.name)
    sheet, refusal = _sheet(round_)
    shown = digest_of(sheet) if sheet else ""
    form = PublishForm(request.POST or None, correcting=earlier is not None, initial={"seen": shown})
    if request.method == "POST" and form.is_valid():
        done, refusal = _publish(round_, access, form.cleaned_data, key)
        if done is not None:
            messages.success(request, _("The standing of {name} is published.").format(name=round_.name))
            return redirect("cockpit:standing-detail", round_.competition.slug, round_.name)
        if refusal is not None:
            form.refuse(refusal)
            refusal = None
            form.data = {**request.POST.dict(), "seen": shown}
    return render(request, "standings/standing_publish.html", {
        "round": round_, "sheet": sheet, "refusal": refusal, "form": form, "earlier": earlier,
        "city": progress_shown(sheet) if sheet else [], "may_publish": may_publish(access, round_.competition),
        "changes": differences(earlier.sheet, sheet) if earlier and sheet else [],
        "is_open": round_.state == RoundState.OPEN,
    })


def _round(access: Access, slug: str, name: str) -> Round:
    """The round of a competition this person may see; 404 for a foreign or unknown one, and for weeks."""
    competition = competition_for(access, slug)
    found = round_named(competition, name) if competition else None
    if found is None or found.kind not in SCORED:
        raise Http404
    return found


def _sheet(round_: Round) -> tuple[dict[str, Any] | None, Refused | None]:
    """The round's sheet as known now, or why it cannot be scored."""
    try:
        return sheet_of(score(competition=round_.competition, round_name=round_.name)), None
    except Refused as problem:
        return None, problem


def _publish(round_: Round, access: Access, data: dict[str, Any], key: str) -> tuple[Standing | None, Refused | None]:
    try:
        done = publish_standing(
            round_=round_, by=access, reason=data.get("reason", ""), seen=data["seen"], key=key
        )
    except Refused as problem:
        return None, problem
    except KeyReused:
        return None, Refused(_("This form was sent before with other words. Look at it once more and send it again."))
    return done, None
