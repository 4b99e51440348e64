"""What a change of a plan by hand means: rules it breaks, costs, people who lose their place, and who would be told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.checking.checker import check
from scheduler.values.plan import Costs, Plan
from scheduler.values.problem import Problem
from scheduler.values.value import Week
from scheduler.values.violations import Violation
from services.days.weeks import week_monday
from services.errors import Objection
from services.previews import Told


@dataclass(frozen=True)
class Broken:
    """A rule that the plan breaks: its name, where, in words, and its number; `is_new` if the plan before kept it."""

    rule: str
    place: str
    message: str
    requirement: str
    is_new: bool


@dataclass(frozen=True)
class MovedByHand:
    """An activity in other weeks: the Mondays on which its stages begin before and after; whether it was asked for."""

    activity: str
    before: tuple[date, ...]
    after: tuple[date, ...]
    is_wanted: bool

    @property
    def weeks(self) -> int:
        """How many weeks later its first stage begins; negative if earlier."""
        return (self.after[0] - self.before[0]).days // 7


@dataclass(frozen=True)
class Displaced:
    """A place that somebody loses or gets: `out` None where nobody had it, `into` None where it stays uncovered."""

    activity: str
    place: str
    out: str | None
    into: str | None
    why: str


@dataclass(frozen=True)
class Consequences:
    """Everything to be known of a change by hand before it is kept.

    Attributes
    ----------
    broken
        Rules that the new plan breaks; those that it breaks alone, first.
    costs_before, costs_after
        Uncovered places and every term of the cost, of the plan before and of the new one, at the same prices.
    displaced
        Places that change hands.
    moved
        Activities in other weeks, those that were asked for first.
    told
        Who would get a word if it were published today.
    objections
        What a publication would refuse beside the broken rules: each says which waiver or name sets it aside, if any.
    """

    broken: tuple[Broken, ...]
    costs_before: Costs
    costs_after: Costs
    displaced: tuple[Displaced, ...]
    moved: tuple[MovedByHand, ...]
    told: tuple[Told, ...] = ()
    objections: tuple[Objection, ...] = ()

    @property
    def keeps_rules(self) -> bool:
        """Whether the new plan breaks no rule."""
        return not self.broken


def broken_rules(problem: Problem, before: Plan, after: Plan) -> tuple[Broken, ...]:
    """The rules that a plan breaks; first those that the plan before kept."""
    known = set(check(problem, before))
    found = [_broken(violation, violation not in known) for violation in check(problem, after)]
    return tuple(sorted(found, key=lambda broken: not broken.is_new))


def moved_activities(before: Plan, after: Plan, wanted: Collection[str]) -> tuple[MovedByHand, ...]:
    """The activities of both plans that are in other weeks."""
    old, new = before.starts(), after.starts()
    moved = [
        MovedByHand(name, _mondays(before, weeks), _mondays(after, new[name]), name in wanted)
        for name, weeks in old.items()
        if name in new and new[name] != weeks
    ]
    order = {name: number for number, name in enumerate(wanted)}
    return tuple(sorted(moved, key=lambda change: order.get(change.activity, len(order))))


def displaced_people(problem: Problem, before: Plan, after: Plan) -> tuple[Displaced, ...]:
    """The places that change hands, and why whoever leaves can't stay."""
    # NumPy takes long to import: only who asks about people pays for it.
    from scheduler.replanning.differences import difference

    return tuple(
        Displaced(change.activity, change.seat, change.out, change.into, change.why)
        for change in difference(problem, before, after).people
    )


def _mondays(plan: Plan, weeks: Iterable[Week]) -> tuple[date, ...]:
    return tuple(week_monday(plan.first_monday, week) for week in weeks)


def _broken(found: Violation, is_new: bool) -> Broken:
    return Broken(found.rule, found.place, found.message, found.requirement, is_new)
