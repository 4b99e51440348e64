"""Options side by side as figures, rows and a picture (R038)."""

import pytest
from sqlalchemy import Engine

from config.links import Pair
from models import session
from scheduler.options import compose
from services.problem import build_problem
from services.shown.export_tables import followed_options
from services.shown.option_charts import Across, Up, trade_off_dots
from services.shown.option_rows import markdown, options_table
from services.solves.options import SolvedMix
from services.solves.scenarios import Draws, adopt_mix, option_name, options_in_words, scenario
from services.solves.solving import Solved
from tests.complete import complete, complete_plan
from tests.known import known
from tests.tables import AT, WHO, fill, result_of

PROBLEM, PLAN = complete().model_copy(update={"pair": ("jar", "ca")}), complete_plan()
PAIR = Pair(first="jar", second="ca")


def mix_with(bound: int) -> SolvedMix:
    solved = Solved(1, "mixed", None, PROBLEM, result_of(PROBLEM, PLAN))
    return SolvedMix(solved, {"a": "1"}, bound, 1)


def test_a_scenario_has_cost_gap_and_measures() -> None:
    cost = PLAN.costs.date_cost
    own = scenario("3", PROBLEM, PLAN, bound=cost // 2, mix=mix_with(0), draws=Draws(10))
    assert own.gap == pytest.approx((cost - cost // 2) / cost)
    assert own.mix_gap == 1.0
    assert known(own.robustness).draws == 10
    assert scenario("3", PROBLEM, PLAN).robustness is None


def test_the_table_has_a_column_for_each_option_and_leaves_out_what_nobody_knows() -> None:
    alone = options_table([scenario("1", PROBLEM, PLAN)])
    both = options_table(
        [scenario("1", PROBLEM, PLAN, draws=Draws(10)), scenario("mixed", PROBLEM, PLAN, mix=mix_with(1))]
    )
    assert alone.columns == ("", "Option 1 (JAR first)")
    assert both.columns[2] == "Mixed"
    rows = {row[0]: row[1:] for row in both.rows}
    assert rows["Bound over all mixes"] == (None, 1)
    assert rows["Areas whose option is proven"] == (None, 1)
    assert rows["Draws"] == (10, None)
    assert rows["Needed at once: audit_commission"] == (1, 1)
    assert "Draws" not in {row[0] for row in alone.rows}
    assert "| Draws | 10 | - |" in markdown(both)


def test_the_picture_shows_what_is_asked_for() -> None:
    scenarios = [scenario("1", PROBLEM, PLAN), scenario("mine", PROBLEM, PLAN, draws=Draws(10))]
    months = trade_off_dots(scenarios)
    assert [dot.name for dot in months.dots] == ["Option 1 (JAR first)", "mine"]
    assert months.dots[0].y == PLAN.costs.date_cost
    assert "least cost of dates" in months.title
    kept = trade_off_dots(scenarios, Across.KEPT, Up.URGENCY)
    assert [dot.name for dot in kept.dots] == ["mine"]
    assert kept.dots[0].y == PLAN.costs.date_terms["urgency"]
    assert trade_off_dots([]).title == "There is nothing to compare"


def test_names_and_counts_read_as_words() -> None:
    pair = ("youth_visit", "care_visit")
    assert option_name("1", pair) == "Option 1 (YOUTH VISIT first)"
    assert option_name("2", pair) == "Option 2 (CARE VISIT first)"
    assert [option_name(name, None) for name in ("mixed", "x", "2")] == ["Mixed", "x", "2"]
    assert options_in_words({"a": "3", "b": "1", "c": "3"}) == "option 1: 1, option 3: 2"


def test_an_adopted_mix_is_what_mixed_means_from_then_on(engine: Engine) -> None:
    """R039: the problem built from the areas' own options is the one composed of the mix."""
    choice = {"sheffield": "1", "cheshire": "4", "wigan": "2"}
    with session(engine) as opened:
        fill(opened)
        assert adopt_mix(opened, choice, WHO, lambda: AT) == 3
        assert adopt_mix(opened, choice, WHO, lambda: AT) == 0
    with session(engine, read_only=True) as opened:
        variants = {str(option): build_problem(opened, option) for option in (1, 2, 3, 4)}
        built = build_problem(opened, "mixed")
    composed = compose(variants, choice, built.name)
    assert composed.activities == built.activities
    assert set(composed.links) == set(built.links)
    assert composed == built
    assert followed_options(built, PAIR) == choice


def test_only_links_between_review_and_assessment_say_which_option_an_area_follows() -> None:
    """R039: South's link to its fostering inspection says nothing."""
    assert followed_options(PROBLEM, PAIR) == {"north": "1", "south": "3"}
    assert followed_options(PROBLEM.model_copy(update={"links": PROBLEM.links[3:]}), PAIR) == {}
    assert followed_options(PROBLEM, None) == {}
