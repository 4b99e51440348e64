"""`/assessments/{number}/...`: what is said of the assessment of an area in a year."""

from dataclasses import dataclass

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request

from config.codes import in_name
from config.yearly_rules import YearlyRules
from console.asking import Button, Field, boxes_of
from console.context import context_of
from console.forms import Form
from console.saying import DAY_HINT, ON_TODAY, Saying, Subject, add_pages, number_in, open_sayings
from models import YearlyAssessment, session
from reports.words import date_in_words
from services.audit import Word
from services.errors import NotFound
from services.shown.years import YearLine, year_lines
from services.years import inputs, judging, steps
from services.years.made import yearly_rules

router = APIRouter()

PATH = "/assessments/{number}"


@dataclass(frozen=True)
class Assessed:
    """The assessment of an area as it stands, and what the policy says of assessments."""

    line: YearLine
    rules: YearlyRules


def _row(opened: Session, found: Assessed) -> YearlyAssessment:
    return opened.get_one(YearlyAssessment, found.line.number)


def _return(opened: Session, found: Assessed, form: Form, word: Word) -> str:
    steps.say_returned(opened, _row(opened, found), form.day("day") or word.as_of, word)
    return f"The self-assessment of {found.line.area_name} came back."


def _field(opened: Session, found: Assessed, form: Form, word: Word) -> str:
    steps.begin_field(opened, _row(opened, found), form.day("day") or word.as_of, word)
    return f"The field exercise in {found.line.area_name} began."


def _judge(opened: Session, found: Assessed, form: Form, word: Word) -> str:
    given = {name: form.text(name) for name in found.rules.judgements if form.text(name)}
    judging.judge_area(opened, _row(opened, found), given, form.day("day") or word.as_of, word)
    return f"{found.line.title} of {found.line.area_name} is judged."


def _input(opened: Session, found: Assessed, form: Form, word: Word) -> str:
    day = form.day("day") or word.as_of
    texts = (form.text("kind"), form.text("value"), form.text("source"))
    inputs.record_input(opened, _row(opened, found), *texts, day, word)
    return f"It is recorded for {found.line.title} of {found.line.area_name}."


def _converse(opened: Session, found: Assessed, form: Form, word: Word) -> str:
    people = boxes_of(form, "people", tuple(found.rules.people.items()))
    day = form.day("day") or word.as_of
    inputs.record_conversation(opened, _row(opened, found), people, form.text("points"), day, word)
    return f"The conversation with {found.line.area_name} is recorded."


def _grades(found: Assessed) -> tuple[Field, ...]:
    scale = tuple((grade, grade) for grade in found.rules.scale)
    nothing = "As it is" if found.line.grades else "Not graded"
    if not found.line.has_field and not found.line.grades:
        nothing = "As the review graded it"
    slots = (
        Field(name, words, kind="choice", choices=scale, nothing=nothing)
        for name, words in found.rules.judgements.items()
    )
    return (*slots, Field("day", "Day on which it was judged", ON_TODAY))


def _inputs(found: Assessed) -> tuple[Field, ...]:
    kinds = tuple(found.rules.inputs.items())
    return (
        Field("kind", "What it is", kind="choice", choices=kinds, nothing="Choose one"),
        Field("value", "What it says", "A rating or a judgement."),
        Field("source", "Where it stands"),
        Field("day", "Day on which it came", ON_TODAY),
    )


def _talk(found: Assessed) -> tuple[Field, ...]:
    return (
        Field("people", "Who took part", kind="boxes", choices=tuple(found.rules.people.items())),
        Field("points", "What it was about", kind="words"),
        Field("day", "Day on which it was held", DAY_HINT),
    )


def _day(label: str) -> tuple[Field, ...]:
    return (Field("day", label, ON_TODAY),)


SAYINGS: tuple[Saying[Assessed], ...] = (
    Saying(
        "return",
        "Self-assessment came back",
        "The self-assessment came back: {}",
        (Button("Record"),),
        _return,
        lambda found: found.line.state == steps.ISSUED,
        lambda _found: _day("Day on which it came back"),
        why="",
        is_casework=False,
    ),
    Saying(
        "field",
        "Field exercise began",
        "The field exercise began: {}",
        (Button("Record"),),
        _field,
        lambda found: found.line.state == steps.RETURNED and found.line.has_field,
        lambda _found: _day("Day on which it began"),
        why="Why, if it is outside its months",
        is_casework=False,
    ),
    Saying(
        "judge",
        "Judge",
        "Judge: {}",
        (Button("Judge"),),
        _judge,
        lambda found: (
            found.line.field_on is not None or (not found.line.has_field and found.line.state != steps.ISSUED)
        ),
        _grades,
        why="Why, if it is late or a correction",
        is_casework=False,
    ),
    Saying(
        "input",
        "Record an input",
        "Record an input: {}",
        (Button("Record"),),
        _input,
        lambda found: bool(found.rules.inputs),
        _inputs,
        why="",
        is_casework=False,
    ),
    Saying(
        "conversation",
        "Record a conversation",
        "Record a conversation: {}",
        (Button("Record"),),
        _converse,
        lambda found: bool(found.rules.people),
        _talk,
        why="",
        is_casework=False,
    ),
)
"""What can be said of the assessment of an area, in the order in which its page offers it."""


def sayings_of(line: YearLine, rules: YearlyRules) -> list[tuple[str, str]]:
    """What can be said next: the last part of the address, and the words of the link."""
    return open_sayings(SAYINGS, Assessed(line, rules))


def _find(request: Request) -> Subject[Assessed]:
    """The assessment of a number, as it stands now."""
    number, context = number_in(request, "number", "yearly assessment"), context_of(request)
    with session(context.engine, read_only=True) as opened:
        row = opened.get(YearlyAssessment, number)
        if row is None:
            raise NotFound(f"assessment {number}", "there is none.", "Go to the page Years.")
        (line,) = year_lines(opened, context.today(), row.area_code, row.year)
        found = Assessed(line, yearly_rules(opened))
    return Subject(
        about=found,
        name=f"{line.title} of {line.area_name}",
        address=f"/assessments/{number}",
        back=f"/areas/{in_name(line.area)}/years",
        back_to=f"Years of {line.area_name}",
        facts=(
            ("What the year is", line.role_name),
            ("State", line.state_name),
            ("All are judged by", date_in_words(line.days.judged_by)),
        ),
    )


add_pages(router, PATH, SAYINGS, _find)
