"""Result files: a part that is measured again replaces its own rows; tables and exponents follow from the rows."""

import pytest

from benchmarks import page, results_file, scale, traces_file


@pytest.fixture
def results(tmp_path, monkeypatch):
    monkeypatch.setattr(results_file, "RESULTS", tmp_path)
    monkeypatch.setattr(traces_file, "RESULTS", tmp_path)
    return tmp_path


def merge(*rows):
    results_file.merge("x", "a command", "what", rows, ("case",), lambda row: row["case"])


def test_a_part_measured_again_replaces_its_own_rows_and_leaves_the_others(results):
    merge({"case": "a", "cost": 3}, {"case": "c", "cost": 5})
    merge({"case": "b", "cost": 4}, {"case": "a", "cost": 2})
    assert results_file.read("x") == [
        {"case": "a", "cost": 2},
        {"case": "b", "cost": 4},
        {"case": "c", "cost": 5},
    ]
    assert "| a | 2 |" in (results / "x.md").read_text()


def test_rows_of_another_shape_do_not_survive(results):
    merge({"case": "a", "cost": 3})
    merge({"case": "b", "cost": 4, "seconds": 1.0})
    assert [row["case"] for row in results_file.read("x")] == ["b"]


def test_a_trace_measured_again_replaces_the_old_one(results):
    for cost in (9, 8):
        traces_file.merge("t", {"case": "a", "method": "m"}, [(0.5, cost, None), (1.0, cost, 7)])
    traces_file.merge("t", {"case": "b", "method": "m"}, [(0.1, None, 1)])
    assert [(row["case"], row["seconds"], row["cost"], row["bound"]) for row in traces_file.read("t")] == [
        ("a", "0.5", "8", ""),
        ("a", "1.0", "8", "7"),
        ("b", "0.1", "", "1"),
    ]


def test_the_exponent_of_a_power_law_is_its_power():
    assert scale.slope([(x, 0.3 * x**1.25) for x in (150, 300, 600, 1500)]) == pytest.approx(1.25)
    assert scale.slope([(150, 2.0), (150, 3.0)]) is None


def test_a_size_that_was_not_solved_has_no_part_in_the_exponent():
    row = {"option": 1, "seconds": 300.0, "memory_mb": 100}
    rows = [
        row | {"areas": areas, "seconds_to_0.001": t} for areas, t in ((150, 2.0), (300, 4.0), (600, None))
    ]
    (found,) = scale.exponents(rows)
    assert (found["sizes"], found["solved"]) == (3, 2)
    assert found["exponent_of_time"] == pytest.approx(1.0)


def row(method, cost, gap, broken=0):
    return {
        "case": "a-1",
        "method": method,
        "cost": cost,
        "bound": 90,
        "gap": gap,
        "seconds": 1.0,
        "broken_rules": broken,
    }


@pytest.mark.parametrize(
    ("peer", "keeps_cost", "keeps_gap"),
    [
        (row("CP-SAT intervals", 1000, 0.01), True, True),
        (row("CP-SAT intervals", 998, 0.01), False, True),
        (row("CP-SAT intervals", 1100, 0.001), True, False),
        (row("CP-SAT intervals", 900, 0.01, broken=1), True, True),
    ],
)
def test_the_bar_is_missed_by_a_cheaper_sound_plan_or_a_smaller_gap(peer, keeps_cost, keeps_gap):
    rows = {own["method"]: own for own in (row(page.OURS, 1000, 0.002), peer)}
    assert page.keeps_cost(rows) is keeps_cost
    assert page.keeps_gap(rows) is keeps_gap


def test_the_page_is_filled_between_its_marks(tmp_path, monkeypatch, results):
    copy = tmp_path / "benchmarks.md"
    copy.write_text(page.PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(page, "PAGE", copy)
    results_file.write("peers", "c", "w", [row(page.OURS, 1000, 0.0), row("planner's rule", 1100, None)])
    page.fill()
    once = copy.read_text(encoding="utf-8")
    page.fill()
    assert copy.read_text(encoding="utf-8") == once
    assert "| a-1 | 1,000 (gap 0 %, 1 s) | - | - | - | 1,100 (no bound, 1 s) |" in once
    assert "(pictures/peers-a.svg)" in once
    assert "In 1 of 1 cases no method has a cheaper plan" in once
