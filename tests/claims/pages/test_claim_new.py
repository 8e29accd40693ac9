"""Reporting through the page: a kind, a project, a day, papers; and every no."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shuangbi.claims.models import Claim, Evidence
from tests.claims.stories import Story

ADDRESS = "/claims/new/"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


def photo(name: str = "开工现场.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


def sent(story: Story, **values: object) -> dict[str, object]:
    said = {"kind": "started", "project": story.project.id, "effective_on": "2020-09-18", "note": "",
            "idempotency_key": "one"}
    return {name: value for name, value in {**said, **values}.items() if value is not None}


@pytest.fixture
def reporter(story: Story) -> Client:
    return story.cast.client_of(story.cast.reporter)


def test_the_kinds_are_offered_with_what_each_takes(reporter: Client) -> None:
    text = reporter.get(ADDRESS).content.decode()

    assert text.count("?kind=") == 11
    assert "?kind=signed" in text


def test_the_project_is_prefilled(story: Story, reporter: Client) -> None:
    text = reporter.get(ADDRESS, {"kind": "started", "project": story.project.id}).content.decode()

    assert f'<option value="{story.project.id}" selected>' in text
    assert str(story.other_project.id) not in text


def test_a_claim_is_reported_with_its_papers(story: Story, reporter: Client) -> None:
    answer = reporter.post(ADDRESS, sent(story, paper_photo=photo()))

    claim = Claim.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/claims/{claim.id}/"
    assert (claim.kind, claim.project_id, claim.unit_id) == ("started", story.project.id, story.cast.county.id)
    assert (claim.effective_on, claim.state, claim.next_step) == (date(2020, 9, 18), "reported", "check")
    assert list(Evidence.objects.values_list("name", "kind")) == [("开工现场.png", "photo")]


def test_a_second_click_reports_once(story: Story, reporter: Client) -> None:
    first = reporter.post(ADDRESS, sent(story, paper_photo=photo()))
    second = reporter.post(ADDRESS, sent(story, paper_photo=photo()))

    assert second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Claim.objects.count() == 1


def test_the_same_form_with_other_words_is_refused(story: Story, reporter: Client) -> None:
    reporter.post(ADDRESS, sent(story))
    answer = reporter.post(ADDRESS, sent(story, effective_on="2020-09-19", looked="1"))

    assert answer.status_code == 200
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"effective_on": "2020-10-21"},
        {"effective_on": "2020-02-30"},
        {"effective_on": None},
        {"project": None},
        {"project": "00000000-0000-4000-8000-000000000000"},
        {"project": "nonsense"},
        {"note": "有\u202e方向"},
        {"kind": "invested"},
        {"kind": "invested", "amount": "1200"},
        {"kind": "invested", "amount": "-3亿元"},
        {"kind": "invested", "amount": "0元"},
        {"kind": "invested", "amount": "0.001元"},
        {"kind": "invested", "amount": "三亿元"},
        {"kind": "invested", "amount": "99999999999亿元"},
        {"kind": "invested", "amount": "1000000", "currency": "USD"},
        {"kind": "invested", "amount": "1000000", "currency": "USD", "rate": "x", "rate_on": "2020-09-18",
         "rate_source": "中间价"},
        {"kind": "invested", "amount": "1000000", "currency": "XXX", "rate": "6.8", "rate_on": "2020-09-18",
         "rate_source": "中间价"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    story: Story, reporter: Client, values: dict[str, object]
) -> None:
    answer = reporter.post(ADDRESS, sent(story, **values))

    assert answer.status_code == 200
    assert "form-error" in answer.content.decode() or "is-error" in answer.content.decode()
    assert Claim.objects.count() == 0


def test_a_foreign_project_is_refused(story: Story, reporter: Client) -> None:
    answer = reporter.post(ADDRESS, sent(story, project=story.other_project.id))

    assert answer.status_code == 200
    assert Claim.objects.count() == 0


def test_an_amount_says_its_unit(story: Story, reporter: Client) -> None:
    reporter.post(ADDRESS, sent(story, kind="invested", amount="3.2亿元", currency="CNY"))

    assert Claim.objects.get().amount == 32 * 10**9


def test_foreign_money_keeps_its_rate(story: Story, reporter: Client) -> None:
    reporter.post(ADDRESS, sent(
        story, kind="funds_in_place", amount="1,200,000.50", currency="USD", rate="6.8101", rate_on="2020-09-18",
        rate_source="外汇交易中心中间价",
    ))

    claim = Claim.objects.get()
    # 1,200,000.50 × 6.8101 = 8,172,123.40505 元
    assert (claim.amount, claim.foreign_minor, claim.currency, claim.rate) == (817212341, 120000050, "USD", "6.8101")


def test_land_is_reserved_by_a_title_alone(story: Story, reporter: Client) -> None:
    answer = reporter.post(ADDRESS, sent(
        story, kind="land_reserved", project=None, title="城东片区储备地块", amount="300亩", unit=story.cast.county.id,
        due_on="2020-09-30",
    ))

    assert answer.status_code == 302
    claim = Claim.objects.get()
    assert (claim.title, claim.amount, claim.project_id, claim.due_on) == (
        "城东片区储备地块", 200_000, None, date(2020, 9, 30),
    )


def test_a_bond_draw_names_its_batch_and_with_it_the_project(story: Story, reporter: Client) -> None:
    from shuangbi.projects.actions import grant_bond_batch
    from shuangbi.projects.models import BondBatch

    grant_bond_batch(
        project=story.project, batch="2020年第三批", amount=2 * 10**10, issued_on=date(2020, 6, 1),
        by=story.access(story.cast.clerk),
    )
    batch = BondBatch.objects.get()
    said = {"project": None, "unit": story.cast.county.id, "kind": "bond_drawn", "amount": "5000万元"}
    assert "2020年第三批" in reporter.get(ADDRESS, {"kind": "bond_drawn"}).content.decode()

    reporter.post(ADDRESS, sent(story, **said, bond_batch=batch.id))

    claim = Claim.objects.get()
    assert (claim.bond_batch, claim.project, claim.amount) == (batch, story.project, 5 * 10**9)
    text = reporter.get(f"/claims/{claim.id}/").content.decode()
    assert "2020年第三批" in text


def test_a_department_reports_what_it_brought(story: Story) -> None:
    from shuangbi.organisations.choices import Role
    from shuangbi.projects.models import Project
    from tests.cast import give

    cast = story.cast
    give(cast, cast.stranger, Role.REPORTER, cast.department)
    Project.objects.filter(id=story.project.id).update(bringer=cast.department)

    cast.client_of(cast.stranger).post(ADDRESS, sent(story))

    assert Claim.objects.get().unit == cast.department


def test_a_lying_file_is_refused_and_the_good_one_is_kept(story: Story, reporter: Client) -> None:
    answer = reporter.post(ADDRESS, sent(
        story, paper_photo=photo(), paper_approval=SimpleUploadedFile("批复.pdf", b"MZ not a pdf at all")
    ))
    text = answer.content.decode()

    assert answer.status_code == 200
    assert Claim.objects.count() == 0
    assert "批复.pdf" in text
    kept = text.split('name="kept" value="')[1].split('"')[0]
    reporter.post(ADDRESS, sent(story, kept=kept))
    assert list(Evidence.objects.values_list("name", flat=True)) == ["开工现场.png"]


def test_kept_files_of_another_person_are_worth_nothing(story: Story, reporter: Client) -> None:
    text = reporter.post(ADDRESS, sent(story, effective_on="", paper_photo=photo())).content.decode()
    kept = text.split('name="kept" value="')[1].split('"')[0]

    story.cast.client_of(story.cast.unit_lead).post(ADDRESS, sent(story, kept=kept))

    assert Claim.objects.count() == 1
    assert Evidence.objects.count() == 0


def test_a_second_claim_of_the_same_asks_for_a_second_look(story: Story, reporter: Client) -> None:
    story.report()
    first = reporter.post(ADDRESS, sent(story, effective_on="2020-09-19"))
    assert first.status_code == 200
    assert Claim.objects.count() == 1
    assert 'name="looked"' in first.content.decode()

    second = reporter.post(ADDRESS, sent(story, effective_on="2020-09-19", looked="1"))
    assert second.status_code == 302
    assert Claim.objects.count() == 2


@pytest.mark.parametrize("who", ["leader", "reader", "inspector", "owner", "stranger", "security_admin"])
def test_who_does_not_report_may_not_open_the_page(story: Story, who: str) -> None:
    assert story.cast.client_of(getattr(story.cast, who)).get(ADDRESS).status_code == 403


def test_a_stranger_is_sent_to_log_in(story: Story) -> None:
    assert story.cast.client_of(None).get(ADDRESS).status_code == 302
