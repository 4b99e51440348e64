"""Appeals against ratings and queries about data: how far they are, and by when the next step comes (R153, R156)."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, select

from config.rating_files import regime_holding_on
from models import AppealStep, Contact, DataQuery
from services.casework.area_contacts import speaker_of_area
from services.messages.single_messages import SingleMessage
from services.messages.triggers import APPEAL, QUERY
from services.messages.values import Happened, Side
from services.notifications.recent import first_day_of_news, item_about, reader_of
from services.rating.appeal_entries import (
    NEXT_WORDS,
    AppealEntry,
    AppealStepEntry,
    show_appeal,
)
from services.rating.appeal_steps import Step
from services.rating.data_queries import contact_of

TOLD_OF = (Step.LODGED, Step.DECIDED, Step.TOLD)
"""The steps of an appeal that both sides are told of (R162)."""


def about_appeals(session: Session, as_of: date, address: str) -> Iterator[SingleMessage]:
    """The latest step of each appeal, if both sides are told of it and it is news."""
    query = select(AppealStep.appeal_id).where(
        col(AppealStep.step).in_([step.value for step in TOLD_OF]),
        col(AppealStep.happened_on) >= first_day_of_news(as_of),
        col(AppealStep.happened_on) <= as_of,
    )
    for number in sorted(set(session.exec(query))):
        entry = show_appeal(session, number)
        if entry.step in TOLD_OF and entry.since <= as_of:
            yield from _of_appeal(session, entry, as_of, address)


def _of_appeal(session: Session, entry: AppealEntry, as_of: date, address: str) -> Iterator[SingleMessage]:
    point = _point(session, entry.area_code, as_of)
    sides: tuple[tuple[Contact | None, Side], ...] = (
        (speaker_of_area(session, entry.area_code), "authority"),
        (point, "inspectorate"),
    )
    for contact, side in sides:
        if contact is not None:
            happened = _happened(entry, entry.steps[-1], side)
            asked = point if side == "authority" else None  # nobody asks themselves
            item = item_about(session, entry.area_code, happened.case, happened, address, asked)
            key = f"{entry.number}|{entry.step}|{entry.since}|{side}"
            yield SingleMessage(APPEAL, key, item, reader_of(contact), side)


def _happened(entry: AppealEntry, last: AppealStepEntry, side: Side) -> Happened:
    """The authority reads how it was decided, and why, once it is told; the inspectorate's side at once."""
    knows = side == "inspectorate" or last.step is Step.TOLD
    return Happened(
        case=f"The rating of {entry.year}",
        on=last.happened_on,
        step=last.step.value,
        step_name=last.name,
        outcome=entry.outcome if knows else "",
        grade=entry.new_grade if knows else "",
        text=last.note if knows else "",
        next_step=NEXT_WORDS[entry.next_step] if entry.next_step else "",
        due_on=entry.due,
    )


def about_queries(session: Session, as_of: date, address: str) -> Iterator[SingleMessage]:
    """Each query that was answered lately, to whoever speaks for the authority."""
    query = select(DataQuery).where(
        col(DataQuery.answered_on) >= first_day_of_news(as_of), col(DataQuery.answered_on) <= as_of
    )
    for row in session.exec(query.order_by(col(DataQuery.id))).all():
        reader = speaker_of_area(session, row.area_code)
        if reader is not None:
            yield _of_query(session, row, reader, as_of, address)


def _of_query(session: Session, row: DataQuery, reader: Contact, as_of: date, address: str) -> SingleMessage:
    assert row.answered_on is not None  # it was asked for
    case = f"The profile of {row.quarter}"
    happened = Happened(case, row.answered_on, question=row.question, text=row.answer, by=row.answered_by)
    point = _point(session, row.area_code, as_of)
    item = item_about(session, row.area_code, case, happened, address, point)
    return SingleMessage(QUERY, f"{row.id}|{row.asked_on}", item, reader_of(reader), "authority")


def _point(session: Session, area_code: str, as_of: date) -> Contact | None:
    """The single contact point for an area (R156); None if nobody is it, or no regime holds on the day."""
    regime = regime_holding_on(as_of)
    return None if regime is None else contact_of(session, regime, area_code)
