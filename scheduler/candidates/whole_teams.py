"""For which dates people suffice by counting: the seats of some skills against all who have one and are free.

By Hall's theorem (1935) as many seats stay open as are missing for the union of skills that lacks the most. Bodies,
drafting and seats that are somebody's are left out here, so more may stay open.
"""

from collections.abc import Mapping
from functools import reduce
from itertools import combinations

import numpy as np

from scheduler.areas.graph import AreaGraph
from scheduler.people.roster import Roster
from scheduler.people.staff import Staff
from scheduler.values.arrays import Ints, Mask, Words
from scheduler.values.problem import Activity

MOST_SKILLS = 9
"""Of a team with more skills only each skill and all of them together are counted."""


class Unions:
    """The unions of skills of one team: seats wanted, and who has one of the skills and is independent.

    Attributes
    ----------
    wanted
        Shape (unions,).
    able
        Shape (unions, words): whoever may fill one of the seats, were they free.
    """

    def __init__(self, staff: Staff, review: Activity) -> None:
        demand = {} if review.team is None else review.team.seats_by_skill()
        skills, independent = list(demand), staff.independent(review)
        sizes = range(1, len(skills) + 1) if len(skills) <= MOST_SKILLS else (1, len(skills))
        unions = [union for size in sizes for union in combinations(skills, size)]
        self.wanted = np.array([sum(demand[skill] for skill in union) for union in unions], dtype=np.int64)
        masks = [reduce(np.logical_or, map(staff.skilled, union)) & independent for union in unions]
        self.able = packed(np.array(masks, dtype=bool).reshape(len(unions), len(staff.rests)))

    def missing(self, free: Mask) -> Ints:
        """How many people each union lacks, negative if there are more than enough; shape (sets, unions).

        Parameters
        ----------
        free
            Shape (sets, inspectors).
        """
        return np.asarray(self.wanted - self.having(free), dtype=np.int64)

    def having(self, people: Mask) -> Ints:
        """How many of several sets of people could fill a seat of each union, shape (sets, unions)."""
        found = np.zeros((len(people), len(self.wanted)), dtype=np.int64)
        for word, able in zip(packed(people).T, self.able.T, strict=True):
            found += np.bitwise_count(word[:, None] & able[None, :])
        return found


def packed(sets: Mask) -> Words:
    """Sets of people, 64 of them in a word: these are counted far faster than a truth for each.

    Parameters
    ----------
    sets
        Shape (sets, inspectors).
    """
    octets = np.packbits(sets, axis=1)
    whole = np.zeros((len(sets), -(-octets.shape[1] // 8) * 8), dtype=np.uint8)
    whole[:, : octets.shape[1]] = octets
    return whole.view(np.uint64)


def seats_lacking(
    board: Roster, reviews: Mapping[str, Activity], graph: AreaGraph, component: int, starts: Ints
) -> Ints:
    """At least so many seats stay open for each timetable of a component that was taken out, shape (timetables,)."""
    lacking = np.zeros(len(starts), dtype=np.int64)
    for name in graph.names(component):
        weeks = team_weeks_each(reviews[name], graph, component, starts) if name in reviews else None
        if weeks is not None and weeks.shape[1]:
            missing = Unions(board.staff, reviews[name]).missing(board.free_in_each(weeks))
            lacking += np.maximum(0, missing.max(axis=1, initial=0))
    return lacking


def team_weeks_each(review: Activity, graph: AreaGraph, component: int, starts: Ints) -> Ints | None:
    """The weeks of a review's team in each timetable, shape (timetables, weeks); None if not all are decided here."""
    nodes = {
        graph.problem.activities[index].id + f"/{stage}": number
        for number, (index, stage) in enumerate(graph.components[component].nodes)
    }
    columns = [np.zeros((len(starts), 0), dtype=np.int64)]
    for number, stage in enumerate(review.stages):
        if stage.uses_team:
            node = nodes.get(f"{review.id}/{number}")
            if node is None:
                return None
            columns.append(starts[:, [node]] + np.arange(stage.duration_weeks))
    return np.sort(np.concatenate(columns, axis=1), axis=1)
