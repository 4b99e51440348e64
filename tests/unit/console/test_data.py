"""The page of data: files are looked at, every wrong cell is told, and only what was looked at is imported."""

import io
import re
import zipfile
from datetime import timedelta

import httpx
import openpyxl
import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from console.visitors import form_token
from models import AuditEntry, Inspector, Programme, session
from services.imports import import_folder
from services.imports.facts_out import fact_files
from tests.import_files import right_files, write_files
from tests.signing_in import TOKEN_FIELD, cookies_of, form, sign_in_as
from tests.tables import AT
from tests.unit.console.conftest import Clock


class Planner:
    """A planner's browser over an imported programme."""

    def __init__(self, browser: TestClient, engine: Engine, secret: str) -> None:
        self.browser, self.engine, self.secret = browser, engine, secret

    def send(self, **files: str | bytes) -> httpx.Response:
        sent = [("files", (name.replace("__", "."), content)) for name, content in files.items()]
        data = {TOKEN_FIELD: form_token(self.secret)}
        return self.browser.post("/data", data=data, files=sent)  # type: ignore[return-value]

    def confirm(self, page: str) -> httpx.Response:
        upload = page.split('name="upload" value="')[1].split('"')[0]
        return self.browser.post("/data/import", data=form(self.secret, upload=upload))  # type: ignore[return-value]

    def facts(self) -> dict[str, str]:
        with session(self.engine, read_only=True) as opened:
            return {name: content.decode("utf-8-sig") for name, content in fact_files(opened).items()}

    def inspectors(self) -> dict[str, str]:
        with session(self.engine, read_only=True) as opened:
            return {row.code: row.name for row in opened.exec(select(Inspector))}


@pytest.fixture
def planner(
    empty_console: TestClient, engine: Engine, clock: Clock, tmp_path_factory: pytest.TempPathFactory
) -> Planner:
    import_folder(engine, write_files(tmp_path_factory.mktemp("files"), right_files()), "planner", AT)
    secret = sign_in_as(engine, "planner", at=clock.at)
    empty_console.cookies.update(cookies_of(secret))
    return Planner(empty_console, engine, secret)


def renamed(text: str) -> str:
    """The file with another name for the first inspector."""
    lines = text.splitlines()
    code, _name, *others = lines[1].split(",")
    return "\n".join([lines[0], ",".join([code, "Renamed Person", *others]), *lines[2:]]) + "\n"


def test_a_changed_file_is_looked_at_then_imported_beside_the_facts_that_stay(planner: Planner) -> None:
    before = planner.inspectors()
    looked = planner.send(inspectors__csv=renamed(planner.facts()["inspectors.csv"]))
    assert looked.status_code == 200
    assert "nothing is stored yet" in looked.text
    assert "1 changed" in looked.text
    assert planner.inspectors() == before
    done = planner.confirm(looked.text)
    assert "Imported: " in done.text
    after = planner.inspectors()
    assert set(after) == set(before)
    assert [name for code, name in after.items() if name != before[code]] == ["Renamed Person"]
    with session(planner.engine, read_only=True) as opened:
        entries = opened.exec(select(AuditEntry).where(AuditEntry.action == "import")).all()
    assert [entry.who for entry in entries] == ["planner", "Pat planner"]


def test_every_wrong_cell_is_told_with_its_row_and_nothing_is_imported(planner: Planner) -> None:
    before = planner.facts()
    lines = before["inspectors.csv"].splitlines()
    header = lines[0].split(",")
    for number, (column, value) in {1: ("body", "nobody<b>"), 2: ("max_team_weeks", "many")}.items():
        cells = lines[number].split(",")
        cells[header.index(column) if column in header else 2] = value
        lines[number] = ",".join(cells)
    answer = planner.send(inspectors__csv="\n".join(lines))
    assert answer.status_code == 422
    assert "nobody&lt;b&gt;" in answer.text
    assert "many" in answer.text
    assert "inspectors.csv" in answer.text
    assert planner.facts() == before


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "No file was chosen"),
        ({"inspektors__csv": "code\n"}, "inspectors"),
        ({"notes__txt": "hello"}, "This file is unknown"),
        ({"facts__xlsx": b"no workbook"}, "not a workbook"),
        ({"inspectors__csv": b"\xff\xfe\x00"}, "inspectors.csv"),
    ],
)
def test_what_cannot_be_read_is_told(planner: Planner, files: dict[str, str | bytes], told: str) -> None:
    answer = planner.send(**files)
    assert answer.status_code == 422
    assert told in answer.text


def test_the_facts_go_out_and_come_in_again_unchanged(planner: Planner) -> None:
    content = planner.browser.get("/data/facts.xlsx").content
    assert "inspectors" in openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    looked = planner.send(facts__xlsx=content)
    assert "Nothing: the facts are as the files say." in looked.text
    assert planner.browser.get("/data/template.xlsx").status_code == 200


def test_a_file_that_unpacks_to_more_than_memory_is_not_unpacked(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.imports.workbooks.MOST_UNPACKED_BYTES", 1_000_000)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 3_000_000)
    answer = planner.send(facts__xlsx=bomb.getvalue())
    assert answer.status_code == 422
    assert "would unpack to 3 MB" in answer.text


def test_too_much_is_refused_before_it_is_kept(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.uploads.MOST_UPLOAD_BYTES", 1_000)
    assert planner.send(inspectors__csv="x" * 2_000).status_code == 413


def test_files_without_our_token_are_not_looked_at(planner: Planner) -> None:
    answer = planner.browser.post("/data", files={"files": ("inspectors.csv", b"x")})
    assert answer.status_code == 403


def test_an_upload_is_imported_by_who_sent_it_within_an_hour(planner: Planner, clock: Clock) -> None:
    page = planner.send(inspectors__csv=renamed(planner.facts()["inspectors.csv"])).text
    own = planner.secret
    planner.secret = sign_in_as(planner.engine, "planner", at=clock.at, login="another")
    planner.browser.cookies.update(cookies_of(planner.secret))
    assert "not kept any more" in planner.confirm(page).text
    planner.secret = own
    planner.browser.cookies.update(cookies_of(own))
    clock.at += timedelta(minutes=50)
    planner.browser.get("/data")
    clock.at += timedelta(minutes=50)
    assert "not kept any more" in planner.confirm(page).text
    assert "Renamed Person" not in planner.inspectors().values()


def test_before_there_are_facts_there_is_the_empty_workbook(
    empty_console: TestClient, engine: Engine
) -> None:
    with session(engine, read_only=True) as opened:
        assert opened.get(Programme, 1) is None
    assert empty_console.get("/data/facts.xlsx").status_code == 404
    assert empty_console.get("/data").status_code == 200


def test_refused_files_come_back_with_what_is_wrong_beside_each_row(planner: Planner) -> None:
    """A cell that looks like a formula stays text; what is about no row stands on a sheet of its own."""
    text = planner.facts()["inspectors.csv"]
    lines = text.splitlines()
    wrong = lines[1].replace(lines[1].split(",")[1], "=1+1").split(",")
    wrong[lines[0].split(",").index("body")] = "Nobody"
    refused = planner.send(inspectors__csv="\n".join([lines[0], ",".join(wrong), *lines[2:]]))
    assert refused.status_code == 422
    address = re.findall(r'href="(/data/to-mend[^"]*)"', refused.text)[0]
    book = openpyxl.load_workbook(io.BytesIO(planner.browser.get(address).content))
    assert book.sheetnames == ["inspectors"]
    rows = list(book["inspectors"].iter_rows(values_only=True))
    assert rows[0][-1] == "what is wrong"
    assert str(rows[1][-1]).startswith("body: ")
    assert "=1+1" in str(rows[1][1])
    assert book["inspectors"].cell(2, 2).data_type == "s"
    assert {row[-1] for row in rows[2:]} <= {None, ""}
    lost = planner.send(inspectors__csv="")
    address = re.findall(r'href="(/data/to-mend[^"]*)"', lost.text)[0]
    book = openpyxl.load_workbook(io.BytesIO(planner.browser.get(address).content))
    assert book.sheetnames == ["Other problems"]
    assert planner.browser.get("/data/to-mend.xlsx?upload=another").status_code == 404
