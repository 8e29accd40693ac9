"""Addresses of the site: one prefix a room."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

PREFIXES = {
    "foundation": "", "organisations": "", "cockpit": "", "projects": "projects/", "claims": "claims/",
    "competitions": "competitions/", "standings": "standings/", "bulletins": "bulletins/", "exchange": "import/",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path(PREFIXES[room], include(f"shuangbi.{room}.urls"))
    for room in settings.ROOMS
    if find_spec(f"shuangbi.{room}.urls")
]

handler400 = "shuangbi.foundation.views.bad_request"
handler403 = "shuangbi.foundation.views.forbidden"
handler404 = "shuangbi.foundation.views.not_found"
handler500 = "shuangbi.foundation.views.server_error"
