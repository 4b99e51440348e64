"""Candidate timetables of a few linked areas near their present ones, with their exact costs."""

import numpy as np

from scheduler.nearby.linked_areas import Units
from scheduler.nearby.timetables import Node, Timetables
from scheduler.values.arrays import rank_within
from scheduler.values.value import Starts

MOST_TIMETABLES = 200_000
"""A unit with more of them near its present one does not move."""

MOST_KEPT = 3_000
"""A unit chooses among at most so many: a model of more would take longer to build than there is time."""

PER_PATTERN = 6
"""Timetables with the same starts of team stages that a unit may choose from, the cheapest ones."""


def candidates_near(
    units: Units, unit: int, present: Starts, radius_weeks: int, per_pattern: int = PER_PATTERN
) -> Timetables:
    """Timetables whose team weeks lie near the present ones, the present one among them if rules allow it.

    Parameters
    ----------
    present
        Start weeks by activity.
    radius_weeks
        Stages with a team start at most so many weeks earlier or later; other stages move freely.
    per_pattern
        Of the timetables with the same starts of team stages so many are kept, the cheapest ones.
    """
    within = {(name, stage): (present[name][stage], radius_weeks) for name, stage in _team_nodes(units, unit)}
    found = units.listed(unit, within, MOST_TIMETABLES)
    if found is None:
        return units.timetables_at(unit, present)
    columns = [index for index, node in enumerate(found.nodes) if node in within]
    _, pattern = np.unique(found.starts[:, columns], axis=0, return_inverse=True)
    kept = (rank_within(pattern.ravel(), found.costs) < per_pattern) | found.are_at(present)
    return _first(found.part(np.flatnonzero(kept)), present)


def _first(found: Timetables, present: Starts) -> Timetables:
    """The present timetable and the cheapest others, of equal ones the nearest to it."""
    distance = np.abs(found.starts - found.weeks_in(present)).sum(axis=1)
    return found.part(np.sort(np.lexsort((distance, found.costs, distance > 0))[:MOST_KEPT]))


def _team_nodes(units: Units, unit: int) -> list[Node]:
    """The stages with a team."""
    return [
        (activity.id, number)
        for activity in units.problem.activities
        if activity.team is not None and units.unit_of[activity.id] == unit
        for number, stage in enumerate(activity.stages)
        if stage.uses_team
    ]
