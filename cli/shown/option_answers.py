"""Where the programmes that `options` compares come from: solved from the database or files, or stored plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from cli.arguments import named_plan
from cli.files import named, read_text
from cli.shown.errors import WrongUsage
from cli.shown.interrupt import StopFlag
from cli.shown.progress_line import Progress
from cli.shown.solve_report import require_sound
from scheduler.values.documents import load_problem
from scheduler.values.problem import Problem
from scheduler.values.result import Result, SolveParams, Status
from services.bootstrap import now
from services.naming.names import Names
from services.naming.shortages import shortage_in_words

if TYPE_CHECKING:
    from scheduler.options import MixAnswer
    from services.solves.scenarios import Scenario

Settings = tuple[int, int]
"""Draws of the simulation, and its seed."""


@dataclass(frozen=True)
class Choice:
    """The option of each area in a mix, and what is proven of it."""

    by_area: Mapping[str, str]
    bound: int | None
    num_decided: int


@dataclass
class Answered:
    """Programmes that have a plan; the status of every solve; and what is to be said of some."""

    scenarios: list[Scenario] = field(default_factory=list)
    statuses: dict[str, Status] = field(default_factory=dict)
    messages: list[tuple[str, str]] = field(default_factory=list)

    def note(self, name: str, problem: Problem, result: Result) -> None:
        """Remember how a solve ended, and why there is no plan."""
        self.statuses[name] = result.status
        names = Names(problem)
        self.messages += [(name, shortage_in_words(names, own)) for own in result.shortages]
        if result.plan is None:
            self.messages += [(name, remark) for remark in result.dates.remarks]


def from_plans(texts: list[str], settings: Settings) -> Answered:
    """Stored plans; each is called by its option, by its number too where two have the same."""
    from services.solves.scenarios import scenario

    found = [named_plan(text) for text in texts]
    for own in found:
        require_sound(own)
    names = [own.name if own.row is None else own.row.option for own in found]
    answered = Answered()
    for own, name in zip(found, names, strict=True):
        bound = None if own.row is None else own.row.date_bound
        label = name if names.count(name) == 1 else own.name
        answered.scenarios.append(
            scenario(
                label,
                own.problem,
                own.plan,
                version=own.version,
                bound=bound,
                draws=settings[0],
                seed=settings[1],
            )
        )
    return answered


def from_database(
    engine: Engine,
    params: SolveParams,
    profile: str,
    who: str,
    mix: bool,
    settings: Settings,
    stop: StopFlag,
) -> Answered:
    """The four options of the stored facts, one after the other, and their mix."""
    from services.solves.options import OPTIONS, solve_mixed
    from services.solves.solving import solve_option

    answered = Answered()
    versions: dict[str, int | None] = {}
    common = {"profile": profile, "who": who, "clock": now, "stop": stop}
    for option in OPTIONS:
        if stop():
            return answered
        name = str(option)
        solved = solve_option(engine, option, params, listener=Progress(f"option {name}"), **common)  # type: ignore[arg-type]
        versions[name] = solved.version
        answered.note(name, solved.problem, solved.result)
        _add(answered, name, solved.problem, solved.result, solved.version, settings)
    if mix and not stop():
        mixed = solve_mixed(engine, versions, params, listener=Progress("mix"), **common)  # type: ignore[arg-type]
        solved = mixed.solved
        answered.note("mixed", solved.problem, solved.result)
        _add(
            answered,
            "mixed",
            solved.problem,
            solved.result,
            solved.version,
            settings,
            Choice(mixed.choice, mixed.bound, mixed.num_decided),
        )
    return answered


def from_files(
    paths: list[Path], params: SolveParams, mix: bool, settings: Settings, stop: StopFlag
) -> Answered:
    """A problem file for each option, called by their names without ending, and their mix."""
    from scheduler.solving.solver import solve

    problems = {path.stem: _read(path) for path in paths}
    if len(problems) < len(paths):
        raise WrongUsage("two problem files have the same name. Name them after their options.")
    answered = Answered()
    results: dict[str, Result] = {}
    for name, problem in problems.items():
        if stop():
            return answered
        results[name] = solve(problem, params, listener=Progress(name), stop=stop)
        answered.note(name, problem, results[name])
        _add(answered, name, problem, results[name], None, settings)
    found = _mix(problems, results, params, stop) if mix and not stop() else None
    if found is not None:
        answered.note("mixed", found.problem, found.result)
        choice = Choice(found.choice, found.bound, found.num_decided)
        _add(answered, "mixed", found.problem, found.result, None, settings, choice)
    return answered


def _mix(
    problems: dict[str, Problem], results: dict[str, Result], params: SolveParams, stop: StopFlag
) -> MixAnswer | None:
    from scheduler.options import solve_mix

    try:
        return solve_mix(problems, results, params, Progress("mix"), stop)
    except ValueError as error:
        raise WrongUsage(str(error)) from None


def _add(
    answered: Answered,
    name: str,
    problem: Problem,
    result: Result,
    version: int | None,
    settings: Settings,
    choice: Choice | None = None,
) -> None:
    from services.solves.scenarios import scenario

    if result.plan is not None:
        found = scenario(
            name,
            problem,
            result.plan,
            version=version,
            bound=result.dates.bound,
            draws=settings[0],
            seed=settings[1],
            choice=choice.by_area if choice else None,
            mix_bound=choice.bound if choice else None,
            num_decided=choice.num_decided if choice else None,
        )
        answered.scenarios.append(found)


def _read(path: Path) -> Problem:
    with named(path):
        return load_problem(read_text(path))
