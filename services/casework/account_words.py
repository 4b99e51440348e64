"""Whose word it is when somebody who is signed in says something: their name in the programme, and for whom."""

from sqlmodel import Session

from models import Inspector
from services.accounts.roles import Role
from services.accounts.visits import SignedIn
from services.casework.contacts import Contacts
from services.errors import Objection, Refused
from services.programme import rules_of

MAY_SPEAK_FOR_OTHERS = frozenset({Role.PLANNER, Role.TEAM_LEADER})
"""Who may say something on behalf of others, with a reason; everybody else speaks for themselves."""


def speaker(session: Session, who: SignedIn, on_behalf_of: str = "") -> str:
    """The name under which an account speaks.

    A planner speaks for the planner's office, unless they are somebody of the programme. Everybody else is found in
    the programme: an inspector by their code, others by mail address or name.

    Raises
    ------
    Refused
        If they are nobody of the programme, or may not speak on behalf of others.
    """
    if on_behalf_of and not who.is_one_of(MAY_SPEAK_FOR_OTHERS):
        message = "your account speaks for itself only."
        raise Refused([Objection(who.name, message, "Ask a planner to say it.", field="on_behalf_of")])
    if who.inspector_code is not None:
        inspector = session.get(Inspector, who.inspector_code)
        if inspector is not None:
            return inspector.name
    known = Contacts(session, rules_of(session)).known_people()
    if who.email in known:
        return known[who.email].name
    if Role.PLANNER in who.roles or who.name in {person.name for person in known.values()}:
        return who.name
    message = "your account is nobody of the programme's contacts or inspectors."
    raise Refused.because(who.name, message, "Ask whoever runs the service to link it to you.")
