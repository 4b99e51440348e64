"""Costs are compared under one price list: a plan is counted again at the prices of another one's solve."""

import json

import pytest
from sqlalchemy import Engine

from config.policy import load_policy
from models import PlanVersion, session
from scheduler.cost import make_plan
from scheduler.values.problem import Problem
from services.plans.price_lists import Priced, one_list, policy_then, terms_that_differ, under
from services.problem import build_problem
from tests import tables
from tests.known import known

DEFAULT = load_policy("default")


def problem_of(engine: Engine, option: int = 3) -> Problem:
    with session(engine, read_only=True) as opened:
        return build_problem(opened, option)  # type: ignore[arg-type]


@pytest.fixture
def problem(engine: Engine) -> Problem:
    with session(engine) as opened:
        tables.fill(opened)
    return problem_of(engine)


def priced(problem: Problem, name: str = "plan", policy: object = None) -> Priced:
    return Priced(name, problem, tables.plan_for(problem), policy)  # type: ignore[arg-type]


def dearer(problem: Problem, factor: int = 2) -> Problem:
    """The same with each week of delay at another price."""
    return problem.with_activities(
        lambda activity: activity.model_copy(update={"urgency_price": factor * activity.urgency_price})
    )


def test_plans_of_the_same_prices_cost_what_they_say(problem: Problem) -> None:
    one = priced(problem)
    assert under(one, one) == one.plan.costs
    assert one_list([one, one]) is one


def test_another_price_of_delay_makes_another_list_and_is_named(problem: Problem) -> None:
    one, other = priced(problem, "one"), priced(dearer(problem), "other")
    assert one_list([one, other]) is None
    assert terms_that_differ(other, [one, other]) == ("urgency",)
    again = under(other, one)
    assert again.date_terms["urgency"] == 2 * one.plan.costs.date_terms["urgency"]
    assert again == other.plan.costs


def test_prices_of_people_are_part_of_the_list(problem: Problem) -> None:
    team_prices = problem.team_prices.model_copy(update={"per_km": 3})
    one, other = priced(problem), priced(problem.model_copy(update={"team_prices": team_prices}))
    assert terms_that_differ(other, [one]) == ("travel",)
    assert under(other, one).team_terms["travel"] == 3 * one.plan.costs.team_terms["travel"]


def test_delay_counts_from_the_first_week_of_the_list(problem: Problem) -> None:
    """The same dates, of a problem that begins four weeks later: each week of delay before is missing in its cost."""
    one = priced(problem)
    later = problem.model_copy(update={"first_monday": problem.first_monday.replace(month=10, day=3)})
    starts = {code: tuple(week - 4 for week in weeks) for code, weeks in one.plan.starts().items()}
    other = Priced("later", later, make_plan(later, starts, one.plan.members))
    assert other.plan.costs.date_terms["urgency"] < one.plan.costs.date_terms["urgency"]
    assert under(one, other).date_terms["urgency"] == one.plan.costs.date_terms["urgency"]
    assert under(other, one).date_terms["urgency"] == other.plan.costs.date_terms["urgency"]


def test_what_only_another_option_links_is_priced_by_the_policy_of_the_solve(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened)
    apart, together = problem_of(engine, 4), problem_of(engine, 3)
    prices = DEFAULT.prices.model_copy(
        update={"apart": DEFAULT.prices.apart.model_copy(update={"price_per_week": 5})}
    )
    policy = DEFAULT.model_copy(update={"prices": prices})
    one = priced(apart)
    own = one.plan.costs.date_terms["sequencing"]
    assert own > 0
    assert under(priced(together, policy=policy), one).date_terms["sequencing"] == 5 * own
    assert under(priced(together), one).date_terms["sequencing"] == own


def test_a_published_plan_and_a_draft_that_moves_it_are_priced_by_the_list_of_the_draft(
    engine: Engine,
) -> None:
    """R018: the published one moves nothing, so it costs what it says there."""
    tables.published(engine)
    with session(engine) as opened:
        before = Priced("published", *_stored(opened.get_one(PlanVersion, 1)))
    draft = priced(tables.thawed(problem_of(engine)), "draft")
    moved = {code: tuple(week + 1 for week in weeks) for code, weeks in draft.plan.starts().items()}
    draft = draft._replace(plan=make_plan(draft.problem, moved, draft.plan.members))
    assert draft.plan.costs.date_terms["stability"] > 0
    assert known(one_list([before, draft])).name == "draft"


def _stored(row: PlanVersion) -> tuple[Problem, object]:
    from scheduler.values.documents import load_plan, load_problem

    return load_problem(row.problem_json), load_plan(row.plan_json)


def test_the_policy_of_a_solve_is_the_one_that_was_kept(engine: Engine) -> None:
    tables.published(engine)
    with session(engine) as opened:
        row = opened.get_one(PlanVersion, 1)
        assert known(policy_then(row)).prices == DEFAULT.prices
        row.rules = json.dumps({"policy/default.toml": {"prices": {}}})
        assert policy_then(row) is None
        opened.rollback()
    assert policy_then(None) is None
