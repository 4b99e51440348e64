"""`/exports/`: a plan, or what concerns one area, person or body, as a picture, a page, a table or a calendar feed."""

from collections.abc import Callable

from fastapi import APIRouter
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.context import context_of
from console.missing import or_404
from console.visitors import audience_of, who_asks
from models import session
from services.naming.areas import find_area
from services.naming.people import find_inspector
from services.plans.plan_store import published_version
from services.shown.exports import Export, Format, export_plan
from services.shown.shown_plan import EVERYTHING, Selection

router = APIRouter()

OFFERED = (Format.SVG, Format.HTML, Format.XLSX, Format.CSV, Format.ICS)
"""The documents `json` and `problem` hold inspectors' absences: they are for the command line only."""

PUBLISHED = "published"


@router.get("/exports/plan-{version}.{kind}")
def whole_plan(request: Request, version: str, kind: str) -> Response:
    """A version by its number, or `published`."""
    return _export(request, version, kind, lambda _opened: EVERYTHING)


@router.get("/exports/area-{code:path}.{kind}")
def one_area(request: Request, code: str, kind: str) -> Response:
    """What the published plan holds for an area; as `ics` it is the feed to subscribe to."""
    body = who_asks(request).only_body
    return _export(
        request,
        PUBLISHED,
        kind,
        lambda opened: Selection(areas=frozenset({find_area(opened, code).code}), body=body),
    )


@router.get("/exports/inspector-{code:path}.{kind}")
def one_inspector(request: Request, code: str, kind: str) -> Response:
    """What the published plan holds for an inspector as a member or leader of teams; as `ics` it is a feed."""
    return _export(request, PUBLISHED, kind, lambda opened: Selection(who=find_inspector(opened, code).code))


@router.get("/exports/leader-{code:path}.{kind}")
def one_leader(request: Request, code: str, kind: str) -> Response:
    """What the published plan holds for an inspector as a leader; as `ics` it is a feed."""
    return _export(
        request, PUBLISHED, kind, lambda opened: Selection(leader=find_inspector(opened, code).code)
    )


@router.get("/exports/body-{code:path}.{kind}")
def one_body(request: Request, code: str, kind: str) -> Response:
    """What the published plan holds for the inspectors of a body; as `ics` it is a feed."""
    return _export(request, PUBLISHED, kind, lambda _opened: Selection(body=code))


def version_number(opened: Session, version: str) -> int:
    """The number that an address means; 404 where there is no such plan."""
    if version == PUBLISHED:
        row = published_version(opened)
        if row is None or row.version is None:
            raise HTTPException(404, "No plan is published yet. Publish one first, on the page of the plan.")
        return row.version
    if not (version.isascii() and version.isdigit()) or len(version) > 9:
        raise HTTPException(404, f"'{version}' is not a plan. Use its number, or the word published.")
    return int(version)


def _export(request: Request, version: str, kind: str, selected: Callable[[Session], Selection]) -> Response:
    context = context_of(request)
    if kind not in OFFERED:
        raise HTTPException(404, f"There is no export as {kind}. Choose one of: {', '.join(OFFERED)}.")
    with session(context.engine, read_only=True) as opened:
        number = version_number(opened, version)
        with or_404():
            selection = selected(opened)
            file = export_plan(
                opened,
                number,
                Format(kind),
                as_of=context.today(),
                selection=selection,
                audience=audience_of(who_asks(request)),
            )
    return answer_of(file)


def answer_of(file: Export) -> Response:
    """A file to be saved under its name."""
    name = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, media_type=file.media_type, headers=name)
