"""Which activities clash for one person: team weeks, rest, and sets of activities that clash pairwise."""

from itertools import combinations
from random import Random

import pytest

from scheduler.people import work_weeks as module
from scheduler.people.work_weeks import clash_cliques, occupied_weeks, team_weeks
from tests.builders import assessment, review


def clashes(one: tuple[int, ...], other: tuple[int, ...], rest_weeks: int) -> bool:
    """The rule in its own words: no common week, no team week in the rest after the other's last one."""
    return bool(
        set(one) & set(other)
        or any(one[-1] < week <= one[-1] + rest_weeks for week in other)
        or any(other[-1] < week <= other[-1] + rest_weeks for week in one)
    )


def random_weeks(seed: int, count: int = 9) -> list[tuple[int, ...]]:
    draw = Random(seed)
    return [tuple(sorted(draw.sample(range(14), draw.randint(1, 3)))) for _ in range(count)]


def test_the_team_works_in_analysis_and_fieldwork_but_not_between_them_r047() -> None:
    assert team_weeks(review("north"), (8, 11)) == (8, 11, 12)


def test_an_activity_without_a_team_stage_has_no_team_weeks() -> None:
    assert team_weeks(assessment("north"), (8,)) == ()


@pytest.mark.parametrize("seed", range(30))
def test_two_activities_clash_exactly_if_their_occupied_weeks_meet(seed: int) -> None:
    rest_weeks = seed % 3
    for one, other in combinations(random_weeks(seed), 2):
        meet = bool(occupied_weeks(one, rest_weeks) & occupied_weeks(other, rest_weeks))
        assert meet == clashes(one, other, rest_weeks)


@pytest.mark.parametrize("most", [4000, 0], ids=["maximal", "weekly"])
@pytest.mark.parametrize("seed", range(15))
def test_cliques_cover_every_clash_and_nothing_else(
    seed: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_CLIQUES", most)
    weeks, rest_weeks = random_weeks(seed), seed % 3
    covered = {pair for clique in clash_cliques(weeks, rest_weeks) for pair in combinations(clique, 2)}
    clashing = {
        (i, j) for i, j in combinations(range(len(weeks)), 2) if clashes(weeks[i], weeks[j], rest_weeks)
    }
    assert covered == clashing


def test_every_activity_is_in_a_clique_even_without_team_weeks() -> None:
    cliques = clash_cliques([(1, 4), (), (9,), ()], rest_weeks=1)
    assert {index for clique in cliques for index in clique} == {0, 1, 2, 3}
    assert not any({1, 3} <= set(clique) for clique in cliques)


def test_three_activities_that_clash_in_pairs_without_a_common_week_are_one_clique() -> None:
    assert (0, 1, 2) in clash_cliques([(0, 3), (3, 6), (0, 6)], rest_weeks=0)
