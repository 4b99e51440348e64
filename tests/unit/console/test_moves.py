"""What moves between two plans: counted on the page that compares them, listed with filters, and saved."""

from datetime import timedelta

from sqlalchemy import Engine
from starlette.testclient import TestClient

from models import session
from tests.tables import MONDAYS, store
from tests.unit.console.test_listings import cells

MOVES = "/plans/moves?before=1&after=2"


def two_weeks_later(engine: Engine) -> None:
    """A second plan in which one area is later."""
    with session(engine) as opened:
        store(opened, {"wigan": MONDAYS["wigan"] + timedelta(weeks=2)})


def test_compared_plans_tell_how_far_activities_move_and_lead_to_the_list(
    console: TestClient, engine: Engine
) -> None:
    two_weeks_later(engine)
    text = console.get("/plans/compare?plan=1&plan=2").text
    assert (
        "2 of 6 activities of Plan 2, option 3 begin in another week, most often 1 to 4 weeks later" in text
    )
    assert "the same week: 4; 1 to 4 weeks later: 2" in text
    assert 'href="/plans/moves?before=1&amp;after=2"' in text


def test_a_plan_that_is_the_same_moves_nothing(console: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        store(opened)
    text = console.get("/plans/compare?plan=1&plan=2").text
    assert "every activity of Plan 2, option 3 begins in the same week" in text
    assert "no activities begin in another week" in console.get(MOVES).text


def test_the_list_of_moves_has_weeks_before_and_after_and_is_filtered(
    console: TestClient, engine: Engine
) -> None:
    two_weeks_later(engine)
    page = console.get(MOVES).text
    assert "Plan 1 to plan 2: 2 activities begin in another week" in page
    moved = [(row[0], row[4]) for row in cells(page) if row[4] != "Same week"]
    assert moved == [("Wigan", "2 weeks later")] * 2
    assert "Wigan" in console.get(f"{MOVES}&shift=later-1").text.partition("<tbody")[2]
    assert "Nothing fits" in console.get(f"{MOVES}&shift=earlier-1").text
    assert console.get(f"{MOVES}&q=wigan").status_code == 200
    [heads, line, _other] = console.get("/plans/moves.csv?before=1&after=2&q=wigan").text.splitlines()
    assert heads.lstrip("\ufeff") == "Area,Activity,From,To,Moves by,People"
    assert line.split(",")[4] == "2"


def test_what_is_no_pair_of_plans_is_answered_with_advice(console: TestClient) -> None:
    for query, advice in (
        ("before=1&after=1", "Choose two plans"),
        ("before=1&after=9", "there is no such version"),
        ("before=1", "is not a plan"),
    ):
        answer = console.get(f"/plans/moves?{query}")
        assert answer.status_code == 404, query
        assert advice in answer.text, query
