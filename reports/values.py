"""What a Gantt chart is made of: rows, bars, milestones and bands in plain dates. Whoever asks for one fills these."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class InvalidReport(ValueError):
    """Values that cannot be drawn or exported; the message states the fact, the state and the advice."""


class Tone(StrEnum):
    """The three blues of a bar; each has its own height as well, so that colour is never the only signal."""

    LIGHT = "light"
    MIDDLE = "middle"
    DARK = "dark"


class Level(StrEnum):
    """How urgently a row wants to be looked at; its status says it in words."""

    USUAL = "usual"
    AT_RISK = "at_risk"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Band:
    """
    A named stretch of days from `start` up to, but not including, `end`.

    Used for windows, school holidays, terms of the axis, and where the published plan has a bar.
    """

    start: date
    end: date
    name: str = ""

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise InvalidReport(
                f"{self.name or 'A band'} runs from {self.start} to {self.end}, which holds no day. "
                "Give the day after its last as its end."
            )


@dataclass(frozen=True, slots=True)
class Ending:
    """The day `on` which a step was done, and the one by which it was `due`; both are included."""

    on: date
    due: date

    @property
    def days_late(self) -> int:
        """Days after its due day; 0 if it was done by then."""
        return max((self.on - self.due).days, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """
    One stage of an activity: from `start` up to, but not including, `end`.

    Parameters
    ----------
    activity
        The activity the stage belongs to, as people call it: 'Joint area review'. Bars and milestones of
        one activity share a lane of their row.
    name
        The stage: 'Fieldwork'.
    label
        A short text drawn in or beside the bar: 'VISIT'.
    is_provisional
        Dates are only indicative (R018): the bar is hatched.
    is_pinned
        The planner has pinned it: padlock and the word.
    is_late
        Overdue: dashed red outline and the word.
    is_waived
        A rule was waived for it: a ring and the word.
    ended
        When it was done, None while it is not: a red tail and the words where that was late.
    published
        Where the published plan has this stage: a thin grey bar under the live one.
    """

    activity: str
    name: str
    start: date
    end: date
    tone: Tone = Tone.DARK
    label: str = ""
    is_provisional: bool = False
    is_pinned: bool = False
    is_late: bool = False
    is_waived: bool = False
    ended: Ending | None = None
    published: Band | None = None

    def __post_init__(self) -> None:
        Band(self.start, self.end, f"{self.activity}, {self.name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A day without length, such as publication: a diamond, filled once it is done; marks are those of a bar."""

    activity: str
    name: str
    on: date
    is_late: bool = False
    is_waived: bool = False
    ended: Ending | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """
    One line of a chart: an area, an inspector or a team.

    Parameters
    ----------
    href
        Where the name links to; empty for no link. Only relative and http(s) addresses are kept.
    next_on, next_name
        The next date of the row and what happens on it; None when nothing is ahead.
    status, level
        The state in words ('Late: draft report'), and whether the words deserve emphasis.
    windows
        Where an activity may take place.
    holidays
        School holidays of the area. Rows with the same ones cost nothing extra in the file.
    group
        Heading over consecutive rows with the same group: 'Late or at risk', 'North West'.
    """

    name: str
    bars: tuple[Bar, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    href: str = ""
    next_on: date | None = None
    next_name: str = ""
    status: str = ""
    level: Level = Level.USUAL
    windows: tuple[Band, ...] = ()
    holidays: tuple[Band, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GanttChart:
    """
    A chart from `start` up to, but not including, `end`; what lies outside is clipped, but still said in words.

    Parameters
    ----------
    title
        The finding, not the subject: 'All 150 areas are reviewed by December 2008; three are late'.
    subtitle
        Which plan, which option, as of when.
    row_heading
        What a row is: 'Area', 'Inspector'.
    today
        Where the today line stands; None for none.
    periods
        Named stretches of the upper axis, such as terms or financial years; calendar years when empty.
    tones
        What the three blues stand for, in words: `((Tone.LIGHT, 'Reporting'), ...)`; drawn in the key.
    key
        Start of the chart's element ids (letters, digits, hyphens); differs between charts on one page.
    """

    title: str
    start: date
    end: date
    rows: tuple[Row, ...]
    subtitle: str = ""
    row_heading: str = "Area"
    today: date | None = None
    periods: tuple[Band, ...] = ()
    tones: tuple[tuple[Tone, str], ...] = ()
    key: str = "gantt"

    def __post_init__(self) -> None:
        Band(self.start, self.end, "The chart")
        if not (self.key.isascii() and self.key.replace("-", "").isalnum()):
            raise InvalidReport(
                f"The key {self.key!r} cannot start an element id. Use letters, digits and hyphens only."
            )
