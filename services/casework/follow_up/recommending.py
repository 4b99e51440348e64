"""What a review recommends: with an owner who leads, a monitor that follows from it, and perhaps a cause (R085)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, func, select

from config.findings import nearest
from models import Recommendation
from services import audit
from services.audit import Word
from services.casework.follow_up.owners import Owner, find_owner
from services.casework.follow_up.review_case import ReviewCase
from services.casework.follow_up.rows import place_of, recommendation_numbered
from services.doors import SAY_WHY, Advice
from services.errors import AlreadySo, Objection, ServiceError

KEPT = ("text", "is_priority", "cause", "owner", "others", "monitor")
"""What of a recommendation the log keeps."""


@dataclass(frozen=True)
class Recommended:
    """What is said of a recommendation; None leaves it as it is.

    `owners` are organisations by name, a part of the council also by its code; of several `lead` is one of them.
    `cause` is a code of the policy, blank for none.
    """

    text: str | None = None
    owners: tuple[str, ...] | None = None
    lead: str = ""
    is_priority: bool | None = None
    cause: str | None = None


def recommend(session: Session, activity_id: int, said: Recommended, word: Word) -> Recommendation:
    """Record a recommendation of an activity under the next number.

    Raises
    ------
    Refused
        With everything wrong: no text, an unknown owner or cause, several owners of whom none leads; a review that
        makes no recommendations; one that is published already, without a reason or an owner; a person who may not.
    """
    case = ReviewCase(session, activity_id, word)
    highest = select(func.max(Recommendation.number)).where(Recommendation.activity_id == activity_id)
    number = (session.exec(highest).one() or 0) + 1
    row = Recommendation(
        activity_id=activity_id,
        number=number,
        text=(said.text or "").strip(),
        is_priority=bool(said.is_priority),
        cause=said.cause or "",
        recorded_by=word.who,
        recorded_at=word.at,
        recorded_on=word.as_of,
    )
    place = place_of(case.activity, row)
    case.refuse([*case.objections_to_review(), *_said(case, place, row, said)])
    session.add(row)
    session.flush()
    audit.record_word(session, word, "recommend", place, after=_kept(row))
    return row


def change_recommendation(session: Session, row_id: int, said: Recommended, word: Word) -> Recommendation:
    """Say otherwise what is recommended, to whom, or whether it is a priority action; once published with a reason.

    Raises
    ------
    AlreadySo
        If all of that is recorded.
    Refused
        As `recommend` does, and if it was withdrawn.
    """
    row = recommendation_numbered(session, row_id)
    case = ReviewCase(session, row.activity_id, word)
    session.refresh(row)
    place, before = place_of(case.activity, row), _kept(row)
    case.refuse(_gone(row, place))
    row.text = row.text if said.text is None else said.text.strip()
    row.is_priority = row.is_priority if said.is_priority is None else said.is_priority
    row.cause = row.cause if said.cause is None else said.cause
    case.refuse([*case.objections_to_review(), *_said(case, place, row, said)])
    if _kept(row) == before:
        raise AlreadySo.because(place, "all of that is recorded.")
    session.flush()
    audit.record_word(session, word, "change recommendation", place, before=before, after=_kept(row))
    return row


def withdraw_recommendation(session: Session, row_id: int, word: Word) -> Recommendation:
    """Say that something is not recommended after all; the word's note says why, and its number is not used again."""
    row = recommendation_numbered(session, row_id)
    case = ReviewCase(session, row.activity_id, word)
    session.refresh(row)
    place = place_of(case.activity, row)
    case.refuse(
        [
            *_gone(row, place),
            *_without_reason(place, word, "withdrawing it"),
            *case.objections_to_speaker(place, case.rules.policy.speakers.recommendation),
        ]
    )
    row.withdrawn_on, row.withdrawn_why = word.as_of, word.note.strip()
    session.flush()
    audit.record_word(session, word, "withdraw recommendation", place, before=_kept(row))
    return row


def _said(case: ReviewCase, place: str, row: Recommendation, said: Recommended) -> Iterator[Objection]:
    """What speaks against a recommendation as it is to be; its owners are put into the row."""
    if not row.text:
        message = "it does not say what is recommended."
        yield Objection(place, message, "Write it in a sentence.", field="text")
    if row.cause and row.cause not in case.policy.causes:
        message = f"the policy has no cause '{row.cause}'."
        yield Objection(place, message, nearest(row.cause, case.policy.causes), "R085", "cause")
    if said.owners is not None:
        yield from _owned(case, place, row, said.owners, said.lead)
    if case.published_on is not None:
        if not row.owner:
            advice = "Name the organisation that is accountable."
            yield Objection(place, "it is published and has no owner.", advice, "R191", "owner")
        yield from _without_reason(place, case.word, "changing what is published")
    yield from case.objections_to_speaker(place, case.rules.policy.speakers.recommendation)


def _owned(
    case: ReviewCase, place: str, row: Recommendation, names: tuple[str, ...], lead: str
) -> Iterator[Objection]:
    found: list[Owner] = []
    for name in names:
        try:
            found.append(find_owner(case.session, case.activity.area_code, name, case.policy))
        except ServiceError as error:
            message, advice = error.findings[0].message, error.findings[0].advice
            yield Objection(place, f"{name}: {message}", advice, "R191", "owner")
    found = list({owner.name: owner for owner in found}.values())
    leading = found[:1] if len(found) == 1 else [owner for owner in found if _is_meant(owner, lead)]
    if len(found) > 1 and not leading:
        told = f"{lead} is none of its owners." if lead else f"it has {len(found)} owners, and none leads."
        advice = Advice("Name one of them with --lead.", "Choose which of them leads.")
        yield Objection(place, told, advice, "R191", "lead")
    row.owner, row.owner_kind, row.others, row.monitor = "", "", "", ""
    for owner in leading[:1]:
        row.owner, row.owner_kind, row.monitor = owner.name, owner.kind, owner.monitor
        row.others = "\n".join(other.name for other in found if other != owner)


def _is_meant(owner: Owner, text: str) -> bool:
    return text.strip().casefold() in (owner.name.casefold(), owner.kind.casefold())


def _gone(row: Recommendation, place: str) -> Iterator[Objection]:
    if row.withdrawn_on is not None:
        message = f"it was withdrawn: {row.withdrawn_why}."
        yield Objection(place, message, "Record it anew if it is recommended after all.")


def _without_reason(place: str, word: Word, what: str) -> Iterator[Objection]:
    if not word.note.strip():
        yield Objection(place, f"{what} needs a reason.", SAY_WHY, field="why")


def _kept(row: Recommendation) -> dict[str, Any]:
    return {name: getattr(row, name) for name in KEPT}
