"""Two activities are not in the same week, and may have to keep weeks between them (R026)."""

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.validating.validation import validate
from scheduler.values.problem import ClearLink, Problem
from tests.builders import changed, one_area, ref, review, span, visit
from tests.rule_cases.plans import linked, rules_of_pair
from tests.rule_cases.solving import solved_starts


def kept_clear(weeks: int) -> ClearLink:
    return ClearLink(one=ref("ca-north"), other=ref("jar-north", "fieldwork"), clear_weeks=weeks)


@pytest.mark.parametrize(
    ("clear_weeks", "start", "broken"),
    [
        (0, 6, False),
        (0, 7, True),
        (0, 9, True),
        (0, 10, False),
        (2, 4, False),
        (2, 5, True),
        (2, 11, True),
        (2, 12, False),
    ],
)
def test_an_assessment_keeps_clear_of_the_fieldwork_r026(clear_weeks: int, start: int, broken: bool) -> None:
    """Fieldwork in the weeks 8 and 9; the assessment takes two weeks."""
    problem = linked(kept_clear(clear_weeks))
    assert rules_of_pair(problem, (5, 8), start) == ({"clear_link"} if broken else set())


def test_what_is_too_near_is_named_r026() -> None:
    problem = linked(kept_clear(1))
    (found,) = check(problem, make_plan(problem, {"jar-north": (5, 8), "ca-north": (10,)}, ()))
    assert found.requirement == "R026"
    assert "they need 1 clear weeks" in found.message


def both(clear_weeks: int) -> Problem:
    """A review and a visit that would best start at once."""
    yot = visit("yot", "north", urgency_price=2, start_window=span(0, 20))
    link = ClearLink(one=ref("yot-north"), other=ref("jar-north", "analysis"), clear_weeks=clear_weeks)
    return one_area(activities=(review("north", team=None), yot), links=(link,))


@pytest.mark.parametrize(("clear_weeks", "visit_week"), [(0, 1), (2, 3)])
def test_the_cheaper_one_waits_r026(clear_weeks: int, visit_week: int) -> None:
    found = solved_starts(both(clear_weeks))
    assert (found["jar-north"][0], found["yot-north"][0]) == (0, visit_week)


def test_pins_that_break_it_are_found_r026() -> None:
    problem = changed(both(1), "activities", "jar-north", pinned_starts=(8, 11))
    assert validate(changed(problem, "activities", "yot-north", pinned_starts=(10,))) == ()
    (found,) = validate(changed(problem, "activities", "yot-north", pinned_starts=(9,)))
    assert "have not 1 clear weeks between them" in found.message
    (found,) = validate(changed(problem, "activities", "yot-north", pinned_starts=(8,)))
    assert "is broken by the pins of yot-north and jar-north" in found.message
