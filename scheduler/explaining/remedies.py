"""Changes of a problem that might make it possible, each as small as it can be, and tried."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Literal

from scheduler.cost import seats
from scheduler.explaining.added_capacity import newcomer, unused_names, with_added_capacity
from scheduler.explaining.clashes import Judge
from scheduler.explaining.facts import MANY_FACTS, Fact, FactKey, without
from scheduler.explaining.shortfall import MissingUnits, Shortfall, WiderLimit
from scheduler.people.eligibility import has_skill
from scheduler.values.problem import Activity, BodyQuota, Inspector, Problem
from scheduler.values.value import Identifier, NonNegative, Value, WeekSpan

RemedyKind = Literal[
    "raise_maximum",
    "lower_minimum",
    "allow_excess",
    "add_units",
    "add_people",
    "ease_quota",
    "widen_window",
    "widen_windows",
    "unpin",
    "unfreeze",
    "open_calendar",
    "drop_link",
]


class Remedy(Value):
    """One change.

    Attributes
    ----------
    target
        The limit, pool, skill, body, calendar or activity; the kind of activities whose windows all end later.
    by
        Steps of a limit or quota, units, people, weeks of a window; 1 for other changes.
    span
        Weeks in which units or people are added; the new window of an activity.
    mends
        Whether solving again found dates.
    is_known
        Whether time sufficed to find dates or to prove that there are none.
    stranded_left, lack_left
        Sets of activities without any week and units that are short afterwards; 0 if it mends or is not known.
    """

    kind: RemedyKind
    target: Identifier
    by: NonNegative = 1
    span: WeekSpan | None = None
    mends: bool = False
    is_known: bool = True
    stranded_left: NonNegative = 0
    lack_left: NonNegative = 0

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is better, as that of a verdict."""
        return self.stranded_left, self.lack_left


def remedied(problem: Problem, remedies: Iterable[Remedy]) -> Problem:
    """The problem with some changes made."""
    for remedy in remedies:
        problem = _changed(problem, remedy)
    return problem


def tried(
    problem: Problem,
    facts: Sequence[Fact],
    spans: dict[FactKey, WeekSpan],
    judge: Judge,
    lack: int | None = None,
) -> tuple[Remedy, ...]:
    """The smallest change of each fact, and what it brings; those that mend first, then by what is left short.

    Parameters
    ----------
    spans
        For skills and pools the weeks in which they are known to be short; all weeks where not named.
    lack
        Units that were counted as short: so many are tried before more are. None if they were not counted.
    """
    everything = WeekSpan(first=0, end=problem.num_weeks)
    found = []
    for fact in facts:
        span = spans.get(fact.key, everything)
        remedies = _tried(problem, fact, span, judge, lack)
        if (
            span != everything
            and fact.kind in ("skill", "pool")
            and not any(remedy.mends for remedy in remedies)
        ):
            # Those who are counted as short in some weeks may be needed for longer.
            longer = _tried(problem, fact, everything, judge, lack)
            remedies = longer if any(remedy.mends for remedy in longer) else remedies
        found += remedies
    return tuple(sorted(found, key=lambda remedy: (not remedy.mends, *remedy.rank, remedy.by)))


Maker = Callable[[int], Remedy]


def _tried(problem: Problem, fact: Fact, span: WeekSpan, judge: Judge, lack: int | None) -> list[Remedy]:
    """The smallest changes of one fact, and what they bring."""
    found: list[Remedy] = []
    for make, most in _changes(problem, fact, span):
        few = most if lack is None else min(most, max(1, lack))
        remedy = _least(problem, make, few, judge)
        if few < most and (remedy is None or not remedy.mends):
            remedy = _least(problem, make, most, judge) or remedy
        if remedy is not None:
            found.append(remedy)
    return found


def _least(problem: Problem, make: Maker, most: int, judge: Judge) -> Remedy | None:
    """The least size that brings as much as any larger one does: that mends, if any does; None if time is up."""
    goal = judge.verdict(_changed(problem, make(most)))

    def is_enough(by: int) -> bool:
        verdict = judge.verdict(_changed(problem, make(by)))
        return verdict.answer == goal.answer and verdict.rank <= goal.rank

    low, high = 0, 1
    while high < most and not is_enough(high):
        low, high = high, min(most, 2 * high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    if judge.seconds_left <= 0:
        return None
    answer = {"mends": goal.answer == "possible", "is_known": goal.answer != "unknown"}
    left = {"stranded_left": goal.stranded, "lack_left": goal.lack}
    return make(high).model_copy(update=answer | left)


def _changes(problem: Problem, fact: Fact, span: WeekSpan) -> Iterator[tuple[Maker, int]]:
    """Makers of changes by size, and the largest size that makes sense."""
    many, owner = len(problem.activities), fact.owner
    if fact.kind == "skill":
        places = sum(seats(activity).get(owner, 0) for activity in problem.activities)
        yield lambda by: Remedy(kind="add_people", target=owner, by=by, span=span), max(1, places)
    elif fact.kind == "quota":
        yield lambda by: Remedy(kind="ease_quota", target=owner, by=by), _widest_quota(problem, owner)
    elif fact.kind == "pool":
        units = sum(
            stage.pool_demand.get(owner, 0) for activity in problem.activities for stage in activity.stages
        )
        yield lambda by: Remedy(kind="add_units", target=owner, by=by, span=span), max(1, units)
    elif fact.kind == "period_maximum":
        is_priced = any(limit.id == owner and limit.price is not None for limit in problem.period_limits)
        kind: RemedyKind = "allow_excess" if is_priced else "raise_maximum"
        yield lambda by: Remedy(kind=kind, target=owner, by=by), many
    elif fact.kind == "period_minimum":
        least = next(limit.minimum or 0 for limit in problem.period_limits if limit.id == owner)
        yield lambda by: Remedy(kind="lower_minimum", target=owner, by=by), max(1, least)
    elif fact.kind == "partner":
        yield lambda by: Remedy(kind="allow_excess", target=owner, by=by), many
    elif fact.kind == "closures":
        yield lambda by: Remedy(kind="open_calendar", target=owner), 1
    elif fact.kind == "windows" and len(fact.activities) > 1:
        left = problem.num_weeks - max(
            activity.start_window.end for activity in problem.activities if activity.id in fact.activities
        )
        if left > 0:
            yield lambda by: Remedy(kind="widen_windows", target=owner, by=by), left
    elif len(fact.activities) <= MANY_FACTS:
        activities = [activity for activity in problem.activities if activity.id in fact.activities]
        yield from (change for activity in activities for change in _changes_of(problem, fact, activity))


def _changes_of(problem: Problem, fact: Fact, activity: Activity) -> Iterator[tuple[Maker, int]]:
    name, window = activity.id, activity.start_window

    def widened(by: int, before: int, after: int) -> Remedy:
        span = WeekSpan(first=window.first - before, end=window.end + after)
        return Remedy(kind="widen_window", target=name, by=by, span=span)

    if fact.kind != "windows":
        kinds: dict[str, RemedyKind] = {"pins": "unpin", "frozen": "unfreeze", "links": "drop_link"}
        yield lambda by: Remedy(kind=kinds[fact.kind], target=name), 1
        return
    if problem.num_weeks > window.end:
        yield lambda by: widened(by, 0, by), problem.num_weeks - window.end
    if window.first > 0:
        yield lambda by: widened(by, by, 0), window.first


def _changed(problem: Problem, remedy: Remedy) -> Problem:
    match remedy.kind:
        case "raise_maximum" | "lower_minimum" | "allow_excess":
            return with_added_capacity(problem, Shortfall(limits=(_wider(problem, remedy),)))
        case "add_units":
            assert remedy.span is not None
            missing = MissingUnits(pool=remedy.target, span=remedy.span, units=remedy.by)
            return with_added_capacity(problem, Shortfall(units=(missing,)))
        case "add_people":
            people = (*problem.inspectors, *_newcomers(problem, remedy))
            return problem.model_copy(update={"inspectors": people})
        case "ease_quota":
            return problem.with_activities(lambda known: _with_eased_quota(known, remedy))
        case "widen_window" | "unpin":
            change = {"pinned_starts": None} if remedy.kind == "unpin" else {"start_window": remedy.span}
            return problem.with_activity(remedy.target, lambda known: known.model_copy(update=change))
        case "widen_windows":
            return problem.with_activities(lambda known: _later(known, remedy))
        case "open_calendar":
            return without(problem, (Fact(kind="closures", owner=remedy.target),))
        case "unfreeze":
            return without(problem, (Fact(kind="frozen", owner="-", activities=(remedy.target,)),))
        case "drop_link":
            return without(problem, (Fact(kind="links", owner="-", activities=(remedy.target,)),))


def _widest_quota(problem: Problem, body: str) -> int:
    """By how much the quotas of a body can give way until they ask for nothing."""
    teams = (activity.team for activity in problem.activities if activity.team is not None)
    found = ((team, quota) for team in teams for quota in team.quotas if quota.body == body)
    steps = (max(quota.minimum, team.members() - (quota.maximum or 0)) for team, quota in found)
    return max(steps, default=1)


def _with_eased_quota(activity: Activity, remedy: Remedy) -> Activity:
    """An activity of which the team may have fewer members from a body than its least, or more than its most."""
    if activity.team is None:
        return activity

    def eased(quota: BodyQuota) -> BodyQuota:
        if quota.body != remedy.target:
            return quota
        most = None if quota.maximum is None else quota.maximum + remedy.by
        return quota.model_copy(update={"minimum": max(0, quota.minimum - remedy.by), "maximum": most})

    team = activity.team.model_copy(update={"quotas": tuple(map(eased, activity.team.quotas))})
    return activity.model_copy(update={"team": team})


def _later(activity: Activity, remedy: Remedy) -> Activity:
    """An activity of the kind meant, which may also start in so many later weeks."""
    if activity.kind != remedy.target:
        return activity
    window = WeekSpan(first=activity.start_window.first, end=activity.start_window.end + remedy.by)
    return activity.model_copy(update={"start_window": window})


def _wider(problem: Problem, remedy: Remedy) -> WiderLimit:
    if remedy.kind == "raise_maximum":
        return WiderLimit(limit=remedy.target, kind="period_maximum", by=remedy.by)
    if remedy.kind == "lower_minimum":
        return WiderLimit(limit=remedy.target, kind="period_minimum", by=remedy.by)
    is_partner = any(limit.id == remedy.target for limit in problem.partner_limits)
    return WiderLimit(
        limit=remedy.target, kind="partner_excess" if is_partner else "period_excess", by=remedy.by
    )


def _newcomers(problem: Problem, remedy: Remedy) -> list[Inspector]:
    """People like those who have the skill: with the same rest and maxima, but without leave and conflicts."""
    assert remedy.span is not None
    known = [inspector for inspector in problem.inspectors if has_skill(inspector, remedy.target)]
    model = min(known, key=lambda inspector: inspector.rest_weeks, default=None)
    rest_weeks, max_reviews = (0, {}) if model is None else (model.rest_weeks, model.max_reviews)
    home, weeks = problem.areas[0].location, remedy.span.weeks()
    names = islice(unused_names(problem), remedy.by)
    return [newcomer(problem, name, remedy.target, home, weeks, rest_weeks, max_reviews) for name in names]
