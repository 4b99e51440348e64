"""What a framework says about an activity's stages, steps, evidence and report."""

from typing import Literal

from pydantic import Field

from config.entry import Entry, Key, Positive, Requirement, Whole, Words

Avoids = Literal["school_holidays", "bank_holiday_weeks", "christmas"]
StepKind = Literal["stage", "milestone", "deadline"]
Binding = Literal["hard", "soft"]


class Cited(Entry):
    """An entry with the rules it follows: numbers of the register, and a paper, regulation or decision in words."""

    requirements: tuple[Requirement, ...] = ()
    source: str = ""


class PlannedStage(Cited):
    """A stage that the solver places: whole, uninterrupted weeks that start on a Monday.

    Between the end of the previous stage and this one lie `min_clear_weeks` to `max_clear_weeks` clear weeks,
    both inclusive and both nothing for the first stage; each one above the minimum costs the policy's price
    of the name `stretch_price`, nothing without one. `avoids` names the kinds of week it may not fall in. A stage that
    `uses_team` keeps the whole team busy; `pool_demand` is taken from anonymous pools in each week.
    """

    id: Key
    duration_weeks: Positive
    min_clear_weeks: Whole = 0
    max_clear_weeks: Whole = 0
    stretch_price: Literal["stretch"] | None = None
    on_site: bool = False
    uses_team: bool = False
    avoids: tuple[Avoids, ...] = ()
    pool_demand: dict[Key, Positive] = Field(default_factory=dict)


class Pool(Entry):
    """People who are not named: one unit is a team that its body staffs itself."""

    id: Key
    name: Words


class Count(Entry):
    """How a day is counted: 10 working days after the end of the draft report.

    From a stage the count starts at its first day (`edge` start) or its last (end); a milestone and a deadline
    have one day only. With `use_actual` the actual date of that step, once known, takes the place of
    the planned one. `first_day_counts` says whether the day counted from is itself the first working
    day. `on_non_working_day` says where a date that is no working day goes; only a count in
    working days may do without.
    """

    counted_from: Key
    edge: Literal["start", "end"] = "end"
    amount: Whole
    unit: Literal["working_days", "weeks", "months"]
    direction: Literal["before", "after"] = "after"
    first_day_counts: bool = False
    on_non_working_day: Literal["previous", "next", "keep"] | None = None
    use_actual: bool = True


class Output(Cited):
    """Something that a step must have produced by its end (R045, R048): without it, nobody signs the step off."""

    id: Key
    name: Words


class StepRule(Cited):
    """A step of an activity: a stage, a milestone (a meeting, zero length) or a deadline (something is handed over).

    A stage that is planned (its id is that of a planned stage) has its dates from the plan; another one
    counts its first and last day (`starts`, `ends`, both included). Milestones and deadlines have `due`.
    `binding`: a hard date moves only by a waiver, a soft one by agreement. `after` names the steps that
    must come before it (R043). `who` acts, `told` are told, `copied` get a copy, `sign_off` says that it is done.
    Rules of other steps call it `called`, its id in words if that is empty.
    A step `held_in_pre_election` may not fall in a pre-election period and moves to the first working day
    after; one with `waiver_when_late` needs a waiver if it is done or agreed for later than its date.
    """

    id: Key
    name: Words
    called: str = ""
    kind: StepKind
    binding: Binding
    starts: Count | None = None
    ends: Count | None = None
    due: Count | None = None
    after: tuple[Key, ...] = ()
    who: tuple[Key, ...] = Field(min_length=1)
    told: tuple[Key, ...] = ()
    copied: tuple[Key, ...] = ()
    sign_off: Key | None = None
    outputs: tuple[Output, ...] = ()
    held_in_pre_election: bool = False
    waiver_when_late: bool = False

    def in_words(self) -> str:
        """What rules call it: 'fieldwork', 'draft report'."""
        return self.called or self.id.replace("_", " ")

    def counts(self) -> dict[str, Count]:
        """Its counts by the key they stand under."""
        found = {"starts": self.starts, "ends": self.ends, "due": self.due}
        return {key: count for key, count in found.items() if count is not None}


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


class EvidenceItem(Cited):
    """Something on the checklist of a step.

    It is asked for when the step `asked_at` is due and needed on the first day of `needed_for`. An item
    `shared_with` other kinds of activity is asked for once and used by all (R041, R072, R076).
    """

    id: Key
    name: Words
    asked_at: Key
    needed_for: Key
    asked_of: Key
    shared_with: tuple[Key, ...] = ()
