"""What exactly is missing, as a value: people, units of pools, limits."""

from typing import Literal

from scheduler.values.value import Identifier, NonNegative, Positive, Value, Week, WeekSpan

LimitKind = Literal["period_maximum", "period_minimum", "period_excess", "partner_excess"]
"""What of a limit is widened: the hard maximum raised, the hard minimum lowered, or the priced excess allowed."""


class MissingPerson(Value):
    """One more person with a single skill ('leader' for a qualified leader), present in some weeks.

    The weeks are the team weeks of `activity`, whose seat the person fills. The person is free of conflicts,
    comes from a body of its own and takes part in no other review.
    """

    activity: Identifier
    skill: Identifier
    weeks: tuple[Week, ...]


class MissingUnits(Value):
    """`units` more of an anonymous pool in every week of `span`."""

    pool: Identifier
    span: WeekSpan
    units: Positive


class WiderLimit(Value):
    """A period limit or partner limit widened by `by`: so many activities (stages on site in a week) more.

    Excess of priced limits is part of the stated cost, only its bound is widened.
    """

    limit: Identifier
    kind: LimitKind
    by: Positive


class Shortfall(Value):
    """The whole capacity to be added so that certain dates become possible with all other dates as they are.

    Attributes
    ----------
    is_proven
        Whether fewer people are proven not to suffice, however the teams are re-assigned. Units and limits are
        counted, so for them that always holds.
    """

    people: tuple[MissingPerson, ...] = ()
    units: tuple[MissingUnits, ...] = ()
    limits: tuple[WiderLimit, ...] = ()
    is_proven: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether nothing is missing."""
        return not (self.people or self.units or self.limits)

    @property
    def size(self) -> NonNegative:
        """Units of everything: persons, pool units times weeks, steps of limits."""
        weeks = sum(own.units * len(own.span.weeks()) for own in self.units)
        return len(self.people) + weeks + sum(own.by for own in self.limits)

    def without_one_unit(self) -> "tuple[Shortfall, ...]":
        """Every shortfall that is smaller by a single unit: a person, a unit of a pool in one week, a step."""
        smaller = [
            self.model_copy(update={"people": self.people[:n] + self.people[n + 1 :]})
            for n in range(len(self.people))
        ]
        for n, own in enumerate(self.units):
            for week in own.span.weeks():
                parts = _without_unit(own, week)
                smaller.append(
                    self.model_copy(update={"units": (*self.units[:n], *parts, *self.units[n + 1 :])})
                )
        for n, limit in enumerate(self.limits):
            less = () if limit.by == 1 else (limit.model_copy(update={"by": limit.by - 1}),)
            smaller.append(
                self.model_copy(update={"limits": (*self.limits[:n], *less, *self.limits[n + 1 :])})
            )
        return tuple(smaller)


def _without_unit(own: MissingUnits, week: Week) -> tuple[MissingUnits, ...]:
    """The same units but one in a single week."""
    parts = (
        (WeekSpan(first=own.span.first, end=week), own.units),
        (WeekSpan(first=week, end=week + 1), own.units - 1),
        (WeekSpan(first=week + 1, end=own.span.end), own.units),
    )
    return tuple(
        MissingUnits(pool=own.pool, span=span, units=units)
        for span, units in parts
        if units and span.end > span.first
    )
