"""Stages run within the horizon."""

from tests.builders import (
    span,
)
from tests.rule_cases.plans import rules_of_dates


def test_no_stage_runs_over_the_end_of_the_horizon():
    wide = {"start_window": span(0, 52)}
    assert rules_of_dates(47, 50, **wide) == set()
    assert rules_of_dates(48, 51, **wide) == {"outside_horizon"}
