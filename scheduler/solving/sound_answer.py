"""No plan leaves a solve unchecked: of several answers the first whose plan is sound."""

from collections.abc import Sequence
from dataclasses import replace

from scheduler.checking.checker import faults
from scheduler.cost import make_plan
from scheduler.run.answers import DatesAnswer, TeamsAnswer
from scheduler.run.keeper import BROKE_OFF, teams_of
from scheduler.values.errors import BrokenPlan
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem

Found = tuple[DatesAnswer, TeamsAnswer | None]
"""Dates, and the teams for them, if any are needed."""


def first_sound(problem: Problem, found: Sequence[Found]) -> tuple[DatesAnswer, TeamsAnswer | None, Plan]:
    """The first answer whose plan passes the independent check; as a last resort the last one's dates without people.

    Parameters
    ----------
    found
        Answers with dates, the best first.

    Raises
    ------
    BrokenPlan
        If every one breaks a rule.
    """
    dates, teams = found[-1]
    assert dates.starts is not None
    if teams is not None:
        found = [*found, (dates, teams_of(problem, dates.starts, (), ()))]
    refused: list[str] = []
    for dates, teams in found:
        assert dates.starts is not None
        plan = make_plan(problem, dates.starts, () if teams is None else teams.members)
        broken = faults(problem, plan)
        if not broken:
            proven = plan.model_copy(update={"certificates": dates.certificates})
            return _noted(dates, teams, found, refused), teams, proven
        refused.append("\n".join(f"{fault.rule} at {fault.place}: {fault.message}" for fault in broken))
    raise BrokenPlan(f"The plan found breaks rules, so it was thrown away:\n{refused[0]}")


def _noted(
    dates: DatesAnswer,
    teams: TeamsAnswer | None,
    found: Sequence[Found],
    refused: list[str],
) -> DatesAnswer:
    """Dates with a remark on each search that broke off before, and on each plan that was thrown away."""
    others = (answer for _, answer in found if answer is not None and answer is not teams)
    known = () if teams is None else teams.figures.remarks
    said = (remark for answer in others for remark in answer.figures.remarks if remark not in known)
    broken = dict.fromkeys(remark for remark in said if BROKE_OFF in remark)
    thrown = (f"A better plan broke rules, so it was thrown away: {text}" for text in refused)
    figures = dates.figures.noted(*broken, *thrown)
    return replace(dates, figures=figures)
