"""A seat that is kept for somebody is theirs or nobody's, wherever they could have it (R043)."""

from typing import Any

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.events.changes import changed as after_event
from scheduler.events.kinds import Resignation
from scheduler.solving.solver import solve
from scheduler.validating.validation import validate
from scheduler.values.problem import Absence, Problem, Seated
from scheduler.values.result import SolveParams
from scheduler.values.value import LEADER
from tests.builders import changed, members, messages, span, team
from tests.known import known
from tests.replanning import STARTS, three_reviews

QUICK = SolveParams(dates_seconds=5.0, teams_seconds=5.0, num_workers=1)
ANN, CAT = Seated(skill=LEADER, inspector="ann"), Seated(skill="education", inspector="cat")


def reserved(*people: Seated, **changes: Any) -> Problem:
    """Seats of the northern review are kept for some people; nothing is at work."""
    own = team("education", min_members=2, reserved=people, **changes)
    return changed(three_reviews(), "activities", "jar-north", team=own)


def fault(problem: Problem, leader: str | None, education: str | None) -> set[str]:
    seats = {skill: name for skill, name in ((LEADER, leader), ("education", education)) if name}
    plan = make_plan(problem, STARTS, members({"jar-north": seats}))
    return {found.rule for found in check(problem, plan)} & {"reserved_seat", "reserved_elsewhere"}


DAN = Seated(skill=LEADER, inspector="dan")


@pytest.mark.parametrize(
    ("leader", "education", "rules"),
    [
        ("dan", "cat", set()),
        (None, "cat", set()),
        ("ann", "cat", {"reserved_seat"}),
        ("ann", "dan", {"reserved_seat", "reserved_elsewhere"}),
    ],
)
def test_nobody_gets_a_seat_that_is_kept_for_somebody_r043(
    leader: str | None, education: str | None, rules: set[str]
) -> None:
    assert fault(reserved(DAN), leader, education) == rules


def test_a_seat_kept_for_somebody_who_can_never_have_it_is_anybodys_r043() -> None:
    barred = changed(reserved(DAN), "inspectors", "dan", conflicts=("north",))
    assert fault(barred, "ann", "cat") == set()
    assert fault(reserved(Seated(skill=LEADER, inspector="gone")), "ann", "cat") == set()


def seats_found(problem: Problem) -> dict[tuple[str, str], str]:
    plan = known(solve(problem, QUICK).plan)
    assert not [found for found in check(problem, plan) if found.rule != "uncovered_place"]
    return {(own.activity, own.skill): own.inspector for own in plan.members}


@pytest.mark.parametrize("name", ["ann", "dan"])
def test_a_solve_gives_a_seat_to_whom_it_is_kept_for_r043(name: str) -> None:
    problem = reserved(Seated(skill=LEADER, inspector=name))
    assert seats_found(problem)["jar-north", LEADER] == name


def test_dates_move_to_when_they_are_there_r043() -> None:
    """Dan is away when the northern review would begin."""
    weeks = STARTS["jar-north"]
    away = Absence(span=span(weeks[0], weeks[0] + 1))
    problem = changed(reserved(DAN), "inspectors", "dan", absences=(away,))
    assert seats_found(problem)["jar-north", LEADER] == "dan"


def test_who_has_two_seats_or_one_in_a_team_at_work_is_found() -> None:
    assert "seats are theirs" in messages(validate(reserved(CAT, at_work=(ANN,))))
    assert "names ann in 2 seats" in messages(
        validate(reserved(ANN, Seated(skill="education", inspector="ann")))
    )


def test_who_resigns_keeps_no_seat_r043() -> None:
    problem = reserved(DAN)
    plan = make_plan(problem, STARTS, members({"jar-north": {LEADER: "dan", "education": "cat"}}))
    left = after_event(problem, plan, Resignation(inspector="dan", from_week=0), now_week=0)
    assert all(not activity.team.reserved for activity in left.activities if activity.team is not None)
