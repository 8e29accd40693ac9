"""核对: a text's figures beside the ledger."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shuangbi.cockpit.forms import ArticleForm
from shuangbi.cockpit.queries.article import check, demo_article, segments
from shuangbi.cockpit.views.asking import access_of, base, season_or_404, shown_or_404
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.pages import INSIDE, page


@page(INSIDE, methods=["GET", "POST"])
def check_article(request: HttpRequest) -> HttpResponse:
    """The demo's own article, or a pasted text: each figure agrees, disagrees, or has nothing to compare. Keeps nothing."""
    season = season_or_404(request)
    shown = shown_or_404(request, season, request.GET.get("round", ""))
    form = ArticleForm(request.POST or None)
    text = form.cleaned_data["text"] if request.method == "POST" and form.is_valid() else ""
    article = "" if request.method == "POST" else demo_article()
    context = {**base(season, shown), "form": form, "is_own": bool(text)}
    try:
        checked = check(text or article, shown, access_of(request))
        context |= {
            "checked": checked, "segments": segments(text or article, checked),
            "counts": [sum(one.verdict == verdict for one in checked) for verdict in ("agrees", "disagrees", "none")],
        }
    except Refused as problem:
        context["refusal"] = problem.message
    return render(request, "cockpit/check_article.html", context)
