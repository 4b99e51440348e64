"""A review in which children are consulted, locked, with the rules that hold there."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlmodel import Session, col, select

from config.consultation import Consultation
from models import Activity, Step
from reports.words import date_in_words
from services.audit import Word
from services.casework.advancing import locked
from services.casework.contacts import Contacts
from services.casework.speakers import Subject, objections_to_speaker
from services.errors import Objection, Refused
from services.programme import rules_of


class ConsultingReview:
    """What every word about a consultation needs to know.

    Raises
    ------
    Refused
        If nobody is consulted in the activity, or if it was called off.
    """

    def __init__(self, session: Session, activity_id: int, word: Word) -> None:
        self.session, self.word = session, word
        self.activity: Activity = locked(session, col(Activity.id) == activity_id)
        self.rules = rules_of(session)
        self.framework = self.rules.of(self.activity)
        self.policy = self.rules.policy.consultation
        self.place = f"{self.activity.code} consultation"
        if self.framework.consultation is None:
            message = f"nobody is consulted in it: {self.framework.name}."
            advice = "Name an activity whose framework has [consultation]."
            raise Refused.because(self.activity.code, message, advice, "R046")
        if self.activity.state == "cancelled":
            raise Refused.because(
                self.activity.code, "it was called off.", "Name another activity of the area."
            )
        self.rule: Consultation = self.framework.consultation

    def refuse(self, objections: Iterable[Objection]) -> None:
        """Refuse with all of them and, if the person may not speak, with that, too."""
        subject = Subject(self.place, self.activity, self.rule.held_in)
        may, contacts = self.rules.policy.speakers.consultation, Contacts(self.session, self.rules)
        if found := [*objections, *objections_to_speaker(subject, may, self.word, contacts)]:
            raise Refused(found)

    def step(self, step_id: str) -> Step | None:
        """A step of the activity; None before it has dates."""
        query = select(Step).where(Step.activity_id == self.activity.id, Step.step_id == step_id)
        return self.session.exec(query.where(Step.state != "superseded")).first()

    def ahead(self, day: date, field: str = "day") -> Iterator[Objection]:
        """That a day is still to come."""
        if day > self.word.as_of:
            message = f"{date_in_words(day)} is later than today, {date_in_words(self.word.as_of)}."
            yield Objection(self.place, message, "Check the year.", field=field)


def without(place: str, text: str, what: str, field: str, requirement: str = "") -> Iterator[Objection]:
    """That something is not said: 'why the schools were chosen'."""
    if not text.strip():
        yield Objection(place, f"it does not say {what}.", "Say it in a sentence.", requirement, field)
