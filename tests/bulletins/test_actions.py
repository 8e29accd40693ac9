"""Drafting, editing, signing, issuing, correcting; and every way in which each says no."""

from datetime import date

import pytest

from shuangbi.bulletins import actions
from shuangbi.bulletins.actions import NewIssue
from shuangbi.bulletins.choices import IssueState
from shuangbi.bulletins.compose import document_of, parts_of, problems_of
from shuangbi.bulletins.models import Issue
from shuangbi.bulletins.queries import frozen_document
from shuangbi.foundation.errors import Refused
from shuangbi.ledger.models import Fact
from shuangbi.organisations.choices import Role
from tests.bulletins.stories import MONTHLY, WEEKLY, September, access
from tests.cast import give


def changed(new: NewIssue, **values: object) -> NewIssue:
    return NewIssue(**{**new.__dict__, **values})  # type: ignore[arg-type]


# Drafting


def test_a_weekly_draft_takes_the_next_number_and_the_figures_known_at_its_cut_off(september: September) -> None:
    first = september.draft()
    september.refuse("A1")
    second = september.draft(changed(WEEKLY, dated_on=date(2020, 10, 20), cutoff_on=date(2020, 10, 20)))

    assert [(first.name, first.number), (second.name, second.number)] == [("2020-weekly-1", 1), ("2020-weekly-2", 2)]
    assert (first.level, first.state, first.author) == (1, IssueState.DRAFT, september.cast.clerk)
    # The refusal of 20 October was not known on the 11th.
    assert first.as_of_seq < second.as_of_seq


def test_a_cut_off_before_anything_was_asked_is_refused(september: September) -> None:
    with pytest.raises(Refused, match="尚未冻结计分办法"):
        september.draft(changed(WEEKLY, cutoff_on=date(2020, 10, 8)))


def test_a_monthly_draft_carries_its_month_s_number_and_needs_a_published_standing(september: September) -> None:
    with pytest.raises(Refused, match="请先公布2020-09的考核结果"):
        september.draft(MONTHLY)
    september.publish()

    issue = september.draft(MONTHLY)
    assert (issue.name, issue.number, issue.level) == ("2020-monthly-9", 9, 2)


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (changed(WEEKLY, kind="daily"), "kind"),
        (changed(WEEKLY, round="2020-W99"), "round"),
        (changed(WEEKLY, month="2020-13"), "month"),
        (changed(WEEKLY, month="2020"), "month"),
        (changed(MONTHLY, round="2020-W40"), "round"),
        (changed(WEEKLY, cutoff_on=date(2020, 10, 13)), "cutoff_on"),
    ],
)
def test_what_can_be_no_bulletin_is_refused_at_its_field(september: September, new: NewIssue, field: str) -> None:
    with pytest.raises(Refused) as refused:
        september.draft(new)

    assert refused.value.field == field
    assert not Issue.objects.exists()


def test_the_same_number_twice_is_refused_and_the_same_key_makes_one_draft(september: September) -> None:
    once = september.draft(key="k")
    again = september.draft(key="k")
    assert once.id == again.id
    with pytest.raises(Refused, match="已存在"):
        september.draft(changed(WEEKLY, number=1))


@pytest.mark.parametrize("who", ["reporter", "owner", "leader", "reader", "inspector", "stranger"])
def test_only_the_office_drafts(september: September, who: str) -> None:
    with pytest.raises(Refused, match="通报由竞赛办起草"):
        actions.draft_issue(competition=september.competition, new=WEEKLY, by=access(getattr(september.cast, who)))


def test_a_county_s_own_office_makes_no_bulletin_of_the_city(september: September) -> None:
    give(september.cast, september.cast.stranger, Role.OFFICE_LEAD, september.cast.county)
    county = access(september.cast.stranger)
    issue = september.signed(september.draft())

    with pytest.raises(Refused):
        actions.edit_words(issue=issue, section="patrol", words="文", by=county)
    with pytest.raises(Refused):
        actions.issue_bulletin(issue=issue, by=county)


# Editing


def test_words_are_cleaned_kept_and_cost_the_signature(september: September) -> None:
    issue = september.signed(september.draft())
    actions.edit_words(issue=issue, section="patrol", words="  巡查12个项目。\u202e\r\n平稳。 ", by=september.clerk)

    issue.refresh_from_db()
    assert issue.words["patrol"] == "巡查12个项目。\n平稳。"
    assert "patrol" not in issue.signed
    assert "city" in issue.signed


def test_the_same_words_again_cost_nothing(september: September) -> None:
    issue = september.draft()
    actions.edit_words(issue=issue, section="city", words="有进展。", by=september.clerk)
    september.signed(issue)
    actions.edit_words(issue=issue, section="city", words="有进展。", by=september.clerk)

    assert "city" in Issue.objects.get(id=issue.id).signed


@pytest.mark.parametrize("section", ["note", "tables", "correction", "nonsense"])
def test_sections_without_words_take_none(september: September, section: str) -> None:
    with pytest.raises(Refused, match="没有可填写的文字"):
        actions.edit_words(issue=september.draft(), section=section, words="文", by=september.clerk)


def test_words_beyond_three_thousand_characters_are_refused(september: September) -> None:
    issue = september.draft()
    actions.edit_words(issue=issue, section="patrol", words="文" * 3000, by=september.clerk)
    with pytest.raises(Refused, match="不超过3000字"):
        actions.edit_words(issue=issue, section="patrol", words="文" * 3001, by=september.clerk)


def test_two_people_at_two_sections_lose_nothing(september: September) -> None:
    issue = september.draft()
    mine, yours = Issue.objects.get(id=issue.id), Issue.objects.get(id=issue.id)
    actions.edit_words(issue=mine, section="patrol", words="巡查。", by=september.clerk)
    actions.edit_words(issue=yours, section="city", words="进展。", by=september.lead)

    assert {"patrol": "巡查。", "city": "进展。"}.items() <= Issue.objects.get(id=issue.id).words.items()


def test_a_section_that_changed_since_it_was_read_is_not_signed(september: September) -> None:
    issue = september.draft()
    read = next(part for part in parts_of(issue) if part.name == "requirements")
    actions.edit_words(issue=issue, section="requirements", words="要加快进度。", by=september.lead)

    with pytest.raises(Refused, match="请重新阅读"):
        actions.sign_section(issue=issue, section="requirements", by=september.clerk, seen=read.digest)
    now = next(part for part in parts_of(issue) if part.name == "requirements")
    actions.sign_section(issue=issue, section="requirements", by=september.clerk, seen=now.digest)
    assert parts_of(issue)[-3].signed_by == september.cast.clerk.id
    with pytest.raises(Refused, match="没有这一部分"):
        actions.sign_section(issue=issue, section="composite", by=september.clerk)


def test_a_section_left_out_is_not_printed_and_comes_back(september: September) -> None:
    issue = september.draft()
    actions.leave_out(issue=issue, section="events", out=True, by=september.clerk)
    assert "集中签约" not in str(document_of(issue, "internal"))
    actions.leave_out(issue=issue, section="events", out=False, by=september.clerk)
    assert "集中签约" in str(document_of(issue, "internal"))
    with pytest.raises(Refused):
        actions.leave_out(issue=issue, section="nonsense", out=True, by=september.clerk)


def test_refreshing_reads_later_facts_and_takes_the_signatures(september: September) -> None:
    issue = september.signed(september.draft(changed(WEEKLY, dated_on=date(2020, 10, 20), cutoff_on=date(2020, 10, 20))))
    actions.refresh_figures(issue=issue, by=september.clerk)
    assert issue.signed, "nothing new was known, so nothing is lost"

    september.refuse("A1")
    actions.refresh_figures(issue=issue, by=september.clerk)
    issue.refresh_from_db()
    assert issue.signed == {}
    assert "完成25" not in str(document_of(issue, "internal"))


# Issuing


def test_issuing_needs_every_section_signed(september: September) -> None:
    issue = september.draft()
    problems, _warnings = problems_of(issue)
    assert "“开头”未签字。" in problems
    assert "“巡查情况”未签字。" not in problems, "a section that says nothing needs no signature"

    with pytest.raises(Refused, match="“开头”未签字"):
        actions.issue_bulletin(issue=issue, by=september.lead)
    assert Issue.objects.get(id=issue.id).is_draft


def test_the_author_never_issues_and_nobody_below_the_lead(september: September) -> None:
    mine = actions.draft_issue(competition=september.competition, new=WEEKLY, by=september.lead)
    with pytest.raises(Refused, match="起草人不能签发"):
        actions.issue_bulletin(issue=september.signed(mine), by=september.lead)
    theirs = september.signed(september.draft())
    for who in (september.cast.clerk, september.cast.leader, september.cast.reporter):
        with pytest.raises(Refused, match="负责人签发"):
            actions.issue_bulletin(issue=theirs, by=access(who))


def test_a_character_that_no_font_shows_refuses_issuing(september: September) -> None:
    issue = september.draft()
    actions.edit_words(issue=issue, section="patrol", words="联系人𠮷某。", by=september.clerk)

    with pytest.raises(Refused, match="没有字体能显示“𠮷”字"):
        actions.issue_bulletin(issue=september.signed(issue), by=september.lead)
    assert not Fact.objects.filter(kind="bulletins.issued").exists()


def test_a_long_text_warns_and_is_not_refused(september: September) -> None:
    issue = september.draft()
    for section in ("patrol", "city"):
        actions.edit_words(issue=issue, section=section, words="文" * 2900, by=september.clerk)

    problems, warnings = problems_of(september.signed(issue))
    assert problems == []
    assert warnings
    assert "不宜超过5000字" in warnings[0]


def test_an_issued_bulletin_is_frozen_against_everything(september: September) -> None:
    issue = september.issued()

    assert (issue.state, issue.issued_by) == (IssueState.ISSUED, september.cast.office_lead.id)
    fact = Fact.objects.get(kind="bulletins.issued")
    assert (fact.subject, fact.actor, fact.effective_on, fact.seq) == (issue.id, issue.issued_by, issue.dated_on, issue.seq)
    for refused in (
        lambda: actions.edit_words(issue=issue, section="patrol", words="文", by=september.clerk),
        lambda: actions.sign_section(issue=issue, section="city", by=september.clerk),
        lambda: actions.leave_out(issue=issue, section="city", out=True, by=september.clerk),
        lambda: actions.refresh_figures(issue=issue, by=september.clerk),
        lambda: actions.discard_draft(issue=issue, by=september.clerk),
        lambda: actions.issue_bulletin(issue=issue, by=september.lead),
    ):
        with pytest.raises(Refused, match="已印发"):
            refused()


def test_what_was_read_before_it_was_issued_changes_nothing(september: September) -> None:
    """A page that still shows the draft cannot write into the issued bulletin."""
    stale = september.draft()
    actions.issue_bulletin(issue=september.signed(Issue.objects.get(id=stale.id)), by=september.lead)

    with pytest.raises(Refused, match="已印发"):
        actions.edit_words(issue=stale, section="patrol", words="文", by=september.clerk)
    with pytest.raises(Refused, match="已印发"):
        actions.discard_draft(issue=stale, by=september.clerk)


def test_a_second_click_issues_once(september: September) -> None:
    issue = september.signed(september.draft())
    first = actions.issue_bulletin(issue=issue, by=september.lead, key="click")
    again = actions.issue_bulletin(issue=Issue.objects.get(id=issue.id), by=september.lead, key="click")

    assert first.seq == again.seq
    assert Fact.objects.filter(kind="bulletins.issued").count() == 1
    with pytest.raises(Refused, match="已印发"):
        actions.issue_bulletin(issue=again, by=september.lead, key="another")


def test_words_changed_while_it_was_issued_stop_it(september: September) -> None:
    issue = september.signed(september.draft())
    seen = Issue.objects.get(id=issue.id)
    actions.edit_words(issue=issue, section="city", words="临时补充。", by=september.clerk)

    with pytest.raises(Refused, match="草稿已有改动"):
        actions.issue_bulletin(issue=seen, by=september.lead)


def test_the_bulletin_prints_the_checkpoint_before_its_own_fact(september: September) -> None:
    issue = september.issued()
    printed = frozen_document(issue, "public").checkpoint

    assert printed is not None
    before = Fact.objects.get(seq=issue.seq - 1)  # type: ignore[operator]
    assert printed.lines[1:] == (str(before.seq), before.hash)


def test_a_draft_is_thrown_away_only_by_the_office(september: September) -> None:
    issue = september.draft()
    with pytest.raises(Refused):
        actions.discard_draft(issue=issue, by=access(september.cast.leader))
    actions.discard_draft(issue=issue, by=september.clerk)
    assert not Issue.objects.exists()


def test_a_monthly_draft_whose_standing_was_corrected_asks_for_a_refresh(september: September) -> None:
    september.publish()
    issue = september.signed(september.draft(MONTHLY))
    september.refuse("A2")
    september.publish(reason="一份合同不予认定")

    with pytest.raises(Refused, match="请刷新数据"):
        actions.issue_bulletin(issue=issue, by=september.lead)
    actions.refresh_figures(issue=issue, by=september.clerk)
    assert actions.issue_bulletin(issue=september.signed(issue), by=september.lead).state == IssueState.ISSUED


# Correcting


def test_a_correction_is_a_new_dated_issue_that_names_the_old_one(september: September) -> None:
    old = september.issued()
    kept = (old.files, old.seq)
    september.refuse("A2")
    made = actions.draft_correction(
        issue=old, dated_on=date(2020, 10, 20), cutoff_on=date(2020, 10, 20), by=september.clerk, key="c"
    )

    assert (made.name, made.number, made.corrects_id) == ("2020-weekly-1-correction-1", 1, old.id)
    with pytest.raises(Refused, match="请在“更正内容”中写明更正原因"):
        actions.issue_bulletin(issue=september.signed(made), by=september.lead)
    actions.edit_words(issue=made, section="correction", words="一份合同经核不予认定。", by=september.clerk)
    issued = actions.issue_bulletin(issue=september.signed(made), by=september.lead)
    document = frozen_document(issued, "internal")
    text = str(document)
    assert document.title.endswith("的通报（更正）")
    assert document.masthead.number == "第1期（更正）"
    assert "本期更正2020年10月12日印发的第1期，数据以本期为准。更正原因：一份合同经核不予认定。" in text
    assert "更正内容：全市签约项目由4个更正为3个；青禾县签约项目由2个更正为1个。" in text
    old.refresh_from_db()
    assert (old.files, old.seq) == kept
    assert Fact.objects.filter(kind="bulletins.issued").count() == 2


def test_a_correction_of_a_monthly_bulletin_tells_scores_and_places(september: September) -> None:
    september.publish()
    old = september.issued(MONTHLY)
    september.refuse("A1")
    september.refuse("A2")
    september.publish(reason="两份合同不予认定")
    made = actions.draft_correction(issue=old, dated_on=date(2020, 10, 20), cutoff_on=date(2020, 10, 20), by=september.clerk)

    # A has nothing left: 0 + 0; B stays at 40 + 20 and comes first.
    text = str(document_of(made, "internal"))
    for words in ("青禾县综合得分由72.00分更正为0.00分", "青禾县名次由第1名更正为第2名", "云塘区名次由第2名更正为第1名"):
        assert words in text


def test_corrections_follow_one_another_and_never_fork(september: September) -> None:
    old = september.issued()
    days = {"dated_on": date(2020, 10, 20), "cutoff_on": date(2020, 10, 20), "by": september.clerk}
    first = actions.draft_correction(issue=old, **days)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="2020-weekly-1-correction-1 已更正该通报"):
        actions.draft_correction(issue=old, **days)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="只有已印发的通报才需更正"):
        actions.draft_correction(issue=first, **days)  # type: ignore[arg-type]
    actions.edit_words(issue=first, section="correction", words="原因。", by=september.clerk)
    actions.issue_bulletin(issue=september.signed(first), by=september.lead)

    second = actions.draft_correction(issue=Issue.objects.get(id=first.id), **days)  # type: ignore[arg-type]
    assert second.name == "2020-weekly-1-correction-2"
    assert "correction" not in second.words, "each correction has its own reason"


def test_a_correction_s_refusals(september: September) -> None:
    old = september.issued()
    with pytest.raises(Refused) as refused:
        actions.draft_correction(issue=old, dated_on=date(2020, 10, 1), cutoff_on=date(2020, 10, 1), by=september.clerk)
    assert refused.value.field == "dated_on"
    with pytest.raises(Refused, match="由竞赛办起草"):
        actions.draft_correction(
            issue=old, dated_on=date(2020, 10, 20), cutoff_on=date(2020, 10, 20), by=access(september.cast.reporter)
        )
    made = actions.draft_correction(issue=old, dated_on=date(2020, 10, 20), cutoff_on=date(2020, 10, 20), by=september.clerk)
    actions.edit_words(issue=made, section="correction", words="原因。", by=september.clerk)
    actions.leave_out(issue=made, section="correction", out=True, by=september.clerk)
    assert "更正须写明更正内容，请恢复该部分。" in problems_of(made)[0]
