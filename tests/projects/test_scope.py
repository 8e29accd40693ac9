"""Every page of a project: own opens, foreign and absent answer alike, strangers are sent to log in."""

from uuid import UUID

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.projects.stories import Scene

ABSENT = UUID("00000000-0000-4000-8000-00000000dead")
# Page, which id it takes, whether it only acts, and who may use it.
PAGES = [
    ("project-detail", "project", "reporter"),
    ("project-edit", "project", "reporter"),
    ("project-stage", "project", "reporter"),
    ("project-stage-undo", "project", "unit_lead"),
    ("project-lists", "project", "reporter"),
    ("milestone-set", "project", "reporter"),
    ("project-people", "project", "unit_lead"),
    ("project-promises", "project", "reporter"),
    ("milestone-move", "milestone", "reporter"),
    ("milestone-reach", "milestone", "reporter"),
    ("project-unlist", "tagging", "clerk"),
    ("promise-new", "promise", "reporter"),
]
FOREIGN = {"reporter": "other_reporter", "unit_lead": "other_unit_lead", "clerk": "other_reporter"}


def address(page: str, takes: str, scene: Scene, *, absent: bool = False) -> str:
    project = ABSENT if absent else scene.project.id
    arguments = {
        "project": [project], "milestone": [ABSENT if absent else scene.milestone],
        "tagging": [project, scene.tagging], "promise": [project, "agreement"],
    }
    return reverse(f"projects:{page}", args=arguments[takes])


@pytest.mark.parametrize(("page", "takes", "who"), PAGES)
def test_own_opens_foreign_and_absent_answer_alike(
    cast: Cast, scene: Scene, page: str, takes: str, who: str
) -> None:
    url = address(page, takes, scene)
    assert cast.client_of(getattr(cast, who)).get(url).status_code == 200
    foreign = cast.client_of(getattr(cast, FOREIGN[who]))
    for method in ("get", "post"):
        if method == "post" and page in {"project-detail", "project-promises"}:
            continue
        hidden = getattr(foreign, method)(url)
        absent = getattr(foreign, method)(address(page, takes, scene, absent=True))
        assert (hidden.status_code, absent.status_code) == (404, 404)
        assert hidden.content.replace(str(scene.project.id).encode(), b"").replace(
            str(scene.milestone).encode(), b""
        ) == absent.content.replace(str(ABSENT).encode(), b"")
    stranger = cast.client_of(None).get(url)
    assert (stranger.status_code, stranger["Location"].split("?")[0]) == (302, "/log-in/")


@pytest.mark.parametrize("who", ["leader", "inspector", "reader", "owner"])
def test_readers_see_and_do_not_change(cast: Cast, scene: Scene, who: str) -> None:
    client = cast.client_of(getattr(cast, who))
    assert client.get(address("project-detail", "project", scene)).status_code == 200
    assert client.get(address("project-edit", "project", scene)).status_code == 403
    assert client.post(address("milestone-set", "project", scene)).status_code == 403


def test_credited_and_bringing_units_see_and_do_not_change(cast: Cast, scene: Scene) -> None:
    client = cast.client_of(cast.company_reporter)
    assert client.get(address("project-detail", "project", scene)).status_code == 200
    assert client.get(address("project-edit", "project", scene)).status_code == 403
    assert client.post(address("project-edit", "project", scene)).status_code == 403


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "security_auditor", "stranger"])
def test_no_role_of_the_business_no_page(cast: Cast, scene: Scene, who: str) -> None:
    client = cast.client_of(getattr(cast, who))
    assert client.get(address("project-detail", "project", scene)).status_code == 403
    assert client.get(reverse("projects:project-list")).status_code == 403


def test_release_is_scoped(cast: Cast, scene: Scene) -> None:
    url = reverse("projects:person-release", args=[scene.project.id, scene.assignment])
    assert cast.client_of(cast.other_unit_lead).post(url).status_code == 404
    assert cast.client_of(cast.reporter).post(url).status_code == 403
    assert cast.client_of(cast.unit_lead).get(url).status_code == 405
    other = reverse("projects:person-release", args=[scene.project.id, ABSENT])
    assert cast.client_of(cast.unit_lead).post(other).status_code == 404


@pytest.mark.parametrize("page", ["event-edit", "event-project-add"])
def test_events_are_changed_by_their_host(cast: Cast, scene: Scene, page: str) -> None:
    url = reverse(f"projects:{page}", args=[scene.event])
    assert cast.client_of(cast.clerk).get(url).status_code == 200
    assert cast.client_of(cast.unit_lead).get(url).status_code == 403
    assert cast.client_of(cast.reporter).get(url).status_code == 403
    assert cast.client_of(cast.clerk).get(reverse(f"projects:{page}", args=[ABSENT])).status_code == 404
