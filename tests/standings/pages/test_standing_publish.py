"""The page that publishes: looked at first, frozen once, corrected with a reason."""

import re

from django.http import HttpResponse

from shuangbi.standings.models import Standing
from tests.bulletins.stories import September

URL = "/standings/sample-2020/2020-09/publish/"


def seen(september: September, who: str = "office_lead") -> str:
    answer = september.cast.client_of(getattr(september.cast, who)).get(URL)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def publish(september: September, text: str, key: str = "k", **data: str) -> HttpResponse:
    digest = re.search(r'name="seen" value="(\w+)"', text)
    assert digest
    client = september.cast.client_of(september.cast.office_lead)
    return client.post(URL, {"seen": digest[1], "idempotency_key": key, **data})  # type: ignore[return-value]


def test_it_is_looked_at_and_published_once(september: September) -> None:
    text = seen(september)
    for words in ("公布2020-09考核结果", "签约项目", "75.0", "72.00", "亿元", "申报尚未截止"):
        assert words in text
    first, second = publish(september, text), publish(september, text)

    assert first["Location"] == second["Location"] == "/standing/sample-2020/2020-09/"
    assert Standing.objects.count() == 1


def test_a_correction_shows_what_reads_otherwise_and_needs_a_reason(september: September) -> None:
    september.publish()
    september.refuse("A2")
    text = seen(september)
    assert "更正2020-09考核结果" in text
    assert '<td class="num">72.00</td><td class="num">60.00</td>' in text

    assert publish(september, text, reason="").status_code == 200
    assert Standing.objects.count() == 1
    assert publish(september, text, reason="一份合同不予认定").status_code == 302
    assert Standing.objects.order_by("-seq")[0].reason == "一份合同不予认定"


def test_nothing_to_correct_is_said(september: September) -> None:
    september.publish()

    answer = publish(september, seen(september), reason="再来一次")
    assert "与已公布的没有不同，无须更正。" in answer.content.decode()


def test_figures_that_changed_meanwhile_must_be_looked_at_again(september: September) -> None:
    text = seen(september)
    september.refuse("A2")
    answer = publish(september, text)

    assert "请重新查看后再公布" in answer.content.decode()
    assert not Standing.objects.exists()
    assert publish(september, answer.content.decode(), key="again").status_code == 302


def test_a_clerk_looks_and_does_not_publish(september: September) -> None:
    assert "由竞赛办负责人公布" in seen(september, "clerk")
    client = september.cast.client_of(september.cast.clerk)
    answer = client.post(URL, {"seen": "0", "idempotency_key": "k"})
    assert "考核结果由竞赛办负责人公布。" in answer.content.decode()
    assert not Standing.objects.exists()


def test_weeks_unknown_rounds_and_strangers_find_nothing(september: September) -> None:
    client = september.cast.client_of(september.cast.office_lead)
    for path in ("/standings/sample-2020/2020-W40/publish/", "/standings/sample-2020/2020-13/publish/", "/standings/none/2020-09/publish/"):
        assert client.get(path).status_code == 404
    for who in ("reporter", "leader", "system_admin"):
        assert september.cast.client_of(getattr(september.cast, who)).get(URL).status_code == 403


def test_english(september: September) -> None:
    client = september.cast.client_of(september.cast.office_lead)
    client.cookies["shuangbi_language"] = "en"

    assert "Publish the standing of 2020-09" in client.get(URL).content.decode()
