"""The small parts of reasons: names of rows, spans, pairs of seats and people, imports on demand."""

import subprocess
import sys

import pytest

from scheduler.areas.graph_making import build_graph
from scheduler.dates.rows import Rows
from scheduler.explaining.row_names import merged, parse, spans_of
from scheduler.explaining.shortfall import MissingPerson, MissingUnits, Shortfall, WiderLimit
from scheduler.people.capacity import People
from scheduler.people.matching import most_pairs, pair_up
from tests.builders import span
from tests.complete import complete


def test_every_row_of_a_problem_has_a_name_that_can_be_read() -> None:
    problem = complete()
    rows = Rows(build_graph(problem, whole_teams=True), People(problem))
    rows.add_union(frozenset(["camhs", "safeguarding"]))
    kinds = {parse(rows.name(row)).kind for row in range(rows.num_rows)}
    assert {"people", "anonymous", "partner", "period_maximum", "period_minimum"} <= kinds
    assert parse("hall:camhs+looked%2Fafter:week:7").skills == ("camhs", "looked/after")
    assert (parse("yearly:kind:FY%3A1:pool:camhs").owner, parse("everybody:week:3").skills) == ("FY:1", ())
    with pytest.raises(ValueError, match="no row 'nonsense'"):
        parse("nonsense")


def test_weeks_are_put_together_to_spans() -> None:
    assert spans_of([3, 4, 7]) == (span(3, 5), span(7, 8))
    assert merged({1: "a", 2: "a", 3: "b"}) == [(span(1, 3), "a"), (span(3, 4), "b")]


def test_as_many_seats_as_possible_are_paired() -> None:
    assert pair_up([[1, 2], [1], [2, 3]]) == [2, 1, 3]
    assert most_pairs([[1], [1], [1]]) == 1


def test_a_shortfall_counts_people_units_in_each_week_and_steps_of_limits() -> None:
    person = MissingPerson(activity="jar", skill="camhs", weeks=(3, 6, 7))
    whole = Shortfall(
        people=(person,),
        units=(MissingUnits(pool="teams", span=span(3, 5), units=2),),
        limits=(WiderLimit(limit="autumn", kind="period_maximum", by=1),),
    )
    assert (whole.size, whole.is_empty) == (6, False)
    assert (Shortfall().size, Shortfall().is_empty) == (0, True)


def test_reasons_are_imported_when_they_are_asked_for() -> None:
    code = (
        "import sys, scheduler; before = {'numpy', 'ortools'} & set(sys.modules); "
        "from scheduler import explain; print(len(before), 'ortools' in sys.modules, explain.__name__)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["0", "False", "explain"]
