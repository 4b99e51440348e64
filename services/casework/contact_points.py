"""The contact point of an activity: the one whom to ask, named or the holder of its framework's role (R138)."""

from dataclasses import dataclass

from sqlmodel import Session, col

from config.addresses import parse_address
from config.findings import InvalidText
from config.telephones import parse_telephone
from models import Activity
from services import audit
from services.audit import Word
from services.casework.advancing import locked
from services.casework.contacts import Contacts, Person
from services.casework.speakers import Subject, objections_to_speaker
from services.errors import AlreadySo, Objection, Refused
from services.naming.steps import find_activities, find_activity
from services.programme import rules_of


@dataclass(frozen=True)
class PointOfActivity:
    """An activity with whom to ask about it; None if nobody holds any role."""

    activity: str
    person: Person | None
    is_named: bool


def points_of(session: Session, text: str) -> list[PointOfActivity]:
    """Whom to ask about the activity of that code, or each activity of the area that a text names."""
    contacts = Contacts(session, rules_of(session))
    return [_point(contacts, activity) for activity in find_activities(session, text)]


def name_contact_point(
    session: Session, text: str, name: str, email: str, telephone: str, word: Word
) -> PointOfActivity:
    """Name the person whom to ask about an activity; blank name and address: the framework's role again.

    Raises
    ------
    Refused
        If the text means several activities, if name or address is missing, or if the address or the telephone
        number is none.
    """
    activity = locked(session, col(Activity.id) == find_activity(session, text).id)
    if name.strip() or email.strip() or telephone.strip():
        email, telephone = _checked(activity.code, name, email, telephone)
    rules = rules_of(session)
    contacts, may = Contacts(session, rules), rules.policy.speakers.contact_point
    notice = contacts.notice_of(activity) or ""
    subject = Subject(activity.code, activity, notice)
    if found := list(objections_to_speaker(subject, may, word, contacts)):
        raise Refused(found)
    before = _kept(activity)
    if before == {"name": name.strip(), "email": email.strip(), "telephone": telephone.strip()}:
        whom = f"{name.strip()} is named" if name.strip() else "nobody is named: the role counts"
        raise AlreadySo.because(activity.code, f"{whom}.")
    activity.contact_name, activity.contact_email = name.strip(), email.strip()
    activity.contact_telephone = telephone.strip()
    session.flush()
    audit.record_word(
        session, word, "name contact point", activity.code, before=before, after=_kept(activity)
    )
    return _point(contacts, activity)


def _point(contacts: Contacts, activity: Activity) -> PointOfActivity:
    return PointOfActivity(activity.code, contacts.contact_point(activity), bool(activity.contact_email))


def _checked(code: str, name: str, email: str, telephone: str) -> tuple[str, str]:
    objections = []
    if not name.strip():
        advice = "Give the name of the person whom to ask."
        objections.append(Objection(code, "the contact point has no name.", advice, field="contact_name"))
    read = {}
    for text, parse, field in (
        (email, parse_address, "contact_email"),
        (telephone, parse_telephone, "contact_telephone"),
    ):
        try:
            read[parse] = parse(text)
        except InvalidText as fault:
            objections.append(Objection(code, f"'{text}': {fault.message}", fault.advice, field=field))
    if objections:
        raise Refused(objections)
    return read[parse_address], read[parse_telephone]


def _kept(activity: Activity) -> dict[str, str]:
    return {
        "name": activity.contact_name,
        "email": activity.contact_email,
        "telephone": activity.contact_telephone,
    }
