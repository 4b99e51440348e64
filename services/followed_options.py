"""Which sequencing option each area follows in a plan, read from the links of its problem (R039).

An area's own option may have changed since, and a mix chooses others: only the problem that was solved knows.
"""

from functools import lru_cache

from scheduler.values.problem import ApartLink, LagLink, Problem, WithinLink
from services.problem.kinds import ASSESSMENT, REVIEW

KINDS = {REVIEW, ASSESSMENT}


def followed_options(problem: Problem) -> dict[str, str]:
    """Option by area, '1' to '4' (R030-R036); areas without both activities follow none and are left out."""
    activities = {activity.id: activity for activity in problem.activities}
    found: dict[str, str] = {}
    for link in problem.links:
        if isinstance(link, LagLink):
            first, other = activities[link.before.activity], activities[link.after.activity]
            option = "1" if first.kind == REVIEW else "2"
        elif isinstance(link, WithinLink):
            first, other, option = activities[link.inner.activity], activities[link.outer.activity], "3"
        elif isinstance(link, ApartLink):
            first, other, option = activities[link.one.activity], activities[link.other.activity], "4"
        else:
            continue
        if {first.kind, other.kind} == KINDS:
            found[first.area] = option
    return found


@lru_cache(maxsize=4)
def options_of_document(problem_json: str) -> dict[str, str]:
    """The same from a stored problem; kept, because a table asks once for each of its rows."""
    return followed_options(Problem.model_validate_json(problem_json))
