"""An event in the words a planner reads."""

from scheduler.events.kinds import (
    AddedReview,
    ClosedWeeks,
    CriticalIncident,
    Event,
    InspectorAbsence,
    LateFinish,
    NewConflict,
    Postponement,
    Resignation,
)
from scheduler.values.problem import Problem
from scheduler.values.words import span_in_words, week_in_words


def event_in_words(event: Event, problem: Problem) -> str:
    """One sentence: 'Inspector I007 is away from 1 May 2006 to 26 May 2006.'"""
    monday = problem.first_monday
    match event:
        case InspectorAbsence():
            how = "away" if event.percent_available == 0 else f"only {event.percent_available} per cent there"
            return f"Inspector {event.inspector} is {how} from {span_in_words(monday, event.weeks)}."
        case Resignation():
            return (
                f"Inspector {event.inspector} leaves: gone from {week_in_words(monday, event.from_week)} on."
            )
        case CriticalIncident():
            what = f"activity {event.activity}" if event.activity else f"a review like {event.like}"
            return (
                f"A critical incident in {_area(event.area, problem)}: {what} begins within "
                f"{event.within_weeks} weeks."
            )
        case AddedReview():
            week = (event.review.pinned_starts or (event.review.start_window.first,))[0]
            return (
                f"{_area(event.review.area, problem)} gets one more review, {event.review.id}, from "
                f"{week_in_words(monday, week)}."
            )
        case Postponement():
            return (
                f"Activity {event.activity} is not to begin before {week_in_words(monday, event.not_before)}."
            )
        case ClosedWeeks():
            where = _area(event.area, problem) if event.area else f"calendar {event.calendar}"
            what = f" for {', '.join(event.stages)}" if event.stages else ""
            why = f" ({event.reason})" if event.reason else ""
            return f"Closed{what} in {where} from {span_in_words(monday, event.weeks)}{why}."
        case NewConflict():
            return f"Inspector {event.inspector} may not work in {_area(event.area, problem)} any more."
        case LateFinish():
            stage = event.stage or "the stage under way"
            plural = "week" if event.weeks == 1 else "weeks"
            return f"Activity {event.activity} finishes late: {stage} takes {event.weeks} {plural} longer."


def _area(area: str, problem: Problem) -> str:
    """Name and id of an area."""
    return next((f"{known.name} ({area})" for known in problem.areas if known.id == area), area)
