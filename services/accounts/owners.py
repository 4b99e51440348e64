"""Whose or who the owner of an account is in the programme: an inspector, an area, a body, as people name them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from models import Body
from services.accounts.roles import OF_AREA, OF_PERSON, Role
from services.errors import Objection, ServiceError
from services.naming.areas import find_area
from services.naming.named import Named, find_named
from services.naming.people import find_inspector


@dataclass(frozen=True)
class Owner:
    """Whose an account is: how they sign in, how the log calls them, and who or whose they are in the programme."""

    login: str
    name: str
    email: str = ""
    inspector: str | None = None
    area: str | None = None
    body: str | None = None


@dataclass(frozen=True)
class Link:
    """One of the three: which roles need it, and how what is named is found."""

    key: str
    word: str
    roles: frozenset[Role]
    code_of: Callable[[Session, str], str]

    @property
    def field(self) -> str:
        """The field of a form that asks for it."""
        return f"of_{self.key}"


def _code_of_body(session: Session, text: str) -> str:
    bodies = session.exec(select(Body).order_by(col(Body.code)))
    known = [Named(body.code, body.name) for body in bodies]
    return find_named("body", text, known, "Use a code or a name of bodies.csv.").code


LINKS = (
    Link("inspector", "an inspector", OF_PERSON, lambda session, text: find_inspector(session, text).code),
    Link("area", "an area", OF_AREA, lambda session, text: find_area(session, text).code),
    Link("body", "a body", frozenset({Role.BODY}), _code_of_body),
)


def linked(session: Session, owner: Owner) -> tuple[Owner, list[Objection]]:
    """The same owner with codes for what was named, and an objection for each name that means nothing here."""
    codes: dict[str, str | None] = {}
    found = []
    for link in LINKS:
        text = (getattr(owner, link.key) or "").strip()
        try:
            codes[link.key] = link.code_of(session, text) if text else None
        except ServiceError as error:
            codes[link.key] = text
            found += [
                Objection(fault.place, fault.message, fault.advice, field=link.field)
                for fault in error.findings
            ]
    return replace(owner, inspector=codes["inspector"], area=codes["area"], body=codes["body"]), found


def objections_to_links(place: str, owner: Owner, roles: Iterable[Role]) -> Iterator[Objection]:
    """What a role needs and its owner has not."""
    for link in LINKS:
        if link.roles & set(roles) and not getattr(owner, link.key):
            yield Objection(
                place, f"one of its roles needs {link.word}.", "Name one, by name or code.", field=link.field
            )
