"""Shortages that have nothing to do with one another: bounds of separate parts add up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.nearby.people import near, widened
from scheduler.nearby.timetables import Timetables
from scheduler.people.staff import Staff
from scheduler.people.work_weeks import team_weeks
from scheduler.replanning.bound import MOST_TIMETABLES
from scheduler.replanning.context import Ground
from scheduler.values.value import Week


@dataclass(frozen=True)
class Part:
    """Some units that have to move, some reviews that are short, and all reviews at work near them."""

    forced: tuple[int, ...]
    short: tuple[str, ...]
    inside: frozenset[str]

    def joined(self, other: "Part") -> "Part":
        """Both in one."""
        forced = tuple(dict.fromkeys((*self.forced, *other.forced)))
        return Part(forced, tuple(dict.fromkeys((*self.short, *other.short))), self.inside | other.inside)


def parts(
    ground: Ground,
    short: Sequence[str],
    rings: int,
    listed: Sequence[int] = (),
    bound_together: Sequence[frozenset[int]] = (),
) -> list[Part]:
    """Parts without a common unit; what is near is widened `rings` times.

    Parameters
    ----------
    short
        Reviews that lack people.
    listed
        Units that may stay but choose among their timetables like the forced ones.
    bound_together
        Units that belong to one part, though not near in time: one makes room for another in a row that areas share.
    """
    units, staff, starts = ground.units, ground.staff, ground.kept.starts
    staying = [name for name in staff.reviews if name in starts]
    choosing = {name for unit in listed for name in units.names[unit]}

    def units_of(part: Part) -> set[int]:
        touched = {*part.forced, *(units.unit_of[name] for name in part.inside)}
        return touched.union(*(group for group in bound_together if group & touched))

    found: list[Part] = []
    for part in _all_parts(ground, short, rings, listed, staying):
        apart = []
        for other in found:
            if units_of(other) & units_of(part):
                part = other.joined(part)
            else:
                apart.append(other)
        found = [*apart, part]
    return [Part(part.forced, part.short, part.inside - choosing) for part in found]


def _all_parts(
    ground: Ground, short: Sequence[str], rings: int, listed: Sequence[int], staying: Sequence[str]
) -> Iterator[Part]:
    """A part for each unit that chooses, and one for each review that is short."""
    units, staff, starts = ground.units, ground.staff, ground.kept.starts
    for unit in (*units.forced, *listed):
        inside = near(staff, staying, starts, _stretches(staff, ground.timetables(unit)))
        names = set(short) & set(units.names[unit])
        yield Part((unit,), tuple(names), frozenset(widened(staff, staying, starts, inside, rings - 1)))
    for name in short:
        if name in starts:
            choosing = (units.unit_of[name],) if units.unit_of[name] in listed else ()
            yield Part(choosing, (name,), frozenset(widened(staff, staying, starts, {name}, rings)))


def _stretches(staff: Staff, found: Timetables) -> Iterator[tuple[Week, ...]]:
    """The team weeks of all timetables of a unit, of the first ones if they are many."""
    for number in range(min(len(found), MOST_TIMETABLES)):
        for name, starts in found.starts_of(number).items():
            if name in staff.reviews:
                yield team_weeks(staff.reviews[name], starts)
