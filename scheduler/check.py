"""The independent check: does a plan keep every rule, and does it cost what it says?

Pure Python without a solver. It shares no code with the solver's model, rows or costing, so that an
error in one of them shows here. Each rule is one function in `scheduler.rules`.
"""

from collections.abc import Callable, Iterator

from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.rules import claims, dates, limits, links, people, shape, teams
from scheduler.rules.facts import Facts
from scheduler.violation import Violation

Rule = Callable[[Facts], Iterator[Violation]]

RULES: tuple[Rule, ...] = (
    shape.belongs_to_problem,
    shape.dates_every_activity_once,
    shape.dates_every_stage,
    dates.starts_in_window,
    dates.stays_in_horizon,
    dates.keeps_lags,
    dates.avoids_closed_weeks,
    dates.keeps_pins,
    links.keeps_lag_links,
    links.keeps_within_links,
    limits.keeps_period_limits,
    limits.keeps_partner_limits,
    limits.keeps_anonymous_pools,
    people.is_known,
    people.works_on_one_review_a_week,
    people.rests,
    people.is_present,
    people.is_trained,
    people.keeps_maximum,
    people.is_independent,
    teams.fills_demanded_seats,
    teams.fills_one_seat_each,
    teams.has_skills,
    teams.has_leader,
    teams.has_bodies,
    claims.claims_uncovered_places,
    claims.claims_date_terms,
    claims.claims_team_terms,
)
"""All rules, in the order of reports."""

SHORTAGE_RULES = frozenset({"leader_missing"})
"""Rules that no plan can keep when people run short: `solve` counts such seats as uncovered places."""


def check(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Every violation of a plan, each with place, weeks in words and requirement number.

    Parameters
    ----------
    problem
        A valid problem (see `validate`).
    plan
        Any plan, also a damaged one or one made elsewhere.

    Returns
    -------
    Empty if the plan keeps every rule and claims the right costs. Uncovered places are no violation, they are
    a cost; a team without a leader is one.
    """
    facts = Facts(problem, plan)
    return tuple(found for rule in RULES for found in rule(facts))
