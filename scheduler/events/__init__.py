"""Events that upset a published plan: what they are, how they read from files, and what they change."""

from scheduler.events.applying import apply
from scheduler.events.document import event_schema, load_event
from scheduler.events.freeze import held
from scheduler.events.kept_dates import WEEK_RULES, with_kept_dates, with_kept_weeks
from scheduler.events.kept_limits import with_kept_limits
from scheduler.events.kept_plan import KEPT_RULES
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
from scheduler.events.passed_weeks import with_people_at_work
from scheduler.events.settled import Hold, Settled
from scheduler.events.words import event_in_words

__all__ = [
    "KEPT_RULES",
    "WEEK_RULES",
    "AddedReview",
    "ClosedWeeks",
    "CriticalIncident",
    "Event",
    "Hold",
    "InspectorAbsence",
    "LateFinish",
    "NewConflict",
    "Postponement",
    "Resignation",
    "Settled",
    "apply",
    "event_in_words",
    "event_schema",
    "held",
    "load_event",
    "with_kept_dates",
    "with_kept_limits",
    "with_kept_weeks",
    "with_people_at_work",
]
