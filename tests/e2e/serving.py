"""A console that listens in a thread of the tests' process, without Prefect, and browsers at it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import uvicorn
from sqlalchemy import Engine
from starlette.types import ASGIApp, Receive, Scope, Send

from console.app import create_app
from console.context import Context
from console.prefect_runs import PrefectRuns
from models import make_engine
from models.edition_watch import EditionWatch
from tests.fakes import FakeTransport
from tests.ports import free_port
from tests.signing_in import cookies_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def context_on(engine: Engine, today: date) -> Context:
    """What a console needs to stand on a day of a programme; whatever run it asks for, it is told that it began."""
    begun = httpx.Response(201, json={"id": "1", "name": "the run"})
    runs = PrefectRuns("http://prefect/api", "", httpx.MockTransport(lambda _request: begun))
    return Context(
        engine,
        lambda: today,
        lambda: datetime.now(UTC),
        "http://127.0.0.1:4200",
        "token",
        FakeTransport(),
        runs=runs,
    )


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """The address of a console, for as long as it is wanted."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(5)


class Renewed:
    """A console over a database that can be made what a file has again, whatever was done in it."""

    def __init__(self, path: Path, file: Path, today: date) -> None:
        self._path, self._file, self._today = path, file.read_bytes(), today
        self._begin()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        await self._app(scope, receive, send)

    def renew(self) -> None:
        """Begin again, if anything has changed."""
        if self._editions.now() != self._clean:
            self.end()
            self._begin()

    def end(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def _begin(self) -> None:
        for tail in ("-wal", "-shm"):
            self._path.with_name(self._path.name + tail).unlink(missing_ok=True)
        self._path.write_bytes(self._file)
        self.engine = make_engine(f"sqlite:///{self._path}")
        self._editions = EditionWatch(self.engine)
        self._clean = self._editions.now()
        self._app = create_app(context_on(self.engine, self._today))


@contextmanager
def page_of(browser: "Browser", address: str, secret: str = "", **more: object) -> Iterator["Page"]:
    """A page in a browser of its own, signed in with the secret of a cookie, if there is one."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, **more)  # type: ignore[arg-type]
    if secret:
        named = cookies_of(secret).items()
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in named])
    page = context.new_page()
    page.set_default_timeout(120_000)
    yield page
    context.close()
