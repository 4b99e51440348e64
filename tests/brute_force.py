"""The optimum of tiny problems by trying everything: slow, obvious, and without a line of the solver's model."""

from collections.abc import Iterator
from itertools import combinations, product

from scheduler.cost import date_terms, seats
from scheduler.values.problem import Activity, Inspector, LagLink, Problem, Stage, WithinLink
from scheduler.values.value import LEADER

Dates = dict[str, tuple[int, ...]]


def cheapest_dates(problem: Problem, covered: bool = False) -> tuple[int, Dates] | None:
    """Cost and dates of a cheapest plan; None if there is no plan.

    People are counted by week (every union of skills); with `covered`, every place must have its person.
    """
    if problem.hash not in _CHEAPEST:
        _CHEAPEST[problem.hash] = _cheapest_of_all(problem)
    return _CHEAPEST[problem.hash][covered]


_CHEAPEST: dict[str, list[tuple[int, Dates] | None]] = {}
"""By the problem's hash: trying everything is done once, whichever test asks first."""


def _cheapest_of_all(problem: Problem) -> list[tuple[int, Dates] | None]:
    """The cheapest plan that counts people by week, and the cheapest that covers every place."""
    best: list[tuple[int, Dates] | None] = [None, None]
    for dates in all_dates(problem):
        if keeps_limits(problem, dates):
            cost = sum(date_terms(problem, dates).values())
            for number, rule in enumerate((people_suffice_each_week, every_place_can_be_filled)):
                known = best[number]
                if (known is None or cost < known[0]) and rule(problem, dates):
                    best[number] = cost, dates
    return best


def all_dates(problem: Problem) -> Iterator[Dates]:
    """Every way to date all activities that keeps what concerns one area."""
    by_area = [list(_area_dates(problem, area.id)) for area in problem.areas]
    for parts in product(*by_area):
        yield {name: starts for part in parts for name, starts in part.items()}


def _area_dates(problem: Problem, area: str) -> Iterator[Dates]:
    own = [activity for activity in problem.activities if activity.area == area]
    for starts in product(*(list(activity_starts(problem, activity)) for activity in own)):
        dates = {activity.id: weeks for activity, weeks in zip(own, starts, strict=True)}
        if keeps_links(problem, dates):
            yield dates


def activity_starts(problem: Problem, activity: Activity) -> Iterator[tuple[int, ...]]:
    """All start weeks of an activity's stages: window, pin, lags, closures, horizon."""
    closed = {c.id: {w for closure in c.closures for w in closure.span.weeks()} for c in problem.calendars}

    def fits(stage: Stage, start: int) -> bool:
        weeks = range(start, start + stage.duration_weeks)
        return weeks.stop <= problem.num_weeks and not any(
            w in closed[c] for c in stage.calendars for w in weeks
        )

    def extend(starts: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        number = len(starts)
        if number == len(activity.stages):
            yield starts
            return
        stage = activity.stages[number]
        if number == 0:
            choice = activity.start_window.weeks()
        else:
            end = starts[-1] + activity.stages[number - 1].duration_weeks
            choice = range(end + stage.lag_min_weeks, end + stage.lag_max_weeks + 1)
        for start in choice:
            if fits(stage, start):
                yield from extend((*starts, start))

    for starts in extend(()):
        if activity.pinned_starts is None or starts == activity.pinned_starts:
            yield starts


def keeps_links(problem: Problem, dates: Dates) -> bool:
    """Whether lag and within links between the dated activities hold."""
    span = {}
    for activity in problem.activities:
        for stage, start in zip(activity.stages, dates.get(activity.id, ()), strict=False):
            span[activity.id, stage.id] = (start, start + stage.duration_weeks)
    tables = {table.id: table for table in problem.lag_tables}
    for link in problem.links:
        if isinstance(link, LagLink) and link.before.activity in dates:
            table, last = tables[link.table], span[link.before.activity, link.before.stage][1] - 1
            start = span[link.after.activity, link.after.stage][0]
            if not table.first[last] <= start < table.end[last]:
                return False
        if isinstance(link, WithinLink) and link.inner.activity in dates:
            inner, outer = (
                span[link.inner.activity, link.inner.stage],
                span[link.outer.activity, link.outer.stage],
            )
            is_longer = inner[1] - inner[0] > outer[1] - outer[0]
            if not (inner[0] == outer[0] if is_longer else outer[0] <= inner[0] and inner[1] <= outer[1]):
                return False
    return True


def keeps_limits(problem: Problem, dates: Dates) -> bool:
    """Whether anonymous pools, period limits and partner limits hold."""
    weekly = [(a, s, w) for a, s, w in stage_weeks(problem, dates)]
    for pool in problem.pools:
        for week in range(problem.num_weeks):
            if sum(s.pool_demand.get(pool.id, 0) for _, s, w in weekly if w == week) > pool.units_in(week):
                return False
    for limit in problem.period_limits:
        counted = [
            a
            for a in problem.activities
            if a.kind in limit.kinds and (limit.areas is None or a.area in limit.areas)
        ]
        count = sum(dates[a.id][0] in limit.span for a in counted)
        excess = 0 if limit.price is None else limit.max_excess
        if limit.maximum is not None and count > limit.maximum + excess:
            return False
        if limit.minimum is not None and count < limit.minimum - excess:
            return False
    for partner in problem.partner_limits:
        for week in range(problem.num_weeks):
            own = [
                a
                for a, s, w in weekly
                if w == week and s.on_site and a.kind in partner.kinds and a.area in partner.areas
            ]
            if len(own) > partner.maximum + partner.max_excess:
                return False
    return True


def stage_weeks(problem: Problem, dates: Dates) -> Iterator[tuple[Activity, Stage, int]]:
    """Every week of every stage."""
    for activity in problem.activities:
        for stage, start in zip(activity.stages, dates[activity.id], strict=True):
            for week in range(start, start + stage.duration_weeks):
                yield activity, stage, week


def people_suffice_each_week(problem: Problem, dates: Dates) -> bool:
    """Whether in every week each union of skills has as many people as places (Hall's theorem)."""
    skills = sorted({skill for activity in problem.activities for skill in seats(activity)})
    weekly = list(stage_weeks(problem, dates))
    for week in range(problem.num_weeks):
        demand = [seats(a) for a, s, w in weekly if w == week and s.uses_team]
        for size in range(1, len(skills) + 1):
            for union in combinations(skills, size):
                places = sum(count for own in demand for skill, count in own.items() if skill in union)
                people = sum(
                    is_there(problem, i, week) and any(can(i, s) for s in union) for i in problem.inspectors
                )
                if places > people:
                    return False
    return True


def every_seat(problem: Problem) -> Iterator[tuple[Activity, str]]:
    """Each demanded seat alone, with its activity."""
    for activity in problem.activities:
        for skill, count in seats(activity).items():
            yield from [(activity, skill)] * count


def team_weeks_of(problem: Problem, dates: Dates) -> dict[str, list[int]]:
    """The weeks in which each activity keeps its team busy."""
    return {
        a.id: sorted({w for b, s, w in stage_weeks(problem, dates) if b is a and s.uses_team})
        for a in problem.activities
    }


def every_place_can_be_filled(problem: Problem, dates: Dates) -> bool:
    """Whether each place can have its person: attendance, rest, maxima, conflicts."""
    places, weeks = list(every_seat(problem)), team_weeks_of(problem, dates)

    def fill(number: int, taken: dict[str, list[Activity]]) -> bool:
        if number == len(places):
            return True
        activity, skill = places[number]
        for person in problem.inspectors:
            others = taken.get(person.id, [])
            may = can(person, skill) and may_join(problem, person, activity, others, weeks)
            if may and fill(number + 1, taken | {person.id: [*others, activity]}):
                return True
        return False

    return fill(0, {})


def may_join(
    problem: Problem,
    person: Inspector,
    activity: Activity,
    others: list[Activity],
    weeks: dict[str, list[int]],
) -> bool:
    """Whether a person may take a seat beside the reviews that they have already."""
    if activity in others or activity.area in (*person.conflicts, *person.previous_areas):
        return False
    if person.id in activity.previous_team:
        return False
    past = [own.team_weeks for own in problem.past_reviews if person.id in (*own.members, own.leader)]
    if not all(is_there(problem, person, week) for week in weeks[activity.id]):
        return False
    for other in (*past, *(tuple(weeks[own.id]) for own in others)):
        for one, two in ((weeks[activity.id], other), (other, weeks[activity.id])):
            if set(two) & {*one, *range(one[-1] + 1, one[-1] + 1 + person.rest_weeks)}:
                return False
    begun = [*(weeks[own.id][0] for own in (*others, activity)), *(own[0] for own in past)]
    return all(
        weeks[activity.id][0] not in period.span
        or sum(week in period.span for week in begun) <= person.max_reviews[period.kind]
        for period in problem.periods
        if period.kind in person.max_reviews
    )


def is_there(problem: Problem, person: Inspector, week: int) -> bool:
    """Whether a person is available and trained in a week."""
    percent = min([person.percent, *(a.percent_available for a in person.absences if week in a.span)])
    return week >= person.trained_from and percent >= problem.min_percent


def can(person: Inspector, skill: str) -> bool:
    """Whether a person may fill a seat of a skill."""
    return person.is_leader if skill == LEADER else skill in person.skills


def fewest_uncovered(problem: Problem) -> int | None:
    """The fewest places that any dates and teams leave uncovered; None if there are no dates."""
    known: dict[tuple[tuple[int, ...], ...], int] = {}
    reviews = [activity for activity in problem.activities if activity.team is not None]
    best: int | None = None
    for dates in all_dates(problem):
        key = tuple(dates[review.id] for review in reviews)
        if keeps_limits(problem, dates):
            if key not in known:
                known[key] = _fewest_open(problem, dates)
            best = known[key] if best is None else min(best, known[key])
    return best


def _fewest_open(problem: Problem, dates: Dates) -> int:
    """The fewest places that any teams for these dates leave uncovered, apart from the rule of bodies."""
    places, weeks = list(every_seat(problem)), team_weeks_of(problem, dates)

    def fill(number: int, taken: dict[str, list[Activity]], left: int) -> int:
        if number == len(places) or left == 0:
            return 0
        activity, skill = places[number]
        best = left
        for person in problem.inspectors:
            others = taken.get(person.id, [])
            if can(person, skill) and may_join(problem, person, activity, others, weeks):
                best = min(best, fill(number + 1, taken | {person.id: [*others, activity]}, best))
        return min(best, 1 + fill(number + 1, taken, best - 1)) if best > 0 else 0

    return fill(0, {}, len(places))
