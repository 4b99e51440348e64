"""Links that lead nowhere: after too many of them from one network address nothing is looked up for a while."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from models import FailedSignIn
from services.accounts.signing_in import MOST_BY_ADDRESS, WINDOW

OF_LINKS = "a link of a questionnaire"
"""Stands where a failed try to sign in has the hash of a login."""


def has_tried_too_often(session: Session, address: str, at: datetime) -> bool:
    """Whether so many tries from an address failed of late, of links or of sign-ins, that no more is looked at."""
    query = select(func.count()).select_from(FailedSignIn)
    since = at - WINDOW
    counted = session.exec(query.where(FailedSignIn.address == address, col(FailedSignIn.at) > since)).one()
    return counted >= MOST_BY_ADDRESS


def note_failed_link(session: Session, address: str, at: datetime) -> None:
    """Count a link that there is not."""
    session.add(FailedSignIn(login_hash=OF_LINKS, address=address, at=at))
