"""What frameworks themselves say against a publication: not approved yet, or not holding on the day."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlmodel import Session, select

from models import Activity, PlannedStage, PlanVersion
from reports.words import date_in_words, plural
from services.days.planned_days import begins_on
from services.errors import Objection
from services.kept_frameworks import bound
from services.plans import plan_store
from services.programme import Rules

APPROVED = ("approved", "published")
"""What a framework must be before anything is published under it (R001)."""


def not_approved(activities: Sequence[Activity], rules: Rules) -> Iterator[Objection]:
    """R001: what is a draft, or has only been consulted on, may be tried out but not published."""
    followed = {rules.of(activity).id: rules.of(activity) for activity in activities}
    for name, framework in sorted(followed.items()):
        if framework.status not in APPROVED:
            count = sum(activity.framework_id == name for activity in activities)
            whose = plural(count, "activity follows it", "activities follow it")
            message = f"its status is '{framework.status}'; {whose}."
            advice = 'Once it is approved, set status = "approved" in its file.'
            yield Objection(f"framework {name}", message, advice, "R001")


def solved_otherwise(
    session: Session, row: PlanVersion, activities: Sequence[Activity], rules: Rules
) -> Iterator[Objection]:
    """A plan keeps at least the weeks that the framework wants now; it may have been solved before a change."""
    assert row.version is not None
    keep_theirs = bound(session)
    kept = {
        (stage.activity_code, stage.stage): (stage.end_on - stage.start_on).days // 7
        for stage in session.exec(select(PlannedStage).where(PlannedStage.plan_version == row.version))
    }
    found: dict[tuple[str, str, int, int], int] = Counter(
        (activity.framework_id, stage.id, weeks, stage.occupied_weeks())
        for activity in activities
        if activity.id not in keep_theirs  # what is on its way takes the weeks that it really takes
        for stage in rules.of(activity).stages
        if (weeks := kept.get((activity.code, stage.id), stage.occupied_weeks())) < stage.occupied_weeks()
    )
    for (framework, stage_id, weeks, wanted), count in sorted(found.items()):
        whose = plural(count, "activity", "activities")
        message = (
            f"the plan keeps {plural(weeks, 'week')} for {stage_id} of {whose}, the file now says {wanted}."
        )
        yield Objection(f"framework {framework}", message, "Solve again.")


def outside_validity(
    session: Session, row: PlanVersion, activities: Sequence[Activity], rules: Rules
) -> Iterator[Objection]:
    """An activity starts while its framework holds: from `valid_from` up to, not including, `valid_to`."""
    assert row.version is not None
    mondays = plan_store.mondays_by_activity(session, row.version)
    for activity in activities:
        framework = rules.of(activity)
        stage = framework.stages[0]
        monday = mondays.get(activity.code, {}).get(stage.id)
        if monday is None or framework.is_valid_on(day := begins_on(stage, monday)):
            continue
        until = f" and until the day before {date_in_words(framework.valid_to)}" if framework.valid_to else ""
        message = (
            f"it starts on {date_in_words(day)}, but {framework.id} holds from "
            f"{date_in_words(framework.valid_from)}{until}."
        )
        advice = "Import an earlier last_start_on, or change valid_from or valid_to in the framework's file."
        yield Objection(f"activity {activity.code}", message, advice)
