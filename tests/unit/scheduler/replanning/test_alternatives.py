"""After an event each plan to choose is the best at something, and what is called proven is (R094)."""

from itertools import permutations

import numpy as np
import pytest

from scheduler.events import InspectorAbsence, NewConflict, Postponement, Resignation
from scheduler.people.staff import Staff
from scheduler.replanning import replanner
from scheduler.replanning.named_choices import named
from scheduler.replanning.people_bound import NEVER, cheapest_pairs, least_people_cost
from scheduler.replanning.replanner import replan
from scheduler.replanning.result import Choice, ChoiceName, ReplanParams, ReplanResult
from scheduler.solving.solver import solve
from scheduler.values.problem import TeamPrices
from scheduler.values.result import SolveParams
from scheduler.values.value import LEADER
from tests.adversary.model import Model
from tests.builders import span
from tests.known import known
from tests.replanning import published, replanned, short_handed, three_reviews

ABSENT = InspectorAbsence(inspector="ann", weeks=span(10, 11))
"""In the week in which the south begins; in the short-handed programme nobody else leads."""


def best_at(found: ReplanResult, name: ChoiceName) -> Choice:
    return next(choice for choice in found.choices if name in choice.names)


@pytest.fixture(scope="module")
def of_absence() -> ReplanResult:
    """All plans to choose from after the only leader is away for a week."""
    return replanned(short_handed(), ABSENT, with_alternatives=True, seconds=60.0)


def test_a_review_moves_no_further_than_it_has_to(of_absence: ReplanResult):
    """One week later the leader is back; the plan with the fewest weeks says so and proves it."""
    near = best_at(of_absence, "fewest_weeks")
    assert (near.moved, near.weeks_moved, near.furthest_weeks, near.uncovered) == (1, 1, 1, 0)
    assert "fewest_weeks" in near.proven
    assert "fewest_moves" in near.names


def test_with_all_dates_kept_the_open_place_is_named_with_its_weeks_and_who_could_come(
    of_absence: ReplanResult,
):
    kept = best_at(of_absence, "dates_kept")
    assert (kept.moved, kept.uncovered, "dates_kept" in kept.proven) == (0, 1, True)
    (place,) = kept.open_places
    assert (place.activity, place.skill, place.weeks.first) == ("jar-south", LEADER, 10)
    (person,) = place.stand_ins
    assert (person.inspector, known(person.hindrance).why) == ("ann", "away")


def test_the_cheapest_plan_is_never_dearer_than_a_fresh_solve(of_absence: ReplanResult):
    fresh = known(solve(of_absence.problem, SolveParams(num_workers=1)).plan)
    cheapest = best_at(of_absence, "lowest_cost")
    cost = fresh.costs.date_cost + fresh.costs.team_cost
    assert (cheapest.uncovered, cheapest.cost) <= (fresh.costs.uncovered_places, cost)


def test_a_small_programme_is_proven_in_every_respect_by_the_exact_model(of_absence: ReplanResult):
    model = Model(of_absence.problem).limit("uncovered", 0)
    cheapest = best_at(of_absence, "lowest_cost")
    assert ("lowest_cost" in cheapest.proven, cheapest.cost) == (True, model.least(model.cost))
    people = best_at(of_absence, "fewest_people")
    assert ("fewest_people" in people.proven, people.people_changed) == (True, 0)


def test_a_stand_in_changes_people_and_a_move_keeps_them():
    found = replanned(three_reviews(), ABSENT, with_alternatives=True, seconds=60.0)
    assert best_at(found, "fewest_moves").people_changed == 1
    loyal = best_at(found, "fewest_people")
    assert (loyal.people_changed, loyal.moved, "fewest_people" in loyal.proven) == (0, 1, True)


def test_plans_that_are_best_at_several_things_are_listed_once_with_all_names():
    found = replanned(
        three_reviews(), Resignation(inspector="ann", from_week=8), now_week=8, with_alternatives=True
    )
    names = [name for choice in found.choices for name in choice.names]
    assert set(names) == {"fewest_moves", "fewest_weeks", "lowest_cost", "fewest_people", "dates_kept"}
    plans = [choice.plan for choice in found.choices]
    assert all(plans.count(plan) == 1 for plan in plans)


def test_a_name_goes_to_every_plan_with_the_best_figure():
    def choice(moved: int, weeks: int, cost: int) -> Choice:
        figures = {"moved": moved, "weeks_moved": weeks, "cost": cost, "people_changed": 0, "uncovered": 0}
        difference = replanned(three_reviews(), ABSENT).choices[0].difference
        weeks_by_name = {"jar-south": weeks} if weeks else {}
        difference = difference.model_copy(update={"weeks": weeks_by_name})
        return Choice.model_construct(names=(), proven=(), difference=difference, **figures)

    first, near, dominated = choice(1, 9, 50), choice(2, 2, 50), choice(3, 9, 60)
    found = named([first, near, dominated], {"fewest_weeks": 2, "lowest_cost": 40}, ())
    assert [c.names for c in found] == [
        ("fewest_moves", "lowest_cost", "fewest_people"),
        ("fewest_weeks", "lowest_cost", "fewest_people"),
    ]
    assert [c.proven for c in found] == [(), ("fewest_weeks",)]


def test_who_makes_room_gives_its_people_by_name_of_the_area_and_week():
    """The west gives its leader to the south, which may not begin before it."""
    event = Postponement(activity="jar-south", not_before=20)
    found = replanned(short_handed(), event, with_alternatives=True, seconds=60.0)
    told = "\n".join(line for choice in found.choices for line in choice.words)
    moved = {move.activity: move.why for choice in found.choices for move in choice.difference.moved}
    assert moved["jar-south"] == "it cannot keep its dates"
    if "jar-west" in moved:
        assert "to South from" in moved["jar-west"]
    assert "to make room for others" not in told


def test_without_alternatives_only_the_fewest_moves_are_answered():
    found = replanned(three_reviews(), NewConflict(inspector="cat", area="south"))
    assert [(choice.names, choice.proven) for choice in found.choices] == [
        (("fewest_moves",), ("fewest_moves",))
    ]


def test_a_first_plan_may_take_the_time_of_the_others(monkeypatch):
    """On a busy machine the search for the fewest moves was over before it had any plan: nothing was answered."""
    monkeypatch.setattr(replanner, "MAIN_SHARE", 1e-9)
    event = Postponement(activity="jar-south", not_before=20)
    found = replanned(short_handed(), event, with_alternatives=True, seconds=60.0)
    assert known(found.main).moved >= 1


def test_stopped_alternatives_leave_the_plan_with_the_fewest_moves():
    problem, calls = three_reviews(), [0]

    def stop() -> bool:
        calls[0] += 1
        return calls[0] > 40

    found = replan(problem, published(problem), ABSENT, ReplanParams(num_workers=1, seconds=60.0), stop=stop)
    assert known(found.main).moved == 0
    assert "fewest_moves" in known(found.main).names


def test_no_teams_cost_less_than_the_cheapest_people_of_each():
    """Cat may not work in the south any more: whoever comes, one announced person leaves."""
    problem = three_reviews(team_prices=TeamPrices(per_km=1, per_person_changed=7))
    after = replanned(problem, NewConflict(inspector="cat", area="south")).problem
    best = known(Model(after).limit("uncovered", 0).best(("people",)))
    assert 7 <= least_people_cost(Staff(after)) <= best.values[0]


@pytest.mark.parametrize("seed", range(6))
def test_the_cheapest_pairs_are_those_of_trying_all(seed: int):
    draw = np.random.default_rng(seed)
    costs = draw.integers(-20, 60, size=(3, 5)).astype(np.int64)
    costs[draw.random(costs.shape) < 0.2] = NEVER
    sums = [
        sum(int(costs[row, column]) for row, column in enumerate(pick)) for pick in permutations(range(5), 3)
    ]
    allowed = [total for total in sums if total < NEVER // 2]
    assert not allowed or cheapest_pairs(costs) == min(allowed)
