"""An activity, locked, with the rules of its findings and its report, and what speaks against a word about them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session, col

from config.findings import nearest
from config.reporting import Contribution, FindingRules, ReportRules
from models import Activity, Step
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework.advancing import locked
from services.casework.contacts import Contacts
from services.casework.scope import scope_in_words
from services.casework.speakers import Subject, objections_to_speaker
from services.casework.steps import LIVING, first_day, steps_of
from services.doors import UNDO
from services.errors import NotFound, Objection, Refused
from services.naming.named import Named, find_named
from services.programme import rules_of


class ReportCase:
    """What a person's word about findings or the report of an activity touches."""

    def __init__(self, session: Session, code: str, word: Word) -> None:
        self.session, self.word = session, word
        self.activity: Activity = locked(session, col(Activity.code) == code)
        self.number = self.activity.id or 0
        rules = rules_of(session)
        self.framework, self.policy = rules.of(self.activity), rules.policy
        self.contacts = Contacts(session, rules)
        self.steps: dict[str, Step] = {step.step_id: step for step in steps_of(session, self.activity)}

    def refuse(self, objections: Iterator[Objection] | list[Objection]) -> None:
        """Refuse with all of them, if there are any."""
        if found := list(objections):
            raise Refused(found)

    def finding_rules(self) -> FindingRules:
        """How its contributions end; Refused if its framework knows no findings."""
        if self.framework.findings is None:
            message = f"{self.framework.id} has no contributions, so nothing is found out."
            raise Refused.because(self.activity.code, message, "Name a review that has findings.")
        return self.framework.findings

    def report_rules(self) -> ReportRules:
        """What its report is; Refused if its framework knows none."""
        if self.framework.report is None:
            message = f"{self.framework.id} has no report."
            raise Refused.because(self.activity.code, message, "Name a review that has one.")
        return self.framework.report

    def contribution(self, text: str) -> Contribution:
        """A contribution by its identifier or its name; NotFound, or Refused if it is not within the scope (R008)."""
        known = {contribution.id: contribution for contribution in self.framework.contributions}
        named = [Named(name, contribution.name) for name, contribution in known.items()]
        found = known[find_named("contribution", text, named, nearest(text, known)).code]
        if found not in self.framework.contributions_in(self.activity.outcomes):
            message = f"it is not within the scope: {scope_in_words(self.framework, self.activity)}."
            inside = [other.id for other in self.framework.contributions_in(self.activity.outcomes)]
            raise Refused.because(self.place(found.id), message, nearest(text, inside), "R008")
        return found

    def place(self, about: str) -> str:
        """What refusals and the log call it: '816-visit vetted_staff'."""
        return f"{self.activity.code} {about}"

    def objections_to_state(self) -> Iterator[Objection]:
        """That it is called off, not in the programme, or that its report is published."""
        if self.activity.state not in (*LIVING, "done") or self.activity.precision is None:
            state = self.activity.state if self.activity.precision is not None else "not published"
            yield Objection(
                self.activity.code, f"the activity is {state}.", "Name another activity of the area."
            )
        report = self.framework.report
        step = None if report is None else self.steps.get(report.published_at)
        if step is not None and step.state == "done" and step.actual_on is not None:
            message = f"its report was published on {date_in_words(step.actual_on)}."
            advice = UNDO.advise(f"Undo the sign-off of {step.step_id} first, if that was wrong")
            yield Objection(self.activity.code, message, advice)

    def objections_to_speaker(self, may: Sequence[str], step: str) -> Iterator[Objection]:
        """That somebody may not say it; 'signs' and 'acts' are those of the step."""
        subject = Subject(self.activity.code, self.activity, step)
        yield from objections_to_speaker(subject, may, self.word, self.contacts)

    def objections_to_step(self, name: str) -> Iterator[Objection]:
        """That a step has not begun, so that nothing of it can be known yet."""
        step = self.steps.get(name)
        if step is None:
            advice = nearest(name, self.steps)
            yield Objection(self.place(name), "it has no such step now.", advice, field="step")
        elif first_day(step) > self.word.as_of and step.state == "planned":
            day = date_in_words(first_day(step))
            message = f"{self.framework.step(name).in_rules()} begins on {day}."
            yield Objection(self.place(name), message, "Wait for that day.", "R048", field="step")

    def audit(self, action: str, about: str, *, before: Any = None, after: Any = None) -> None:
        """Write down what a word changed."""
        audit.record_word(self.session, self.word, action, self.place(about), before=before, after=after)

    def not_found(self, what: str, number: int, known: Sequence[int]) -> NotFound:
        """That there is nothing of a number here, with the numbers that there are."""
        advice = f"Choose one of: {', '.join(map(str, known))}." if known else f"There is no {what} yet."
        return NotFound(self.place(f"{what} {number}"), f"there is no such {what}.", advice)
