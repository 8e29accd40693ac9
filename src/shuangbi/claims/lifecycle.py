"""The life of a claim: reported → checked → recognised, returned or refused. Pure functions over the tables of choices.py."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from shuangbi.claims.choices import Act, State, Step

# Which acts a state allows. Who may, is access.py's to say.
ALLOWED: dict[str, frozenset[Act]] = {
    State.REPORTED: frozenset(
        {Act.CONFIRMED, Act.CHECKED, Act.RECOGNISED, Act.RETURNED, Act.REFUSED, Act.WITHDRAWN, Act.CORRECTED,
         Act.EVIDENCE_ADDED}
    ),
    State.CHECKED: frozenset(
        {Act.CHECKED, Act.RECOGNISED, Act.RETURNED, Act.REFUSED, Act.WITHDRAWN, Act.CORRECTED, Act.EVIDENCE_ADDED}
    ),
    State.RETURNED: frozenset({Act.WITHDRAWN, Act.CORRECTED, Act.EVIDENCE_ADDED}),
    State.RECOGNISED: frozenset({Act.REVOKED, Act.CORRECTED, Act.EVIDENCE_ADDED}),
    State.REFUSED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
# What a step that reaches a state is called in the story.
ACT_OF_STEP: dict[str, Act] = {
    State.REPORTED: Act.CONFIRMED, State.CHECKED: Act.CHECKED, State.RECOGNISED: Act.RECOGNISED,
}


def step_named(chain: Sequence[Step], name: str) -> Step | None:
    """The step of a chain with this name."""
    return next((step for step in chain if step.name == name), None)


def step_after(chain: Sequence[Step], name: str) -> str:
    """The name of the step that follows; empty after the last."""
    names = [step.name for step in chain]
    following = names[names.index(name) + 1 :]
    return following[0] if following else ""


def first_step(chain: Sequence[Step], roles_of_reporter: frozenset[str]) -> str:
    """The step a new report waits for: those that the reporter's own role carries are passed."""
    waiting = (step.name for step in chain if not (step.by_report and step.roles & roles_of_reporter))
    return next(waiting, "")


def may_follow(state: str, act: Act) -> bool:
    """Whether a claim in this state can take the act at all."""
    return act in ALLOWED[state]


def same_person(step: Step, person: UUID, taken: Mapping[str, frozenset[UUID]]) -> str:
    """The earlier step this person took, so that this one needs another; empty when they differ. `taken`: step → who."""
    return next((name for name in step.differs_from if person in taken.get(name, frozenset())), "")
