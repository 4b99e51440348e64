"""Stages run within the horizon."""

from tests.builders import (
    one_area,
    review,
    span,
)
from tests.rule_cases.plans import rules_of_dates
from tests.rule_cases.solving import impossible


def test_no_stage_runs_over_the_end_of_the_horizon():
    wide = {"start_window": span(0, 52)}
    assert rules_of_dates(47, 50, **wide) == set()
    assert rules_of_dates(48, 51, **wide) == {"outside_horizon"}


def test_the_solver_stays_in_the_horizon():
    """A review needs six weeks."""
    for start, fits in ((46, True), (48, False)):
        problem = one_area(activities=(review("north", start_window=span(start, 52)),))
        assert impossible(problem) is not fits
