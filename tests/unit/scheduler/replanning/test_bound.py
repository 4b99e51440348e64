"""The proven minimum of moves holds also where only a part of the timetables is listed (R094)."""

import numpy as np
import pytest

from scheduler.events import ClosedWeeks, apply
from scheduler.events.stability import StabilityRule
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.people import Schedule
from scheduler.nearby.timetables import Timetables
from scheduler.people.staff import Staff
from scheduler.replanning.bound import BoundModel
from scheduler.values.result import SolveParams
from tests.builders import span
from tests.known import known
from tests.replanning import published, three_reviews


@pytest.fixture(scope="module")
def units() -> Units:
    """All of the north has to move: its fieldwork is announced for a closed week."""
    problem = three_reviews()
    event = ClosedWeeks(area="north", weeks=span(5, 6))
    return Units(apply(problem, published(problem), event, 0, StabilityRule(frozen_weeks=0)))


def bound(units: Units, found: Timetables) -> int:
    model = BoundModel(units, Staff(units.problem), Schedule({}, ()), [found], frozenset(), units.timetables)
    proven = known(model.solve(SolveParams(num_workers=1), 5.0, lambda: False))
    return proven.moves


def test_a_unit_that_has_to_move_counts_with_its_fewest_moves(units: Units):
    (unit,) = units.forced
    assert bound(units, units.timetables(unit)) == units.fewest_moves(unit) == 1


def test_listed_timetables_that_all_move_more_prove_nothing_of_those_that_are_not_listed(units: Units):
    (unit,) = units.forced
    found = units.timetables(unit)
    some = Timetables(unit, found.nodes, found.starts[:5], found.costs[:5], np.full(5, 2, dtype=np.int64))
    assert not some.is_complete
    assert bound(units, some) == 1
