"""Plans in which areas get in each other's way."""

from random import Random

from scheduler.values.problem import Capacity, ClearLink, JointPlace, PeriodLimit, Problem, SavedPlace
from tests.builders import changed, ref, span, team
from tests.complete import complete
from tests.corruptions.draft import Draft, corruption, loose


def too_many_in_a_period(draft: Draft, draw: Random) -> None:
    """R014: the assessment of the north, too, starts before week 30."""
    draft.starts("ca-north")[0] = draw.choice([18, 26, 27, 28, 29])


def too_few_in_a_period(draft: Draft, draw: Random) -> None:
    draft.starts("ca-north")[0] = draw.randint(45, 60)


def too_many_partners_visited(draft: Draft, draw: Random) -> None:
    """R128: both areas' partners at once, in more weeks than any price allows."""
    draft.starts("ca-north")[0] = 24 + draw.choice([0, 1])


def anonymous_pool_exceeded(draft: Draft, draw: Random) -> None:
    draft.starts("ca-north")[0] = 24 + draw.choice([-1, 0, 1])


def priced_period_exceeded_by_more_than_its_price_allows(draft: Draft, draw: Random) -> None:
    draft.starts("ca-north")[0] = draw.choice([18, 26, 27, 28, 29])


def visited_before_the_saving_visit_has_ended(draft: Draft, draw: Random) -> None:
    """R033: the south does without a seat, but the visit that saves it comes later."""
    draft.starts("yot-north")[0] = draw.choice([20, 21, 30])


def visited_apart(draft: Draft, draw: Random) -> None:
    """R034: the assessment's staff fill a seat while the review's team is not on site."""
    draft.starts("ca-south")[0] += draw.choice([-2, -1, 1, 2])


def visited_in_the_same_week(draft: Draft, draw: Random) -> None:
    """R026: the fostering inspection of week 30 and the assessment have no week in common."""
    draft.starts("ca-south")[0] = draw.choice([29, 30])


def apart() -> Problem:
    """The assessment and the fostering inspection of the south keep clear of each other."""
    link = ClearLink(one=ref("ca-south"), other=ref("fostering-south"))
    enough = changed(loose(), "pools", "audit_commission", exceptions=())
    return enough.model_copy(update={"links": (link,)})


def saving() -> Problem:
    """The review of the south needs less after the visit in the north, which may be at any time."""
    saved = SavedPlace(skill="management", after=ref("yot-north"))
    problem = changed(
        loose(), "activities", "jar-south", team=team("safeguarding", "education", saved=(saved,))
    )
    return changed(problem, "activities", "yot-north", start_window=span(0, 70), pinned_starts=None)


def joint() -> Problem:
    """The staff of the south's assessment fill a seat in its review."""
    place = JointPlace(skill="management", beside=ref("ca-south"), body="Audit Commission")
    return changed(loose(), "activities", "jar-south", team=team("safeguarding", "education", joint=(place,)))


def most() -> Problem:
    """At most one assessment before week 30."""
    limit = PeriodLimit(id="early", span=span(0, 30), kinds=("ca",), maximum=1)
    return loose().model_copy(update={"period_limits": (limit,)})


def least() -> Problem:
    """At least two assessments before week 45."""
    limit = PeriodLimit(id="early", span=span(0, 45), kinds=("ca",), minimum=2)
    return loose().model_copy(update={"period_limits": (limit,)})


def priced() -> Problem:
    """No assessment before week 30, at a price at most one."""
    limit = PeriodLimit(id="early", span=span(0, 30), kinds=("ca",), maximum=0, price=3, max_excess=1)
    return loose().model_copy(update={"period_limits": (limit,)})


def partners() -> Problem:
    """The police see one assessment a week and at no price two; there are teams enough."""
    (limit,) = complete().partner_limits
    hard = limit.model_copy(update={"max_excess": 0, "kinds": ("ca",)})
    enough = changed(loose(), "pools", "audit_commission", exceptions=())
    return enough.model_copy(update={"partner_limits": (hard,)})


def one_team() -> Problem:
    """One team for assessments in the weeks 20 to 29."""
    return changed(loose(), "pools", "audit_commission", exceptions=(Capacity(span=span(20, 30), units=1),))


LIMITS = (
    corruption(too_many_in_a_period, "period_maximum", problem=most),
    corruption(too_few_in_a_period, "period_minimum", problem=least),
    corruption(priced_period_exceeded_by_more_than_its_price_allows, "period_maximum", problem=priced),
    corruption(too_many_partners_visited, "partner_limit", problem=partners),
    corruption(anonymous_pool_exceeded, "pool", problem=one_team),
    corruption(visited_before_the_saving_visit_has_ended, "saved_place", problem=saving),
    corruption(visited_in_the_same_week, "clear_link", problem=apart),
    corruption(visited_apart, "joint_place", problem=joint),
)
