"""An item of evidence of an activity with what serves it, and a person's word about it."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from config.steps import EvidenceItem
from models import Activity, Evidence, EvidenceNeed
from services import audit
from services.audit import Word
from services.casework.advancing import locked
from services.casework.contacts import Contacts
from services.casework.evidence.asking import (
    asked_of,
    drop_deadline,
    make_evidence,
    make_need,
    served_in_words,
)
from services.casework.evidence.due_days import due_day, hold_earliest
from services.casework.evidence.kept_files import names_of_people
from services.casework.evidence.reminding import withdraw
from services.casework.evidence.states import ASKED, NOT_NEEDED, OPEN
from services.casework.speakers import Subject, objections_to_speaker
from services.casework.steps import first_day, steps_of
from services.doors import EVIDENCE, SIGN_OFF
from services.errors import NotFound, Objection, Refused
from services.naming.named import Named, find_named
from services.naming.steps import find_activities
from services.programme import rules_of

KEPT = (
    "state",
    "met",
    "due_on",
    "received_on",
    "held_by",
    "why",
    "note",
    "link",
    "num_pieces",
    "period",
    "returned_on",
)
"""What an answer changes of an item; the audit log keeps it before and after."""


@dataclass(frozen=True)
class Answered:
    """The activity and the item that were answered for, and what somebody should look at again."""

    activity: str
    item: str
    warnings: tuple[str, ...] = ()


def find_item(session: Session, activity: str, item: str) -> tuple[Activity, EvidenceItem]:
    """The item that two words name: an activity's code (or an area that has such an item once), and the item.

    Raises
    ------
    NotFound
        If there is no such activity, area or item, with those that are similar.
    Refused
        If several activities of the area have such an item.
    """
    rules = rules_of(session)
    found: list[tuple[Activity, EvidenceItem]] = []
    known: list[Named] = []
    for row in find_activities(session, activity):
        for entry in rules.of(row).evidence if row.precision is not None else ():
            named = Named(entry.id, entry.name, (entry.content or "",))
            known.append(named)
            if item.strip().casefold() in (word.casefold() for word in (*named.codes, named.name)):
                found.append((row, entry))
    if len(found) == 1:
        return found[0]
    if found:
        codes = ", ".join(row.code for row, _entry in found)
        advice = f"Name one of them: {codes}."
        raise Refused.because(f"{activity} {item}", "several activities need such an item.", advice)
    if not known:
        advice = EVIDENCE.advise("See what is asked for")
        raise NotFound(f"{activity} {item}", "nothing is asked for there.", advice)
    codes = ", ".join(dict.fromkeys(named.code for named in known))
    named = find_named("item", item, known, f"Use one of: {codes}.")
    raise AssertionError(named)  # what is named so would have been found


class ItemCase:
    """An item of an activity with what serves it, and the word that is said of it."""

    def __init__(self, session: Session, activity: str, item: str, word: Word) -> None:
        self.session, self.word, self.rules = session, word, rules_of(session)
        row, self.item = find_item(session, activity, item)
        self.activity = locked(session, col(Activity.id) == row.id)
        if self.activity.state == "cancelled":
            advice = "Name another activity of the area."
            raise Refused.because(
                f"{self.activity.code} {self.item.id}", "the activity was called off.", advice
            )
        self.need = need_of(session, self.activity, self.item)
        self.evidence = None if self.need is None else session.get(Evidence, self.need.evidence_id)
        if self.evidence is not None:
            session.refresh(self.evidence)
        self.before = _kept(self.evidence)
        self.name = f"{self.activity.code} {self.item.id}"
        self.steps = steps_of(session, self.activity)
        self.days = {step.step_id: first_day(step) for step in self.steps}
        subject = Subject(self.name, self.activity, self.item.needed_for, self._asked_role())
        self.contacts, may = Contacts(session, self.rules), self.rules.policy.speakers.evidence
        self.refuse(list(objections_to_speaker(subject, may, word, self.contacts)))

    def _asked_role(self) -> str:
        """Who was asked for it, or would be."""
        if self.evidence is not None:
            return self.evidence.asked_of
        return asked_of(self.item, self.rules.frameworks, self.rules.policy.evidence.co_ordinator)

    def refuse(self, objections: list[Objection]) -> None:
        """Refuse with all of them, if there are any."""
        if objections:
            raise Refused(objections)

    def asked(self, verb: str) -> Evidence:
        """What was asked for; an item that nobody asked for yet cannot be answered."""
        if self.evidence is None:
            step = next((step.name for step in self.steps if step.step_id == self.item.asked_at), "")
            message = f"it has not been asked for, so you cannot {verb} it."
            signed = f"once {step or self.item.asked_at} is signed off"
            advice = SIGN_OFF.advise(f"It is asked for {signed}")
            raise Refused.because(self.name, message, advice)
        return self.evidence

    def whole(self) -> Evidence:
        """The item as it serves everybody; made if nobody asked for it."""
        if self.evidence is None:
            role = self._asked_role()
            due_on = due_day(self.item.needed_for, self.item.due_at or "", self.days, min(self.days.values()))
            self.evidence = make_evidence(self.activity, self.item, role, due_on)
            self.need = make_need(
                self.session, self.activity, self.item, self.evidence, due_on, was_asked=False
            )
        return self.evidence

    def alone(self) -> Evidence:
        """The item as it serves this activity alone: the others keep what they share without it."""
        evidence = self.whole()
        assert self.need is not None
        others = select(EvidenceNeed).where(
            EvidenceNeed.evidence_id == evidence.id, EvidenceNeed.id != self.need.id
        )
        if self.session.exec(others).first() is None:
            return evidence
        self.evidence = make_evidence(self.activity, self.item, evidence.asked_of, self.need.due_on)
        self.evidence.asked_on = evidence.asked_on
        self.session.add(self.evidence)
        self.session.flush()
        self._move_to(self.evidence, evidence)
        return self.evidence

    def serve_by(self, evidence: Evidence, why: str) -> None:
        """Another item serves this need; a request of its own is withdrawn."""
        mine, self.evidence = self.whole(), evidence
        assert self.need is not None
        self._move_to(evidence, mine)
        if mine.state in OPEN and self.session.exec(_needs_of(mine)).first() is None:
            if mine.asked_on is None:
                self.session.delete(mine)  # it was made for this need alone
            else:
                mine.state, mine.met, mine.why = NOT_NEEDED, "waived", why
        hold_earliest(self.session, evidence)
        drop_deadline(self.session, self.steps, self.need, served_in_words(self.session, evidence))

    def _move_to(self, evidence: Evidence, before: Evidence) -> None:
        assert self.need is not None
        assert evidence.id is not None
        self.need.evidence_id = evidence.id
        self.session.flush()
        if before.state == ASKED:
            hold_earliest(self.session, before)

    def drop_deadline(self, why: str) -> None:
        """A step that only waited for this item has no deadline of its own any more (R120)."""
        if self.need is not None:
            drop_deadline(self.session, self.steps, self.need, why)

    def answered(self, action: str) -> Answered:
        """Write down what was said, and take back the reminders that it settles."""
        self.session.flush()
        withdraw(self.session, self.contacts, self.activity.area_code)
        assert self.evidence is not None
        audit.record_word(
            self.session, self.word, action, self.name, before=self.before, after=_kept(self.evidence)
        )
        warnings = tuple(names_of_people(self.word.note)) if self.evidence.is_confidential else ()
        return Answered(self.activity.code, self.item.id, warnings)


def need_of(session: Session, activity: Activity, item: EvidenceItem) -> EvidenceNeed | None:
    """That an activity needs an item, once somebody asked for it or said something of it."""
    query = select(EvidenceNeed).where(EvidenceNeed.activity_id == activity.id, EvidenceNeed.item == item.id)
    return session.exec(query).one_or_none()


def _needs_of(evidence: Evidence) -> Any:
    return select(EvidenceNeed).where(EvidenceNeed.evidence_id == evidence.id)


def _kept(evidence: Evidence | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    return {name: value for name in KEPT if (value := getattr(evidence, name)) not in ("", None)}
