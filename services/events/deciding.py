"""What is decided about an event: nothing, watch, pull a review forward, or a special review (R019, R094, R095)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from config.findings import nearest
from config.special_terms import SpecialTerms
from models import Activity, CriticalEvent, EventDecision
from reports.words import date_in_words
from services import audit, doors
from services.audit import Word
from services.casework.steps import LIVING, steps_of
from services.doors import CALL_OFF, SAY_WHY, Advice
from services.errors import Objection, Refused
from services.events.departing import Departure
from services.events.event_log import about, find_event
from services.events.special_reviews import living_reviews, make_special_review
from services.naming.steps import find_activity
from services.problem.standing import Standing, standing_of
from services.programme import policy_of, rules_of

DECIDE = "decide"
"""What the audit log calls it."""


class Decision(StrEnum):
    """What may be decided."""

    NONE = "none"
    WATCH = "watch"
    PULL_FORWARD = "pull_forward"
    SPECIAL_REVIEW = "special_review"


DECISION_WORDS = {
    Decision.NONE: "no review",
    Decision.WATCH: "watch",
    Decision.PULL_FORWARD: "pull forward",
    Decision.SPECIAL_REVIEW: "special review",
}


@dataclass(frozen=True)
class Verdict:
    """What somebody decides about an event.

    Attributes
    ----------
    decision
        None, watch, pull_forward or special_review; a dash does as well.
    by
        Who decided; the word is that of who writes it down, and its note the reason.
    is_correction
        The event was decided before, otherwise.
    activity
        Which activity is pulled forward; the area's own of the programme's main kind if it is empty.
    within_weeks
        In how many weeks it begins at most; None for what the policy says.
    terms, takes_place
        The terms of a special review, and whether it counts as the area's review of the round.
    """

    decision: str
    by: str
    is_correction: bool = False
    activity: str = ""
    within_weeks: int | None = None
    terms: SpecialTerms | None = None
    takes_place: bool = False


@dataclass(frozen=True)
class Decided:
    """What was decided: the agenda on which a watched event comes, the activity concerned, and every waiver."""

    event: int
    decision: Decision
    agenda: str = ""
    activity: str = ""
    within_weeks: int | None = None
    left_out: tuple[str, ...] = ()
    waivers: tuple[Departure, ...] = ()
    cancelled: str = ""


def decide(session: Session, number: int, verdict: Verdict, word: Word) -> Decided:
    """Decide about an event.

    Raises
    ------
    NotFound
        If there is no such event.
    Refused
        With everything wrong: an unknown decision, nobody who decided, no reason, a second decision that is no
        correction, options of another decision, an activity of another area or one that has begun, no terms.
    """
    event = find_event(session, number)
    before = last_decision(session, event)
    wrong = [*_objections(event, before, verdict, word), *_standing_review(session, before)]
    if wrong:
        raise Refused(wrong)
    decision = decision_named(verdict.decision)
    assert decision is not None  # else there was an objection
    row = EventDecision(
        event_id=event.id or 0,
        decision=decision,
        decided_by=verdict.by.strip(),
        decided_on=word.as_of,
        why=word.note.strip(),
        recorded_by=word.who,
        recorded_at=word.at,
    )
    answer = _done(session, event, decision, row, verdict, word)
    session.add(row)
    session.flush()
    after = {
        "decision": decision,
        "by": row.decided_by,
        "activity": answer.activity,
        "waivers": [f"{found.step_id} {found.rule.rule}: {found.rule.words}" for found in answer.waivers],
    }
    earlier = None if before is None else {"decision": before.decision, "by": before.decided_by}
    audit.record_word(session, word, DECIDE, about(event), before=earlier, after=after)
    return answer


def last_decision(session: Session, event: CriticalEvent) -> EventDecision | None:
    """The decision that holds."""
    query = select(EventDecision).where(EventDecision.event_id == event.id)
    return session.exec(query.order_by(col(EventDecision.id).desc())).first()


def decision_named(text: str) -> Decision | None:
    """The decision of a name, with a dash or an underscore; None if there is none."""
    name = text.strip().lower().replace("-", "_")
    return Decision(name) if name in set(Decision) else None


def _objections(
    event: CriticalEvent, before: EventDecision | None, verdict: Verdict, word: Word
) -> Iterator[Objection]:
    place, decision = f"event {event.id}", decision_named(verdict.decision)
    if decision is None:
        names = [name.replace("_", "-") for name in Decision]
        yield Objection(
            place, f"'{verdict.decision}' is no decision.", nearest(verdict.decision, names), field="decision"
        )
    if not verdict.by.strip():
        yield Objection(
            place,
            "nobody is named who decided.",
            Advice("Name them with --by.", "Name who decided."),
            "R094",
            "by",
        )
    if not word.note.strip():
        yield Objection(place, "a decision needs a reason.", SAY_WHY, "R094", "why")
    if word.as_of < event.happened_on:
        message = f"it happened on {date_in_words(event.happened_on)}, after {date_in_words(word.as_of)}."
        yield Objection(
            place,
            message,
            Advice("Correct --as-of.", "Decide on the day on which it happened, or later."),
            field="day",
        )
    if before is not None and not verdict.is_correction:
        what = DECISION_WORDS[Decision(before.decision)]
        message = f"{before.decided_by} decided on {date_in_words(before.decided_on)}: {what}."
        yield Objection(
            place,
            message,
            Advice(
                "If that is to be corrected, say so with --correct and --why.",
                "Tick the box if the earlier decision is to be corrected.",
            ),
            field="correct",
        )
    if before is None and verdict.is_correction:
        yield Objection(
            place,
            "nothing is decided yet that could be corrected.",
            Advice("Leave out --correct.", "Take the tick out of the box."),
            field="correct",
        )
    if decision is not None:
        yield from _other_options(place, decision, verdict)


def _other_options(place: str, decision: Decision, verdict: Verdict) -> Iterator[Objection]:
    """What only goes with another decision, and terms that are missing."""
    is_special, is_pulled = decision is Decision.SPECIAL_REVIEW, decision is Decision.PULL_FORWARD
    if is_special and verdict.terms is None:
        advice = Advice(
            "Name the file with its scope, days and who approved them: --terms FILE",
            "Choose a special review to give its scope, days and who approved them.",
        )
        yield Objection(place, "a special review has terms of its own.", advice, "R008", "decision")
    if not is_special and (verdict.terms is not None or verdict.takes_place):
        message = "only a special review has terms, and may take the place of another."
        yield Objection(
            place,
            message,
            Advice(
                "Leave out --terms and --takes-place.", "Choose a special review, or leave its terms out."
            ),
        )
    if not is_pulled and (verdict.activity or verdict.within_weeks is not None):
        message = "only a review that is planned already is pulled forward."
        yield Objection(
            place,
            message,
            Advice(
                "Leave out --activity and --within.", "Leave it blank, unless a review is pulled forward."
            ),
            field="activity",
        )


def _standing_review(session: Session, before: EventDecision | None) -> Iterator[Objection]:
    """A special review that was decided on stands until somebody cancels it."""
    if before is None or before.decision != Decision.SPECIAL_REVIEW or before.activity_id is None:
        return
    activity = session.get_one(Activity, before.activity_id)
    if activity.state != "cancelled":
        message = f"its special review {activity.code} stands."
        advice = CALL_OFF.advise("Call it off first", code=activity.code)
        yield Objection(f"event {before.event_id}", message, advice, "R043")


def _done(
    session: Session,
    event: CriticalEvent,
    decision: Decision,
    row: EventDecision,
    verdict: Verdict,
    word: Word,
) -> Decided:
    """Do what was decided, and keep it in the row."""
    number, rules = event.id or 0, policy_of(session).events
    if decision is Decision.WATCH:
        return Decided(number, decision, agenda=rules.agenda.on(word.as_of))
    if decision is Decision.PULL_FORWARD:
        activity = _to_pull(session, event, verdict.activity)
        row.activity_id, row.within_weeks = activity.id, verdict.within_weeks or rules.within_weeks
        return Decided(number, decision, activity=activity.code, within_weeks=row.within_weeks)
    if decision is Decision.SPECIAL_REVIEW:
        assert verdict.terms is not None  # else there was an objection
        made = make_special_review(session, event, verdict.terms, word, takes_place=verdict.takes_place)
        row.activity_id = made.activity.id
        return Decided(
            number,
            decision,
            activity=made.activity.code,
            left_out=made.left_out,
            waivers=made.waivers,
            cancelled=made.cancelled,
        )
    return Decided(number, decision)


def _to_pull(session: Session, event: CriticalEvent, text: str) -> Activity:
    """The activity to pull forward: one of the area that has not begun."""
    place = f"event {event.id}"
    if text:
        activity = find_activity(session, text)
        if activity.area_code != event.area_code:
            message = f"{activity.code} is in another area than the event, {event.area_code}."
            raise Refused.because(place, message, "Name an activity of the area.", "R094")
    else:
        activity = _review_of_area(session, event, place)
    rules = rules_of(session)
    standing = standing_of(activity, steps_of(session, activity), rules.of(activity))
    if activity.state not in LIVING or standing.is_begun:
        state = "under way" if standing is Standing.UNDER_WAY else activity.state
        advice = doors.DECIDE.advise("What has begun stays. Decide on a special review", number=event.id)
        raise Refused.because(place, f"{activity.code} is {state}.", advice, "R019")
    return activity


def _review_of_area(session: Session, event: CriticalEvent, place: str) -> Activity:
    found = living_reviews(session, event.area_code, policy_of(session).main_kind)
    if len(found) == 1:
        return found[0]
    what = "several reviews" if found else "no review"
    advice = Advice(
        "Name the activity with --activity, or decide on a special review.",
        "Name the activity, or decide on a special review.",
    )
    raise Refused.because(place, f"the area has {what} that could be pulled forward.", advice, "R094")
