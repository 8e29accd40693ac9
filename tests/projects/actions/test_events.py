"""Themed events and their lists."""

import dataclasses
from datetime import date

import pytest

from shuangbi.foundation.errors import Refused
from shuangbi.ledger.actions import KeyReused
from shuangbi.organisations.access import access_of
from shuangbi.projects import actions
from shuangbi.projects.actions import NewEvent
from shuangbi.projects.models import Event, EventProject
from tests.cast import Cast
from tests.projects.stories import YI, register

pytestmark = pytest.mark.usefixtures("demo_day")


def signing(cast: Cast, **changes: object) -> NewEvent:
    new = NewEvent(
        kind="signing", title="第三季度集中签约", held_on=date(2020, 9, 18), unit=cast.region.id, money="attracted_amount",
        announced_count=42, announced_amount=316 * YI, qualifier="exact",
    )
    return dataclasses.replace(new, **changes)


def test_event_with_its_list(cast: Cast) -> None:
    one, two = register(cast), register(cast, name="云上数据工厂", by=cast.reporter)
    by = access_of(cast.clerk)
    ids = [
        actions.hold_event(new=signing(cast), projects=(two.id, one.id), by=by, key="e") for _ in range(2)
    ]
    assert ids[0] == ids[1]
    assert list(EventProject.objects.values_list("project_id", "position")) == [(two.id, 1), (one.id, 2)]
    with pytest.raises(KeyReused):
        actions.hold_event(new=signing(cast, announced_count=43), projects=(two.id, one.id), by=by, key="e")


def test_correction_replaces_what_was_said_and_keeps_the_list(cast: Cast) -> None:
    by = access_of(cast.clerk)
    actions.hold_event(new=signing(cast), projects=(register(cast).id,), by=by)
    actions.hold_event(new=signing(cast, qualifier="over"), event=Event.objects.get(), by=by)
    assert (Event.objects.get().qualifier, EventProject.objects.count()) == ("over", 1)


def test_list_changes_keep_the_reason(cast: Cast) -> None:
    by = access_of(cast.clerk)
    project = register(cast)
    event = Event.objects.get(id=actions.hold_event(new=signing(cast), by=by))
    for _ in range(2):
        actions.add_to_event(event=event, project=project, by=by, key="add")
    with pytest.raises(Refused):
        actions.add_to_event(event=event, project=project, by=by)
    for _ in range(2):
        actions.remove_from_event(event=event, project=project, reason="未到场", by=by, key="rm")
    with pytest.raises(Refused):
        actions.remove_from_event(event=event, project=project, reason="未到场", by=by)
    actions.add_to_event(event=event, project=project, by=by)
    assert list(EventProject.objects.values_list("position", "removed_on", "reason")) == [
        (1, date(2020, 10, 20), "未到场"), (2, None, ""),
    ]


@pytest.mark.parametrize(("who", "said", "field"), [
    ("reporter", {}, "unit"),
    ("unit_lead", {}, "unit"),
    ("leader", {}, "unit"),
    ("clerk", {"kind": "party"}, "kind"),
    ("clerk", {"title": ""}, "title"),
    ("clerk", {"money": "year_plan"}, "money"),
    ("clerk", {"qualifier": "wow"}, "qualifier"),
    ("clerk", {"announced_count": -1}, "announced_count"),
    ("clerk", {"announced_amount": -1}, "announced_amount"),
    ("clerk", {"held_on": date(1900, 1, 1)}, "held_on"),
])
def test_event_refused(cast: Cast, who: str, said: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.hold_event(new=signing(cast, **said), by=access_of(getattr(cast, who)))
    assert refused.value.field == field
    assert Event.objects.count() == 0


def test_lead_of_a_county_holds_its_own_with_its_own_projects(cast: Cast) -> None:
    lead = access_of(cast.unit_lead)
    foreign = register(cast, by=cast.other_reporter, unit=cast.other_county.id)
    with pytest.raises(Refused) as refused:
        actions.hold_event(new=signing(cast, unit=cast.county.id), projects=(foreign.id,), by=lead)
    assert refused.value.field == "projects"
    own = register(cast, name="云上数据工厂")
    with pytest.raises(Refused):
        actions.hold_event(new=signing(cast, unit=cast.county.id), projects=(own.id, own.id), by=lead)
    actions.hold_event(new=signing(cast, unit=cast.county.id), projects=(own.id,), by=lead)
    assert EventProject.objects.get().project_id == own.id
