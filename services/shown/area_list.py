"""Every area in a line: where it stands in the published plan, what is next, how urgent it is, its last grade."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, ActivityGrade, Area, Rating
from reports.values import Level
from services.casework.overall import overall_grade, overall_slot
from services.plans.plan_store import published_version
from services.programme import Rules, rules_of
from services.shown.chart_words import next_step, state_of
from services.shown.shown_plan import ShownActivity, read_plan

MOST_URGENT = 10


@dataclass(frozen=True)
class LastGrade:
    """The grade that an area got last, the day, and of what: the name of an activity, or what was rated."""

    grade: str
    decided_on: date
    of: str


@dataclass(frozen=True)
class AreaLine:
    """An area as a list shows it.

    `urgency` is 1 (none) to 10 (gravest concern). `state` is where it stands in words; `level` says whether that is
    late, at risk or usual. `next_on` and `next_name` are the next day on which something begins or is due, if any.
    `kinds` are its activities, by code of the kind with its name.
    """

    code: str
    name: str
    region: str
    urgency: int
    urgency_source: str
    state: str
    level: Level
    next_on: date | None
    next_name: str
    last: LastGrade | None
    kinds: tuple[tuple[str, str], ...]


def area_lines(session: Session, as_of: date) -> tuple[AreaLine, ...]:
    """Every area by name; before the first publication none has a date."""
    rules = rules_of(session)
    areas = session.exec(select(Area).order_by(col(Area.name)))
    grades = _last_grades(session, rules)
    plan = published_version(session)
    by_area: dict[str, list[ShownActivity]] = defaultdict(list)
    view = None if plan is None or plan.version is None else read_plan(session, plan.version)
    for activity in view.activities if view is not None else ():
        by_area[activity.area.code].append(activity)
    lines = []
    for area in areas:
        activities = by_area.get(area.code, [])
        ahead = next_step(activities, as_of)
        state = None if view is None else state_of(view, activities, as_of)
        lines.append(
            AreaLine(
                code=area.code,
                name=area.name,
                region=area.region,
                urgency=area.urgency,
                urgency_source=area.urgency_source,
                state="Nothing is published" if state is None else state.words,
                level=Level.USUAL if state is None else state.level,
                next_on=ahead[0] if ahead else None,
                next_name=ahead[1] if ahead else "",
                last=grades.get(area.code),
                kinds=tuple({activity.row.kind: activity.framework.name for activity in activities}.items()),
            )
        )
    return tuple(lines)


def _last_grades(session: Session, rules: Rules) -> dict[str, LastGrade]:
    """By area: what was judged last of an activity, else the rating that was published last of the area."""
    ratings = session.exec(select(Rating).order_by(col(Rating.published_on), col(Rating.measure)))
    found = {
        row.area_code: LastGrade(row.value, row.published_on, row.measure.replace("_", " "))
        for row in ratings
        if row.value
    }
    query = (
        select(Activity, ActivityGrade)
        .join(ActivityGrade, col(ActivityGrade.activity_id) == col(Activity.id))
        .order_by(col(ActivityGrade.decided_on))
    )
    judged: dict[str, tuple[Activity, list[ActivityGrade]]] = {}
    for activity, grade in session.exec(query):
        judged.setdefault(activity.code, (activity, []))[1].append(grade)
    for activity, given in sorted(judged.values(), key=lambda pair: pair[1][-1].decided_on):
        framework, decided_on = rules.whole(activity), given[-1].decided_on
        overall = _grade(framework, {row.judgement: row.grade for row in given}, decided_on)
        if overall:
            found[activity.area_code] = LastGrade(overall, decided_on, framework.name)
    return found


def _grade(framework: Framework, grades: dict[str, str], decided_on: date) -> str:
    """The overall grade that was given or follows (R147); where none is made, the worst of all."""
    if overall_slot(framework, decided_on) is not None:
        return overall_grade(framework, grades, decided_on).grade or ""
    slots = [slot for slot in framework.judgements if grades.get(slot.id) in slot.scale]
    worst = min(slots, key=lambda slot: slot.scale.index(grades[slot.id]), default=None)
    return "" if worst is None else f"{grades[worst.id]} ({worst.name})"
