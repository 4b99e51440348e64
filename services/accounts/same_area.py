"""What an authority does itself: give colleagues of its area accounts, and lock them again."""

from sqlmodel import Session, col, select

from models import Account
from services.accounts import keeping
from services.accounts.keeping import OneTime
from services.accounts.owners import Owner
from services.accounts.roles import OF_AREA, ROLE_WORDS, Role, roles_of
from services.accounts.visits import SignedIn
from services.audit import Word
from services.errors import NotFound, Objection, Refused

MOST_OF_AN_AREA = 20


def colleagues(session: Session, who: SignedIn) -> list[Account]:
    """The accounts of the authority's side in somebody's area, by name."""
    query = select(Account).where(Account.area_code == who.area_code).order_by(col(Account.name))
    return [account for account in session.exec(query) if roles_of(account.roles) <= OF_AREA]


def add_colleague(session: Session, who: SignedIn, owner: Owner, role: str, word: Word) -> OneTime:
    """Give somebody of one's own area an account of the authority's side, with a one-time password.

    Raises
    ------
    Refused
        If the role is another one, if the area has very many accounts, or for whatever speaks against the account.
    """
    if role not in OF_AREA:
        names = " or ".join(ROLE_WORDS[known] for known in Role if known in OF_AREA)
        raise Refused([Objection("role", "no role is chosen.", f"Choose {names}.", field="role")])
    if len(colleagues(session, who)) >= MOST_OF_AN_AREA:
        message = f"your area has {MOST_OF_AN_AREA} accounts already."
        raise Refused.because("accounts", message, "Ask whoever runs the service to remove some.")
    own_area = Owner(owner.login, owner.name, owner.email, area=who.area_code)
    return keeping.add_account(session, own_area, [role], word)


def lock_colleague(session: Session, who: SignedIn, number: int, word: Word) -> Account:
    """Lock the account of a colleague; NotFound if it is no colleague's. Nobody locks themselves out."""
    found = next((account for account in colleagues(session, who) if account.id == number), None)
    if found is None or found.id == who.account_id:
        raise NotFound("colleague", "there is no such colleague.", "Choose one of the list.")
    return keeping.lock(session, found.login, word)
