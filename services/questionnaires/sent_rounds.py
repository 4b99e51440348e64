"""Rounds of a questionnaire: finding one, opening it, whom it invites, and closing it (R164, R165)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.findings import nearest
from config.questionnaire import Questionnaire
from config.questionnaire_files import find_questionnaire, read_questionnaires
from models import Area, Contact, QuestionnaireInvitation, QuestionnaireRound
from reports.words import date_in_words, plural
from services import audit
from services.audit import Word
from services.casework.area_contacts import contact_of_area
from services.days.working_days import is_working_day, subtract_working_days, why_nobody_works
from services.doors import QUESTIONNAIRES
from services.errors import AlreadySo, NotFound, Objection, Refused
from services.naming.areas import find_area
from services.questionnaires.mails import invite

SEND, CLOSE = "send questionnaire", "close questionnaire"
_EVALUATION = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True)
class Wanted:
    """What is to be sent: to which areas (names or codes; empty: to all), until when, and as part of what.

    `evaluation` names what is reported together (empty: the questionnaire's own name). Without `reply_by` it is a
    standing round, which a step of each activity sends.
    """

    questionnaire: str
    reply_by: date | None = None
    areas: tuple[str, ...] = ()
    evaluation: str = ""


@dataclass(frozen=True)
class Sent:
    """A round that was opened, and how many authorities are invited."""

    number: int
    questionnaire: str
    reply_by: date | None
    remind_on: date | None
    num_invited: int


def document_of(row: QuestionnaireRound) -> Questionnaire:
    """The questionnaire of a round as it was sent."""
    return Questionnaire.model_validate_json(row.document)


def find_round(session: Session, number: int) -> QuestionnaireRound:
    """The round of a number; NotFound if there is none."""
    row = session.get(QuestionnaireRound, number)
    if row is None:
        advice = QUESTIONNAIRES.advise("List them")
        raise NotFound(f"round {number}", "there is no such round of a questionnaire.", advice)
    return row


def invitations_of(session: Session, number: int) -> list[QuestionnaireInvitation]:
    """Whom a round invited, by the name of the authority."""
    query = select(QuestionnaireInvitation).where(QuestionnaireInvitation.round_id == number)
    return list(session.exec(query.order_by(col(QuestionnaireInvitation.area_name))))


def open_round(session: Session, wanted: Wanted, word: Word, address: str) -> Sent:
    """Open a round, and queue one message to each authority with a link of its own.

    Parameters
    ----------
    address
        Where people find the console: the links begin with it.

    Raises
    ------
    NotFound
        If there is no such questionnaire.
    Refused
        With every reason: a day of reply that can't be, areas without the contact that is asked, no address for links,
        an open round of the same questionnaire that invites the same authority.
    """
    asked = _asked(wanted.questionnaire)
    evaluation = wanted.evaluation.strip() or asked.id
    areas = _areas(session, wanted)
    contacts = {area.code: contact_asked(session, area.code, asked) for area in areas}
    objections = [
        *_day(asked, wanted, word.as_of),
        *_evaluation(evaluation),
        *_address(address),
        *_nobody(asked, areas, contacts),
        *_asked_already(session, asked, areas, is_standing=wanted.reply_by is None),
    ]
    if objections:
        raise Refused(objections)
    row = QuestionnaireRound(
        questionnaire=asked.id,
        version=asked.version,
        document=asked.model_dump_json(),
        evaluation=evaluation,
        is_standing=wanted.reply_by is None,
        opened_on=word.as_of,
        reply_by=wanted.reply_by,
    )
    session.add(row)
    session.flush()
    remind_on = None
    if wanted.reply_by is not None:
        remind_on = reminded_on(asked, wanted.reply_by)
        for area in areas:
            if contact := contacts[area.code]:
                invite(session, row, area, contact, wanted.reply_by, word, address)
    found = Sent(row.id or 0, asked.id, wanted.reply_by, remind_on, len(areas))
    audit.record_word(session, word, SEND, f"round {row.id}", after=vars(found))
    return found


def close_round(session: Session, number: int, word: Word) -> QuestionnaireRound:
    """No answer is taken any more, and the summary may be seen outside."""
    row = find_round(session, number)
    if row.closed_on is not None:
        raise AlreadySo.because(f"round {number}", f"it was closed on {date_in_words(row.closed_on)}.")
    row.closed_on = word.as_of
    audit.record_word(session, word, CLOSE, f"round {number}", after={"closed": word.as_of})
    return row


def reminded_on(asked: Questionnaire, reply_by: date) -> date:
    """On which day whoever has not answered is reminded."""
    return subtract_working_days(reply_by, asked.remind_before)


def contact_asked(session: Session, area: str, asked: Questionnaire) -> Contact | None:
    """The contact of an area who holds the role that is asked, else who stands in (R064); None if nobody does."""
    return contact_of_area(session, area, asked.asked_of)


def _asked(name: str) -> Questionnaire:
    """The questionnaire of a name; a name that is unknown is the asker's fault, not that of the files."""
    known = read_questionnaires()
    if name not in known:
        raise NotFound("questionnaire", f"there is no questionnaire '{name}'.", nearest(name, known))
    return find_questionnaire(name)


def _areas(session: Session, wanted: Wanted) -> list[Area]:
    if wanted.reply_by is None:
        return []
    if not wanted.areas:
        return list(session.exec(select(Area).order_by(col(Area.name))))
    found = {area.code: area for area in (find_area(session, text) for text in wanted.areas)}
    return list(found.values())


def _day(asked: Questionnaire, wanted: Wanted, as_of: date) -> Iterator[Objection]:
    reply_by = wanted.reply_by
    if reply_by is None:
        if asked.sent_by is None:
            message = "it names no step that sends it, so it needs a day of reply."
            yield Objection(asked.id, message, "Give the day by which to answer.", field="reply_by")
        if wanted.areas:
            message = "a standing round is sent by the step of each activity, not to areas that are named."
            yield Objection(asked.id, message, "Leave the areas out, or give a day of reply.", field="areas")
    elif not is_working_day(reply_by):
        message = f"{date_in_words(reply_by)} is {why_nobody_works(reply_by)}."
        yield Objection(asked.id, message, "Choose a working day.", "R165", field="reply_by")
    elif reminded_on(asked, reply_by) <= as_of:
        days = plural(asked.remind_before, "working day")
        message = f"{date_in_words(reply_by)} leaves no time for the reminder {days} before it."
        yield Objection(asked.id, message, "Choose a later day.", "R165", field="reply_by")


def _evaluation(evaluation: str) -> Iterator[Objection]:
    if not _EVALUATION.fullmatch(evaluation):
        message = f"'{evaluation}' is no name of an evaluation."
        advice = "Use small letters, digits and hyphens, such as assessment-2009."
        yield Objection("evaluation", message, advice, field="evaluation")


def _address(address: str) -> Iterator[Objection]:
    if not address:
        message = "the settings name no address of the console, so no link can be sent."
        yield Objection("questionnaire", message, "Set JARCYCLE_CONSOLE_PUBLIC_URL.")


def _nobody(
    asked: Questionnaire, areas: Sequence[Area], contacts: dict[str, Contact | None]
) -> Iterator[Objection]:
    for area in areas:
        if contacts[area.code] is None:
            message = f"nobody holds the role {asked.asked_of}, or stands in for it."
            yield Objection(area.name, message, "Add one to contacts.csv, or leave the area out.")


def _asked_already(
    session: Session, asked: Questionnaire, areas: Iterable[Area], is_standing: bool
) -> Iterator[Objection]:
    query = select(QuestionnaireRound).where(
        QuestionnaireRound.questionnaire == asked.id, col(QuestionnaireRound.closed_on).is_(None)
    )
    names = {area.code: area.name for area in areas}
    for row in session.exec(query):
        place, advice = f"round {row.id}", QUESTIONNAIRES.advise("Close it first")
        if is_standing and row.is_standing:
            yield Objection(place, "a standing round of this questionnaire is open.", advice)
        for invitation in invitations_of(session, row.id or 0):
            if invitation.area_code in names:
                message = f"{names[invitation.area_code]} is asked the same in it, and it is still open."
                yield Objection(place, message, advice, field="areas")
