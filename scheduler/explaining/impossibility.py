"""Why is there no plan, or none without an uncovered place? Facts that clash, and what would resolve it."""

from collections.abc import Iterator
from typing import Literal

from scheduler.explaining.clashes import Judge, Source, Verdict, clash
from scheduler.explaining.facts import Fact, FactKey, FactKind, facts_of, single_facts
from scheduler.explaining.remedies import Remedy, remedied, tried
from scheduler.explaining.short_people import SeatHolders, holders, open_seats
from scheduler.people.capacity import People, body_demand, team_demand
from scheduler.people.roster import Roster
from scheduler.people.staff import Staff
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import Shortage
from scheduler.values.row_facts import RowKind
from scheduler.values.value import Value, WeekSpan

MOST_TOGETHER = 8
"""Changes that are put together at most where no single one suffices."""

FACT_OF_ROW: dict[RowKind, FactKind] = {
    "anonymous": "pool",
    "partner": "partner",
    "period_maximum": "period_maximum",
    "period_minimum": "period_minimum",
}

Kind = Literal["impossible", "uncovered", "possible", "unknown"]
"""It is proven that no plan covers every place; the plan leaves places uncovered, and that it must is not proven; a
plan that covers every place was found; nothing was found or proven in time."""


class Conflict(Value):
    """What stands against a plan in which every place is covered.

    Attributes
    ----------
    source
        How it was proven; None unless the kind is 'impossible'.
    shortages
        What was counted or weighed, with numbers.
    facts
        They clash; without any one of them they would not, if `is_smallest`.
    remedies
        Single changes, those that resolve it first.
    together
        Where no single change resolves it: changes that do so together, if `mends_together`.
    seats
        Uncovered places of the plan, and who could fill them but for something.
    is_coverable
        Whether a plan that covers every place was found.
    """

    kind: Kind
    source: Source | None = None
    shortages: tuple[Shortage, ...] = ()
    facts: tuple[Fact, ...] = ()
    is_smallest: bool = False
    remedies: tuple[Remedy, ...] = ()
    together: tuple[Remedy, ...] = ()
    mends_together: bool = False
    seats: tuple[SeatHolders, ...] = ()
    is_coverable: bool = False


def why_infeasible(problem: Problem, plan: Plan | None = None, seconds: float = 60.0) -> Conflict:
    """The reason why a valid problem has no plan in which every place is covered.

    Parameters
    ----------
    plan
        A plan of the problem with uncovered places, if there is one.
    seconds
        For everything together; with less time the clash may be larger than needed (`is_smallest` says so), and
        changes are left untried.
    """
    judge = Judge(seconds)
    verdict = judge.verdict(problem, seconds / 2)
    if verdict.answer != "impossible":
        return _without_clash(problem, plan, verdict)
    first = Judge(judge.seconds_left / 3)
    facts = clash(problem, first)
    is_smallest = first.seconds_left > 0 and not first.was_undecided
    second = Judge(judge.seconds_left / 2)
    remedies = tried(problem, facts, _spans(problem, verdict.shortages), second, _counted(verdict))
    together: tuple[Remedy, ...] = ()
    if not any(remedy.mends for remedy in remedies):
        together = _together(problem, verdict, remedies, judge)
    return Conflict(
        kind="impossible",
        source=verdict.source,
        shortages=verdict.shortages,
        facts=facts,
        is_smallest=is_smallest,
        remedies=remedies,
        together=together,
        mends_together=bool(together) and judge.is_possible(remedied(problem, together)),
    )


def _without_clash(problem: Problem, plan: Plan | None, verdict: Verdict) -> Conflict:
    """Nothing is proven to clash: what the plan leaves uncovered is told seat by seat."""
    is_coverable = verdict.answer == "possible"
    if plan is None:
        return Conflict(kind="possible" if is_coverable else "unknown", is_coverable=is_coverable)
    starts = plan.starts()
    roster = Roster(Staff(problem), starts, plan.members)
    seats = tuple(
        SeatHolders(seat=seat, holders=holders(roster, seat))
        for seat in open_seats(problem, starts, plan.members)
    )
    return Conflict(
        kind="uncovered" if seats else "possible", seats=seats, is_coverable=is_coverable or not seats
    )


def _together(
    problem: Problem, verdict: Verdict, candidates: tuple[Remedy, ...], judge: Judge
) -> tuple[Remedy, ...]:
    """Changes made one after the other, each for what is then short, until nothing is."""
    made: list[Remedy] = []
    while len(made) < MOST_TOGETHER and judge.seconds_left > 0:
        best = next((remedy for remedy in candidates if remedy.rank < verdict.rank), None)
        if best is None:
            others = _facts_of_stranded(remedied(problem, made), verdict)
            found = tried(remedied(problem, made), others, {}, judge)
            best = next((remedy for remedy in found if remedy.rank < verdict.rank), None)
        if best is None:
            break
        made.append(best)
        now = remedied(problem, made)
        verdict = judge.verdict(now)
        if verdict.answer != "impossible":
            break
        candidates = tried(
            now, _named(now, verdict), _spans(now, verdict.shortages), judge, _counted(verdict)
        )
    return tuple(made)


def _facts_of_stranded(problem: Problem, verdict: Verdict) -> list[Fact]:
    """Facts of the activities that find no weeks even alone."""
    named = {name for shortage in verdict.shortages for name in shortage.activities}
    stranded = [activity for activity in problem.activities if activity.id in named]
    skills = {skill for activity in stranded for skill, _ in team_demand(activity)}
    bodies = {body for activity in stranded for body, _ in body_demand(activity)}
    calendars = {name for activity in stranded for stage in activity.stages for name in stage.calendars}
    facts = [part for fact in facts_of(problem) for part in (fact, *single_facts(fact))]
    return [
        fact
        for fact in dict.fromkeys(facts)
        if (fact.kind == "skill" and fact.owner in skills)
        or (fact.kind == "quota" and fact.owner in bodies)
        or (fact.kind == "closures" and fact.owner in calendars)
        or (len(fact.activities) == 1 and fact.activities[0] in named)
    ]


def _counted(verdict: Verdict) -> int | None:
    """Units short, if they were counted."""
    return verdict.lack if verdict.source == "counting" and not verdict.stranded else None


def _named(problem: Problem, verdict: Verdict) -> list[Fact]:
    """Facts of the people, pools and limits that are short."""
    short = {key for shortage in verdict.shortages for key in _short_facts(problem, shortage)}
    return [fact for fact in facts_of(problem) if fact.key in short]


def _short_facts(problem: Problem, shortage: Shortage) -> Iterator[FactKey]:
    """Skills, pools and limits of the rows that are short; everybody are the people of all skills."""
    for row in shortage.rows:
        if row.kind in ("people", "rest", "yearly"):
            if row.body:
                yield "quota", row.body
            yield from (("skill", skill) for skill in row.skills or People(problem).skills)
        elif row.kind in FACT_OF_ROW:
            yield FACT_OF_ROW[row.kind], row.owner


def _spans(problem: Problem, shortages: tuple[Shortage, ...]) -> dict[FactKey, WeekSpan]:
    """The weeks in which skills and pools are short."""
    spans: dict[FactKey, WeekSpan] = {}
    for shortage in shortages:
        for key in _short_facts(problem, shortage):
            # Periods and rest may reach beyond the horizon, in which nothing can be added.
            first, end = max(0, shortage.span.first), min(problem.num_weeks, shortage.span.end)
            if first < end:
                known = spans.get(key, WeekSpan(first=first, end=end))
                spans[key] = WeekSpan(first=min(known.first, first), end=max(known.end, end))
    return spans
