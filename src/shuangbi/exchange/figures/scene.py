"""What a reader remembers while going through a text: the facts so far, the current one, time, place, topic."""

from dataclasses import dataclass, field

from shuangbi.exchange.figures import words
from shuangbi.exchange.figures.drafts import Draft
from shuangbi.exchange.figures.naming import occasion_name, place_of, stage_of
from shuangbi.exchange.figures.periods import Calendar
from shuangbi.exchange.figures.quantities import Quantity
from shuangbi.exchange.figures.sentences import Sentence


@dataclass(slots=True)
class Scene:
    """Memory of one text. What belongs to a sentence is reset by `enter`, what belongs to a paragraph by a new one."""

    drafts: list[Draft] = field(default_factory=list)
    calendar: Calendar = field(default_factory=Calendar)
    place: str | None = None
    occasion: str | None = None
    is_occasion: bool = False
    within: bool = False
    stage_within: str | None = None
    """在竣工项目中: the stage the slices of a sentence share."""
    parent: Draft | None = None
    topic: str | None = None
    project: Draft | None = None
    current: Draft | None = None
    last_count: Draft | None = None
    """The last count of the sentence before, which a lone 总投资 may still belong to."""
    waiting: Draft | None = None
    """A task or year plan whose actual may follow, in this sentence or the next."""
    pooled: Draft | None = None
    amount_ahead: Quantity | None = None
    rate_ahead: Quantity | None = None
    parcel: Draft | None = None
    last_parcel: Draft | None = None
    first_here: int = 0
    seen_times: int = 0
    dated: bool = False
    """Whether this sentence has named a time so far."""
    age: int = 0
    taken: set[int] = field(default_factory=set)
    """Starts of numbers of this sentence that a fact took ahead of their turn."""

    def enter(self, sentence: Sentence) -> None:
        """Begin a sentence."""
        if sentence.new_paragraph:
            self.calendar = Calendar()
            self.place = self.topic = self.waiting = self.last_parcel = self.project = self.last_count = (
                self.occasion
            ) = None
            self.within = False
        elif self.age > 1:
            self.waiting = None
        self.age += 1
        self.calendar.new_sentence()
        if self.current is not None and self.current.form == "count":
            self.last_count = self.current
        elif sentence.quantities:
            self.last_count = None
        self.current = self.pooled = self.amount_ahead = self.rate_ahead = self.parcel = None
        self.first_here, self.seen_times = len(self.drafts), 0
        self.taken, self.dated = set(), False
        among = words.AMONG.search(sentence.text)
        self.stage_within = stage_of(among["what"]) if among else None
        self.is_occasion = bool(words.OCCASION.search(sentence.raw))
        self.within = False
        if place := place_of(sentence.text):
            self.place = place
        if name := occasion_name(sentence.raw):
            self.occasion = name

    def aside(self) -> tuple[Draft | None, Draft | None]:
        """What a bracket must not change."""
        return self.current, self.waiting

    def reach(self, sentence: Sentence, place: int) -> None:
        """Take in the time expressions up to a place of the sentence."""
        while self.seen_times < len(sentence.times) and sentence.times[self.seen_times].start < place:
            time = sentence.times[self.seen_times]
            if not words.EXPECTED.search(sentence.text[max(0, time.start - 4) : time.start]):
                self.calendar.see(time)
                self.dated = True
            self.seen_times += 1

    @property
    def here(self) -> list[Draft]:
        """The drafts begun in this sentence."""
        return self.drafts[self.first_here :]

    def begin(self, sentence: Sentence, draft: Draft, *quantities: Quantity) -> Draft:
        """Take a new draft in, with the time, place and occasion that hold here."""
        first = min((q.start for q in quantities), default=0)
        draft.period, draft.is_date = self.calendar.period, self.calendar.is_day
        if draft.form in ("project", "parcel") and not self.dated:
            draft.period = None  # a project's date is its own
        clause = max(sentence.text.rfind(c, 0, first) + 1 for c in ",;")
        draft.place = place_of(sentence.text[clause:first]) or self.place
        draft.occasion = draft.occasion or self.is_occasion or draft.is_date
        draft.mark(sentence.base, *quantities)
        self.drafts.append(draft)
        return draft

    def wait(self, draft: Draft | None) -> None:
        """Remember a task whose actual may follow."""
        self.waiting, self.age = draft, 0
