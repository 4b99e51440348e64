"""The kinds of events, as frozen values with a JSON form; `kind` tells them apart.

All weeks are week indexes of the problem, all spans half-open. Files may also give days, which
`scheduler.events.document` turns into weeks.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from scheduler.values.problem import Activity
from scheduler.values.value import Identifier, Percent, Positive, SenselessValue, Value, Week, WeekSpan


class InspectorAbsence(Value):
    """An inspector is away, or only `percent_available` per cent there, in `weeks`.

    In the first and the last of them another share may be left: who is away from a Friday on is there for four days
    of its week. Files that give days need not say so.
    """

    kind: Literal["absence"] = "absence"
    inspector: Identifier
    weeks: WeekSpan
    percent_available: Percent = 0
    first_percent: Percent | None = None
    last_percent: Percent | None = None

    def shares(self) -> tuple[tuple[WeekSpan, int], ...]:
        """The weeks with the share that is left in them, whole ones together."""
        first, end = self.weeks.first, self.weeks.end
        parts = []
        if self.first_percent is not None and first < end:
            parts.append((WeekSpan(first=first, end=first + 1), self.first_percent))
            first += 1
        if self.last_percent is not None and first < end:
            parts.append((WeekSpan(first=end - 1, end=end), self.last_percent))
            end -= 1
        whole = [(WeekSpan(first=first, end=end), self.percent_available)] if first < end else []
        return tuple(sorted([*whole, *parts], key=lambda part: part[0].first))


class Resignation(Value):
    """An inspector leaves; `from_week` is the first week without them."""

    kind: Literal["resignation"] = "resignation"
    inspector: Identifier
    from_week: Week


class CriticalIncident(Value):
    """An area needs a review that begins at most `within_weeks` after the present week (inclusive).

    Either `activity`, which is planned already, is pulled forward, or a new short-notice activity is made
    like another one (`like`): the same stages and team, of kind 'incident' so that no period limit counts it.
    """

    kind: Literal["incident"] = "incident"
    area: Identifier
    within_weeks: Positive
    activity: Identifier | None = None
    like: Identifier | None = None

    @model_validator(mode="after")
    def _must_say_which(self) -> "CriticalIncident":
        if (self.activity is None) == (self.like is None):
            raise SenselessValue("must name either `activity` or `like`.", "Leave one of them out.")
        return self


class AddedReview(Value):
    """An area gets a review with stages, team and weeks of its own, beside all that is planned (R003, R094)."""

    kind: Literal["added_review"] = "added_review"
    review: Activity


class Postponement(Value):
    """An area asks that an activity does not begin before week `not_before`."""

    kind: Literal["postponement"] = "postponement"
    activity: Identifier
    not_before: Week


class ClosedWeeks(Value):
    """No stage may run in `weeks`: in one area, or wherever `calendar` is kept.

    With `stages` only stages of these ids are concerned; empty means all.
    """

    kind: Literal["closed_weeks"] = "closed_weeks"
    weeks: WeekSpan
    area: Identifier | None = None
    calendar: Identifier | None = None
    stages: tuple[Identifier, ...] = ()
    reason: str = ""

    @model_validator(mode="after")
    def _must_say_where(self) -> "ClosedWeeks":
        if (self.area is None) == (self.calendar is None):
            raise SenselessValue("must name either `area` or `calendar`.", "Leave one of them out.")
        return self


class NewConflict(Value):
    """An inspector may not work in an area any more (conflict of interest)."""

    kind: Literal["conflict"] = "conflict"
    inspector: Identifier
    area: Identifier


class LateFinish(Value):
    """A stage under way takes `weeks` longer, with its team; by default the last one that has begun."""

    kind: Literal["late_finish"] = "late_finish"
    activity: Identifier
    weeks: Positive
    stage: Identifier | None = None


Event = Annotated[
    InspectorAbsence
    | Resignation
    | CriticalIncident
    | AddedReview
    | Postponement
    | ClosedWeeks
    | NewConflict
    | LateFinish,
    Field(discriminator="kind"),
]
"""Any event."""
