"""`/preparation`: the space of an area's preparation group. For everybody else there is no such page, nor any hint."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.asking import Button, Choices, Field, Question, ask
from console.context import context_of
from console.desk import word_of
from console.forms import Form, Wrong, change, posted
from console.own_part import is_number
from console.rendering import render
from console.visitors import who_asks
from models import SelfEvaluation, session
from reports.words import date_in_words
from services.audit import Word
from services.errors import NotFound, Objection, Refused
from services.preparation.evaluating import evaluate, framework_of, slots_of
from services.preparation.meetings import record_meeting
from services.preparation.members import (
    LEADS,
    NewMember,
    add_member,
    hand_over_chair,
    members_of,
    name_lead,
    organisations_of,
    start_group,
)
from services.preparation.planned_tasks import NewTask, add_task, do_task, mocks_of, record_mock
from services.preparation.spaces import group_of
from services.programme import rules_of
from services.shown.preparation import preparation_view

router = APIRouter()

HERE = "/preparation"
NOTHING = "Choose one"


@dataclass(frozen=True)
class Part:
    """Something that is asked in the space: its title, its fields as of a day, and what a form does."""

    title: str
    fields: Callable[[Session, str, Word], tuple[Field, ...]]
    do: Callable[[Session, str, Form, Word], str]


@router.get(HERE)
def preparation(request: Request) -> Response:
    """The whole space; before the group has started, where to start it."""
    return _page(request, "preparation.html", "Preparation")


@router.get("/preparation/report")
def report(request: Request) -> Response:
    """What the executive gets after a meeting (R166): a page to be printed or passed on."""
    return _page(request, "preparation_report.html", "Report to the executive")


@router.get("/preparation/tasks/{number}")
def task_form(request: Request, number: str) -> Response:
    """Asks on which day a task was done."""
    return ask(request, _task(request, number))


@router.post("/preparation/tasks/{number}")
def task_done(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Record that a task is done."""
    question, context = _task(request, number), context_of(request)

    def do(opened: Session) -> str:
        day = form.day("done_on") or context.today()
        row = do_task(opened, _area(request), int(number), day, word_of(request, form))
        return f"{row.name}: done on {date_in_words(day)}."

    return change(request, do, HERE, lambda wrong: ask(request, question, form, wrong))


@router.get("/preparation/{part}")
def part_form(request: Request, part: str) -> Response:
    """One form of the space."""
    return ask(request, _question(request, part))


@router.post("/preparation/{part}")
def part_done(request: Request, part: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Do what a form of the space asks."""
    question, word = _question(request, part), word_of(request, form)

    def do(opened: Session) -> str:
        return PARTS[part].do(opened, _area(request), form, word)

    def again(wrong: list[Wrong]) -> Response:
        return ask(request, question, form, wrong)

    return change(request, do, HERE, again)


def _area(request: Request) -> str:
    return who_asks(request).area_code or ""


def _page(request: Request, template: str, title: str) -> Response:
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        try:
            view = preparation_view(opened, _area(request), context.today())
        except NotFound:
            view = None
    return render(request, template, {"title": title, "view": view})


def _question(request: Request, part: str) -> Question:
    if part not in PARTS:
        raise HTTPException(404)
    asked, context = PARTS[part], context_of(request)
    word = Word(who_asks(request).name, context.now(), context.today())
    with session(context.engine, read_only=True) as opened:
        try:
            fields = asked.fields(opened, _area(request), word)
        except NotFound as missing:
            raise HTTPException(404, missing.on_page()) from missing
    return Question(asked.title, f"{HERE}/{part}", HERE, "Preparation", fields, (Button("Record"),))


def _task(request: Request, number: str) -> Question:
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        try:
            view = preparation_view(opened, _area(request), context.today())
        except NotFound as missing:
            raise HTTPException(404, missing.on_page()) from missing
    lines = (*view.tasks, *(line for mock in view.mocks for line in mock.actions))
    line = next((line for line in lines if is_number(number) and line.task.id == int(number)), None)
    if line is None:
        raise HTTPException(404, "There is no such task. Go to Preparation.")
    facts = (("Task", line.task.name), ("Owner", line.owner), ("Due", date_in_words(line.task.due_on)))
    fields = (Field("done_on", "Day on which it was done", "Leave it blank for today."),)
    address = f"{HERE}/tasks/{number}"
    return Question("A task is done", address, HERE, "Preparation", fields, (Button("Record"),), facts)


def _starting(opened: Session, _area: str, _word: Word) -> tuple[Field, ...]:
    known = tuple((name, framework.name) for name, framework in rules_of(opened).frameworks.items())
    return (
        Field("framework", "Inspection to prepare for", kind="choice", choices=known, nothing=NOTHING),
        Field("reports_to", "Reports to", "Such as the executive of the children's service."),
        Field("started_on", "First meeting", "Leave it blank for today. No notice is needed first."),
    )


def _start(opened: Session, area: str, form: Form, word: Word) -> str:
    started_on = form.day("started_on") or word.as_of
    row = start_group(opened, area, form.text("framework"), form.text("reports_to"), started_on, word)
    return f"The group has started. It first meets on {date_in_words(row.started_on)}."


def _joining(opened: Session, area: str, _word: Word) -> tuple[Field, ...]:
    group_of(opened, area)
    known = tuple((name, name) for name in organisations_of(opened, area))
    return (
        Field("name", "Name"),
        Field("nominated_by", "Nominated by", kind="choice", choices=known, nothing=NOTHING),
        Field("position", "Position", "The chair is an assistant director."),
        Field("email", "Mail address"),
        Field("is_chair", "Chair", kind="boxes", choices=(("yes", "In the chair"),)),
    )


def _join(opened: Session, area: str, form: Form, word: Word) -> str:
    new = NewMember(
        name=form.text("name"),
        nominated_by=form.text("nominated_by"),
        position=form.text("position"),
        email=form.text("email"),
        is_chair=bool(form.text("is_chair-yes")),
    )
    return f"{add_member(opened, area, new, word).name} is a member."


def _leading(opened: Session, area: str, _word: Word) -> tuple[Field, ...]:
    return (
        Field("role", "Subject", kind="choice", choices=tuple(LEADS.items()), nothing=NOTHING),
        Field("member", "Lead", kind="choice", choices=_members(opened, area), nothing=NOTHING),
    )


def _lead(opened: Session, area: str, form: Form, word: Word) -> str:
    member = name_lead(opened, area, form.text("role"), form.text("member"), word)
    return f"{LEADS[form.text('role')]}: {member.name} leads."


def _handing(opened: Session, area: str, _word: Word) -> tuple[Field, ...]:
    members = _members(opened, area)
    return (Field("member", "Who takes the chair", kind="choice", choices=members, nothing=NOTHING),)


def _hand_over(opened: Session, area: str, form: Form, word: Word) -> str:
    return f"{hand_over_chair(opened, area, form.text('member'), word).name} is in the chair."


def _meeting(opened: Session, area: str, word: Word) -> tuple[Field, ...]:
    days = [line.held_on for line in preparation_view(opened, area, word.as_of).to_record]
    choices = tuple((day.isoformat(), date_in_words(day)) for day in days)
    return (
        Field("held_on", "Meeting", kind="choice", choices=choices, nothing=NOTHING),
        Field("decided", "What it decided", kind="words"),
    )


def _record(opened: Session, area: str, form: Form, word: Word) -> str:
    day = form.day("held_on")
    if day is None:
        raise Refused([Objection("meeting", "no meeting is chosen.", "Choose one.", field="held_on")])
    record_meeting(opened, area, day, form.text("decided"), word)
    return f"The meeting of {date_in_words(day)} is recorded. Send the report to the executive."


def _planning(opened: Session, area: str, _word: Word) -> tuple[Field, ...]:
    mocks = tuple((str(row.id), date_in_words(row.held_on)) for row in mocks_of(opened, area))
    hint = "Choose it where the task is part of its action plan."
    asked = Field("mock", "Mock inspection", hint, kind="choice", choices=mocks, nothing="None")
    return (
        Field("name", "Task"),
        Field("owner", "Owner", kind="choice", choices=_members(opened, area), nothing=NOTHING),
        Field("due_on", "Done by"),
        *((asked,) if mocks else ()),
    )


def _plan(opened: Session, area: str, form: Form, word: Word) -> str:
    new = NewTask(form.text("name"), form.text("owner"), form.day("due_on"), form.number("mock"))
    row = add_task(opened, area, new, word)
    return f"{row.name}: due on {date_in_words(row.due_on)}."


def _evaluating(opened: Session, area: str, word: Word) -> tuple[Field, ...]:
    slots = slots_of(framework_of(opened, group_of(opened, area)), word.as_of)
    judgements = tuple((slot.id, slot.name) for slot in slots)
    grades = tuple((grade, grade) for grade in dict.fromkeys(grade for slot in slots for grade in slot.scale))
    return (
        Field("judgement", "Judgement", kind="choice", choices=judgements, nothing=NOTHING),
        Field("descriptor", "Grade descriptor", "What the framework says of this grade.", kind="words"),
        Field(
            "grade", "Own grade", "The lowest is the worst.", kind="choice", choices=grades, nothing=NOTHING
        ),
        Field("evidence_held", "Evidence", kind="words"),
        Field("action_needed", "Action", kind="words"),
    )


def _evaluate(opened: Session, area: str, form: Form, word: Word) -> str:
    names = ("judgement", "descriptor", "grade", "evidence_held", "action_needed")
    new = SelfEvaluation(area_code=area, said_on=word.as_of, **{name: form.text(name) for name in names})
    evaluate(opened, new, word)
    return "The self-evaluation is recorded."


def _mocking(opened: Session, area: str, _word: Word) -> tuple[Field, ...]:
    group_of(opened, area)
    return (
        Field("held_on", "Day"),
        Field("made_by", "Made by"),
        Field("found", "What was found", kind="words"),
    )


def _mock(opened: Session, area: str, form: Form, word: Word) -> str:
    record_mock(opened, area, form.day("held_on"), form.text("made_by"), form.text("found"), word)
    return "The mock inspection is recorded. Add the tasks of its action plan."


def _members(opened: Session, area: str) -> Choices:
    group_of(opened, area)
    return tuple((row.name, f"{row.name}, {row.nominated_by}") for row in members_of(opened, area))


PARTS = {
    "start": Part("Start the preparation group", _starting, _start),
    "member": Part("Add a member", _joining, _join),
    "chair": Part("Hand the chair over", _handing, _hand_over),
    "lead": Part("Name a lead", _leading, _lead),
    "meeting": Part("Record a meeting", _meeting, _record),
    "task": Part("Add a task", _planning, _plan),
    "evaluation": Part("Evaluate your own work", _evaluating, _evaluate),
    "mock": Part("Record a mock inspection", _mocking, _mock),
}
"""What can be recorded, by the word in its address."""
