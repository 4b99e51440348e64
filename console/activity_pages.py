"""`/activities/{activity}/...`: what people say of a review as a whole: its casework, its dates, its end."""

from collections.abc import Iterable

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request

from console.activity_casework import CASEWORK
from console.asking import Button, Field
from console.context import context_of
from console.forms import Form
from console.programme_page import area_address
from console.saying import Saying, Subject, add_pages, number_in
from console.visitors import audience_of, who_asks
from models import session
from reports.words import list_in_words, plural
from services.audit import Word
from services.casework import precision
from services.errors import AlreadySo
from services.plans.cancelling import cancel
from services.plans.restoring import undo_cancel
from services.shown.activity_forms import ActivityForm, find_form
from services.shown.shown_plan import Audience

router = APIRouter()

PATH = "/activities/{activity}"


def _find(request: Request) -> Subject[ActivityForm]:
    with session(context_of(request).engine, read_only=True) as opened:
        found = find_form(opened, number_in(request, "activity", "activity"))
    return Subject(
        about=found,
        name=f"{found.name} in {found.area}",
        address=f"/activities/{found.number}",
        back=area_address(found.area_code),
        back_to=found.area,
        facts=tuple(_facts(found, shows_team=audience_of(who_asks(request)) is Audience.INSPECTORATE)),
        roles=found.roles,
    )


def _facts(found: ActivityForm, shows_team: bool) -> Iterable[tuple[str, str]]:
    yield "Review", found.code
    yield "State", f"{found.standing}, {found.precision} dates" if found.precision else found.standing
    if shows_team and found.team is not None:
        state = "final" if found.team.is_final else "provisional"
        yield "Team", f"{list_in_words(found.team.people)} ({state})"


def _finalise(opened: Session, found: ActivityForm, _form: Form, word: Word) -> str:
    if not precision.finalise(opened, [found.code], word).activities:
        raise AlreadySo.because(found.code, "its dates are final.")
    return f"The dates of {found.code} are final."


def _cancel(opened: Session, found: ActivityForm, form: Form, word: Word) -> str:
    done = cancel(opened, found.code, word, again=bool(form.text("again-yes")))
    told = plural(done.told, "person is", "people are") if done.told else "nobody is"
    if done.successor:
        then = f" {done.successor} takes its place: solve again, then publish the new plan."
    else:
        then = " The area has no other activity of this kind now." if done.is_missing else ""
    return f"{done.activity} is called off; {told} told.{then}"


def _undo_cancel(opened: Session, found: ActivityForm, _form: Form, word: Word) -> str:
    done = undo_cancel(opened, found.code, word)
    gone = f" {done.successor}, which was to take its place, is called off." if done.successor else ""
    plan = "" if done.is_in_plan else " Another plan was published since: solve again, then publish."
    steps = plural(len(done.steps), "step is", "steps are")
    return f"{done.activity} is not called off after all; {steps} to come again.{gone}{plan}"


AGAIN = Field(
    "again",
    "What comes in its place",
    "The next solve plans it.",
    "boxes",
    (("yes", "Make a new activity like it"),),
)

ENDS: tuple[Saying[ActivityForm], ...] = (
    Saying(
        "finalise",
        "Make its dates final",
        "Make its dates final: {}",
        (Button("Make final"),),
        _finalise,
        lambda found: found.is_published and found.is_living and found.precision != "final",
        why="Why it is late, if it is",
        is_casework=False,
    ),
    Saying(
        "cancel",
        "Call it off",
        "Call it off: {}",
        (Button("Call it off"),),
        _cancel,
        lambda found: found.is_living,
        lambda _found: (AGAIN,),
        is_casework=False,
    ),
    Saying(
        "undo-cancel",
        "Undo that it was called off",
        "Undo that it was called off: {}",
        (Button("Undo"),),
        _undo_cancel,
        lambda found: found.state == "cancelled",
        is_casework=False,
    ),
)

SAYINGS = (*CASEWORK, *ENDS)
"""What can be said of an activity, in the order in which the area's page offers it."""

add_pages(router, PATH, SAYINGS, _find)
