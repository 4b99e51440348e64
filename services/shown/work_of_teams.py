"""Who works where and when: every place of the published teams, with the weeks in which its team is at work."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from config.team_rule import DEPUTY
from models import Activity, Area, Inspector, PlannedStage, Skill, TeamPlace
from scheduler.values.value import LEADER
from services.casework.steps import LIVING
from services.days.weeks import WEEK, day_before, monday_of
from services.programme import rules_of


@dataclass(frozen=True)
class Work:
    """A place of a team in the plan that its activity follows.

    `weeks` are the Mondays of all weeks in which the team is at work; `first_on` and `last_on`, both included, bound
    them. `inspector` is a code, empty where the place is uncovered.
    """

    activity: str
    activity_name: str
    kind: str
    state: str
    area_code: str
    area: str
    skill: str
    skill_name: str
    inspector: str
    inspector_name: str
    weeks: tuple[date, ...]
    first_on: date
    last_on: date


def team_work(session: Session) -> tuple[Work, ...]:
    """Every place of the teams of published activities that are not called off, by first day, area and skill."""
    query = (
        select(Activity, Area)
        .join(Area, col(Area.code) == col(Activity.area_code))
        .where(col(Activity.precision).is_not(None), col(Activity.state).in_((*LIVING, "done")))
    )
    activities = {activity.code: (activity, area) for activity, area in session.exec(query)}
    weeks, names = _team_weeks(session, activities), skill_names(session)
    places = (
        select(TeamPlace.activity_code, TeamPlace.skill, Inspector.code, Inspector.name)
        .join(Activity, col(Activity.code) == col(TeamPlace.activity_code))
        .join(Inspector, col(Inspector.code) == col(TeamPlace.inspector_code), isouter=True)
        .where(col(TeamPlace.plan_version) == col(Activity.plan_version))
        .order_by(col(TeamPlace.id))
    )
    rules = rules_of(session)
    found = []
    for code, skill, inspector, name in session.exec(places):
        if code not in weeks:
            continue
        activity, area = activities[code]
        mondays, first_on, last_on = weeks[code]
        found.append(
            Work(
                activity=code,
                activity_name=rules.whole(activity).name,
                kind=activity.kind,
                state=activity.state,
                area_code=area.code,
                area=area.name,
                skill=skill,
                skill_name=names.get(skill, skill),
                inspector=inspector or "",
                inspector_name=name or "",
                weeks=mondays,
                first_on=first_on,
                last_on=last_on,
            )
        )
    return tuple(sorted(found, key=lambda work: (work.first_on, work.area, work.skill, work.inspector_name)))


def skill_names(session: Session) -> dict[str, str]:
    """Skills by code, in words; a team's leader and deputy have seats of their own (R057)."""
    named = {row.code: row.name for row in session.exec(select(Skill).order_by(col(Skill.code)))}
    return {LEADER: "Team leader", DEPUTY: "Deputy leader"} | named


def _team_weeks(
    session: Session, activities: dict[str, tuple[Activity, Area]]
) -> dict[str, tuple[tuple[date, ...], date, date]]:
    """The Mondays of the weeks that keep a team busy, with the first and the last day, in the plan that holds."""
    rules = rules_of(session)
    query = (
        select(
            PlannedStage.activity_code,
            PlannedStage.stage,
            col(PlannedStage.start_on),
            col(PlannedStage.end_on),
        )
        .join(Activity, col(Activity.code) == col(PlannedStage.activity_code))
        .where(col(PlannedStage.plan_version) == col(Activity.plan_version))
    )
    spans: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for code, stage, start_on, end_on in session.exec(query):
        if code not in activities:
            continue
        stages = rules.whole(activities[code][0]).stages
        if any(planned.id == stage and planned.uses_team for planned in stages):
            spans[code].append((start_on, end_on))
    return {
        code: (
            tuple(sorted({monday for span in days for monday in _mondays(*span)})),
            min(start for start, _end in days),
            max(day_before(end) for _start, end in days),
        )
        for code, days in spans.items()
    }


def _mondays(start: date, end: date) -> Iterator[date]:
    day = monday_of(start)
    while day < end:
        yield day
        day += timedelta(days=WEEK.days)
