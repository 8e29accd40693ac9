"""Which rows of the fact tables hold at a seq: the latest of each thing, as it was known then."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol, TypeVar

from .tables import Adjustment, Facts, Figure, Participant, Round, Target, Waiver


class _Row(Protocol):
    @property
    def seq(self) -> int: ...


R = TypeVar("R", bound=_Row)


class UnknownRound(LookupError):
    """A round that no row of the rounds table names, or that is not known yet at this seq."""


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """The rows that hold, by what they are about."""

    rounds: Mapping[str, Round]
    participants: Mapping[tuple[str, str], Participant]
    targets: Mapping[tuple[str, str, str], Target]
    figures: Mapping[tuple[str, str, str], Figure]
    adjustments: Mapping[str, Adjustment]
    waivers: Mapping[tuple[str, str, str], Waiver]

    def round(self, name: str) -> Round:
        """The round of this name; UnknownRound where there is none."""
        if name not in self.rounds:
            raise UnknownRound(name)
        return self.rounds[name]

    def counts_from(self, asked: Round) -> date:
        """The first day of what "to date" means in a round."""
        if asked.counts_from is not None:
            return asked.counts_from
        return self.rounds[asked.year].start if asked.year in self.rounds else asked.start

    def in_group(self, group: str, round_name: str) -> tuple[Participant, ...]:
        """The participants of a group in a round, by code and name; a row for the round wins over one for all."""
        found: dict[str, Participant] = {}
        for wanted in ("", round_name):
            for (name, of_round), row in self.participants.items():
                if of_round == wanted:
                    found[name] = row
        members = [row for row in found.values() if row.group == group]
        return tuple(sorted(members, key=lambda row: (row.code, row.participant)))

    def target(self, participant: str, measure: str, round_name: str) -> Fraction | None:
        """What is asked, as a number; named projects count as their number."""
        row = self.targets.get((participant, measure, round_name))
        if row is None:
            return None
        if row.subjects:
            return Fraction(len(set(row.subjects)))
        return None if row.value is None else Fraction(row.value)


def known_facts(facts: Facts, seq: int | None = None) -> KnownFacts:
    """What held at a seq (None: now)."""
    return KnownFacts(
        rounds=_latest(facts.rounds, seq, lambda row: row.round),
        participants=_latest(facts.participants, seq, lambda row: (row.participant, row.round)),
        targets=_latest(facts.targets, seq, lambda row: (row.participant, row.measure, row.round)),
        figures=_latest(facts.figures, seq, lambda row: (row.participant, row.figure, row.round)),
        adjustments=_latest(facts.adjustments, seq, lambda row: row.adjustment),
        waivers=_latest(facts.waivers, seq, lambda row: (row.participant, row.item, row.round)),
    )


K = TypeVar("K", bound=Hashable)


def _latest(rows: Iterable[R], seq: int | None, key: Callable[[R], K]) -> dict[K, R]:
    found: dict[K, R] = {}
    for row in rows:
        thing = key(row)
        if (seq is None or row.seq <= seq) and (thing not in found or row.seq >= found[thing].seq):
            found[thing] = row
    return found


def fed_by(participant: Participant) -> tuple[str, ...]:
    """The units whose postings count for a participant, each once."""
    return tuple(dict.fromkeys(participant.units)) or (participant.participant,)
