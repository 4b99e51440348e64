"""Calendar feeds that need no sign-in: an address with a secret in it, which its owner can revoke."""

import secrets
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from models import Account, Body, Feed, PreparationEntry
from services import audit
from services.accounts.roles import OF_INSPECTORATE
from services.accounts.visits import SignedIn, hash_of_secret, signed_in_as
from services.audit import Word
from services.errors import NotFound, Objection, Refused
from services.naming.areas import find_area
from services.naming.people import find_inspector

MAKE, REVOKE = "make feed", "revoke feed"
MOST_FEEDS = 50


class Whose(StrEnum):
    """What a feed shows of the published plan."""

    AREA = "area"
    INSPECTOR = "inspector"
    LEADER = "leader"
    BODY = "body"
    PREPARATION = "preparation"


WHOSE_WORDS = {
    Whose.AREA: "An area",
    Whose.INSPECTOR: "An inspector, in every team",
    Whose.LEADER: "A team leader, what they lead",
    Whose.BODY: "A body's inspectors",
    Whose.PREPARATION: "Your preparation group",
}


def kinds_for(who: SignedIn) -> list[tuple[Whose, str]]:
    """The calendars that somebody can choose from, with their words: only a preparation group knows of its own."""
    return [(kind, words) for kind, words in WHOSE_WORDS.items() if _may_name(who, kind)]


def _may_name(who: SignedIn, kind: Whose) -> bool:
    return kind is not Whose.PREPARATION or who.is_preparing


@dataclass(frozen=True)
class KnownFeed:
    """Whose calendar a feed is, and as whom it is read: it shows what its account may see now."""

    whose: Whose
    code: str
    reader: SignedIn


def make_feed(session: Session, who: SignedIn, whose: str, text: str, word: Word) -> str:
    """Make a feed and return its secret, which is kept nowhere; one for the same calendar is revoked by it.

    Raises
    ------
    Refused
        If the account may not see that calendar, or has very many.
    NotFound
        If there is no such area, inspector or body.
    """
    kind, code = _named(session, who, whose, text)
    earlier = feeds_of(session, who.account_id)
    for feed in earlier:
        if (feed.whose, feed.code) == (kind, code):
            session.delete(feed)
    if len(earlier) >= MOST_FEEDS:
        raise Refused.because("feeds", f"you have {len(earlier)} already.", "Revoke one first.")
    secret = secrets.token_urlsafe(32)
    hashed = hash_of_secret(secret)
    session.add(Feed(secret_hash=hashed, account_id=who.account_id, whose=kind, code=code, made_at=word.at))
    _record(session, who, word, MAKE, kind, after={"whose": kind, "code": code})
    return secret


def feeds_of(session: Session, account_id: int) -> list[Feed]:
    """The feeds of an account, the oldest first."""
    query = select(Feed).where(Feed.account_id == account_id).order_by(col(Feed.id))
    return list(session.exec(query))


def known_feed(session: Session, secret: str) -> KnownFeed | None:
    """The feed of a secret; None if there is none, it was revoked, or its account is locked."""
    query = select(Feed, Account).join(Account, col(Account.id) == col(Feed.account_id))
    found = session.exec(query.where(Feed.secret_hash == hash_of_secret(secret))).first()
    if found is None or found[1].is_locked:
        return None
    return KnownFeed(Whose(found[0].whose), found[0].code, signed_in_as(found[1]))


def revoke_feed(session: Session, who: SignedIn, number: int, word: Word) -> None:
    """End a feed of one's own: its address answers nobody any more. NotFound if it is not one's own."""
    feed = session.get(Feed, number)
    if feed is None or feed.account_id != who.account_id:
        raise NotFound(f"feed {number}", "you have no such feed.", "Choose one of your list.")
    session.delete(feed)
    _record(session, who, word, REVOKE, Whose(feed.whose), before={"whose": feed.whose, "code": feed.code})


def _record(
    session: Session, who: SignedIn, word: Word, action: str, kind: Whose, **said: dict[str, str]
) -> None:
    """Into the audit log; what is of a preparation group only into the log of its space."""
    if kind is not Whose.PREPARATION:
        audit.record_word(session, word, action, f"account {who.login}", **said)
        return
    entry = PreparationEntry(
        area_code=who.area_code or "", at=word.at, who=word.who, action=action, about="its calendar"
    )
    session.add(entry)


def _named(session: Session, who: SignedIn, whose: str, text: str) -> tuple[Whose, str]:
    """What is meant, by its code; of the authority's side only its own area."""
    if whose not in set(Whose) or not _may_name(who, Whose(whose)):
        raise Refused(
            [Objection("feed", "nothing is chosen.", "Choose whose calendar it is.", field="whose")]
        )
    kind = Whose(whose)
    if kind is Whose.PREPARATION:
        return kind, who.area_code or ""
    if not who.is_one_of(OF_INSPECTORATE):
        if kind is not Whose.AREA or find_area(session, text).code != who.area_code:
            message = "your account sees the calendar of its own area only."
            raise Refused([Objection("feed", message, "Choose that.", field="code")])
        return kind, who.area_code
    if who.only_body is not None and not _is_of_body(session, who.only_body, kind, text):
        message = "your account sees the calendars of its own body and of its inspectors only."
        raise Refused([Objection("feed", message, "Choose one of those.", field="code")])
    if kind is Whose.AREA:
        return kind, find_area(session, text).code
    if kind is Whose.BODY:
        if session.get(Body, text) is None:
            message = f"there is no body of the code {text}."
            raise Refused([Objection("feed", message, "Use a code of bodies.csv.", field="code")])
        return kind, text
    return kind, find_inspector(session, text).code


def _is_of_body(session: Session, body: str, kind: Whose, text: str) -> bool:
    if kind is Whose.BODY:
        return text.strip() == body
    return kind is not Whose.AREA and find_inspector(session, text).body_code == body
