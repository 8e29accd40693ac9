"""The tables are what the facts say, and a hand in them is found."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.conf import settings

from shuangbi.ledger.models import Fact
from shuangbi.organisations.models import Grant, Unit
from shuangbi.upkeep import rebuild, rebuild_check

pytestmark = pytest.mark.django_db


def test_the_tables_of_the_cast_are_what_its_facts_say(cast):
    result = rebuild_check()
    assert result["differences"] == []
    assert result["ok"] is True
    assert result["facts"] == Fact.objects.count()
    assert result["rows"] == Unit.objects.count() + Grant.objects.count()


def test_a_changed_a_removed_and_an_added_row_are_found(cast):
    Unit.objects.filter(id=cast.park.id).update(short_name="别名")
    Grant.objects.filter(person=cast.reader).delete()
    slipped_in = Grant.objects.filter(person=cast.clerk).get()
    slipped_in.id, slipped_in.person, slipped_in.role = uuid.uuid4(), cast.stranger, "office_lead"
    slipped_in.save(force_insert=True)
    result = rebuild_check()
    assert result["ok"] is False
    assert result["differences"][0] == {
        "model": "organisations.Unit", "missing": 0, "extra": 0, "changed": 1, "first": str(cast.park.id),
        "fields": ["short_name"],
    }
    grants = result["differences"][1]
    assert (grants["missing"], grants["extra"], grants["changed"]) == (1, 1, 0)


def test_the_site_itself_is_not_changed(cast):
    before = (Fact.objects.count(), Unit.objects.count(), list(Unit.objects.values_list("id", flat=True)))
    rebuild_check()
    assert (Fact.objects.count(), Unit.objects.count(), list(Unit.objects.values_list("id", flat=True))) == before


def test_a_fact_that_no_room_applies_is_named(cast):
    from shuangbi.ledger.actions import record
    from tests.ledger.stories import told

    fact = record(draft=told("strange"), by=None, apply=lambda fact: None)
    result = rebuild_check()
    assert (result["ok"], result["first_broken"], result["reason"]) == (False, fact.seq, "no room applies stories.told")


def test_every_model_of_a_room_with_facts_is_declared():
    declared = {*rebuild.BORN_OF_FACTS, *rebuild.PARTLY_BORN, *rebuild.ORDINARY, *rebuild.DISPOSABLE}
    rooms = {*rebuild.KINDS}
    assert rooms <= {*settings.ROOMS}
    standing = {
        model._meta.label for room in rooms for model in apps.get_app_config(room).get_models(include_auto_created=True)
    }
    assert standing - declared == set()
    assert {label for label in declared if not label.startswith("ledger.")} - standing == set()


@pytest.mark.django_db(transaction=True)
def test_it_reads_one_moment_of_a_living_site():
    from tests.cast import make_cast

    make_cast()
    assert rebuild_check()["ok"] is True
    Unit.objects.update(position=7)
    assert rebuild_check()["differences"][0]["fields"] == ["position"]


def test_rows_with_a_running_number_are_told_apart_by_what_they_say(cast):
    from shuangbi.competitions.models import Competition, Participant

    day = date(2020, 1, 1)
    slipped_in = Competition.objects.create(slug="x", name="x", owner=cast.region, starts_on=day, ends_on=day)
    for _ in range(2):
        Participant.objects.create(
            competition=slipped_in, unit=cast.county, seq=1, recorded_at=datetime(2020, 1, 1, tzinfo=UTC), feeds=["a"]
        )
    found = {one["model"]: one["extra"] for one in rebuild_check()["differences"]}
    assert found == {"competitions.Competition": 1, "competitions.Participant": 2}
