"""Leave by day: a Friday away is a fifth of its week, in the tables as in a solve; an import leaves it as it is."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models import session
from services.days.absent_weeks import DaysAway, weeks_away
from services.errors import AlreadySo, NotFound, Refused
from services.plans.leave import enter_leave, leave_of, withdraw_leave
from services.problem.build import build_problem
from tests.tables import published
from tests.york import word

DAY = date(2005, 9, 1)
FRIDAY = date(2006, 1, 13)
MONDAY = date(2006, 1, 9)


@pytest.fixture
def opened(engine: Engine) -> Iterator[Session]:
    published(engine)
    with session(engine) as opened:
        yield opened


@pytest.mark.parametrize(
    ("first", "end", "shares"),
    [
        (FRIDAY, date(2006, 1, 14), {0: 80}),
        (FRIDAY, date(2006, 1, 17), {0: 80, 1: 80}),
        (MONDAY, date(2006, 1, 14), {0: 0}),
        (date(2006, 1, 14), date(2006, 1, 16), {}),
    ],
)
def test_days_become_shares_of_their_weeks(first: date, end: date, shares: dict[int, int]) -> None:
    found = weeks_away([DaysAway(first, end)], 100, MONDAY, 10)
    weeks = {week: absence.percent_available for absence in found for week in absence.span.weeks()}
    assert weeks == shares


def test_a_week_with_a_bank_holiday_has_four_days() -> None:
    """1 May 2006 is a Monday."""
    found = weeks_away([DaysAway(date(2006, 5, 2), date(2006, 5, 3))], 100, date(2006, 5, 1), 2)
    assert [absence.percent_available for absence in found] == [75]


def test_leave_is_known_to_the_next_solve_and_says_whose_review_it_touches(opened: Session) -> None:
    entered = enter_leave(opened, "Inspector 0.1", MONDAY, FRIDAY, 0, word(DAY))
    assert (entered.reviews, entered.stale) == (("sheffield-jar",), (1,))
    people = {person.id: person for person in build_problem(opened, 3).inspectors}
    assert [absence.percent_available for absence in people["sheffield-1"].absences] == [0]
    withdrawn = withdraw_leave(opened, "sheffield-1", MONDAY, word(DAY))
    assert withdrawn.leave == entered.leave
    assert leave_of(opened, None, DAY) == []
    people = {person.id: person for person in build_problem(opened, 3).inspectors}
    assert people["sheffield-1"].absences == ()


def test_a_friday_leaves_its_week_to_the_team(opened: Session) -> None:
    """The policy's 80 per cent of a week are left."""
    entered = enter_leave(opened, "sheffield-1", FRIDAY, FRIDAY, 0, word(DAY))
    assert entered.reviews == ("sheffield-jar",)
    people = {person.id: person for person in build_problem(opened, 3).inspectors}
    assert [absence.percent_available for absence in people["sheffield-1"].absences] == [80]


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        (FRIDAY, MONDAY, "the last day is earlier than the first"),
        (date(2005, 8, 1), date(2005, 8, 5), "5 August 2005 is earlier than today, 1 September 2005"),
        (MONDAY, date(2007, 2, 1), "more than a year"),
    ],
)
def test_days_that_cannot_be_are_refused(opened: Session, first: date, last: date, fault: str) -> None:
    with pytest.raises(Refused, match=fault):
        enter_leave(opened, "sheffield-1", first, last, 0, word(DAY))


def test_the_same_days_are_entered_once(opened: Session) -> None:
    enter_leave(opened, "sheffield-1", MONDAY, FRIDAY, 0, word(DAY))
    with pytest.raises(AlreadySo, match="leave from 9 January 2006 is known"):
        enter_leave(opened, "sheffield-1", MONDAY, FRIDAY, 0, word(DAY))
    with pytest.raises(Refused, match="leave from 9 January 2006 to 13 January 2006 is known already"):
        enter_leave(opened, "sheffield-1", FRIDAY, FRIDAY, 0, word(DAY))
    with pytest.raises(NotFound, match="no leave of theirs begins on 13 January 2006"):
        withdraw_leave(opened, "sheffield-1", FRIDAY, word(DAY))
