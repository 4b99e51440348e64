"""How far a recommendation and what is done about it are: pure functions over rows (R090, R093, R096)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from models import ProposedAction, Recommendation


class State(StrEnum):
    """How far a recommendation is, in words."""

    OPEN = "open"
    PLANNED = "planned"
    IN_PROGRESS = "in progress"
    OVERDUE = "overdue"
    DONE = "done by owner"
    CONFIRMED = "confirmed by monitor"
    CLOSED = "closed by a later inspection"
    WITHDRAWN = "withdrawn"


def state_of(recommendation: Recommendation, actions: Iterable[ProposedAction], as_of: date) -> State:
    """How far a recommendation is on a day, by itself and by the actions about it."""
    if recommendation.withdrawn_on is not None:
        return State.WITHDRAWN
    if recommendation.closed_on is not None:
        return State.CLOSED
    if recommendation.confirmed_on is not None:
        return State.CONFIRMED
    found = list(actions)
    if found and all(action.done_on is not None for action in found):
        return State.DONE
    if any(is_late(action, as_of) for action in found):
        return State.OVERDUE
    if any(action.begun_on or action.done_on for action in found):
        return State.IN_PROGRESS
    return State.PLANNED if found else State.OPEN


def state_of_action(action: ProposedAction, as_of: date) -> State:
    """How far a single action is on a day."""
    if action.done_on is not None:
        return State.DONE
    if is_late(action, as_of):
        return State.OVERDUE
    return State.PLANNED if action.begun_on is None else State.IN_PROGRESS


def is_late(action: ProposedAction, as_of: date) -> bool:
    """Whether its day has passed and it is not done."""
    return action.done_on is None and action.due_on < as_of


def is_on(recommendation: Recommendation) -> bool:
    """Whether a monitor still has it on its list: a priority action until a later inspection closes it (R096)."""
    if recommendation.withdrawn_on is not None or recommendation.closed_on is not None:
        return False
    return recommendation.is_priority or recommendation.confirmed_on is None
