"""`/data`: files with facts are checked, looked at and imported; the facts as they are, and empty files, go out."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console.context import context_of
from console.forms import Form, Wrong, change, form_page, go_on, leading_to, posted
from console.kept_uploads import Upload
from console.rendering import render
from console.uploads import Files
from console.visitors import who_asks
from models import Programme, session
from reports.words import list_in_words, plural
from services.audit import IMPORT, last_entry
from services.errors import Objection, Refused
from services.imports import ImportRefused, ImportSummary, import_batch, in_words, template_workbook
from services.imports.facts_out import fact_workbook
from services.imports.marked_files import marked_workbook
from services.imports.uploads import read_upload
from services.plans.plan_store import published_version
from services.previews import preview

router = APIRouter()

DATA = "/data"
BACK = " To go back, import the files as they were before: a plan that is published stays as it is."
"""Said after an import: nothing takes it back by itself."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORTS = (
    ("xlsx", "Excel"),
    ("csv", "CSV"),
    ("ics", "calendar"),
    ("svg", "picture"),
    ("html", "page to be printed"),
)
"""Kinds of file of the published programme, in words."""


@router.get(DATA)
def data(request: Request) -> Response:
    """What can be sent, and what can be had."""
    return _shown(request)


@router.post(DATA)
def check(request: Request, files: Files) -> Response:
    """Look at what an import of these files would change, or at everything that is wrong with them."""
    return _checked(request, files)


def _checked(request: Request, files: Mapping[str, bytes], wrong: Sequence[Wrong] = ()) -> Response:
    """The same; `wrong` is why it is looked at again."""
    context, who = context_of(request), who_asks(request)
    try:
        with session(context.engine) as opened:
            seen = _last_import(opened)
            summary, found = preview(opened, lambda opened: _imported(opened, request, files))
    except ImportRefused as refused:
        kept = context.uploads.keep(Upload(who.login, files, context.now(), tuple(refused.findings)))
        return _shown(request, problems=refused, to_mend=kept)
    upload = context.uploads.keep(Upload(who.login, files, context.now(), seen=seen))
    return _shown(request, summary=summary, upload=upload, moved=len(found.moved), wrong=wrong)


@router.post(f"{DATA}/import")
def import_files(request: Request, form: Annotated[Form, Depends(posted)]) -> Response:
    """Import what was looked at, all or nothing."""
    context = context_of(request)
    upload = context.uploads.find(form.text("upload"), who_asks(request).login, context.now())
    if upload is None:
        return go_on(
            request, DATA, "These files are not kept any more. Choose them again; nothing was imported."
        )

    def do(opened: Session) -> str:
        _require_seen(opened, upload.seen)
        summary = _imported(opened, request, upload.files)
        changed = "; ".join(_changes(summary))
        told = changed or "nothing had changed"
        return f"Imported: {told}.{_stale(summary)}{BACK if changed else ''}"

    return change(request, do, DATA, lambda wrong: _checked(request, upload.files, wrong))


def _require_seen(opened: Session, seen: int) -> None:
    """Refused if facts were imported since the files were looked at: nobody takes them back unseen."""
    last = last_entry(opened, IMPORT)
    if last is not None and last.id != seen:
        message = f"{last.who} has imported files since you looked at yours."
        raise Refused([Objection("facts", message)])


def _last_import(opened: Session) -> int:
    last = last_entry(opened, IMPORT)
    return 0 if last is None else last.id or 0


@router.get(f"{DATA}/to-mend.xlsx")
def to_mend(request: Request, upload: str = "") -> Response:
    """The files that were refused, each row with what is wrong with it."""
    context = context_of(request)
    found = context.uploads.find(upload, who_asks(request).login, context.now())
    if found is None:
        raise HTTPException(404, "These files are not kept any more. Choose them again on the page Data.")
    with session(context.engine, read_only=True) as opened:
        content = marked_workbook(opened, found.files, found.problems, context.today())
    return _workbook(content, "to-mend.xlsx")


@router.get(f"{DATA}/facts.xlsx")
def facts(request: Request) -> Response:
    """The facts as they are, as a workbook that can be imported again."""
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        if opened.get(Programme, 1) is None:
            raise HTTPException(404, "There are no facts yet. Fill in the empty workbook, and import it.")
        content = fact_workbook(opened, context.today())
    return _workbook(content, "facts.xlsx")


@router.get(f"{DATA}/template.xlsx")
def template(request: Request) -> Response:
    """An empty workbook to be filled in."""
    return _workbook(template_workbook(context_of(request).today()), "template.xlsx")


def _imported(opened: Session, request: Request, files: Mapping[str, bytes]) -> ImportSummary:
    context = context_of(request)
    batch = read_upload(opened, files)
    return import_batch(opened, batch, who_asks(request).name, context.now(), as_of=context.today())


def _shown(
    request: Request,
    problems: ImportRefused | None = None,
    summary: ImportSummary | None = None,
    upload: str = "",
    to_mend: str = "",
    moved: int = 0,
    wrong: Sequence[Wrong] = (),
) -> Response:
    values = {
        "title": "Data",
        "problems": [] if problems is None else problems.findings,
        "changes": [] if summary is None else list(_changes(summary)),
        "remarks": [] if summary is None else [str(remark) for remark in summary.remarks],
        "stale": "" if summary is None else _stale(summary),
        "moved": plural(moved, "date") if moved else "",
        "upload": upload,
        "to_mend": to_mend,
        "exports": EXPORTS if _is_published(request) else (),
    }
    if problems is not None:
        return render(request, "data.html", values | {"wrong": ()}, 422)
    return form_page(request, "data.html", values, Form(), leading_to((), wrong))


def _is_published(request: Request) -> bool:
    with session(context_of(request).engine, read_only=True) as opened:
        return published_version(opened) is not None


def _changes(summary: ImportSummary) -> Sequence[str]:
    return [
        f"{in_words(change.table)}: {change.added} added, {change.changed} changed, {change.removed} removed"
        for change in summary.changes
        if change.is_any
    ]


def _stale(summary: ImportSummary) -> str:
    if not summary.stale:
        return ""
    versions = list_in_words([f"plan {version}" for version in summary.stale])
    return f" Facts have changed since {versions} {'was' if len(summary.stale) == 1 else 'were'} made. Solve again."


def _workbook(content: bytes, name: str) -> Response:
    return Response(
        content, media_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
