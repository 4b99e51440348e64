"""Whose calendar is shown, and until when they worked in teams that they have left."""

from datetime import date

from sqlmodel import Session, col, select

from models import Inspector, PastSeat
from scheduler.values.value import LEADER
from services.casework.team_history import Matches, Seat
from services.shown.shown_plan import Selection


def matching(selection: Selection) -> Matches | None:
    """Whose calendar a selection makes: a person's, a leader's or a body's; None for everybody's."""
    if selection.who is not None:
        return lambda seat: _code(seat) == selection.who
    if selection.leader is not None:
        return lambda seat: seat.skill == LEADER and _code(seat) == selection.leader
    if selection.body is not None:
        return lambda seat: seat.person is not None and seat.person.body_code == selection.body
    return None


def worked_until(session: Session, version: int, matches: Matches) -> dict[str, date]:
    """Until when one of those worked in a review under way, of those that a plan says have left, by activity."""
    query = (
        select(PastSeat, Inspector)
        .join(Inspector, col(Inspector.code) == col(PastSeat.inspector_code))
        .where(PastSeat.plan_version == version)
    )
    found: dict[str, date] = {}
    for seat, person in session.exec(query):
        if matches(Seat(seat.skill, person)):
            found[seat.activity_code] = max(seat.until_on, found.get(seat.activity_code, seat.until_on))
    return found


def _code(seat: Seat) -> str | None:
    return None if seat.person is None else seat.person.code
