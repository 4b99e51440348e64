"""Random events: every kind, the same for the same seed, and most of them make sense."""

from benchmarks.random_events import KINDS, EventDraw
from benchmarks.replanning import measured, summary
from tests.replanning import published, three_reviews


def test_the_same_seed_draws_the_same_events_of_every_kind():
    problem = three_reviews()
    plan = published(problem)
    drawn = [[EventDraw(problem, plan, seed).next(kind) for kind in KINDS] for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert [event.kind for event, _ in drawn[0]] == list(KINDS)


def test_runs_are_measured_and_counted(capsys):
    problem = three_reviews()
    rows = measured(problem, published(problem), 3, seed=1)
    counts = summary("all", rows)
    assert (counts["events"], counts["broken_rules"]) == (3, 0)
    assert counts["within_bar"] == counts["proven_fewest"] == 3
    assert "'kind': 'absence'" in capsys.readouterr().out
