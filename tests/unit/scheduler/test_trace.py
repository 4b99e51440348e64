"""Traces survive the way to CSV and back; damaged lines are all named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.trace import trace_from_csv, trace_to_csv
from scheduler.values.errors import InvalidProblem
from scheduler.values.result import TracePoint

POINTS = st.builds(
    TracePoint,
    seconds=st.floats(0, 1e6),
    phase=st.sampled_from(["dates", "teams", "uncovered"]),
    incumbent=st.none() | st.integers(0, 10**12),
    bound=st.none() | st.integers(-10, 10**12),
)


@given(st.lists(POINTS))
def test_a_trace_round_trips_through_csv(points: list[TracePoint]) -> None:
    assert trace_from_csv(trace_to_csv(points)) == tuple(points)


def test_an_unknown_value_is_an_empty_field() -> None:
    point = TracePoint(seconds=1.5, phase="dates", incumbent=None, bound=7)
    assert trace_to_csv([point]) == "seconds,phase,incumbent,bound\n1.5,dates,,7\n"


def test_every_damaged_line_is_named() -> None:
    with pytest.raises(InvalidProblem) as caught:
        trace_from_csv("seconds,phase,incumbent,bound\n1,dates,5,4\nx,dates,5,4\n2,dates,5\n")
    assert [finding.place for finding in caught.value.findings] == ["line 3", "line 4"]


def test_another_file_is_no_trace() -> None:
    with pytest.raises(InvalidProblem, match="the header is 'a,b'"):
        trace_from_csv("a,b\n1,2\n")
