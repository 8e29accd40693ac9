"""Publishing a standing: frozen with what it was made from; a correction is a new one; every refusal."""

import pytest

from shuangbi.competitions.models import Round
from shuangbi.foundation.errors import Refused
from shuangbi.ledger.models import Checkpoint, Fact
from shuangbi.standings.actions import digest_of, publish_standing
from shuangbi.standings.models import Standing
from shuangbi.standings.queries import changes_since, latest_standing, standing_as_json
from tests.bulletins.stories import September, access


def test_a_standing_is_a_fact_with_the_whole_sheet(september: September) -> None:
    standing = september.publish()
    fact = Fact.objects.get(kind="standings.published")

    assert (fact.subject, fact.actor, standing.seq) == (standing.id, september.cast.office_lead.id, fact.seq)
    assert standing.as_of_seq == fact.seq - 1
    sheet = standing.sheet
    assert sheet == fact.data["sheet"]
    assert [(row["unit"], row["rank"], row["score"]) for row in sheet["groups"][0]["ranking"]] == [
        ("青禾县", 1, "72.00"), ("云塘区", 2, "60.00"),
    ]
    assert (sheet["city"][0]["target"], sheet["city"][0]["actual"], sheet["city"][0]["rate"]) == (4, 3, "75.0")
    assert Checkpoint.objects.filter(seq=fact.seq).exists()


def test_a_published_standing_keeps_its_figures_and_tells_what_reads_otherwise(september: September) -> None:
    standing = september.publish()
    september.refuse("A2")

    assert Standing.objects.get(id=standing.id).sheet == standing.sheet
    assert standing_as_json(round_name="2020-09")["city"][0]["actual"] == 3
    assert standing_as_json(round_name="2020-09", as_of="now")["city"][0]["actual"] == 2
    assert ("签约项目", "", 3, 2) in [(c.what, c.unit, c.published, c.now) for c in changes_since(standing)]


@pytest.mark.parametrize("who", ["clerk", "reporter", "owner", "leader", "reader", "inspector", "stranger"])
def test_only_the_office_s_lead_publishes(september: September, who: str) -> None:
    with pytest.raises(Refused, match="由竞赛办负责人公布"):
        publish_standing(round_=september.month, by=access(getattr(september.cast, who)))


def test_a_week_carries_no_scores(september: September) -> None:
    week = Round.objects.get(competition=september.competition, name="2020-W40")
    with pytest.raises(Refused, match="不计分"):
        publish_standing(round_=week, by=september.lead)


def test_a_second_click_publishes_once(september: September) -> None:
    first, second = september.publish(key="k"), september.publish(key="k")

    assert first == second
    assert Standing.objects.count() == 1


def test_a_correction_needs_a_reason_and_something_to_correct(september: September) -> None:
    first = september.publish(key="first")
    with pytest.raises(Refused, match="没有不同，无须更正"):
        september.publish(reason="再公布一次", key="again")
    september.refuse("A2")
    with pytest.raises(Refused) as refused:
        september.publish(reason="  ", key="second")
    assert refused.value.field == "reason"

    second = september.publish(reason="一份合同不予认定", key="second")
    assert (second.corrects, second.reason) == (first, "一份合同不予认定")
    assert latest_standing(september.competition, "2020-09") == second
    assert Standing.objects.get(id=first.id).sheet == first.sheet


def test_figures_that_changed_since_they_were_looked_at_are_not_published(september: September) -> None:
    seen = digest_of(september.publish().sheet)
    september.refuse("A2")

    with pytest.raises(Refused, match="请重新查看后再公布"):
        september.publish(reason="更正", seen=seen)
    assert Standing.objects.count() == 1
