"""Whose space it is: only accounts of the preparation group of an area get in, and for others there is none (C17)."""

from sqlmodel import Session, select

from models import Account, PreparationGroup
from services.accounts.visits import SignedIn, signed_in_as
from services.errors import NotFound


def account_of_group(session: Session, login: str) -> SignedIn:
    """The account of a login; NotFound alike for one that is none, is locked, or is of no preparation group."""
    row = session.exec(select(Account).where(Account.login == login.strip().casefold())).first()
    who = None if row is None or row.is_locked else signed_in_as(row)
    if who is None or not who.is_preparing:
        message = "there is no preparation group for this account."
        raise NotFound("preparation", message, "Name an account of a preparation group.")
    return who


def group_of(session: Session, area: str) -> PreparationGroup:
    """The group of an area; NotFound before it has started."""
    row = session.get(PreparationGroup, area)
    if row is None:
        raise NotFound("preparation", "the group has not started yet.", "Start it first.")
    return row
