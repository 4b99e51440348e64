"""Rotation: nobody inspects the same area twice running (R062)."""

import pytest

from scheduler.values.problem import Problem
from tests.builders import one_area, review
from tests.rule_cases.judges import APART, LEADS, Judge, people
from tests.rule_cases.past import keeps_people_rules
from tests.rule_cases.plans import rules_of_two, with_person
from tests.rule_cases.solving import PEOPLE, impossible


def test_nobody_inspects_the_same_area_twice_running():
    assert rules_of_two(with_person("bob", previous_areas=("north",))) == {"rotation"}
    assert rules_of_two(with_person("bob", previous_areas=())) == set()


@pytest.mark.parametrize(("previous", "accepted"), [((), True), (("bob",), True), (("bob", "ann"), False)])
def test_nobody_of_the_last_team_is_in_the_next_one_r062(
    judge: Judge, previous: tuple[str, ...], accepted: bool
) -> None:
    problem = people(activities=(review("north", previous_team=previous), review("south")))
    for decides in (judge, keeps_people_rules):
        assert decides(problem, APART, LEADS) is accepted


def test_another_activity_of_the_area_is_free_for_them_r062(judge: Judge) -> None:
    other = review("north", id="jar-other", previous_team=("ann",))
    problem = people(activities=(review("north"), review("south"), other))
    assert judge(problem, APART | {"jar-other": (20, 23)}, LEADS)


def test_the_last_team_is_not_counted_when_teams_are_whole_r062() -> None:
    def problem(*previous: str) -> Problem:
        return one_area(inspectors=PEOPLE, activities=(review("north", previous_team=previous),))

    assert impossible(problem("dan"), whole_teams=True)
    assert not impossible(problem("eve"), whole_teams=True)
