"""A step with everything around it that a person's word about it touches, and what the log keeps of that word."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from models import Activity, AuditEntry, Step
from reports.words import date_in_words, list_in_words
from services import audit
from services.audit import Word
from services.casework.advancing import find_step, locked, settle
from services.casework.contacts import Contacts
from services.casework.speakers import Subject, objections_to_speaker
from services.casework.steps import MovedStep, date_steps, first_day, steps_of
from services.casework.waiver_reasons import WaiverReason, objections_to_reason
from services.doors import DECIDE_AGAIN, Advice
from services.errors import Objection, Refused
from services.programme import Rules, rules_of

KEPT = ("state", "actual_on", "agreed_on", "waiver_code", "waiver_reason")
"""What of a step a word changes; the audit log keeps it as it was, so that the word can be undone."""


class StepCase:
    """A step, locked, with its activity and the rules that hold there."""

    def __init__(self, session: Session, step_id: int, as_of: date) -> None:
        self.session, self.as_of = session, as_of
        self.step: Step = find_step(session, step_id)
        self.activity: Activity = locked(session, col(Activity.id) == self.step.activity_id)
        session.refresh(self.step)
        self.rules: Rules = rules_of(session)
        self.framework = self.rules.of(self.activity)
        self.contacts = Contacts(session, self.rules)
        self.name = f"{self.activity.code} {self.step.step_id}"
        self.kept = kept_of(self.step)

    def refuse(self, objections: Iterator[Objection] | list[Objection]) -> None:
        """Refuse with all of them, if there are any."""
        if found := list(objections):
            raise Refused(found)

    def steps(self) -> list[Step]:
        """Every step of the activity."""
        return steps_of(self.session, self.activity)

    @property
    def waiver(self) -> WaiverReason:
        """For which reason its dates may break a rule; an empty one if nobody has waived it."""
        return WaiverReason(self.step.waiver_code, self.step.waiver_reason)

    def date_again(self) -> tuple[MovedStep, ...]:
        """Put every step on its date, now that something is known about this one."""
        moved = date_steps(
            self.session, self.activity, self.framework, self.as_of, word_about=self.step.step_id
        )
        settle(self.activity, self.steps())
        return moved

    def objections_to_state(self) -> Iterator[Objection]:
        """That its activity was called off: no word about a step takes it up again."""
        if self.activity.state == "cancelled":
            yield Objection(self.name, "the activity was called off.", "Name another activity of the area.")

    def objections_to_speaker(self, may: Sequence[str], word: Word) -> Iterator[Objection]:
        """That a person may not say something of the step."""
        subject = Subject(self.name, self.activity, self.step.step_id)
        yield from objections_to_speaker(subject, may, word, self.contacts)

    def objections_to_edition(self, seen: int | None) -> Iterator[Objection]:
        """That the step has changed since the edition that a person saw, and how."""
        if seen is None or seen == self.step.edition:
            return
        message = (
            f"it has changed since revision {seen} and is at revision {self.step.edition} now: "
            f"{list_in_words(self._changes_since(seen))}."
        )
        advice = Advice(
            f"Check what changed, then repeat this with --revision {self.step.edition}.",
            DECIDE_AGAIN,
        )
        yield Objection(self.name, message, advice, field="revision")

    def waive(self, before: str | None, reason: WaiverReason | None) -> None:
        """Keep the reason for which rules are waived; one that was not broken `before` needs a reason (R094)."""
        needed = self.step.waiver_needed
        if needed and before not in (None, self.step.broken_rules) and reason is None:
            advice = Advice("Give a reason for the waiver with --waiver.", "Choose a reason for the waiver.")
            message = f"this needs a waiver: {needed}."
            raise Refused([Objection(self.name, message, advice, "R094", field="waiver")])
        if needed and reason is not None:
            self.step.waiver_code, self.step.waiver_reason = reason.code, reason.why

    def objections_to_reason(self, reason: WaiverReason | None) -> Iterator[Objection]:
        """That the policy does not know a reason, whether or not a waiver is needed."""
        if reason is not None:
            yield from objections_to_reason(self.name, reason, self.rules.policy.waivers.reasons, "R094")

    def audit(
        self,
        action: str,
        word: Word,
        *,
        before: object,
        after: Mapping[str, Any],
        why: str,
        about: str = "",
    ) -> None:
        """Write down what a word changed: of the step, or of what it names as `about`."""
        self.step.edition += 1
        told = {**after, "edition": self.step.edition}
        subject = f"{self.name} {about}".rstrip()
        audit.record(
            self.session, word.who, word.at, action, subject, before=before, after=told, why=word.reason(why)
        )

    def _changes_since(self, edition: int) -> list[str]:
        """What people said since, and where the step stands now."""
        words = [
            f"'{entry.action}' by {entry.who}"
            for entry in reversed(_entries_about(self.session, self.name))
            if json.loads(entry.after or "{}").get("edition", 0) > edition
        ]
        state = f"done on {date_in_words(self.step.actual_on)}" if self.step.actual_on else ""
        return [*words, state or f"its day is {date_in_words(first_day(self.step))}"]


def kept_of(step: Step) -> dict[str, Any]:
    """What of a step a word may change, as it is."""
    return {name: getattr(step, name) for name in KEPT}


def moved_to(moved: tuple[MovedStep, ...]) -> dict[str, list[date | None]]:
    """The old and the new day of each step that moved, for the log."""
    return {step.step_id: [step.before, step.after] for step in moved}


def _entries_about(session: Session, name: str) -> list[AuditEntry]:
    """The log's entries about a step and its outputs, the newest first."""
    about = (col(AuditEntry.subject) == name) | col(AuditEntry.subject).startswith(
        f"{name} ", autoescape=True
    )
    return list(session.exec(select(AuditEntry).where(about).order_by(col(AuditEntry.id).desc())))
