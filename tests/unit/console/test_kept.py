"""What pages read is read once, and again after whatever it depends on has changed; and many may read at once."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from starlette.testclient import TestClient

from console.keeping import Kept
from models import Area, make_engine, session
from models.edition_watch import EditionWatch
from tests.unit.console.conftest import Clock

TOKEN = re.compile(r'name="form_token" value="\w+"')
WORD = re.compile(r"\w+")
SIGNED_IN = {"edition", "visit", "account", "oneoffday"}
"""Tables that every request asks: the last with the first transaction of a thread."""
SECTIONS = (
    "/",
    "/areas",
    "/people",
    "/people/sheffield-0",
    "/load",
    "/due",
    "/actions",
    "/history",
    "/messages",
)


@pytest.fixture
def statements(engine: Engine) -> list[str]:
    """What the database is asked, but for the edition, who is signed in, and where a transaction begins."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith("BEGIN") and not SIGNED_IN & set(WORD.findall(statement)):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    return asked


@pytest.mark.parametrize(
    "path", ["/areas", "/people", "/load", "/history", "/messages", "/messages/coming", "/"]
)
def test_a_page_that_was_read_is_not_read_again(
    console: TestClient, statements: list[str], path: str
) -> None:
    first = TOKEN.sub("", console.get(path).text)
    assert len(statements) > 1
    statements.clear()
    assert TOKEN.sub("", console.get(path).text) == first
    assert statements == []


def test_a_change_of_anybody_shows_at_once(console: TestClient, engine: Engine) -> None:
    assert "Sheffield" in console.get("/areas").text
    another = make_engine(engine.url.render_as_string(hide_password=False))
    with session(another) as opened:
        opened.get_one(Area, "sheffield").name = "Steel City"
    another.dispose()
    assert "Steel City" in console.get("/areas").text


def test_another_day_is_another_page(console: TestClient, clock: Clock) -> None:
    before = console.get("/people").text
    clock.forward(300)
    assert console.get("/people").text != before


def test_a_changed_file_of_the_operator_is_another_edition(
    console: TestClient, statements: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JARCYCLE_HOME", str(tmp_path))
    console.get("/areas")
    statements.clear()
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "ours.toml").write_text("# nothing yet\n")
    console.get("/areas")
    assert len(statements) > 1


def test_the_number_of_statements_does_not_grow_with_the_programme(
    console: TestClient, engine: Engine, statements: list[str]
) -> None:
    counted = {}
    for path in SECTIONS:
        statements.clear()
        console.get(path)
        counted[path] = len(statements)
    with session(engine) as opened:
        first = opened.get_one(Area, "sheffield")
        for number in range(40):
            facts = first.model_dump() | {
                "code": f"more-{number}",
                "gss_code": f"X{number}",
                "name": f"More {number}",
            }
            opened.add(Area(**facts))
    for path in SECTIONS:
        statements.clear()
        assert console.get(path).status_code == 200
        assert (path, len(statements)) == (path, counted[path])


def test_while_one_reads_all_others_wait_for_the_same_reading(engine: Engine) -> None:
    kept, made, begin = Kept(EditionWatch(engine)), [], threading.Barrier(8)

    def read() -> int:
        begin.wait()
        return kept.value("key", lambda: 1, lambda: made.append(1) or len(made))

    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(read) for _ in range(8)]
    assert [answer.result() for answer in answers] == [1] * 8


def test_what_was_least_used_is_forgotten(engine: Engine) -> None:
    kept = Kept(EditionWatch(engine), most=2)
    for key in ("a", "b", "a", "c"):
        kept.value(key, lambda: 1, lambda: "first")
    assert [kept.value(key, lambda: 1, lambda: "second") for key in ("a", "c", "b")] == [
        "first",
        "first",
        "second",
    ]


def test_an_answer_is_compressed_for_whoever_can_read_that(console: TestClient) -> None:
    assert console.get("/areas").headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in console.get("/areas", headers={"Accept-Encoding": "identity"}).headers
    assert "Content-Security-Policy" in console.get("/areas").headers


def test_many_at_once_all_get_the_page_and_health_answers_meanwhile(console: TestClient) -> None:
    paths = ["/", "/areas", "/people", "/load", "/due", "/health"] * 20
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda path: console.get(path).status_code, paths))
    assert answers == [200] * len(paths)


def test_health_does_not_wait_for_readers(console: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every thread for pages is busy until the health has been told."""
    told = threading.Event()
    monkeypatch.setattr("console.areas.find_area", lambda *_: told.wait(20))
    with ThreadPoolExecutor(30) as pool:
        busy = [pool.submit(console.get, "/areas/sheffield") for _ in range(20)]
        status = pool.submit(console.get, "/health").result(timeout=15).status_code
        told.set()
        assert status == 200
        assert {answer.result().status_code for answer in busy} == {500}
