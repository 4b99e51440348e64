"""The console's application: pages to look at, exports, `/health`, and the hook for Prefect's reports of trouble."""

import logging
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import Response
from sqlalchemy import Engine
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.staticfiles import StaticFiles

from config.clock import read_clock
from config.guard import Guard
from config.logs import set_up_logging
from config.settings import (
    console_settings,
    database_settings,
    home_settings,
    mail_settings,
    prefect_settings,
)
from config.token import hook_token
from console import areas, due_page, exports, health_page, hooks, plans, programme_page
from console.context import Context
from console.rendering import render
from console.security import HEADERS
from models import make_engine, upgrade
from services.messages.transports import transport_of

STATIC = Path(__file__).parent / "static"

logger = logging.getLogger(__name__)


def create_app(context: Context, addresses: tuple[str, ...] = ()) -> FastAPI:
    """The application over a database.

    Parameters
    ----------
    addresses
        Where it is to be found, besides localhost and numbers (see `config.guard`).
    """
    app = FastAPI(title="jarcycle", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.context = context
    for room in (programme_page, areas, due_page, plans, exports, health_page, hooks):
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(Guard, addresses=addresses, variable="JARCYCLE_CONSOLE_PUBLIC_URL", headers=HEADERS)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _broken)
    return app


def create_from_environment() -> FastAPI:
    """The application as the settings say; a missing database is made, so that the first page says what to do."""
    set_up_logging()
    home, settings = home_settings().home, console_settings()
    engine: Engine = make_engine(database_settings().url)
    upgrade(engine)
    context = Context(
        engine=engine,
        today=lambda: read_clock(home).today(datetime.now(UTC)),
        now=lambda: datetime.now(UTC),
        prefect_address=prefect_settings().public_address,
        hook_token=hook_token(home),
        transport=transport_of(mail_settings(), home_settings()),
        sender=mail_settings().sender,
    )
    return create_app(context, (settings.address, settings.public_address))


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


async def _broken(request: Request, error: Exception) -> Response:
    logger.error("%s failed", request.url.path, exc_info=error)
    sentences = [
        "Something went wrong on our side; nothing was changed.",
        "Maybe try again. The console's log in the home folder has the details.",
    ]
    answer = render(
        request, "message.html", {"title": "Sorry, this page failed", "sentences": sentences}, 500
    )
    answer.headers.update(HEADERS)  # what fails is answered outside of the guard
    return answer
