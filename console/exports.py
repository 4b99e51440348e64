"""`/exports/`: a plan as a picture, a page, a workbook or a calendar feed."""

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.context import context_of
from models import session
from reports.gantt import gantt_html, gantt_svg
from services.charts import plan_chart
from services.errors import NotFound
from services.plans import find_version, published_version

router = APIRouter()


def _svg(opened: Session, version: int, today: date) -> bytes:
    return gantt_svg(plan_chart(opened, version, today=today)).encode()


def _html(opened: Session, version: int, today: date) -> bytes:
    return gantt_html(plan_chart(opened, version, today=today)).encode()


FORMATS: dict[str, tuple[Callable[[Session, int, date], bytes], str]] = {
    "svg": (_svg, "image/svg+xml"),
    "html": (_html, "text/html; charset=utf-8"),
}


@router.get("/exports/plan-{version}.{kind}")
def plan(request: Request, version: str, kind: str) -> Response:
    """A version by its number, or `published`, as a file to keep."""
    context = context_of(request)
    if kind not in FORMATS:
        raise HTTPException(404, f"There is no export as {kind}. Maybe one of: {', '.join(FORMATS)}.")
    make, media_type = FORMATS[kind]
    with session(context.engine, read_only=True) as opened:
        number = _number(opened, version)
        content = make(opened, number, context.today())
    name = f'attachment; filename="plan-{number}.{kind}"'
    return Response(content, media_type=media_type, headers={"Content-Disposition": name})


def _number(opened: Session, version: str) -> int:
    if version == "published":
        row = published_version(opened)
        if row is None or row.version is None:
            raise HTTPException(404, "No plan is published yet. Maybe publish one first.")
        return row.version
    if not version.isdigit() or len(version) > 9:
        raise HTTPException(404, f"'{version}' is no plan. Maybe its number, or the word published.")
    try:
        find_version(opened, int(version))
    except NotFound as error:
        raise HTTPException(404, str(error)) from error
    return int(version)
