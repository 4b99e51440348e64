"""Changes of a problem of which it is known what they do to its optimum."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from scheduler.values.problem import (
    AnonymousPool,
    Calendar,
    Inspector,
    LagTable,
    PastReview,
    Problem,
    Published,
)
from scheduler.values.value import WeekSpan

Change = Callable[[Problem, Random], Problem]


def one_inspector_more(problem: Problem, draw: Random) -> Problem:
    twin = draw.choice(problem.inspectors)
    return _with(problem, inspectors=(*problem.inspectors, twin.model_copy(update={"id": "twin"})))


def one_unit_more(problem: Problem, _: Random) -> Problem:
    def more(pool: AnonymousPool) -> AnonymousPool:
        every = tuple(own.model_copy(update={"units": own.units + 1}) for own in pool.exceptions)
        return pool.model_copy(update={"units": pool.units + 1, "exceptions": every})

    return _with(problem, pools=tuple(map(more, problem.pools)))


def limits_raised(problem: Problem, _: Random) -> Problem:
    periods = tuple(
        limit.model_copy(
            update={
                "maximum": None if limit.maximum is None else limit.maximum + 1,
                "minimum": None if limit.minimum is None else max(0, limit.minimum - 1),
            }
        )
        for limit in problem.period_limits
    )
    partners = tuple(
        limit.model_copy(update={"maximum": limit.maximum + 1}) for limit in problem.partner_limits
    )
    return _with(problem, period_limits=periods, partner_limits=partners)


def windows_widened(problem: Problem, _: Random) -> Problem:
    def wider(window: WeekSpan) -> WeekSpan:
        return WeekSpan(first=max(0, window.first - 1), end=min(problem.num_weeks, window.end + 1))

    own = (a.model_copy(update={"start_window": wider(a.start_window)}) for a in problem.activities)
    return _with(problem, activities=tuple(own))


def weeks_opened(problem: Problem, _: Random) -> Problem:
    return _with(
        problem, calendars=tuple(own.model_copy(update={"closures": ()}) for own in problem.calendars)
    )


def people_trained_and_present(problem: Problem, _: Random) -> Problem:
    free = {"trained_from": 0, "absences": ()}
    return _with(problem, inspectors=tuple(own.model_copy(update=free) for own in problem.inspectors))


MORE: tuple[Change, ...] = (
    one_inspector_more,
    one_unit_more,
    limits_raised,
    windows_widened,
    weeks_opened,
    people_trained_and_present,
)
"""Each leaves every plan possible that was, at the same cost or less."""


def renamed(problem: Problem, draw: Random) -> Problem:
    """Areas, activities and inspectors under other names and in another order."""
    areas = {own.id: f"area-{draw.random()}" for own in problem.areas}
    people = {own.id: f"person-{draw.random()}" for own in problem.inspectors}
    activities = {own.id: f"work-{draw.random()}" for own in problem.activities}
    return Problem.model_validate(
        _shuffled(_translated(problem.model_dump(), areas | people | activities), draw)
    )


def _translated(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _translated(own, names) for key, own in value.items()}
    if isinstance(value, list | tuple):
        return [_translated(own, names) for own in value]
    return names.get(value, value) if isinstance(value, str) else value


def _shuffled(document: dict[str, Any], draw: Random) -> dict[str, Any]:
    for part in ("areas", "activities", "inspectors", "links", "period_limits"):
        document[part] = draw.sample(document[part], len(document[part]))
    return document


def shifted(problem: Problem, weeks: int) -> Problem:
    """The same dates, counted from a Monday that lies so many weeks earlier."""
    return _with(
        problem,
        first_monday=problem.first_monday - timedelta(weeks=weeks),
        num_weeks=problem.num_weeks + weeks,
        activities=tuple(_activity(own, weeks) for own in problem.activities),
        lag_tables=tuple(_table(own, weeks) for own in problem.lag_tables),
        calendars=tuple(_calendar(own, weeks) for own in problem.calendars),
        pools=tuple(_spans(own, "exceptions", weeks) for own in problem.pools),
        inspectors=tuple(_inspector(own, weeks) for own in problem.inspectors),
        periods=tuple(own.model_copy(update={"span": _span(own.span, weeks)}) for own in problem.periods),
        period_limits=tuple(
            own.model_copy(update={"span": _span(own.span, weeks)}) for own in problem.period_limits
        ),
        frozen_until=problem.frozen_until + weeks if problem.frozen_until else 0,
        past_reviews=tuple(_past(own, weeks) for own in problem.past_reviews),
    )


def _with(problem: Problem, **changes: Any) -> Problem:
    return problem.model_copy(update=changes)


def _span(span: WeekSpan, weeks: int) -> WeekSpan:
    return WeekSpan(first=span.first + weeks, end=span.end + weeks)


def _moved(starts: tuple[int, ...] | None, weeks: int) -> tuple[int, ...] | None:
    return None if starts is None else tuple(week + weeks for week in starts)


def _activity(activity: Any, weeks: int) -> Any:
    known: Published | None = activity.published
    return activity.model_copy(
        update={
            "start_window": _span(activity.start_window, weeks),
            "pinned_starts": _moved(activity.pinned_starts, weeks),
            "published": known and known.model_copy(update={"starts": _moved(known.starts, weeks)}),
        }
    )


def _table(table: LagTable, weeks: int) -> LagTable:
    nothing = (0,) * weeks
    first, end = (tuple(week + weeks for week in own) for own in (table.first, table.end))
    return LagTable(id=table.id, first=nothing + first, end=nothing + end)


def _calendar(calendar: Calendar, weeks: int) -> Calendar:
    return _spans(calendar, "closures", weeks)


def _spans(item: Any, field: str, weeks: int) -> Any:
    own = tuple(part.model_copy(update={"span": _span(part.span, weeks)}) for part in getattr(item, field))
    return item.model_copy(update={field: own})


def _inspector(person: Inspector, weeks: int) -> Inspector:
    return _spans(person.model_copy(update={"trained_from": person.trained_from + weeks}), "absences", weeks)


def _past(review: PastReview, weeks: int) -> PastReview:
    end = review.drafting_end
    moved = {
        "team_weeks": _moved(review.team_weeks, weeks),
        "drafting_end": None if end is None else end + weeks,
    }
    return review.model_copy(update=moved)
