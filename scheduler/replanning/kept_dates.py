"""The plan in which every date stays that can, and how many places stay open at least then."""

from collections.abc import Iterator
from typing import Any

from scheduler.nearby.people import Option, Schedule
from scheduler.replanning.bound import BoundModel
from scheduler.replanning.context import Ground
from scheduler.replanning.first_answer import mended, placed
from scheduler.replanning.independent_parts import Part, parts
from scheduler.values.problem import Activity
from scheduler.values.value import Week

SHARE_OF_BOUND = 0.3


def with_dates_kept(ground: Ground, first: Schedule | None) -> Schedule | None:
    """The published dates but of what cannot keep them, with as few open places as were found.

    None where the dates that could be kept leave no room for the rest, or none was found in time.

    Parameters
    ----------
    first
        Such dates if they are known already, people not yet mended.
    """
    if ground.overfull:
        return None
    dates = first or placed(ground)
    return None if dates is None else mended(ground, dates, rings=2)


def fewest_open(ground: Ground) -> int:
    """No plan in which every date stays that can leaves fewer places open."""
    dates = ground.kept.starts
    filled = ground.filled(ground.kept)
    short = [
        name
        for name, review in ground.staff.reviews.items()
        if review.team and name in dates and filled[name] < review.team.seats()
    ]
    return sum(_of_part(ground, part) for part in parts(ground, short, 1))


def _of_part(ground: Ground, part: Part) -> int:
    if ground.progress.must_end():
        return 0
    tables = [ground.timetables(unit) for unit in part.forced]
    rest = ground.kept.without([name for unit in part.forced for name in ground.units.names[unit]])
    model = KeptBound(ground.units, ground.staff, rest, tables, part.inside, ground.timetables)
    seconds = ground.progress.seconds_left() * SHARE_OF_BOUND
    proven = model.solve(ground.limits, seconds, ground.progress.must_end)
    return 0 if proven is None else max(0, proven.uncovered)


class KeptBound(BoundModel):
    """The relaxation in which whatever may keep its dates does: nothing makes room."""

    def _staying(self, review: Activity, starts: tuple[Week, ...]) -> Iterator[Option]:
        yield Option(review, starts)

    def _leaves(self, unit: int) -> Any:
        return 0
