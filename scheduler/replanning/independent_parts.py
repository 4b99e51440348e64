"""Shortages that have nothing to do with one another: bounds of separate parts add up."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.nearby.linked_areas import Timetables, Units
from scheduler.nearby.model import Schedule
from scheduler.nearby.people import near, widened
from scheduler.people.roster import Staff
from scheduler.people.work_weeks import team_weeks
from scheduler.replanning.bound import MOST_TIMETABLES
from scheduler.values.value import Week


@dataclass(frozen=True)
class Part:
    """Some units that have to move, some reviews that are short, and all reviews at work near them."""

    forced: tuple[int, ...]
    short: tuple[str, ...]
    inside: frozenset[str]


def parts(
    units: Units,
    staff: Staff,
    schedule: Schedule,
    short: Sequence[str],
    tables: Callable[[int], Timetables],
    rings: int,
    listed: Sequence[int] = (),
    bound_together: Sequence[frozenset[int]] = (),
) -> list[Part]:
    """Parts without a common unit; what is near is widened `rings` times.

    Parameters
    ----------
    schedule
        Dates of all units that may keep them.
    short
        Reviews that lack people.
    tables
        Gives all timetables of a unit.
    listed
        Units that may stay but choose among their timetables like the forced ones.
    bound_together
        Units that belong to one part, though not near in time: one makes room for another in a row that areas share.
    """

    def joined(found: Iterable[Part], new: Part) -> list[Part]:
        return _joined(found, new, lambda part: _units(part, units, bound_together))

    choosing = {name for unit in listed for name in units.names[unit]}
    staying = [name for name in staff.reviews if name in schedule.starts]
    found: list[Part] = []
    for unit in (*units.forced, *listed):
        inside = near(staff, staying, schedule.starts, _stretches(staff, tables(unit)))
        names = set(short) & set(units.names[unit])
        inside = widened(staff, staying, schedule.starts, inside, rings - 1)
        found = joined(found, Part((unit,), tuple(names), frozenset(inside)))
    for name in short:
        if name in schedule.starts:
            chosen = (units.unit_of[name],) if name in choosing else ()
            inside = widened(staff, staying, schedule.starts, {name}, rings)
            found = joined(found, Part(chosen, (name,), frozenset(inside)))
    return [Part(part.forced, part.short, part.inside - choosing) for part in found]


def _joined(found: Iterable[Part], new: Part, units_of: Callable[[Part], set[int]]) -> list[Part]:
    """The parts with a new one, which takes up those that share a unit with it."""
    apart, joined = [], new
    for part in found:
        if units_of(part) & units_of(joined):
            joined = Part(
                tuple(dict.fromkeys((*part.forced, *joined.forced))),
                tuple(dict.fromkeys((*part.short, *joined.short))),
                part.inside | joined.inside,
            )
        else:
            apart.append(part)
    return [*apart, joined]


def _units(part: Part, units: Units, bound_together: Sequence[frozenset[int]]) -> set[int]:
    touched = {*part.forced, *(units.unit_of[name] for name in part.inside)}
    return touched.union(*(group for group in bound_together if group & touched))


def _stretches(staff: Staff, found: Timetables) -> Iterator[tuple[Week, ...]]:
    for number in range(min(len(found), MOST_TIMETABLES)):
        for name, starts in found.starts_of(number).items():
            if name in staff.reviews:
                yield team_weeks(staff.reviews[name], starts)
