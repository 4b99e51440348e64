"""A programme of the past says which day is taken as today, why, and how to play another one."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from config.clock import Clock
from models import session
from services.shown.played_day import day_taken
from tests import tables
from tests.known import known

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
REALLY = date(2026, 11, 30)


@pytest.fixture
def programme(engine: Engine) -> Engine:
    """Its last starts are by 31 December 2006."""
    with session(engine) as opened:
        tables.fill(opened)
    return engine


def said(engine: Engine, day: date, now: datetime = NOW, is_named: bool = False) -> str | None:
    with session(engine, read_only=True) as opened:
        return day_taken(opened, day, Clock().today(now), is_named)


def test_the_day_of_the_clock_is_told_with_how_to_play_another(programme: Engine) -> None:
    words = known(said(programme, date(2006, 3, 1)))
    assert words.startswith("1 March 2006 is taken as today, by the clock of this home: the last starts")
    assert "were by 31 December 2006. Play another day with --as-of DATE" in words
    assert words.endswith("jarcycle up --as-of DATE")


def test_a_day_that_somebody_named_is_told_as_theirs(programme: Engine) -> None:
    words = known(said(programme, date(2006, 3, 1), is_named=True))
    assert words.startswith("1 March 2006 is taken as today, as --as-of says")


def test_without_a_clock_the_day_of_planning_is_named_as_the_one_that_plans_go_by(programme: Engine) -> None:
    words = known(said(programme, REALLY))
    assert words.startswith("Today is 30 November 2026, and the last starts")
    assert "planned as on 1 August 2005, its day of planning" in words
    assert words.endswith("jarcycle up --as-of 2005-08-01")


def test_a_programme_of_the_present_says_nothing(programme: Engine) -> None:
    last = datetime(2006, 12, 31, 9, tzinfo=UTC)
    assert said(programme, date(2006, 3, 1), last) is None
    assert said(programme, date(2006, 12, 31), last) is None
    next_day = known(said(programme, date(2006, 3, 1), datetime(2007, 1, 1, 9, tzinfo=UTC)))
    assert next_day.startswith("1 March 2006 is taken as today")


def test_without_a_programme_nothing_is_said(engine: Engine) -> None:
    assert said(engine, REALLY) is None
