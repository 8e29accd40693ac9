"""Moving a stage by hand, and taking it back."""



from tests.cast import Cast
from tests.projects.pages.sending import errors, send
from tests.projects.stories import register


def test_project_stage_and_undo(cast: Cast, demo_day: object) -> None:
    project = register(cast)
    url = f"/projects/{project.id}/stage/"
    assert errors(send(cast, "reporter", url, stage="signed", on="2020-10-20")) == ["stage"]
    assert errors(send(cast, "reporter", url, stage="ended", on="2020-10-20")) == ["reason"]
    for _ in range(2):
        send(cast, "reporter", url, stage="ended", on="2020-10-20", reason="不再推进")
    project.refresh_from_db()
    assert project.stage == "ended"
    assert send(cast, "reporter", f"{url}undo/", reason="恢复").status_code == 403
    assert errors(send(cast, "unit_lead", f"{url}undo/", reason="")) == ["reason"]
    for _ in range(2):
        assert send(cast, "unit_lead", f"{url}undo/", reason="恢复").status_code == 302
    project.refresh_from_db()
    assert project.stage == "lead"
