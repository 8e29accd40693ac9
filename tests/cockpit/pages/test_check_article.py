"""A text's figures beside the ledger."""

from shuangbi.cockpit.queries.article import check, segments
from shuangbi.cockpit.queries.shown import season_for, show
from shuangbi.ledger.models import Fact
from tests.cockpit.pages.asking import queries_of, text_of
from tests.cockpit.stories import Season

TEXT = (
    "9月全市亿元以上项目签约任务数为3个，完成2个；重点项目竣工任务数为1个，完成4个。"
    "在示例集中签约仪式上，5个项目现场签约，合同金额超过11亿元。全市新增绿地30亩。"
)


def test_figures_agree_disagree_or_have_nothing_beside_them(season: Season) -> None:
    access = season.access(season.cast.clerk)

    signed, completed, event = check(TEXT, show(season_for(access), "2020-09"), access)[:3]

    assert [(part.said, part.ledger, part.verdict) for part in signed.parts] == [("3", "3", "agrees"), ("2", "2", "agrees")]
    assert [(part.said, part.ledger, part.verdict) for part in completed.parts] == [("1", "1", "agrees"), ("4", "1", "disagrees")]
    assert (signed.verdict, completed.verdict, event.verdict) == ("agrees", "disagrees", "agrees")
    assert [part.ledger for part in event.parts] == ["5", "11.50 亿元"]


def test_the_flash_figure_agrees_and_says_so(season: Season) -> None:
    access = season.access(season.cast.clerk)

    figure = check("9月亿元以上项目签约任务数为3个，完成3个。", show(season_for(access), "2020-09"), access)[0]

    assert figure.verdict == "agrees"
    assert "2" in figure.parts[1].note


def test_segments_put_together_are_the_text(season: Season) -> None:
    access = season.access(season.cast.clerk)
    checked = check(TEXT, show(season_for(access), "2020-09"), access)

    parts = segments(TEXT, checked)

    assert "".join(part.text for part in parts) == TEXT
    assert [part.checked.place for part in parts if part.checked][:3] == [1, 2, 3]


def test_a_pasted_text_is_compared_and_nothing_is_kept(season: Season) -> None:
    before = Fact.objects.count()

    response = season.client(season.cast.reporter).post(
        "/check/?round=2020-09", {"text": TEXT}, headers={"accept-language": "en"}
    )

    page = response.content.decode()
    assert "disagrees" in page
    assert "3 more than the ledger has" in page
    assert Fact.objects.count() == before


def test_an_empty_or_endless_text_is_refused(season: Season) -> None:
    client = season.client(season.cast.reporter)

    for text in ("", "字" * 20_001):
        page = client.post("/check/", {"text": text}, headers={"accept-language": "en"}).content.decode()
        assert "Figure by figure" not in page
        assert "data-error-summary" in page


def test_a_text_without_figures_says_so(season: Season) -> None:
    page = season.client(season.cast.reporter).post("/check/", {"text": "今日无事。"}, headers={"accept-language": "en"})

    assert "No figure was read from this text." in page.content.decode()


def test_queries(season: Season) -> None:
    assert text_of(season.client(season.cast.reporter), "/check/")
    assert queries_of(season.client(season.cast.reporter), "/check/") == 7
