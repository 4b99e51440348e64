"""Asking areas for evidence: each content once within a year, of whoever co-ordinates (R041, R065, R116-R120)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from config.framework import Framework
from config.policy import EvidenceRules
from config.steps import EvidenceItem
from models import Activity, Evidence, EvidenceNeed, Step
from reports.words import date_in_words
from services.casework.evidence.due_days import due_day, hold_earliest
from services.casework.evidence.states import ASKED, CAME, OPEN
from services.casework.steps import first_day, supersede_reminders
from services.days.weeks import add_months
from services.programme import Rules, rules_of


@dataclass
class Asked:
    """What was asked of an area, and what some activity needs that was there already: needs with their items."""

    new: list[tuple[EvidenceNeed, Evidence]] = field(default_factory=list)
    shared: list[tuple[EvidenceNeed, Evidence]] = field(default_factory=list)


def open_requests(session: Session, activity: Activity, steps: Sequence[Step], as_of: date) -> Asked:
    """Ask for every item whose moment has come and that nobody has asked for yet.

    An item is asked for once the step `asked_at` is done. What was asked of the area before, or came in, under the
    same content key serves this activity as well, or is brought up to date. Nothing is asked for once the step that
    needs it has begun. The caller holds the area's lock.
    """
    rules, asked = rules_of(session), Asked()
    known = set(session.exec(select(EvidenceNeed.item).where(EvidenceNeed.activity_id == activity.id)))
    done = {step.step_id: step for step in steps if step.state == "done"}
    ahead = {step.step_id for step in steps if step.state == "planned"}
    days = {step.step_id: first_day(step) for step in steps}
    for item in rules.of(activity).evidence:
        if item.asked_at in done and item.needed_for in ahead and item.id not in known:
            asked_on = min(done[item.asked_at].actual_on or as_of, as_of)
            _Asking(session, activity, steps, rules, days).ask(item, asked_on, asked)
    return asked


def asked_of(item: EvidenceItem, frameworks: Mapping[str, Framework], co_ordinator: str) -> str:
    """The role that is asked: of what is shared the co-ordinator, if any framework asks that role for it (R065)."""
    same = (other for framework in frameworks.values() for other in framework.evidence)
    is_co_ordinated = item.content and any(
        other.content == item.content and other.asked_of == co_ordinator for other in same
    )
    return co_ordinator if is_co_ordinated else item.asked_of


def make_evidence(
    activity: Activity, item: EvidenceItem, role: str, due_on: date, state: str = ASKED
) -> Evidence:
    """A new item of an area, for the first activity that needs it."""
    return Evidence(
        area_code=activity.area_code,
        content=item.content or "",
        name=item.name,
        asked_of=role,
        due_on=due_on,
        state=state,
        publisher=item.publisher,
        is_confidential=item.confidential,
    )


def make_need(
    session: Session,
    activity: Activity,
    item: EvidenceItem,
    evidence: Evidence,
    due_on: date,
    was_asked: bool,
) -> EvidenceNeed:
    """That an activity needs an item, stored."""
    session.add(evidence)
    session.flush()
    assert activity.id is not None
    assert evidence.id is not None
    need = EvidenceNeed(
        evidence_id=evidence.id,
        activity_id=activity.id,
        item=item.id,
        needed_for=item.needed_for,
        due_step=item.due_at or "",
        due_on=due_on,
        was_asked=was_asked,
    )
    session.add(need)
    session.flush()
    return need


def drop_deadline(session: Session, steps: Sequence[Step], need: EvidenceNeed, why: str) -> None:
    """An activity that is served by evidence asked for elsewhere has no deadline of its own for it (R120)."""
    dropped = [step for step in steps if step.step_id == need.due_step and step.state != "done"]
    for step in dropped:
        step.state, step.notes = "left_out", why
    session.flush()
    supersede_reminders(session, [step.id for step in dropped if step.id is not None])


def serving(
    known: Sequence[Evidence], needed_on: date, asked_on: date, rules: EvidenceRules
) -> tuple[Evidence | None, bool]:
    """The item that serves a need, the newest first, and whether it must be brought up to date; None: ask anew.

    Parameters
    ----------
    known
        Items of the area with the same content key.
    needed_on
        First day of the step that needs it.
    asked_on
        The day on which it would be asked for.
    """
    for evidence in known:
        if evidence.state in OPEN and evidence.asked_on is not None:
            serves, is_old = asked_on < add_months(evidence.asked_on, rules.reuse_months), False
        elif evidence.state in CAME and evidence.received_on is not None:
            serves = needed_on < add_months(evidence.received_on, rules.reuse_months)
            is_old = needed_on > add_months(evidence.received_on, rules.update_months)
        else:
            continue
        if serves:
            return evidence, is_old
    return None, False


@dataclass(frozen=True)
class _Asking:
    """One activity whose items are asked for."""

    session: Session
    activity: Activity
    steps: Sequence[Step]
    rules: Rules
    days: Mapping[str, date]

    def ask(self, item: EvidenceItem, asked_on: date, asked: Asked) -> None:
        due_on = due_day(item.needed_for, item.due_at or "", self.days, asked_on)
        policy = self.rules.policy.evidence
        found, is_old = serving(self._same(item), self.days[item.needed_for], asked_on, policy)
        if found is not None and not is_old:
            asked.shared.append((self._share(item, found, due_on), found))
            return
        role = asked_of(item, self.rules.frameworks, policy.co_ordinator)
        evidence = make_evidence(self.activity, item, role, due_on)
        evidence.asked_on = asked_on
        if found is not None and found.received_on is not None:
            evidence.is_update = True
            evidence.note = f"Brings up to date what came in on {date_in_words(found.received_on)}."
        need = make_need(self.session, self.activity, item, evidence, due_on, was_asked=True)
        asked.new.append((need, evidence))

    def _same(self, item: EvidenceItem) -> list[Evidence]:
        if not item.content:
            return []
        query = select(Evidence).where(
            Evidence.area_code == self.activity.area_code, Evidence.content == item.content
        )
        return list(self.session.exec(query.order_by(col(Evidence.id).desc())))

    def _share(self, item: EvidenceItem, found: Evidence, due_on: date) -> EvidenceNeed:
        need = make_need(self.session, self.activity, item, found, due_on, was_asked=False)
        if found.state == ASKED:
            hold_earliest(self.session, found)
        drop_deadline(self.session, self.steps, need, served_in_words(self.session, found))
        return need


def served_in_words(session: Session, evidence: Evidence) -> str:
    """'Already asked for on 10 February 2006 for the review'."""
    query = (
        select(Activity.code)
        .join(EvidenceNeed, col(EvidenceNeed.activity_id) == col(Activity.id))
        .where(EvidenceNeed.evidence_id == evidence.id)
        .order_by(col(EvidenceNeed.id))
    )
    first = session.exec(query).first()
    if evidence.met == "held" and evidence.received_on is not None:
        return f"Already held by {evidence.held_by} since {date_in_words(evidence.received_on)}"
    asked_on = evidence.asked_on or evidence.due_on
    return f"Already asked for on {date_in_words(asked_on)} for {first}"
