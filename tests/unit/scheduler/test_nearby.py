"""A few areas chosen again together: their timetables, what they use, and the people around them."""

from pathlib import Path

import numpy as np
import pytest

from scheduler.dates.alone import best_by_week, node_costs, timetables_alone
from scheduler.nearby.candidates import candidates_near
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.model import JointModel
from scheduler.nearby.people import Schedule
from scheduler.people.staff import Staff
from scheduler.run.progress import Progress
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams
from tests.builders import inspector, members, review, team, two_areas
from tests.exact import all_dates
from tests.known import known
from tests.tiny import tiny_problem

SCHEDULER = Path(__file__).parents[3] / "scheduler"
ONE_WORKER = SolveParams(num_workers=1)


def texts() -> dict[str, str]:
    """All files of the scheduler by their place therein."""
    return {str(path.relative_to(SCHEDULER)): path.read_text("utf-8") for path in SCHEDULER.rglob("*.py")}


@pytest.mark.parametrize(
    ("call", "files"),
    [
        (".for_member(", {"dates/alone.py"}),
        ("takes_place=literals", {"nearby/people.py"}),
    ],
    ids=["one component alone", "people of options"],
)
def test_each_local_model_stands_once(call: str, files: set[str]) -> None:
    assert {name for name, text in texts().items() if call in text} == files


@pytest.mark.parametrize(("option", "seed"), [(1, 0), (2, 1), (3, 2), (4, 3)])
def test_the_timetables_of_one_area_are_all_its_dates(option: int, seed: int) -> None:
    problem = tiny_problem(option, seed, num_areas=1)  # type: ignore[arg-type]
    units = Units(problem)
    listed = [units.listed(unit, {}, 10**6) for unit in range(len(units))]
    number = int(np.prod([len(known(found)) for found in listed]))
    assert number == len(list(all_dates(problem)))
    for found in map(known, listed):
        assert found.is_complete
        assert len(known(units.listed(found.unit, {}, len(found)))) == len(found)
        assert units.listed(found.unit, {}, len(found) - 1) is None


def test_the_cheapest_timetable_of_each_week_is_among_all_of_them() -> None:
    graph = Units(tiny_problem(4, 1)).graph
    for component in range(len(graph.components)):
        starts, costs = known(timetables_alone(graph, component, 10**6))
        cheapest = {int(week): costs[starts[:, 0] == week].min() for week in set(starts[:, 0])}
        best = best_by_week(graph, component, 0)
        own = {tuple(row): cost for row, cost in zip(starts.tolist(), costs.tolist(), strict=True)}
        assert {row[0]: own[tuple(row)] for row in best.tolist()} == cheapest


def test_a_component_is_priced_at_a_copy_of_its_costs() -> None:
    graph = Units(tiny_problem(1, 0)).graph
    before = [group.node_costs.copy() for group in graph.groups]
    node_costs(graph, 0)[:] = 7
    timetables_alone(graph, 0, 10**6)
    assert all((own == group.node_costs).all() for own, group in zip(before, graph.groups, strict=True))


def test_what_many_timetables_use_is_what_each_of_them_uses() -> None:
    units = Units(tiny_problem(3, 2))
    for unit in range(len(units)):
        found = units.timetables(unit)
        together: dict[int, dict[int, int]] = {number: {} for number in range(len(found))}
        for number, row, use in zip(*(own.tolist() for own in units.entries(found)), strict=True):
            together[number][row] = use
        assert together == {number: units.uses(unit, found.starts_of(number)) for number in together}


def test_candidates_keep_the_present_dates_and_stay_near_them() -> None:
    units = Units(two_areas())
    present = {"jar-north": (10, 13), "jar-south": (5, 8)}
    found = candidates_near(units, units.unit_of["jar-north"], present, radius_weeks=2)
    assert found.are_at(present).sum() == 1
    every = units.timetables(found.unit).starts
    is_near = (np.abs(every - found.weeks_in(present)) <= 2).all(axis=1)
    assert 1 < is_near.sum() < len(every)
    assert sorted(found.starts.tolist()) == sorted(every[is_near].tolist())


def two_of_one(**changes: object) -> Problem:
    """Two reviews of one person each, and two people who could do either."""
    wanted = team("education", min_members=1, min_bodies=1, needs_leader=False)
    people = (inspector("ann", "Ofsted", "education"), inspector("bob", "CSCI", "education"))
    reviews = (review("north", team=wanted), review("south", team=wanted))
    return two_areas(**{"activities": reviews, "inspectors": people} | changes)


def test_nobody_near_changes_who_need_not() -> None:
    problem = two_of_one()
    starts = {"jar-north": (0, 3), "jar-south": (0, 3)}
    present = Schedule(starts, members({"jar-south": {"education": "ann"}}))
    model = JointModel(Units(problem), Staff(problem), present, {}, around=["jar-north"])
    found = known(model.solve(("uncovered", "present_people"), ONE_WORKER, 10.0, Progress("teams", 10.0)))
    assert {(own.activity, own.inspector) for own in found.members} == {
        ("jar-north", "bob"),
        ("jar-south", "ann"),
    }


def test_someone_near_changes_where_a_place_would_stay_open() -> None:
    """Bob may not work in the north: ann goes there, and he takes her place."""
    people = (
        inspector("ann", "Ofsted", "education"),
        inspector("bob", "CSCI", "education", conflicts=("north",)),
    )
    problem = two_of_one(inspectors=people)
    starts = {"jar-north": (0, 3), "jar-south": (0, 3)}
    present = Schedule(starts, members({"jar-south": {"education": "ann"}}))
    model = JointModel(Units(problem), Staff(problem), present, {}, around=["jar-north"])
    found = known(model.solve(("uncovered", "present_people"), ONE_WORKER, 10.0, Progress("teams", 10.0)))
    assert {(own.activity, own.inspector) for own in found.members} == {
        ("jar-north", "ann"),
        ("jar-south", "bob"),
    }
