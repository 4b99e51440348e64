"""The log of events as it is read: each with what was decided, the agenda on which it comes, and what followed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.special_terms import SpecialTerms
from models import Activity, Area, CriticalEvent, EventDecision, PlanVersion, SpecialReview
from services.casework.set_aside import rules_set_aside
from services.casework.waiver_reasons import reason_in_words
from services.events.deciding import DECISION_WORDS, Decision
from services.events.event_log import find_event
from services.events.replans import plans_of
from services.naming.areas import find_area
from services.programme import Rules, rules_of


@dataclass(frozen=True)
class DecisionEntry:
    """Who decided what on which day, and why."""

    decision: str
    by: str
    decided_on: date
    why: str


@dataclass(frozen=True)
class WaiverEntry:
    """A rule that the terms of a special review set aside, by the step that breaks it."""

    step_id: str
    step: str
    words: str


@dataclass(frozen=True)
class TermsEntry:
    """What was approved for a special review: by whom, what it looks into, without which steps, with which waivers."""

    activity: str
    approved_by: str
    scope: tuple[str, ...]
    bodies: tuple[str, ...]
    left_out: tuple[str, ...]
    waivers: tuple[WaiverEntry, ...]
    reason: str
    takes_place: bool


@dataclass(frozen=True)
class EventEntry:
    """An event of the log.

    Attributes
    ----------
    decision
        What holds now: in words; 'not decided' before anything is.
    decisions
        Everything that was decided, the newest first.
    agenda
        The annual assessment on whose agenda it comes, 'APA 2006'; empty if it is not watched.
    activity
        Code of the activity that is pulled forward, or that was made for it; empty if there is none.
    plans
        Numbers of the plans that were made for it, with their state.
    terms
        Those of its special review, None without one.
    """

    number: int
    area_code: str
    area: str
    kind: str
    happened_on: date
    reference: str
    source: str
    seriousness: str
    decision: str = "not decided"
    decisions: tuple[DecisionEntry, ...] = ()
    agenda: str = ""
    activity: str = ""
    plans: tuple[tuple[int, str], ...] = ()
    terms: TermsEntry | None = None

    @property
    def outcome(self) -> str:
        """'on the APA 2006 agenda', 'special review: 309-special', 'not decided'."""
        if self.agenda:
            return f"on the {self.agenda} agenda"
        return f"{self.decision}: {self.activity}" if self.activity else self.decision


def list_events(session: Session, area: str | None = None, *, watched: bool = False) -> list[EventEntry]:
    """The events of all areas or one (by name or code), the newest first.

    Parameters
    ----------
    watched
        Only those that come on the agenda of an annual assessment.
    """
    query = select(CriticalEvent, Area).join(Area, col(Area.code) == col(CriticalEvent.area_code))
    if area is not None:
        query = query.where(CriticalEvent.area_code == find_area(session, area).code)
    rows = list(
        session.exec(query.order_by(col(CriticalEvent.happened_on).desc(), col(CriticalEvent.id).desc()))
    )
    found = _Facts.read(session, [event for event, _area in rows])
    entries = [_entry(session, event, its_area, found) for event, its_area in rows]
    return [entry for entry in entries if entry.agenda or not watched]


def show_event(session: Session, number: int) -> EventEntry:
    """One event; NotFound if there is none."""
    event = find_event(session, number)
    return _entry(session, event, session.get_one(Area, event.area_code), _Facts.read(session, [event]))


@dataclass(frozen=True)
class _Facts:
    rules: Rules
    decisions: Mapping[int, Sequence[EventDecision]]
    plans: Mapping[int, Sequence[PlanVersion]]

    @classmethod
    def read(cls, session: Session, events: list[CriticalEvent]) -> "_Facts":
        numbers = [event.id for event in events]
        query = select(EventDecision).where(col(EventDecision.event_id).in_(numbers))
        decisions: dict[int, list[EventDecision]] = {}
        for row in session.exec(query.order_by(col(EventDecision.id).desc())):
            decisions.setdefault(row.event_id, []).append(row)
        return cls(rules_of(session), decisions, plans_of(session, events))


def _entry(session: Session, event: CriticalEvent, area: Area, facts: _Facts) -> EventEntry:
    number, words = event.id or 0, facts.rules.policy.events
    decisions = facts.decisions.get(number, ())
    last = decisions[0] if decisions else None
    activity = None if last is None or last.activity_id is None else session.get(Activity, last.activity_id)
    is_watched = last is not None and last.decision == Decision.WATCH
    return EventEntry(
        number=number,
        area_code=area.code,
        area=area.name,
        kind=words.kinds.get(event.kind, event.kind),
        happened_on=event.happened_on,
        reference=event.reference,
        source=event.source,
        seriousness=words.seriousness.get(event.seriousness, event.seriousness),
        decision="not decided" if last is None else _in_words(last),
        decisions=tuple(
            DecisionEntry(_in_words(row), row.decided_by, row.decided_on, row.why) for row in decisions
        ),
        agenda=words.agenda.on(last.decided_on) if last is not None and is_watched else "",
        activity="" if activity is None else activity.code,
        plans=tuple((plan.version or 0, plan.status) for plan in facts.plans.get(number, ())),
        terms=None if activity is None else terms_of(session, activity, facts.rules),
    )


def terms_of(session: Session, activity: Activity, rules: Rules) -> TermsEntry | None:
    """The terms of a special review with every waiver; None for an activity in the long form."""
    row = session.get(SpecialReview, activity.id)
    if row is None:
        return None
    terms = SpecialTerms.model_validate_json(row.terms)
    long, framework = rules.frameworks.get(activity.framework_id), rules.of(activity)
    names = {step.id: step.name for step in (*(long.steps if long else ()), *framework.steps)}
    return TermsEntry(
        activity=activity.code,
        approved_by=row.approved_by,
        scope=tuple(framework.outcomes.get(name, name) for name in terms.scope),
        bodies=terms.bodies,
        left_out=tuple(names.get(name, name) for name in row.left_out.split()),
        waivers=tuple(
            WaiverEntry(rule.step_id, names.get(rule.step_id, rule.step_id), rule.words)
            for rule in rules_set_aside(session, activity)
        ),
        reason=reason_in_words(row.waiver_code, row.waiver_reason, rules.policy.waivers.reasons),
        takes_place=row.takes_place,
    )


def _in_words(row: EventDecision) -> str:
    return DECISION_WORDS[Decision(row.decision)]
