"""Prepared plans in memory and on disk: made once, made again where a file is damaged, never too many."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scheduler import Plan, Problem, SolveParams
from scheduler.candidates.elsewhere import Elsewhere
from scheduler.candidates.values import WeekCandidates
from scheduler.candidates.weeks import week_candidates
from scheduler.cost import make_plan
from services.plans import prepared_plans
from services.plans.prepared_plans import ENDING, PreparedPlans
from tests.solved import solved_plan
from tests.tiny import tiny_problem

Made = list[int]


@pytest.fixture(scope="module")
def programme() -> tuple[Problem, Plan]:
    problem = tiny_problem(3, 1, num_areas=3)
    return problem, solved_plan(problem, SolveParams(dates_seconds=5, teams_seconds=5, num_workers=1))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """How often tables were made."""
    times: Made = []
    make = Elsewhere.made

    def counted(*arguments: object) -> Elsewhere:
        times.append(1)
        return make(*arguments)

    monkeypatch.setattr(Elsewhere, "made", counted)
    return times


def ask(prepared: PreparedPlans, problem: Problem, plan: Plan) -> WeekCandidates:
    with prepared.asked(problem, plan, needs_tables=True) as state:
        return week_candidates(state, "jar-a1")


def test_a_plan_is_prepared_once_in_memory_and_once_for_all_processes(
    programme: tuple[Problem, Plan], made: Made, tmp_path: Path
) -> None:
    running = PreparedPlans(tmp_path / "prepared")
    first = ask(running, *programme)
    assert ask(running, *programme) == first
    assert ask(PreparedPlans(tmp_path / "prepared"), *programme) == first
    assert len(made) == 1
    assert len(list((tmp_path / "prepared").iterdir())) == 1


def test_another_plan_of_the_same_problem_is_another_file(
    programme: tuple[Problem, Plan], made: Made, tmp_path: Path
) -> None:
    problem, plan = programme
    without = make_plan(problem, plan.starts(), ())
    prepared = PreparedPlans(tmp_path)
    assert ask(prepared, problem, plan) != ask(prepared, problem, without)
    assert len(made) == 2
    assert len(list(tmp_path.glob(f"*{ENDING}"))) == 2


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def altered(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def a_folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [cut, emptied, altered, a_folder_instead])
def test_a_damaged_file_is_made_again(
    programme: tuple[Problem, Plan], made: Made, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    first = ask(PreparedPlans(tmp_path), *programme)
    (path,) = tmp_path.iterdir()
    damage(path)
    assert ask(PreparedPlans(tmp_path), *programme) == first
    assert len(made) == 2
    if path.is_file():
        assert ask(PreparedPlans(tmp_path), *programme) == first
        assert len(made) == 2


def test_a_file_of_another_plan_under_this_ones_name_is_not_taken(
    programme: tuple[Problem, Plan], made: Made, tmp_path: Path
) -> None:
    first = ask(PreparedPlans(tmp_path), *programme)
    (path,) = tmp_path.iterdir()
    other = tiny_problem(3, 1)
    plan = solved_plan(other, SolveParams(dates_seconds=5, teams_seconds=5, num_workers=1))
    ask(PreparedPlans(tmp_path / "other"), other, plan)
    (found,) = (tmp_path / "other").iterdir()
    path.write_bytes(found.read_bytes())
    assert ask(PreparedPlans(tmp_path), *programme) == first
    assert len(made) == 3


def test_only_so_many_files_are_kept_those_used_last(
    programme: tuple[Problem, Plan], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared_plans, "MOST_FILES", 3)
    for number in range(5):
        old = tmp_path / f"{number}{ENDING}"
        old.write_bytes(b"old")
        os.utime(old, (number, number))
    ask(PreparedPlans(tmp_path), *programme)
    left = {path.name for path in tmp_path.iterdir()}
    assert len(left) == 3
    assert {f"3{ENDING}", f"4{ENDING}"} < left


def test_several_may_ask_and_write_at_once(programme: tuple[Problem, Plan], tmp_path: Path) -> None:
    """One prepared plan of one process, and several processes that write the same file."""
    running = PreparedPlans(tmp_path)
    expected = ask(PreparedPlans(None), *programme)
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(ask, running, *programme) for _ in range(4)]
        asked += [pool.submit(ask, PreparedPlans(tmp_path), *programme) for _ in range(4)]
        assert all(future.result() == expected for future in asked)
    assert [path.suffix for path in tmp_path.iterdir()] == [ENDING]


def test_a_folder_that_cannot_be_written_is_no_hindrance(
    programme: tuple[Problem, Plan], tmp_path: Path
) -> None:
    (tmp_path / "prepared").write_text("a file")
    assert ask(PreparedPlans(tmp_path / "prepared"), *programme) == ask(PreparedPlans(None), *programme)


def test_memory_holds_a_few_plans_only(
    programme: tuple[Problem, Plan], made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared_plans, "MOST_IN_MEMORY", 1)
    problem, plan = programme
    prepared = PreparedPlans(None)
    for asked in (plan, plan, make_plan(problem, plan.starts(), ()), plan):
        ask(prepared, problem, asked)
    assert len(made) == 3
