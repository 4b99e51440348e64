"""A benchmark that was ended goes on behind its last row, with the plan it began with and in the same mixed order."""

import pytest

from benchmarks import alternatives, results_file, resuming
from scheduler.values.plan import Plan
from scheduler.values.problem import TeamPrices
from tests.replanning import published, three_reviews


@pytest.fixture
def folders(tmp_path, monkeypatch):
    monkeypatch.setattr(resuming, "PLANS", tmp_path / "build")
    monkeypatch.setattr(results_file, "RESULTS", tmp_path / "results")
    return tmp_path


def test_the_next_run_begins_with_the_plan_of_the_first_one(folders):
    problem = three_reviews()

    def again() -> Plan:
        raise AssertionError("solved again")

    first = resuming.kept_plan("x", problem, lambda: published(problem))
    assert resuming.kept_plan("x", problem, again) == first
    other = three_reviews(team_prices=TeamPrices(per_km=3))
    with pytest.raises(AssertionError, match="solved again"):
        resuming.kept_plan("x", other, again)


def test_the_order_is_the_same_for_the_same_seed_and_holds_everything_once():
    assert resuming.mixed("abcdefgh", 1) == resuming.mixed("abcdefgh", 1) != list(enumerate("abcdefgh"))
    assert sorted(resuming.mixed("abcdefgh", 1)) == list(enumerate("abcdefgh"))


def test_code_that_changes_has_other_signs(tmp_path, monkeypatch):
    monkeypatch.setattr(resuming, "ROOT", tmp_path)
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "a.py").write_text("x = 1")
    before = resuming.code_of("pack")
    assert resuming.code_of("pack") == before
    (tmp_path / "pack" / "a.py").write_text("x = 2")
    assert resuming.code_of("pack") != before


def test_a_run_that_was_ended_goes_on_and_says_how_much_it_covers(folders, monkeypatch):
    problem, measured, ended = three_reviews(), [], [1]
    monkeypatch.setattr(alternatives, "example_problem", lambda option: problem)
    monkeypatch.setattr(alternatives, "SEED", 1)
    resuming.kept_plan("alternatives", problem, lambda: published(problem))

    def row_of(problem, plan, event, now, seconds):
        if len(measured) == ended[0]:
            raise KeyboardInterrupt
        measured.append(event)
        figures = dict.fromkeys(
            ("weeks", "least_weeks", "seconds", "cpu_seconds", "broken_rules", "dearer"), 0
        )
        return {"kind": event.kind, **figures, "proven": ""}

    monkeypatch.setattr(alternatives, "_row", row_of)
    with pytest.raises(KeyboardInterrupt):
        alternatives.run("3,0,10")
    assert len(results_file.read("alternatives-runs")) == 1
    assert "1 of the 3 events" in (folders / "results" / "alternatives.md").read_text()
    ended[0] = 9
    alternatives.run("3,0,10")
    assert len(measured) == 3
    assert {row["event"] for row in results_file.read("alternatives-runs")} == {0, 1, 2}
    assert "all the 3 events" in (folders / "results" / "alternatives.md").read_text()
    alternatives.run("3,0,20")
    assert len(measured) == 6
