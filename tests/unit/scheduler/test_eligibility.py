"""Who may fill a seat: attendance, training, skills, independence."""

from scheduler.people.eligibility import attendance, has_skill, is_independent, is_present
from scheduler.values.problem import Absence
from scheduler.values.value import LEADER
from tests.builders import inspector, one_area, review, span


def weeks_of(**changes: object) -> list[int]:
    """Weeks of a six-week horizon in which one inspector is there."""
    person = inspector("ann", "Ofsted", "education", **changes)
    problem = one_area(num_weeks=6, inspectors=(person,), activities=())
    return [week for week, is_there in enumerate(attendance(problem)[0]) if is_there]


def test_an_inspector_without_absences_is_there_every_week() -> None:
    assert weeks_of() == [0, 1, 2, 3, 4, 5]


def test_nobody_works_before_being_trained_r062() -> None:
    assert weeks_of(trained_from=2) == [2, 3, 4, 5]


def test_an_inspector_is_not_there_during_an_absence() -> None:
    assert weeks_of(absences=(Absence(span=span(1, 3)),)) == [0, 3, 4, 5]


def test_an_absence_that_leaves_enough_of_the_week_does_not_count() -> None:
    assert weeks_of(absences=(Absence(span=span(1, 3), percent_available=80),)) == [0, 1, 2, 3, 4, 5]


def test_an_absence_may_begin_before_the_horizon_and_end_after_it() -> None:
    assert weeks_of(absences=(Absence(span=span(-3, 1)), Absence(span=span(5, 99)))) == [1, 2, 3, 4]


def test_four_days_a_week_are_enough_and_three_are_not() -> None:
    assert weeks_of(percent=80) == [0, 1, 2, 3, 4, 5]
    assert weeks_of(percent=60) == []


def test_a_seat_needs_every_team_week() -> None:
    problem = one_area(
        num_weeks=6, inspectors=(inspector("ann", "Ofsted", absences=(Absence(span=span(3, 4)),)),)
    )
    present = attendance(problem)
    assert is_present(present, (0, 2)).tolist() == [True]
    assert is_present(present, (0, 3)).tolist() == [False]


def test_nobody_is_there_outside_the_horizon() -> None:
    problem = one_area(num_weeks=6, inspectors=(inspector("ann", "Ofsted"),))
    assert is_present(attendance(problem), (5, 6)).tolist() == [False]
    assert is_present(attendance(problem), (-1, 0)).tolist() == [False]


def test_only_a_qualified_leader_may_lead_r057() -> None:
    assert has_skill(inspector("ann", "Ofsted", is_leader=True), LEADER)
    assert not has_skill(inspector("bob", "CSCI", "education"), LEADER)


def test_a_seat_needs_its_skill_r059() -> None:
    assert has_skill(inspector("bob", "CSCI", "camhs"), "camhs")
    assert not has_skill(inspector("bob", "CSCI", "camhs", is_leader=True), "education")


def test_nobody_inspects_an_area_of_a_conflict_or_the_same_area_twice_running() -> None:
    assert is_independent(
        inspector("ann", "Ofsted", conflicts=("south",), previous_areas=("west",)), review("north")
    )
    assert not is_independent(inspector("ann", "Ofsted", conflicts=("north",)), review("north"))
    assert not is_independent(inspector("ann", "Ofsted", previous_areas=("north",)), review("north"))
