"""From the ledger to postings: read what is new, fold each touched group again, append new minus old.

A group is one project with its claims, or a claim without a project. Postings are disposable: with the table emptied,
the next catch-up makes them again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Q

from shuangbi.claims import facts as claim_facts
from shuangbi.claims.models import Claim
from shuangbi.competitions.models import Posting, SchemeFile, Watermark
from shuangbi.competitions.queries import parsed
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger.models import Fact
from shuangbi.ledger.queries import head_seq
from shuangbi.projects import facts as project_facts
from shuangbi_engine import postings, tables
from shuangbi_engine.scheme import CountingPolicy

PROJECT_KINDS = (
    project_facts.Registered.KIND, project_facts.AttributeChanged.KIND, project_facts.Listed.KIND,
    project_facts.Unlisted.KIND, project_facts.CreditSet.KIND,
)
# Which step of a claim's story each kind of fact is for counting. A revoked recognition reads as a refusal.
CLAIM_EVENTS: dict[str, tables.Event] = {
    claim_facts.Reported.KIND: "reported",
    claim_facts.Checked.KIND: "checked",
    claim_facts.Recognised.KIND: "recognised",
    claim_facts.Returned.KIND: "returned",
    claim_facts.Refused.KIND: "refused",
    claim_facts.Withdrawn.KIND: "withdrawn",
    claim_facts.Corrected.KIND: "corrected",
}
KINDS = (*PROJECT_KINDS, *CLAIM_EVENTS)
MONEY_FIELDS = {
    "total_investment": "total_investment", "contract_amount": "contract_amount", "attracted_amount": "attracted",
    "year_plan": "year_plan",
}


def policies_in_use() -> dict[str, CountingPolicy]:
    """The counting policies of all frozen schemes, by digest."""
    schemes = [parsed(file) for file in SchemeFile.objects.filter(frozen_seq__isnull=False)]
    return {postings.policy_digest(scheme.policy): scheme.policy for scheme in schemes}


def catch_up() -> int:
    """Bring the postings of every policy in use up to the head; answers how many facts were read."""
    head = head_seq()
    marks = dict(Watermark.objects.values_list("policy", "seq"))
    behind = {digest: policy for digest, policy in policies_in_use().items() if marks.get(digest, 0) < head}
    if not behind:
        return 0
    # All policies in one transaction: nobody may score one of them at a seq that only another has reached.
    with writing():
        return sum(_advance(digest, policy) for digest, policy in behind.items())


def _advance(digest: str, policy: CountingPolicy) -> int:
    with writing():
        mark, _ = Watermark.objects.get_or_create(policy=digest, defaults={"seq": 0})
        head = head_seq()
        new = list(Fact.objects.filter(seq__gt=mark.seq, kind__in=KINDS).only("seq", "kind", "subject"))
        groups = _groups_of(new)
        if mark.seq == 0:
            Posting.objects.filter(policy=digest).delete()
            old: dict[str, list[postings.Posting]] = {}
        else:
            old = stored(digest, groups)
        rows = [
            row for history in histories(groups)
            for row in postings.difference(old.get(history.subject, []), postings.fold(history, policy))
        ]
        Posting.objects.bulk_create(
            [Posting(policy=digest, **{name: getattr(row, name) for name in postings.COLUMNS}) for row in rows],
            batch_size=500,
        )
        mark.seq = head
        mark.save(update_fields=["seq"])
    return len(new)


def _groups_of(facts: Iterable[Fact]) -> set[str]:
    projects = {str(fact.subject) for fact in facts if fact.kind in PROJECT_KINDS}
    claims = sorted({fact.subject for fact in facts if fact.kind in CLAIM_EVENTS})
    found = [
        group for chunk in _chunks(claims)
        for group in _group_of_claims(Q(id__in=chunk)).values()
    ]
    return projects | set(found)


def _group_of_claims(which: Q) -> dict[UUID, str]:
    """Claims and the group each belongs to: its project, or itself."""
    rows = Claim.objects.filter(which).order_by().values_list("id", "project_id")
    return {claim: str(project or claim) for claim, project in rows}


def stored(digest: str, groups: Iterable[str]) -> dict[str, list[postings.Posting]]:
    """The postings of some groups as they stand."""
    found: dict[str, list[postings.Posting]] = defaultdict(list)
    for chunk in _chunks(sorted(groups)):
        rows = Posting.objects.filter(policy=digest, subject__in=chunk).values_list(*postings.COLUMNS)
        for row in rows:
            posting = postings.Posting(*row)
            found[posting.subject].append(posting)
    return found


def subjects_posted(policy: CountingPolicy, states: Iterable[str], days: tuple[int, int]) -> set[str]:
    """Groups with a posting in one of these states in a span of days (ordinals), at any level and seq."""
    rows = Posting.objects.filter(policy=postings.policy_digest(policy), state__in=set(states), day__range=days)
    return set(rows.order_by().values_list("subject", flat=True).distinct())


def histories(groups: Iterable[str]) -> Iterator[tables.GroupHistory]:
    """The whole history of each group, from its facts."""
    for chunk in _chunks(sorted(groups)):
        yield from _histories(chunk)


def _histories(groups: list[str]) -> Iterator[tables.GroupHistory]:
    from_projects: dict[str, list[Fact]] = defaultdict(list)
    for fact in Fact.objects.filter(kind__in=PROJECT_KINDS, subject__in=groups).order_by("seq"):
        from_projects[str(fact.subject)].append(fact)
    claims = _group_of_claims(Q(project_id__in=groups) | Q(id__in=groups, project__isnull=True))
    from_claims: dict[str, list[Fact]] = defaultdict(list)
    for chunk in _chunks(list(claims)):
        for fact in Fact.objects.filter(kind__in=CLAIM_EVENTS, subject__in=chunk).order_by("seq"):
            from_claims[claims[fact.subject]].append(fact)
    for group in groups:
        projects, shares = project_rows(from_projects[group])
        events = sorted((claim_row(fact, group) for fact in from_claims[group]), key=lambda row: row.seq)
        yield tables.GroupHistory(group, tuple(projects), tuple(events), tuple(shares))


def project_rows(facts: Iterable[Fact]) -> tuple[list[tables.Project], list[tables.Credit]]:
    """A project's facts as the engine's rows: after each, the whole of what is known."""
    rows: list[tables.Project] = []
    shares: list[tables.Credit] = []
    known: tables.Project | None = None
    for fact in facts:
        data = fact.data
        if fact.kind == project_facts.CreditSet.KIND:
            body = project_facts.CreditSet.read(fact)
            shares.append(tables.Credit(
                fact.seq, str(fact.subject), str(body.unit), body.share, body.starts_on, body.ends_on, body.contract
            ))
            continue
        if fact.kind == project_facts.Registered.KIND:
            known = tables.Project(
                fact.seq, str(fact.subject), data["unit"], data["bringer"] or "", data["total_investment"],
                data["contract_amount"], data["attracted_amount"], data["year_plan"], data["industry"],
                name=data["name"],
            )
        elif known is not None:
            known = replace(known, seq=fact.seq, **_changes(fact.kind, data, known))
        if known is not None:
            rows.append(known)
    return rows, shares


def _changes(kind: str, data: dict[str, Any], known: tables.Project) -> dict[str, Any]:
    if kind == project_facts.AttributeChanged.KIND:
        changes: dict[str, Any] = {}
        for name, value in data["changes"].items():
            if name in MONEY_FIELDS:
                changes[MONEY_FIELDS[name]] = value or 0
            elif name in {"unit", "bringer", "industry", "name"}:
                changes[name] = value or ""
        return changes
    field = "lists" if data["marker"] == "list" else "tags"
    before: tuple[str, ...] = getattr(known, field)
    code = str(data["code"])
    if kind == project_facts.Listed.KIND:
        return {field: (*before, code)}
    return {field: tuple(name for name in before if name != code)}


def claim_row(fact: Fact, group: str) -> tables.ClaimEvent:
    """A claim's fact as the engine's row. Recognition may lower the amount; a correction says where review goes on."""
    data = fact.data
    event = data["state"] if fact.kind == claim_facts.Corrected.KIND else CLAIM_EVENTS[fact.kind]
    if fact.kind == claim_facts.Reported.KIND:
        return tables.ClaimEvent(
            fact.seq, str(fact.subject), group, event, data["kind"], str(fact.unit), fact.effective_on,
            data["amount"],
        )
    if fact.kind == claim_facts.Corrected.KIND:
        return tables.ClaimEvent(
            fact.seq, str(fact.subject), group, event, day=fact.effective_on, amount=data["amount"]
        )
    return tables.ClaimEvent(fact.seq, str(fact.subject), group, event, amount=data.get("amount"))


def _chunks(items: list[Any], size: int = 400) -> Iterator[list[Any]]:
    for at in range(0, len(items), size):
        yield items[at : at + size]
