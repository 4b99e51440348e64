"""Plans that keep all rules but one, and what the checker says to them."""

from scheduler.cost import make_plan
from scheduler.values.plan import ActivityDates, Plan
from scheduler.values.problem import AnonymousPool, LagTable, PeriodLimit
from scheduler.values.value import WeekSpan
from tests.builders import assessment, broken_rules, changed, members, one_area, review, span, two_areas
from tests.complete import complete_plan

TEAM = members({"jar-north": {"leader": "ann", "safeguarding": "bob", "education": "dan"}})


def rules_of_dates(*starts: int, **changes) -> set[str]:
    """Rules that a review in one area breaks with these start weeks."""
    problem = one_area(activities=(review("north", **changes),))
    return broken_rules(problem, make_plan(problem, {"jar-north": starts}, TEAM))


SIX_TO_NINE_MONTHS = LagTable(
    id="months", first=tuple(week + 27 for week in range(104)), end=tuple(week + 40 for week in range(104))
)


def linked(link, **changes):
    activities = (
        review("north", team=None, start_window=WeekSpan(first=0, end=60)),
        assessment("north", **changes),
    )
    pools = ({"id": "audit_commission", "units": 1},)
    return one_area(
        num_weeks=104, activities=activities, links=(link,), lag_tables=(SIX_TO_NINE_MONTHS,), pools=pools
    )


def rules_of_pair(problem, review_starts, assessment_start):
    starts = {"jar-north": review_starts, "ca-north": (assessment_start,)}
    return broken_rules(problem, make_plan(problem, starts, ()))


def assessed(**changes):
    activities = (assessment("north"), assessment("south"))
    pools = (AnonymousPool(id="audit_commission", units=2),)
    return two_areas(**{"activities": activities, "pools": pools} | changes)


def plan_of_visits(problem, north, south):
    return make_plan(problem, {"ca-north": (north,), "ca-south": (south,)}, ())


def rules_of_visits(problem, north, south):
    return broken_rules(problem, plan_of_visits(problem, north, south))


def limit(**changes):
    return PeriodLimit(**{"id": "autumn", "span": span(0, 15), "kinds": ("ca",)} | changes)


NORTH = {"leader": "ann", "safeguarding": "bob", "education": "dan"}


def rules_of_two(problem, north=(8, 11), south=(20, 23), north_team=NORTH, south_team=NORTH):
    starts = {"jar-north": north, "jar-south": south}
    teams = members({"jar-north": north_team, "jar-south": south_team})
    return broken_rules(problem, make_plan(problem, starts, teams))


def with_person(name, **changes):
    return changed(two_areas(), "inspectors", name, **changes)


def with_dates(plan: Plan, *dates: ActivityDates) -> Plan:
    return plan.model_copy(update={"dates": dates})


GOOD = {"leader": "ann", "safeguarding": "bob", "education": "dan"}


def plan_of_team(problem, seats):
    return make_plan(problem, {"jar-north": (20, 23)}, members({"jar-north": seats}))


def rules_of_team(seats, problem=None):
    problem = problem or one_area()
    return broken_rules(problem, plan_of_team(problem, seats))


def claiming(**claims):
    plan = complete_plan()
    return plan.model_copy(update={"costs": plan.costs.model_copy(update=claims)})
