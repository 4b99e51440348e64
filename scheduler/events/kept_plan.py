"""The problem in which a plan with waived rules keeps every rule (R094)."""

from scheduler.events.kept_dates import with_kept_dates
from scheduler.events.kept_limits import with_kept_limits
from scheduler.events.kept_teams import with_kept_teams
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem

KEPT_RULES = frozenset(
    {
        *("outside_window", "stage_lag", "closed_week", "frozen_dates", "frozen_zone"),
        *("lag_link", "within_link", "clear_link", "period_maximum", "period_minimum", "partner_limit"),
        *("rest", "too_many_reviews", "drafting", "rotation"),
        *("too_few_bodies", "quota_maximum", "quota_minimum", "team_size"),
    }
)
"""What a plan may break and still be replanned, by the names of its violations: people could live with it."""


def with_kept_plan(problem: Problem, plan: Plan) -> Problem:
    """The problem in which rules give way to the dates and teams of a plan, as far as it breaks them.

    Parameters
    ----------
    plan
        One that breaks no other rules than `KEPT_RULES`.
    """
    with_limits = with_kept_limits(with_kept_dates(problem, plan), plan)
    return with_kept_teams(with_limits, plan)
