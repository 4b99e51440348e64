"""A home with a programme in it, brought up as people start it, and somebody at its pages."""

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from config.settings import child_environment
from tests.ports import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

COMMAND = [sys.executable, "-c", "from cli.main import run; run()"]
READY_SECONDS = 400
STOP_SECONDS = 120
PICTURE_WIDTH = 1280


class Office:
    """`jarcycle up` in a home of its own; it can be stopped and come up again on another day."""

    def __init__(self, home: Path, example: str) -> None:
        self.home = home
        ports = {"JARCYCLE_CONSOLE_PORT": str(free_port()), "JARCYCLE_PREFECT_PORT": str(free_port())}
        self._environment = child_environment({**ports, "JARCYCLE_HOME": str(home)})
        self._process: subprocess.Popen[bytes] | None = None
        self.command("init", "--example", example)

    def command(self, *arguments: str) -> str:
        """What a command answers."""
        return subprocess.run(
            [*COMMAND, *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        ).stdout

    def open_on(self, day: date) -> str:
        """Come up on a day; the address of the console."""
        self.close()
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(
                [*COMMAND, "up", "--as-of", day.isoformat()],
                env=self._environment,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        limit = time.monotonic() + READY_SECONDS
        while "Press Ctrl-C" not in self.said():
            assert self._process.poll() is None, self.said()
            assert time.monotonic() < limit, self.said()
            time.sleep(0.2)
        found = re.search(r"Console: +(\S+)", self.said())
        assert found
        return found[1]

    def one_time_password(self) -> str:
        """That of the first administrator."""
        found = re.search(r"one-time password (\S+)", self.said())
        assert found, self.said()
        return found[1]

    def said(self) -> str:
        """What `up` has said."""
        return self._said.read_text()

    def close(self) -> None:
        """Ctrl-C."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
        self._process = None

    @property
    def _said(self) -> Path:
        return self.home / "said.txt"


@dataclass
class Hand:
    """Somebody at a page: with the mouse alone, or with the keyboard alone (text is typed in any case).

    Photographs go to `pictures`, if that is a folder.
    """

    page: "Page"
    has_mouse: bool
    pictures: Path | None = None

    def use(self, found: "Locator") -> None:
        """Follow a link, press a button, tick a box."""
        if self.has_mouse:
            found.click()
            return
        found.focus()
        if found.get_attribute("type") in ("checkbox", "radio"):
            found.press("Space")
            return
        # Nobody reads the page that they are leaving: a key, other than a click, does not wait for the next one.
        self.page.locator("html").evaluate("page => page.dataset.left = ''")
        found.press("Enter")
        self.page.locator("html:not([data-left])").wait_for(state="attached")
        self.page.wait_for_load_state()

    def save(self, name: str) -> str:
        """What the first link of a name leads to, as a file that is saved."""
        found = self.page.get_by_role("link", name=name).first
        with self.page.expect_download() as download:
            found.click() if self.has_mouse else found.press("Enter")
        return Path(download.value.path()).read_text(encoding="utf-8")

    def link(self, name: str) -> None:
        """Follow the first link of a name."""
        self.use(self.page.get_by_role("link", name=name).first)

    def menu(self, name: str) -> None:
        """Follow a link of the navigation."""
        self.use(self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True))

    def press(self, name: str) -> None:
        """Press the first button of a name."""
        self.use(self.page.get_by_role("button", name=name).first)

    def type(self, label: str, text: str) -> None:
        """Type into a field."""
        field = self.page.get_by_label(label, exact=True)
        self.use(field) if self.has_mouse else field.focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, label: str, words: str) -> None:
        """Choose one of a list, which begins with these words."""
        field = self.page.get_by_label(label, exact=True)
        if self.has_mouse:
            options = [text.strip() for text in field.locator("option").all_inner_texts()]
            field.select_option(label=next(text for text in options if text.startswith(words)))
            return
        field.focus()
        self.page.keyboard.type(words)

    def tick(self, label: str) -> None:
        """Tick a box, unless it is ticked."""
        box = self.page.get_by_label(label)
        if not box.is_checked():
            self.use(box)

    def untick(self, label: str) -> None:
        """Take a tick away."""
        box = self.page.get_by_label(label)
        if box.is_checked():
            self.use(box)

    def photograph(self, name: str, height: int) -> None:
        """Keep a picture of the page as it is seen in a window of the given height in pixels."""
        if self.pictures is None:
            return
        usual = self.page.viewport_size
        self.page.set_viewport_size({"width": PICTURE_WIDTH, "height": height})
        self.page.screenshot(path=self.pictures / f"{name}.png")
        if usual is not None:
            self.page.set_viewport_size(usual)

    def told(self, words: str) -> None:
        """The banner or the summary of errors says this."""
        said = self.page.get_by_role("alert").first.inner_text()
        assert words in said, said
