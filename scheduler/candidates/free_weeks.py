"""For a person every week: free, or what takes it."""

from collections.abc import Iterator
from itertools import groupby

from scheduler.candidates.plan_state import PlanState
from scheduler.candidates.values import BeginsLeft, Engaged, PersonSpan, PersonWeeks
from scheduler.people.past_work import past_reviews
from scheduler.people.work_weeks import occupied_weeks
from scheduler.values.value import Week, WeekSpan

WeekState = tuple[Engaged, tuple[str, ...]]
"""What a week is for a person, and the activities that make it so."""


class UnknownPerson(ValueError):
    """No inspector of the problem has this identifier."""

    def __init__(self, person: str) -> None:
        self.person = person
        super().__init__(f"there is no inspector '{person}' in the plan.")


def person_weeks(state: PlanState, person: str, first_week: Week = 0) -> PersonWeeks:
    """All weeks of an inspector, from some week of the horizon on.

    A free week is one in which they could work in a team: trained, there, and neither at work nor resting after it.
    A team also needs its rest afterwards, and the year's maximum (`begins_left`) must leave another review.

    Raises
    ------
    UnknownPerson
        If the problem has no such inspector.
    """
    if person not in state.staff.number:
        raise UnknownPerson(person)
    taken = _taken(state, person)
    weeks = range(max(0, first_week), state.problem.num_weeks)
    states = [(week, _state(state, person, week, taken)) for week in weeks]
    spans = []
    for (engaged, activities), found in groupby(states, key=lambda pair: pair[1]):
        there = [week for week, _ in found]
        span = WeekSpan(first=there[0], end=there[-1] + 1)
        spans.append(PersonSpan(span=span, state=engaged, activities=activities))
    left = tuple(_begins_left(state, person, weeks.start))
    return PersonWeeks(inspector=person, spans=tuple(spans), begins_left=left)


def _taken(state: PlanState, person: str) -> dict[Week, WeekState]:
    """The weeks that teams take of a person, with the rest after them; work goes before rest."""
    inspector = state.problem.inspectors[state.staff.number[person]]
    mine = sorted({member.activity for member in state.plan.members if member.inspector == person})
    found: dict[Week, WeekState] = {}
    for past in past_reviews(state.problem).get(person, ()):
        found |= dict.fromkeys(occupied_weeks(past.team_weeks, inspector.rest_weeks), ("past", (past.id,)))
    weeks_of = {name: state.staff.weeks(name, state.situation.starts) for name in mine}
    for name, weeks in weeks_of.items():
        found |= dict.fromkeys(occupied_weeks(weeks, inspector.rest_weeks) - set(weeks), ("rests", (name,)))
    for name, weeks in weeks_of.items():
        found |= dict.fromkeys(weeks, ("works", (name,)))
    return found


def _state(state: PlanState, person: str, week: Week, taken: dict[Week, WeekState]) -> WeekState:
    if week in taken:
        return taken[week]
    number = state.staff.number[person]
    if state.staff.available[number, week]:
        return "free", ()
    return ("not_trained" if week < state.staff.trained_from[number] else "away"), ()


def _begins_left(state: PlanState, person: str, first_week: Week) -> Iterator[BeginsLeft]:
    """Each period with a maximum that is not over, and how many reviews they may still begin in it."""
    number = state.staff.number[person]
    for index, period in enumerate(state.problem.periods):
        left = state.layout.board.begins_left(number, period.span.first)
        if index in left and period.span.end > first_week:
            yield BeginsLeft(period=period.id, kind=period.kind, span=period.span, left=left[index])
