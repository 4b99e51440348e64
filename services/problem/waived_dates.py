"""Published dates that break rules and were waived: the next plan leaves them where they are (R094)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlmodel import Session, col, select

from models import Activity as ActivityRow
from models import PlannedStage, PlanWaiver
from scheduler.events import WEEK_RULES, with_kept_weeks
from scheduler.values.problem import Activity, Calendar


def waived_weeks(session: Session, starts: Mapping[str, Mapping[str, date]]) -> dict[str, frozenset[str]]:
    """The rules of weeks that were waived for dates, by the code of the activity.

    A waiver holds for as long as the dates do for which it was given, whichever version they come from.

    Parameters
    ----------
    starts
        The announced first days of the stages of activities, by code.
    """
    query = select(PlanWaiver).where(col(PlanWaiver.rule).in_(WEEK_RULES))
    waivers = [row for row in session.exec(query) if row.activity_code in starts]
    if not waivers:
        return {}
    then = _starts(session, {row.plan_version for row in waivers}, {row.activity_code for row in waivers})
    found: dict[str, set[str]] = defaultdict(set)
    for row in waivers:
        if then.get((row.plan_version, row.activity_code)) == starts[row.activity_code]:
            found[row.activity_code].add(row.rule)
    return {code: frozenset(rules) for code, rules in found.items()}


def with_waived_weeks(
    activity: Activity, row: ActivityRow, rules: Collection[str], calendars: dict[str, Calendar]
) -> Activity:
    """The activity whose rules give way to what was announced for it, as far as they were waived.

    What has begun stays anyway; a pin that came later goes before.

    Parameters
    ----------
    calendars
        By name; gets those that are closed as before but for these weeks.
    """
    if (
        not rules
        or activity.published is None
        or activity.pinned_starts is not None
        or row.pinned_on is not None
    ):
        return activity
    return with_kept_weeks(activity, activity.published.starts, calendars, rules)


def _starts(
    session: Session, versions: Iterable[int], codes: Iterable[str]
) -> dict[tuple[int, str], dict[str, date]]:
    """The first days of the stages of some activities in some versions."""
    query = select(PlannedStage).where(
        col(PlannedStage.plan_version).in_(set(versions)), col(PlannedStage.activity_code).in_(set(codes))
    )
    found: dict[tuple[int, str], dict[str, date]] = defaultdict(dict)
    for stage in session.exec(query):
        found[stage.plan_version, stage.activity_code][stage.stage] = stage.start_on
    return found
