"""Why something is told: the reason of a plan, of what happened to the steps before, or of a person's word."""

from collections.abc import Iterable, Iterator, Sequence

from sqlmodel import Session

from config.framework import Framework
from models import PlanVersion, Step
from reports.words import date_in_words, list_in_words
from services import audit
from services.casework.announcements import CANCELLED, WITHDRAWN, News
from services.casework.notices import NEW_NOTICE
from services.casework.undoing import UNDO


def why(session: Session, news: News, framework: Framework, steps: Sequence[Step]) -> str:
    """The reason for what is told, without a full stop; empty if there is none to be told."""
    if news.occasion == CANCELLED:
        return _last_reason(session, [news.activity.code], None)
    if news.occasion == WITHDRAWN:
        opening = (step.step_id for step in steps if framework.opens_to_authority(step.step_id))
        names = [f"{news.activity.code} {step_id}" for step_id in opening]
        return _last_reason(session, names, (UNDO, NEW_NOTICE))
    if not news.before:
        return ""
    if news.is_new_plan:
        plan = session.get(PlanVersion, news.activity.plan_version)
        return (plan.reason if plan else "").rstrip(".") or "a new plan was published"
    reasons = list(dict.fromkeys(_of_steps(news, steps)))
    return list_in_words(reasons) or "the steps before have moved"


def _of_steps(news: News, steps: Iterable[Step]) -> Iterator[str]:
    """What happened to the steps from which others count, and which steps came or went."""
    by_id = {step.step_id: step for step in steps}
    moved = [by_id[step] for step, before in news.before.items() if before and news.days.get(step)]
    for step in moved:
        origin = by_id.get(step.counted_from)
        if origin is not None and origin.actual_on is not None:
            yield f"{origin.name} was done on {date_in_words(origin.actual_on)}"
    for step in moved:
        if step.agreed_on is not None:
            yield f"another day was agreed for {step.name}"
    if len(moved) < len(news.before):
        yield "what is known of it now asks for other steps than before"


def _last_reason(session: Session, subjects: Iterable[str], actions: tuple[str, ...] | None) -> str:
    """The reason that was given for the last of such words."""
    for subject in subjects:
        for entry in audit.entries(session, subject):
            if entry.why and (actions is None or entry.action in actions):
                return entry.why.rstrip(".")
    return ""
