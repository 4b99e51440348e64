"""Replans that one asks for and another runs: refused at once where they make no sense, answered in their own row."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from pydantic import BaseModel
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import ReplanRequest, session
from scheduler.events import Event
from scheduler.events.document import EVENT
from scheduler.replanning.result import ReplanParams
from scheduler.values.errors import WithFindings
from services.audit import Word
from services.errors import NotFound
from services.naming.people import names_of_inspectors
from services.solves.recorded_replans import require_news, require_recorded
from services.solves.replanning import Keeping, Replanned, replan_stored, require_possible
from services.solves.solving import Asker

WAITING, DONE, NOTHING, REFUSED, FAILED = "waiting", "done", "nothing", "refused", "failed"
"""States of a request: `NOTHING` where there is an answer, but no plan to choose."""

SECONDS, MORE_SECONDS = 10.0, 60.0
"""How long is searched, and how long when somebody asks again for what is not proven yet."""

LOST = timedelta(minutes=5)
"""After so long without an answer nobody works on a request any more."""

FAILURE = "It ended with an error, and nothing was stored. Ask again, or tell operations."

Report = Callable[[Replanned, Mapping[str, str]], BaseModel]
"""Puts an answer into words, with the names of inspectors by code."""


def ask_for(
    session: Session,
    version: int,
    event: Event,
    word: Word,
    *,
    recorded: int | None = None,
    again: bool = False,
) -> int:
    """Write down that somebody wants plans after an event; the number of the request.

    Parameters
    ----------
    recorded
        The number under which the event is recorded, if it is.
    again
        It was replanned before: search longer, and add what is found.

    Raises
    ------
    AlreadySo
        If the same event was replanned before, unless it is asked for again.
    NotFound
        If there is no such version.
    InvalidProblem
        If the event makes no sense for the plan.
    """
    require_recorded(session, event) if again else require_news(session, event)
    require_possible(session, version, event, word.as_of)
    row = ReplanRequest(
        plan_version=version,
        event_id=recorded,
        event=event.model_dump_json(),
        again=again,
        seconds=MORE_SECONDS if again else SECONDS,
        asked_by=word.who,
        asked_at=word.at,
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def answer(engine: Engine, number: int, asker: Asker, report: Report) -> ReplanRequest:
    """Replan as a request asks, and write down in its row what is answered; one that has an answer keeps it.

    What is refused is told in the row; any other error ends it, too, and goes on.
    """
    with session(engine, read_only=True) as opened:
        row, people = find_request(opened, number), names_of_inspectors(opened)
    if row.state != WAITING:
        return row
    event = event_of(row)
    try:
        found = replan_stored(
            engine,
            row.plan_version,
            event,
            ReplanParams(seconds=row.seconds),
            Asker(row.asked_by, asker.clock, asker.listener, asker.stop, asker.home, asker.day),
            keeping=Keeping(again=row.again, recorded=row.event_id),
        )
    except WithFindings as error:
        return _end(engine, number, REFUSED, asker.clock(), message=str(error))
    except BaseException:
        _end(engine, number, FAILED, asker.clock(), message=FAILURE)
        raise
    state = DONE if found.versions else NOTHING
    return _end(engine, number, state, asker.clock(), report=report(found, people).model_dump_json())


def find_request(session: Session, number: int) -> ReplanRequest:
    """A request by its number; NotFound if there is none."""
    row = session.get(ReplanRequest, number)
    if row is None:
        raise NotFound(f"replan {number}", "there is no such replan.", "Go to the events.")
    return row


def latest_requests(
    session: Session, event: int | None = None, plan: int | None = None, limit: int = 20
) -> list[ReplanRequest]:
    """The newest first; all, or those after a recorded event, or those of a plan."""
    query = select(ReplanRequest).order_by(col(ReplanRequest.id).desc()).limit(limit)
    if event is not None:
        query = query.where(ReplanRequest.event_id == event)
    if plan is not None:
        query = query.where(ReplanRequest.plan_version == plan)
    return list(session.exec(query))


def event_of(row: ReplanRequest) -> Event:
    """The event that a request is about."""
    return EVENT.validate_json(row.event)


def is_lost(row: ReplanRequest, at: datetime) -> bool:
    """Whether nobody works on it any more, though it has no answer."""
    return row.state == WAITING and row.asked_at + LOST <= at


def _end(
    engine: Engine, number: int, state: str, at: datetime, *, message: str = "", report: str = ""
) -> ReplanRequest:
    with session(engine) as opened:
        row = find_request(opened, number)
        row.state, row.message, row.report, row.ended_at = state, message, report, at
        return row
