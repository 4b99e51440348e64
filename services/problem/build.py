"""Putting the problem together."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlmodel import Session

from models import Area as AreaRow
from scheduler.events import with_people_at_work
from scheduler.values.problem import (
    Activity,
    AnonymousPool,
    Area,
    Calendar,
    LagTable,
    Link,
    Location,
    Problem,
    TeamPrices,
)
from services.option_words import Option
from services.problem.closure_calendars import calendars
from services.problem.facts import Facts, read_facts
from services.problem.history import has_dates, is_over, past_reviews, seats_at_work
from services.problem.limits import all_periods, partner_limits, period_limits
from services.problem.link_checks import refuse_unknown_links
from services.problem.open_weeks import closed_weeks
from services.problem.people import inspectors
from services.problem.pinned import can_hold, links_that_hold
from services.problem.place_pins import with_pinned_people
from services.problem.planned_activities import activity
from services.problem.planning_horizon import Horizon, horizon_of
from services.problem.published_dates import staying_put, with_frozen_dates
from services.problem.rule_files import RuleFiles
from services.problem.sequencing import lag_tables, links
from services.problem.teams import with_team
from services.problem.waived_dates import with_waived_weeks
from services.problem.window_checks import refuse_windows


def build_problem(
    session: Session, option: Option, as_of: date | None = None, files: RuleFiles | None = None
) -> Problem:
    """The scheduler's problem for the facts in the database; equal facts give equal problems.

    Parameters
    ----------
    option
        1 to 4 for every area (R030-R037); 'mixed' is each area's own option, else the programme's (R039, R040).
    as_of
        The present day: nothing new begins before it. Without one, or once the programme is over, it is the day on
        which it was planned.
    files
        The policy and frameworks to follow; if they are not given, those that there are.

    Raises
    ------
    NotFound
        If nothing was imported yet.
    InvalidProblem
        With everything in the facts that makes no sense as weeks.
    """
    facts = read_facts(session, as_of, files)
    horizon = horizon_of(facts.programme, facts.policy.programme.tail_weeks, _begun_on(facts))
    refuse_unknown_links(facts.policy)
    options = {area.code: option_of(area, option, facts.programme.default_option) for area in facts.areas}
    closed, tables = calendars(facts, horizon), lag_tables(facts.policy, horizon)
    pair = facts.policy.programme.pair
    activities, links_by_area, closed = _linked(facts, horizon, options, closed, tables)
    refuse_windows(activities, facts)
    activities = _with_teams(facts, activities, links_by_area)
    problem = Problem(
        name=f"{facts.programme.name}, option {option}",
        first_monday=horizon.first_monday,
        num_weeks=horizon.num_weeks,
        areas=tuple(_area(row) for row in facts.areas),
        activities=activities,
        links=tuple(link for _, links_of_area in sorted(links_by_area.items()) for link in links_of_area),
        lag_tables=tables,
        calendars=closed,
        pools=tuple(AnonymousPool(id=row.code, units=row.units) for row in facts.pools),
        inspectors=inspectors(facts, horizon),
        periods=all_periods(facts, horizon),
        period_limits=tuple(period_limits(facts, horizon, activities)),
        partner_limits=tuple(partner_limits(facts, activities)),
        team_prices=TeamPrices(**facts.policy.prices.people.model_dump()),
        min_percent=facts.policy.programme.min_percent,
        leader_drafts=facts.policy.programme.leader_drafts,
        past_reviews=past_reviews(facts, horizon),
        pair=(pair.first, pair.second) if pair is not None else None,
    )
    return _with_people_at_work(with_pinned_people(problem, facts), facts, horizon)


def _with_people_at_work(problem: Problem, facts: Facts, horizon: Horizon) -> Problem:
    """The problem in which nobody is exchanged who is at work and may go on (R019, R043)."""
    pinned = {row.id: row.pinned_starts for row in problem.activities if row.pinned_starts is not None}
    seats = {code: people for code, people in seats_at_work(facts).items() if code in pinned}
    if not seats:
        return problem
    return with_people_at_work(problem, seats, pinned, horizon.week_from(facts.today))


def option_of(area: AreaRow, option: Option, default: int) -> int:
    """The option that holds in an area (R039)."""
    return (area.option or default) if option == "mixed" else option


def _area(row: AreaRow) -> Area:
    return Area(id=row.code, name=row.name, location=Location(lat=row.lat, lon=row.lon), region=row.region)


def _begun_on(facts: Facts) -> list[date]:
    """First days of what is under way."""
    under_way = [
        activity
        for activity in facts.activities
        if activity.state == "under_way" and has_dates(activity, facts)
    ]
    return [min(facts.announced[row.code].starts.values()) for row in under_way]


def _linked(
    facts: Facts,
    horizon: Horizon,
    options: dict[str, int],
    closed: tuple[Calendar, ...],
    tables: tuple[LagTable, ...],
) -> tuple[tuple[Activity, ...], dict[str, list[Link]], tuple[Calendar, ...]]:
    """Activities without teams, the links of each area, and the calendars with those of single stages.

    Where two that are linked can't both have their notice, a pin of one of them say, their area does without (R094).
    """
    activities, known_calendars = _activities(facts, horizon, options, closed)
    links_by_area = _links(facts, activities, options, tables)
    by_code = {planned.id: planned for planned in activities}
    known = {table.id: table for table in tables}
    tied = {
        area
        for area, found in links_by_area.items()
        if not all(can_hold(link, by_code, known) for link in found)
    }
    if not tied:
        return activities, links_by_area, known_calendars
    activities, known_calendars = _activities(facts, horizon, options, closed, tied)
    return activities, _links(facts, activities, options, tables), known_calendars


def _activities(
    facts: Facts,
    horizon: Horizon,
    options: dict[str, int],
    closed: tuple[Calendar, ...],
    at_short_notice: Collection[str] = (),
) -> tuple[tuple[Activity, ...], tuple[Calendar, ...]]:
    """Activities of the programme, without teams, and the calendars; those that are over no longer concern it.

    Parameters
    ----------
    at_short_notice
        Areas in which no notice is waited for.
    """
    areas = {area.code: area for area in facts.areas}
    by_name = {calendar.id: calendar for calendar in closed}
    rows = [row for row in facts.activities if not is_over(row, facts, horizon)]
    weeks = closed_weeks(closed)
    built = (
        (row, activity(row, areas[code], options[code], facts, horizon, weeks, code in at_short_notice))
        for row, code in ((row, row.area_code) for row in rows)
    )
    waived = (
        (row, with_waived_weeks(known, row, facts.waived.get(row.code, ()), by_name)) for row, known in built
    )
    found = tuple(
        staying_put(with_frozen_dates(known, row, by_name, facts), row, by_name) for row, known in waived
    )
    return found, tuple(by_name.values())


def _links(
    facts: Facts, activities: tuple[Activity, ...], options: dict[str, int], tables: tuple[LagTable, ...]
) -> dict[str, list[Link]]:
    """The links of each area that can still hold."""
    by_code = {activity.id: activity for activity in activities}
    known = {table.id: table for table in tables}
    framework = {row.code: facts.followed[row.code] for row in facts.activities}
    return {
        code: list(links_that_hold(links(by_kind, options[code], framework, facts.policy), by_code, known))
        for code, by_kind in _by_area(facts, by_code).items()
    }


def _with_teams(
    facts: Facts, activities: tuple[Activity, ...], links_by_area: dict[str, list[Link]]
) -> tuple[Activity, ...]:
    rows = {row.code: row for row in facts.activities}
    kinds = {activity.id: activity.kind for activity in activities}
    return tuple(
        with_team(activity, rows[activity.id], links_by_area[activity.area], kinds, facts)
        for activity in activities
    )


def _by_area(facts: Facts, used: dict[str, Activity]) -> dict[str, dict[str, list[Activity]]]:
    """The activities of each kind by area, in their order: all of a kind that comes again within the programme.

    Of another only the latest round counts; one that is done only where there is no other.
    """
    found: dict[str, dict[str, list[Activity]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted(facts.activities, key=lambda row: (row.state != "done", row.round, row.code)):
        if row.code in used:
            framework, of_kind = facts.followed[row.code], found[row.area_code][row.kind]
            if framework.window == "programme" and framework.recurrence is None:
                of_kind.clear()
            of_kind.append(used[row.code])
    return found
