"""Who is away on a day: by an absence that was imported, or by leave that they entered themselves."""

from datetime import date

from sqlmodel import Session, col, select

from models import Absence, Leave


def is_away(session: Session, inspector: str, on: date) -> bool:
    """Whether a person is not there at all on a day; whoever is partly there is not away."""
    return any(
        session.exec(
            select(table.id).where(
                col(table.inspector_code) == inspector,
                col(table.start_on) <= on,
                col(table.end_on) > on,
                col(table.percent_available) == 0,
            )
        ).first()
        for table in (Absence, Leave)
    )
