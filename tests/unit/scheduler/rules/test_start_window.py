"""Activities start in their windows (R013, R014)."""

import pytest

from tests.builders import (
    one_area,
    review,
    span,
)
from tests.rule_cases.plans import rules_of_dates
from tests.rule_cases.solving import solved_starts


@pytest.mark.parametrize(
    ("start", "broken"), [(5, {"outside_window"}), (8, set()), (19, set()), (20, {"outside_window"})]
)
def test_an_activity_starts_within_its_window_whose_end_is_excluded_r014(start, broken):
    assert rules_of_dates(start, start + 3, start_window=span(8, 20)) == broken


def test_the_solver_starts_within_the_window_r014():
    for window, start in ((span(20, 25), 20), (span(0, 40), 0)):
        problem = one_area(activities=(review("north", start_window=window),))
        assert solved_starts(problem)["jar-north"][0] == start
