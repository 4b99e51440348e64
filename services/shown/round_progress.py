"""How far the round of each kind that comes again has got: which areas have none yet, and how much time is left."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, Area, Step
from reports.words import date_in_words, plural
from services.days.recurrence import last_day, year_in_words, year_of
from services.days.weeks import add_months, day_after, day_before
from services.days.working_days import working_days_between
from services.programme import Rules, find_programme, rules_of


@dataclass(frozen=True)
class Without:
    """An activity that has not begun: its area, and the first day that is planned for it, None without a plan.

    One that `is_missed` was never begun, and its year is over.
    """

    activity: str
    area: str
    planned_on: date | None
    is_missed: bool


@dataclass(frozen=True)
class RoundDue:
    """One kind in one year, or by one day.

    Attributes
    ----------
    period
        'in 2009-10', empty for what does not come each year.
    due_on
        The last day: of the year, or by which it is to be done.
    begun
        Number of areas in which it has begun, or is done.
    working_days_left
        After the day that is asked about, up to the last day; 0 once that has passed.
    across
        Activities that begin before the end of the year and end after it: they count by their first day.
    """

    kind: str
    name: str
    period: str
    due_on: date
    begun: int
    without: tuple[Without, ...]
    working_days_left: int
    is_watched: bool
    across: tuple[str, ...]

    def time_left(self) -> str:
        """'42 working days left', or that the last day has passed."""
        if self.working_days_left:
            return f"{plural(self.working_days_left, 'working day')} left"
        return f"none left after {date_in_words(self.due_on)}"


def rounds(session: Session, as_of: date) -> list[RoundDue]:
    """Every round that has begun by a day, by kind and last day; for the inspectorate alone, whose dates it tells."""
    rules = rules_of(session)
    found: dict[tuple[str, int, date], list[Activity]] = defaultdict(list)
    for activity in _not_replaced(session, _recurring(rules)):
        framework = rules.of(activity)
        if framework.recurrence is not None:
            end_on = activity.window_end_on or day_after(find_programme(session).last_start_on)
            day = last_day(framework.recurrence, activity.round, end_on)
            number = activity.round if framework.yearly else 0
            if not number or number <= year_of(framework.recurrence, as_of):
                found[framework.id, number, day].append(activity)
    names = {area.code: area.name for area in session.exec(select(Area))}
    spans = _spans(session, (activity for activities in found.values() for activity in activities), rules)
    return [
        _round(rules.frameworks[name], number, day, as_of, (activities, names, spans))
        for (name, number, day), activities in sorted(
            found.items(), key=lambda item: (item[0][0], item[0][2])
        )
    ]


def _recurring(rules: Rules) -> frozenset[str]:
    """The frameworks of which any text comes again."""
    texts = (*rules.frameworks.values(), *rules.kept.values())
    return frozenset(framework.id for framework in texts if framework.recurrence is not None)


def _not_replaced(session: Session, frameworks: Collection[str]) -> list[Activity]:
    """All activities of some frameworks, those called off only where no other of the round has taken their place."""
    query = select(Activity).where(col(Activity.framework_id).in_(frameworks)).order_by(col(Activity.code))
    rows = list(session.exec(query))
    living = {(row.area_code, row.kind, row.round) for row in rows if row.state != "cancelled"}
    return [
        row for row in rows if row.state != "cancelled" or (row.area_code, row.kind, row.round) not in living
    ]


def _spans(session: Session, activities: Iterable[Activity], rules: Rules) -> dict[str, tuple[date, date]]:
    """From the first to the last day of the planned stages of each activity that has dates, by its code."""
    stages = {
        activity.id: (activity.code, {stage.id for stage in rules.of(activity).stages})
        for activity in activities
    }
    spans: dict[str, tuple[date, date]] = {}
    for step in session.exec(select(Step).where(col(Step.activity_id).in_(stages))):
        code, planned = stages[step.activity_id]
        if step.step_id in planned and step.start_on is not None and step.end_on is not None:
            begin, end = spans.get(code, (date.max, date.min))
            spans[code] = min(begin, step.start_on), max(end, day_before(step.end_on))
    return spans


def _round(
    framework: Framework,
    number: int,
    due_on: date,
    as_of: date,
    facts: tuple[list[Activity], Mapping[str, str], Mapping[str, tuple[date, date]]],
) -> RoundDue:
    activities, names, spans = facts
    rule = framework.recurrence
    assert rule is not None
    waiting = [activity for activity in activities if not _has_begun(activity, spans, as_of)]
    tomorrow = day_after(as_of)
    return RoundDue(
        kind=framework.kind,
        name=framework.name,
        period=f"in {year_in_words(rule, number)}" if number else "",
        due_on=due_on,
        begun=len(activities) - len(waiting),
        without=tuple(_without(activity, names, spans) for activity in waiting),
        working_days_left=max(0, working_days_between(tomorrow, day_after(due_on))),
        is_watched=add_months(day_after(due_on), -rule.watched_months) <= as_of,
        across=tuple(
            activity.code
            for activity in activities
            if number
            and activity.code in spans
            and spans[activity.code][0] <= due_on < spans[activity.code][1]
        ),
    )


def _without(activity: Activity, names: Mapping[str, str], spans: Mapping[str, tuple[date, date]]) -> Without:
    is_missed = activity.state == "cancelled"
    planned_on = spans[activity.code][0] if activity.code in spans and not is_missed else None
    return Without(activity.code, names[activity.area_code], planned_on, is_missed)


def _has_begun(activity: Activity, spans: Mapping[str, tuple[date, date]], as_of: date) -> bool:
    """Whether it is done, or is known to have begun by a day."""
    if activity.state == "done":
        return True
    return activity.state == "under_way" and activity.code in spans and spans[activity.code][0] <= as_of
