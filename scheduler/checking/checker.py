"""The independent check: does a plan keep every rule, and does it cost what it says?

Pure Python without a solver. It shares no code with the solver's model, rows or costing, so that an
error in one of them shows here.
"""

from scheduler.checking import at_work, claims, dates, limits, people, teams
from scheduler.checking.facts import Facts, Rule
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.violations import Violation

DATE_RULES: tuple[Rule, ...] = (
    dates.belongs_to_problem,
    dates.dates_every_activity_once,
    dates.dates_every_stage,
    dates.starts_in_window,
    dates.stays_in_horizon,
    dates.keeps_lags,
    dates.avoids_closed_weeks,
    dates.keeps_pins,
    dates.keeps_frozen_dates,
    dates.keeps_frozen_zone,
    limits.keeps_lag_links,
    limits.keeps_within_links,
    limits.keeps_clear_links,
    limits.keeps_period_limits,
    limits.keeps_partner_limits,
    limits.keeps_anonymous_pools,
    limits.saves_places_for_a_reason,
    limits.visits_together,
)
"""Rules that the dates alone keep or break, in the order of reports."""

PEOPLE_RULES: tuple[Rule, ...] = (
    people.is_known,
    people.works_on_one_review_a_week,
    people.rests,
    people.is_present,
    people.is_trained,
    people.keeps_maximum,
    people.drafts_few_at_a_time,
    people.has_no_conflict,
    people.rotates,
    teams.fills_demanded_seats,
    teams.fills_one_seat_each,
    teams.has_skills,
    teams.has_leader,
    teams.has_bodies,
    teams.keeps_quotas,
    teams.keeps_team_size,
    at_work.keeps_people_at_work,
    at_work.keeps_reserved_seats,
)
"""Rules of the people in the teams, for the plan's dates."""

CLAIM_RULES: tuple[Rule, ...] = (
    claims.claims_uncovered_places,
    claims.claims_date_terms,
    claims.claims_team_terms,
)
"""Rules of what a plan says about itself."""

RULES = (*DATE_RULES, *PEOPLE_RULES, *CLAIM_RULES)
"""All rules, in the order of reports; `docs/rules.md` lists them."""

SHAPE_RULES: tuple[Rule, ...] = (
    dates.belongs_to_problem,
    dates.dates_every_activity_once,
    dates.dates_every_stage,
    dates.stays_in_horizon,
    dates.follows_in_order,
    people.is_known,
    teams.fills_demanded_seats,
)
"""What makes a plan one of its problem at all: only of such a plan it can be said what else there is."""

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


def misfits(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """What makes a plan no ground for questions: it is no plan of the problem."""
    facts = Facts(problem, plan)
    return tuple(found for rule in SHAPE_RULES for found in rule(facts))


def faults(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """What makes a plan unfit to leave a solve: every violation but the shortages, which are a cost."""
    return tuple(found for found in check(problem, plan) if found.rule not in SHORTAGE_RULES)
