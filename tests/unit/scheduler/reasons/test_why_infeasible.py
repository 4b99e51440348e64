"""Why there is no plan: facts that clash, none of them too many, and the smallest changes that mend it."""

from pathlib import Path

import pytest

from benchmarks.instances import Option, small
from scheduler import Problem, SolveParams, Status, solve, why_infeasible
from scheduler.explaining.clashes import Judge
from scheduler.explaining.facts import facts_of, single_facts, without
from scheduler.explaining.impossibility import Conflict
from scheduler.explaining.remedies import Remedy, remedied
from scheduler.validating.validation import validate
from scheduler.values.documents import load_problem
from scheduler.values.problem import AnonymousPool, Calendar, Closure, NearLink, PeriodLimit, Stage, StageRef
from tests.builders import area, one_area, review, span, two_areas, visit
from tests.complete import complete, complete_plan
from tests.exact import fewest_uncovered
from tests.tiny import tiny_problem

CASES_FOLDER = Path(__file__).parents[3] / "explained_cases"
QUICK = SolveParams(dates_seconds=5, teams_seconds=2)


def limited() -> Problem:
    """Two reviews in six weeks of which one may start."""
    limit = PeriodLimit(id="autumn", span=span(0, 6), kinds=("jar",), maximum=1)
    reviews = tuple(review(name, start_window=span(0, 6), team=None) for name in ("north", "south"))
    return two_areas(activities=reviews, period_limits=(limit,))


def pinned() -> Problem:
    """A review pinned to a week in which its fieldwork would meet Christmas."""
    return one_area(activities=(review("north", pinned_starts=(12, 15)),))


def leaderless() -> Problem:
    """Nobody may lead."""
    problem = small(3, 8, 26)
    people = tuple(own.model_copy(update={"is_leader": False}) for own in problem.inspectors)
    return problem.model_copy(update={"inspectors": people})


def two_lacks() -> Problem:
    """Nobody for some teams, and too few starts of reviews and of corporate assessments a year."""
    problem = small(3, 4, 20)
    limits = [
        own.model_copy(update={"maximum": 1}) if own.id.startswith("FY") else own
        for own in problem.period_limits
    ]
    return problem.model_copy(update={"period_limits": tuple(limits)})


CASES = {"limited": limited, "pinned": pinned, "leaderless": leaderless, "two_lacks": two_lacks}


@pytest.fixture(scope="module", params=CASES, ids=list(CASES))
def case(request: pytest.FixtureRequest) -> tuple[str, Problem, Conflict]:
    problem = CASES[request.param]()
    return request.param, problem, why_infeasible(problem, seconds=40)


def test_the_facts_clash_and_each_of_them_is_needed(case: tuple[str, Problem, Conflict]) -> None:
    _, problem, conflict = case
    judge = Judge(60)
    assert conflict.kind == "impossible"
    assert conflict.is_smallest
    assert 0 < len(conflict.facts) < 6
    bare = without(problem, conflict.facts)
    others_only = judge.verdict(bare).answer
    assert others_only == "possible" or len(conflict.shortages) > 1


def test_what_mends_it_does_when_solved_again(
    case: tuple[str, Problem, Conflict],
) -> None:
    name, problem, conflict = case
    mending = [own for own in conflict.remedies if own.mends]
    assert bool(mending) == (name != "two_lacks")
    assert list(conflict.remedies) == sorted(
        conflict.remedies, key=lambda own: (not own.mends, *own.rank, own.by)
    )
    for own in mending[:2]:
        assert solve(remedied(problem, [own]), QUICK).status in (Status.OPTIMAL, Status.FEASIBLE)


def test_a_maximum_is_raised_by_as_much_as_three_reviews_need_and_by_less_it_stays_impossible() -> None:
    """Three reviews in ten weeks of which one may start."""
    limit = PeriodLimit(id="autumn", span=span(0, 10), kinds=("jar",), maximum=1)
    names = ("North", "South", "West")
    reviews = tuple(review(name.lower(), start_window=span(0, 10)) for name in names)
    problem = one_area(areas=tuple(map(area, names)), activities=reviews, period_limits=(limit,))
    (raised,) = (own for own in why_infeasible(problem).remedies if own.kind == "raise_maximum")
    assert (raised.by, raised.mends) == (2, True)
    assert Judge(20).is_possible(remedied(problem, [raised]))
    assert not Judge(20).is_possible(remedied(problem, [raised.model_copy(update={"by": 1})]))


def test_where_no_single_change_mends_it_some_do_together(case: tuple[str, Problem, Conflict]) -> None:
    name, problem, conflict = case
    assert conflict.mends_together == (name == "two_lacks")
    if conflict.together:
        assert Judge(10).is_possible(remedied(problem, conflict.together))
        assert len(conflict.together) > 1


def test_the_limit_the_pin_and_the_leaders_are_named() -> None:
    """R014: the maximum of autumn; R057: leaders."""
    kinds = {(own.kind, own.owner) for own in why_infeasible(limited()).facts}
    assert ("period_maximum", "autumn") in kinds
    pin = why_infeasible(pinned())
    assert ("pins", ("jar-north",)) in {(own.kind, own.activities) for own in pin.facts}
    assert ("unpin", "jar-north") in {(own.kind, own.target) for own in pin.remedies if own.mends}
    raised = next(own for own in why_infeasible(limited()).remedies if own.kind == "raise_maximum")
    assert (raised.by, raised.mends) == (1, True)


def stored(name: str) -> Problem:
    return load_problem((CASES_FOLDER / f"{name}.json").read_text())


@pytest.mark.parametrize(
    "name", ["leader-not-trained-yet", "period-beyond-the-horizon", "rest-between-two-reviews"]
)
def test_what_is_said_to_mend_a_lack_of_people_is_solved_with_every_place_covered(name: str) -> None:
    """A change that only makes the counts suffice mends nothing: a whole plan must be found, teams included."""
    problem = stored(name)
    assert solve(problem, QUICK).uncovered_places
    conflict = why_infeasible(problem, seconds=40)
    assert (conflict.kind, conflict.is_smallest) == ("impossible", True)
    mending = [own for own in conflict.remedies if own.mends]
    assert mending
    for own in mending:
        assert solve(remedied(problem, [own]), QUICK).uncovered_places == 0
    for own in conflict.remedies:
        if not own.mends:
            assert solve(remedied(problem, [own]), QUICK).uncovered_places != 0


def test_nothing_is_called_possible_for_which_no_plan_covers_every_place() -> None:
    """Two reviews a week apart with one leader, who rests for two: counting by week alone finds nothing short."""
    conflict = why_infeasible(stored("rest-between-two-reviews"), seconds=40)
    assert (conflict.kind, conflict.source, conflict.is_coverable) == ("impossible", "teams", False)
    assert {own.kind for own in conflict.facts} == {"skill", "windows"}


@pytest.mark.parametrize("option", [1, 2, 3, 4])
@pytest.mark.parametrize("seed", [0, 1, 5])
def test_the_verdict_is_what_trying_everything_finds(option: Option, seed: int) -> None:
    problem = tiny_problem(option, seed)
    expected = "possible" if fewest_uncovered(problem) == 0 else "impossible"
    assert Judge(60).verdict(problem).answer == expected


@pytest.mark.parametrize("name", ["leader-not-trained-yet", "period-beyond-the-horizon"])
def test_every_fact_of_a_clash_is_needed_by_trying_everything(name: str) -> None:
    """Beside the facts that clash no other is left, and without any one of them a plan covers every place."""
    problem = stored(name)
    conflict = why_infeasible(problem, seconds=60)
    assert conflict.is_smallest
    parts = [part for fact in facts_of(problem) for part in single_facts(fact)]
    bare = without(problem, [part for part in parts if part not in conflict.facts])
    assert fewest_uncovered(bare) != 0
    for own in conflict.facts:
        assert fewest_uncovered(without(bare, [own])) == 0


def test_a_pin_in_the_frozen_zone_is_told_apart_from_the_zone() -> None:
    """What is pinned may start in the zone; without the pin it may as well, when other facts are looked at alone."""
    pinned_early = review("north", pinned_starts=(2, 5), start_window=span(2, 3))
    nobody = tuple(own.model_copy(update={"is_leader": False}) for own in one_area().inspectors)
    problem = one_area(activities=(pinned_early,), inspectors=nobody, frozen_until=4)
    conflict = why_infeasible(problem, seconds=20)
    assert (conflict.is_smallest, [own.kind for own in conflict.facts]) == (True, ["skill"])


def test_a_clash_is_found_also_where_links_close_a_circle_once_a_pin_is_lifted() -> None:
    """Pinned, the assessment parts the circle; nobody is trained in time either way."""
    fieldwork = StageRef(activity="jar-north", stage="fieldwork")
    reading = StageRef(activity="jar-north", stage="analysis")
    visit_of_ca = StageRef(activity="ca-north", stage="on_site")
    problem = one_area(
        activities=(review("north"), visit("ca", "north", pinned_starts=(9,), start_window=span(9, 10))),
        links=tuple(
            NearLink(one=own, other=visit_of_ca, cap_weeks=3, price_per_week=1)
            for own in (reading, fieldwork)
        ),
        inspectors=tuple(own.model_copy(update={"trained_from": 45}) for own in one_area().inspectors),
    )
    assert validate(problem) == ()
    conflict = why_infeasible(problem, seconds=20)
    assert (conflict.kind, conflict.is_smallest) == ("impossible", True)


def test_people_added_for_one_skill_twice_are_different_people() -> None:
    problem = one_area()
    one = Remedy(kind="add_people", target="education", by=1, span=span(0, 4))
    other = one.model_copy(update={"span": span(4, 8), "by": 2})
    names = [own.id for own in remedied(problem, [one, other]).inspectors]
    assert len(set(names)) == len(problem.inspectors) + 3
    assert validate(remedied(problem, [one, other])) == ()


def test_a_skill_and_a_pool_of_the_same_name_are_told_apart() -> None:
    """Only the pool is short, so no inspector is asked for."""
    stage = Stage(id="on_site", duration_weeks=2, pool_demand={"education": 1})
    reviews = (
        review("north", start_window=span(5, 6)),
        *(
            review(area, id=f"ca-{area}", kind="ca", stages=(stage,), team=None, start_window=span(5, 6))
            for area in ("north", "south")
        ),
    )
    pools = (AnonymousPool(id="education", units=1),)
    conflict = why_infeasible(two_areas(activities=reviews, pools=pools), seconds=40)
    kinds = {own.kind for own in (*conflict.remedies, *conflict.together)}
    assert "add_units" in kinds
    assert "add_people" not in kinds


@pytest.mark.parametrize("name", ["jar-1", "pool:x", "anonymous:y", "x, y", "a + b"])
def test_an_identifier_that_reads_like_a_row_is_an_activity_all_the_same(name: str) -> None:
    """Names are any text: no fact is guessed from what one reads like."""
    closed = Calendar(id="shut", closures=(Closure(span=span(2, 6)),))
    stage = Stage(id="on_site", duration_weeks=1, calendars=("shut",))
    activity = review("north", id=name, stages=(stage,), start_window=span(2, 6), team=None)
    problem = one_area(activities=(activity,), calendars=(closed,))
    conflict = why_infeasible(problem, seconds=20)
    assert [own.activities for own in conflict.shortages] == [(name,)]
    later = [own for own in conflict.remedies if own.kind == "widen_window" and own.span == span(2, 7)]
    assert [(own.by, own.mends, own.stranded_left) for own in later] == [(1, True, 0)]
    earlier = [own for own in conflict.remedies if own.kind == "widen_window" and own.span == span(1, 6)]
    assert [(own.by, own.mends) for own in earlier] == [(1, True)]


def test_a_plan_with_an_uncovered_place_is_told_seat_by_seat() -> None:
    teams = {"jar-south": {"leader": "dan", "safeguarding": "eve"}}
    problem, plan = complete(), complete_plan(teams=teams)
    conflict = why_infeasible(problem, plan)
    assert conflict.kind == "uncovered"
    assert [own.seat.skill for own in conflict.seats] == ["education"]
    assert "ann" in {own.inspector for own in conflict.seats[0].holders}


def test_a_problem_with_a_plan_is_told_to_be_possible() -> None:
    assert why_infeasible(one_area()).kind == "possible"
