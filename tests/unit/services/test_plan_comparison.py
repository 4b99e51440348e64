"""Stored plans side by side."""

from datetime import date

import pytest
from sqlalchemy import Engine

from models import PlanVersion, session
from services.errors import NotFound
from services.plans.plan_store import load_plan
from services.shown import plan_comparison
from services.shown.option_charts import Across, Up
from services.shown.plan_comparison import Comparison, compare_plans, newest_of_options
from services.shown.plan_shifts import shift_chart
from tests import tables
from tests.known import known


@pytest.fixture
def two_plans(engine: Engine) -> Engine:
    """A published plan, and a draft that starts Wigan two weeks later."""
    tables.published(engine, 3)
    with session(engine) as opened:
        tables.store(opened, {"wigan": date(2006, 5, 29)})
    return engine


def compared(engine: Engine, *numbers: int, is_simulated: bool = False) -> Comparison:
    with session(engine, read_only=True) as opened:
        return compare_plans(opened, numbers, across=Across.BURDEN, up=Up.COST, is_simulated=is_simulated)


def test_every_bar_is_the_cost_of_its_plan_with_what_is_proven(two_plans: Engine) -> None:
    found = compared(two_plans, 1, 2)
    with session(two_plans, read_only=True) as opened:
        rows = [opened.get_one(PlanVersion, number) for number in (1, 2)]
    assert [bar.total for bar in found.costs.bars] == [row.date_cost for row in rows]
    assert [bar.bound for bar in found.costs.bars] == [row.date_bound for row in rows]
    assert all(len(bar.costs) == len(found.costs.terms) for bar in found.costs.bars)
    assert found.costs.bars[0].name == "Plan 1, option 3"


def test_activities_in_other_weeks_are_counted_against_the_first_plan(two_plans: Engine) -> None:
    found = compared(two_plans, 1, 2)
    assert found.remarks == ()
    [(version, chart)] = found.shifts
    assert version == 2
    assert sum(count for _words, count in chart.columns) == 6
    assert chart.title.startswith(
        "Against Plan 1, option 3, 2 of 6 activities of Plan 2, option 3 begin in another week, most often "
    )


def test_who_else_works_there_is_no_other_week(two_plans: Engine) -> None:
    """An activity with other people and the same week is a change of the list, and none of the count."""
    with session(two_plans, read_only=True) as opened:
        stored = load_plan(opened, 1)
    fewer = stored.plan.model_copy(update={"members": stored.plan.members[1:]})
    chart = shift_chart(stored.problem, stored.plan, fewer, ("plan 1", "another"))
    assert chart.title == "Against plan 1, every activity of another begins in the same week"
    assert [count for _words, count in chart.columns if count] == [6]


def test_costs_of_two_price_lists_are_not_put_side_by_side_in_silence(two_plans: Engine) -> None:
    with session(two_plans) as opened:
        opened.get_one(PlanVersion, 2).rules += "\n# other prices"
    assert (
        compared(two_plans, 1, 2)
        .remarks[0]
        .startswith("These plans were made under different rules or prices")
    )


def test_robustness_is_simulated_only_where_it_is_asked_for(two_plans: Engine) -> None:
    assert compared(two_plans, 1, 2).robustness is None
    simulated = known(compared(two_plans, 1, 2, is_simulated=True).robustness)
    assert all(0 <= dot.x <= 100 for dot in simulated.dots)
    assert len(simulated.dots) == 2


def test_the_newest_plan_of_each_option_is_offered(two_plans: Engine) -> None:
    with session(two_plans) as opened:
        opened.get_one(PlanVersion, 1).option = "1"
    with session(two_plans, read_only=True) as opened:
        assert newest_of_options(opened) == [1, 2]
    with session(two_plans) as opened:
        opened.get_one(PlanVersion, 2).option = "1"
    with session(two_plans, read_only=True) as opened:
        assert newest_of_options(opened) == [2]


def test_a_plan_that_is_not_there_is_named(two_plans: Engine) -> None:
    with pytest.raises(NotFound, match="plan 9"):
        compared(two_plans, 1, 9)


def test_what_was_measured_once_is_not_measured_again_under_another_name(
    two_plans: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = compared(two_plans, 1, 2)
    monkeypatch.setattr(plan_comparison, "scenario", None)
    with session(two_plans) as opened:
        opened.get_one(PlanVersion, 2).option = "1"
    after = compared(two_plans, 2, 1)
    assert [bar.costs for bar in after.costs.bars] == [bar.costs for bar in before.costs.bars][::-1]
    assert [bar.name for bar in after.costs.bars] != [bar.name for bar in before.costs.bars][::-1]
