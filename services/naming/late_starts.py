"""Whether an option puts off the first starts of a programme, and what the other options can do about it (R014)."""

from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, LagLink, Problem
from scheduler.values.value import Week
from scheduler.values.words import week_in_words

WEEKS_OF_PATIENCE = 13
"""A first start within a quarter of the first possible one is what a programme with a slow first term wants."""


def late_start_in_words(problem: Problem, plan: Plan | None) -> str | None:
    """That no activity of the pair's first kind starts for a quarter, because each waits for the other; else None.

    A small group is to be first, in the first weeks of the programme (R014): a sequence whose other half comes first
    cannot have it before that has ended and its months have passed.
    """
    if problem.pair is None or plan is None:
        return None
    kind, other = problem.pair
    activities = [activity for activity in problem.activities if activity.kind == kind]
    starts = plan.starts()
    begins = [starts[activity.id][0] for activity in activities if activity.id in starts]
    if not begins or any(activity.pinned_starts for activity in activities):
        return None
    first, possible = min(begins), min(activity.start_window.first for activity in activities)
    if first - possible <= WEEKS_OF_PATIENCE or not _all_wait(problem, activities, first):
        return None
    return (
        f"no {kind.upper()} starts before {week_in_words(problem.first_monday, first)}, although the first may "
        f"start on {week_in_words(problem.first_monday, possible)} (R014): under this option each waits for the "
        f"{other.upper()} of its area. Options 1, 3 and 4 let the first start at once; or give the areas that should "
        "be first an option of their own (areas.csv, column option), and solve with --option mixed."
    )


def _all_wait(problem: Problem, activities: list[Activity], first: Week) -> bool:
    """Whether whatever might start before a week waits for something else."""
    waiting = {
        link.after.activity
        for link in problem.links
        if isinstance(link, LagLink) and link.term == "sequencing"
    }
    return all(activity.id in waiting for activity in activities if activity.start_window.first < first)
