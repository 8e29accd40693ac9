"""A claim's story in the words of the page: the chain of its review, the time line, its papers."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from shuangbi.claims.amounts import amount_text
from shuangbi.claims.choices import REPORT, Act, Paper, State
from shuangbi.claims.models import Claim, Evidence
from shuangbi.claims.queries import Moment
from shuangbi.foundation import parts
from shuangbi.foundation.formats import day_text

PICTURES = "image/"
TABLES = ("spreadsheetml", "text/csv")


def chain_steps(claim: Claim, story: list[Moment]) -> list[parts.Step]:
    """The report and each step of the chain: passed, at work, returned, or not yet."""
    passed = _passed(story)
    reported = passed.get(REPORT)
    found = [_step(_("Reported by the unit"), reported, "returned" if claim.state == State.RETURNED else "done")]
    for step in claim.rule.chain:
        moment = passed.get(step.name)
        state = "current" if claim.next_step == step.name else "done" if moment else "waiting"
        if state == "waiting" and _carried(claim, step.name):
            state = "done"
        found.append(_step(step.title, moment if state == "done" else None, state))
    return found


def _passed(story: list[Moment]) -> dict[str, Moment]:
    """The latest taking of each step since the review last began."""
    passed: dict[str, Moment] = {}
    checked = False
    for moment in story:
        act, step = moment.step.act, moment.step.step
        if act in {Act.REPORTED, Act.CORRECTED} and not checked:
            passed = {REPORT: moment}
        elif act in {Act.CONFIRMED, Act.CHECKED, Act.RECOGNISED}:
            passed[step] = moment
            checked = act != Act.CONFIRMED
        elif act == Act.RETURNED:
            checked = False
    return passed


def _carried(claim: Claim, name: str) -> bool:
    """Whether the claim is past a step nobody took: the reporter's own role carried it."""
    names = [step.name for step in claim.rule.chain]
    return claim.next_step in names and names.index(name) < names.index(claim.next_step)


def _step(title: object, moment: Moment | None, state: str) -> parts.Step:
    if moment is None:
        return parts.Step(title, state)
    return parts.Step(title, state, by=moment.step.by or "", when=moment.step.at)


def story_entries(claim: Claim, story: list[Moment]) -> list[parts.Entry]:
    """Everything that happened, newest last, each with who, when, why and what it changed."""
    return [
        parts.Entry(
            when=moment.step.at, title=moment.step.get_act_display(), text=_text(claim, moment),
            state="stopped" if moment.step.act in {Act.REFUSED, Act.REVOKED, Act.WITHDRAWN, Act.RETURNED} else "done",
            by=moment.step.by or "",
        )
        for moment in story
    ]


def _text(claim: Claim, moment: Moment) -> str:
    said = [moment.step.reason] if moment.step.reason else []
    if moment.was_amount is not None:
        unit = claim.rule.amount
        said.append(_("{before} becomes {after}").format(
            before=amount_text(moment.was_amount, unit), after=amount_text(moment.step.amount, unit)
        ))
    if moment.was_on is not None:
        said.append(_("{before} becomes {after}").format(
            before=day_text(moment.was_on), after=day_text(moment.step.effective_on)
        ))
    return " · ".join(said)


def papers_of(evidence: Iterable[Evidence]) -> list[parts.Evidence]:
    """Papers with size, day and hash, for the component."""
    return [
        parts.Evidence(
            name=paper.name, url=paper.get_absolute_url(), size=paper.file.size, sha256=paper.file_id,
            kind=_sort_of_file(paper.file.media_type), note=paper.get_kind_display(), when=paper.added_at,
        )
        for paper in evidence
    ]


def _sort_of_file(media_type: str) -> str:
    if media_type.startswith(PICTURES):
        return "image"
    return "table" if any(name in media_type for name in TABLES) else "file"


def papers_expected(papers: Iterable[str]) -> str:
    """The papers a kind is expected to come with, in one line."""
    return _(", ").join(str(Paper(paper).label) for paper in papers)
