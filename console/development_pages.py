"""`/developments`: the timetables on which inspections are developed, their trials and what these taught."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from config.development_files import read_developments
from console.asking import Button, Field, Question, ask
from console.context import context_of
from console.desk import word_of
from console.forms import Form, Wrong, change, posted
from console.missing import or_404
from console.own_part import is_number
from console.rendering import render
from models import TrialLesson, session
from reports.words import date_in_words
from services.developments.doing import do_task
from services.developments.trials import (
    NOT_TAKEN,
    TAKEN,
    VERDICT_WORDS,
    add_lesson,
    add_trial,
    decide_lesson,
    find_lesson,
    find_trial,
)
from services.errors import Objection, Refused
from services.shown.developments import STATE_WORDS, TaskLine, development_view

router = APIRouter()


@router.get("/developments")
def all_developments(request: Request) -> Response:
    """Those that are known."""
    values = {"title": "Developments of inspections", "developments": list(read_developments().values())}
    return render(request, "developments.html", values)


@router.get("/developments/{development}")
def one_development(request: Request, development: str) -> Response:
    """Its tasks with what they wait for, clashes of days, and trials."""
    _there(development)
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        view = development_view(opened, development, context.today())
    values = {
        "title": f"Development: {view.development.name}",
        "view": view,
        "states": STATE_WORDS,
        "verdicts": VERDICT_WORDS,
    }
    return render(request, "development.html", values)


@router.get("/developments/{development}/tasks/{task}")
def task_form(request: Request, development: str, task: str) -> Response:
    """Asks on which day a task was done."""
    return ask(request, _doing(development, _line(request, development, task)))


@router.post("/developments/{development}/tasks/{task}")
def task_done(
    request: Request, development: str, task: str, form: Annotated[Form, Depends(posted)]
) -> Response:
    """Record that a task is done."""
    line = _line(request, development, task)

    def do(opened: Session) -> str:
        day = form.day("done_on") or context_of(request).today()
        row = do_task(opened, development, line.task.id, day, word_of(request, form))
        return f"{line.task.name}: done on {date_in_words(row.done_on)}."

    def again(wrong: list[Wrong]) -> Response:
        return ask(request, _doing(development, line), form, wrong)

    return change(request, do, f"/developments/{development}", again)


@router.get("/developments/{development}/trial")
def trial_form(request: Request, development: str) -> Response:
    """Asks where and when a trial began."""
    _there(development)
    return ask(request, _trial(development))


@router.post("/developments/{development}/trial")
def record_trial(request: Request, development: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Record a trial."""
    _there(development)

    def do(opened: Session) -> str:
        day = form.day("began_on")
        if day is None:
            raise Refused([Objection("day", "no day is given.", "Say when it began.", field="began_on")])
        row = add_trial(opened, development, form.text("place"), day, word_of(request, form))
        return f"The trial in {row.place} is recorded. Record what it teaches."

    def again(wrong: list[Wrong]) -> Response:
        return ask(request, _trial(development), form, wrong)

    return change(request, do, f"/developments/{development}", again)


@router.get("/trials/{number}/lesson")
def lesson_form(request: Request, number: str) -> Response:
    """Asks what a trial taught."""
    return ask(request, _lesson(request, number))


@router.post("/trials/{number}/lesson")
def record_lesson(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Record what a trial taught."""
    question = _lesson(request, number)

    def do(opened: Session) -> str:
        row = add_lesson(opened, int(number), form.text("lesson"), word_of(request, form))
        return f"Lesson {row.id} is recorded. Decide whether it is taken."

    return change(request, do, question.back, lambda wrong: ask(request, question, form, wrong))


@router.get("/lessons/{number}/decide")
def verdict_form(request: Request, number: str) -> Response:
    """Asks whether a lesson is taken, and why."""
    return ask(request, _verdict(request, number))


@router.post("/lessons/{number}/decide")
def record_verdict(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Decide about a lesson; a later word takes the place of an earlier one."""
    question = _verdict(request, number)

    def do(opened: Session) -> str:
        row = decide_lesson(opened, int(number), form.text("verdict"), word_of(request, form))
        return f"Lesson {row.id}: {VERDICT_WORDS[row.verdict].lower()}."

    return change(request, do, question.back, lambda wrong: ask(request, question, form, wrong))


def _there(development: str) -> None:
    if development not in read_developments():
        raise HTTPException(404, "There is no such development. Go to the developments.")


def _line(request: Request, development: str, task: str) -> TaskLine:
    _there(development)
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        lines = development_view(opened, development, context.today()).tasks
    found = next((line for line in lines if line.task.id == task), None)
    if found is None:
        raise HTTPException(404, "There is no such task. Go to the development.")
    return found


def _doing(development: str, line: TaskLine) -> Question:
    facts = (
        ("Task", line.task.name),
        ("Owner", line.task.owner),
        ("State", STATE_WORDS[line.state]),
        ("Waits for", "; ".join(line.waits_for) or "Nothing"),
    )
    fields = (Field("done_on", "Day on which it was done", "Leave it blank for today."),)
    address = f"/developments/{development}/tasks/{line.task.id}"
    return _question("Say that a task is done", address, development, fields, facts)


def _trial(development: str) -> Question:
    fields = (Field("place", "Where it is"), Field("began_on", "Day on which it began"))
    return _question("Record a trial", f"/developments/{development}/trial", development, fields)


def _lesson(request: Request, number: str) -> Question:
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        trial = find_trial(opened, int(number) if is_number(number) else 0)
    fields = (Field("lesson", "What it taught", kind="words"),)
    facts = (("Trial", f"{trial.place}, from {date_in_words(trial.began_on)}"),)
    return _question("Record a lesson", f"/trials/{trial.id}/lesson", trial.development, fields, facts)


def _verdict(request: Request, number: str) -> Question:
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        lesson: TrialLesson = find_lesson(opened, int(number) if is_number(number) else 0)
        development = find_trial(opened, lesson.trial_id).development
    choices = tuple((name, VERDICT_WORDS[name]) for name in (TAKEN, NOT_TAKEN))
    fields = (
        Field("verdict", "Whether it is taken", kind="choice", choices=choices, nothing="Choose one"),
        Field("why", "Why", kind="words"),
    )
    facts = (("Lesson", lesson.lesson), ("So far", VERDICT_WORDS[lesson.verdict]))
    return _question("Decide about a lesson", f"/lessons/{lesson.id}/decide", development, fields, facts)


def _question(
    title: str,
    address: str,
    development: str,
    fields: tuple[Field, ...],
    facts: tuple[tuple[str, str], ...] = (),
) -> Question:
    back = f"/developments/{development}"
    return Question(title, address, back, "The development", fields, (Button("Record"),), facts)
