"""Replanning: after an event the plan that moves the fewest published dates, with proof, and alternatives."""

import time

from scheduler.events.applying import apply
from scheduler.events.kinds import Event
from scheduler.replanning.alternatives import Alternatives
from scheduler.replanning.answer import Answer
from scheduler.replanning.result import ReplanParams, ReplanResult
from scheduler.replanning.search import Search
from scheduler.replanning.solved_beside import solving_beside
from scheduler.run.progress import Progress
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import Listener, StopRequest

CHECK_SHARE = 0.2
"""Share of the time kept for checking and comparing what was found."""

MAIN_SHARE = 0.5
"""Share of the time for the search that the plan with the fewest moves may take if others are asked for."""


def replan(
    problem: Problem,
    plan: Plan,
    event: Event,
    params: ReplanParams | None = None,
    listener: Listener | None = None,
    stop: StopRequest | None = None,
) -> ReplanResult:
    """Plans that keep all rules after an event, each the best at something.

    First comes the plan with the fewest moved activities that was found beside as few uncovered places as can be, or
    as there were before the event: to fill these nothing more is moved. Beside it come those with the fewest weeks
    moved in all, of the lowest cost over all, with the fewest people exchanged, and with no date moved that can stay,
    where they differ. The answer says what is proven of each (see `ReplanResult`).

    Parameters
    ----------
    plan
        The published plan for `problem`.
    listener
        Gets trace points of phase 'moves': activities moved, and the proven minimum.
    stop
        Polled while searching; True keeps the best plan so far, which is the published one until there is another.

    Raises
    ------
    InvalidProblem
        If the event makes no sense (see `events.apply`).
    BrokenPlan
        If the independent check finds that the plan breaks a rule: such a plan never leaves.
    """
    started = time.monotonic()
    params = params or ReplanParams()
    after = apply(problem, plan, event, params.now_week, params.stability, params.settled)
    left = max(0.0, params.seconds * (1 - CHECK_SHARE) - (time.monotonic() - started))
    share = MAIN_SHARE if params.with_alternatives else 1.0
    # All the time is for a first plan: without one there is nothing to look for beside it.
    progress = Progress("moves", left * share, 0.0, listener, stop, started, patience=1 / share)
    search = Search(after, plan, params, progress)
    others: Alternatives | None = None
    with solving_beside(after, plan, params, left) as beside, progress.interruptible():
        search.run()
        if params.with_alternatives and search.best is not None:
            seconds = params.seconds * (1 - CHECK_SHARE) - (time.monotonic() - started)
            others = Alternatives(search, Progress("others", seconds, stop=_ended(progress, stop)), beside)
            others.run(search.best)
    if others is not None and others.progress.was_stopped:
        progress.stopped()
    return Answer(after, plan, event, search, others, started).result()


def _ended(progress: Progress, stop: StopRequest | None) -> StopRequest:
    """Whether somebody has ended the search, or does so now."""
    return lambda: progress.was_stopped or (stop is not None and stop())
