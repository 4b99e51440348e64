"""Repair moves a few areas so that people suffice, and never makes a plan worse."""

from typing import Any

import pytest

from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.cost import date_terms, make_plan
from scheduler.dates.running import Running
from scheduler.nearby.candidates import candidates_near
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.model import JointModel
from scheduler.nearby.people import Schedule
from scheduler.nearby.repairing import repair
from scheduler.people.staff import Staff
from scheduler.run.answers import TeamsAnswer
from scheduler.run.progress import Progress
from scheduler.teams.assignment import assign_teams
from scheduler.values.problem import AnonymousPool, PeriodLimit, Problem, WithinLink
from scheduler.values.result import SolveParams
from tests.builders import assessment, inspector, ref, review, span, team, two_areas
from tests.exact import cheapest_dates, dates_in_limits, keeps_limits
from tests.known import known
from tests.tiny import tiny_problem

PARAMS = SolveParams(teams_seconds=10.0)
Starts = dict[str, tuple[int, ...]]

AT_ONCE: Starts = {"jar-north": (0, 3), "jar-south": (0, 3)}


def one_team_for_two(**changes: Any) -> Problem:
    """Two reviews and people for one at a time; a week of delay costs 3 in the north, 5 in the south."""
    wanted = team("education", min_members=2, min_bodies=2)
    north = review("north", team=wanted, urgency_price=3)
    south = review("south", team=wanted, urgency_price=5)
    people = (inspector("ann", "Ofsted", is_leader=True), inspector("cat", "CSCI", "education"))
    return two_areas(**{"activities": (north, south), "inspectors": people} | changes)


def with_reviews(problem: Problem, **changes: Any) -> Problem:
    """All reviews of a problem changed in the same way."""
    activities = (
        own.model_copy(update=changes) if own.team is not None else own for own in problem.activities
    )
    return problem.model_copy(update={"activities": tuple(activities)})


def repaired(problem: Problem, starts: Starts, **changes: Any) -> tuple[Starts, TeamsAnswer]:
    """Dates and teams after the repair of a schedule that is short of people."""
    answer = assign_teams(problem, starts, PARAMS)
    assert answer.uncovered > 0
    found = repair(Running.begin(problem, PARAMS.model_copy(update=changes)), starts, answer)
    broken = {own.rule for own in check(problem, make_plan(problem, found[0], found[1].members))}
    assert broken <= SHORTAGE_RULES
    return found


def test_a_review_moves_to_weeks_in_which_people_are_free() -> None:
    starts, answer = repaired(one_team_for_two(), AT_ONCE)
    assert answer.uncovered == 0
    assert starts["jar-north"] != starts["jar-south"]


def test_the_cheapest_move_is_made() -> None:
    """The gap between analysis and fieldwork takes the other review's analysis: one of them starts a week later."""
    problem = one_team_for_two()
    covered = known(cheapest_dates(problem, covered=True))
    starts, _ = repaired(problem, AT_ONCE)
    assert sum(date_terms(problem, starts).values()) == covered[0]


def test_the_figures_say_what_was_moved() -> None:
    _, answer = repaired(one_team_for_two(), AT_ONCE)
    assert any("uncovered places 2 to 0" in remark for remark in answer.figures.remarks)


def test_pinned_reviews_stay_and_the_answer_stays_with_them() -> None:
    problem = with_reviews(one_team_for_two(), pinned_starts=(0, 3))
    answer = assign_teams(problem, AT_ONCE, PARAMS)
    assert repair(Running.begin(problem, PARAMS), AT_ONCE, answer) == (AT_ONCE, answer)


def test_only_one_of_two_is_pinned_then_the_other_moves() -> None:
    problem = one_team_for_two()
    north = problem.activities[0].model_copy(update={"pinned_starts": (0, 3)})
    starts, answer = repaired(
        problem.model_copy(update={"activities": (north, problem.activities[1])}), AT_ONCE
    )
    assert (starts["jar-north"], answer.uncovered) == ((0, 3), 0)


def test_a_narrow_window_is_kept() -> None:
    problem = with_reviews(one_team_for_two(), start_window=span(0, 1))
    starts, answer = repaired(problem, AT_ONCE)
    assert answer.uncovered > 0
    assert all(own[0] == 0 for own in starts.values())


@pytest.mark.parametrize(("maximum", "uncovered"), [(1, 2), (2, 0)])
def test_a_hard_limit_of_a_period_is_kept(maximum: int, uncovered: int) -> None:
    """After week 0 at most `maximum` reviews may start, but both must leave it or share its people."""
    late = PeriodLimit(id="late", span=span(1, 52), kinds=("jar",), maximum=maximum - 1)
    starts, answer = repaired(one_team_for_two(period_limits=(late,)), AT_ONCE)
    assert answer.uncovered == uncovered
    assert sum(own[0] >= 1 for own in starts.values()) == maximum - 1


@pytest.mark.parametrize(("price", "first"), [(0, 2), (1000, 6)])
def test_a_priced_limit_of_a_period_is_weighed(price: int, first: int) -> None:
    soon = PeriodLimit(id="soon", span=span(1, 6), kinds=("jar",), maximum=0, price=price, max_excess=2)
    starts, answer = repaired(one_team_for_two(period_limits=(soon,)), AT_ONCE)
    assert (answer.uncovered, starts["jar-north"][0]) == (0, first)


@pytest.mark.parametrize(("is_busy", "stays"), [(True, True), (False, False)])
def test_what_hangs_on_a_review_moves_with_it_if_its_pool_has_room(is_busy: bool, stays: bool) -> None:
    """The assessment must lie within the fieldwork (R034), and its only team may be busy until week 12."""
    busy = ({"span": span(0, 12), "units": 0},) if is_busy else ()
    problem = one_team_for_two()
    problem = Problem(
        **{
            **dict(problem),
            "activities": (*problem.activities, assessment("north", start_window=span(0, 50))),
            "links": (WithinLink(inner=ref("ca-north"), outer=ref("jar-north", "fieldwork")),),
            "pools": (AnonymousPool(id="audit_commission", units=1, exceptions=busy),),
        }
    )
    late: Starts = {"jar-north": (9, 12), "ca-north": (12,), "jar-south": (9, 12)}
    starts, answer = repaired(problem, late)
    assert answer.uncovered == 0
    assert starts["ca-north"][0] == starts["jar-north"][1]
    assert (starts["jar-north"] == (9, 12)) is stays


def test_without_a_shortage_nothing_changes() -> None:
    problem, starts = one_team_for_two(), {"jar-north": (0, 3), "jar-south": (20, 23)}
    answer = assign_teams(problem, starts, PARAMS)
    assert repair(Running.begin(problem, PARAMS), starts, answer) == (starts, answer)


def test_teams_that_a_person_stopped_are_not_repaired() -> None:
    problem = one_team_for_two()
    answer = assign_teams(problem, AT_ONCE, PARAMS, stop=lambda: True)
    assert answer.was_stopped
    assert answer.uncovered > 0
    assert repair(Running.begin(problem, PARAMS), AT_ONCE, answer) == (AT_ONCE, answer)


@pytest.mark.parametrize("how", ["no time", "stop", "interrupt"])
def test_an_early_end_keeps_the_given_plan(how: str) -> None:
    def interrupt() -> bool:
        raise KeyboardInterrupt

    problem = one_team_for_two()
    answer = assign_teams(problem, AT_ONCE, PARAMS)
    params = PARAMS.model_copy(update={"teams_seconds": 0.0}) if how == "no time" else PARAMS
    stop = {"no time": None, "stop": lambda: True, "interrupt": interrupt}[how]
    assert repair(Running.begin(problem, params, stop=stop), AT_ONCE, answer) == (AT_ONCE, answer)


MENDABLE = (0, 8, 10, 14, 20, 23, 28, 36)
HOPELESS = (2, 4, 6, 12)


def tiny_shortage(seed: int) -> tuple[Problem, Starts, TeamsAnswer]:
    """A tiny problem, the first dates that keep its limits, and their teams with an uncovered seat."""
    problem = tiny_problem((1, 2, 3, 4)[seed % 4], seed)
    starts = next(dates_in_limits(problem))
    answer = assign_teams(problem, starts, PARAMS)
    assert answer.uncovered > 0
    return problem, starts, answer


@pytest.mark.parametrize("seed", MENDABLE + HOPELESS)
def test_a_model_of_all_areas_finds_the_cheapest_covered_dates(seed: int) -> None:
    problem, starts, answer = tiny_shortage(seed)
    units = Units(problem)
    moving = {
        unit: candidates_near(units, unit, starts, radius_weeks=99, per_pattern=10_000)
        for unit in range(len(units))
    }
    model = JointModel(units, Staff(problem), Schedule(starts, answer.members), moving)
    found = known(model.solve(("uncovered", "date_cost"), PARAMS, 10.0, Progress("teams", 10.0)))
    assert keeps_limits(problem, dict(found.starts))
    after = assign_teams(problem, found.starts, PARAMS)
    covered = cheapest_dates(problem, covered=True)
    if seed in HOPELESS:
        assert covered is None
        assert 0 < after.uncovered <= answer.uncovered
    else:
        cost = sum(date_terms(problem, found.starts).values())
        assert (after.uncovered, cost) == (0, known(covered)[0])


@pytest.mark.parametrize("seed", MENDABLE[:3] + HOPELESS[:3])
def test_repair_never_makes_a_plan_worse(seed: int) -> None:
    problem, starts, answer = tiny_shortage(seed)
    later, after = repair(
        Running.begin(problem, PARAMS.model_copy(update={"teams_seconds": 2.0})), starts, answer
    )
    cost = [sum(date_terms(problem, own).values()) for own in (starts, later)]
    assert (after.uncovered, cost[1]) <= (answer.uncovered, cost[0])
    broken = {own.rule for own in check(problem, make_plan(problem, later, after.members))}
    assert broken <= SHORTAGE_RULES
