"""Publishing a plan: its dates become the programme, first indicative, then confirmed, then final (R015-R019).

A plan's version stays as it is; how precise its dates are is kept with each activity and only rises (R018).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from models import Activity, PlanVersion, PlanWaiver, Programme
from services import audit
from services.audit import Word
from services.casework.advancing import lock_all, settle
from services.casework.notices import give_notice_anew
from services.casework.precision import Precision, higher
from services.casework.review_timetable import InvalidTimetable
from services.casework.steps import LIVING, date_steps, steps_of
from services.casework.waiver_reasons import WaiverReason
from services.errors import Objection, PlanRefused
from services.kept_frameworks import follow_files
from services.plans import plan_store
from services.plans.moved_stages import MovedStage, stages_moved
from services.plans.publish_checks import Request, Waiver, objections_to
from services.plans.waived_rules import keep_waivers
from services.problem.short_notice import ShortNotice, short_notices
from services.programme import Rules, rules_of

__all__ = ["MovedStage", "Precision", "Publication", "Waiver", "publish"]


@dataclass(frozen=True)
class Publication:
    """What a publication did. `new` activities had no dates before; `moved` stages had others.

    `reworded` has, by framework, the activities that had followed an earlier text of it and were not bound to that.
    `notices` are the activities of which notice has to be given anew. `is_news` is false if the plan was published
    already, just so: then nothing was written. `short_notice` names what begins too early for its notice (R094).
    """

    version: int
    replaced: int | None
    precision: Precision
    activities: int
    new: int
    moved: tuple[MovedStage, ...]
    reworded: Mapping[str, Sequence[str]] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    is_news: bool = True
    short_notice: tuple[ShortNotice, ...] = ()


def publish(
    session: Session,
    version: int,
    precision: str,
    word: Word,
    waivers: frozenset[Waiver] = frozenset(),
    moving: Collection[str] = (),
    broken: Mapping[str, WaiverReason] | None = None,
) -> Publication:
    """Make a plan the published programme, and put every step of its activities on its date.

    The precision of an activity only rises: one that is final stays final when an indicative programme is
    published (R018). Where dates change, the activity's revision rises and unsent reminders are superseded; all in
    one transaction. Whoever has been told of the dates hears of the change with the next messages.

    Parameters
    ----------
    precision
        indicative, confirmed or final.
    word
        Whose publication it is; its note, the reason, is needed with any waiver.
    waivers
        Rules that are knowingly set aside.
    moving
        Codes of activities that may move though notice of their dates is given: it has to be given anew.
    broken
        Rules that the plan breaks and that are waived, each with its reason; kept with the plan.

    Raises
    ------
    PlanRefused
        With every reason: rules broken without a waiver, uncovered places, an activity or a kind left out (R015), a
        framework that is not approved (R001) or does not hold on an activity's first day, a moved activity that has
        begun or, unless it is named, that has had its notice; a date that is past; without a waiver also an older or
        stale plan, and final dates that move.
    """
    row = plan_store.find_version(session, version)
    level, rules = Precision.of(precision), rules_of(session)
    session.get(Programme, 1, with_for_update=True)  # one publication at a time
    lock_all(session)  # and no word about a step between what is checked and what is done
    activities = living(session)
    reworded = follow_files(session, activities, rules.frameworks, word.at)
    replaced = plan_store.published_version(session)
    moved = stages_moved(session, activities, version)
    request = Request(waivers, frozenset(moving), word, broken or {})
    refusals = objections_to(session, row, replaced, activities, moved, rules, request)
    if refusals:
        raise PlanRefused(refusals)
    notices = give_notice_anew(session, _by_name(activities, moved, request), rules, word)
    waived = keep_waivers(session, row, request.rules, word)
    new, is_changed = _apply(session, row, activities, level, rules, word.as_of)
    number = None if replaced is None or replaced.version == version else replaced.version
    publication = Publication(
        version,
        number,
        level,
        len(activities),
        new,
        tuple(moved),
        reworded,
        notices,
        is_changed or bool(reworded) or bool(waived) or row is not replaced,
        short_notices(session, _begins(session, version), word.as_of),
    )
    if publication.is_news:
        _mark(session, row, replaced, word)
        _audit(session, publication, word, waivers, waived)
    return publication


def _begins(session: Session, version: int) -> dict[str, date]:
    """The first Monday of each activity of a stored plan."""
    mondays = plan_store.mondays_by_activity(session, version)
    return {code: min(stages.values()) for code, stages in mondays.items()}


def _by_name(activities: list[Activity], moved: list[MovedStage], request: Request) -> list[Activity]:
    """The activities that move because the planner named them."""
    codes = {stage.activity for stage in moved} & request.moving
    return [activity for activity in activities if activity.code in codes]


def living(session: Session) -> list[Activity]:
    """Every activity that a publication dates, by code."""
    query = select(Activity).where(col(Activity.state).in_(LIVING))
    return list(session.exec(query.order_by(col(Activity.code))))


def _apply(
    session: Session,
    row: PlanVersion,
    activities: list[Activity],
    level: Precision,
    rules: Rules,
    as_of: date,
) -> tuple[int, bool]:
    """Dates and precision of every activity; returns how many had none before, and whether anything is different."""
    new, refusals, is_changed = 0, [], False
    for activity in activities:
        new += activity.plan_version is None
        is_changed |= activity.plan_version != row.version
        is_changed |= activity.precision != higher(activity.precision, level)
        activity.plan_version = row.version
        activity.precision = higher(activity.precision, level)
        try:
            is_changed |= bool(date_steps(session, activity, rules.of(activity), as_of))
        except InvalidTimetable as error:
            refusals += [
                Objection(f"{activity.code} {found.place}", found.message, found.advice, found.requirement)
                for found in error.findings
            ]
            continue
        settle(activity, steps_of(session, activity))
    if refusals:
        raise PlanRefused(refusals)
    return new, is_changed


def _mark(session: Session, row: PlanVersion, replaced: PlanVersion | None, word: Word) -> None:
    if replaced is not None and replaced.version != row.version:
        replaced.status = "superseded"
        session.flush()
    row.status, row.published_by, row.published_at = "published", word.who, word.at
    row.reason = word.note or row.reason  # a replanned draft says already for which event it was made


def _audit(
    session: Session,
    publication: Publication,
    word: Word,
    waivers: frozenset[Waiver],
    waived: Sequence[PlanWaiver],
) -> None:
    moved = publication.moved
    audit.record_word(
        session,
        word,
        "publish",
        f"plan {publication.version}",
        before={
            "plan": publication.replaced,
            "dates": {f"{stage.activity} {stage.stage}": stage.before for stage in moved},
        },
        after={
            "plan": publication.version,
            "precision": publication.precision.value,
            "waivers": sorted(waivers),
            "notice anew": publication.notices,
            "dates": {f"{stage.activity} {stage.stage}": stage.after for stage in moved},
            **({"broken rules waived": _by_rule(waived)} if waived else {}),
            **({"frameworks": publication.reworded} if publication.reworded else {}),
        },
    )


def _by_rule(waived: Sequence[PlanWaiver]) -> dict[str, dict[str, object]]:
    """Rules that are waived: where the plan breaks each, and why it may."""
    found: dict[str, dict[str, object]] = {}
    for row in waived:
        places = [other.place for other in waived if other.rule == row.rule]
        found[row.rule] = {"places": places, "code": row.code, "why": row.why}
    return found
