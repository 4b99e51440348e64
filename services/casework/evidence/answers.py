"""What is said of evidence: it came, is accepted, is returned, is not needed, is held already, serves another activity.

Each is one transaction with its audit entry, with the item as it was before and as it is afterwards.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from config.steps import EvidenceItem
from models import Activity, Evidence, EvidenceFile, EvidenceNeed
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework.advancing import locked
from services.casework.contacts import Contacts
from services.casework.evidence.asking import (
    CAME,
    OPEN,
    STATE_WORDS,
    asked_of,
    drop_deadline,
    make_evidence,
    make_need,
    served_in_words,
)
from services.casework.evidence.due_days import due_day, hold_earliest
from services.casework.evidence.reminding import withdraw
from services.casework.steps import first_day, steps_of
from services.errors import NotFound, Objection, Refused
from services.naming.named import Named, find_named
from services.naming.steps import find_activities
from services.programme import rules_of

MEGABYTE = 1_000_000
SCHEMES = ("https://", "http://", "file://")
TWO_NAMES = re.compile(r"\b[A-Z][a-z'’-]+ (?:[A-Z]\. ?)?[A-Z][a-z'’-]+\b")
"""Two words that begin with a capital letter, as the names of people do."""

KEPT = ("state", "met", "due_on", "received_on", "held_by", "why", "note", "link", "num_pieces", "period")
"""What an answer changes of an item; the audit log keeps it before and after."""


@dataclass(frozen=True)
class Receipt:
    """What came: on which day, where it is (a link, or a file to be kept), how many pieces, about which period."""

    received_on: date
    link: str = ""
    file: Path | None = None
    num_pieces: int | None = None
    period: str = ""


@dataclass(frozen=True)
class Answered:
    """The activity and the item that were answered for, and what somebody should look at again."""

    activity: str
    item: str
    warnings: tuple[str, ...] = ()


def receive(session: Session, activity: str, item: str, receipt: Receipt, word: Word) -> Answered:
    """Write down that an item came in; again corrects what was written, until it is accepted.

    Raises
    ------
    Refused
        If it was not asked for, if the day lies in the future or before the request, if a file is too large, or if
        a file or a link would keep what is confidential (R073).
    """
    case = _Case(session, activity, item, word)
    evidence = case.asked("receive")
    case.refuse([*_wrong_day(case, evidence, receipt.received_on), *_unkept(case, evidence, receipt)])
    evidence.state, evidence.met, evidence.received_on = "received", "handed_in", receipt.received_on
    evidence.link = receipt.link or evidence.link
    evidence.num_pieces = receipt.num_pieces or evidence.num_pieces
    evidence.period, evidence.note = receipt.period or evidence.period, word.note or evidence.note
    if receipt.file is not None:
        _keep_file(session, evidence, receipt.file)
    return case.answered("receive evidence")


def accept(session: Session, activity: str, item: str, word: Word) -> Answered:
    """Say that what came is complete."""
    case = _Case(session, activity, item, word)
    evidence = case.asked("accept")
    if evidence.state != "received":
        is_settled = evidence.state == "accepted"
        advice = "Leave it as it is." if is_settled else "Say first that it came: jarcycle evidence receive."
        raise Refused.because(case.name, f"it is {STATE_WORDS[evidence.state]}.", advice)
    evidence.state = "accepted"
    return case.answered("accept evidence")


def give_back(session: Session, activity: str, item: str, due_on: date, word: Word) -> Answered:
    """Return what came for completion, by a day; the word's note says what is missing."""
    case = _Case(session, activity, item, word)
    evidence = case.asked("return")
    found = list(_needs_reason(case, "what is missing"))
    if evidence.state not in CAME:
        message = f"it is {STATE_WORDS[evidence.state]}, so there is nothing to return."
        found.append(Objection(case.name, message, "Say first that it came: jarcycle evidence receive."))
    if due_on <= word.as_of:
        message = f"{date_in_words(due_on)} is no day after today, {date_in_words(word.as_of)}."
        found.append(Objection(case.name, message, "Give a later day for what is missing."))
    case.refuse(found)
    evidence.state, evidence.why, evidence.due_on = "returned", word.note, due_on
    evidence.met, evidence.held_by, evidence.received_on = "", "", None
    return case.answered("return evidence")


def not_needed(session: Session, activity: str, item: str, word: Word) -> Answered:
    """Waive an item with a reason, asked for or not; another activity that needs it still gets it."""
    case = _Case(session, activity, item, word)
    found = list(_needs_reason(case, "why it is not needed"))
    if case.evidence is not None and case.evidence.state not in OPEN:
        message = f"it is {STATE_WORDS[case.evidence.state]}."
        found.append(Objection(case.name, message, "Leave it as it is."))
    case.refuse(found)
    evidence = case.alone()
    evidence.state, evidence.met, evidence.why = "not_needed", "waived", word.note
    case.drop_deadline(f"Not needed: {word.note}")
    return case.answered("waive evidence")


def hold(session: Session, activity: str, item: str, held_by: str, since: date, word: Word) -> Answered:
    """Say that somebody holds an item already, so that nobody needs to hand it in (R116, R118)."""
    case = _Case(session, activity, item, word)
    found = []
    if not held_by.strip():
        found.append(Objection(case.name, "nobody is named who holds it.", "Say who: --by HC."))
    if since > word.as_of:
        message = f"{date_in_words(since)} is later than today, {date_in_words(word.as_of)}."
        found.append(Objection(case.name, message, "Check the year."))
    if case.evidence is not None and case.evidence.state not in OPEN:
        message = f"it is {STATE_WORDS[case.evidence.state]}."
        found.append(Objection(case.name, message, "Leave it as it is."))
    case.refuse(found)
    evidence = case.whole()
    evidence.state, evidence.met, evidence.held_by, evidence.received_on = "accepted", "held", held_by, since
    case.drop_deadline(f"Already held by {held_by} since {date_in_words(since)}")
    return case.answered("hold evidence")


def share(session: Session, activity: str, item: str, other: str, other_item: str, word: Word) -> Answered:
    """Say that what an activity asked for serves an item of another one too, although its key is another (R117).

    Where the other was asked for already, that request is withdrawn.
    """
    case, second = _Case(session, activity, item, word), _Case(session, other, other_item, word)
    evidence = case.asked("share")
    found = []
    if second.activity.area_code != case.activity.area_code:
        message = f"{second.activity.code} is in another area."
        found.append(Objection(second.name, message, "Name two activities of one area."))
    if second.evidence is not None and second.evidence.id == evidence.id:
        found.append(Objection(second.name, f"{case.name} serves it already.", "Leave it as it is."))
    elif second.evidence is not None and second.evidence.state in CAME:
        found.append(Objection(second.name, "it has come already.", "Leave it as it is."))
    if evidence.state == "not_needed":
        found.append(Objection(case.name, "it is not needed.", "Name an item that is asked for."))
    case.refuse(found)
    second.serve_by(evidence, f"The same as {case.name}")
    case.answered("share evidence")
    return second.answered("share evidence")


def kept_file(session: Session, activity: str, item: str) -> EvidenceFile:
    """The file in which an item came; NotFound if there is none."""
    found, entry = find_item(session, activity, item)
    need = _need(session, found, entry)
    row = None if need is None else session.get(EvidenceFile, need.evidence_id)
    if row is None:
        advice = "Keep one when it comes: jarcycle evidence receive."
        raise NotFound(f"{found.code} {entry.id}", "no file of it is kept.", advice)
    return row


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
        advice = "See what is asked for: jarcycle evidence --all."
        raise NotFound(f"{activity} {item}", "nothing is asked for there.", advice)
    codes = ", ".join(dict.fromkeys(named.code for named in known))
    named = find_named("item", item, known, f"Use one of: {codes}.")
    raise AssertionError(named)  # what is named so would have been found


class _Case:
    """An item of an activity with what serves it, and the word that is said of it."""

    def __init__(self, session: Session, activity: str, item: str, word: Word) -> None:
        self.session, self.word = session, word
        row, self.item = find_item(session, activity, item)
        self.activity = locked(session, col(Activity.id) == row.id)
        if self.activity.state == "cancelled":
            advice = "Name another activity of the area."
            raise Refused.because(
                f"{self.activity.code} {self.item.id}", "the activity was called off.", advice
            )
        self.need = _need(session, self.activity, self.item)
        self.evidence = None if self.need is None else session.get(Evidence, self.need.evidence_id)
        if self.evidence is not None:
            session.refresh(self.evidence)
        self.before = _kept(self.evidence)
        self.name = f"{self.activity.code} {self.item.id}"
        self.steps = steps_of(session, self.activity)
        self.days = {step.step_id: first_day(step) for step in self.steps}

    def refuse(self, objections: list[Objection]) -> None:
        if objections:
            raise Refused(objections)

    def asked(self, verb: str) -> Evidence:
        """What was asked for; an item that nobody asked for yet cannot be answered."""
        if self.evidence is None:
            step = next((step.name for step in self.steps if step.step_id == self.item.asked_at), "")
            message = f"it has not been asked for, so you cannot {verb} it."
            advice = f"It is asked for once {step or self.item.asked_at} is signed off: jarcycle sign-off."
            raise Refused.because(self.name, message, advice)
        return self.evidence

    def whole(self) -> Evidence:
        """The item as it serves everybody; made if nobody asked for it."""
        if self.evidence is None:
            policy = rules_of(self.session)
            role = asked_of(self.item, policy.frameworks, policy.policy.evidence.co_ordinator)
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
                mine.state, mine.met, mine.why = "not_needed", "waived", why
        hold_earliest(self.session, evidence)
        drop_deadline(self.session, self.steps, self.need, served_in_words(self.session, evidence))

    def _move_to(self, evidence: Evidence, before: Evidence) -> None:
        assert self.need is not None
        assert evidence.id is not None
        self.need.evidence_id = evidence.id
        self.session.flush()
        if before.state == "asked":
            hold_earliest(self.session, before)

    def drop_deadline(self, why: str) -> None:
        if self.need is not None:
            drop_deadline(self.session, self.steps, self.need, why)

    def answered(self, action: str) -> Answered:
        self.session.flush()
        withdraw(self.session, Contacts(self.session, rules_of(self.session)))
        assert self.evidence is not None
        audit.record(
            self.session,
            self.word.who,
            self.word.at,
            action,
            self.name,
            before=self.before,
            after=_kept(self.evidence),
            why=self.word.note,
        )
        warnings = tuple(_names_of_people(self.word.note)) if self.evidence.is_confidential else ()
        return Answered(self.activity.code, self.item.id, warnings)


def _need(session: Session, activity: Activity, item: EvidenceItem) -> EvidenceNeed | None:
    query = select(EvidenceNeed).where(EvidenceNeed.activity_id == activity.id, EvidenceNeed.item == item.id)
    return session.exec(query).one_or_none()


def _needs_of(evidence: Evidence) -> Any:
    return select(EvidenceNeed).where(EvidenceNeed.evidence_id == evidence.id)


def _kept(evidence: Evidence | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    return {name: value for name in KEPT if (value := getattr(evidence, name)) not in ("", None)}


def _needs_reason(case: _Case, what: str) -> Iterator[Objection]:
    if not case.word.note.strip():
        yield Objection(case.name, "this needs a reason.", f"Say {what}: --why TEXT.")


def _wrong_day(case: _Case, evidence: Evidence, day: date) -> Iterator[Objection]:
    if evidence.state not in (*OPEN, "received"):
        advice = "Return it first: jarcycle evidence return."
        yield Objection(case.name, f"it is {STATE_WORDS[evidence.state]}.", advice)
    elif evidence.asked_on is not None and not evidence.asked_on <= day <= case.word.as_of:
        days = f"{date_in_words(evidence.asked_on)} to {date_in_words(case.word.as_of)}"
        message = f"{date_in_words(day)} is outside {days}: from the day it was asked for to today."
        yield Objection(case.name, message, "Check the year.")


def _unkept(case: _Case, evidence: Evidence, receipt: Receipt) -> Iterator[Objection]:
    """What cannot or may not be kept of what came."""
    if evidence.is_confidential and (receipt.file is not None or receipt.link):
        message = "it is confidential: only the number of pieces is kept, no file and no link."
        yield Objection(case.name, message, "Give the number: --pieces 12.", "R073")
    if receipt.link and not receipt.link.startswith(SCHEMES):
        message = f"'{receipt.link}' is no address."
        yield Objection(case.name, message, "Write it like https://council.example/plan.pdf.")
    if receipt.file is None:
        return
    most = rules_of(case.session).policy.evidence.most_megabytes
    try:
        size = receipt.file.stat().st_size if receipt.file.is_file() else None
    except OSError:
        size = None
    if size is None:
        message = f"{receipt.file} is not a file that can be read."
        yield Objection(case.name, message, "Check its name and its permissions.")
    elif size > most * MEGABYTE:
        message = f"{receipt.file.name} has {size / MEGABYTE:.1f} MB, more than the {most} that are kept."
        yield Objection(case.name, message, "Give a link to it instead: --link ADDRESS.")


def _keep_file(session: Session, evidence: Evidence, path: Path) -> None:
    content = path.read_bytes()
    assert evidence.id is not None
    row = session.get(EvidenceFile, evidence.id) or EvidenceFile(
        evidence_id=evidence.id, name="", size=0, sha256="", content=b""
    )
    row.name, row.size, row.content = path.name, len(content), content
    row.sha256 = hashlib.sha256(content).hexdigest()
    session.add(row)


def _names_of_people(note: str) -> Iterator[str]:
    """R073: nobody is identifiable in what is kept of confidential evidence."""
    for found in dict.fromkeys(TWO_NAMES.findall(note)):
        yield f"'{found}' looks like a person's name. Nobody may be identifiable here: write the note again without it."
