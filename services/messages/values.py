"""What the templates of messages may say: plain values with names of the domain; their words are made by templates."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from reports.words import date_in_words, period_in_words
from services.days.weeks import day_after
from services.days.working_days import working_days_between

Side = Literal["authority", "inspectorate"]
SIDES: tuple[Side, ...] = ("authority", "inspectorate")


@dataclass(frozen=True)
class Person:
    """Somebody with a name, the role they hold in words, and how to reach them; `telephone` may be empty."""

    name: str
    role: str
    email: str
    telephone: str = ""


@dataclass(frozen=True)
class Line:
    """A step of a timetable: `first` to `last` day, both included (the same day twice: a meeting or a deadline).

    `rule` says why the date is what it is, `who` acts and `signs` says that it is done, in words; `note` is what is
    special about it. `is_planned` marks the stages of the plan, `is_mine` those in which the reader acts.
    """

    step: str
    name: str
    kind: str
    first: date
    last: date
    rule: str = ""
    who: str = ""
    signs: str = ""
    note: str = ""
    is_planned: bool = False
    is_mine: bool = False
    is_done: bool = False

    @property
    def when(self) -> str:
        """'15 to 26 May 2006', or the one day."""
        return span_in_words(self.first, self.last)


@dataclass(frozen=True)
class Asked:
    """An item of evidence: by when, and of whom in words; `is_mine` if the reader is asked for it."""

    name: str
    due_on: date
    of: str
    is_mine: bool = False


@dataclass(frozen=True)
class Moved:
    """A step that has other days than were told before; `before` and `now` in words, `rule` says how it is counted.

    `before` is empty for a step that is new, `now` for one that takes place no more.
    """

    name: str
    before: str
    now: str
    rule: str = ""


@dataclass(frozen=True)
class Review:
    """An activity: its `name` is that of its framework, `precision` says how firm its dates are.

    `lines` are its whole timetable, `asked` what evidence is still to come, `people` whom to ask, `address` where to
    see it (empty: nowhere yet).
    """

    code: str
    area: str
    name: str
    precision: str
    lines: tuple[Line, ...]
    asked: tuple[Asked, ...] = ()
    people: tuple[Person, ...] = ()
    address: str = ""

    @property
    def stages(self) -> tuple[Line, ...]:
        """The weeks of the plan."""
        return tuple(line for line in self.lines if line.is_planned)

    @property
    def tasks(self) -> tuple[Line, ...]:
        """What the reader has to do and has not done."""
        return tuple(line for line in self.lines if line.is_mine and not line.is_done)

    @property
    def freed(self) -> tuple[Line, ...]:
        """Days that somebody who leaves need not keep any more: of the plan's stages, and of the reader's meetings."""
        kept = (line for line in self.lines if line.is_planned or (line.is_mine and line.kind == "milestone"))
        return tuple(line for line in kept if not line.is_done)


@dataclass(frozen=True)
class Offer:
    """A place in a team that is offered to the reader: by when they answer, and where.

    `address` is the page on which they do, blank where the settings name no address for messages: then the commands
    `accept` and `decline` record it.
    """

    answer_by: date
    accept: str
    decline: str
    address: str = ""


@dataclass(frozen=True)
class AskedToAnswer:
    """A questionnaire that the reader is asked to answer: how long it is, by when, and under which address.

    `address` is blank only in a sample, where the settings name no address for messages.
    """

    name: str
    num_questions: int
    reply_by: date
    address: str
    is_reminder: bool = False


@dataclass(frozen=True)
class Happened:
    """Something that happened in a case of an area, or is to: `case` names it, `on` is the day.

    `step` says what happened as templates ask for it, `step_name` in words; `outcome` and `grade` what was decided,
    `lines` what it says point by point. A `question` is answered with `text` by somebody (`by`); `received_on` is the
    day on which that came in which was decided. `next_step` comes until `due_on`, that day included.
    """

    case: str
    on: date
    step: str = ""
    step_name: str = ""
    outcome: str = ""
    grade: str = ""
    question: str = ""
    text: str = ""
    by: str = ""
    received_on: date | None = None
    next_step: str = ""
    due_on: date | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One thing said of a review: which of these are filled depends on the occasion.

    `role` is the reader's, in words. A reminder and a word that something is done speak of `line`; `when` says in
    a sentence how it stands, `timing` is late, today or ahead. `moved` are changed dates with `why`, `asked` the
    evidence that is asked for now; `is_anew` marks a notice that takes the place of an earlier one;
    `offer` is the place in the team that waits for an answer, `to_answer` the questionnaire that does,
    `happened` what a message of its own tells of a case.
    """

    review: Review
    role: str = ""
    line: Line | None = None
    when: str = ""
    timing: str = ""
    moved: tuple[Moved, ...] = ()
    why: str = ""
    asked: tuple[Asked, ...] = ()
    is_anew: bool = False
    offer: Offer | None = None
    to_answer: AskedToAnswer | None = None
    happened: Happened | None = None


@dataclass(frozen=True)
class Section:
    """What a message says on one occasion: its subject, and its text."""

    subject: str
    text: str


@dataclass(frozen=True)
class Questions:
    """Whom to ask about some areas."""

    areas: str
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Frame:
    """What surrounds the sections of a message: its reader, whom they may ask, and where they find the rest.

    `more` counts what the subject of the first section does not name.
    """

    person: Person
    sections: tuple[Section, ...] = ()
    questions: tuple[Questions, ...] = ()
    links: tuple[str, ...] = ()
    more: int = 0


def span_in_words(first: date, last: date) -> str:
    """'24 to 28 April 2006', or the one day."""
    return date_in_words(first) if first == last else period_in_words(first, day_after(last))


def distance_in_words(day: date, as_of: date) -> str:
    """'today', 'in 5 working days' or '3 working days ago'."""
    if day == as_of:
        return "today"
    count = abs(working_days_between(as_of, day))
    days = f"{count} working day{'' if count == 1 else 's'}"
    return f"in {days}" if day > as_of else f"{days} ago"
