"""Finding an inspector by what people call them: a name, a code or a mail address."""

from sqlmodel import Session, col, select

from models import Inspector
from services.naming.named import Named, find_named


def find_inspector(session: Session, text: str) -> Inspector:
    """The inspector with this code, name or mail address; see `find_named`."""
    people = list(session.exec(select(Inspector).order_by(col(Inspector.code))))
    known = [Named(person.code, person.name, (person.email,)) for person in people]
    otherwise = "Use a name or a code of inspectors.csv, such as I001."
    found = find_named("inspector", text, known, otherwise if people else "Import a programme first.")
    return next(person for person in people if person.code == found.code)


def names_of_inspectors(session: Session) -> dict[str, str]:
    """The name of every inspector by code."""
    return dict(session.exec(select(Inspector.code, Inspector.name)).all())
