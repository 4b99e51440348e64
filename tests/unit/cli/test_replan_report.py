"""`replan` shows the plans to choose from in a table, one a row, with what is proven of each."""

import pytest

from cli.shown.replan_report import tell
from scheduler.events import InspectorAbsence, NewConflict
from scheduler.replanning.result import ReplanResult
from services.naming.names import Names
from services.shown.reasons.open_places import open_place_lines
from services.shown.replan_report import report_of
from services.solves.replanning import Replanned
from tests.builders import span
from tests.replanning import replanned, short_handed, three_reviews


@pytest.fixture(scope="module")
def answer() -> ReplanResult:
    """The only leader is away for a week: a review moves, or its place stays open."""
    event = InspectorAbsence(inspector="ann", weeks=span(10, 11))
    return replanned(short_handed(), event, with_alternatives=True, seconds=60.0)


def test_each_plan_has_a_row_with_its_number_its_figures_and_what_it_is_best_at(
    answer: ReplanResult, capsys: pytest.CaptureFixture[str]
):
    versions = tuple(range(7, 7 + len(answer.choices)))
    tell(report_of(Replanned(1, answer, versions), {}))
    told = capsys.readouterr()
    rows = [line.split() for line in told.out.splitlines()]
    for version, choice in zip(versions, answer.choices, strict=True):
        row = next(row for row in rows if row[:1] == [str(version)])
        figures = (choice.moved, choice.weeks_moved, choice.furthest_weeks, choice.people_changed)
        assert row[1:7] == [str(number) for number in (*figures, choice.uncovered, choice.cost)]
    assert "fewest activities" in told.out
    assert "Proven: 1 activity moves, and no plan moves fewer." in told.err


def test_an_open_place_is_told_with_its_weeks_and_the_stand_ins(answer: ReplanResult):
    kept = next(choice for choice in answer.choices if choice.open_places)
    lines = list(open_place_lines(Names(answer.problem), kept))
    assert lines[0].startswith("The JAR of South lacks leader, ")
    assert lines[0].endswith("Who could stand in:")
    assert lines[1].startswith("  Leader: ann is away (")


def test_without_open_places_nothing_is_told_of_them():
    found = replanned(three_reviews(), NewConflict(inspector="cat", area="south"))
    assert list(open_place_lines(Names(found.problem), found.choices[0])) == []
