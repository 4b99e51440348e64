from itertools import pairwise

import pytest

from reports.trace import Trace, TraceMoment, trace_finding, trace_svg
from reports.values import InvalidReport
from tests.unit.reports.builders import HOSTILE, all_named, parsed, words


def a_trace(*moments: tuple[float, float | None, float | None]) -> Trace:
    return Trace(moments=tuple(TraceMoment(*moment) for moment in moments))


CONVERGING = a_trace((0.5, None, 900), (1, 1600, 1010), (6, 1245, 1205), (24, 1232.7, 1232.4))


def test_the_finding_names_gap_and_time() -> None:
    assert trace_finding(CONVERGING) == "Within 0.025 per cent of the best possible after 24 seconds"
    assert trace_finding(a_trace((3, 100, 100))) == "Proven to be the best possible after 3 seconds"


def test_the_finding_says_what_is_not_known() -> None:
    assert trace_finding(a_trace()) == "The solve has not reported anything yet"
    assert trace_finding(a_trace((2, None, 10))) == "No plan found after 2 seconds"
    assert "not yet compared with a bound" in trace_finding(a_trace((2, 10, None)))


def test_both_lines_the_area_and_the_final_figures_are_drawn() -> None:
    tree = parsed(trace_svg(CONVERGING))
    classes = [path.get("class") for path in all_named(tree, "path")]
    assert {"s1", "s2", "f"} <= set(classes)
    said = words(tree)
    for text in ("Best plan", "1,232.7", "Proven bound", "1,232.4", "Seconds of solving"):
        assert text in said


def test_the_label_says_first_and_last_figures() -> None:
    label = parsed(trace_svg(CONVERGING)).get("aria-label", "")
    assert "Best plan: 1,600 after 1 second, 1,232.7 at the end" in label
    assert "cut off at the edge" in label


def test_a_value_holds_until_the_next_moment() -> None:
    line = next(p for p in all_named(parsed(trace_svg(CONVERGING)), "path") if p.get("class") == "s1")
    corners = [tuple(map(float, corner.split())) for corner in line.get("d", "")[1:].split("L")]
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(corners))


@pytest.mark.parametrize(
    "trace", [a_trace(), a_trace((0, 5, 5)), a_trace((1, None, 3)), a_trace((1, 0, -4), (2, 0, 0))]
)
def test_a_short_trace_is_drawn_all_the_same(trace: Trace) -> None:
    assert len(all_named(parsed(trace_svg(trace)), "text")) > 2


def test_a_file_brings_its_style_and_a_part_of_a_page_does_not() -> None:
    assert "<style>" in trace_svg(CONVERGING, is_file=True)
    assert "style" not in trace_svg(CONVERGING)


def test_a_hostile_title_stays_text() -> None:
    svg = trace_svg(Trace(moments=CONVERGING.moments, title=HOSTILE))
    assert "<script" not in svg
    assert parsed(svg).get("aria-label", "").startswith(HOSTILE)


def test_moments_out_of_order_are_refused() -> None:
    with pytest.raises(InvalidReport, match="not in the order of time"):
        a_trace((2, 1, 1), (1, 1, 1))
