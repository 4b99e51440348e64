"""Teams from the people who are free, as whole as can be; the preferred people first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from scheduler.people.matching import pair_up
from scheduler.people.roster import Roster
from scheduler.people.work_weeks import team_weeks
from scheduler.values.arrays import Ints
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity
from scheduler.values.value import Week


def fullest_team(
    board: Roster, review: Activity, starts: Sequence[Week], price: Ints
) -> tuple[TeamMember, ...]:
    """People for as many seats of a review as possible, of the right bodies together, the other teams as they are.

    Parameters
    ----------
    board
        The other teams; this review has none in it.
    price
        Shape (inspectors,): people of a lower price are preferred, though the team need not be the cheapest.
    """
    if review.team is None:
        return ()
    weeks = team_weeks(review, starts)
    skills = [skill for skill, count in review.team.seats_by_skill().items() for _ in range(count)]
    for kept in _fewer_and_fewer(board, review, weeks, skills):
        people = board.people_for(review, kept, weeks, price) if weeks or not kept else None
        if people is not None:
            names = [board.staff.problem.inspectors[person].id for person in people]
            pairs = zip(kept, names, strict=True)
            return tuple(TeamMember(activity=review.id, skill=skill, inspector=name) for skill, name in pairs)
    return ()


def _fewer_and_fewer(
    board: Roster, review: Activity, weeks: Sequence[Week], skills: list[str]
) -> Iterator[list[str]]:
    """The seats to fill: as many as could be by skills alone, those first of which that is known; then fewer."""
    able = {skill: np.flatnonzero(board.may_sit(review, skill, weeks)).tolist() for skill in set(skills)}
    pairs = pair_up([able[skill] for skill in skills])
    filled = [skill for skill, person in zip(skills, pairs, strict=True) if person is not None]
    yield filled
    tried = {_key(filled)}
    for number in range(len(filled), -1, -1):
        for chosen in combinations(skills, number):
            if _key(chosen) not in tried:
                tried.add(_key(chosen))
                yield list(chosen)


def _key(skills: Sequence[str]) -> frozenset[tuple[str, int]]:
    return frozenset(Counter(skills).items())
