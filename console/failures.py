"""What is answered where a page can't be: it is elsewhere, was refused or not understood, or something is broken."""

import logging

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request

from config.findings import InvalidFile
from console.access import Elsewhere
from console.context import context_of
from console.rendering import render
from console.security import HEADERS
from models.opening import fault_of

BROKEN = 503

logger = logging.getLogger(__name__)


def answer_failures(app: FastAPI) -> None:
    """Let an application answer whatever fails with a page that says what to do."""
    app.add_exception_handler(Elsewhere, _elsewhere)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(InvalidFile, _damaged_file)
    app.add_exception_handler(SQLAlchemyError, _database_failed)
    app.add_exception_handler(Exception, _broken)


async def _elsewhere(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Elsewhere)
    return RedirectResponse(error.address, 303)


TITLES = {
    401: "This is not for you",
    403: "You may not do this",
    404: "Page not found",
    405: "This cannot be done here",
    413: "This is too long",
    415: "This cannot be read",
    429: "Too many tries",
    400: "This cannot be understood",
    422: "This cannot be understood",
}
USUAL = {
    "Not Found": "There is no page at {path}. Check the address, or go to the programme.",
    "Method Not Allowed": "The page at {path} is only to be looked at, or only to be sent a form.",
}
"""The framework's words for what has no words of ours."""


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = USUAL.get(str(error.detail), str(error.detail)).replace("{path}", request.url.path)
    title = TITLES.get(error.status_code, "This cannot be done")
    answer = render(request, "message.html", {"title": title, "sentences": [said]}, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


async def _misunderstood(request: Request, error: Exception) -> Response:
    """A value in the address that is none: `?weeks=abc`."""
    assert isinstance(error, RequestValidationError)
    sentences = [f"'{fault['loc'][-1]}' in the address: {fault['msg']}." for fault in error.errors()]
    sentences.append("Correct the address, or leave that part out.")
    return render(request, "message.html", {"title": TITLES[400], "sentences": sentences}, 400)


async def _damaged_file(request: Request, error: Exception) -> Response:
    """A file of the home folder that somebody can mend: the clock, a policy, a framework."""
    assert isinstance(error, InvalidFile)
    sentences = [str(finding) for finding in error.findings]
    return render(request, "message.html", {"title": "A file needs mending", "sentences": sentences}, BROKEN)


async def _database_failed(request: Request, error: Exception) -> Response:
    """Whatever the driver says: if tables are missing, that is why."""
    try:
        fault = fault_of(context_of(request).engine)
    except SQLAlchemyError:
        fault = ""
    if not fault:
        return await _broken(request, error)
    logger.error("%s failed: the database: %s", request.url.path, fault)
    sentences = [f"{fault[:1].upper()}{fault[1:]}"]
    return render(
        request, "message.html", {"title": "The database is damaged", "sentences": sentences}, BROKEN
    )


async def _broken(request: Request, error: Exception) -> Response:
    logger.error("%s failed", request.url.path, exc_info=error)
    sentences = [
        "Something went wrong on our side; nothing was changed.",
        "Try again. The console's log in the home folder has the details.",
    ]
    answer = render(
        request, "message.html", {"title": "Sorry, this page failed", "sentences": sentences}, 500
    )
    answer.headers.update(HEADERS)  # what fails is answered outside of the guard
    return answer
