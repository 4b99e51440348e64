"""Who gets the draft report from whoever circulates it: each partner of the area, ticked when it is sent (R066)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import Activity, Circulation, Partner, Step
from reports.words import date_in_words, list_in_words
from services import audit
from services.audit import Word
from services.casework.advancing import locked
from services.casework.contacts import Contacts, Person
from services.casework.speakers import Subject, objections_to_speaker
from services.doors import CIRCULATE, SAY_WHAT_WAS_WRONG, SIGN_OFF, TAKE_BACK_CIRCULATION
from services.errors import AlreadySo, Objection, Refused
from services.naming.named import Named, find_named
from services.naming.steps import find_activities
from services.programme import rules_of

UNDO_FIRST = TAKE_BACK_CIRCULATION.advise("Take that back first")
SEE_LIST = CIRCULATE.advise("See the list")


@dataclass(frozen=True)
class Recipient:
    """An organisation that gets a document: its chief officer, the body that monitors it, and when it was sent."""

    organisation: str
    kind: str
    chief_officer: str
    email: str
    telephone: str
    monitored_by: str
    sent_on: date | None


@dataclass(frozen=True)
class CirculationList:
    """To whom a document of an activity goes, and who sends it; `out_on` is the day on which it was finished."""

    activity: str
    step: str
    step_name: str
    sender_role: str
    senders: tuple[Person, ...]
    out_on: date | None
    recipients: tuple[Recipient, ...]

    @property
    def num_sent(self) -> int:
        """How many have it."""
        return sum(recipient.sent_on is not None for recipient in self.recipients)


def circulation_lists(session: Session, text: str) -> list[CirculationList]:
    """The lists of the activity of that code, or of every activity of an area; one for each step that is circulated."""
    found = find_activities(session, text)
    return [listed for activity in found for listed in _lists(session, activity)]


def circulate(
    session: Session, text: str, organisations: Sequence[str], sent_on: date, word: Word
) -> CirculationList:
    """Tick the organisations to which a document was sent; without any, all that do not have it yet.

    Raises
    ------
    Refused
        If nothing is circulated there, if it is not finished, on a day before that or ahead, or sent already.
    NotFound
        If there is no such organisation in the area.
    """
    activity, listed = _the_list(session, text)
    name = f"{activity.code} {listed.step}"
    _refuse_speaker(session, activity, listed.step, word)
    chosen = _named(listed, organisations)
    if listed.out_on is not None and all(recipient.sent_on == sent_on for recipient in chosen):
        whom = list_in_words([recipient.organisation for recipient in chosen]) or "everybody on the list"
        raise AlreadySo.because(name, f"it was sent to {whom}.")
    found = list(_too_soon(listed, name, sent_on, word.as_of))
    for recipient in chosen if organisations else ():
        if recipient.sent_on is not None:
            message = f"{recipient.organisation} was sent it on {date_in_words(recipient.sent_on)}."
            found.append(Objection(name, message, UNDO_FIRST))
    if found:
        raise Refused(found)
    new = [recipient for recipient in chosen if recipient.sent_on is None]
    session.add_all(
        Circulation(
            activity_id=activity.id or 0,
            step_id=listed.step,
            organisation=recipient.organisation,
            chief_officer=recipient.chief_officer,
            sent_on=sent_on,
            sent_by=word.who,
        )
        for recipient in new
    )
    session.flush()
    sent = {recipient.organisation: sent_on for recipient in new}
    audit.record_word(session, word, "circulate", name, after=sent)
    return _the_list(session, text)[1]


def take_back_circulation(
    session: Session, text: str, organisations: Sequence[str], word: Word
) -> CirculationList:
    """Say that a document was not sent to some organisations after all; the word's note says why."""
    activity, listed = _the_list(session, text)
    name = f"{activity.code} {listed.step}"
    _refuse_speaker(session, activity, listed.step, word)
    if not word.note.strip():
        raise Refused.because(name, "undoing this needs a reason.", SAY_WHAT_WAS_WRONG, field="why")
    if not organisations:
        raise Refused.because(name, "no organisation is named.", "Name those that do not have it.")
    chosen = {recipient.organisation: recipient.sent_on for recipient in _named(listed, organisations)}
    for organisation, sent_on in chosen.items():
        if sent_on is None:
            message = f"{organisation} was not sent it."
            raise Refused.because(name, message, SEE_LIST)
    _untick(session, activity, listed.step, chosen, word)
    return _the_list(session, text)[1]


def forget_circulation(session: Session, activity: Activity, step_id: str, word: Word) -> list[str]:
    """Untick everybody to whom the document of a step was sent that is not done after all; their names."""
    sent = {row.organisation: row.sent_on for row in _ticks(session, activity, step_id)}
    if sent:
        _untick(session, activity, step_id, sent, word)
    return sorted(sent)


def sent_before(session: Session, activity: Activity, step_id: str, day: date) -> dict[str, date]:
    """To whom the document of a step was sent before a day, and when."""
    return {row.organisation: row.sent_on for row in _ticks(session, activity, step_id) if row.sent_on < day}


def _ticks(session: Session, activity: Activity, step_id: str) -> Sequence[Circulation]:
    """To whom the document of a step was sent, as far as is known."""
    query = select(Circulation).where(Circulation.activity_id == activity.id, Circulation.step_id == step_id)
    return session.exec(query).all()


def _untick(
    session: Session, activity: Activity, step_id: str, sent: Mapping[str, date | None], word: Word
) -> None:
    for row in _ticks(session, activity, step_id):
        if row.organisation in sent:
            session.delete(row)
    session.flush()
    audit.record_word(session, word, "undo circulation", f"{activity.code} {step_id}", before=sent)


def _refuse_speaker(session: Session, activity: Activity, step: str, word: Word) -> None:
    rules = rules_of(session)
    subject, contacts = Subject(f"{activity.code} {step}", activity, step), Contacts(session, rules)
    if found := list(objections_to_speaker(subject, rules.policy.speakers.circulation, word, contacts)):
        raise Refused(found)


def _the_list(session: Session, text: str) -> tuple[Activity, CirculationList]:
    lists = circulation_lists(session, text)
    if not lists:
        advice = "Name an activity whose framework says who circulates its draft."
        raise Refused.because(f"activity {text}", "nothing of it is circulated.", advice)
    if len(lists) > 1:
        advice = f"Name one of them: {', '.join(listed.activity for listed in lists)}."
        raise Refused.because(f"activity {text}", "several documents are circulated there.", advice)
    activity = locked(session, col(Activity.code) == lists[0].activity)
    # Somebody else may have ticked it until now.
    return activity, next(listed for listed in _lists(session, activity) if listed.step == lists[0].step)


def _lists(session: Session, activity: Activity) -> list[CirculationList]:
    rules = rules_of(session)
    framework, contacts = rules.of(activity), Contacts(session, rules)
    query = select(Step).where(Step.activity_id == activity.id)
    steps = {step.step_id: step for step in session.exec(query)}
    return [
        CirculationList(
            activity=activity.code,
            step=rule.id,
            step_name=rule.name,
            sender_role=framework.role_name(rule.circulated_by),
            senders=tuple(contacts.holders(activity, rule.circulated_by)),
            out_on=steps[rule.id].actual_on if steps[rule.id].state == "done" else None,
            recipients=tuple(_recipients(session, activity, rule.id)),
        )
        for rule in framework.steps
        if rule.circulated_by is not None and rule.id in steps
    ]


def _recipients(session: Session, activity: Activity, step: str) -> list[Recipient]:
    """The partners of the area, and those that had the document before they were left out of the files."""
    sent = {row.organisation: row for row in _ticks(session, activity, step)}
    query = select(Partner).where(Partner.area_code == activity.area_code).order_by(col(Partner.name))
    found = [
        Recipient(
            organisation=partner.name,
            kind=partner.kind,
            chief_officer=partner.chief_officer,
            email=partner.email,
            telephone=partner.telephone,
            monitored_by=partner.monitor_code or "",
            sent_on=sent[partner.name].sent_on if partner.name in sent else None,
        )
        for partner in session.exec(query)
    ]
    known = {recipient.organisation for recipient in found}
    gone = [row for name, row in sent.items() if name not in known]
    return found + [
        Recipient(row.organisation, "", row.chief_officer, "", "", "", row.sent_on) for row in gone
    ]


def _named(listed: CirculationList, organisations: Sequence[str]) -> list[Recipient]:
    if not organisations:
        return [recipient for recipient in listed.recipients if recipient.sent_on is None]
    by_name = {recipient.organisation: recipient for recipient in listed.recipients}
    known = [Named(name, name) for name in by_name]
    otherwise = SEE_LIST
    return [by_name[find_named("organisation", text, known, otherwise).code] for text in organisations]


def _too_soon(listed: CirculationList, name: str, sent_on: date, as_of: date) -> list[Objection]:
    if listed.out_on is None:
        message = f"{listed.step_name} is not signed off, so there is nothing to send."
        return [Objection(name, message, SIGN_OFF.advise("Sign it off first"), "R066")]
    if not listed.out_on <= sent_on <= as_of:
        days = f"{date_in_words(listed.out_on)} to {date_in_words(as_of)}"
        return [Objection(name, f"{date_in_words(sent_on)} is outside {days}.", "Check the year.")]
    return []
