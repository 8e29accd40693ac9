"""Stages by claim and by hand; people."""

from datetime import date

import pytest

from shuangbi.foundation.errors import Refused
from shuangbi.ledger.models import Fact
from shuangbi.organisations.access import access_of
from shuangbi.projects import actions
from shuangbi.projects.models import Assignment, Project
from tests.cast import Cast
from tests.projects.stories import CLAIM, OTHER_CLAIM, register

pytestmark = pytest.mark.usefixtures("demo_day")


def stage_of(project: Project) -> tuple[str, date]:
    project.refresh_from_db()
    return project.stage, project.stage_on


def test_claims_move_the_stage_and_its_withdrawal_moves_it_back(cast: Cast) -> None:
    project = register(cast)
    by = cast.clerk.id
    actions.stage_reached(project=project, stage="started", on=date(2020, 9, 10), claim=OTHER_CLAIM, by=by, key="b")
    assert stage_of(project) == ("started", date(2020, 9, 10))
    # A signing recognised later does not move it back.
    actions.stage_reached(project=project, stage="signed", on=date(2020, 9, 1), claim=CLAIM, by=by, key="a")
    actions.stage_reached(project=project, stage="signed", on=date(2020, 9, 1), claim=CLAIM, by=by, key="a")
    assert stage_of(project) == ("started", date(2020, 9, 10))
    actions.stage_withdrawn(project=project, stage="started", claim=OTHER_CLAIM, by=by)
    assert stage_of(project) == ("signed", date(2020, 9, 1))
    actions.stage_withdrawn(project=project, stage="signed", claim=CLAIM, by=by)
    assert stage_of(project) == ("lead", date(2020, 10, 20))
    actions.stage_withdrawn(project=project, stage="signed", claim=CLAIM, by=by)
    assert stage_of(project) == ("lead", date(2020, 10, 20))


def test_two_claims_for_one_stage_hold_it_until_both_fall(cast: Cast) -> None:
    project = register(cast)
    for claim, day in ((CLAIM, 5), (OTHER_CLAIM, 3)):
        actions.stage_reached(project=project, stage="signed", on=date(2020, 9, day), claim=claim, by=None)
    assert stage_of(project) == ("signed", date(2020, 9, 3))
    actions.stage_withdrawn(project=project, stage="signed", claim=OTHER_CLAIM, by=None)
    assert stage_of(project) == ("signed", date(2020, 9, 5))


def test_a_claim_is_refused_while_the_stage_demands_more(cast: Cast) -> None:
    project = register(cast, site="")
    actions.refuse_incomplete(project=project, stage="signed")
    with pytest.raises(Refused) as refused:
        actions.stage_reached(project=project, stage="landed", on=date(2020, 9, 1), claim=CLAIM, by=cast.clerk.id)
    assert refused.value.field == "site"
    assert stage_of(project)[0] == "lead"
    with pytest.raises(Refused):
        actions.stage_reached(project=project, stage="moved", on=date(2020, 9, 1), claim=CLAIM, by=None)


def test_by_hand_into_talks_and_to_the_end_and_back(cast: Cast) -> None:
    project = register(cast)
    reporter, lead = access_of(cast.reporter), access_of(cast.unit_lead)
    for _ in range(2):
        actions.move_stage(project=project, stage="talk", on=date(2020, 10, 12), by=reporter, key="t")
    assert stage_of(project) == ("talk", date(2020, 10, 12))
    actions.move_stage(project=project, stage="ended", on=date(2020, 10, 20), reason="洽谈终止", by=reporter)
    assert stage_of(project)[0] == "ended"
    for _ in range(2):
        actions.take_back_stage(project=project, reason="恢复洽谈", by=lead, key="back")
    assert stage_of(project) == ("talk", date(2020, 10, 12))


@pytest.mark.parametrize(("who", "said", "field"), [
    ("other_reporter", {"stage": "talk"}, ""),
    ("leader", {"stage": "talk"}, ""),
    ("reporter", {"stage": "signed"}, "stage"),
    ("reporter", {"stage": "lead"}, "stage"),
    ("reporter", {"stage": "after_care"}, "stage"),
    ("reporter", {"stage": "nowhere"}, "stage"),
    ("reporter", {"stage": "ended"}, "reason"),
    ("reporter", {"stage": "talk", "on": date(2020, 10, 21)}, "on"),
])
def test_moving_by_hand_refused(cast: Cast, who: str, said: dict[str, object], field: str) -> None:
    project = register(cast)
    with pytest.raises(Refused) as refused:
        actions.move_stage(project=project, by=access_of(getattr(cast, who)), **{"on": date(2020, 10, 20), **said})
    assert refused.value.field == field
    assert Fact.objects.filter(kind="projects.stage_reached").count() == 0


def test_taking_back_refused(cast: Cast) -> None:
    project = register(cast)
    lead = access_of(cast.unit_lead)
    with pytest.raises(Refused):
        actions.take_back_stage(project=project, reason="x", by=lead)
    actions.stage_reached(project=project, stage="signed", on=date(2020, 9, 1), claim=CLAIM, by=None)
    for by in (lead, access_of(cast.reporter)):
        with pytest.raises(Refused):
            actions.take_back_stage(project=project, reason="x", by=by)
    assert stage_of(project)[0] == "signed"


def test_people_answer_from_a_day_until_a_day(cast: Cast) -> None:
    project = register(cast)
    lead = access_of(cast.unit_lead)
    for _ in range(2):
        fact = actions.assign_person(
            project=project, person=cast.leader, part="supervising_leader", by=lead, on=date(2020, 9, 1), key="a"
        )
    assignment = Assignment.objects.get(id=fact.uuid)
    assert (assignment.person_id, assignment.part, assignment.stage) == (cast.leader.id, "supervising_leader", "")
    assert fact.data == {"person": str(cast.leader.id), "part": "supervising_leader", "stage": ""}
    for _ in range(2):
        actions.release_person(assignment=assignment, on=date(2020, 10, 1), by=lead, key="r")
    assignment.refresh_from_db()
    assert assignment.ends_on == date(2020, 9, 30)
    with pytest.raises(Refused):
        actions.release_person(assignment=assignment, by=lead)


@pytest.mark.parametrize(("who", "said", "field"), [
    ("reporter", {}, ""),
    ("unit_lead", {"part": "cook"}, "part"),
    ("unit_lead", {"stage": "cook"}, "stage"),
    ("unit_lead", {"on": date(2020, 10, 21)}, "on"),
])
def test_assigning_refused(cast: Cast, who: str, said: dict[str, object], field: str) -> None:
    project = register(cast)
    asked = {"person": cast.leader, "part": "service_officer", **said}
    with pytest.raises(Refused) as refused:
        actions.assign_person(project=project, by=access_of(getattr(cast, who)), **asked)
    assert refused.value.field == field
    assert Assignment.objects.count() == 0


def test_the_same_part_twice_and_a_closed_account(cast: Cast) -> None:
    project = register(cast)
    lead = access_of(cast.unit_lead)
    actions.assign_person(project=project, person=cast.reporter, part="service_officer", stage="signed", by=lead)
    with pytest.raises(Refused):
        actions.assign_person(project=project, person=cast.reporter, part="service_officer", stage="signed", by=lead)
    actions.assign_person(project=project, person=cast.reporter, part="service_officer", stage="landed", by=lead)
    cast.leader.is_active = False
    with pytest.raises(Refused):
        actions.assign_person(project=project, person=cast.leader, part="service_officer", by=lead)
