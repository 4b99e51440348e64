"""What is done of a development: only what waits for nothing any more, and nothing that is not decided (R001, R125)."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, select

from config.development import Development, DevelopmentTask
from config.development_files import find_development
from config.findings import nearest
from models import DevelopmentDone
from reports.words import date_in_words, list_in_words, plural
from services import audit
from services.audit import Word
from services.developments.trials import undecided_lessons
from services.errors import AlreadySo, NotFound, Objection, Refused

DONE, UNDONE = "do task", "undo task"


def done_of(session: Session, development: str) -> dict[str, DevelopmentDone]:
    """What is done of a development, by task."""
    rows = session.exec(select(DevelopmentDone).where(DevelopmentDone.development == development))
    return {row.task: row for row in rows}


def task_of(development: Development, name: str) -> DevelopmentTask:
    """The task of an identifier; NotFound with the nearest if there is none."""
    found = development.task(name)
    if found is None:
        known = [task.id for task in development.tasks]
        raise NotFound(f"{development.id} {name}", "there is no such task.", nearest(name, known))
    return found


def do_task(session: Session, development: str, name: str, done_on: date, word: Word) -> DevelopmentDone:
    """Record that a task is done.

    Raises
    ------
    Refused
        With every reason: a day to come or earlier than what it waits for, tasks that must be done first, lessons of
        trials that nobody has decided.
    AlreadySo
        If it is done.
    """
    found = find_development(development)
    task, done = task_of(found, name), done_of(session, development)
    place = f"{development} {name}"
    if task.id in done:
        raise AlreadySo.because(place, f"it was done on {date_in_words(done[task.id].done_on)}.")
    objections = [
        *_first(found, task, done, place),
        *_day(found, task, done, done_on, word.as_of),
        *(_lessons(session, development, place) if task.needs_lessons else ()),
    ]
    if objections:
        raise Refused(objections)
    row = DevelopmentDone(
        development=development, task=name, done_on=done_on, said_by=word.who, said_at=word.at
    )
    session.add(row)
    session.flush()
    audit.record_word(session, word, DONE, place, after={"done": done_on})
    return row


def undo_task(session: Session, development: str, name: str, word: Word) -> None:
    """A task is not done after all; Refused without a reason, or while something that waits for it is done."""
    found = find_development(development)
    task, done = task_of(found, name), done_of(session, development)
    place = f"{development} {name}"
    if task.id not in done:
        raise AlreadySo.because(place, "it is not done.")
    later = [other.name for other in found.tasks if task.id in other.after and other.id in done]
    objections = []
    if later:
        message = f"what waits for it is done: {'; '.join(later)}."
        objections.append(Objection(place, message, "Undo that first."))
    if not word.note.strip():
        objections.append(Objection(place, "no reason is given.", "Say why.", field="why"))
    if objections:
        raise Refused(objections)
    row = done[task.id]
    session.delete(row)
    audit.record_word(session, word, UNDONE, place, before={"done": row.done_on})


def _first(
    development: Development, task: DevelopmentTask, done: dict[str, DevelopmentDone], place: str
) -> Iterator[Objection]:
    missing = [other for other in development.tasks if other.id in task.after and other.id not in done]
    if missing:
        names = "; ".join(other.name for other in missing)
        yield Objection(place, f"it waits for: {names}.", "Do that first.", "R001" if task.reaches else "")


def _day(
    development: Development,
    task: DevelopmentTask,
    done: dict[str, DevelopmentDone],
    done_on: date,
    as_of: date,
) -> Iterator[Objection]:
    place, day = f"{development.id} {task.id}", date_in_words(done_on)
    if done_on > as_of:
        message = f"{day} is later than today, {date_in_words(as_of)}."
        yield Objection(place, message, "Check the year.", field="done_on")
    if task.consultation is not None and done_on < task.consultation.ends_on:
        message = f"its consultation ends on {date_in_words(task.consultation.ends_on)}."
        yield Objection(place, message, "Wait until it has ended.", "R134", field="done_on")
    for name in task.after:
        if name in done and done_on < done[name].done_on:
            message = f"{day} is earlier than {date_in_words(done[name].done_on)}, when '{name}' was done."
            yield Objection(place, message, "Check both days.", field="done_on")


def _lessons(session: Session, development: str, place: str) -> Iterator[Objection]:
    """R125: what trials taught is decided, taken or not, before the arrangements are final."""
    if undecided := undecided_lessons(session, development):
        numbers = list_in_words([str(row.id) for row in undecided])
        message = f"{plural(len(undecided), 'lesson')} of trials nobody has decided: {numbers}."
        yield Objection(place, message, "Say of each whether it is taken, and why.", "R125")
