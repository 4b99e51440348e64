"""Interventions of the government in an area: on which ground, by which power, from when until when (R091)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.findings import nearest
from models import Intervention
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.doors import SAY_WHY
from services.errors import AlreadySo, NotFound, Objection, Refused
from services.naming.areas import find_area
from services.programme import policy_of


@dataclass(frozen=True)
class Intervenes:
    """What is said of an intervention: the area by name or code, codes of the policy, and who told of it."""

    area: str
    ground: str
    power: str
    from_on: date
    source: str


def begin_intervention(session: Session, said: Intervenes, word: Word) -> Intervention:
    """Record that the government intervenes in an area.

    Raises
    ------
    NotFound
        If there is no such area.
    Refused
        With everything wrong: an unknown ground or power, no source, a day ahead, or one like it that lasts.
    """
    area, rules = find_area(session, said.area), policy_of(session).follow_up
    found = [
        *_unknown("ground", said.ground, rules.grounds),
        *_unknown("power", said.power, rules.powers),
        *_ahead(said.from_on, word),
    ]
    if not said.source.strip():
        found.append(Objection("source", "it is missing.", "Name the letter or order.", "R091", "source"))
    for row in interventions_in(session, area.code):
        if (row.ground, row.power) == (said.ground, said.power) and row.until_on is None:
            message = f"intervention {row.id} of that kind lasts since {date_in_words(row.from_on)}."
            found.append(Objection("intervention", message, "End that one first.", "R091"))
    if found:
        raise Refused(found)
    made = Intervention(
        area_code=area.code,
        ground=said.ground,
        power=said.power,
        from_on=said.from_on,
        source=said.source.strip(),
        recorded_by=word.who,
        recorded_at=word.at,
    )
    session.add(made)
    session.flush()
    after = {"ground": made.ground, "power": made.power, "from": made.from_on}
    audit.record(session, word.who, word.at, "intervene", _about(made), after=after, why=made.source)
    return made


def end_intervention(session: Session, number: int, until_on: date, word: Word) -> Intervention:
    """Record the last day of an intervention; the word's note says why it ends."""
    row = session.get(Intervention, number)
    if row is None:
        raise NotFound(f"intervention {number}", "there is none.", "Name one of the area's.")
    place = f"intervention {number}"
    if row.until_on == until_on:
        raise AlreadySo.because(place, f"it ended on {date_in_words(until_on)}.")
    found = list(_ahead(until_on, word))
    if until_on < row.from_on:
        message = f"{date_in_words(until_on)} is earlier than it began, {date_in_words(row.from_on)}."
        found.append(Objection(place, message, "Check the year.", field="day"))
    if not word.note.strip():
        found.append(Objection(place, "its end needs a reason.", SAY_WHY, field="why"))
    if found:
        raise Refused(found)
    before, row.until_on = row.until_on, until_on
    session.flush()
    audit.record_word(session, word, "end intervention", _about(row), before=before, after=until_on)
    return row


def interventions_in(session: Session, area_code: str) -> list[Intervention]:
    """The interventions in an area, the latest first."""
    query = select(Intervention).where(Intervention.area_code == area_code)
    return list(session.exec(query.order_by(col(Intervention.from_on).desc(), col(Intervention.id).desc())))


def _about(row: Intervention) -> str:
    return f"{row.area_code} intervention {row.id}"


def _ahead(day: date, word: Word) -> Iterator[Objection]:
    if day > word.as_of:
        message = f"{date_in_words(day)} is later than today, {date_in_words(word.as_of)}."
        yield Objection("day", message, "Check the year.", field="day")


def _unknown(what: str, code: str, known: Mapping[str, str]) -> Iterator[Objection]:
    if code not in known:
        yield Objection(what, f"the policy has no {what} '{code}'.", nearest(code, known), "R091", what)
