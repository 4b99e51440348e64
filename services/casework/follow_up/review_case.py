"""An activity whose recommendations are spoken of, locked, with the rules that hold there."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlmodel import Session, col

from config.framework import Framework
from models import Activity, Recommendation, Step
from services.audit import Word
from services.casework.advancing import locked
from services.casework.contacts import Contacts
from services.casework.follow_up.rows import published_on, recommendations_of, step_named
from services.casework.speakers import Subject, objections_to_speaker
from services.casework.steps import first_day
from services.doors import SIGN_OFF
from services.errors import Objection, Refused
from services.programme import rules_of


class ReviewCase:
    """What every word about follow-up needs to know; `published_on` is None before the step that publishes is done."""

    def __init__(self, session: Session, activity_id: int, word: Word) -> None:
        self.session, self.word = session, word
        self.activity: Activity = locked(session, col(Activity.id) == activity_id)
        self.rules = rules_of(session)
        self.framework: Framework = self.rules.of(self.activity)
        self.policy = self.rules.policy.follow_up
        self.contacts = Contacts(session, self.rules)

    def refuse(self, objections: Iterable[Objection]) -> None:
        """Refuse with all of them, if there are any."""
        if found := list(objections):
            raise Refused(found)

    @property
    def published_on(self) -> date | None:
        """The day on which the recommendations were published."""
        return published_on(self.session, self.activity, self.framework)

    @property
    def statement(self) -> Step | None:
        """The step of the statement of proposed action."""
        rule = self.framework.follow_up
        return None if rule is None else step_named(self.session, self.activity, rule.statement_at or "")

    @property
    def statement_on(self) -> date | None:
        """The day of the statement: when it was made, else when it is due."""
        step = self.statement
        return None if step is None else step.actual_on or first_day(step)

    def objections_to_review(self) -> Iterator[Objection]:
        """That the activity makes no recommendations, or was called off."""
        if self.framework.follow_up is None:
            message = f"{self.framework.name} makes no recommendations."
            yield Objection(self.activity.code, message, "Name an activity whose framework has [follow_up].")
        if self.activity.state == "cancelled":
            yield Objection(self.activity.code, "it was called off.", "Name another activity of the area.")

    def objections_before_publication(self, place: str) -> Iterator[Objection]:
        """That nobody outside knows the recommendations yet."""
        if self.framework.follow_up is not None and self.published_on is None:
            message = "its recommendations are not published yet."
            yield Objection(place, message, SIGN_OFF.advise("Sign off the publication first"), "R089")

    def objections_to_speaker(
        self, place: str, may: Sequence[str], *, at_statement: bool = False, asked: str = ""
    ) -> Iterator[Objection]:
        """That a person may not say this; `asked` is the role of an owner or a monitor."""
        rule = self.framework.follow_up
        if rule is None:
            return
        step = rule.statement_at if at_statement and rule.statement_at else rule.published_at
        subject = Subject(place, self.activity, step, asked)
        yield from objections_to_speaker(subject, may, self.word, self.contacts)

    def recommendations(self) -> list[Recommendation]:
        """Those that are not withdrawn, by number."""
        return recommendations_of(self.session, self.activity)
