"""The console's application: pages to look at, exports, `/health`, and the hook for Prefect's reports of trouble."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from anyio import CapacityLimiter
from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.responses import Response
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.staticfiles import StaticFiles

from config.findings import InvalidFile
from config.guard import Guard
from config.logs import set_up_logging
from config.private import start_private
from config.settings import (
    console_settings,
    database_settings,
    home_settings,
    prefect_settings,
)
from config.token import hook_token
from console import (
    area_list,
    areas,
    due_page,
    events_page,
    evidence,
    exports,
    health_page,
    history_page,
    hooks,
    load_page,
    messages_page,
    people_page,
    plans,
    programme_page,
    waiting_page,
)
from console.context import Context, context_of
from console.keeping import Kept
from console.memory import collect_seldom
from console.rendering import render
from console.security import HEADERS
from models import make_engine
from models.edition_watch import EditionWatch
from models.opening import DamagedDatabase, fault_of
from services import bootstrap

STATIC = Path(__file__).parent / "static"
BROKEN = 503
READERS = 10
"""Requests that are worked on at once; the others wait their turn. Each has one connection, so none waits for one."""

WATCHERS = 2
"""Answers of `/health` that are worked on at once, beside the readers: a monitor never waits behind them."""

SMALLEST_COMPRESSED, COMPRESSION = 1_000, 5
"""Bytes of an answer from which on it is compressed, and how hard: more takes longer and saves little."""

logger = logging.getLogger(__name__)


def create_app(context: Context, addresses: tuple[str, ...] = ()) -> FastAPI:
    """The application over a database.

    Parameters
    ----------
    addresses
        Where it is to be found, besides localhost and numbers (see `config.guard`).
    """
    app = FastAPI(title="jarcycle", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_serving)
    app.state.context = context
    app.state.kept = Kept(EditionWatch(context.engine))
    app.state.watchers = None
    rooms = (
        programme_page,
        area_list,
        areas,
        people_page,
        load_page,
        evidence,
        due_page,
        waiting_page,
        events_page,
        messages_page,
        plans,
        history_page,
        exports,
    )
    for room in (*rooms, health_page, hooks):
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED, compresslevel=COMPRESSION)
    app.add_middleware(Guard, addresses=addresses, variable="JARCYCLE_CONSOLE_PUBLIC_URL", headers=HEADERS)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(InvalidFile, _damaged_file)
    app.add_exception_handler(SQLAlchemyError, _database_failed)
    app.add_exception_handler(Exception, _broken)
    return app


@asynccontextmanager
async def _serving(app: FastAPI) -> AsyncIterator[None]:
    current_default_thread_limiter().total_tokens = READERS
    app.state.watchers = CapacityLimiter(WATCHERS)
    yield


def create_from_environment() -> FastAPI:
    """The application as the settings say; in a new home the database is made, so that the first page says what to do.

    Over a damaged database it starts all the same: every page and `/health` then say what is wrong.
    """
    start_private()
    set_up_logging()
    collect_seldom()
    home, settings = home_settings().home, console_settings()
    context = Context(
        engine=_engine(),
        today=bootstrap.today,
        now=bootstrap.now,
        prefect_address=prefect_settings().public_address,
        hook_token=hook_token(home),
        transport=bootstrap.mail_transport(),
        sender=bootstrap.mail_sender(),
    )
    return create_app(context, (settings.address, settings.public_address))


def _engine() -> Engine:
    try:
        return bootstrap.open_database(make=True)
    except DamagedDatabase as fault:
        logger.error("%s", fault)
        return make_engine(database_settings().url)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        sentences = [
            str(error.detail) if error.detail != "Not Found" else f"There is no page at {request.url.path}."
        ]
        return render(request, "message.html", {"title": "Page not found", "sentences": sentences}, 404)
    title = "This cannot be done"
    return render(
        request, "message.html", {"title": title, "sentences": [str(error.detail)]}, error.status_code
    )


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
