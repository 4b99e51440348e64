"""Who may fill which seat: skills, training, attendance and independence, for given team weeks."""

from collections.abc import Sequence

import numpy as np

from scheduler.people.past_work import past_weeks
from scheduler.values.arrays import Mask
from scheduler.values.problem import Activity, Inspector, Problem
from scheduler.values.value import LEADER, Week


def availability(problem: Problem) -> Mask:
    """Whether each inspector is trained and there in each week, whatever past reviews take.

    A week counts from `trained_from` on (R062) if at least `problem.min_percent` of it is available:
    the usual percentage, or that of an absence in that week if it is lower.

    Returns
    -------
    Array of shape (inspectors, weeks), in the order of the problem.
    """
    present = np.zeros((len(problem.inspectors), problem.num_weeks), dtype=bool)
    for row, inspector in zip(present, problem.inspectors, strict=True):
        if inspector.percent < problem.min_percent:
            continue
        row[max(0, inspector.trained_from) :] = True
        for absence in inspector.absences:
            if absence.percent_available < problem.min_percent:
                row[max(0, absence.span.first) : max(0, absence.span.end)] = False
    return present


def attendance(problem: Problem) -> Mask:
    """Whether each inspector may do team work in each week: they are there, and neither do past reviews nor rest after.

    Returns
    -------
    Array of shape (inspectors, weeks), in the order of the problem.
    """
    present = availability(problem)
    for number, weeks in past_weeks(problem).items():
        present[number, [week for week in weeks if 0 <= week < problem.num_weeks]] = False
    return present


def is_independent(inspector: Inspector, activity: Activity) -> bool:
    """Whether the inspector has neither a conflict of interest in the area nor worked there last time (R062)."""
    barred = (*inspector.conflicts, *inspector.previous_areas)
    return activity.area not in barred and inspector.id not in activity.previous_team


def has_skill(inspector: Inspector, skill: str) -> bool:
    """Whether the inspector may fill a seat of this skill; the leader's seat needs a qualified leader (R057)."""
    return inspector.is_leader if skill == LEADER else skill in inspector.skills


def is_present(present: Mask, weeks: Sequence[Week]) -> Mask:
    """Which inspectors may work in all of the weeks; nobody in weeks outside the horizon.

    Parameters
    ----------
    present
        The result of `attendance`, shape (inspectors, weeks).
    weeks
        The team weeks of one activity.
    """
    if any(not 0 <= week < present.shape[1] for week in weeks):
        return np.zeros(present.shape[0], dtype=bool)
    free: Mask = np.all(present[:, list(weeks)], axis=1)
    return free
