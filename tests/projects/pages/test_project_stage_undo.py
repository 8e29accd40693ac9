"""Taking back a stage that was entered by hand."""

from shuangbi.projects import actions
from tests.cast import Cast
from tests.projects.pages.sending import errors, send
from tests.projects.stories import CLAIM, Scene


def test_a_stage_of_a_claim_is_not_taken_back(cast: Cast, scene: Scene) -> None:
    url = f"/projects/{scene.project.id}/stage/undo/"
    response = send(cast, "unit_lead", url, reason="误报")
    assert errors(response) == ["__all__"]
    assert "该阶段由申报达到，须先撤回申报。" in response.content.decode()
    actions.stage_withdrawn(project=scene.project, stage="signed", claim=CLAIM, by=None)
    assert "这是最初阶段，无法撤回。" in send(cast, "unit_lead", url, reason="误报").content.decode()
