"""How much is asked of whom: over and under in words, and what one more would save."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Absence, Inspector, TeamPlace, session
from services.shown.load import Demand, WeekOfSkill, load_of, stretch_in_words
from services.shown.load_prices import prices_in_words
from services.shown.people_list import people_lines
from tests.tables import PLANNED_ON, published

MONDAY = date(2006, 1, 9)


@pytest.fixture
def programme(engine: Engine) -> Engine:
    """Three areas, each with a team of four."""
    published(engine)
    return engine


def over(opened: Session, as_of: date = PLANNED_ON) -> list[tuple[str, str, str]]:
    return [(s.skill, stretch_in_words(s), s.words) for s in load_of(opened, as_of).over]


@pytest.mark.parametrize(
    ("asked", "there", "uncovered", "level"),
    [
        (0, 5, 0, Demand.NONE),
        (1, 4, 0, Demand.QUARTER),
        (2, 4, 0, Demand.HALF),
        (3, 4, 0, Demand.MOST),
        (4, 4, 0, Demand.ALL),
        (5, 4, 0, Demand.OVER),
        (1, 4, 1, Demand.OVER),
        (0, 0, 0, Demand.NONE),
        (1, 0, 0, Demand.OVER),
    ],
)
def test_a_week_has_a_level_by_the_share_that_is_asked_for(
    asked: int, there: int, uncovered: int, level: Demand
) -> None:
    assert WeekOfSkill(MONDAY, asked, there, uncovered).level is level


def test_a_plan_that_keeps_every_rule_is_over_in_no_week(programme: Engine) -> None:
    with session(programme, read_only=True) as opened:
        assert over(opened) == []


def test_a_skill_without_people_in_a_week_is_over_there_and_in_no_week_that_is_past(
    programme: Engine,
) -> None:
    with session(programme) as opened:
        leaders = opened.exec(select(Inspector.code).where(col(Inspector.is_leader))).all()
        opened.add_all(
            Absence(inspector_code=code, start_on=MONDAY, end_on=date(2006, 1, 14)) for code in leaders
        )
    with session(programme, read_only=True) as opened:
        assert over(opened) == [("leader", "9 to 13 January 2006", "1 asked for, none there")]
        assert over(opened, date(2006, 1, 16)) == []


def test_an_uncovered_place_is_over_in_every_week_of_its_team(programme: Engine) -> None:
    with session(programme) as opened:
        query = select(TeamPlace).where(TeamPlace.activity_code == "sheffield-jar")
        opened.exec(query.where(TeamPlace.skill == "looked_after")).one().inspector_code = None
    with session(programme, read_only=True) as opened:
        assert [(skill, words) for skill, _days, words in over(opened)] == [
            ("looked_after", "1 of 1 place uncovered"),
            ("looked_after", "1 of 1 place uncovered"),
        ]


def test_people_who_are_hardly_asked_for_are_named_with_their_share(programme: Engine) -> None:
    with session(programme, read_only=True) as opened:
        under = {s.skill: s.words for s in load_of(opened, PLANNED_ON).under}
    assert under["safeguarding"].endswith("per cent of the weeks of work that there are")


def test_before_a_publication_nobody_is_asked_for_and_nothing_has_a_price(engine: Engine) -> None:
    with session(engine, read_only=True) as opened:
        assert load_of(opened, PLANNED_ON).skills == ()
        assert prices_in_words(opened, PLANNED_ON) == ()


def test_who_has_begun_as_many_reviews_as_they_may_is_full(programme: Engine) -> None:
    with session(programme) as opened:
        opened.get_one(Inspector, "sheffield-0").max_reviews_per_year = 1
    with session(programme, read_only=True) as opened:
        lines = {line.code: line for line in people_lines(opened, MONDAY)}
    assert (lines["sheffield-0"].is_full, lines["sheffield-1"].is_full) == (True, False)
    assert lines["sheffield-0"].year == "2005-06"
