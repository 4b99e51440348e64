"""The project plan of the group: tasks with an owner and a day, and mock inspections with theirs (R167, R193)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import MockInspection, PreparationTask
from reports.words import date_in_words
from services.audit import Word
from services.errors import AlreadySo, NotFound, Objection, Refused
from services.preparation.members import find_member
from services.preparation.space_log import note
from services.preparation.spaces import group_of


@dataclass(frozen=True)
class NewTask:
    """A task as typed; `mock` is the number of the mock inspection of whose action plan it is part."""

    name: str
    owner: str
    due_on: date | None
    mock: int | None = None


def tasks_of(session: Session, area: str) -> list[PreparationTask]:
    """All tasks of an area, by the day on which they are due."""
    query = select(PreparationTask).where(PreparationTask.area_code == area)
    return list(session.exec(query.order_by(col(PreparationTask.due_on), col(PreparationTask.id))))


def mocks_of(session: Session, area: str) -> list[MockInspection]:
    """The mock inspections of an area, the first one first."""
    query = select(MockInspection).where(MockInspection.area_code == area)
    return list(session.exec(query.order_by(col(MockInspection.held_on), col(MockInspection.id))))


def add_task(session: Session, area: str, new: NewTask, word: Word) -> PreparationTask:
    """Add a task; Refused with everything that is wrong, such as no owner."""
    group_of(session, area)
    objections = list(_objections(session, area, new))
    owner = None
    try:
        owner = find_member(session, area, new.owner, "owner")
    except Refused as fault:
        objections += fault.findings
    if objections or owner is None or new.due_on is None:
        raise Refused(objections)
    row = PreparationTask(
        area_code=area,
        name=new.name.strip(),
        owner_id=owner.id or 0,
        due_on=new.due_on,
        mock_id=new.mock,
    )
    session.add(row)
    session.flush()
    note(session, area, word, "add task", row.name, after={"owner": owner.name, "due": row.due_on})
    return row


def _objections(session: Session, area: str, new: NewTask) -> Iterator[Objection]:
    if not new.name.strip():
        yield Objection("task", "no task is given.", "Say what is to be done.", field="name")
    if new.due_on is None:
        yield Objection("task", "no day is given.", "Say by when it is done.", field="due_on")
    if new.mock is not None and new.mock not in {row.id for row in mocks_of(session, area)}:
        message = f"there is no mock inspection {new.mock}."
        yield Objection("task", message, "Choose one of the page.", field="mock")


def do_task(session: Session, area: str, number: int, done_on: date, word: Word) -> PreparationTask:
    """Record that a task is done; NotFound if it is none of the area's, Refused with a day to come."""
    row = session.get(PreparationTask, number)
    if row is None or row.area_code != area:
        raise NotFound("task", f"there is no task {number}.", "Choose one of the page.")
    if row.done_on is not None:
        raise AlreadySo.because("task", f"it was done on {date_in_words(row.done_on)}.")
    if done_on > word.as_of:
        message = f"{date_in_words(done_on)} is still to come."
        raise Refused([Objection("task", message, "Check the year.", field="done_on")])
    row.done_on = done_on
    note(session, area, word, "do task", row.name, after={"done": done_on})
    session.flush()
    return row


def record_mock(
    session: Session, area: str, held_on: date | None, made_by: str, found: str, word: Word
) -> MockInspection:
    """Record a mock inspection; Refused with everything that is wrong (R193)."""
    group_of(session, area)
    objections = []
    if held_on is None or held_on > word.as_of:
        message = "no day is given." if held_on is None else f"{date_in_words(held_on)} is still to come."
        objections.append(Objection("mock inspection", message, "Say on which day it was.", field="held_on"))
    for value, what, field in ((made_by, "who made it", "made_by"), (found, "what was found", "found")):
        if not value.strip():
            objections.append(
                Objection("mock inspection", f"it is not said {what}.", "Say it.", "R193", field)
            )
    if objections or held_on is None:
        raise Refused(objections)
    row = MockInspection(area_code=area, held_on=held_on, made_by=made_by.strip(), found=found.strip())
    session.add(row)
    session.flush()
    about = date_in_words(held_on)
    note(session, area, word, "record mock inspection", about, after={"by": row.made_by, "found": row.found})
    return row
