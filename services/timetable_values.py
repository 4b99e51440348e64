"""What a timetable is made of: steps on real dates, and the length of the whole."""

from datetime import date, timedelta
from typing import NamedTuple

from config.steps import Binding, StepKind
from scheduler.values.value import Value
from services.errors import ServiceError


class InvalidTimetable(ServiceError):
    """Dates that no activity can have; `findings` lists everything wrong with them."""


class Step(Value):
    """A step on real dates.

    A stage has `start` and `end`, its first and its **last** day (both included); a milestone and a deadline
    have `due`. `actual` is the day it was really done, for a stage its last day. All dates of later steps that count
    from it follow the actual day; its own `due` and `end` stay what they should have been. `counted_from` is
    the step it is counted from (None: the plan gives its date) on the day `counted_on`; `rule` says how.
    `who` acts, `told` are told, `copied` get a copy: roles of the framework. `outputs` and `evidence` are
    identifiers there. `waiver_needed` is the reason why someone must waive a rule, empty if nobody must.
    """

    id: str
    name: str
    kind: StepKind
    binding: Binding
    start: date | None = None
    end: date | None = None
    due: date | None = None
    actual: date | None = None
    counted_from: str | None = None
    counted_on: date | None = None
    rule: str
    requirements: tuple[str, ...] = ()
    who: tuple[str, ...]
    told: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    sign_off: str | None = None
    outputs: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    waiver_needed: str = ""
    notes: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day on which it was done, else should be: the due day, for a stage the last day."""
        day = self.actual or self.due or self.end
        assert day is not None  # every step has one of the three
        return day

    @property
    def end_exclusive(self) -> date | None:
        """The day after a stage's last day, for tables with half-open intervals."""
        return self.end and self.end + timedelta(days=1)


class WholeReview(NamedTuple):
    """How long the whole takes (R054): calendar months and days beyond them, and about how many months it should."""

    first_on: date
    last_on: date
    months: int
    days: int
    about_months: int
