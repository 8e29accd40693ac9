"""Tags and filters: what each draws, in words that stand without colour."""

import re
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from shuangbi.foundation.charts import Bar, ranking_bars
from shuangbi.foundation.icons import ICONS
from shuangbi.foundation.parts import Entry, Evidence, Step
from shuangbi.foundation.templatetags import foundation as tags


def drawn(source: str, **context: Any) -> str:
    with translation.override("en"):
        return Template("{% load foundation %}" + source).render(Context(context))


def words(source: str, **context: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", drawn(source, **context))
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("money", 126_000_000_000, "126,000.00"),
        ('money:"亿元,2"', 126_000_000_000, "12.60"),
        ('money:"亿元,1"', 65_150_000_000_0, "65.2"),
        ('money:"元,0"', 149, "1"),
        ('money:"元,0"', 150, "2"),
        ('money:"万元,0"', -500_000, "-1"),
        ('money:"万元,0"', -499_999, "0"),
        ("money", None, "–"),
        ("money", 0, "0.00"),
        ("points", 923_450, "92.35"),
        ("points", 923_449, "92.34"),
        ("points", Fraction(1, 3), "0.33"),
        ("points:4", 1, "0.0001"),
        ("rate", 17_333, "173.3%"),
        ("rate", Fraction(43, 46), "93.5%"),
        ("rate", None, "–"),
        ("area", 667, "1.00"),
        ("area", 200_000, "300.00"),
        ("area", None, "–"),
        ("whole", 1_234_567, "1,234,567"),
        ("whole", None, "–"),
        ("day", date(2020, 10, 20), "2020-10-20"),
        ("day", datetime(2020, 10, 19, 16, 0, tzinfo=UTC), "2020-10-20"),
        ("day", None, "–"),
        ("moment", datetime(2020, 10, 20, 1, 0, tzinfo=UTC), "2020-10-20 09:00"),
        ("moment", date(2020, 10, 20), "2020-10-20"),
        ("moment", None, "–"),
        ("dash", "", "–"),
        ("dash", 0, "0"),
        ("file_size", 100, "1 kB"),
        ("file_size", 3_204_120, "3.1 MB"),
    ],
)
def test_filters_turn_integers_into_text(source: str, value: Any, text: str) -> None:
    assert drawn("{{ value|" + source + " }}", value=value) == text


def test_progress_says_done_target_rate_and_distance_to_schedule() -> None:
    source = "{% progress 26 15 12 'projects' %}"

    assert words(source) == "26 / 15 projects 173.3% Expected to date 12 · 93.3 points ahead"
    assert 'width="57.69%"' in drawn(source)
    assert "No target" in words("{% progress 3 0 %}")
    assert "22.2 points behind" in words("{% progress 2 9 4 %}")


@pytest.mark.parametrize(
    ("difference", "text"),
    [(Fraction(1, 10), "10.0 points ahead"), (-410, "4.1 points behind"), (0, "on schedule"), (Fraction(1, 99999), "on schedule"), (None, "")],
)
def test_ahead_and_behind_are_words(difference: Any, text: str) -> None:
    assert words("{% ahead_behind value %}", value=difference) == text


def test_every_figure_says_its_level_and_cut_off() -> None:
    reported = words('{% figure_card "Signed" "26" "projects" "reported" "as of 2020-10-11" %}')

    assert reported == "Signed Flash figure 26 projects as of 2020-10-11"
    assert "Recognised figure" in words('{% level "recognised" %}')
    assert '<a href="/x"' in drawn('{% figure_card "Signed" "26" url="/x" %}')


def test_signs_of_states_differ_in_shape() -> None:
    assert len(set(tags.STATUS_SIGNS.values())) == len(tags.STATUS_SIGNS)
    assert len(set(tags.LIGHT_SIGNS.values())) == len(tags.LIGHT_SIGNS)
    assert {*tags.STATUS_SIGNS.values(), *tags.LIGHT_SIGNS.values()} <= set(ICONS)
    assert words('{% light "on_time" %}') == "On time"
    assert words('{% light "overdue" "two days late" %}') == "two days late"
    assert words('{% status "Recognised" "done" %}') == "Recognised"
    with pytest.raises(KeyError):
        drawn('{% status "x" "invented" %}')


def test_time_line_chain_evidence_and_pairs() -> None:
    entries = [Entry(date(2020, 9, 21), "Begun", "piles", by="甲"), Entry(date(2020, 12, 1), "Done", state="planned")]
    steps = [Step("County", "done", "乙", date(2020, 9, 27)), Step("Office", "current"), Step("City")]
    papers = [Evidence("a<b>.pdf", "/f", 2048, "ab" * 32)]

    assert words("{% time_line entries %}", entries=entries) == "2020-09-21 Begun piles · 甲 2020-12-01 Done planned"
    assert words("{% chain steps %}", steps=steps) == "County passed 乙 2020-09-27 Office at work City not yet"
    assert 'aria-current="step"' in drawn("{% chain steps %}", steps=steps)
    assert words("{% evidence papers %}", papers=papers) == "a&lt;b&gt;.pdf 2 kB abababababab…"
    assert words("{% evidence papers %}", papers=[]) == "No evidence yet"
    assert words("{% key_values pairs %}", pairs={"Site": "", "Zero": 0}) == "Site – Zero 0"
    assert words('{% breadcrumbs "Home" "/" "Here" "" %}') == "Home Here"
    assert words('{% empty "None" "Why" "/n" "Add" %}') == "None Why Add"


class SampleForm(forms.Form):
    name = forms.CharField(help_text="As in the contract.")
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, required=False)
    agreed = forms.BooleanField(required=False)
    paper = forms.FileField(required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def test_errors_stand_above_with_links_and_beside_the_field() -> None:
    page = drawn("{% form_fields form %}", form=SampleForm({}))

    assert '<a href="#id_name">Name</a>: This field is required.' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert page.count('type="hidden"') == 1


def test_a_sound_form_shows_no_summary() -> None:
    page = drawn("{% form_fields form %}", form=SampleForm())

    assert "data-error-summary" not in page
    assert 'class="form-control"' in page
    assert "file-drop" in page
    assert "<legend" in page


def test_idempotency_keys_are_fresh_and_confirm_carries_one() -> None:
    first, second = drawn("{% idempotency_key %}"), drawn("{% idempotency_key %}")
    button = drawn('{% confirm_button "/go" "Recognise" "Sure?" "primary" claim="7" %}', csrf_token="T")

    assert first != second
    assert re.fullmatch(r'<input type="hidden" name="idempotency_key" value="[0-9a-f-]{36}">', first)
    assert 'name="idempotency_key"' in button
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="T">' in button
    assert '<input type="hidden" name="claim" value="7">' in button


def test_a_chart_is_a_json_block_and_a_table() -> None:
    page = drawn("{% as_chart chart %}", chart=ranking_bars("r", "Scores", [Bar("</script>", Fraction(1))]))

    assert '<script id="r" type="application/json">' in page
    assert "</script>\"" not in page
    assert '<td class="num">1.00</td>' in page


def test_the_language_switch_offers_the_other_one_and_comes_back() -> None:
    request = RequestFactory().get("/projects/?q=x")

    switch = drawn("{% language_switch %}", request=request)

    assert 'value="zh-hans"' in switch
    assert 'name="next" value="/projects/?q=x"' in switch
