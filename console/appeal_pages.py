"""`/areas/{code}/appeal`, `/appeals/{number}/word` and `decide`: what both sides say in an appeal against a rating."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from config.codes import in_name
from config.rating_files import regime_holding_on
from console.appeals_page import appeal_entry, appeal_facts
from console.asking import Button, Choices, Field, Question, ask
from console.context import context_of
from console.desk import word_of
from console.forms import Form, change, posted
from console.missing import or_404
from console.visitors import who_asks
from models import Area, session
from services.accounts.roles import Role
from services.casework.waiver_reasons import WaiverReason
from services.naming.areas import find_area
from services.programme import policy_of
from services.rating import appeals
from services.rating.annual import rating_of
from services.rating.appeal_entries import OUTCOME_WORDS, AppealEntry
from services.rating.appeal_objections import AppealVerdict, Said
from services.rating.appeal_steps import appeal_about

router = APIRouter()

LODGE, EVIDENCE, TELL, COMPLAINT = "lodge", "evidence", "tell", "link"


@router.get("/areas/{code:path}/appeal")
def appeal_form(request: Request, code: str) -> Response:
    """Asks what an area says of its rating."""
    return ask(request, _of_area(request, code)[1])


@router.post("/areas/{code:path}/appeal")
def appeal(request: Request, code: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Ask about the rating, lodge the appeal, or add evidence to it: as the button says."""
    area, question = _of_area(request, code)
    year = context_of(request).today().year

    def do(opened: Session) -> str:
        word, said = word_of(request, form), Said(form.text("note"), who_asks(request).name)
        if form.text(LODGE):
            made = appeals.lodge(opened, area.code, year, said, word, _waiver(form))
            return f"Appeal {made.id} is lodged."
        rating = rating_of(opened, area.code, year)
        known = None if rating is None else appeal_about(opened, rating)
        if form.text(EVIDENCE) and known is not None:
            appeals.add_evidence(opened, known.id or 0, said, word)
            return f"The evidence is added to appeal {known.id}."
        made = appeals.begin_query(opened, area.code, year, said, word)
        return f"The query is appeal {made.id}: a talk about it is offered."

    return change(request, do, question.back, lambda wrong: ask(request, question, form, wrong))


@router.get("/appeals/{number}/word")
def word_form(request: Request, number: str) -> Response:
    """Asks for the talk, evidence, the word to the area or the number of a complaint."""
    return ask(request, _word(appeal_entry(request, number)))


@router.post("/appeals/{number}/word")
def say_word(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Write it down: as the button says."""
    entry = appeal_entry(request, number)
    question = _word(entry)

    def do(opened: Session) -> str:
        word, said = word_of(request, form), Said(form.text("note"), form.text("by"))
        if form.text(COMPLAINT):
            appeals.link_complaint(opened, entry.number, form.text("complaint"), word)
            return f"The complaint is linked with appeal {entry.number}."
        if form.text(EVIDENCE):
            appeals.add_evidence(opened, entry.number, said, word)
            return f"The evidence is added to appeal {entry.number}."
        if form.text(TELL):
            appeals.tell(opened, entry.number, said, word)
            return f"{entry.area} was told the decision."
        appeals.talk(opened, entry.number, said, word)
        return f"The talk with {entry.area} is recorded."

    return change(request, do, question.back, lambda wrong: ask(request, question, form, wrong))


@router.get("/appeals/{number}/decide")
def decision_form(request: Request, number: str) -> Response:
    """Asks what is decided, and why."""
    return ask(request, _decision(request, appeal_entry(request, number)))


@router.post("/appeals/{number}/decide")
def decide(request: Request, number: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Write the decision down."""
    entry = appeal_entry(request, number)
    question = _decision(request, entry)

    def do(opened: Session) -> str:
        verdict = AppealVerdict(form.text("outcome"), form.text("by"), form.text("grade"))
        appeals.decide_appeal(opened, entry.number, verdict, word_of(request, form))
        return f"Appeal {entry.number} is decided. Tell {entry.area}."

    return change(request, do, question.back, lambda wrong: ask(request, question, form, wrong))


def _of_area(request: Request, code: str) -> tuple[Area, Question]:
    with session(context_of(request).engine, read_only=True) as opened, or_404():
        area = find_area(opened, code)
        reasons = tuple(policy_of(opened).waivers.reasons.items())
    fields = [Field("note", "What you say of the rating", "Grounds, or evidence.", "words")]
    if Role.PLANNER in who_asks(request).roles:
        hint = "Only for an appeal that is late, or without the talk that comes first."
        fields.append(Field("waiver", "Waiver", hint, "choice", reasons, "None"))
        fields.append(Field("waiver_why", "More about the waiver"))
    address = f"/areas/{in_name(area.code)}"
    question = Question(
        f"Rating of {area.name}: ask or appeal",
        f"{address}/appeal",
        f"{address}/profile",
        f"Profile of {area.name}",
        tuple(fields),
        (
            Button("Ask for a talk"),
            Button("Lodge the appeal", LODGE),
            Button("Add as evidence", EVIDENCE, is_secondary=True),
        ),
    )
    return area, question


def _waiver(form: Form) -> WaiverReason | None:
    code, why = form.text("waiver"), form.text("waiver_why")
    return WaiverReason(code, why) if code else None


def _word(entry: AppealEntry) -> Question:
    fields = (
        Field("note", "What was said", kind="words"),
        Field("by", "Who said it"),
        Field("complaint", "Number of the complaint", "Only to link a complaint."),
    )
    buttons = (
        Button("Record the talk"),
        Button("Add evidence", EVIDENCE, is_secondary=True),
        Button("Record that the area was told", TELL, is_secondary=True),
        Button("Link the complaint", COMPLAINT, is_secondary=True),
    )
    return _question(entry, "word", f"Appeal {entry.number} of {entry.area}", fields, buttons)


def _decision(request: Request, entry: AppealEntry) -> Question:
    regime = regime_holding_on(context_of(request).today())
    grades: Choices = () if regime is None else tuple((grade.id, grade.name) for grade in regime.grades)
    outcomes = tuple((code, words.capitalize()) for code, words in OUTCOME_WORDS.items() if code)
    fields = (
        Field("outcome", "Decision", kind="choice", choices=outcomes, nothing="Choose one"),
        Field("grade", "New rating", "Where it is upheld.", "choice", grades, "None"),
        Field("by", "Who decides", "Not who rated the area."),
        Field("why", "Why", kind="words"),
    )
    return _question(
        entry, "decide", f"Decide appeal {entry.number} of {entry.area}", fields, (Button("Decide"),)
    )


def _question(
    entry: AppealEntry, action: str, title: str, fields: tuple[Field, ...], buttons: tuple[Button, ...]
) -> Question:
    address = f"/appeals/{entry.number}"
    said = tuple(f"{step.name}, {step.said_by}: {step.note}" for step in entry.steps)
    return Question(
        title,
        f"{address}/{action}",
        address,
        f"Appeal {entry.number}",
        fields,
        buttons,
        appeal_facts(entry),
        lists=(("What happened", said),),
    )
