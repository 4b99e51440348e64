"""Takes the pictures of the documentation from the demo: `make run` once, stop it, then `make pictures`.

Starts the console alone on a copy of the demo's data, signs a planner in, and photographs it with Debian's chromium.
"""

import shutil
import socket
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from config.settings import home_settings
from console.app import create_app
from console.context import Context
from console.visitors import COOKIE, new_secret
from models import Account, make_engine, session
from services.accounts.visits import begin_visit
from services.bootstrap import mail_transport, now, today

FOLDER = Path(__file__).parent / "pictures"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = {
    "programme": ("/", 1400, 950),
    "map": ("/map?colour=state", 1280, 1300),
    "compare": ("/plans/compare", 1280, 1250),
    "area": ("/areas/820", 1280, 1000),
    "due": ("/due", 1280, 800),
    "plans": ("/plans", 1280, 900),
    "move": ("/plans/3/activity?code=206-jar", 1280, 1500),
}
"""File name: page, and width and height of the window in pixels."""


def main() -> None:
    """Write one PNG a page."""
    port, secret = _free_port(), new_secret()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(_context(Path(folder), secret))
        _photograph(uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning")), port, secret)


def _context(folder: Path, secret: str) -> Context:
    """A copy of the demo in which somebody is signed in: the demo itself keeps no trace of it."""
    copy = folder / "jarcycle.db"
    shutil.copy(home_settings().home / "jarcycle.db", copy)
    engine = make_engine(f"sqlite:///{copy}")
    with session(engine) as opened:
        account = Account(
            login="planner", name="Pat Planner", password_hash="", roles="planner", created_at=now()
        )
        opened.add(account)
        opened.flush()
        begin_visit(opened, account.id or 0, secret, now())
    return Context(engine, today, now, "http://127.0.0.1:4200", "", mail_transport())


def _photograph(server: uvicorn.Server, port: int, secret: str) -> None:
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.1)
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, (page, width, height) in PAGES.items():
            view = browser.new_page(viewport={"width": width, "height": height})
            view.context.add_cookies([{"name": COOKIE, "value": secret, "url": f"http://127.0.0.1:{port}"}])
            view.goto(f"http://127.0.0.1:{port}{page}")
            view.screenshot(path=FOLDER / f"{name}.png")
            print(FOLDER / f"{name}.png")
        browser.close()
    server.should_exit = True
    thread.join()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
