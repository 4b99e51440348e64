"""`/activities/{activity}/report`: the report of a review, its texts, comments, versions and files."""

from dataclasses import dataclass, replace

from fastapi import APIRouter
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.asking import Button, Field
from console.context import context_of
from console.exports import answer_of
from console.findings_pages import ONE, PATH, find_subject, numbered
from console.forms import Form, chosen
from console.missing import or_404
from console.programme_page import area_address
from console.rendering import render
from console.saying import ON_TODAY, Saying, Subject, add_pages, found_by, number_in, open_sayings
from console.visitors import audience_of, who_asks
from models import Activity, session
from reports.report_blocks import groups_of
from services.audit import Word
from services.casework.reporting.comments import ACCEPTED, REFUSED, NewComment, add_comment, answer_comment
from services.casework.reporting.linked_reports import NewLink, link_report, unlink_report
from services.casework.reporting.report_versions import published_report
from services.casework.reporting.texts import write_part
from services.errors import NotFound
from services.shown.report import PartLine
from services.shown.report_exports import Excerpt, ReportFormat, export_report, report_for
from services.shown.report_forms import ReportForm
from services.shown.shown_plan import Audience

router = APIRouter()

REPORT = f"{PATH}/report"


@dataclass(frozen=True)
class PartForm:
    """A part of a report that is written."""

    form: ReportForm
    part: PartLine


@router.get(REPORT)
def report_page(request: Request) -> Response:
    """For the inspectorate the report with all that belongs to it; for the authority's side what it was sent."""
    audience = audience_of(who_asks(request))
    found = found_by(_find, request).about
    values = {
        "title": f"Report: {found.name} in {found.area}",
        "found": found,
        "area_address": area_address(found.area_code),
        "sayings": open_sayings(SAYINGS, found),
        "formats": [(kind.value, kind.value.upper()) for kind in ReportFormat],
    }
    if audience is Audience.INSPECTORATE:
        return render(request, "report.html", values)
    context = context_of(request)
    with session(context.engine, read_only=True) as opened, or_404():
        report = report_for(opened, opened.get_one(Activity, found.number), audience, context.today())
    return render(request, "report_sent.html", {**values, "report": report, "groups": groups_of(report)})


@router.get("/exports/report-{activity}.{kind}")
def report_file(request: Request, kind: str) -> Response:
    """The report as a file: of the authority's side the version that it was sent."""
    number, context = number_in(request, "activity", "activity"), context_of(request)
    if kind not in ReportFormat.__members__.values():
        raise HTTPException(404, f"There is no report as {kind}. Choose one of: {', '.join(ReportFormat)}.")
    with session(context.engine, read_only=True) as opened, or_404():
        row = opened.get(Activity, number)
        if row is None:
            raise NotFound(f"activity {number}", "there is no such activity.", "Go to the area's page.")
        report = report_for(opened, row, audience_of(who_asks(request)), context.today())
    return answer_of(export_report(report, ReportFormat(kind), _excerpt(request)))


@router.get("/published/report-{activity}.{kind}")
def published_file(request: Request, kind: str) -> Response:
    """A published report, for everybody; there is none before that (R083)."""
    number = number_in(request, "activity", "published report")
    with session(context_of(request).engine, read_only=True) as opened:
        row = opened.get(Activity, number)
        report = None if row is None else published_report(opened, row)
    if report is None or kind not in ReportFormat.__members__.values():
        raise HTTPException(
            404, "There is no such published report. Come back on the day of its publication."
        )
    return answer_of(export_report(report, ReportFormat(kind), _excerpt(request)))


def _excerpt(request: Request) -> Excerpt:
    """How much of it the address asks for: all, unless it says `only`; 404 for a word that means nothing."""
    asked = request.query_params.get("only", Excerpt.WHOLE)
    if asked not in Excerpt.__members__.values():
        raise HTTPException(404, f"A report has no part {asked}. Choose one of: {', '.join(Excerpt)}.")
    return Excerpt(asked)


def _find(request: Request) -> Subject[ReportForm]:
    found = find_subject(request)
    return replace(found, back=f"{found.address}/report", back_to="Report")


def _find_part(request: Request) -> Subject[PartForm]:
    """A part of the report as it stands now; its edition goes along, so that nothing is overwritten unseen."""
    found, name = _find(request), str(request.path_params["part"])
    part = next((part for part in found.about.view.parts if part.id == name), None)
    if part is None:
        raise NotFound(found.about.code, f"its report has no part '{name}'.", "Go to the page of the report.")
    stands = (("As it stands now", part.text),) if part.text else ()
    return Subject(
        about=PartForm(found.about, part),
        name=part.name,
        address=f"{found.address}/report/{name}",
        back=found.back,
        back_to=found.back_to,
        facts=(*found.facts, ("State", part.state), *stands),
        roles=found.roles,
        hidden=(("edition", str(part.edition)),),
    )


def _write(opened: Session, found: PartForm, form: Form, word: Word) -> str:
    text, seen = form.text("text"), form.number("edition")
    row = write_part(opened, found.form.code, found.part.id, text, word, seen=seen or 0)
    return f"{found.part.name} is kept as edition {row.edition}."


def _comment(opened: Session, found: ReportForm, form: Form, word: Word) -> str:
    organisation, text = form.text("organisation"), form.text("text")
    new = NewComment(organisation, text, form.text("part"), form.day("day"))
    return f"Comment {add_comment(opened, found.code, new, word).number} is recorded."


def _answer(opened: Session, found: ReportForm, form: Form, word: Word) -> str:
    number, state = numbered(form, "comment"), chosen(form, "state", "answer")
    answer_comment(opened, found.code, number, state, word)
    return f"Comment {number} is {state}."


def _link(opened: Session, found: ReportForm, form: Form, word: Word) -> str:
    texts = (form.text(name) for name in ("service", "title", "link", "summary"))
    return f"Its report on {link_report(opened, found.code, NewLink(*texts), word).service} is named."


def _unlink(opened: Session, found: ReportForm, form: Form, word: Word) -> str:
    number = numbered(form, "report")
    row = unlink_report(opened, found.code, number, word)
    return f"The report on {row.service} is taken out."


def _parts(found: ReportForm) -> tuple[tuple[str, str], ...]:
    return tuple((part.id, part.name) for part in found.view.parts)


def _comments(found: ReportForm) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(comment.number), f"{comment.number}, {comment.organisation}: {comment.text}")
        for comment in found.view.comments
    )


WRITING: tuple[Saying[PartForm], ...] = (
    Saying(
        "write",
        "Write",
        "Write: {}",
        (Button("Save"),),
        _write,
        lambda found: found.form.may_write,
        lambda _found: (
            Field("text", "Text", "A blank line ends a paragraph. Never the name of a child.", "long"),
        ),
        why="",
        filled=lambda found: {"text": found.part.text},
    ),
)
SAYINGS: tuple[Saying[ReportForm], ...] = (
    Saying(
        "comment",
        "Record a comment",
        "Record a comment on the draft: {}",
        (Button("Record"),),
        _comment,
        lambda found: found.has_draft and not found.is_published,
        lambda found: (
            Field("organisation", "From which organisation"),
            Field("part", "On", kind="choice", choices=_parts(found), nothing="The whole report"),
            Field("text", "The comment", "Never the name of a child.", "words"),
            Field("day", "Day on which it came", ON_TODAY),
        ),
        why="",
    ),
    Saying(
        "answer-comment",
        "Answer a comment",
        "Answer a comment on the draft: {}",
        (Button("Record"),),
        _answer,
        lambda found: found.may_write and bool(found.view.comments),
        lambda found: (
            Field("number", "Comment", kind="choice", choices=_comments(found), nothing=ONE),
            Field(
                "state",
                "Answer",
                kind="choice",
                choices=((ACCEPTED, "Accepted"), (REFUSED, "Refused")),
                nothing=ONE,
            ),
        ),
        why="What follows, or why it is refused",
    ),
    Saying(
        "link-report",
        "Name a report on a service",
        "Name a report on a service: {}",
        (Button("Record"),),
        _link,
        lambda found: found.may_write,
        lambda _found: (
            Field("service", "Service"),
            Field("title", "Title of its report"),
            Field("link", "Where it is", "Such as https://council.example/youth.pdf."),
            Field("summary", "What it found, in short", kind="words"),
        ),
        why="",
    ),
    Saying(
        "unlink-report",
        "Take out a report on a service",
        "Take out a report on a service: {}",
        (Button("Take out"),),
        _unlink,
        lambda found: found.may_write and bool(found.view.linked),
        lambda found: (
            Field(
                "number",
                "Report",
                kind="choice",
                choices=tuple((str(row.id), f"{row.service}: {row.title}") for row in found.view.linked),
                nothing=ONE,
            ),
        ),
    ),
)
"""What can be said of a report, in the order in which its page offers it."""

add_pages(router, f"{REPORT}/{{part}}", WRITING, _find_part)
add_pages(router, PATH, SAYINGS, _find)
