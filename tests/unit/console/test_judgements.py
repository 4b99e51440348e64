"""The page of an area shows what was judged, by whom and what limits it, and the scope of a review."""

from pathlib import Path

from sqlalchemy import Engine
from starlette.testclient import TestClient

from models import session
from services.audit import Word
from services.casework.judging import judge
from services.casework.signers import Signer
from tests.tables import at
from tests.unit.services.test_judging import LAST_DAY, MONDAY, add_inspection, graded
from tests.unit.services.test_scopes import SCOPED


def test_the_page_shows_judgements_and_scope_r008_r012(
    console: TestClient, engine: Engine, home: Path
) -> None:
    (home / "frameworks").mkdir(exist_ok=True)
    (home / "frameworks" / "ten-2009.toml").write_text(SCOPED)
    with session(engine) as opened:
        row = add_inspection(opened, "sheffield-ten", MONDAY)
    page = console.get("/areas/sheffield").text
    assert "Not judged" in page
    assert "Scope:" not in page
    with session(engine) as opened:
        word, signer = (
            Word("Bea", at(LAST_DAY), LAST_DAY),
            Signer("Bea", "lead_inspectorate", "the office is closed"),
        )
        judge(opened, row.id or 0, graded("1333"), LAST_DAY, word, signer)
        opened.merge(row).scope = "stay_safe"
    page = console.get("/areas/sheffield").text
    assert "Scope: Staying safe only." in page
    assert "Bea on behalf of Ofsted (the office is closed), 16 June 2006" in page
    assert "Safeguarding is 1, so it is at most 1 (R147)" in page
