"""What a plan costs, term by term: dates, then people (docs/data-format.md, 'Costs')."""

from collections import Counter
from collections.abc import Iterable, Iterator
from math import atan2, cos, radians, sin, sqrt
from typing import get_args

from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity, Link, Location, PartnerLimit, PeriodLimit, Problem, Term
from tests.adversary.seats import past_of
from tests.adversary.weeks import Dates, Starts, ends, run_of, team_weeks


def own_terms(problem: Problem, starts: Dates) -> Counter[str]:
    """The terms of dated activities on their own and with their links; all ends of links must be dated or none."""
    terms: Counter[str] = Counter()
    for activity in problem.activities:
        if activity.id in starts:
            weeks = starts[activity.id]
            terms["urgency"] += activity.urgency_price * weeks[0]  # R027
            terms["stretch"] += _stretch(activity, weeks)
            terms["stability"] += _stability(activity, weeks)
    for link in problem.links:
        if link.kind not in ("within", "clear") and ends(link)[0].activity in starts:
            terms[link.term] += _link_price(problem, starts, link)
    return terms


def _stretch(activity: Activity, weeks: Starts) -> int:
    """The price of clear weeks above the fewest (R049)."""
    cost = 0
    for number in range(1, len(weeks)):
        stage = activity.stages[number]
        clear = weeks[number] - weeks[number - 1] - activity.stages[number - 1].duration_weeks
        cost += stage.stretch_price * (clear - stage.lag_min_weeks)
    return cost


def _stability(activity: Activity, weeks: Starts) -> int:
    """The price of each stage that starts in another week than announced (R018)."""
    published, cost = activity.published, 0
    for week, announced in zip(weeks, published.starts if published else weeks, strict=True):
        if published and week != announced:
            cost += published.move_price + published.move_price_per_week * abs(week - announced)
    return cost


def _link_price(problem: Problem, starts: Dates, link: Link) -> int:
    if link.kind in ("within", "clear"):
        return 0
    if link.kind == "lag":
        table = next(table for table in problem.lag_tables if table.id == link.table)
        first = table.first[run_of(problem, starts, link.before)[-1]]
        return link.price_per_week * (run_of(problem, starts, link.after)[0] - first)
    one, other = run_of(problem, starts, link.one), run_of(problem, starts, link.other)
    clear = max(0, other[0] - one[-1] - 1, one[0] - other[-1] - 1)
    if link.kind == "near":
        return link.price_per_week * min(clear, link.cap_weeks)  # R097
    return link.price_per_week * max(0, link.cap_weeks - clear)  # R036


def counts(activity: Activity, limit: PeriodLimit | PartnerLimit) -> bool:
    """Whether an activity counts for a limit; a partner's areas are always named."""
    return activity.kind in limit.kinds and (limit.areas is None or activity.area in limit.areas)


def num_starts(problem: Problem, starts: Dates, limit: PeriodLimit) -> int:
    """How many of the dated activities start in the span of a limit (R014)."""
    return sum(
        counts(activity, limit) and starts[activity.id][0] in limit.span
        for activity in problem.activities
        if activity.id in starts
    )


def visits_by_week(problem: Problem, starts: Dates, limit: PartnerLimit) -> Counter[int]:
    """On-site stages of dated activities that count for a partner, by week (R128)."""
    load: Counter[int] = Counter()
    for activity in problem.activities:
        if activity.id in starts and counts(activity, limit):
            for stage, start in zip(activity.stages, starts[activity.id], strict=True):
                if stage.on_site:
                    load.update(range(start, start + stage.duration_weeks))
    return load


def date_terms(problem: Problem, starts: Dates) -> dict[str, int]:
    """All terms of the cost of dates of a whole plan, excess over limits included, however high."""
    terms = own_terms(problem, starts)
    for limit in problem.period_limits:
        number = num_starts(problem, starts, limit)
        above = 0 if limit.maximum is None else max(0, number - limit.maximum)
        below = 0 if limit.minimum is None else max(0, limit.minimum - number)
        terms[limit.term] += (limit.price or 0) * (above + below)
    for partner in problem.partner_limits:
        load = visits_by_week(problem, starts, partner)
        terms[partner.term] += partner.price * sum(
            max(0, visits - partner.maximum) for visits in load.values()
        )
    return {term: terms[term] for term in get_args(Term)}


def kilometres(one: Location, other: Location) -> int:
    """Great-circle distance on a sphere of radius 6,371 km, in whole kilometres (Vincenty's formula)."""
    lat, lat2, turn = radians(one.lat), radians(other.lat), radians(other.lon - one.lon)
    east = cos(lat2) * sin(turn)
    north = cos(lat) * sin(lat2) - sin(lat) * cos(lat2) * cos(turn)
    along = sin(lat) * sin(lat2) + cos(lat) * cos(lat2) * cos(turn)
    return round(6371.0 * atan2(sqrt(east * east + north * north), along))


def team_terms(problem: Problem, starts: Dates, members: Iterable[TeamMember]) -> dict[str, int]:
    """All terms of the cost of people."""
    team = list(members)
    prices = problem.team_prices
    return {
        "travel": prices.per_km * sum(_travel(problem, member) for member in team),
        "fairness": prices.per_review_over_share * sum(_over_share(problem, starts, team)),
        "change": prices.per_person_changed * sum(_changed(problem, team)),
    }


def _travel(problem: Problem, member: TeamMember) -> int:
    activity = next(activity for activity in problem.activities if activity.id == member.activity)
    area = next(area for area in problem.areas if area.id == activity.area)
    person = next(person for person in problem.inspectors if person.id == member.inspector)
    return kilometres(person.home, area.location)


def share_left(problem: Problem, person: str, period_number: int) -> int:
    """What reviews that are done leave of a person's fair share of a period."""
    span = problem.periods[period_number].span
    done = sum(review.team_weeks[0] in span for review in past_of(problem, person))
    return max(0, problem.team_prices.fair_share - done)


def fair_periods(problem: Problem) -> list[int]:
    """Numbers of the periods in which shares are counted."""
    kind = problem.team_prices.fair_period
    return [number for number, period in enumerate(problem.periods) if period.kind == kind]


def _over_share(problem: Problem, starts: Dates, team: list[TeamMember]) -> Iterator[int]:
    """Reviews of each person above what is left of the fair share of each period, by their first team week."""
    firsts = {
        activity.id: team_weeks(activity, starts[activity.id])[0]
        for activity in problem.activities
        if activity.team is not None
    }
    for person in {member.inspector for member in team}:
        weeks = [
            firsts[activity]
            for activity in {member.activity for member in team if member.inspector == person}
        ]
        for number in fair_periods(problem):
            begun = sum(week in problem.periods[number].span for week in weeks)
            yield max(0, begun - share_left(problem, person, number))


def _changed(problem: Problem, team: list[TeamMember]) -> Iterator[int]:
    """Announced members who are not in the team any more."""
    for activity in problem.activities:
        if activity.team is not None and activity.published is not None:
            now = {member.inspector for member in team if member.activity == activity.id}
            yield len(set(activity.published.members) - now)
