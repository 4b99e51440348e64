"""Every file that the console gives: what people typed is text in it, never a formula, a script or a line of its own.

The files are those of the table of routes, and the texts are all that people write, so a new one is tested unnamed.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import openpyxl
import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from console.access_table import ACCESS
from models import Account, session
from services.accounts.feeds import make_feed
from services.accounts.roles import OF_AREA, Role
from services.accounts.visits import signed_in_as
from services.audit import Word
from services.casework.advancing import advance
from services.events.event_log import NewEvent, add_event
from tests.dangers import FORMULA, STARTS, in_calendar, in_csv, in_picture, in_workbook
from tests.signing_in import cookies_of, sign_in_as
from tests.tables import AT, MONDAYS, store
from tests.typed_texts import type_everywhere
from tests.unit.console.conftest import FIELDWORK_IN_SHEFFIELD, Clock
from tests.unit.console.test_stored_texts import Scripts

SCRIPT = " <script>alert(1)</script>]]>"
NEW_LINE = "\r\nATTENDEE:mailto:evil@example.org\r\nX-MORE"

KINDS = ("csv", "xlsx", "ics", "svg", "html")
FILLED = {
    "version": "1",
    "activity": "1",
    "/exports/area-": "sheffield",
    "/exports/inspector-": "sheffield-1",
    "/exports/leader-": "sheffield-0",
    "/exports/body-": "csci",
}
"""What stands in an address: by the name of the part, or by what is before it."""

QUERIES = {"/plans/moves": "?before=1&after=2"}
"""What a list cannot be without."""

BY_OTHERS = {
    "GET /data/to-mend.xlsx": "test_data, and below: it needs files that are refused",
    "GET /data/template.xlsx": "nobody wrote anything in it",
    "GET /gantt.css": "the style of charts",
    "GET /published/report-{activity}.{kind}": "test_report_pages: the same files, once a report is published",
}


def addresses(secret: str = "secret") -> dict[str, list[str]]:
    """Where each route of the table gives files, by its name; no route is left out but for those named above."""
    found = {}
    for name in ACCESS:
        method, _, path = name.partition(" ")
        if method == "GET" and "." in path.rpartition("/")[2] and name not in BY_OTHERS:
            kinds = KINDS if path.endswith(".{kind}") else (path.rpartition(".")[2],)
            found[name] = [
                _address(path.rpartition(".")[0], kind).replace("{secret}", secret) for kind in kinds
            ]
    return found


def _address(path: str, kind: str) -> str:
    filled = re.sub(
        r"\{(version|code|activity)(?::path)?\}",
        lambda part: FILLED.get(part[1]) or FILLED[path[: part.start()]],
        path,
    )
    return f"{filled}.{kind}{QUERIES.get(path, '')}"


@dataclass(frozen=True)
class Reader:
    """A browser, and the secret of a feed of its account."""

    browser: TestClient
    feed: str


@pytest.fixture
def reader(published_console: TestClient, engine: Engine, clock: Clock) -> Reader:
    """Somebody who may have every file of a programme in which something of every kind has happened."""
    word = Word("Ann Lee", AT, FIELDWORK_IN_SHEFFIELD, "as agreed")
    with session(engine) as opened:
        advance(opened, FIELDWORK_IN_SHEFFIELD)
        store(opened, {"wigan": MONDAYS["luton"]})
        new = NewEvent("sheffield", "special_measures", FIELDWORK_IN_SHEFFIELD, "a letter", "serious", "SM/1")
        add_event(opened, new, word)
    roles = [role for role in Role if role not in (*OF_AREA, Role.BODY)]
    secret = sign_in_as(engine, *roles, at=clock.at, inspector_code="sheffield-1")
    published_console.cookies.update(cookies_of(secret))
    with session(engine) as opened:
        who = signed_in_as(opened.exec(select(Account)).one())
        feed = make_feed(opened, who, "area", "sheffield", word)
    return Reader(published_console, feed)


def files(reader: Reader, kinds: tuple[str, ...] = KINDS) -> Iterator[tuple[str, httpx.Response]]:
    """Each file of some kinds with its address; every route gives at least one in all."""
    for name, there in addresses(reader.feed).items():
        wanted = [address for address in there if address.partition("?")[0].rpartition(".")[2] in kinds]
        answers = [(address, reader.browser.get(address)) for address in wanted]
        given = [(address, answer) for address, answer in answers if answer.status_code == 200]
        assert given or kinds != KINDS, f"{name} gave no file"
        assert {answer.status_code for _address, answer in answers} <= {200, 404}, name
        yield from given  # type: ignore[misc]


def dangers(address: str, answer: httpx.Response) -> list[str]:
    """What in a file would be run by whoever opens it, or be a line that nobody meant to write."""
    kind = address.partition("?")[0].rpartition(".")[2]
    header = answer.headers["Content-Disposition"]
    found = [] if re.fullmatch(r'attachment; filename="[\w.%-]+"', header) else [header]
    return found + LOOKED_AT[kind](answer.content)


def in_page(content: bytes) -> list[str]:
    return Scripts(content.decode()).found


LOOKED_AT = {"csv": in_csv, "xlsx": in_workbook, "ics": in_calendar, "html": in_page, "svg": in_picture}


@pytest.mark.parametrize("start", STARTS)
def test_nothing_that_people_typed_is_a_formula_in_a_table(
    reader: Reader, engine: Engine, start: str
) -> None:
    with session(engine) as opened:
        type_everywhere(opened, start + FORMULA)
    kinds = KINDS if start == "=" else ("csv",)
    given = list(files(reader, kinds))
    assert {address: found for address, answer in given if (found := dangers(address, answer))} == {}
    tables = [answer.text for address, answer in given if ".csv" in address]
    assert sum("cmd|" in table for table in tables) > len(tables) / 2


def test_nothing_that_people_typed_is_a_script_or_a_line_of_its_own_in_a_file(
    reader: Reader, engine: Engine
) -> None:
    with session(engine) as opened:
        type_everywhere(opened, behind=NEW_LINE + SCRIPT)
    given = list(files(reader))
    assert {address: found for address, answer in given if (found := dangers(address, answer))} == {}
    assert sum("alert(1)" in answer.text for _address, answer in given) > 5


def test_a_formula_and_a_line_that_nobody_meant_are_found() -> None:
    assert in_csv(b'a,"=1+1"," @x",-5,-5.5\r\n') == ["=1+1", " @x"]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A2"] = "=1+1", "fine"
    kept = io.BytesIO()
    book.save(kept)
    assert in_workbook(kept.getvalue()) == ["=1+1"]
    assert in_calendar(b"BEGIN:VEVENT\r\nSUMMARY:a\r\n b\r\nATTENDEE:x\r\nodd line\r\n") == [
        "ATTENDEE:x",
        "odd line",
    ]
    assert in_page(b"<p>x</p><script>1</script>") == ["script"]
    assert in_picture(b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>') != []
