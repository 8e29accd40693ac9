"""The bytes that went out: kept, found by name, made anew identically whatever happens later; and what reads otherwise now."""

import random
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from shuangbi.bulletins import actions
from shuangbi.bulletins.choices import AUDIENCES
from shuangbi.bulletins.models import Issue
from shuangbi.bulletins.queries import (
    changes_since,
    correction_of,
    issue_bytes,
    issues_visible_to,
    rendered_anew,
    stored_bytes,
)
from shuangbi.bulletins.writers import WRITERS
from shuangbi.claims import actions as claims
from shuangbi.cli import main
from shuangbi.competitions import actions as competitions
from shuangbi.competitions.counting import catch_up
from shuangbi.foundation.errors import Refused
from shuangbi.ledger import files
from shuangbi.organisations.choices import Role
from shuangbi.organisations.models import Unit
from shuangbi.projects import actions as projects
from shuangbi.projects.models import Milestone, Project
from shuangbi.upkeep import rebuild_check
from tests.bulletins.stories import MONTHLY, YI, September, access, hold
from tests.cast import give
from tests.competitions.stories import new_competition, project_of, report

FORMS = [(form, audience) for form in WRITERS for audience in AUDIENCES]


def every_byte(issue: Issue) -> dict[tuple[str, str], bytes]:
    return {(form, audience): stored_bytes(issue, form, audience) for form, audience in FORMS}


def later_edits(september: September, seed: int) -> Iterator[Callable[[], object]]:
    """An endless row of things that people do after a bulletin went out; some of them are refused, as in life."""
    chance = random.Random(seed)
    cast, office = september.cast, september.clerk
    county = {cast.county.id: cast.reporter, cast.other_county.id: cast.other_reporter}
    number = 0
    while True:
        number += 1
        unit = chance.choice([cast.county, cast.other_county])
        project = chance.choice(list(Project.objects.order_by("code")))
        claim = chance.choice(sorted(september.claims.values(), key=str))
        milestone = chance.choice(list(Milestone.objects.order_by("id")))
        day = date(2020, chance.choice([9, 10]), chance.randint(1, 19))
        draft = Issue.objects.filter(state="draft").first()
        yield from chance.sample([
            lambda unit=unit, day=day, number=number: report(county[unit.id], unit, project_of(cast, unit, f"新项目{number}"), on=day),
            lambda claim=claim: claims.refuse_claim(claim=claim, by=office, reason="不符合条件"),
            lambda claim=claim: claims.recognise_claim(claim=claim, by=office),
            lambda project=project: projects.change_project(project=project, changes={"contract_amount": YI // 2}, by=office, reason="更正合同金额"),
            lambda milestone=milestone, day=day: projects.reach_milestone(milestone=milestone, on=day, by=office),
            lambda unit=unit, number=number: competitions.set_targets(
                competition=september.competition, by=office,
                targets=[competitions.NewTarget(unit=unit, measure="signed", round="2020-09", value=number, reason="调整任务")],
            ),
            lambda unit=unit, day=day, number=number: hold(cast, unit, f"第{number}场签约", day, amount=number * YI),
            lambda draft=draft, number=number: actions.edit_words(issue=draft, section="city", words=f"第{number}稿。", by=office) if draft else None,
        ], k=4)


@pytest.mark.django_db
def test_stored_bytes_and_render_are_identical_after_a_hundred_later_edits(september: September) -> None:
    september.publish()
    issues = [september.issued(), september.issued(MONTHLY)]
    september.draft()
    before = [every_byte(issue) for issue in issues]
    done = 0
    for edit in later_edits(september, seed=2020):
        try:
            edit()
        except Refused:
            continue
        done += 1
        if done == 100:
            break
    catch_up()
    Unit.objects.filter(id=september.cast.county.id).update(short_name="改名县", name="改名县")

    for issue, bytes_before in zip(issues, before, strict=True):
        now = Issue.objects.get(id=issue.id)
        assert every_byte(now) == bytes_before
        for form, audience in FORMS:
            content, equal, same_stamp = rendered_anew(now, form, audience)
            assert (equal, same_stamp, content) == (True, True, bytes_before[form, audience])


def test_refusing_a_counted_claim_changes_what_is_known_now_and_not_the_bulletin(september: September) -> None:
    september.publish()
    issue = september.issued(MONTHLY)
    assert changes_since(issue) == []

    september.refuse("A2")

    changes = {(change.what, change.unit): (change.published, change.now) for change in changes_since(issue)}
    # A 2 → 1 of 1: 60 points instead of 72, now as many as B, and both first.
    assert changes == {
        ("签约项目", ""): (3, 2), ("签约项目", "青禾县"): (2, 1), ("得分", "青禾县"): ("72.00", "60.00"), ("名次", "云塘区"): (2, 1),
    }
    assert "签约项目" in stored_bytes(issue, "html", "internal").decode()


def test_a_weekly_bulletin_never_speaks_of_scores(september: September) -> None:
    issue = september.issued()
    september.refuse("A2")

    assert {change.what for change in changes_since(issue)} == {"签约项目"}


# By name


def fetch(name: str, form: str = "pdf", **more: object) -> tuple[bytes, str]:
    asked = {"audience": "internal", "render": False, "competition": None, **more}
    return issue_bytes(name=name, form=form, **asked)  # type: ignore[arg-type]


def corrected(september: September, issue: Issue) -> Issue:
    made = actions.draft_correction(issue=issue, dated_on=date(2020, 10, 20), cutoff_on=date(2020, 10, 20), by=september.clerk)
    actions.edit_words(issue=made, section="correction", words="原因。", by=september.clerk)
    return actions.issue_bulletin(issue=september.signed(made), by=september.lead)


def test_a_name_always_means_the_same_bytes_and_tells_of_its_correction(september: September) -> None:
    old = september.issued()
    first, note = fetch("2020-weekly-1")
    assert note == "印发的原件。"
    new = corrected(september, old)

    again, note = fetch("2020-weekly-1")
    assert again == first == stored_bytes(old, "pdf", "internal")
    assert note == "印发的原件。 该期已由 2020-weekly-1-correction-1 更正。"
    assert fetch("2020-weekly-1-correction-1")[0] == stored_bytes(new, "pdf", "internal")
    assert correction_of(old) == new
    assert correction_of(new) is None


def test_html_as_a_file_is_a_page_of_its_own(september: September) -> None:
    issue = september.issued()
    content, _note = fetch("2020-weekly-1", "html", audience="public")

    assert content.startswith(b"<!doctype html>")
    assert stored_bytes(issue, "html", "public") in content
    assert fetch("2020-weekly-1", "html", audience="public", render=True)[0] == content


def test_drafts_unknown_names_and_ambiguous_ones_are_refused_with_the_reason(september: September) -> None:
    september.draft()
    with pytest.raises(Refused, match="2020-weekly-1 是草稿，没有印发的文件"):
        fetch("2020-weekly-1")
    with pytest.raises(Refused, match="没有通报 2020-weekly-9"):
        fetch("2020-weekly-9")
    with pytest.raises(Refused, match="没有通报"):
        fetch("2020-weekly-1", competition="another")
    second_competition(september)
    with pytest.raises(Refused, match="请用 --competition 指明"):
        fetch("2020-weekly-1")


def second_competition(september: September) -> Issue:
    """The other county's own competition with a draft of the same name."""
    owner = september.cast.other_county
    competition = competitions.open_competition(new=new_competition(owner, slug="yuntang-2020"), by=september.lead)
    issue = september.draft()
    issue.id, issue.competition, issue.name = competition.id, competition, "2020-weekly-1"
    issue.save(force_insert=True)
    return issue


def test_a_render_that_differs_under_the_same_stamp_is_not_handed_out(september: September) -> None:
    issue = september.issued()
    altered = files.keep([b"%PDF-1.7 altered"], media_type="application/pdf")
    Issue.objects.filter(id=issue.id).update(files={**issue.files, "internal.pdf": altered.sha256})
    with pytest.raises(Refused, match="此件不可信"):
        fetch("2020-weekly-1", render=True)

    Issue.objects.filter(id=issue.id).update(stamp="{}")
    content, note = fetch("2020-weekly-1", render=True)
    assert content.startswith(b"%PDF-")
    assert "排版程序与印发时不同" in note


def test_the_command_answers_0_with_the_bytes_and_1_with_the_reason(
    september: September, tmp_path, capsys, monkeypatch
) -> None:
    monkeypatch.setenv("SHUANGBI_LANGUAGE", "zh-hans")
    issue = september.issued()
    september.draft()
    target = tmp_path / "bulletin.pdf"

    assert main(["bulletin", "2020-weekly-1", "--format", "pdf", "--audience", "internal", "-o", str(target)]) == 0
    assert target.read_bytes() == stored_bytes(issue, "pdf", "internal")
    assert main(["bulletin", "2020-weekly-1", "--format", "docx", "--render", "-o", str(target)]) == 0
    assert target.read_bytes() == stored_bytes(issue, "docx", "internal")
    capsys.readouterr()
    for name, reason in (("2020-weekly-2", "草稿"), ("2020-weekly-9", "没有通报")):
        missing = tmp_path / name
        assert main(["bulletin", name, "--format", "pdf", "-o", str(missing)]) == 1
        assert reason in capsys.readouterr().err
        assert not missing.exists()


# Who sees


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("reporter", ["2020-weekly-1"]), ("unit_lead", ["2020-weekly-1"]), ("leader", ["2020-weekly-1"]), ("reader", ["2020-weekly-1"]),
        ("inspector", ["2020-weekly-1"]), ("park_reporter", ["2020-weekly-1"]), ("company_reporter", ["2020-weekly-1"]),
        ("clerk", ["2020-weekly-1", "2020-weekly-2"]), ("office_lead", ["2020-weekly-1", "2020-weekly-2"]),
        ("stranger", []), ("system_admin", []), ("security_admin", []), ("security_auditor", []),
    ],
)
def test_everyone_inside_reads_what_was_issued_and_only_the_office_the_drafts(september: September, who: str, names: list[str]) -> None:
    september.issued()
    september.draft()

    seen = issues_visible_to(access(getattr(september.cast, who)))
    assert sorted(seen.values_list("name", flat=True)) == names


def test_a_county_s_own_bulletins_are_its_own_and_its_office_sees_no_draft_of_the_city(september: September) -> None:
    september.draft()
    own = second_competition(september)
    Issue.objects.filter(id=own.id).update(state="issued")
    give(september.cast, september.cast.stranger, Role.OFFICE_CLERK, september.cast.county)

    assert not issues_visible_to(access(september.cast.stranger)).exists()
    assert not issues_visible_to(access(september.cast.reporter)).exists()
    assert list(issues_visible_to(access(september.cast.other_reporter))) == [own]


def test_the_tables_of_bulletins_are_what_the_facts_say(september: September) -> None:
    september.publish()
    september.issued(MONTHLY)

    assert rebuild_check()["ok"]
