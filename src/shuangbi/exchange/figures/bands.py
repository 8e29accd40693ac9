"""Size bands: `10亿元以上的6个` says which six, not how much. The specification's rule "Size bands are not money"."""

import re

from shuangbi.exchange.figures import words
from shuangbi.exchange.figures.quantities import Quantity
from shuangbi.exchange.figures.sentences import Sentence

TO_COUNT = re.compile(
    r"^(?:的|级|及|以上|有|共|达|单体|[\u4e00-\u9fff]{0,10}?(?:项目|企业|合同)数?量?(?:总数)?|各?类){0,4}(?:有|达|共|为|超过?|近|约)?$"
)
BANDED = re.compile(r"^(?:的|级)?[^,;。]{0,10}?(?:项目|企业|工程)")
EVERY = re.compile(r"(?:单个|单体|单项|每个|均|都)[^,;。]{0,8}$")


def mark_bands(sentence: Sentence) -> None:
    """Note which sums of money only say how large each project is."""
    for quantity in sentence.quantities:
        if quantity.kind == "money" and _is_band(sentence, quantity):
            sentence.bands.add(quantity.start)


def _is_band(sentence: Sentence, quantity: Quantity) -> bool:
    lead, tail = sentence.lead(quantity), sentence.tail(quantity)
    following = sentence.next(quantity)
    counted = (
        following is not None
        and following.kind == "count"
        and bool(TO_COUNT.match(sentence.between(quantity, following)))
    )
    labelled = bool(words.LABEL_END.search(lead))
    if quantity.written.endswith("级") or sentence.text[quantity.end - 1] == "级" or tail.startswith("级"):
        return True
    if EVERY.search(lead):
        return True
    if quantity.above:
        own = (
            labelled
            and not counted
            and (not tail or (tail.startswith("的") and not tail.startswith("的项目")))
        )
        return not own
    if quantity.high is not None and counted:
        return not tail.startswith("的") or not labelled or not words.PROJECT_NOUN
    if labelled and not (counted and quantity.qualifier == "over" and tail.startswith("项目")):
        return False
    previous = sentence.previous(quantity)
    after_count = (
        previous is not None and previous.kind == "count" and sentence.between(previous, quantity) == ""
    )
    return (counted or after_count) and (after_count or bool(BANDED.match(tail)) or tail in ("的", ""))
