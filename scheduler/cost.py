"""What dates and teams cost, term by term: the costing on the solver's side.

`check` recomputes every term without this module.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import get_args

from scheduler.values.plan import ActivityDates, Costs, Plan, TeamMember
from scheduler.values.problem import (
    Activity,
    ApartLink,
    ClearLink,
    LagLink,
    Location,
    NearLink,
    PartnerLimit,
    PeriodLimit,
    Problem,
    StageRef,
    Term,
    WithinLink,
)
from scheduler.values.value import Week, WeekSpan

Starts = Mapping[str, Sequence[Week]]
"""Start weeks of the stages of each activity, by its id."""

DATE_TERMS: tuple[str, ...] = get_args(Term)
TEAM_TERMS = ("travel", "fairness", "change")

EARTH_RADIUS_KM = 6371.0


def distance_km(a: Location, b: Location) -> int:
    """Great-circle distance, rounded to whole kilometres."""
    return _kilometres(a.lat, a.lon, b.lat, b.lon)


@lru_cache(maxsize=200_000)
def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> int:
    """The same, of degrees: each model of teams asks for the same pairs of people and areas again."""
    half_lat, half_lon = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    share = sin(half_lat) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(half_lon) ** 2
    return round(2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(share))))


def date_terms(problem: Problem, starts: Starts) -> dict[str, int]:
    """All terms of the cost of dates, zero included, in the order of reports.

    Parameters
    ----------
    starts
        Start weeks of every activity of the problem; they must keep the hard rules (see `check`).
    """
    terms = dict.fromkeys(DATE_TERMS, 0)
    for activity in problem.activities:
        weeks = starts[activity.id]
        terms["urgency"] += activity.urgency_price * weeks[0]
        terms["stretch"] += _stretch(activity, weeks)
        terms["stability"] += _stability(activity, weeks)
    spans = _Spans(problem, starts)
    tables = {table.id: table.first for table in problem.lag_tables}
    for link in problem.links:
        if not isinstance(link, WithinLink | ClearLink):
            terms[link.term] += _link_cost(link, spans, tables)
    for period in problem.period_limits:
        terms[period.term] += _period_cost(period, problem, starts)
    for partner in problem.partner_limits:
        terms[partner.term] += _partner_cost(partner, problem, starts)
    return terms


def _stretch(activity: Activity, weeks: Sequence[Week]) -> int:
    """Price of the weeks of lag beyond the minimum."""
    cost, end = 0, weeks[0] + activity.stages[0].duration_weeks
    for stage, start in zip(activity.stages[1:], weeks[1:], strict=True):
        cost += stage.stretch_price * max(0, start - end - stage.lag_min_weeks)
        end = start + stage.duration_weeks
    return cost


def _stability(activity: Activity, starts: Sequence[Week]) -> int:
    """Price of the stages that start in another week than announced."""
    if activity.published is None:
        return 0
    moves = [abs(new - old) for new, old in zip(starts, activity.published.starts, strict=True)]
    prices = activity.published
    return sum(prices.move_price + prices.move_price_per_week * weeks for weeks in moves if weeks)


class _Spans:
    """Looks up the weeks of a stage that a link refers to."""

    def __init__(self, problem: Problem, starts: Starts) -> None:
        self._starts = starts
        self._places = {
            (activity.id, stage.id): (number, stage.duration_weeks)
            for activity in problem.activities
            for number, stage in enumerate(activity.stages)
        }

    def of(self, ref: StageRef) -> WeekSpan:
        """Weeks in which the stage runs."""
        number, duration = self._places[(ref.activity, ref.stage)]
        first = self._starts[ref.activity][number]
        return WeekSpan(first=first, end=first + duration)


def _link_cost(
    link: LagLink | ApartLink | NearLink, spans: _Spans, tables: Mapping[str, Sequence[Week]]
) -> int:
    if isinstance(link, LagLink):
        earliest = tables[link.table][spans.of(link.before).end - 1]
        return link.price_per_week * max(0, spans.of(link.after).first - earliest)
    first, second = spans.of(link.one), spans.of(link.other)
    clear = min(link.cap_weeks, max(0, second.first - first.end, first.first - second.end))
    return link.price_per_week * (clear if isinstance(link, NearLink) else link.cap_weeks - clear)


def _period_cost(limit: PeriodLimit, problem: Problem, starts: Starts) -> int:
    """Price of the starts over the maximum and under the minimum; hard limits cost nothing."""
    if limit.price is None:
        return 0
    begun = [activity for activity in problem.activities if starts[activity.id][0] in limit.span]
    count = sum(counts(limit, activity) for activity in begun)
    over = 0 if limit.maximum is None else max(0, count - limit.maximum)
    under = 0 if limit.minimum is None else max(0, limit.minimum - count)
    return limit.price * (over + under)


def counts(limit: PeriodLimit, activity: Activity) -> bool:
    """Whether an activity counts for a period limit if it starts in its span (R014)."""
    return activity.kind in limit.kinds and (limit.areas is None or activity.area in limit.areas)


def _partner_cost(limit: PartnerLimit, problem: Problem, starts: Starts) -> int:
    """Price of the on-site stages over the maximum, week by week (R128)."""
    areas = set(limit.areas)
    load = Counter(
        week
        for activity in problem.activities
        if activity.kind in limit.kinds and activity.area in areas
        for stage, start in zip(activity.stages, starts[activity.id], strict=True)
        if stage.on_site
        for week in range(start, start + stage.duration_weeks)
    )
    return limit.price * sum(max(0, count - limit.maximum) for count in load.values())


def team_terms(problem: Problem, starts: Starts, members: Iterable[TeamMember]) -> dict[str, int]:
    """Terms of the cost of people: 'travel', 'fairness' and 'change'."""
    filled = tuple(members)
    prices = problem.team_prices
    return {
        "travel": prices.per_km * _travel_km(problem, filled),
        "fairness": prices.per_review_over_share * _reviews_over_share(problem, starts, filled),
        "change": prices.per_person_changed * _persons_changed(problem, filled),
    }


def _travel_km(problem: Problem, members: Sequence[TeamMember]) -> int:
    """Kilometres from home to area, over all filled seats."""
    place = {area.id: area.location for area in problem.areas}
    target = {activity.id: place[activity.area] for activity in problem.activities}
    home = {inspector.id: inspector.home for inspector in problem.inspectors}
    return sum(distance_km(home[member.inspector], target[member.activity]) for member in members)


def _reviews_over_share(problem: Problem, starts: Starts, members: Sequence[TeamMember]) -> int:
    """Reviews of each inspector above what past ones leave of the fair share of each period, by the first team week."""
    first_week = {
        activity.id: first_team_week(activity, starts[activity.id]) for activity in problem.activities
    }
    periods = [period.span for period in problem.periods if period.kind == problem.team_prices.fair_period]
    over = 0
    for name, reviews in _reviews_by_inspector(members).items():
        weeks = [first_week[review] for review in reviews]
        done = [review for review in problem.past_reviews if name in (*review.members, review.leader)]
        for span in periods:
            count = sum(1 for week in weeks if week is not None and week in span)
            left = problem.team_prices.fair_share - sum(review.team_weeks[0] in span for review in done)
            over += max(0, count - max(0, left))
    return over


def first_team_week(activity: Activity, starts: Sequence[Week]) -> Week | None:
    """First week in which an activity occupies its team; None if no stage does."""
    weeks = [start for stage, start in zip(activity.stages, starts, strict=True) if stage.uses_team]
    return min(weeks, default=None)


def _reviews_by_inspector(members: Sequence[TeamMember]) -> dict[str, set[str]]:
    reviews: dict[str, set[str]] = defaultdict(set)
    for member in members:
        reviews[member.inspector].add(member.activity)
    return reviews


def _persons_changed(problem: Problem, members: Sequence[TeamMember]) -> int:
    """Announced members who are no longer in the team of their activity."""
    team: dict[str, set[str]] = defaultdict(set)
    for member in members:
        team[member.activity].add(member.inspector)
    return sum(
        len(set(activity.published.members) - team[activity.id])
        for activity in problem.activities
        if activity.team is not None and activity.published is not None
    )


def seats(activity: Activity) -> Counter[str]:
    """Demanded seats of an activity by skill, the leader's included."""
    return Counter({} if activity.team is None else activity.team.seats_by_skill())


def uncovered_places(problem: Problem, members: Iterable[TeamMember]) -> int:
    """Number of demanded seats that nobody fills."""
    filled = Counter((member.activity, member.skill) for member in members)
    return sum(
        max(0, count - filled[(activity.id, skill)])
        for activity in problem.activities
        for skill, count in seats(activity).items()
    )


def costs(problem: Problem, starts: Starts, members: Iterable[TeamMember]) -> Costs:
    """Everything a plan costs."""
    filled = tuple(members)
    return Costs(
        uncovered_places=uncovered_places(problem, filled),
        date_terms=date_terms(problem, starts),
        team_terms=team_terms(problem, starts, filled),
    )


def make_plan(problem: Problem, starts: Starts, members: Iterable[TeamMember]) -> Plan:
    """The plan of these dates and teams with its costs; equal inputs in any order give equal plans."""
    filled = tuple(sorted(members, key=lambda member: (member.activity, member.skill, member.inspector)))
    return Plan(
        problem_hash=problem.hash,
        first_monday=problem.first_monday,
        dates=tuple(ActivityDates(activity=name, starts=tuple(starts[name])) for name in sorted(starts)),
        members=filled,
        costs=costs(problem, starts, filled),
    )
