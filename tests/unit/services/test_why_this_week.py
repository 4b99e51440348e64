"""'Why this week?' in three sentences, and what a week leaves open or lacks."""

import pytest

from scheduler import Problem, explain
from scheduler.candidates.plan_state import PlanState
from scheduler.candidates.values import Change, OpenPlace, WeekCandidates
from scheduler.candidates.weeks import week_candidates
from scheduler.explaining.shortfall import MissingUnits
from services.naming.names import Names
from services.shown.reasons.candidate_rows import shortage_words, week_row
from services.shown.reasons.why_this_week import why_lines
from tests.builders import changed, span
from tests.unit.services.test_reason_words import planned, visits


def asked(problem: Problem, alpha: int, beta: int) -> WeekCandidates:
    return week_candidates(PlanState(problem, planned(problem, alpha, beta)), "jar-beta")


def told(problem: Problem, alpha: int, beta: int) -> list[str]:
    return list(why_lines(Names(problem), asked(problem, alpha, beta)))


def test_what_keeps_an_area_from_every_cheaper_week_is_named() -> None:
    assert told(visits(), alpha=0, beta=2) == [
        "It begins in the week of 19 September 2005; rules leave it 8 other weeks.",
        "2 weeks have cheaper dates with all others where they are; the cheapest, in the week of 5 September 2005, "
        "would save 6.",
        "What is short keeps it from all of them: least in the week of 12 September 2005, which would save 3 but "
        "lacks 1 unit of teams (week of 12 September 2005).",
    ]


def test_a_cheaper_week_that_can_be_had_is_named() -> None:
    assert told(visits(), alpha=0, beta=6)[-1] == "The week of 19 September 2005 can be had, and saves 12."


def test_what_another_area_saves_by_making_room_is_told_together() -> None:
    assert told(visits(), alpha=4, beta=6)[-1] == (
        "The week of 26 September 2005 can be had if Alpha (alpha) moves from the week of 3 October 2005 to the week "
        "of 5 September 2005; both together save 29."
    )


def test_no_cheaper_week_is_said_to_be_none() -> None:
    assert told(visits(), alpha=2, beta=0)[1:] == [
        "None would be cheaper while all others stay where they are."
    ]


def test_nothing_is_said_where_only_one_week_is_left() -> None:
    assert told(changed(visits(), "activities", "jar-beta", pinned_starts=(2,)), alpha=0, beta=2) == []


@pytest.mark.parametrize(("alpha", "beta"), [(0, 2), (4, 6), (2, 0), (3, 8)])
def test_cheaper_weeks_are_those_that_explain_tells(alpha: int, beta: int) -> None:
    problem = visits()
    answer = asked(problem, alpha, beta)
    cheaper = {found.week: -found.least_rise for found in answer.weeks if (found.least_rise or 0) < 0}  # type: ignore[operator]
    explanation = explain(problem, planned(problem, alpha, beta), "beta")
    assert cheaper == {found.dates[0].starts[0]: found.saving for found in explanation.alternatives}


def test_a_row_names_the_places_that_stay_open_and_the_units_that_are_short() -> None:
    problem = visits()
    units = (MissingUnits(pool="teams", span=span(0, 1), units=1),)
    change = Change(
        dates=(),
        rise=0,
        people_rise=0,
        more_open=1,
        open_places=(OpenPlace(activity="jar-beta", skill="leader", count=1),),
        units=units,
    )
    assert shortage_words(Names(problem), change) == (
        "leaves one place open (leader) and lacks 1 unit of teams (week of 5 September 2005)"
    )
    candidate = asked(problem, 4, 6).weeks[0].model_copy(update={"alone": change, "swap": None})
    assert week_row(Names(problem), candidate).what.startswith("leaves one place open (leader) and lacks")
