"""What is left of a framework for an activity: it may depend on its extent, scope, grades, or the last one's grades."""

from collections import defaultdict

from sqlmodel import Session, col, func, select

from config.applying import applied, is_conditional
from config.conditions import Circumstances, Grades
from config.framework import Framework
from models import Activity, ActivityGrade, PlannedStage


class Conditions:
    """Looks grades up, once for each activity, for as long as a session lasts."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: dict[int | None, tuple[Grades, Grades]] = {}
        self._unconditional: dict[int, Framework] = {}
        self._applied: dict[str, Framework] = {}
        self._graded: dict[tuple[str, str], set[int | None]] | None = None
        self._kept: list[Framework] = []  # as long as a framework is kept, no other one has its id

    def left_of(self, framework: Framework, activity: Activity) -> Framework:
        """The framework without what depends on a condition that does not hold."""
        if self._unconditional.get(id(framework)) is framework:
            return framework
        if not is_conditional(framework):
            self._unconditional[id(framework)] = framework
            return framework
        if activity.id not in self._found:
            self._found[activity.id] = self._look_up(framework, activity)
        grades, last = self._found[activity.id]
        at = Circumstances(activity.extent, activity.outcomes, grades, last)
        # Few circumstances differ among hundreds of activities, and to apply a framework to them takes a while.
        key = f"{id(framework)} {at}"
        if key not in self._applied:
            self._applied[key] = applied(framework, at)
            self._kept.append(framework)
        return self._applied[key]

    def forget(self) -> None:
        """Look everything up again: something was judged."""
        self._found.clear()
        self._graded = None

    def _look_up(self, framework: Framework, activity: Activity) -> tuple[Grades, Grades]:
        """Grades of an activity and of the last one; most areas have none, which one query tells for all of them."""
        if self._graded is None:
            query = select(Activity.id, Activity.area_code, Activity.kind).join(
                ActivityGrade, col(ActivityGrade.activity_id) == col(Activity.id)
            )
            self._graded = defaultdict(set)
            for number, area_code, kind in self._session.exec(query.distinct()):
                self._graded[area_code, kind].add(number)
        graded = self._graded[activity.area_code, activity.kind]
        its_own = grades_of(self._session, activity) if activity.id in graded else {}
        last = last_grades(self._session, activity) if graded - {activity.id} else {}
        return its_own, last or _outcome(framework, activity)


def _outcome(framework: Framework, activity: Activity) -> Grades:
    """The overall grade of an area's last one that was done before jarcycle was used."""
    if activity.last_outcome is None:
        return {}
    return {slot.id: activity.last_outcome for slot in framework.judgements if slot.is_overall}


def grades_of(session: Session, activity: Activity) -> dict[str, str]:
    """Grades of an activity by judgement."""
    rows = session.exec(select(ActivityGrade).where(ActivityGrade.activity_id == activity.id))
    return {row.judgement: row.grade for row in rows}


def last_grades(session: Session, activity: Activity) -> dict[str, str]:
    """Grades of the area's last activity of the same kind that was judged before this one begins."""
    begins_on = session.exec(
        select(func.min(PlannedStage.start_on)).where(
            PlannedStage.activity_code == activity.code, PlannedStage.plan_version == activity.plan_version
        )
    ).one()
    query = (
        select(Activity)
        .join(ActivityGrade, col(ActivityGrade.activity_id) == col(Activity.id))
        .where(Activity.area_code == activity.area_code, Activity.kind == activity.kind)
        .where(Activity.id != activity.id)
        .order_by(col(ActivityGrade.decided_on).desc())
    )
    if begins_on is not None:
        query = query.where(col(ActivityGrade.decided_on) < begins_on)
    last = session.exec(query).first()
    return {} if last is None else grades_of(session, last)
