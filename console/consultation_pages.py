"""`/activities/{activity}/...`: what people say of a consultation: groups, survey, study, concerns and feedback."""

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request

from console.asking import Button, Choices, Field
from console.context import context_of
from console.forms import Form
from console.programme_page import area_address
from console.saying import ON_TODAY, Saying, Subject, add_pages, number_in
from models import session
from reports.words import date_in_words, plural
from services.audit import Word
from services.casework.consultation import feeding_back, groups, raised_concerns, surveys
from services.casework.consultation.surveys import Surveyed
from services.errors import Objection, Refused
from services.shown.consultation import ConsultationForm, consultation_form

router = APIRouter()

DROP = "drop"
STATUTORY: Choices = (("yes", "A statutory survey, which does not count"),)


def _find(request: Request) -> Subject[ConsultationForm]:
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        found = consultation_form(opened, number_in(request, "activity", "activity"), context.today())
    view = found.view
    days = "No dates yet"
    if view.days is not None:
        days = f"{date_in_words(view.days.first)} to {date_in_words(view.days.last)}"
        days += f", {plural(view.days.working_days, 'working day')}"
    return Subject(
        about=found,
        name=f"{found.name} in {found.area}",
        address=f"/activities/{view.row}",
        back=area_address(found.area_code),
        back_to=found.area,
        facts=(
            ("Review", view.code),
            ("Schools can answer a survey", days),
            ("Survey", view.survey or "None yet"),
        ),
        roles=found.roles,
    )


def _group(opened: Session, found: ConsultationForm, form: Form, word: Word) -> str:
    code, row = form.text("group"), found.view.row
    if form.text(DROP):
        groups.drop_group(opened, row, code, word)
        return "The group is not consulted after all."
    groups.choose_group(opened, row, code, form.text("grounds"), word)
    return "The group is consulted."


def _held(opened: Session, found: ConsultationForm, form: Form, word: Word) -> str:
    day, is_statutory = form.day("day") or word.as_of, bool(form.text("statutory-yes"))
    code, name = form.text("group"), form.text("name")
    done = groups.consult(opened, found.view.row, code, day, name, word, is_statutory=is_statutory)
    return " ".join((f"They were consulted on {date_in_words(day)}.", *done.warnings))


def _survey(opened: Session, found: ConsultationForm, form: Form, word: Word) -> str:
    for name in ("chosen", "returned"):
        if form.text(name) and form.number(name) is None:
            raise Refused([Objection(name, "this is no number.", "Give one such as 15.", field=name)])
    said = Surveyed(
        form.number("chosen"),
        form.text("why_chosen"),
        form.day("sent"),
        form.number("returned"),
        form.day("returned_on"),
        form.text("why_fewer"),
    )
    row = surveys.record_survey(opened, found.view.row, said, word)
    return f"{row.num_returned} of {row.num_chosen} schools have returned the survey."


def _study(opened: Session, found: ConsultationForm, form: Form, word: Word) -> str:
    days = {part: form.day(part) for part in surveys.PARTS}
    done = {part: day for part, day in days.items() if day is not None}
    row = surveys.record_study(opened, found.view.row, form.text("place"), form.text("grounds"), done, word)
    return f"The neighbourhood is {row.place}."


def _concern(opened: Session, found: ConsultationForm, form: Form, word: Word) -> str:
    row = raised_concerns.raise_concern(opened, found.view.row, form.day("day") or word.as_of, word)
    return f"Concern {row.id} is to be answered or referred by {date_in_words(row.due_on)}."


def _close_concern(opened: Session, _found: ConsultationForm, form: Form, word: Word) -> str:
    number = form.number("concern")
    if number is None:
        raise Refused([Objection("concern", "none is chosen.", "Choose a concern.", field="concern")])
    day = form.day("day") or word.as_of
    row = raised_concerns.close_concern(opened, number, day, form.text("referred_to"), word)
    return f"Concern {row.id} is {'referred' if row.referred_to else 'answered'}."


def _feed_back(opened: Session, found: ConsultationForm, form: Form, word: Word) -> str:
    day = form.day("day") or word.as_of
    row = feeding_back.feed_back(opened, found.view.row, form.text("whom"), form.text("how"), day, word)
    return f"It was fed back to {row.whom} on {date_in_words(day)}."


def _local(found: ConsultationForm) -> tuple[Field, ...]:
    return (
        Field("group", "Local group", kind="choice", choices=found.view.local_groups, nothing="Choose one"),
        Field("grounds", "Grounds", "Why this group matters in the area.", "words"),
    )


def _consulted(found: ConsultationForm) -> tuple[Field, ...]:
    known = [(line.code, line.name) for line in found.view.groups]
    return (
        Field("group", "Group", kind="choice", choices=known, nothing="Choose one"),
        Field("name", "Which consultation it was", "Such as: survey of the review."),
        Field("day", "Day on which it was held", ON_TODAY),
        Field("statutory", "Kind", kind="boxes", choices=STATUTORY),
    )


def _open_concerns(found: ConsultationForm) -> tuple[Field, ...]:
    known = [
        (str(row.number), f"{row.number}, raised on {date_in_words(row.raised_on)}")
        for row in found.view.concerns
        if row.is_open
    ]
    return (
        Field("concern", "Which concern", kind="choice", choices=known, nothing="Choose one"),
        Field(
            "referred_to", "To whom it was referred", "Leave it blank where it was answered. Never a child."
        ),
        Field("day", "Day on which that was done", ON_TODAY),
    )


SURVEY = (
    Field("chosen", "How many schools and colleges were chosen"),
    Field("why_chosen", "Why these were chosen", kind="words"),
    Field("sent", "Day on which it was sent", ON_TODAY),
    Field("returned", "How many have returned it"),
    Field("returned_on", "Day until which they have", ON_TODAY),
    Field("why_fewer", "Why fewer answers will do", "Only where fewer than wanted came back.", "words"),
)
STUDY = (
    Field("place", "Estate, ward or district"),
    Field("grounds", "Grounds", "Why it was chosen.", "words"),
    Field("context_on", "Day on which its context was analysed"),
    Field("visits_on", "Day on which its visits were done"),
    Field("discussions_on", "Day on which its discussions were held"),
)
FEEDBACK = (
    Field("whom", "Who was told", "Such as: children in care."),
    Field("how", "How they were told", kind="words"),
    Field("day", "Day on which they were told", ON_TODAY),
)
REMARK = "Remark (never the name of a child)"

CONSULTATION: tuple[Saying[ConsultationForm], ...] = (
    Saying(
        "group",
        "Choose a local group",
        "Choose a local group: {}",
        (Button("Choose"), Button("It is not consulted after all", DROP, is_secondary=True)),
        _group,
        lambda found: bool(found.view.local_groups),
        _local,
        why="Why it is not consulted, or a remark",
    ),
    Saying(
        "consulted",
        "Record that a group was consulted",
        "Record that a group was consulted: {}",
        (Button("Record"),),
        _held,
        lambda _found: True,
        _consulted,
        why=REMARK,
    ),
    Saying(
        "survey",
        "Survey of schools",
        "Survey of schools: {}",
        (Button("Record"),),
        _survey,
        lambda _found: True,
        lambda _found: SURVEY,
        why=REMARK,
    ),
    Saying(
        "study",
        "Study of a neighbourhood",
        "Study of a neighbourhood: {}",
        (Button("Record"),),
        _study,
        lambda _found: True,
        lambda _found: STUDY,
        why=REMARK,
    ),
    Saying(
        "concern",
        "Record a concern",
        "Record that a child raised a concern: {}",
        (Button("Record"),),
        _concern,
        lambda _found: True,
        lambda _found: (Field("day", "Day on which it was raised", ON_TODAY),),
        why="",
    ),
    Saying(
        "concern-closed",
        "A concern is answered or referred",
        "A concern is answered or referred: {}",
        (Button("Record"),),
        _close_concern,
        lambda found: any(row.is_open for row in found.view.concerns),
        _open_concerns,
        why="",
    ),
    Saying(
        "fed-back",
        "Record what was fed back",
        "Record what was fed back: {}",
        (Button("Record"),),
        _feed_back,
        lambda found: found.is_published,
        lambda _found: FEEDBACK,
        why=REMARK,
    ),
)
"""What can be said of a consultation, in the order in which the area's page offers it."""

add_pages(router, "/activities/{activity}", CONSULTATION, _find)
