"""`/steps/{number}`: a step, and what people say of it: it is done, when it really happened, that it was not so."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from console.asking import Button, Field
from console.context import context_of
from console.forms import Form
from console.programme_page import area_address
from console.rendering import render
from console.saying import DAY_HINT, Saying, Subject, add_pages, found_by, number_in, open_sayings
from console.visitors import audience_of, who_asks
from models import session
from reports.words import date_in_words, plural
from services.audit import Word
from services.casework import outputs, sign_offs, undoing
from services.casework.advancing import advance_activity, find_step
from services.casework.signers import Signer
from services.casework.steps import MovedStep
from services.casework.waiver_reasons import WaiverReason
from services.errors import Objection, Refused
from services.shown.shown_plan import Audience
from services.shown.step_forms import StepForm, step_form

router = APIRouter()

PATH = "/steps/{number}"
DAY = Field("day", "Day on which it happened", DAY_HINT)
USUAL_DAY = replace(
    DAY, hint=f"{DAY_HINT} Leave it blank for today, or for the last day of a stage that is over."
)
COUNTED, WITHDRAW = "counted", "withdraw"


@router.get(PATH)
def one_step(request: Request) -> Response:
    """A step with its dates, who acts, its outputs, and what can be said of it now."""
    subject = found_by(_find, request)
    is_inside = audience_of(who_asks(request)) is Audience.INSPECTORATE
    values = {
        "title": subject.name,
        "subject": subject,
        "step": subject.about.line,
        "people": subject.about.line.people if is_inside else (),
        "outputs": [output.in_words() for output in subject.about.outputs] if is_inside else [],
        "sayings": open_sayings(SAYINGS, subject.about),
    }
    return render(request, "step.html", values)


def _find(request: Request) -> Subject[StepForm]:
    """The step as it stands now; its edition goes along with a form, so that nothing is overwritten unseen."""
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        found = step_form(opened, number_in(request, "number", "step"), context.today())
    line = found.line
    return Subject(
        about=found,
        name=line.name,
        address=f"/steps/{line.step}",
        back=area_address(line.area_code),
        back_to=line.area,
        facts=tuple(_facts(found)),
        roles=found.roles,
        hidden=(("revision", str(line.revision)),),
    )


def _facts(found: StepForm) -> Iterable[tuple[str, str]]:
    line = found.line
    yield "Review", f"{line.activity_name} in {line.area} ({line.activity})"
    yield "When", f"{line.when}; done {date_in_words(line.actual_on)}" if line.actual_on else line.when
    yield "State", f"{line.status}, signed off by {line.signed}" if line.signed else line.status
    if line.signs:
        yield "Signed off by", line.signs
    if found.broken:
        yield "Its dates break a rule", found.broken


def _waiver_fields(found: StepForm) -> tuple[Field, ...]:
    hint = "Only if a rule is broken, or something that the step needs is missing."
    return (
        Field("waiver", "Waiver", hint, "choice", found.reasons, "None"),
        Field("waiver_why", "More about the waiver"),
    )


def _missing(found: StepForm) -> tuple[tuple[str, str], ...]:
    return tuple((f"/steps/{step}/output", f"Record the output: {name}") for step, name in found.missing)


def _sign_off(opened: Session, found: StepForm, form: Form, word: Word) -> str:
    signer = Signer(word.who, word.on_behalf_of, word.note)
    said = replace(word, note=form.text("note"), on_behalf_of="")
    moved = sign_offs.sign_off(
        opened,
        found.line.step,
        form.day("day"),
        said,
        signer=signer,
        seen=_seen(form),
        waiver=_waiver(form),
    )
    row = find_step(opened, found.line.step)
    return f"{row.name} is signed off for {date_in_words(row.actual_on or word.as_of)}.{_moved(moved)}"


def _record(opened: Session, found: StepForm, form: Form, word: Word) -> str:
    day = form.day("day")
    if day is None:
        raise Refused([Objection("day", "no day is given.", field="day")])
    moved = sign_offs.record_actual(opened, found.line.step, day, word, seen=_seen(form))
    return f"{found.line.name} happened on {date_in_words(day)}.{_moved(moved)}"


def _agree(opened: Session, found: StepForm, form: Form, word: Word) -> str:
    day = None if form.text(COUNTED) else form.day("agreed_on")
    if day is None and not form.text(COUNTED):
        advice = "Give the day that is agreed, such as 7 April 2006."
        raise Refused([Objection("day", "no day is given.", advice, field="agreed_on")])
    moved = sign_offs.agree_date(opened, found.line.step, day, word, waiver=_waiver(form), seen=_seen(form))
    what = (
        "is on the day that the rules count again" if day is None else f"is agreed for {date_in_words(day)}"
    )
    return f"{found.line.name} {what}.{_moved(moved)}"


def _waive(opened: Session, found: StepForm, form: Form, word: Word) -> str:
    reason = WaiverReason(form.text("waiver"), form.text("waiver_why"))
    sign_offs.waive(opened, found.line.step, reason, word, seen=_seen(form))
    return f"The rule that the dates of {found.line.name} break is waived."


def _output(opened: Session, found: StepForm, form: Form, word: Word) -> str:
    chosen = next((output for output in found.outputs if output.id == form.text("output")), None)
    if chosen is None:
        raise Refused([Objection("output", "no output is chosen.", "Choose one.", field="output")])
    step, seen = found.line.step, _seen(form)
    if form.text(WITHDRAW):
        outputs.withdraw_output(opened, step, chosen.id, word, seen=seen)
        return f"The newest version of {chosen.name} is taken back."
    version, link = form.text("version"), form.text("link")
    outputs.record_output(opened, step, chosen.id, word, version=version, link=link, seen=seen)
    return f"{chosen.name} is recorded."


def _undo(opened: Session, found: StepForm, form: Form, word: Word) -> str:
    undone = undoing.undo(opened, found.line.step, word, seen=_seen(form))
    gone = " ".join(str(gone) for gone in undone.gone)
    what = f"is as it was before '{undone.action}' by {undone.who}"
    return f"{found.line.name} {what}.{_moved(undone.moved)} {gone}".strip()


def _going_on(say: Callable[[Session, StepForm, Form, Word], str]) -> Callable[..., str]:
    """What follows from it begins at once."""

    def said(opened: Session, found: StepForm, form: Form, word: Word) -> str:
        told = say(opened, found, form, word)
        advance_activity(opened, found.line.activity, word.as_of, word)
        return told

    return said


SAYINGS: tuple[Saying[StepForm], ...] = (
    Saying(
        "sign-off",
        "Sign off",
        "Sign off: {}",
        (Button("Sign off"),),
        _going_on(_sign_off),
        lambda found: found.is_open and bool(found.line.signs),
        lambda found: (USUAL_DAY, Field("note", "Remark or evidence", kind="words"), *_waiver_fields(found)),
        why="",
        first=_missing,
    ),
    Saying(
        "record",
        "Record the actual date",
        "Record the actual date: {}",
        (Button("Record"),),
        _going_on(_record),
        lambda found: found.is_done or (found.is_open and not found.line.signs),
        lambda _found: (DAY,),
    ),
    Saying(
        "agree",
        "Agree another day",
        "Agree another day: {}",
        (Button("Agree"), Button("Return to the day that the rules count", COUNTED, is_secondary=True)),
        _going_on(_agree),
        lambda found: found.is_open and found.line.step_kind != "stage",
        lambda found: (Field("agreed_on", "Agreed day", DAY_HINT), *_waiver_fields(found)),
    ),
    Saying(
        "waive",
        "Give the reason for a waiver",
        "Give the reason for a waiver: {}",
        (Button("Waive the rule"),),
        _going_on(_waive),
        lambda found: found.is_open and bool(found.broken),
        lambda found: (
            Field("waiver", "Reason", kind="choice", choices=found.reasons, nothing="Choose one"),
            Field("waiver_why", "More about it"),
        ),
        why="",
    ),
    Saying(
        "output",
        "Record an output",
        "Record an output: {}",
        (Button("Record"), Button("Take back the newest version", WITHDRAW, is_secondary=True)),
        _going_on(_output),
        lambda found: bool(found.outputs) and found.line.state not in ("superseded", "left_out"),
        lambda found: (
            Field(
                "output",
                "Output",
                kind="choice",
                choices=tuple((output.id, output.name) for output in found.outputs),
                nothing="Choose one",
            ),
            Field("version", "Version", "What its author calls it, such as draft 2."),
            Field("link", "Where it is", "Such as https://council.example/plan.pdf."),
        ),
        why="Why it is taken back, or a remark",
    ),
    Saying(
        "undo",
        "Undo the last entry",
        "Undo the last entry: {}",
        (Button("Undo"),),
        _undo,
        lambda found: found.has_word,
    ),
)
"""What can be said of a step, in the order in which its page offers it."""

add_pages(router, PATH, SAYINGS, _find)


def _seen(form: Form) -> int | None:
    return form.number("revision")


def _waiver(form: Form) -> WaiverReason | None:
    code, why = form.text("waiver"), form.text("waiver_why")
    return WaiverReason(code, why) if code or why else None


def _moved(moved: Sequence[MovedStep]) -> str:
    return f" {plural(len(moved), 'date')} moved with it." if moved else ""
