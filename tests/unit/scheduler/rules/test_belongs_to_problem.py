"""A plan names the problem it was made for, and counts weeks from the same Monday."""

from datetime import date

from tests.builders import broken_rules
from tests.complete import complete, complete_plan


def test_a_plan_for_another_problem_is_refused():
    plan = complete_plan()
    other = complete(name="changed afterwards")
    assert broken_rules(other, plan) == {"other_problem"}
    assert broken_rules(complete(), plan) == set()


def test_a_plan_that_counts_weeks_from_another_monday_is_refused():
    plan = complete_plan().model_copy(update={"first_monday": date(2005, 9, 12)})
    assert broken_rules(complete(), plan) == {"other_first_monday"}
