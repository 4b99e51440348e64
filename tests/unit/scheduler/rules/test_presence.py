"""People are there: absences and part time."""

from typing import Any

import pytest

from scheduler.values.problem import Absence
from tests.builders import (
    changed,
    inspector,
    one_area,
    span,
)
from tests.rule_cases.judges import APART, LEADS, Judge, people
from tests.rule_cases.plans import rules_of_two, with_person
from tests.rule_cases.solving import PEOPLE, solved_starts


def test_an_absent_inspector_fills_no_seat():
    away = (Absence(span=span(12, 13)),)
    assert rules_of_two(with_person("ann", absences=away)) == {"absent"}


def test_an_absence_in_the_clear_weeks_matters_to_nobody():
    assert rules_of_two(with_person("ann", absences=(Absence(span=span(9, 11)),))) == set()


@pytest.mark.parametrize(("percent", "broken"), [(79, {"absent"}), (80, set())])
def test_a_part_timer_fills_a_seat_only_with_enough_of_a_week(percent, broken):
    assert rules_of_two(with_person("ann", percent=percent)) == broken
    assert (
        rules_of_two(with_person("ann", absences=(Absence(span=span(8, 9), percent_available=percent),)))
        == broken
    )


def test_the_lowest_of_usual_time_and_absences_counts():
    """80 per cent usually and 90 per cent in a week are 80, not 72 (0.8 times 0.9)."""
    absences = (Absence(span=span(8, 9), percent_available=90),)
    assert rules_of_two(with_person("ann", percent=80, absences=absences)) == set()


@pytest.mark.parametrize(("week", "accepted"), [(2, True), (3, False)])
def test_a_team_week_in_an_absence_is_refused(judge: Judge, week: int, accepted: bool) -> None:
    problem = changed(people(), "inspectors", "ann", absences=(Absence(span=span(week, week + 1)),))
    assert judge(problem, APART, LEADS) is accepted


@pytest.mark.parametrize(("percent", "accepted"), [(80, True), (79, False)])
def test_a_seat_needs_most_of_a_week(judge: Judge, percent: int, accepted: bool) -> None:
    assert judge(changed(people(), "inspectors", "ann", percent=percent), APART, LEADS) is accepted


def test_an_absent_inspector_is_not_counted():
    away = inspector(
        "dan", "HMIC", is_leader=True, absences=(Absence(span=span(0, 10), percent_available=79),)
    )
    assert solved_starts(one_area(inspectors=(*PEOPLE[:2], away)))["jar-north"] == (10, 13)
    there = inspector(
        "dan", "HMIC", is_leader=True, absences=(Absence(span=span(0, 10), percent_available=80),)
    )
    assert solved_starts(one_area(inspectors=(*PEOPLE[:2], there)))["jar-north"] == (0, 3)


def test_a_team_must_be_there_for_all_its_weeks_when_teams_are_whole():
    def away(name: str, first: int, end: int) -> Any:
        return inspector(name, "HMIC", is_leader=True, absences=(Absence(span=span(first, end)),))

    people = (*PEOPLE[:2], away("dan", 0, 3), away("eve", 3, 10))
    assert solved_starts(one_area(inspectors=people))["jar-north"] == (0, 3)
    assert solved_starts(one_area(inspectors=people), whole_teams=True)["jar-north"] == (5, 8)
