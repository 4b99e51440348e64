"""Takes the pictures of the documentation from the demo: `make run` once, stop it, then `make pictures`.

Starts the console alone on the demo's data and photographs it with Debian's chromium.
"""

import socket
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from console.app import create_from_environment

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
    "leaders": ("/?by=leader&weeks=156", 1400, 950),
    "map": ("/map?colour=state", 1280, 1300),
    "compare": ("/plans/compare", 1280, 1250),
    "area": ("/areas/820", 1280, 1000),
    "due": ("/due", 1280, 800),
    "plans": ("/plans", 1280, 900),
}
"""File name: page, and width and height of the window in pixels."""


def main() -> None:
    """Write one PNG a page."""
    port = _free_port()
    server = uvicorn.Server(uvicorn.Config(create_from_environment(), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.1)
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, (page, width, height) in PAGES.items():
            view = browser.new_page(viewport={"width": width, "height": height})
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
