"""What is said of other weeks: that there is none and why, that none is cheaper, and whose price is in which figure."""

from collections.abc import Iterator

import pytest

from scheduler import Plan, Problem, explain
from scheduler.candidates.plan_state import PlanState
from scheduler.candidates.weeks import week_candidates
from scheduler.cost import make_plan
from scheduler.explaining.displacements import Displaced, Displacement
from scheduler.explaining.impossible_weeks import Hindrance
from scheduler.values.problem import AnonymousPool, Calendar, Closure, Published, Stage
from services.naming.names import Names
from services.shown.reasons.answers import explanation_lines
from services.shown.reasons.candidate_rows import week_row
from services.shown.reasons.shortfalls import displacement_in_words
from services.shown.reasons.standing_words import FIXED
from tests.builders import area, changed, one_area, review, span
from tests.known import known


def visits() -> Problem:
    """Two visits of two weeks, one at a time, the first dearer than the second."""
    stage = Stage(
        id="on_site", duration_weeks=2, pool_demand={"teams": 1}, calendars=("school",), on_site=True
    )
    return one_area(
        num_weeks=16,
        areas=(area("Alpha"), area("Beta")),
        activities=tuple(
            review(name, stages=(stage,), team=None, start_window=span(0, 9), urgency_price=price)
            for name, price in (("alpha", 5), ("beta", 3))
        ),
        pools=(AnonymousPool(id="teams", units=1),),
        calendars=(Calendar(id="school"),),
        inspectors=(),
    )


def planned(problem: Problem, alpha: int = 0, beta: int = 2) -> Plan:
    return make_plan(problem, {"jar-alpha": (alpha,), "jar-beta": (beta,)}, ())


def told(problem: Problem, plan: Plan, name: str) -> str:
    return "\n".join(explanation_lines(Names(problem), explain(problem, plan, name)))


def fixed() -> Iterator[tuple[Hindrance, Problem]]:
    """Alpha with one week that is left to it, for every reason that there can be."""
    problem = visits()
    frozen = Published(starts=(0,), is_frozen=True)
    yield "pinned", changed(problem, "activities", "jar-alpha", pinned_starts=(0,))
    yield "frozen", changed(problem, "activities", "jar-alpha", published=frozen)
    yield "window", changed(problem, "activities", "jar-alpha", start_window=span(0, 1))
    shut = Calendar(id="school", closures=(Closure(span=span(2, 16), reason="works"),))
    yield "closed", problem.model_copy(update={"calendars": (shut,), "activities": problem.activities[:1]})


@pytest.mark.parametrize(("why", "problem"), list(fixed()), ids=[why for why, _ in fixed()])
def test_an_area_without_another_week_is_told_so_and_why(why: Hindrance, problem: Problem) -> None:
    """R016, R019, R043: not that no other week would be cheaper."""
    plan = make_plan(
        problem, {own.id: (0,) if own.id == "jar-alpha" else (2,) for own in problem.activities}, ()
    )
    answer = explain(problem, plan, "alpha")
    assert (answer.other_weeks, answer.fixed_by) == (0, why)
    assert week_candidates(PlanState(problem, plan), "jar-alpha").fixed_by == why
    words = told(problem, plan, "alpha")
    assert f"is open to the JAR of Alpha: {FIXED[why]}." in words
    assert "cheaper" not in words


def test_an_area_whose_other_weeks_are_all_dearer_is_told_how_many_there_are() -> None:
    problem = visits()
    plan = planned(problem)
    answer = explain(problem, plan, "alpha")
    assert (answer.other_weeks, answer.fixed_by) == (8, None)
    assert "8 other weeks are open to it; none would be cheaper" in told(problem, plan, "alpha")
    assert week_candidates(PlanState(problem, plan), "jar-alpha").fixed_by is None


def test_what_others_cost_is_counted_in_the_rise_of_a_week() -> None:
    """Beta takes Alpha's week: the rise of the row is that of both, five is a week of delay (R023)."""
    problem = visits()
    plan = planned(problem)
    answer = week_candidates(PlanState(problem, plan), "jar-beta")
    row = next(week_row(Names(problem), found) for found in answer.weeks if found.week == 0)
    assert (row.rise, row.as_weeks) == (2 * 5 - 2 * 3, 0.8)
    assert row.what.startswith("Alpha (alpha) moves from the week of")


def test_what_others_cost_is_told_together_with_the_saving_of_an_explanation() -> None:
    problem = visits()
    plan = planned(problem, alpha=2, beta=0)
    answer = explain(problem, plan, "alpha")
    first = next(own for own in answer.alternatives if own.first_week == 0)
    assert (first.saving, known(first.displacement).price) == (10, 6)
    assert "for 6 more: together 4 are saved" in told(problem, plan, "alpha")


@pytest.mark.parametrize(
    ("price", "saving", "words"),
    [
        (12, 10, "for 12 more: together it costs 2 more"),
        (-42, 10, "which saves 42 too: together 52 are saved"),
        (0, 10, "at no cost: together 10 are saved"),
    ],
)
def test_a_price_and_a_saving_are_told_together(price: int, saving: int, words: str) -> None:
    moved = Displaced(areas=("beta",), activities=("jar-beta",), before=0, after=2)
    found = Displacement(moved=(moved,), price=price, people_changed=0)
    text = displacement_in_words(Names(visits()), found, saving)
    assert text.endswith(words)
