"""`/activities/{activity}/findings`: what a review finds out, by contribution, and what people say of it."""

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.asking import Button, Field, boxes_of
from console.context import context_of
from console.forms import Form, chosen
from console.programme_page import area_address
from console.rendering import render
from console.saying import Saying, Subject, add_pages, found_by, number_in, open_sayings
from models import session
from services.audit import Word
from services.casework.reporting.findings import NewFinding, agree_finding, withdraw_finding
from services.casework.reporting.hypotheses import end_hypothesis, suppose
from services.errors import Objection, Refused
from services.shown.findings import ended_in_words
from services.shown.inspections import results_of
from services.shown.report_forms import ReportForm, find_report_form

router = APIRouter()

PATH = "/activities/{activity}"
ONE = "Choose one"


@router.get(f"{PATH}/findings", response_class=HTMLResponse)
def findings(request: Request) -> HTMLResponse:
    """Every contribution in scope with its services, its findings and its hypotheses."""
    found, context = found_by(find_subject, request).about, context_of(request)
    with session(context.engine, read_only=True) as opened:
        results = results_of(opened, found.area_code, context.today())
    values = {
        "title": f"Findings: {found.name} in {found.area}",
        "found": found,
        "results": results,
        "ended": ended_in_words(list(found.lines)),
        "area_address": area_address(found.area_code),
        "sayings": open_sayings(SAYINGS, found),
    }
    return render(request, "findings.html", values)


def find_subject(request: Request) -> Subject[ReportForm]:
    """The activity of an address, as its findings stand now."""
    with session(context_of(request).engine, read_only=True) as opened:
        found = find_report_form(opened, number_in(request, "activity", "activity"))
    address = f"/activities/{found.number}"
    return Subject(
        about=found,
        name=f"{found.name} in {found.area}",
        address=address,
        back=f"{address}/findings",
        back_to="Findings",
        facts=(("Review", found.code),),
        roles=found.roles,
    )


def numbered(form: Form, what: str) -> int:
    """The number that was chosen; Refused if none was."""
    number = form.number("number")
    if number is None:
        raise Refused([Objection("number", f"no {what} is chosen.", "Choose one.", field="number")])
    return number


def _agree(opened: Session, found: ReportForm, form: Form, word: Word) -> str:
    new = NewFinding(
        contribution=chosen(form, "contribution", "contribution"),
        kind=chosen(form, "kind", "kind"),
        text=form.text("text"),
        cause=form.text("cause"),
        managed=form.text("managed"),
        services=tuple(form.text("services").split(";")),
        evidence=tuple(boxes_of(form, "evidence", found.evidence)),
        step=form.text("step"),
    )
    row = agree_finding(opened, found.code, new, word)
    return f"Finding {row.id} is recorded."


def _withdraw(opened: Session, found: ReportForm, form: Form, word: Word) -> str:
    number = numbered(form, "finding")
    withdraw_finding(opened, found.code, number, word)
    return f"Finding {number} is withdrawn."


def _suppose(opened: Session, found: ReportForm, form: Form, word: Word) -> str:
    about = chosen(form, "contribution", "contribution")
    row = suppose(opened, found.code, about, form.text("text"), form.text("reason"), word)
    return f"Hypothesis {row.id} is recorded."


def _end(opened: Session, found: ReportForm, form: Form, word: Word) -> str:
    number, state = numbered(form, "hypothesis"), chosen(form, "state", "end")
    end_hypothesis(opened, found.code, number, state, word)
    return f"Hypothesis {number} is {state}."


def _contribution(found: ReportForm) -> Field:
    names = tuple((line.id, f"{line.outcome}: {line.name}") for line in found.lines)
    return Field("contribution", "Contribution", kind="choice", choices=names, nothing=ONE)


SAYINGS: tuple[Saying[ReportForm], ...] = (
    Saying(
        "agree-finding",
        "Record a finding",
        "Record a finding: {}",
        (Button("Record"),),
        _agree,
        lambda found: found.may_find,
        lambda found: (
            _contribution(found),
            Field("kind", "What was found", kind="choice", choices=found.kinds, nothing=ONE),
            Field("text", "The finding", "Never the name of a child.", "words"),
            Field(
                "cause",
                "Why",
                "Of a gap, a failure, or what is not judged.",
                "choice",
                found.causes,
                "No cause",
            ),
            Field("managed", "How the area managed the gap", "Where there is no capacity.", "words"),
            Field("services", "Services that it is about", "Put a semicolon between two."),
            Field("evidence", "Evidence that it rests on", kind="boxes", choices=found.evidence),
            Field(
                "step", "Agreed at", kind="choice", choices=found.steps, nothing="The latest that has begun"
            ),
        ),
        why="",
    ),
    Saying(
        "withdraw-finding",
        "Withdraw a finding",
        "Withdraw a finding: {}",
        (Button("Withdraw"),),
        _withdraw,
        lambda found: found.may_find and bool(found.findings),
        lambda found: (Field("number", "Finding", kind="choice", choices=found.findings, nothing=ONE),),
    ),
    Saying(
        "suppose",
        "Record a hypothesis",
        "Record a hypothesis: {}",
        (Button("Record"),),
        _suppose,
        lambda found: found.may_find,
        lambda found: (
            _contribution(found),
            Field("text", "What fieldwork is to test", "Never the name of a child.", "words"),
            Field("reason", "Why evidence is not enough", kind="choice", choices=found.reasons, nothing=ONE),
        ),
        why="",
    ),
    Saying(
        "end-hypothesis",
        "Confirm or drop a hypothesis",
        "Confirm or drop a hypothesis: {}",
        (Button("Record"),),
        _end,
        lambda found: found.may_find and bool(found.hypotheses),
        lambda found: (
            Field("number", "Hypothesis", kind="choice", choices=found.hypotheses, nothing=ONE),
            Field("state", "How it ends", kind="choice", choices=found.ends, nothing=ONE),
        ),
    ),
)
"""What can be said of findings, in the order in which their page offers it."""

add_pages(router, PATH, SAYINGS, find_subject)
