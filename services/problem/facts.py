"""Everything a problem is built from, read once: rows by what they belong to, frameworks, the policy."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, or_, select

from config.framework import Framework
from config.framework_files import find_framework, frameworks
from config.policy import Policy, load_policy
from models import (
    Absence,
    Activity,
    AnonymousPool,
    Area,
    Closure,
    Conflict,
    Inspector,
    InspectorSkill,
    Leave,
    PartnerGroup,
    PartnerMember,
    PastSeat,
    PlaceAnswer,
    PlacePin,
    PlannedStage,
    Programme,
    Rating,
    SchoolHoliday,
    Step,
    TeamPlace,
)
from scheduler.values.value import LEADER
from services.conditions import Conditions
from services.doors import IMPORT
from services.errors import NotFound
from services.kept_frameworks import bound, kept_for, read_kept
from services.problem.rule_files import RuleFiles
from services.problem.waived_dates import waived_weeks

Table = TypeVar("Table", bound=SQLModel)
EVERYWHERE = ""
BEGUN = ("under_way", "done")
"""States of an activity that has begun."""


@dataclass(frozen=True)
class Announced:
    """The dates and the team of an activity in the plan that its dates come from; `leader` is one of the members.

    `seats` are (skill, person), `left` who worked in the team before they left it.
    """

    starts: Mapping[str, date]
    members: tuple[str, ...]
    leader: str | None = None
    seats: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()

    @property
    def everybody(self) -> tuple[str, ...]:
        """All who worked in it."""
        return tuple(sorted({*self.members, *self.left}))


@dataclass(frozen=True)
class Facts:
    """The tables as a problem needs them; everything in the order of codes.

    `today` is the day before which nothing is planned. `followed` are the frameworks of activities by code: as their
    files are, or as what is bound to a text keeps it. Closures that hold everywhere stand under `EVERYWHERE`. `steps`
    are those of activities that have begun, and of others those that are done, by code and name of the step. `waived`
    are the rules of weeks that were waived for announced dates, by code.
    """

    today: date
    programme: Programme
    policy: Policy
    frameworks: Mapping[str, Framework]
    followed: Mapping[str, Framework]
    areas: tuple[Area, ...]
    activities: tuple[Activity, ...]
    announced: Mapping[str, Announced]
    waived: Mapping[str, frozenset[str]]
    steps: Mapping[str, Mapping[str, Step]]
    ratings: Mapping[str, Sequence[Rating]]
    inspectors: tuple[Inspector, ...]
    skills: Mapping[str, Sequence[str]]
    absences: Mapping[str, Sequence[Absence]]
    leave: Mapping[str, Sequence[Leave]]
    answers: Mapping[str, Sequence[PlaceAnswer]]
    place_pins: Mapping[str, Sequence[PlacePin]]
    conflicts: Mapping[str, Sequence[Conflict]]
    holidays: Mapping[str, Sequence[SchoolHoliday]]
    closures: Mapping[str, Sequence[Closure]]
    partner_groups: tuple[PartnerGroup, ...]
    partner_areas: Mapping[str, Sequence[str]]
    pools: tuple[AnonymousPool, ...]

    def holidays_of(self, area: str) -> list[tuple[date, date]]:
        """School holidays of an area, from a first day up to, not including, an end."""
        calendar = next(row.holiday_calendar for row in self.areas if row.code == area)
        return [(row.start_on, row.end_on) for row in self.holidays.get(calendar, ())]


def read_facts(session: Session, as_of: date | None = None, files: RuleFiles | None = None) -> Facts:
    """Read all facts, as they are on a day; without one on the day of planning.

    Raises
    ------
    NotFound
        If nothing was imported yet.
    """
    programme = session.get(Programme, 1)
    if programme is None:
        advice = IMPORT.advise("Import one first")
        raise NotFound("programme", "there is no programme in the database.", advice)
    activities = tuple(
        session.exec(select(Activity).where(Activity.state != "cancelled").order_by(col(Activity.code)))
    )
    announced = _announced(session, activities)
    known = frameworks() if files is None else {**frameworks(), **files.frameworks}
    followed = _followed(session, activities, known)
    return Facts(
        today=_today(programme, as_of),
        programme=programme,
        policy=load_policy(programme.policy) if files is None else files.policy,
        frameworks={framework.id: framework for framework in followed.values()} | dict(known),
        followed=followed,
        areas=tuple(session.exec(select(Area).order_by(col(Area.code)))),
        activities=activities,
        announced=announced,
        waived=waived_weeks(session, {code: known.starts for code, known in announced.items()}),
        steps=_steps(session, activities),
        ratings=_grouped(session, Rating, "area_code"),
        inspectors=tuple(session.exec(select(Inspector).order_by(col(Inspector.code)))),
        skills=_skills(session),
        absences=_grouped(session, Absence, "inspector_code"),
        leave=_grouped(session, Leave, "inspector_code"),
        answers=_grouped(session, PlaceAnswer, "activity_code"),
        place_pins=_grouped(session, PlacePin, "activity_code"),
        conflicts=_grouped(session, Conflict, "inspector_code"),
        holidays=_grouped(session, SchoolHoliday, "calendar"),
        closures=_grouped(session, Closure, "area_code"),
        partner_groups=tuple(session.exec(select(PartnerGroup).order_by(col(PartnerGroup.code)))),
        partner_areas=_members(session),
        pools=tuple(session.exec(select(AnonymousPool).order_by(col(AnonymousPool.code)))),
    )


def _today(programme: Programme, as_of: date | None) -> date:
    """The present day; a programme that is over is planned once more as on its day of planning."""
    if as_of is None or as_of > programme.last_start_on:
        return programme.planned_on
    return max(as_of, programme.planned_on)


def _followed(
    session: Session, activities: Sequence[Activity], known: Mapping[str, Framework]
) -> dict[str, Framework]:
    kept, keep_theirs = read_kept(session), bound(session)
    conditions = Conditions(session)
    followed = {}
    for activity in activities:
        its_own = kept_for(activity, kept) if activity.id in keep_theirs else None
        framework = its_own or find_framework(activity.framework_id, known)
        followed[activity.code] = conditions.left_of(framework, activity)
    return followed


def _grouped(session: Session, model: type[Table], column: str) -> dict[str, list[Table]]:
    """Rows by one of their columns, in the order of all their columns, so that equal facts give equal problems."""
    found: dict[str, list[Table]] = defaultdict(list)
    names = [name for name in model.model_fields if name != "id"]
    for row in sorted(
        session.exec(select(model)), key=lambda row: [str(getattr(row, name)) for name in names]
    ):
        found[getattr(row, column) or EVERYWHERE].append(row)
    return found


def _skills(session: Session) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in session.exec(select(InspectorSkill).order_by(col(InspectorSkill.skill_code))):
        found[row.inspector_code].append(row.skill_code)
    return found


def _members(session: Session) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in session.exec(select(PartnerMember).order_by(col(PartnerMember.area_code))):
        found[row.group_code].append(row.area_code)
    return found


def _steps(session: Session, activities: Sequence[Activity]) -> dict[str, dict[str, Step]]:
    """The steps of what is under way or done, and what is done of others."""
    code = {activity.id: activity.code for activity in activities}
    begun = [activity.id for activity in activities if activity.state in BEGUN]
    found: dict[str, dict[str, Step]] = defaultdict(dict)
    query = select(Step).where(or_(col(Step.activity_id).in_(begun), Step.state == "done"))
    for step in session.exec(query):
        if step.activity_id in code:
            found[code[step.activity_id]][step.step_id] = step
    return found


def _announced(session: Session, activities: Sequence[Activity]) -> dict[str, Announced]:
    version_by_code = {
        activity.code: activity.plan_version for activity in activities if activity.plan_version is not None
    }
    versions = set(version_by_code.values())
    starts: dict[str, dict[str, date]] = defaultdict(dict)
    for stage in session.exec(select(PlannedStage).where(col(PlannedStage.plan_version).in_(versions))):
        if version_by_code.get(stage.activity_code) == stage.plan_version:
            starts[stage.activity_code][stage.stage] = stage.start_on
    seats: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for place in session.exec(select(TeamPlace).where(col(TeamPlace.plan_version).in_(versions))):
        is_published = version_by_code.get(place.activity_code) == place.plan_version
        if is_published and place.inspector_code is not None:
            seats[place.activity_code].append((place.skill, place.inspector_code))
    left: dict[str, set[str]] = defaultdict(set)
    for past in session.exec(select(PastSeat).where(col(PastSeat.plan_version).in_(versions))):
        if version_by_code.get(past.activity_code) == past.plan_version:
            left[past.activity_code].add(past.inspector_code)
    return {code: _team(days, seats[code], left[code]) for code, days in starts.items()}


def _team(days: Mapping[str, date], seats: Sequence[tuple[str, str]], left: Iterable[str]) -> Announced:
    members = tuple(sorted({person for _, person in seats}))
    leader = next((person for skill, person in seats if skill == LEADER), None)
    return Announced(days, members, leader, tuple(sorted(seats)), tuple(sorted(left)))
