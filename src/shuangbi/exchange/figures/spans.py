"""Where a fact stands: whole clauses, from the first that belongs to it to the last."""

from bisect import bisect_left

STOPS = ",;。!?\n"
FARTHEST = 120


def clause_span(text: str, marks: list[int], numbers: list[int]) -> tuple[int, int]:
    """The range of clauses around the marks. A 、 between two numbers parts clauses too; a bracket behind the last
    mark is left out. `numbers` are the sorted places of all quantities."""
    start, end = min(marks), max(marks) + 1
    left = _left(text, start, numbers)
    return left, _right(text, left, end, numbers)


def _left(text: str, start: int, numbers: list[int]) -> int:
    place = start
    floor = max(0, start - FARTHEST)
    while place > floor and text[place - 1] not in STOPS:
        if text[place - 1] == ")" and (opened := text.rfind("(", floor, place)) >= 0:
            place = opened
            continue
        if text[place - 1] in "、" and _any(numbers, _clause_begin(text, place - 1, floor), place - 1):
            break
        if text[place - 1] == "(" and ")" not in text[place:start]:
            break
        place -= 1
    while place < start and text[place] in " -·•*)":
        place += 1
    return place


def _clause_begin(text: str, place: int, floor: int) -> int:
    while place > floor and text[place - 1] not in STOPS:
        place -= 1
    return place


def _right(text: str, start: int, end: int, numbers: list[int]) -> int:
    ceiling = min(len(text), end + FARTHEST)
    place, depth = end, text.count("(", start, end) - text.count(")", start, end)
    while place < ceiling and text[place] not in STOPS:
        if text[place] == "、" and _any(numbers, place, _clause_end(text, place, ceiling)):
            break
        depth += (text[place] == "(") - (text[place] == ")")
        if depth < 0:
            break
        place += 1
    bracket = text.find("(", end, place)
    if bracket >= 0 and text.find(")", bracket, place) in (-1, place - 1):
        place = bracket
    while place > end and text[place - 1] in ' "”':
        place -= 1
    return place


def _clause_end(text: str, place: int, ceiling: int) -> int:
    while place < ceiling and text[place] not in STOPS:
        place += 1
    return place


def _any(numbers: list[int], start: int, end: int) -> bool:
    at = bisect_left(numbers, start)
    return at < len(numbers) and numbers[at] < end
