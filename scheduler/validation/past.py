"""Mistakes in reviews that are done: names, weeks, drafts without end."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from scheduler.validation.index import Index, finding
from scheduler.validation.times import MAX_WEEKS
from scheduler.values.errors import Finding
from scheduler.values.problem import PastReview


def past_reviews_are_sound(index: Index) -> Iterator[Finding]:
    """Past reviews have a name that no team has, a known area, weeks in order, and a draft that ends after them."""
    counts = Counter(review.id for review in index.problem.past_reviews)
    for review in index.problem.past_reviews:
        place = f"past review {review.id}"
        same = index.activities.get(review.id)
        if counts[review.id] > 1 or (same is not None and same.team is not None):
            yield finding(
                place, "has the name of another one, or of an activity with a team.", "Maybe rename it."
            )
        if review.area not in index.areas:
            message = f"refers to the area '{review.area}', which does not exist."
            yield finding(place, message, "Maybe add it, or correct the name.")
        yield from _weeks(index, place, review)


def _weeks(index: Index, place: str, review: PastReview) -> Iterator[Finding]:
    weeks = review.team_weeks
    if any(later <= earlier for earlier, later in pairwise(weeks)):
        yield finding(place, "has team weeks out of order or twice.", "Maybe sort them.")
    if min(weeks) < -MAX_WEEKS or max(weeks) >= index.problem.num_weeks:
        message = f"has weeks from {min(weeks)} to {max(weeks)}, far before the horizon or after it."
        yield finding(place, message, "Maybe days were counted instead of weeks.")
    end = review.drafting_end
    if end is not None and not weeks[-1] < end <= index.problem.num_weeks + MAX_WEEKS:
        message = f"is drafted up to week {end}, but its last team week is {weeks[-1]}."
        yield finding(place, message, "Maybe leave drafting_end out: then nothing is left to draft.")


def drafting_ends(index: Index) -> Iterator[Finding]:
    """No report is drafted for longer than any horizon (R052)."""
    for activity in index.problem.activities:
        if activity.team is not None and activity.team.drafting_weeks > MAX_WEEKS:
            message = f"drafts its report in {activity.team.drafting_weeks} weeks (R052)."
            advice = "Maybe days were counted instead of weeks."
            yield finding(f"activity {activity.id}, team", message, advice)
