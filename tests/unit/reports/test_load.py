from typing import Any

import pytest

from reports.load import LoadChart, LoadRow, load_in_words, load_svg, places_short, row_in_words, runs
from reports.values import InvalidReport
from tests.unit.reports.builders import HOSTILE, MONDAY, all_named, parsed


def a_pool(*demand: float, capacity: float = 4, name: str = "Health", **values: Any) -> LoadRow:
    return LoadRow(name=name, demand=demand, capacity=(capacity,) * len(demand), **values)


def a_load_chart(*rows: LoadRow, **values: Any) -> LoadChart:
    given = {"title": "Health is short", "start": MONDAY, "num_weeks": len(rows[0].demand), "rows": rows}
    return LoadChart(**(given | values))


def test_equal_neighbouring_weeks_are_one_run() -> None:
    assert [run[:2] for run in runs(a_pool(1, 1, 1, 3, 6, 6, 7), 7)] == [(0, 3), (3, 1), (4, 2), (6, 1)]


@pytest.mark.parametrize(
    ("demand", "style"), [(0, "v0"), (2, "v1"), (2.8, "v2"), (3.4, "v3"), (4, "v4"), (4.1, "v9")]
)
def test_upper_edges_belong_to_their_class(demand: float, style: str) -> None:
    assert runs(a_pool(demand), 1)[0][2] == style


def test_a_week_with_nobody_there_is_not_an_idle_week() -> None:
    assert runs(a_pool(0, capacity=0), 1)[0][2] == "vx"
    assert runs(a_pool(1, capacity=0), 1)[0][2:] == ("v9", 1)


def test_part_places_short_count_as_whole_ones() -> None:
    assert [places_short(a_pool(demand), 0) for demand in (4, 4.2, 5, 5.5)] == [0, 1, 1, 2]


def test_over_capacity_is_hatched_and_numbered() -> None:
    svg = load_svg(a_load_chart(a_pool(1, 7, 7, 1)))
    tree = parsed(svg)
    over = [path for path in all_named(tree, "path") if path.get("class") == "v9"]
    assert [path.get("fill") for path in over] == ["url(#load-over)"]
    assert "3" in [text.text for text in all_named(tree, "text")]


def test_each_row_says_its_shortages_in_words() -> None:
    chart = a_load_chart(a_pool(1, 6, 5, 4), a_pool(1, 1, 1, 1, name="Schools"))
    assert row_in_words(chart.rows[0], chart) == (
        "Health: over capacity in 2 weeks: 11 September 2006 by 2 and 18 September 2006 by 1. "
        "At 85 per cent or more otherwise in 1 week."
    )
    labels = [
        g.get("aria-label", "") for g in all_named(parsed(load_svg(chart)), "g") if g.get("role") == "img"
    ]
    assert labels[1] == row_in_words(chart.rows[0], chart)
    assert labels[2].startswith("Schools: never over capacity")


def test_many_short_weeks_are_counted_rather_than_listed() -> None:
    chart = a_load_chart(a_pool(*[5] * 10))
    assert "and 4 more weeks" in row_in_words(chart.rows[0], chart)


def test_the_list_in_words_begins_with_the_shortest_pool() -> None:
    chart = a_load_chart(
        a_pool(4, 4, name="Schools"), a_pool(5, 4, name="Health"), a_pool(9, 9, name="Leaders")
    )
    assert [line.split(":")[0] for line in load_in_words(chart)] == ["Leaders", "Health", "Schools"]


def test_hostile_names_stay_text_and_links_stay_outside_images() -> None:
    svg = load_svg(a_load_chart(a_pool(1, 2, name=HOSTILE, href="/pools/7"), title=HOSTILE), is_file=True)
    tree = parsed(svg)
    assert "<script" not in svg
    assert len(all_named(tree, "a")) == 1
    assert not [a for g in all_named(tree, "g") if g.get("role") == "img" for a in all_named(g, "a")]


def test_rows_of_another_length_are_refused() -> None:
    with pytest.raises(InvalidReport, match="3 weeks, but not so Health"):
        a_load_chart(a_pool(1, 2), num_weeks=3)
    assert a_load_chart(a_pool(1, 2, 3), num_weeks=3).num_weeks == 3
