"""Who speaks for an area where no activity is meant: the contact of a role, else who stands in for it (R064)."""

from sqlmodel import Session, col, select

from models import Contact
from services.programme import policy_of


def contact_of_area(session: Session, area_code: str, role: str) -> Contact | None:
    """The contact of an area who holds a role, else who stands in; None if nobody does."""
    rows = session.exec(select(Contact).where(Contact.area_code == area_code).order_by(col(Contact.id))).all()
    for name in (role, *policy_of(session).reminders.stand_ins_of(role)):
        if found := next((row for row in rows if row.role == name), None):
            return found
    return None


def speaker_of_area(session: Session, area_code: str) -> Contact | None:
    """The contact who speaks for the authority of an area; None if nobody does."""
    return contact_of_area(session, area_code, policy_of(session).evidence.co_ordinator)
