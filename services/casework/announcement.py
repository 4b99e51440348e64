"""Whether the authority's side may know of an activity already (R068)."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import Session, col, select

from config.framework import ANNOUNCED, UNANNOUNCED, Framework
from models import Activity, Step
from services.programme import rules_of


def is_announced(session: Session, activity: Activity, framework: Framework) -> bool:
    """Whether it is announced now; where a step announces it, that step must be done."""
    if framework.announce_from in (ANNOUNCED, UNANNOUNCED):
        return framework.is_announced(())
    query = select(Step.step_id).where(Step.activity_id == activity.id, Step.state == "done")
    return framework.is_announced(session.exec(query).all())


def announced(session: Session, codes: Collection[str]) -> frozenset[str]:
    """Which of these activities are announced now: the others bear no name where others can read it."""
    rules, of_codes = rules_of(session), col(Activity.code).in_(codes)
    done: dict[int, set[str]] = defaultdict(set)
    query = select(Step.activity_id, Step.step_id).join(Activity, col(Activity.id) == col(Step.activity_id))
    for activity_id, step_id in session.exec(query.where(of_codes, Step.state == "done")):
        done[activity_id].add(step_id)
    rows = session.exec(select(Activity).where(of_codes)).all()
    return frozenset(row.code for row in rows if rules.of(row).is_announced(done[row.id or 0]))
