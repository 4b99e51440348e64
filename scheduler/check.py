"""The independent check: does a plan keep every rule, and does it cost what it says?

Pure Python without a solver. It shares no code with the solver's model, rows or costing, so that an
error in one of them shows here. Each rule has one file in `scheduler.rules`.
"""

from collections.abc import Callable, Iterator

from scheduler.rules import (
    anonymous_pools,
    belongs_to_problem,
    bodies,
    claims,
    closed_weeks,
    conflicts,
    demanded_seats,
    drafting,
    every_activity_once,
    every_stage,
    frozen_dates,
    frozen_zone,
    horizon,
    joint_places,
    known_people,
    lag_links,
    leaders,
    one_review_a_week,
    one_seat_each,
    partner_limits,
    period_limits,
    pins,
    presence,
    rest_weeks,
    rotation,
    saved_places,
    skills,
    stage_lags,
    start_window,
    team_size,
    training,
    within_links,
    yearly_maximum,
)
from scheduler.rules.facts import Facts
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.violations import Violation

Rule = Callable[[Facts], Iterator[Violation]]

DATE_RULES: tuple[Rule, ...] = (
    belongs_to_problem.belongs_to_problem,
    every_activity_once.dates_every_activity_once,
    every_stage.dates_every_stage,
    start_window.starts_in_window,
    horizon.stays_in_horizon,
    stage_lags.keeps_lags,
    closed_weeks.avoids_closed_weeks,
    pins.keeps_pins,
    frozen_dates.keeps_frozen_dates,
    frozen_zone.keeps_frozen_zone,
    lag_links.keeps_lag_links,
    within_links.keeps_within_links,
    period_limits.keeps_period_limits,
    partner_limits.keeps_partner_limits,
    anonymous_pools.keeps_anonymous_pools,
    saved_places.saves_places_for_a_reason,
    joint_places.visits_together,
)
"""Rules that the dates alone keep or break, in the order of reports."""

PEOPLE_RULES: tuple[Rule, ...] = (
    known_people.is_known,
    one_review_a_week.works_on_one_review_a_week,
    rest_weeks.rests,
    presence.is_present,
    training.is_trained,
    yearly_maximum.keeps_maximum,
    drafting.drafts_few_at_a_time,
    conflicts.has_no_conflict,
    rotation.rotates,
    demanded_seats.fills_demanded_seats,
    one_seat_each.fills_one_seat_each,
    skills.has_skills,
    leaders.has_leader,
    bodies.has_bodies,
    team_size.keeps_team_size,
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
