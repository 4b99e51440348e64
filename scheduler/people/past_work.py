"""What reviews that are done still take from their people: weeks, rest, drafting, a part of the yearly count."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from scheduler.people.work_weeks import occupied_weeks
from scheduler.values.arrays import Ints
from scheduler.values.problem import PastReview, Problem
from scheduler.values.value import Week


def past_reviews(problem: Problem) -> dict[str, list[PastReview]]:
    """Reviews that are done, by inspector; the leader belongs to the team."""
    found: dict[str, list[PastReview]] = defaultdict(list)
    for review in problem.past_reviews:
        for name in {*review.members, *([review.leader] if review.leader is not None else [])}:
            found[name].append(review)
    return found


def past_weeks(problem: Problem) -> dict[int, frozenset[Week]]:
    """Weeks of past team work and the rest after it, by index of the inspector; who has none is left out."""
    past = past_reviews(problem)
    return {
        number: frozenset().union(
            *(occupied_weeks(review.team_weeks, inspector.rest_weeks) for review in reviews)
        )
        for number, inspector in enumerate(problem.inspectors)
        if (reviews := past.get(inspector.id))
    }


def past_begun(problem: Problem) -> Ints:
    """Past reviews whose first team week lies in each period, shape (inspectors, periods)."""
    past = past_reviews(problem)
    begun = np.zeros((len(problem.inspectors), len(problem.periods)), dtype=np.int64)
    for number, inspector in enumerate(problem.inspectors):
        for review in past.get(inspector.id, ()):
            first = review.team_weeks[0]
            begun[number] += np.array([first in period.span for period in problem.periods], dtype=np.int64)
    return begun


def past_drafts(problem: Problem) -> dict[str, Counter[Week]]:
    """Reports of past reviews that each leader still drafts, by week (R052)."""
    load: dict[str, Counter[Week]] = defaultdict(Counter)
    for review in problem.past_reviews:
        if review.leader is not None and review.drafting_end is not None:
            load[review.leader].update(range(review.team_weeks[-1] + 1, review.drafting_end))
    return load


def drafting_sets(spans: Sequence[range], past: Iterable[Counter[Week]]) -> list[tuple[Week, list[int]]]:
    """Weeks in which a report is begun, and the reviews that are being drafted then.

    Between two of these weeks the load only falls, so limits that hold in them hold in all weeks.

    Parameters
    ----------
    spans
        Drafting weeks of each review.
    past
        Drafts of past reviews by week, of each leader.
    """
    begun = {span.start for span in spans if span}
    begun |= {week for load in past for week in load if load[week] > load[week - 1]}
    sets = [(week, [number for number, span in enumerate(spans) if week in span]) for week in sorted(begun)]
    return [(week, drafted) for week, drafted in sets if drafted]
