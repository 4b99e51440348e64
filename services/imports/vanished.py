"""Removing what is no longer in the files, unless a published plan needs it."""

from collections.abc import Collection, Iterable, Sequence

from sqlmodel import Session, SQLModel, col, select

from models import (
    Activity,
    AnonymousPool,
    Area,
    Body,
    Comparator,
    ConcernIndex,
    Conversation,
    CriticalEvent,
    EventDecision,
    FieldworkDecision,
    Inspector,
    Leave,
    OtherInspection,
    PartnerGroup,
    PastSeat,
    PlaceAnswer,
    PlacePin,
    PlannedStage,
    PlanVersion,
    SettingResult,
    Skill,
    Step,
    TeamPlace,
    YearlyAssessment,
    YearlyInput,
)
from services.imports.problems import ImportProblem, ImportRefused
from services.imports.reading import Batch
from services.imports.table_writing import remove
from services.kept_frameworks import ENDED
from services.plans.cancelling import original_of

ADVICE = "Keep the row until a plan without it is published."


def remove_vanished(opened: Session, batch: Batch, wanted: Collection[str]) -> dict[str, int]:
    """Remove areas, people, due inspections and lists that are not in the batch any more.

    A draft plan that refers to something removed becomes stale; its document keeps the names. What is done, or was
    called off, stays.

    Parameters
    ----------
    wanted
        Codes of the activities that the batch makes.

    Returns
    -------
    Number of removed rows by table.

    Raises
    ------
    ImportRefused
        With everything that vanished although the published plan needs it.
    """
    kept_areas = {area.code for area in batch.areas}
    areas = [area for area in opened.exec(select(Area)) if area.code not in kept_areas]
    kept_people = {inspector.code for inspector in batch.inspectors}
    people = [person for person in opened.exec(select(Inspector)) if person.code not in kept_people]
    gone_areas = {area.code for area in areas}
    ending = {area.code for area in batch.areas if area.ends_on is not None}
    activities = [
        activity
        for activity in opened.exec(select(Activity)).all()
        if activity.area_code in gone_areas
        or (
            activity.origin != "request"  # an event asked for it, no file
            and original_of(activity.code) not in wanted
            and activity.state not in ENDED
            and (_has_window(activity) or activity.area_code in ending)
        )
    ]
    problems = [
        *_needed_activities(opened, activities, gone_areas),
        *_needed_for_events(opened, activities, gone_areas),
        *_needed_assessments(opened, gone_areas),
        *_needed_people(opened, people),
    ]
    if problems:
        raise ImportRefused(problems)
    _forget_answers(opened, [activity.code for activity in activities], [person.code for person in people])
    _let_drafts_go(opened, [activity.code for activity in activities], [person.code for person in people])
    lists = _gone_lists(opened, batch)
    remove(opened, activities)
    _forget_evidence(opened, gone_areas)
    remove(opened, areas)
    remove(opened, people)
    for rows in lists:
        remove(opened, rows)
    counts = {"Activity": len(activities), "Area": len(areas), "Inspector": len(people)}
    return counts | {type(rows[0]).__name__: len(rows) for rows in lists if rows}


def _forget_evidence(opened: Session, areas: Collection[str]) -> None:
    """What was only known of areas: indices, comparisons, other inspections, assessments that were only issued."""
    issued = select(YearlyAssessment).where(col(YearlyAssessment.area_code).in_(areas))
    indices = select(ConcernIndex).where(col(ConcernIndex.area_code).in_(areas))
    compared = select(Comparator).where(
        col(Comparator.area_code).in_(areas) | col(Comparator.comparator_code).in_(areas)
    )
    remove(opened, [*opened.exec(indices), *opened.exec(compared), *opened.exec(issued)])
    due = select(OtherInspection).where(col(OtherInspection.area_code).in_(areas))
    found = select(SettingResult).where(col(SettingResult.area_code).in_(areas))
    remove(opened, [*opened.exec(due), *opened.exec(found)])


def _has_window(activity: Activity) -> bool:
    """Whether it was made for its window: a due inspection, one of a year, one of an area that begins or ends."""
    return activity.window_start_on is not None or activity.window_end_on is not None


def _gone(rows: Iterable[SQLModel], kept: Collection[str]) -> list[SQLModel]:
    return [row for row in rows if getattr(row, "code") not in kept]  # noqa: B009


def _gone_lists(opened: Session, batch: Batch) -> list[list[SQLModel]]:
    return [
        _gone(opened.exec(select(PartnerGroup)).all(), {group.code for group in batch.partner_groups}),
        _gone(opened.exec(select(AnonymousPool)).all(), {pool.code for pool in batch.pools}),
        _gone(opened.exec(select(Skill)).all(), {skill.code for skill in batch.skills}),
        _gone(opened.exec(select(Body)).all(), {body.code for body in batch.bodies}),
    ]


def _needed_activities(
    opened: Session, activities: Sequence[Activity], gone_areas: Collection[str]
) -> list[ImportProblem]:
    """Areas and inspections whose dates were published, or whose work has begun."""
    codes = [activity.code for activity in activities]
    published = set(
        opened.exec(
            select(PlannedStage.activity_code)
            .join(PlanVersion, col(PlanVersion.version) == col(PlannedStage.plan_version))
            .where(PlanVersion.status == "published", col(PlannedStage.activity_code).in_(codes))
        )
    )
    begun = set(
        opened.exec(select(Step.activity_id).where(col(Step.activity_id).in_([a.id for a in activities])))
    )
    found: dict[tuple[str, str, str], ImportProblem] = {}
    for activity in activities:
        if activity.code not in published and activity.id not in begun:
            continue
        is_area = activity.area_code in gone_areas
        file, column = ("areas.csv", "code") if is_area else ("inspections_due.csv", "area")
        what = "this area" if is_area else f"the {activity.kind} inspection of this area"
        message = f"{what} is no longer in the file, but its dates are published ({activity.code})."
        place = (file, column, activity.area_code)
        found.setdefault(place, ImportProblem(file, None, column, activity.area_code, message, ADVICE))
    return list(found.values())


def _needed_for_events(
    opened: Session, activities: Sequence[Activity], gone_areas: Collection[str]
) -> list[ImportProblem]:
    """Areas in whose log an event stands, and inspections that an event pulls forward (R095): the log stays."""
    logged = select(CriticalEvent.area_code).where(col(CriticalEvent.area_code).in_(gone_areas))
    message = "this area is no longer in the file, but critical events in it are recorded."
    advice = "Keep the row."
    problems = [
        ImportProblem("areas.csv", None, "code", code, message, advice)
        for code in sorted(set(opened.exec(logged)))
    ]
    pulled = set(opened.exec(select(EventDecision.activity_id)))
    problems += [
        ImportProblem(
            "inspections_due.csv",
            None,
            "area",
            activity.area_code,
            f"the {activity.kind} inspection of this area is no longer in the file, but an event needs it "
            f"({activity.code}).",
            advice,
        )
        for activity in activities
        if activity.id in pulled and activity.area_code not in gone_areas
    ]
    return problems


def _needed_assessments(opened: Session, gone_areas: Collection[str]) -> list[ImportProblem]:
    """Areas whose yearly assessment is more than issued: what was said of it stays (R107)."""
    numbers = select(YearlyInput.assessment_id).union(select(Conversation.assessment_id))
    said = select(YearlyAssessment.area_code).where(
        col(YearlyAssessment.area_code).in_(gone_areas),
        (col(YearlyAssessment.state) != "issued") | col(YearlyAssessment.id).in_(numbers),
    )
    message = "this area is no longer in the file, but a yearly assessment of it is under way or done."
    return [
        ImportProblem("areas.csv", None, "code", code, message, "Keep the row.")
        for code in sorted(set(opened.exec(said)))
    ]


def _needed_people(opened: Session, people: Sequence[Inspector]) -> list[ImportProblem]:
    """People in the teams of the published plan."""
    codes = [person.code for person in people]
    places = opened.exec(
        select(TeamPlace.inspector_code, TeamPlace.activity_code)
        .join(PlanVersion, col(PlanVersion.version) == col(TeamPlace.plan_version))
        .where(PlanVersion.status == "published", col(TeamPlace.inspector_code).in_(codes))
        .order_by(col(TeamPlace.activity_code))
    )
    left = opened.exec(
        select(PastSeat.inspector_code, PastSeat.activity_code)
        .join(PlanVersion, col(PlanVersion.version) == col(PastSeat.plan_version))
        .where(PlanVersion.status == "published", col(PastSeat.inspector_code).in_(codes))
        .order_by(col(PastSeat.activity_code))
    )
    teams: dict[str, list[str]] = {}
    for inspector, activity in (*places, *left):
        if inspector is not None:
            teams.setdefault(inspector, []).append(activity)
    return [
        ImportProblem(
            "inspectors.csv",
            None,
            "code",
            inspector,
            f"this person is no longer in the file, but is in the published team of {', '.join(codes)}.",
            ADVICE,
        )
        for inspector, codes in teams.items()
    ]


def _forget_answers(opened: Session, activities: Sequence[str], people: Sequence[str]) -> None:
    """Places and leave of people who are gone, and what was said of activities that are gone."""
    for table in (PlaceAnswer, PlacePin):
        of_gone = col(table.activity_code).in_(activities) | col(table.inspector_code).in_(people)
        remove(opened, opened.exec(select(table).where(of_gone)).all())
    numbers = select(Activity.id).where(col(Activity.code).in_(activities))
    decided = select(FieldworkDecision).where(col(FieldworkDecision.activity_id).in_(numbers))
    remove(opened, opened.exec(decided).all())
    remove(opened, opened.exec(select(Leave).where(col(Leave.inspector_code).in_(people))).all())


def _let_drafts_go(opened: Session, activities: Sequence[str], people: Sequence[str]) -> None:
    """Free plans that are not published from what is removed: seats lose the person, drafts are stale."""
    seats = opened.exec(select(TeamPlace).where(col(TeamPlace.inspector_code).in_(people))).all()
    stages = opened.exec(select(PlannedStage).where(col(PlannedStage.activity_code).in_(activities))).all()
    for seat in seats:
        seat.inspector_code = None
        opened.add(seat)
    for past in opened.exec(select(PastSeat).where(col(PastSeat.inspector_code).in_(people))):
        opened.delete(past)
    versions = {seat.plan_version for seat in seats} | {stage.plan_version for stage in stages}
    for plan in opened.exec(select(PlanVersion).where(col(PlanVersion.version).in_(versions))):
        plan.is_stale = True
        opened.add(plan)
    opened.flush()
