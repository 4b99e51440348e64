"""How grave the concern about an area is, counted from what was published about it, line by line (R020, R023-R027)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from config.concern_rules import GRAVEST, LEAST, ConcernRules
from services.days.weeks import day_after


class Line(Protocol):
    """A published judgement, whether it stands in a file or in a table."""

    @property
    def measure(self) -> str:
        """What was judged."""

    @property
    def value(self) -> str:
        """The judgement."""

    @property
    def published_on(self) -> date:
        """Day of publication."""

    @property
    def source(self) -> str:
        """Where it was published."""

    @property
    def is_drawn(self) -> bool:
        """Whether it was drawn by lot for an example."""


@dataclass(frozen=True)
class WeighedLine:
    """A line of evidence with the points that it gives; if it gives none, `why_not` says why it does not count.

    `name` is that of the measure in words; `counts_from` the first planning day on which it counts (R027).
    """

    name: str
    value: str
    published_on: date
    counts_from: date
    source: str
    is_drawn: bool
    points: int
    why_not: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is a part of the index, if only with no points."""
        return not self.why_not


@dataclass(frozen=True)
class CountedConcern:
    """The index of concern of an area on a planning day, 1 (none) to 10 (gravest), and the lines behind it."""

    value: int
    lines: tuple[WeighedLine, ...]

    @property
    def has_evidence(self) -> bool:
        """Whether any line counts."""
        return any(line.counts for line in self.lines)


LATER = "published on or after the planning day"
REPLACED = "replaced by a newer one"
NO_MEASURE = "not a measure of concern"
STAND_IN = "drawn by lot, and there is a published one"


def concern_on(lines: Iterable[Line], rules: ConcernRules, day: date) -> CountedConcern:
    """The index on a planning day: only what was published before that day counts (R020, R027).

    Of each measure the newest line counts. A line that was drawn by lot stands in for what is not known, so it counts
    only as long as no published one does: it says nothing about the real area.
    """
    ordered = sorted(lines, key=lambda line: (line.published_on, line.measure), reverse=True)
    known = [line for line in ordered if line.published_on < day and _points(line, rules) is not None]
    newest: dict[str, Line] = {}
    for line in known:
        newest.setdefault(line.measure, line)
    has_published = any(not line.is_drawn for line in newest.values())
    weighed = tuple(_weighed(line, rules, day, newest, has_published) for line in ordered)
    total = sum(line.points for line in weighed if line.counts)
    return CountedConcern(min(GRAVEST, max(LEAST, total)), weighed)


def wish_on(concern: int, num_due: int, rules: ConcernRules) -> int:
    """How much an early review is wished for: other inspections due lower the wish, never the concern (R026)."""
    return max(LEAST, concern - rules.load_lowers * num_due)


def _weighed(
    line: Line, rules: ConcernRules, day: date, newest: dict[str, Line], has_published: bool
) -> WeighedLine:
    points = _points(line, rules)
    if points is None:
        why_not = NO_MEASURE
    elif line.published_on >= day:
        why_not = LATER
    elif newest[line.measure] is not line:
        why_not = REPLACED
    else:
        why_not = STAND_IN if line.is_drawn and has_published else ""
    return WeighedLine(
        name=rules.measures[line.measure].name if line.measure in rules.measures else in_words(line.measure),
        value=line.value,
        published_on=line.published_on,
        counts_from=day_after(line.published_on),
        source=line.source,
        is_drawn=line.is_drawn,
        points=0 if why_not or points is None else points,
        why_not=why_not,
    )


def in_words(measure: str) -> str:
    """A measure that the policy does not name, such as the field of a skill: 'Youth justice'."""
    return measure.replace("_", " ").capitalize()


def _points(line: Line, rules: ConcernRules) -> int | None:
    measure = rules.measures.get(line.measure)
    return None if measure is None else measure.points.get(line.value.strip().lower())
