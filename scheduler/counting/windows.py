"""In which weeks can each stage start at all, the other stages of its area considered?"""

import numpy as np

from scheduler.areas.circles import cheapest_with_chords
from scheduler.areas.edges import FORBIDDEN, is_allowed
from scheduler.areas.graph import Group
from scheduler.areas.joints import Edge
from scheduler.values.arrays import Mask


def possible_weeks(group: Group, allowed: Mask) -> Mask:
    """Start weeks that belong to at least one complete timetable, or may do so where links run in circles.

    Parameters
    ----------
    allowed
        Shape (nodes, weeks, members): weeks allowed for each stage on its own.

    Returns
    -------
    Same shape; all False for a member without any timetable.
    """
    possible = allowed.copy()
    for edge in reversed(group.edges):
        costs = np.where(possible[edge.child], 0, FORBIDDEN)
        possible[edge.parent] &= is_allowed(edge.band.cheapest(costs))
    for edge in group.edges:
        possible[edge.child] &= _reached(edge, possible[edge.parent])
    if group.chords:
        free = [np.where(weeks, 0, FORBIDDEN) for weeks in possible]
        edges = [edge.without_costs() for edge in group.edges]
        chords = [chord.without_costs() for chord in group.chords]
        found = cheapest_with_chords(edges, chords, free)
        possible &= is_allowed(found.least)
    return possible


def _reached(edge: Edge, parents: Mask) -> Mask:
    """Weeks of the child that go with at least one of the parent's weeks."""
    reached = np.zeros_like(parents)
    for k, (child, cost) in enumerate(edge.band.columns):
        usable = parents & is_allowed(cost)
        if edge.band.barred is not None:
            usable &= is_allowed(edge.band.barred[k])
        np.logical_or.at(reached, child, usable)
    return reached
