"""What is short in words: who, where, when and how much, from the facts alone."""

import pytest

from scheduler.explaining.short_people import Holder
from scheduler.solving.solver import solve
from scheduler.values.problem import PastReview, PeriodLimit
from scheduler.values.result import Result, Shortage, ShortageKind
from scheduler.values.row_facts import RowName
from services.naming.names import Names
from services.naming.shortages import shortage_in_words
from services.shown.reasons.shortfalls import holder_in_words
from tests.builders import one_area, review, span


def lack(kind: ShortageKind, *rows: RowName, **changes: object) -> Shortage:
    usual = {"kind": kind, "rows": rows, "span": span(2, 4), "demand": 6, "capacity": 3}
    return Shortage(**(usual | changes))  # type: ignore[arg-type]


AUTUMN = RowName(kind="period_maximum", owner="autumn")
LEADERS = RowName(kind="people", skills=("leader",))
OF_CQC = RowName(kind="people", body="CQC")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (lack("work", LEADERS), "at least 6 weeks of work are needed of leaders, but only 3 are available"),
        (lack("starts", AUTUMN), "at least 6 places or starts are needed of the maximum of autumn"),
        (lack("minimum", AUTUMN), "at least 6 must start (the maximum of autumn), but only 3 can"),
        (lack("holders", LEADERS, activities=("jar-north",)), "The JAR of North needs 6 leaders in one team"),
        (lack("work", OF_CQC), "at least 6 weeks of work are needed of inspectors from CQC, but only 3"),
        (lack("holders", OF_CQC, activities=("jar-north",)), "needs 6 inspectors from CQC in one team"),
        (lack("weighed", AUTUMN, LEADERS, scale=4), "need 1.50 where 0.75 is available"),
    ],
)
def test_a_lack_is_told_with_its_rows_and_numbers(found: Shortage, words: str) -> None:
    assert words in shortage_in_words(Names(one_area()), found)


def test_an_activity_without_weeks_is_called_by_its_area_whatever_its_identifier() -> None:
    problem = one_area(activities=(review("north", id="pool:leader"),))
    told = shortage_in_words(Names(problem), lack("stranded", activities=("pool:leader",)))
    assert told.startswith("The JAR of North has no possible weeks")


def test_a_past_review_that_keeps_somebody_is_told_by_its_area() -> None:
    past = PastReview(id="2003/7", area="north", team_weeks=(3,), members=("ann",))
    names = Names(one_area(past_reviews=(past,)))
    holder = Holder(inspector="ann", why="busy", activities=("jar-north", "2003/7"))
    told = holder_in_words(names, holder)
    assert told == "ann works on or rests after the JAR of North and a past review of North"


def test_a_result_stored_when_shortages_were_words_is_read_without_them() -> None:
    """No facts are guessed from words; a result of today keeps its shortages."""
    limit = PeriodLimit(id="year", span=span(0, 52), kinds=("jar",), maximum=0)
    result = solve(one_area(period_limits=(limit,)))
    assert result.shortages
    stored = result.model_dump(mode="json")
    assert Result.model_validate(stored).shortages == result.shortages
    old = {"pool": "jar-north", "span": {"first": 0, "end": 52}, "demand": 1, "capacity": 0, "message": "..."}
    assert Result.model_validate({**stored, "shortages": [old]}).shortages == ()
