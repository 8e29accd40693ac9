"""Rates of completion. Growth, shares and premiums are none."""

from shuangbi.exchange.figures import words
from shuangbi.exchange.figures.drafts import Draft
from shuangbi.exchange.figures.naming import stage_of, subject_of
from shuangbi.exchange.figures.quantities import Quantity
from shuangbi.exchange.figures.scene import Scene
from shuangbi.exchange.figures.sentences import Sentence


def take_rate(scene: Scene, sentence: Sentence, quantity: Quantity) -> None:
    """Give a rate to the task it measures: A1 and A2 of the specification. Nothing is computed from it."""
    lead = sentence.lead(quantity).replace(" ", "")
    match = words.RATE.search(lead)
    share = words.RATE_SHARE.search(lead)
    previous = sentence.previous(quantity)
    if match is None and not (share and _shares_pool(scene)):
        return
    if words.DIFFERENCE.search(lead) or (
        lead == "的" and (previous is None or not _just_set(scene, previous))
    ):
        return
    of = match["of"] if match is not None else None
    draft = _measured(scene, of)
    if draft is not None:
        draft.rate = quantity
        draft.mark(sentence.base, quantity)
        return
    following = sentence.next(quantity)
    if of is None and following is not None and following.kind in ("money", "count"):
        scene.rate_ahead = quantity
    elif scene.waiting is not None and scene.waiting.rate is None and of is None:
        scene.waiting.rate = quantity
        scene.waiting.mark(sentence.base, quantity)
    elif of is not None and scene.current is None and stage_of(of):
        new = Draft("count", stage_of(of), subject_of(lead), rate=quantity)
        scene.current = scene.begin(sentence, new, quantity)


def take_points(scene: Scene) -> None:
    """`超序时进度6个百分点` gives no target, but what stands before it is a performance, not an occasion."""
    if scene.current is not None and scene.current.form == "count" and not scene.current.slice:
        scene.current.cumulative, scene.current.occasion = True, False


def _shares_pool(scene: Scene) -> bool:
    return scene.current is not None and scene.current.pool is not None and scene.current.actual is not None


def _just_set(scene: Scene, previous: Quantity) -> bool:
    return scene.current is not None and scene.current.target is previous


def _measured(scene: Scene, of: str | None) -> Draft | None:
    """The draft a rate belongs to: the one of the named stage, else the current one."""
    stage = stage_of(of) if of else None
    if stage is not None:
        for draft in reversed(scene.here):
            if draft.form == "count" and draft.stage == stage and draft.rate is None and not draft.slice:
                return draft
    current = scene.current
    if current is None or current.rate is not None or current.form not in ("count", "money"):
        return None
    return current
