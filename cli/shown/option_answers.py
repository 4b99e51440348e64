"""Where the programmes that `options` compares come from: solved from the database or files, or stored plans."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from cli.arguments import named_plan
from cli.files import named, read_text
from cli.shown.errors import WrongUsage
from cli.shown.interrupt import StopFlag
from cli.shown.price_lists import at_one_list
from cli.shown.progress_line import Progress
from cli.shown.solve_report import require_sound
from scheduler.values.documents import load_problem
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import Result, SolveParams, Status
from services.bootstrap import now, today
from services.naming.late_starts import late_start_in_words
from services.naming.names import Names
from services.naming.shortages import shortage_in_words
from services.option_words import OF_ALL

if TYPE_CHECKING:
    from scheduler.options import MixAnswer
    from services.solves.scenarios import Draws, Mix, Scenario


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
        self.messages += [(name, shortage_in_words(names, shortage)) for shortage in result.shortages]
        if result.plan is None:
            self.messages += [(name, remark) for remark in result.dates.remarks]
        self.note_late_start(name, problem, result.plan)

    def note_late_start(self, name: str, problem: Problem, plan: Plan | None) -> None:
        """R014: say if the option puts off the first starts."""
        words = late_start_in_words(problem, plan)
        if words is not None:
            self.messages.append((name, words))


def from_plans(texts: list[str], draws: Draws) -> Answered:
    """Stored plans; each is called by its option, by its number too where two have the same.

    Raises
    ------
    Refused
        If they are priced by several price lists.
    """
    from services.solves.scenarios import scenario

    found = [named_plan(text) for text in texts]
    for plan in found:
        require_sound(plan)
    at_one_list(found)
    names = [plan.name if plan.row is None else plan.row.option for plan in found]
    answered = Answered()
    for plan, name in zip(found, names, strict=True):
        bound = None if plan.row is None else plan.row.date_bound
        label = name if names.count(name) == 1 else plan.name
        answered.note_late_start(label, plan.problem, plan.plan)
        answered.scenarios.append(
            scenario(
                label,
                plan.problem,
                plan.plan,
                version=plan.version,
                bound=bound,
                draws=draws,
            )
        )
    return answered


def from_database(
    engine: Engine,
    params: SolveParams,
    profile: str,
    who: str,
    mix: bool,
    draws: Draws,
    stop: StopFlag,
) -> Answered:
    """The four options of the stored facts, one after the other, and their mix."""
    from services.solves.options import solve_mixed
    from services.solves.solving import Asker, solve_option

    answered = Answered()
    versions: dict[str, int | None] = {}
    for option in OF_ALL:
        if stop():
            return answered
        name = option.value
        asker = Asker(who, now, Progress(f"option {name}"), stop, day=today())
        solved = solve_option(engine, option.for_problem, params, asker, profile=profile)
        versions[name] = solved.version
        answered.note(name, solved.problem, solved.result)
        _add(answered, name, solved.problem, solved.result, solved.version, draws)
    if mix and not stop():
        asker = Asker(who, now, Progress("mix"), stop, day=today())
        mixed = solve_mixed(engine, versions, params, asker, profile=profile)
        solved = mixed.solved
        answered.note("mixed", solved.problem, solved.result)
        _add(answered, "mixed", solved.problem, solved.result, solved.version, draws, mixed)
    return answered


def from_files(paths: list[Path], params: SolveParams, mix: bool, draws: Draws, stop: StopFlag) -> Answered:
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
        _add(answered, name, problem, results[name], None, draws)
    found = _mix(problems, results, params, stop) if mix and not stop() else None
    if found is not None:
        answered.note("mixed", found.problem, found.result)
        _add(answered, "mixed", found.problem, found.result, None, draws, found)
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
    draws: Draws,
    mix: Mix | None = None,
) -> None:
    from services.solves.scenarios import scenario

    if result.plan is not None:
        found = scenario(
            name,
            problem,
            result.plan,
            version=version,
            bound=result.dates.bound,
            draws=draws,
            mix=mix,
        )
        answered.scenarios.append(found)


def _read(path: Path) -> Problem:
    with named(path):
        return load_problem(read_text(path))
