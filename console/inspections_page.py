"""`/areas/{code}/inspections`: other inspections in an area; `/inspections/import` takes their files."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from console.context import context_of
from console.desk import word_of
from console.forms import Form, go_on
from console.missing import or_404
from console.rendering import render
from console.uploads import Files
from console.visitors import audience_of, who_asks
from models import session
from reports.words import plural
from services.imports import ImportRefused
from services.imports.inspection_files import import_inspections, read_sent_inspections
from services.naming.areas import find_area
from services.shown.inspection_tables import statement_sentences, statement_tables, statement_title
from services.shown.inspections import statement_of

router = APIRouter()


@router.get("/areas/{code:path}/inspections", response_class=HTMLResponse)
def of_area(request: Request, code: str) -> HTMLResponse:
    """The statement of one area; its authority sees what it was told of."""
    context, audience = context_of(request), audience_of(who_asks(request))
    with session(context.engine, read_only=True) as opened:
        with or_404():
            area = find_area(opened, code)
        shown = statement_of(opened, area, context.today(), audience)
    values = {
        "title": statement_title(shown),
        "area": area,
        "sentences": statement_sentences(shown),
        "tables": statement_tables(shown, audience),
    }
    return render(request, "inspections.html", values)


@router.get("/inspections/import", response_class=HTMLResponse)
def import_form(request: Request) -> HTMLResponse:
    """Asks for the files of other inspections."""
    return _asked(request)


@router.post("/inspections/import")
def send_inspections(request: Request, files: Files) -> Response:
    """Import other inspections: all of what was sent, or nothing and everything that is wrong."""
    try:
        batch = read_sent_inspections(files)
        with session(context_of(request).engine) as opened:
            done = import_inspections(opened, batch, word_of(request, Form()))
    except ImportRefused as refused:
        return _asked(request, refused)
    told = f"{plural(done.inspections, 'inspection')} due, {plural(done.results, 'result')} of settings."
    return go_on(request, "/inspections/import", told)


def _asked(request: Request, problems: ImportRefused | None = None) -> HTMLResponse:
    values = {
        "title": "Import other inspections",
        "problems": () if problems is None else problems.findings,
    }
    return render(request, "inspections_import.html", values, 422 if problems else 200)
