"""What exactly is missing, as a value: people, units of pools, limits."""

from typing import Literal

from scheduler.value import Identifier, NonNegative, Positive, Value, Week, WeekSpan

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
