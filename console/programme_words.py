"""`/programme/...`: what people say of the whole programme: a year is confirmed, dates are final, a run was wrong."""

from dataclasses import dataclass

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request

from console.asking import Button, Choices, Field
from console.context import context_of
from console.forms import Form
from console.saying import Saying, Subject, add_pages
from models import session
from reports.words import date_in_words, plural
from services.audit import Word
from services.casework import precision
from services.casework.actions import RequiredAction
from services.casework.step_turns import Action
from services.casework.undone_runs import LatestRun, latest_run, undo_run
from services.errors import AlreadySo, Objection, Refused
from services.shown.waiting_list import waiting
from services.shown.years_by_precision import YearLine, years_to_confirm

router = APIRouter()

PATH = "/programme"


@dataclass(frozen=True)
class Standing:
    """The years of the programme, the dates that are due to be final, and the run that could be taken back."""

    years: tuple[YearLine, ...]
    due: tuple[RequiredAction, ...]
    run: LatestRun | None


def _standing(request: Request) -> Standing:
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        found = [item.action for item in waiting(opened, context.today())]
        due = tuple(action for action in found if action.action is Action.FINALISE_DATES)
        return Standing(years_to_confirm(opened), due, latest_run(opened))


def _dates(request: Request) -> Subject[Standing]:
    found = _standing(request)
    facts = [(line.year, line.in_words().partition(": ")[2]) for line in found.years]
    return _subject(found, "/actions", "What waits for whom", facts)


def _finals(request: Request) -> Subject[Standing]:
    found = _standing(request)
    facts = [
        (action.area, f"{action.activity}: by {date_in_words(action.due)}{', late' * action.is_late}")
        for action in found.due
    ]
    return _subject(found, "/actions", "What waits for whom", facts or [("Due", "Nothing")])


def _runs(request: Request) -> Subject[Standing]:
    found = _standing(request)
    if found.run is None:
        facts = [("Latest run", "None has moved any step")]
    else:
        moved = plural(len(found.run.activities), "activity", "activities")
        facts = [("Latest run", f"For {date_in_words(found.run.as_of)}; it moved {moved}")]
    return _subject(found, "/history", "History", facts)


def _subject(found: Standing, back: str, back_to: str, facts: Choices) -> Subject[Standing]:
    return Subject(found, "the programme", PATH, back, back_to, facts)


def _confirm(opened: Session, _found: Standing, form: Form, word: Word) -> str:
    year = form.text("year")
    if not year:
        raise Refused([Objection("year", "no year is chosen.", "Choose one.", field="year")])
    raised = precision.confirm_year(opened, year, word)
    if not raised.activities:
        raise AlreadySo.because(year, "every activity of it is confirmed.")
    return f"{plural(len(raised.activities), 'activity', 'activities')} of {year} confirmed."


def _finalise(opened: Session, _found: Standing, _form: Form, word: Word) -> str:
    raised = precision.finalise(opened, None, word)
    if not raised.activities:
        raise AlreadySo.because("programme", "no dates are due to be made final today.")
    return f"The dates of {plural(len(raised.activities), 'activity', 'activities')} are final."


def _undo_run(opened: Session, _found: Standing, _form: Form, word: Word) -> str:
    undone = undo_run(opened, word)
    return (
        f"The run of {date_in_words(undone.as_of)} is undone: {plural(len(undone.steps), 'step')} as before, "
        f"{plural(undone.reminders, 'reminder')} and {plural(undone.requests, 'request')} for evidence forgotten."
    )


def _years(found: Standing) -> tuple[Field, ...]:
    years = tuple((line.year, line.year) for line in found.years if line.num_indicative)
    return (Field("year", "Financial year", kind="choice", choices=years, nothing="Choose one"),)


CONFIRM = Saying(
    "confirm",
    "Confirm the dates of a year",
    "Confirm the dates of a financial year",
    (Button("Confirm"),),
    _confirm,
    lambda found: any(line.num_indicative for line in found.years),
    _years,
    why="Why it is late, if it is",
    is_casework=False,
)
FINALISE = Saying(
    "finalise",
    "Make final what is due",
    "Make final every date that is due to be",
    (Button("Make final"),),
    _finalise,
    lambda found: bool(found.due),
    why="Why it is late, if it is",
    is_casework=False,
)
UNDO_RUN = Saying(
    "undo-run",
    "Undo the latest run",
    "Undo the latest run of the daily work",
    (Button("Undo the run"),),
    _undo_run,
    lambda found: found.run is not None,
    is_casework=False,
)

add_pages(router, PATH, (CONFIRM,), _dates)
add_pages(router, PATH, (FINALISE,), _finals)
add_pages(router, PATH, (UNDO_RUN,), _runs)
