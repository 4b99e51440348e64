"""Dates from the search for whole programmes: the last resort where moving what is near finds no room."""

from scheduler.counting.pre_check import precheck
from scheduler.dates.people_enough import without_people
from scheduler.dates.search import solve_dates
from scheduler.nearby.people import Schedule
from scheduler.replanning.context import Ground
from scheduler.replanning.first_answer import mended
from scheduler.values.result import Status

SHARE = 0.5
"""Share of the time left for dates with people, then for dates without."""


def planned_anew(ground: Ground) -> tuple[Schedule | None, bool]:
    """A schedule whose dates may all be others, at the prices of moving them.

    Returns
    -------
    The schedule, None if none was found; and whether it is proven that there is none.
    """
    is_impossible = False
    for problem, whole_teams in ((ground.problem, True), (without_people(ground.problem), False)):
        if precheck(problem):
            is_impossible = not whole_teams
            continue
        seconds = ground.progress.seconds_left() * SHARE
        found = solve_dates(
            problem,
            ground.limits.model_copy(update={"dates_seconds": seconds}),
            stop=ground.progress.stop,
            hint=ground.units.published,
            whole_teams=whole_teams,
        )
        if found.starts is not None:
            return mended(ground, _with_people(ground, dict(found.starts))), False
        is_impossible = found.status is Status.INFEASIBLE and not whole_teams
    return None, is_impossible


def _with_people(ground: Ground, starts: dict[str, tuple[int, ...]]) -> Schedule:
    """The dates with the people of all reviews that keep theirs."""
    kept = ground.kept
    staying = {name for name, weeks in kept.starts.items() if starts[name] == weeks}
    return Schedule(starts, tuple(member for member in kept.members if member.activity in staying))
