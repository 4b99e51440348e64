"""What has begun stays: which moves of a plan are refused, and which need a name and new notice (R019, R043)."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from sqlmodel import Session

from config.findings import nearest
from models import Activity, Step
from reports.words import date_in_words
from services.casework.steps import steps_of
from services.doors import CALL_OFF, MOVE_BY_NAME
from services.errors import Objection
from services.plans.moved_stages import MovedStage
from services.problem.standing import Standing, standing_of
from services.programme import Rules


def stays(
    session: Session,
    activities: Sequence[Activity],
    moved: Sequence[MovedStage],
    rules: Rules,
    moving: Collection[str],
) -> Iterator[Objection]:
    """Moves that are refused, or not asked for by name.

    Parameters
    ----------
    moving
        Codes of the activities that the planner lets move.
    """
    by_code = {activity.code: activity for activity in activities}
    for code in sorted(set(moving) - by_code.keys()):
        message = "there is no activity of that code that could move."
        yield Objection(code, message, nearest(code, by_code))
    for code, stages in groupby(moved, key=lambda stage: stage.activity):
        activity = by_code[code]
        steps = {step.step_id: step for step in steps_of(session, activity)}
        standing = standing_of(activity, steps.values(), rules.of(activity))
        if standing is Standing.UNDER_WAY:
            planned = {stage.id for stage in rules.of(activity).stages}
            has_work_begun = any(steps[name].state != "planned" for name in planned if name in steps)
            yield from _under_way(code, list(stages), steps, has_work_begun, code in moving)
        elif standing is Standing.NOTIFIED and code not in moving:
            yield _unnamed(next(stages), "notice is given of its dates, but they move")


def _under_way(
    code: str, stages: list[MovedStage], steps: dict[str, Step], has_work_begun: bool, is_named: bool
) -> Iterator[Objection]:
    """What has begun stays; once the work in the area's weeks has begun, stages to come may be put later by name."""
    for stage in stages:
        place = f"{code} {stage.stage}"
        if steps[stage.stage].state != "planned":
            message = (
                f"it began on {date_in_words(stage.before)}; the plan has it on {date_in_words(stage.after)}."
            )
            yield Objection(place, message, "Solve again: what has begun stays.", "R019")
        elif not has_work_begun:
            message = (
                f"{code} is under way and stays on {date_in_words(stage.before)}; "
                f"the plan has it on {date_in_words(stage.after)}."
            )
            advice = CALL_OFF.advise("Solve or replan again, or call it off", code=code)
            yield Objection(place, message, advice, "R043")
        elif not is_named:
            yield _unnamed(stage, f"{code} is under way, but its stage moves")


def _unnamed(stage: MovedStage, fact: str) -> Objection:
    message = f"{fact} from {date_in_words(stage.before)} to {date_in_words(stage.after)}."
    advice = MOVE_BY_NAME.advise("If that is meant, name it", code=stage.activity)
    return Objection(f"{stage.activity} {stage.stage}", message, advice, "R019")
