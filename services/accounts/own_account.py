"""What people do with their account themselves: choose a password, turn shortcuts off or on."""

from sqlalchemy import Engine
from sqlmodel import Session

from models import Account, session
from services import audit
from services.accounts import passwords
from services.accounts.visits import SignedIn, end_visits
from services.audit import Word
from services.errors import Objection, Refused

OWN_PASSWORD = "change password"


def choose_password(
    engine: Engine, who: SignedIn, typed: tuple[str, str, str], word: Word, secret: str
) -> None:
    """Replace one's password; every other browser is signed out.

    Parameters
    ----------
    typed
        The password so far, the new one, and the new one again.
    secret
        Of the browser that stays signed in.

    Raises
    ------
    Refused
        With everything that is wrong.
    """
    old, new, again = typed
    with session(engine, read_only=True) as opened:
        kept = opened.get_one(Account, who.account_id).password_hash
    found = passwords.objections_to_password(new, again, (who.login, who.name, old))
    if not passwords.is_right(old, kept):
        message = "this is not your password."
        found.insert(0, Objection("password", message, "Type the one with which you signed in.", field="old"))
    if found:
        raise Refused(found)
    new_hash = passwords.hashed(new)
    with session(engine) as opened:
        account = opened.get_one(Account, who.account_id)
        account.password_hash, account.one_time_at = new_hash, None
        end_visits(opened, who.account_id, but=secret)
        audit.record_word(opened, word, OWN_PASSWORD, f"account {who.login}")


def choose_shortcuts(session: Session, who: SignedIn, are_on: bool) -> None:
    """Whether keyboard shortcuts lead to pages, in whichever browser somebody signs in (WCAG 2.1.4)."""
    session.get_one(Account, who.account_id).has_shortcuts = are_on
