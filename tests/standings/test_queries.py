"""Reading standings: as published, as known at a time, and the refusals of a name or a time that is none."""

from datetime import datetime

import pytest

from shuangbi.foundation.errors import Refused
from shuangbi.standings.queries import moment_of, progress_shown, standing_as_json, standings_visible_to
from tests.bulletins.stories import September, access


def test_the_outward_shape_says_when_it_was_published_or_as_of_when_it_is(september: September) -> None:
    assert standing_as_json(round_name="2020-09")["published"] is None
    september.publish()

    published = standing_as_json(round_name="2020-09")
    assert (published["round"], published["as_of"], published["published"]) == ("2020-09", None, "2020-10-20T09:00:00+08:00")
    then = standing_as_json(round_name="2020-09", as_of="2020-10-09")
    assert (then["as_of"], then["published"], then["city"][0]["actual"]) == ("2020-10-09", None, 3)


def test_nothing_was_known_before_it_was_told(september: September) -> None:
    with pytest.raises(Refused):
        standing_as_json(round_name="2020-09", as_of="2020-10-08")


def test_unknown_rounds_competitions_and_times_are_refused(september: September) -> None:
    for asked in ({"round_name": "2020-13"}, {"round_name": "2020-09", "competition": "none"}, {"round_name": "2020-09", "as_of": "soon"}):
        with pytest.raises(Refused):
            standing_as_json(**asked)


def test_a_time_without_a_zone_is_shanghai_s_and_a_bare_day_means_its_end() -> None:
    told = {
        "2020-10-12T17:00": "2020-10-12T17:00:00+08:00",
        "2020-10-12": "2020-10-12T23:59:59.999999+08:00",
        "2020-10-12T09:00:00+00:00": "2020-10-12T17:00:00+08:00",
    }
    for text, meant in told.items():
        assert moment_of(text) == datetime.fromisoformat(meant)


def test_city_figures_are_shown_in_their_units(september: September) -> None:
    rows = {row["title"]: row for row in progress_shown(september.publish().sheet)}

    assert (rows["签约项目"]["unit"], rows["签约项目"]["actual"]) == ("个", 3)
    assert (rows["到位资金"]["unit"], rows["到位资金"]["target"], rows["到位资金"]["actual"]) == ("亿元", "3.00", "2.50")
    assert rows["开工项目"]["year_target"] is None


def test_standings_are_seen_by_everyone_who_takes_part(september: September) -> None:
    standing = september.publish()

    assert list(standings_visible_to(access(september.cast.reporter))) == [standing]
    for who in (september.cast.stranger, september.cast.system_admin):
        assert not standings_visible_to(access(who)).exists()
