"""Option 3: a joint team with the corporate assessment (R034, R035)."""

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.values.problem import JointPlace, Problem
from tests.builders import assessment, one_area, ref, review, team


def joint(**changes: object) -> Problem:
    """A review whose management seat the staff of the assessment fill."""
    place = JointPlace(skill="management", beside=ref("ca-north"), body="Audit Commission")
    wanted = team("safeguarding", "education", joint=(place,))
    return one_area(
        activities=(review("north", team=wanted), assessment("north", **changes)),
        pools=({"id": "audit_commission", "units": 1},),
    )


def rules(start: int) -> set[str]:
    problem = joint()
    plan = make_plan(problem, {"jar-north": (20, 23), "ca-north": (start,)}, ())
    return {v.rule for v in check(problem, plan)} - {"leader_missing"}


@pytest.mark.parametrize(("start", "broken"), [(22, True), (23, False), (24, True), (20, True)])
def test_the_seat_is_filled_only_while_both_are_on_site_r034(start, broken):
    """Fieldwork runs in weeks 23 and 24; the analysis in week 20 is not on site."""
    assert rules(start) == ({"joint_place"} if broken else set())


def test_the_seat_and_the_visit_are_named_r035():
    problem = joint()
    found = check(problem, make_plan(problem, {"jar-north": (20, 23), "ca-north": (40,)}, ()))
    (one,) = [v for v in found if v.requirement == "R034, R035"]
    assert one.message == (
        "leaves 1 management seat to ca-north, which visits in the week of 12 June 2006 (week 40) to the week of "
        "19 June 2006 (week 41), not while the team is on site."
    )


def test_no_inspector_fills_a_joint_seat_and_none_stays_open_r035():
    assert make_plan(joint(), {"jar-north": (20, 23), "ca-north": (23,)}, ()).costs.uncovered_places == 3
