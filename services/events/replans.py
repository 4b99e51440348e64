"""A recorded event as the scheduler's: what a replan of a stored plan has to take in (R019, R094)."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session, col, select

from config.special_terms import SpecialTerms
from models import Activity, CriticalEvent, EventPlan, PlanVersion, SpecialReview
from scheduler.events import AddedReview, CriticalIncident, Event
from scheduler.values.problem import Problem
from scheduler.values.value import WeekSpan
from services.days.weeks import week_of
from services.doors import DECIDE, SOLVE, STATUS, Advice
from services.errors import Refused
from services.events.deciding import DECISION_WORDS, Decision, last_decision
from services.events.event_log import find_event
from services.option_words import option_named
from services.plans import plan_store
from services.problem import build_problem


def event_to_replan(session: Session, number: int, version: int, as_of: date) -> Event:
    """What a recorded event asks of a stored plan, by what was decided about it.

    A review that is pulled forward begins within the weeks of the decision. A special review is added in the weeks of
    its terms.

    Raises
    ------
    NotFound
        If there is no such event or version.
    Refused
        If nothing is decided about it, or nothing that changes a plan; if its special review is planned already,
        called off, or takes the place of another, which only a solve can leave out.
    """
    event = find_event(session, number)
    decision = last_decision(session, event)
    place = f"event {number}"
    if decision is None:
        advice = DECIDE.advise("Decide first", number=number)
        raise Refused.because(place, "nothing is decided about it.", advice, "R094")
    if decision.activity_id is None:
        what = DECISION_WORDS[Decision(decision.decision)]
        message = f"the decision is '{what}', which changes no plan."
        raise Refused.because(
            place,
            message,
            Advice(
                "Correct the decision with --correct, if a review is needed.",
                "Correct the decision, if a review is needed.",
            ),
            "R094",
        )
    activity = session.get_one(Activity, decision.activity_id)
    if decision.decision == Decision.PULL_FORWARD:
        return CriticalIncident(
            area=event.area_code, within_weeks=decision.within_weeks or 1, activity=activity.code
        )
    return _added(session, activity, version, as_of)


def plans_of(session: Session, events: list[CriticalEvent]) -> Mapping[int, list[PlanVersion]]:
    """The plans that were made for events, by the event's number, in their order."""
    numbers = [event.id for event in events]
    query = (
        select(EventPlan, PlanVersion)
        .join(PlanVersion, col(PlanVersion.version) == col(EventPlan.plan_version))
        .where(col(EventPlan.event_id).in_(numbers))
        .order_by(col(EventPlan.plan_version))
    )
    found: dict[int, list[PlanVersion]] = {}
    for link, plan in session.exec(query):
        found.setdefault(link.event_id, []).append(plan)
    return found


def _added(session: Session, activity: Activity, version: int, as_of: date) -> Event:
    if activity.plan_version is not None or activity.state != "planned":
        state = activity.state if activity.state != "planned" else "published already"
        raise Refused.because(activity.code, f"it is {state}.", STATUS.advise("Look at it"))
    kept = session.get_one(SpecialReview, activity.id)
    if kept.takes_place:
        message = "it takes the place of a review that was called off."
        raise Refused.because(activity.code, message, SOLVE.advise("Plan the programme without that one"))
    stored = plan_store.load_plan(session, version).problem
    option = option_named(plan_store.find_version(session, version).option)
    built = build_problem(session, option.for_problem, as_of)
    review = next(known for known in built.activities if known.id == activity.code)
    terms = SpecialTerms.model_validate_json(kept.terms)
    starts = tuple(_week(stored, terms, stage.id) for stage in review.stages)
    stages = tuple(stage.model_copy(update={"calendars": ()}) for stage in review.stages)
    window = WeekSpan(first=starts[0], end=starts[0] + 1)
    changes = {"stages": stages, "start_window": window, "pinned_starts": starts}
    return AddedReview(review=review.model_copy(update=changes))


def _week(problem: Problem, terms: SpecialTerms, stage: str) -> int:
    return week_of(problem.first_monday, terms.stages[stage].starts_on)
