"""What a framework says about an activity's stages, steps, evidence and report."""

from math import ceil
from typing import Annotated, Literal

from pydantic import Field

from config.conditions import Condition
from config.entry import Entry, Key, Positive, Requirement, Whole, Words

Avoids = Literal["school_holidays", "bank_holiday_weeks", "christmas"]
StepKind = Literal["stage", "milestone", "deadline"]
Binding = Literal["hard", "soft"]


class Cited(Entry):
    """An entry with the rules it follows: numbers of the register, and a paper, regulation or decision in words.

    `certainty` says of its figures whether they are confirmed in that source or taken for true until somebody checks
    them; None where nobody has said so.
    """

    requirements: tuple[Requirement, ...] = ()
    source: str = ""
    certainty: Literal["verified", "assumed"] | None = None


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]


class PlannedStage(Cited):
    """A stage that the solver places, uninterrupted: whole weeks from a Monday, or working days from any weekday.

    It has either `duration_weeks` or `duration_days` (working days, bank holidays left out); one of days starts on
    the `weekday` of the week that the solver finds for it, or the first working day after. Between the end of the
    previous stage and this one lie `min_clear_weeks` to `max_clear_weeks` clear weeks, both inclusive and both nothing
    for the first stage; each one above the minimum costs the policy's price of the name `stretch_price`, nothing
    without one. `avoids` names the kinds of week it may not fall in. A stage that `uses_team` keeps the whole team
    busy; `pool_demand` is taken from anonymous pools in each week.
    """

    id: Key
    duration_weeks: Positive | None = None
    duration_days: Positive | None = None
    weekday: Weekday = "monday"
    min_clear_weeks: Whole = 0
    max_clear_weeks: Whole = 0
    stretch_price: Literal["stretch"] | None = None
    on_site: bool = False
    uses_team: bool = False
    avoids: tuple[Avoids, ...] = ()
    pool_demand: dict[Key, Positive] = Field(default_factory=dict)

    def occupied_weeks(self) -> int:
        """Whole weeks that the stage keeps its team, its pools and its area busy.

        Where working days fill their weeks to the last one, a bank holiday would carry the stage into the next week:
        unless it avoids weeks with a bank holiday, that week is kept too.
        """
        if self.duration_weeks is not None:
            return self.duration_weeks
        assert self.duration_days is not None  # the framework's reader sees to it
        days = WEEKDAYS.index(self.weekday) + self.duration_days
        may_run_on = days % len(WEEKDAYS) == 0 and "bank_holiday_weeks" not in self.avoids
        return -(-days // len(WEEKDAYS)) + may_run_on

    def lasts(self) -> str:
        """How long it takes in words: '2 weeks', '10 working days'."""
        number, unit = (
            (self.duration_days, "working day")
            if self.duration_weeks is None
            else (self.duration_weeks, "week")
        )
        return f"{number} {unit}{'s' * (number != 1)}"


class Pool(Entry):
    """People who are not named: one unit is a team that its body staffs itself."""

    id: Key
    name: Words


Unit = Literal["working_days", "calendar_days", "weeks", "months"]
DayOfYear = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
"""A day of every year: '11-30'."""


class Count(Entry):
    """How a day is counted: 10 working days after the end of the draft report, or the first 30 November after it.

    From a stage the count starts at its first day (`edge` start) or its last (end); a milestone and a deadline
    have one day only. With `use_actual` the actual date of that step, once known, takes the place of
    the planned one. Either `amount` and `unit` say how far, or `fixed_day` which day of the year: the first one on or
    after the day counted from, `before` the last one on or before it. `first_day_counts` says whether the day
    counted from is itself the first day: eight weeks are then 56 days with it. `without_school_holidays` leaves out
    the area's school holidays: days in them, and weeks with such a day. `on_non_working_day` says where a date that
    is no working day goes; only a count in working days may do without. `not_after` is another count that the day
    may not be later than (the earlier of two), `not_before` one that it may not be earlier than (the later of two).
    """

    counted_from: Key
    edge: Literal["start", "end"] = "end"
    amount: Whole | None = None
    unit: Unit | None = None
    fixed_day: DayOfYear | None = None
    direction: Literal["before", "after"] = "after"
    first_day_counts: bool = False
    without_school_holidays: bool = False
    on_non_working_day: Literal["previous", "next", "keep"] | None = None
    use_actual: bool = True
    not_after: "Count | None" = None
    not_before: "Count | None" = None

    def bounds(self) -> dict[str, "Count"]:
        """The counts that bound it, by the key they stand under."""
        found = {"not_after": self.not_after, "not_before": self.not_before}
        return {key: count for key, count in found.items() if count is not None}

    def in_weeks(self) -> int:
        """Whole weeks that the count takes at most, bank holidays and school holidays aside; 0 for a fixed day."""
        days = {"working_days": 7 / 5, "calendar_days": 1, "weeks": 7, "months": 31}
        return ceil((self.amount or 0) * days[self.unit] / 7) if self.unit else 0


class Output(Cited):
    """Something that a step must have produced by its end (R045, R048): without it, nobody signs the step off."""

    id: Key
    name: Words


class CountIf(Count):
    """A count that takes the place of the usual one where a condition holds."""

    only_if: Condition


class Repeat(Entry):
    """A step that comes again `every` so many weeks or months: `times` in all, or `until` the first day of a step.

    The rhythm stays where one of its days moves off a bank holiday. The second one is called by the step's id with
    '_2', and so on.
    """

    every: Positive
    unit: Literal["weeks", "months"] = "weeks"
    times: Positive | None = None
    until: Key | None = None


class StepRule(Cited):
    """A step of an activity: a stage, a milestone (a meeting, zero length) or a deadline (something is handed over).

    A stage that is planned (its id is that of a planned stage) has its dates from the plan; another one
    counts its first and last day (`starts`, `ends`, both included). Milestones and deadlines have `due`.
    `binding`: a hard date moves only by a waiver, a soft one by agreement. `after` names the steps that
    must come before it (R043). `who` acts, `told` are told, `copied` get a copy, `sign_off` says that it is done.
    Rules of other steps call it `called`, its name in quotes if that is empty.
    One with `repeat` comes again; no other step hangs on one of these. One with `only_if` is there only while that
    holds: not before its judgement is made. Of `due_if` the first count whose condition holds takes the place of `due`.
    A step `held_in_pre_election` may not fall in a pre-election period and
    moves to the first working day after; one with `waiver_when_late` needs a waiver if it is done or agreed for later
    than its date.
    Once it is done the role `circulated_by` sends its document to the partners of the area (R066).
    """

    id: Key
    name: Words
    called: str = ""
    kind: StepKind
    binding: Binding
    starts: Count | None = None
    ends: Count | None = None
    due: Count | None = None
    due_if: tuple[CountIf, ...] = ()
    after: tuple[Key, ...] = ()
    who: tuple[Key, ...] = Field(min_length=1)
    told: tuple[Key, ...] = ()
    copied: tuple[Key, ...] = ()
    sign_off: Key | None = None
    outputs: tuple[Output, ...] = ()
    only_if: Condition | None = None
    repeat: Repeat | None = None
    held_in_pre_election: bool = False
    waiver_when_late: bool = False
    circulated_by: Key | None = None

    def in_words(self) -> str:
        """What pictures and plans call it, in short: 'fieldwork', 'draft report'."""
        return self.called or self.id.replace("_", " ")

    def in_rules(self) -> str:
        """What rules and refusals call it: "'Draft report to the director'", 'the on-site weeks'."""
        return self.called or f"'{self.name}'"

    def counts(self) -> dict[str, Count]:
        """Its usual counts by the key they stand under: 'due', and 'due.not_after' for one that bounds another."""
        found = {"starts": self.starts, "ends": self.ends, "due": self.due}
        return _with_bounds({key: count for key, count in found.items() if count is not None})

    def all_counts(self) -> dict[str, Count]:
        """These, and those that take the place of the usual one: 'due_if[0]', 'due_if[0].not_after'."""
        others: dict[str, Count] = {f"due_if[{n}]": count for n, count in enumerate(self.due_if)}
        return self.counts() | _with_bounds(others)

    def dated_by(self, due: Count | None) -> "StepRule":
        """The same step with this count, whatever the circumstances."""
        return self.model_copy(update={"due": due, "due_if": ()})


def _with_bounds(counts: dict[str, Count]) -> dict[str, Count]:
    bounds = {
        f"{key}.{name}": bound for key, count in counts.items() for name, bound in count.bounds().items()
    }
    return counts | bounds


class Limit(Cited):
    """From the first day of one step to the last day of another at most `max_weeks` weeks, else a waiver (R050)."""

    id: Key
    first: Key
    last: Key
    max_weeks: Positive


class WholeLength(Cited):
    """Between which steps the whole is measured, and about how many calendar months it takes (R054)."""

    first: Key
    last: Key
    about_months: Positive


class Specification(Cited):
    """That somebody decides which themes (the framework's skills) get fieldwork, each for one of the `reasons` (R078).

    It is asked for once the step `asked_at` is done; without it, the step `needed_for` is not signed off.
    """

    asked_at: Key
    needed_for: Key
    reasons: dict[Key, Words] = Field(min_length=1)


class EvidenceItem(Cited):
    """Something on the checklist of a step.

    It is asked for once the step `asked_at` is done, and needed for `needed_for`: due on the day of the step `due_at`,
    else on the last working day before `needed_for`. Items with the same `content` key, of whatever kind of activity,
    are the same evidence, asked of an area once and used by all (R041, R072, R076); without one an item serves its
    own activity alone. `publisher` says whose data it is. Of a `confidential` item only kind and number are kept
    (R073).
    """

    id: Key
    name: Words
    asked_at: Key
    needed_for: Key
    due_at: Key | None = None
    asked_of: Key
    content: Key | None = None
    publisher: str = ""
    confidential: bool = False
