"""The pages of the whole of england-2005: light on the wire, with every area, and in pages for ten times as many."""

import csv
import gzip
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, inspect, text
from starlette.testclient import TestClient

from console.app import create_app
from console.context import Context
from models import make_engine, session
from scheduler.cost import make_plan
from services.plans.plan_store import store_plan
from services.problem.build import build_problem
from tests.conftest import EXAMPLE
from tests.fakes import FakeTransport
from tests.signing_in import cookies_of, sign_in_as
from tests.tables import AT, WHO, result_of

ON_THE_WIRE = 250_000
"""Bytes that a page may weigh, compressed."""

TIMES_TEN = tuple(f"~{copy}" for copy in range(1, 10))
COPIED = {
    "area": ("code", "gss_code", "name"),
    "activity": ("code", "area_code"),
    "plannedstage": ("activity_code",),
}
"""Tables that are copied, each with the columns that tell a copy from its original."""


@pytest.fixture(scope="module")
def engine(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """All facts of the example and the dates of its plan of option 3 as a draft."""
    path = tmp_path_factory.mktemp("pages") / "jarcycle.db"
    path.write_bytes(example_file.read_bytes())
    made = make_engine(f"sqlite:///{path}")
    with session(made) as opened:
        problem = build_problem(opened, 3)
        weeks = {
            (row["activity"], row["stage"]): (
                date.fromisoformat(row["first_monday"]) - problem.first_monday
            ).days
            // 7
            for row in csv.DictReader((EXAMPLE / "plans" / "option-3.csv").open(encoding="utf-8", newline=""))
        }
        starts = {
            item.id: tuple(weeks[item.id, stage.id] for stage in item.stages) for item in problem.activities
        }
        store_plan(opened, problem, result_of(problem, make_plan(problem, starts, ())), "3", WHO, AT)
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def console(engine: Engine) -> Iterator[TestClient]:
    context = Context(
        engine, lambda: date(2005, 9, 1), lambda: datetime(2026, 1, 9, tzinfo=UTC), "", "", FakeTransport()
    )
    with TestClient(create_app(context), base_url="http://localhost") as client:
        client.cookies.update(cookies_of(sign_in_as(engine, "planner", at=context.now())))
        yield client


def weight(client: TestClient, path: str) -> int:
    answer = client.get(path)
    assert answer.status_code == 200
    return len(gzip.compress(answer.content, compresslevel=6, mtime=0))


def _copy(connection: Connection, table: str, told_apart: tuple[str, ...], tail: str) -> None:
    """Copy the rows of a table once more, with a tail on what tells them apart; numbers are given anew."""
    names = [column["name"] for column in inspect(connection).get_columns(table) if column["name"] != "id"]
    values = [f"{name} || :tail" if name in told_apart else name for name in names]
    original = f"{told_apart[0]} NOT LIKE '%~%'"
    connection.execute(
        text(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table} WHERE {original}"
        ),
        {"tail": tail},
    )


def areas_of(page: str) -> list[str]:
    chart = page[page.index('<section class="jc-gantt"') :]
    return re.findall(r'<th scope="row"><a href="/areas/([^"]*)"', chart)


@pytest.mark.parametrize(
    "path", ["/plans/1?weeks=156", "/plans/1?by=region", "/map?plan=1", "/map?plan=1&colour=state"]
)
def test_150_areas_weigh_a_fifth_of_what_they_may(console: TestClient, path: str) -> None:
    assert weight(console, path) < ON_THE_WIRE / 5


def test_every_area_has_its_row_and_its_dot(console: TestClient) -> None:
    rows = areas_of(console.get("/plans/1?weeks=156").text)
    dots = re.findall(r'<a href="/areas/([^"]*)" class="jc-map__dot"', console.get("/map?plan=1").text)
    assert len(set(rows)) == 150
    assert sorted(rows) == sorted(dots)


def test_ten_times_as_many_areas_come_in_pages_that_are_as_light(engine: Engine, console: TestClient) -> None:
    with engine.begin() as connection:
        for tail in TIMES_TEN:
            for table, told_apart in COPIED.items():
                _copy(connection, table, told_apart, tail)
    assert weight(console, "/plans/1?weeks=156") < ON_THE_WIRE / 5
    shown = [areas_of(console.get(f"/plans/1?weeks=156&page={page}").text) for page in (1, 2, 10)]
    assert [len(page) for page in shown] == [150, 150, 150]
    assert len({area for page in shown for area in page}) == 450
    assert "1,500 areas are too many for one map" in console.get("/map?plan=1").text
    assert len(areas_of(console.get("/plans/1?weeks=26&name=Bedfordshire").text)) == 10
