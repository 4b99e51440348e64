"""Option 2: less effort shortly after a corporate assessment (R033)."""

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.values.problem import Problem, SavedPlace
from tests.builders import assessment, one_area, ref, review, team


def saving() -> Problem:
    """A review that does without a management seat after the assessment."""
    wanted = team("safeguarding", "education", saved=(SavedPlace(skill="management", after=ref("ca-north")),))
    pools = ({"id": "audit_commission", "units": 1},)
    return one_area(
        activities=(review("north", team=wanted, start_window={"first": 0, "end": 40}), assessment("north")),
        pools=pools,
    )


@pytest.mark.parametrize(("start", "broken"), [(18, set()), (19, {"saved_place"}), (30, {"saved_place"})])
def test_a_seat_is_saved_only_after_the_assessment_r033(start, broken):
    """The review begins in week 20; the assessment takes two weeks."""
    problem = saving()
    plan = make_plan(problem, {"jar-north": (20, 23), "ca-north": (start,)}, ())
    assert {v.rule for v in check(problem, plan)} - {"leader_missing"} == broken


def test_the_seat_and_both_weeks_are_named_r033():
    problem = saving()
    found = check(problem, make_plan(problem, {"jar-north": (20, 23), "ca-north": (30,)}, ()))
    message = next(v.message for v in found if v.requirement == "R033")
    assert message == (
        "does without 1 management seat after ca-north, which ends in the week of 10 April 2006 (week 31), "
        "but begins in the week of 23 January 2006 (week 20)."
    )
