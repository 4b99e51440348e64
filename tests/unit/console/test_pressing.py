"""Every button of every page, pressed as each role: as it is drawn, blank, and with what nobody should type."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from console.access_table import ACCESS
from console.app import create_app
from console.context import Context
from console.prefect_runs import PrefectRuns
from console.visitors import COOKIE, form_token
from models import make_engine, session
from models.edition_watch import EditionWatch
from services.accounts.roles import OF_AREA, Role
from services.audit import Word
from services.casework.advancing import advance
from services.events.event_log import NewEvent, add_event
from tests.fakes import FakeTransport
from tests.signing_in import cookies_of, sign_in_as
from tests.tables import MONDAYS, store
from tests.unit.console.conftest import FIELDWORK_IN_SHEFFIELD
from tests.unit.console.crawling import crawl
from tests.unit.console.page_words import words_of_the_shell
from tests.unit.console.pressing import Forms, Press, bodies, route_of, send
from tests.unit.console.test_stored_texts import Scripts

AT = datetime(2026, 1, 9, 9, tzinfo=UTC)
TESTS = Path(__file__).parents[2]
ALL_ROLES = tuple(role for role in Role if role not in OF_AREA)
WHO = (*((role,) for role in Role), ALL_ROLES)
LINKS = {
    Role.AUTHORITY: {"area_code": "sheffield"},
    Role.PREPARATION: {"area_code": "sheffield"},
    Role.INSPECTOR: {"inspector_code": "sheffield-1"},
    Role.TEAM_LEADER: {"inspector_code": "sheffield-0"},
    Role.BODY: {"body_code": "csci"},
}


class Presser:
    """Somebody with some roles who presses each kind of button once, in a programme of their own."""

    def __init__(self, engine: Engine, roles: tuple[Role, ...]) -> None:
        self._engine, self._roles = engine, roles
        self._editions = EditionWatch(engine)
        answer = httpx.Response(200, json={"id": "1", "name": "Solve"})
        runs = PrefectRuns("http://prefect/api", "", httpx.MockTransport(lambda _request: answer))
        context = Context(
            engine,
            lambda: FIELDWORK_IN_SHEFFIELD,
            lambda: AT,
            "http://prefect",
            "token",
            FakeTransport(),
            runs=runs,
        )
        self.browser = TestClient(
            create_app(context), base_url="http://localhost", raise_server_exceptions=False
        )
        self._known: set[tuple[str, ...]] = set()

    def rounds(self, is_odd: bool) -> Iterator[Press]:
        """What is there is pressed; for those who may do most then what was not there before, too."""
        yield from self._round(is_odd)
        if not is_odd and len(self._roles) > 1:
            yield from self._round(is_odd)

    def _round(self, is_odd: bool) -> Iterator[Press]:
        self._sign_in()
        for address, page in crawl(self.browser, 1).pages.items():
            for form in Forms(page, address).forms if page else []:
                key = form.route(), *sorted(form.buttons), *sorted({own.name for own in form.controls})
                if form.method != "POST" or key in self._known:
                    continue
                self._known.add(key)
                for button, sent, body in bodies(form, is_odd):
                    before = self._editions.now()
                    answer = send(self.browser, form, body, form_token(self._sign_in()))
                    yield Press(
                        form,
                        button,
                        sent,
                        answer.status_code,
                        str(answer.url),
                        answer.text,
                        answer.headers.get("Content-Type", ""),
                        self._editions.now() != before,
                    )

    def _sign_in(self) -> str:
        links = {key: value for role in self._roles for key, value in LINKS.get(role, {}).items()}
        secret = sign_in_as(self._engine, *self._roles, at=AT, **links)
        self.browser.cookies.clear()
        self.browser.cookies.update(cookies_of(secret))
        return secret


@pytest.fixture(scope="module")
def busy_file(published_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme in which there is something of every kind: a draft, an event, what is late and what is done."""
    path = tmp_path_factory.mktemp("busy") / "jarcycle.db"
    path.write_bytes(published_file.read_bytes())
    engine = make_engine(f"sqlite:///{path}")
    with session(engine) as opened:
        advance(opened, FIELDWORK_IN_SHEFFIELD)
        store(opened, {"wigan": MONDAYS["wigan"] + timedelta(weeks=2)})
        new = NewEvent("sheffield", "special_measures", date(2006, 1, 23), "a letter", "serious", "SM/1")
        add_event(opened, new, Word("Ann Lee", AT, FIELDWORK_IN_SHEFFIELD))
    engine.dispose()
    return path


@pytest.fixture(scope="module")
def presses(busy_file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Press]:
    """All that was pressed, by everybody: as drawn by each role, odd by those who see most."""
    found: list[Press] = []
    folder = tmp_path_factory.mktemp("pressed")
    for roles, is_odd in [(who, False) for who in WHO] + [((Role.AUTHORITY,), True), (ALL_ROLES, True)]:
        path = folder / f"{'-'.join(roles)}-{is_odd}.db"
        path.write_bytes(busy_file.read_bytes())
        engine = make_engine(f"sqlite:///{path}")
        presser = Presser(engine, roles)
        with presser.browser:
            found += presser.rounds(is_odd)
        engine.dispose()
    return found


def test_no_button_leads_to_a_fault_or_to_what_is_no_page_of_ours(presses: list[Press]) -> None:
    assert len(presses) > 100
    assert [str(press) for press in presses if press.status not in (200, 403, 404, 409, 413, 422)] == []
    bare = [
        str(press)
        for press in presses
        if not press.kind.startswith("text/html") or Forms(press.text, "").tags.count("h1") != 1
    ]
    assert bare == []


def test_nothing_that_was_typed_is_a_script_on_the_page_that_follows(presses: list[Press]) -> None:
    assert [str(press) for press in presses if Scripts(press.text).found] == []


def test_what_is_said_to_whoever_pressed_a_button_names_no_command(presses: list[Press]) -> None:
    found = {(press.form.action, words) for press in presses for words in words_of_the_shell(press.text)}
    assert sorted(found) == []


def test_what_is_refused_has_changed_nothing(presses: list[Press]) -> None:
    assert [str(press) for press in presses if press.status != 200 and press.has_changed] == []


def test_a_button_that_is_drawn_for_a_role_is_never_forbidden_to_it(presses: list[Press]) -> None:
    assert [str(press) for press in presses if press.status in (403, 405) and press.sent == "as drawn"] == []


def test_what_is_wrong_is_told_in_the_title_and_each_line_leads_to_a_field(presses: list[Press]) -> None:
    refused = [press for press in presses if press.status == 422]
    assert len(refused) > 20
    untitled = [str(press) for press in refused if "<title>Error: " not in press.text]
    assert untitled == []
    lost, untold = [], []
    for press in refused:
        ids = Forms(press.text, "").focused
        alert = re.search(r'<div[^>]*role="alert".*?</ul>|<div[^>]*role="alert".*?</table>', press.text, re.S)
        if alert is None:
            untold.append(str(press))
            continue
        for name in re.findall(r'href="#([^"]*)"', alert.group()):
            if ids.count(name) != 1:
                lost.append(f"{press}: #{name}")
    assert (untold, sorted(set(lost))) == ([], [])


def test_no_page_that_follows_has_an_id_twice(presses: list[Press]) -> None:
    twice = {
        f"{press.form.action}: {name}"
        for press in presses
        for ids in [Forms(press.text, "").ids]
        for name in set(ids)
        if ids.count(name) > 1
    }
    assert sorted(twice) == []


def sources() -> str:
    """What all other tests say, with the addresses to which they gave a name written out."""
    found = []
    for path in TESTS.rglob("test_*.py"):
        if path != Path(__file__):
            text = path.read_text()
            for name, address in re.findall(r'^([A-Z_]+) = "(/[^"]*)"', text, re.MULTILINE):
                text = text.replace(f"{{{name}}}", address)
            found.append(text)
    return "\n".join(found)


def test_every_route_that_changes_something_is_pressed_here_or_by_a_test_of_its_own(
    presses: list[Press],
) -> None:
    pressed = {press.form.route() for press in presses}
    assert len(pressed) > 10
    text = sources()
    paths = set(re.findall(r'"(/[a-z][^"\s]*)"', text))
    elsewhere = {route_of("POST", re.sub(r"\{[^}]*\}", "x", path)) for path in paths}
    left = {name for name in ACCESS if name.startswith("POST")} - pressed - elsewhere
    # Tests of words about steps and reviews give the last part of the address to a helper.
    assert {name for name in left if f'"{name.rpartition("/")[2]}"' not in text} == set()


def test_without_a_sign_in_there_is_one_form_and_nothing_typed_there_is_a_fault(
    busy_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "own.db"
    path.write_bytes(busy_file.read_bytes())
    engine = make_engine(f"sqlite:///{path}")
    browser = Presser(engine, ()).browser
    browser.cookies.clear()
    page = browser.get("/plans?x=%3Cscript%3E").text
    [form] = Forms(page, "/sign-in").forms
    found = set()
    for _button, _sent, body in bodies(form, is_odd=True):
        answer = send(browser, form, body, form_token(browser.cookies[COOKIE]))
        assert answer.status_code in (200, 422, 429)
        assert Scripts(answer.text).found == []
        found.add(answer.status_code)
    assert found <= {422, 429}
    engine.dispose()
