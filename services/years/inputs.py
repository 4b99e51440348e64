"""What comes to an assessment beside the self-assessment: inputs of other bodies, and the conversation (R114, R176)."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, select

from config.findings import nearest
from models import Conversation, YearlyAssessment, YearlyInput
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.errors import AlreadySo, Objection, Refused
from services.years.made import yearly_rules
from services.years.steps import place_of


def record_input(
    session: Session, row: YearlyAssessment, kind: str, value: str, source: str, day: date, word: Word
) -> YearlyInput:
    """What another body gives to an area's year (R176, R188); a second one of its kind takes the place of the first.

    Raises
    ------
    Refused
        With everything wrong: a kind that the policy does not name, no value or source, a day that lies ahead.
    """
    kinds, place = yearly_rules(session).inputs, f"{place_of(row)} {kind}"
    wrong = []
    if kind not in kinds:
        wrong.append(Objection(place, "there is no such input.", nearest(kind, kinds), "R176", field="kind"))
    for name, text in (("value", value), ("source", source)):
        if not text.strip():
            wrong.append(Objection(place, f"it has no {name}.", f"Give its {name}.", "R176", field=name))
    if day > word.as_of:
        message = f"{date_in_words(day)} is later than today, {date_in_words(word.as_of)}."
        wrong.append(Objection(place, message, "Check the year.", field="day"))
    if wrong:
        raise Refused(wrong)
    query = select(YearlyInput).where(YearlyInput.assessment_id == row.id, YearlyInput.kind == kind)
    known = session.exec(query).one_or_none()
    before = (
        None if known is None else {"value": known.value, "source": known.source, "on": known.received_on}
    )
    after = {"value": value.strip(), "source": source.strip(), "on": day}
    if before == after:
        raise AlreadySo.because(place, "it is known so.")
    found = known or YearlyInput(
        assessment_id=row.id or 0, kind=kind, value="", source="", received_on=day, recorded_by=word.who
    )
    found.value, found.source, found.received_on = value.strip(), source.strip(), day
    found.recorded_by = word.who
    session.add(found)
    session.flush()
    audit.record_word(session, word, "record input", place, before=before, after=after)
    return found


def record_conversation(
    session: Session, row: YearlyAssessment, people: Sequence[str], points: str, day: date, word: Word
) -> Conversation:
    """The conversation with the authority was held: who took part, and what was said (R114, R178).

    Raises
    ------
    Refused
        With everything wrong: nobody, somebody whom the policy does not name, no points, a day outside the year.
    """
    known, place = yearly_rules(session).people, f"{place_of(row)} conversation"
    wrong = [
        Objection(
            place, f"nobody is called '{person}' there.", nearest(person, known), "R178", field="people"
        )
        for person in people
        if person not in known
    ]
    if not people:
        wrong.append(Objection(place, "nobody took part.", "Name who did.", "R114", field="people"))
    if not points.strip():
        wrong.append(Objection(place, "it has no points.", "Say what it was about.", "R114", field="points"))
    if day > word.as_of:
        message = f"{date_in_words(day)} is later than today, {date_in_words(word.as_of)}."
        wrong.append(Objection(place, message, "Check the year.", field="day"))
    elif day.year != row.year:
        message = f"{date_in_words(day)} is not in {row.year}."
        wrong.append(Objection(place, message, "Check the year.", field="day"))
    if wrong:
        raise Refused(wrong)
    found = Conversation(
        assessment_id=row.id or 0,
        held_on=day,
        people=" ".join(people),
        points=points.strip(),
        recorded_by=word.who,
    )
    session.add(found)
    session.flush()
    audit.record_word(session, word, "record conversation", place, after={"on": day, "with": list(people)})
    return found
