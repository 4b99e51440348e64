"""Putting the problem together."""

from collections import defaultdict
from typing import Literal

from sqlmodel import Session

from models import Activity as ActivityRow
from models import Area as AreaRow
from scheduler.errors import Finding, InvalidProblem
from scheduler.problem import Activity, AnonymousPool, Area, Location, Problem, TeamPrices
from services.problem.activities import activity
from services.problem.calendars import calendars
from services.problem.facts import Facts, read_facts
from services.problem.horizon import Horizon, horizon_of
from services.problem.limits import all_periods, partner_limits, period_limits
from services.problem.people import inspectors
from services.problem.sequencing import lag_tables, links

Option = Literal[1, 2, 3, 4, "mixed"]
"""Sequencing for the whole programme, or each area's own where it has one."""


def build_problem(session: Session, option: Option) -> Problem:
    """The scheduler's problem for the facts in the database; equal facts give equal problems.

    Parameters
    ----------
    option
        1 to 4 for every area (R030-R037); 'mixed' is each area's own option, else the programme's (R039, R040).

    Raises
    ------
    NotFound
        If nothing was imported yet.
    InvalidProblem
        With everything in the facts that makes no sense as weeks.
    """
    facts = read_facts(session)
    horizon = horizon_of(facts.programme, facts.policy.programme.tail_weeks)
    options = {area.code: option_of(area, option, facts.programme.default_option) for area in facts.areas}
    activities = _activities(facts, horizon, options)
    _refuse_empty_windows(activities, facts)
    return Problem(
        name=f"{facts.programme.name}, option {option}",
        first_monday=horizon.first_monday,
        num_weeks=horizon.num_weeks,
        areas=tuple(_area(row) for row in facts.areas),
        activities=activities,
        links=tuple(
            link
            for code, own in sorted(_by_area(facts, activities).items())
            for link in links(own, options[code], facts.frameworks, facts.policy)
        ),
        lag_tables=lag_tables(facts.policy, horizon),
        calendars=calendars(facts, horizon),
        pools=tuple(AnonymousPool(id=row.code, units=row.units) for row in facts.pools),
        inspectors=inspectors(facts, horizon),
        periods=all_periods(horizon),
        period_limits=tuple(period_limits(facts, horizon)),
        partner_limits=tuple(partner_limits(facts)),
        team_prices=TeamPrices(**facts.policy.prices.people.model_dump()),
        min_percent=facts.policy.programme.min_percent,
    )


def option_of(area: AreaRow, option: Option, default: int) -> int:
    """The option that holds in an area (R039)."""
    return (area.option or default) if option == "mixed" else option


def _area(row: AreaRow) -> Area:
    return Area(id=row.code, name=row.name, location=Location(lat=row.lat, lon=row.lon), region=row.region)


def _activities(facts: Facts, horizon: Horizon, options: dict[str, int]) -> tuple[Activity, ...]:
    """Activities of the programme; one that ended before the horizon is no business of it any more."""
    areas = {area.code: area for area in facts.areas}
    return tuple(
        activity(row, areas[row.area_code], options[row.area_code], facts, horizon)
        for row in facts.activities
        if not _is_over(row, facts, horizon)
    )


def _is_over(row: ActivityRow, facts: Facts, horizon: Horizon) -> bool:
    announced = facts.announced.get(row.code)
    is_before = announced is None or min(announced.starts.values()) < horizon.first_monday
    return row.state == "done" and is_before


def _by_area(facts: Facts, activities: tuple[Activity, ...]) -> dict[str, dict[str, ActivityRow]]:
    used = {own.id for own in activities}
    found: dict[str, dict[str, ActivityRow]] = defaultdict(dict)
    for row in facts.activities:
        if row.code in used:
            found[row.area_code][row.kind] = row
    return found


def _refuse_empty_windows(activities: tuple[Activity, ...], facts: Facts) -> None:
    names = {area.code: area.name for area in facts.areas}
    findings = tuple(
        Finding(
            place=f"activity {own.id} ({names[own.area]})",
            message=f"no Monday of the programme lies in the window of this {own.kind}.",
            advice="Maybe widen the window in inspections_due.csv, or move the pin.",
        )
        for own in activities
        if not own.start_window.weeks()
    )
    if findings:
        raise InvalidProblem(findings)
