"""The ledger against a model of plain lists: random histories of everything that can be asked of it, step by step.

A history stands in a database of its own: acts of one or many facts, retries of old keys with the same and with other
words, corrections, refused acts, nested transactions rolled back, clocks that step back, units and grants through their
actions; and questions: the head, what was known when, facts about a subject, facts after a mark, facts under a key. What
was answered for a past moment is asked again at the end. Each history ends with `verify`, some with `rebuild --check`.
"""

import random
import shutil
import tempfile
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import override_settings

from shuangbi.foundation import clock
from shuangbi.foundation.errors import Refused
from shuangbi.foundation.write_gate import writing
from shuangbi.ledger import queries
from shuangbi.ledger.actions import ClockWentBack, Draft, KeyReused, make_checkpoint, record_many
from shuangbi.ledger.models import Checkpoint, Fact
from shuangbi.ledger.verify import verify
from shuangbi.organisations import actions as organisations
from shuangbi.organisations.models import Grant, Unit
from shuangbi.upkeep import rebuild_check
from tests.proofs.site import Told, fast_folder, made, nothing, standing

FULL, CHUNK = 1_000_000, 20_000
PROVES = (
    "src/shuangbi/foundation/backends", "src/shuangbi/foundation/write_gate.py", "src/shuangbi/foundation/file_locks.py",
    "src/shuangbi/ledger/actions.py", "src/shuangbi/ledger/chain.py", "src/shuangbi/ledger/files.py",
    "src/shuangbi/ledger/models.py", "src/shuangbi/ledger/queries.py", "src/shuangbi/ledger/triggers.py",
    "src/shuangbi/ledger/body.py", "src/shuangbi/foundation/clock.py",
)
HISTORY = 1_000
# People are made on the way; how their passwords are hashed is not what is proved here.
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACTORS = [UUID(int=n) for n in (201, 202, 203)]
START = datetime(2020, 9, 1, 1, 0, tzinfo=UTC)


class Violation(Exception):
    """The ledger answered otherwise than the model."""


@dataclass
class Known:
    """A fact as the model remembers it."""

    seq: int
    kind: str
    subject: UUID
    actor: UUID | None
    key: str
    at: datetime
    body: dict[str, Any]
    on: date


@dataclass
class Model:
    """What must be true."""

    facts: list[Known] = field(default_factory=list)
    acts: dict[tuple[UUID | None, str], list[Draft]] = field(default_factory=dict)
    asked: list[tuple[datetime, int]] = field(default_factory=list)
    checkpoints: int = 0
    units: list[str] = field(default_factory=list)
    moment: datetime = START

    def known_at(self, moment: datetime) -> int:
        """The last seq recorded by a moment."""
        return max((fact.seq for fact in self.facts if fact.at <= moment), default=0)


def run(*, count: int | None = None, seed: int | None = None, data: Path | None = None) -> dict[str, Any]:
    """Make `count` steps in histories of 1,000."""
    count = count or FULL
    result: dict[str, Any] = {"count": count, "failures": 0, "histories": 0, "facts": 0, "rebuilds": 0, "examples": []}
    with tempfile.TemporaryDirectory(prefix="shuangbi-model-", dir=data or fast_folder()) as name:
        folder = Path(name)
        made(folder)
        template = folder / "data" / "shuangbi.sqlite3"
        left, history = count, 0
        while left > 0:
            steps = min(HISTORY, left)
            place = folder / f"h{history}"
            (place / "data").mkdir(parents=True)
            shutil.copy(template, place / "data")
            own = random.Random(f"{seed}/{history}")
            with standing(place), override_settings(PASSWORD_HASHERS=QUICK):
                try:
                    facts, rebuilt = _history(own, steps, rebuild=history % 10 == 0)
                    result["facts"] += facts
                    result["rebuilds"] += rebuilt
                except Exception as problem:  # noqa: BLE001 whatever goes wrong is a finding
                    result["failures"] += 1
                    words = f"{type(problem).__name__}: {problem}"
                    result["examples"].append({"seed": seed, "history": history, "problem": words})
            shutil.rmtree(place)
            left, history = left - steps, history + 1
        result["histories"] = history
    return result


def _history(rng: random.Random, steps: int, *, rebuild: bool) -> tuple[int, int]:
    model = Model()
    names = [name for name, weight in STEPS for _ in range(weight)]
    for number in range(steps):
        model.moment += timedelta(milliseconds=rng.choice((0, 1, 500, 60_000, 86_400_000)))
        step = rng.choice(names)
        with clock.standing_at(model.moment):
            try:
                step(rng, model)
            except Violation:
                raise
            except Exception as problem:
                raise Violation(f"step {number} {step.__name__}: {type(problem).__name__}: {problem}") from problem
    _end(model)
    if rebuild:
        # The stories write no table; a room that applies nothing is not proved by rebuilding it.
        _rebuild()
    return len(model.facts), int(rebuild)


def _expect(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise Violation(f"{what}: {found!r} instead of {expected!r}")


def _end(model: Model) -> None:
    for moment, seq in model.asked:
        _expect("known then, asked again", queries.seq_known_at(moment), seq)
    stored = [
        (f.seq, f.kind, f.subject, f.actor, f.idempotency_key, f.recorded_at, f.data, f.effective_on)
        for f in Fact.objects.order_by("seq")
    ]
    expected = [(k.seq, k.kind, k.subject, k.actor, k.key, k.at, k.body, k.on) for k in model.facts]
    for one, two in zip(stored, expected, strict=False):
        _expect("a fact", one, two)
    _expect("how many facts", len(stored), len(expected))
    found = verify()
    _expect("verify", (found["ok"], found["facts"]), (True, len(model.facts)))
    _expect("checkpoints", Checkpoint.objects.count(), model.checkpoints)


def _rebuild() -> None:
    from shuangbi.upkeep import rebuild

    rebuild.KINDS["stories"] = nothing
    try:
        result = rebuild_check()
    finally:
        del rebuild.KINDS["stories"]
    _expect("rebuild", (result["ok"], result["reason"]), (True, ""))


# --- steps -----------------------------------------------------------------------------------------------------------


def _remember(model: Model, facts: list[Fact], drafts: list[Draft], actor: UUID | None, key: str) -> None:
    _expect("seqs", [f.seq for f in facts], list(range(len(model.facts) + 1, len(model.facts) + len(drafts) + 1)))
    at = max(model.moment, model.facts[-1].at) if model.facts else model.moment
    for number, (fact, draft) in enumerate(zip(facts, drafts, strict=True)):
        own = (f"{key}#{number}" if number else key) if key else ""
        body = {k: v if isinstance(v, int | str | None) else str(v) for k, v in draft.body.data().items()}
        model.facts.append(Known(fact.seq, fact.kind, draft.subject, actor, own, at, body, draft.effective_on))
    if key:
        model.acts[(actor, key)] = list(drafts)


def _drafts(rng: random.Random, size: int, subject: UUID | None = None) -> list[Draft]:
    return [
        Draft(
            body=Told(rng.choice("签约开工竣工投产") * rng.randrange(1, 20), number, size),
            subject=subject or UUID(int=rng.randrange(1, 30)), effective_on=date(2020, 9, rng.randrange(1, 31)),
        )
        for number in range(size)
    ]


def _append(rng: random.Random, model: Model) -> None:
    drafts = _drafts(rng, rng.choice((1, 1, 1, 2, 7)))
    actor, key = rng.choice([*ACTORS, None]), rng.choice(("", f"k{len(model.facts)}"))
    _remember(model, record_many(drafts=drafts, by=actor, apply=nothing, key=key), drafts, actor, key)


def _correct(rng: random.Random, model: Model) -> None:
    if not model.facts:
        return
    old = rng.choice(model.facts)
    drafts = [Draft(body=Told(f"corrects {old.seq}", 0, 1), subject=old.subject, effective_on=old.on)]
    _remember(model, record_many(drafts=drafts, by=ACTORS[0], apply=nothing, key=""), drafts, ACTORS[0], "")


def _retry(rng: random.Random, model: Model) -> None:
    """The same act again gives the same facts; the subject may be made anew."""
    if not model.acts:
        return
    actor, key = rng.choice(list(model.acts))
    drafts = [
        Draft(body=draft.body, subject=rng.choice((draft.subject, uuid.UUID(int=rng.getrandbits(120)))),
              effective_on=draft.effective_on)
        for draft in model.acts[(actor, key)]
    ]
    facts = record_many(drafts=drafts, by=actor, apply=_never, key=key)
    _expect("retried act", [f.seq for f in facts], [k.seq for k in model.facts if k.actor == actor and k.key.split("#")[0] == key])


def _never(fact: Fact) -> None:
    raise Violation(f"applied again: {fact.seq}")


def _reuse(rng: random.Random, model: Model) -> None:
    """A key with other words, more or fewer facts is refused."""
    if not model.acts:
        return
    actor, key = rng.choice(list(model.acts))
    known = model.acts[(actor, key)]
    other = rng.choice(([*known, *_drafts(rng, 1)], known[:-1], [*_drafts(rng, 1, UUID(int=99)), *known[1:]]))
    if [d.body for d in other] == [d.body for d in known] and [d.effective_on for d in other] == [d.effective_on for d in known]:
        return
    try:
        facts = record_many(drafts=other, by=actor, apply=nothing, key=key)
    except KeyReused:
        return
    _expect("a key with other words", (len(other), facts), (0, []))


def _refuse(rng: random.Random, model: Model) -> None:
    """What apply refuses leaves nothing, and the key stays free."""
    def refuse(fact: Fact) -> None:
        if fact.data["number"] == fact.data["act"] - 1:
            raise Refused("no")

    try:
        record_many(drafts=_drafts(rng, 3), by=ACTORS[1], apply=refuse, key=f"free{rng.randrange(5)}")
    except Refused:
        _expect("after a refusal", queries.head_seq(), len(model.facts))
        return
    raise Violation("a refusal was not heard")


def _roll_back(rng: random.Random, model: Model) -> None:
    """Facts of an outer transaction that fails are gone, and the next take their numbers."""
    try:
        with writing():
            record_many(drafts=_drafts(rng, 2), by=ACTORS[2], apply=nothing, key="rolled back")
            raise ZeroDivisionError
    except ZeroDivisionError:
        _expect("after rolling back", queries.head_seq(), len(model.facts))


def _step_back(rng: random.Random, model: Model) -> None:
    """Up to two seconds back keep the order; more is refused."""
    if not model.facts:
        return
    last = model.facts[-1].at
    back = timedelta(milliseconds=rng.choice((1, 1999, 2000, 2001, 3_600_000)))
    drafts = _drafts(rng, 1)
    moment, model.moment = model.moment, last - back
    try:
        with clock.standing_at(model.moment):
            facts = record_many(drafts=drafts, by=ACTORS[0], apply=nothing)
        _expect("refused when far back", back <= timedelta(seconds=2), True)
        _remember(model, facts, drafts, ACTORS[0], "")
    except ClockWentBack:
        _expect("taken when near", back > timedelta(seconds=2), True)
    model.moment = max(moment, last)


def _ask_head(rng: random.Random, model: Model) -> None:
    _expect("head", queries.head_seq(), len(model.facts))


def _ask_known(rng: random.Random, model: Model) -> None:
    moment = START + (model.moment - START) * rng.randrange(0, 1000) / 1000
    if model.facts and rng.random() < 0.3:
        moment = rng.choice(model.facts).at
    found = queries.seq_known_at(moment)
    _expect("known then", found, model.known_at(moment))
    # Only what can no longer change: once a later fact is recorded, none can come before it.
    if model.facts and moment < model.facts[-1].at and len(model.asked) < 200:
        model.asked.append((moment, found))


def _ask_about(rng: random.Random, model: Model) -> None:
    subjects = {UUID(int=rng.randrange(1, 30)) for _ in range(3)}
    expected = [k.seq for k in model.facts if k.subject in subjects]
    _expect("about", list(queries.facts_about(subjects).values_list("seq", flat=True)), expected)


def _ask_after(rng: random.Random, model: Model) -> None:
    mark = rng.randrange(0, len(model.facts) + 2)
    expected = [k.seq for k in model.facts if k.seq > mark and k.kind == Told.KIND]
    _expect("after", list(queries.facts_after(mark, [Told.KIND]).values_list("seq", flat=True)), expected)


def _ask_under(rng: random.Random, model: Model) -> None:
    actor, key = rng.choice([*model.acts, (ACTORS[0], "never")])
    expected = [k.seq for k in model.facts if k.actor == actor and k.key.split("#")[0] == key]
    _expect("under a key", [fact.seq for fact in queries.facts_under(key, actor=actor)], expected)


def _checkpoint(rng: random.Random, model: Model) -> None:
    before = Checkpoint.objects.count()
    made_now = make_checkpoint()
    _expect("checkpoint", made_now.seq if made_now else 0, len(model.facts))
    model.checkpoints += Checkpoint.objects.count() - before


def _unit(rng: random.Random, model: Model) -> None:
    """A unit through its room's action: its fact and its row come together."""
    code = f"u{len(model.units)}"
    unit = organisations.NewUnit(
        code=code, name=f"示例单位{code}", short_name=code, kind="county", starts_on=date(2019, 1, 1),
        parent_code=rng.choice(["", *model.units[:5]]),
    )
    organisations.make_units(units=[unit], by=ACTORS[0])
    _take_over(model)
    model.units.append(code)
    _expect("units", Unit.objects.count(), len(model.units))


def _take_over(model: Model) -> None:
    """Facts of other rooms enter the model as they were written."""
    for fact in Fact.objects.filter(seq__gt=len(model.facts)).order_by("seq"):
        model.facts.append(Known(
            fact.seq, fact.kind, fact.subject, fact.actor, fact.idempotency_key, fact.recorded_at, fact.data,
            fact.effective_on,
        ))


def _person(rng: random.Random, model: Model) -> None:
    """A person with a grant, which is a fact."""
    if not model.units:
        return
    number = Grant.objects.count()
    person, _once = organisations.make_person(username=f"p{len(model.facts)}", name="示例", unit=None, password="a-long-word-9")
    unit = Unit.objects.get(code=rng.choice(model.units))
    organisations.give_grant(person=person, role="reporter", unit=unit, by=None, starts_on=date(2019, 1, 1))
    _take_over(model)
    _expect("grants", Grant.objects.count(), number + 1)


def _whole(rng: random.Random, model: Model) -> None:
    if len(model.facts) < 3000:
        found = verify()
        _expect("verify on the way", (found["ok"], found["facts"]), (True, len(model.facts)))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        _expect("the file", cursor.fetchone()[0], "ok")


STEPS = [
    (_append, 300), (_correct, 60), (_retry, 120), (_reuse, 80), (_refuse, 60), (_roll_back, 40), (_step_back, 30),
    (_ask_head, 60), (_ask_known, 80), (_ask_about, 60), (_ask_after, 40), (_ask_under, 60), (_checkpoint, 15),
    (_unit, 6), (_person, 3), (_whole, 1),
]
