"""Frameworks as activities follow them: what is on its way ends under its text, though the file changes.

At its publication an activity takes the text that its framework's file has then, unless it is bound to the one it has:
by a step that is done, such as the notice, or a stage that has begun.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlmodel import Session, col, or_, select

from config.framework import Framework
from config.framework_files import find_framework, framework_of_document
from models import NOT_BEGUN, Activity, KeptFramework, SpecialReview, Step
from services.errors import NotFound

ENDED = ("done", "cancelled")
"""States of an activity of which nothing is driven any more."""


@dataclass(frozen=True)
class EarlierText:
    """A text of a framework that its file no longer has, and the codes of the activities that follow it.

    `finishing` are bound to it and end under it; `waiting` take the file's text at the next publication.
    """

    framework_id: str
    fingerprint: str
    kept_at: datetime
    finishing: tuple[str, ...]
    waiting: tuple[str, ...]


def read_kept(session: Session) -> dict[str, Framework]:
    """Every kept text by its fingerprint."""
    return {
        row.fingerprint: _read(row.document, row.framework_id) for row in session.exec(select(KeptFramework))
    }


def find_kept(session: Session, framework_id: str, fingerprint: str) -> Framework:
    """The kept text of a framework whose fingerprint begins so, else NotFound with those that there are."""
    query = select(KeptFramework).where(KeptFramework.framework_id == framework_id)
    rows = list(session.exec(query.order_by(col(KeptFramework.kept_at))))
    found = [row for row in rows if row.fingerprint.startswith(fingerprint)]
    if len(found) != 1:
        known = ", ".join(f"{framework_id}@{row.fingerprint}" for row in rows)
        advice = f"Use one of: {known}." if known else "Publish a plan first: then the text is kept."
        message = "no text of that fingerprint is kept." if not found else "several texts begin so."
        raise NotFound(f"framework {framework_id}@{fingerprint}", message, advice)
    return _read(found[0].document, framework_id)


def kept_for(activity: Activity, kept: Mapping[str, Framework]) -> Framework | None:
    """The text under which an activity was published; None if it has none of the framework that it follows."""
    found = kept.get(activity.kept_framework or "")
    return found if found is not None and found.id == activity.framework_id else None


def bound(session: Session) -> frozenset[int]:
    """Numbers of the activities that keep their text: a step is done or a stage has begun, or no file has it (R094)."""
    is_on_its_way = or_(
        Step.state == "done", (col(Step.kind) == "stage") & (col(Step.state).not_in(NOT_BEGUN))
    )
    on_their_way = session.exec(select(Step.activity_id).where(is_on_its_way).distinct())
    return frozenset((*on_their_way, *session.exec(select(SpecialReview.activity_id))))


def follow_files(
    session: Session, activities: Iterable[Activity], known: Mapping[str, Framework], at: datetime
) -> dict[str, list[str]]:
    """Let activities that are not bound to their text follow the files as they are now.

    Returns
    -------
    By framework, the codes of the activities that followed an earlier text until now.
    """
    changed: dict[str, list[str]] = {}
    keep_theirs = bound(session)
    fingerprints: dict[str, str] = {}
    for activity in activities:
        if activity.kept_framework is not None and activity.id in keep_theirs:
            continue
        if activity.framework_id not in fingerprints:
            framework = find_framework(activity.framework_id, known)
            fingerprints[activity.framework_id] = keep(session, framework, at)
        fingerprint = fingerprints[activity.framework_id]
        if activity.kept_framework not in (None, fingerprint):
            changed.setdefault(activity.framework_id, []).append(activity.code)
        activity.kept_framework = fingerprint
    session.flush()
    return changed


def earlier_texts(session: Session, known: Mapping[str, Framework]) -> list[EarlierText]:
    """Every text that living activities follow and no file has any more, by framework and age."""
    today = {name: framework.fingerprint() for name, framework in known.items()}
    keep_theirs = bound(session)
    query = (
        select(KeptFramework, Activity)
        .join(Activity, col(Activity.kept_framework) == col(KeptFramework.fingerprint))
        .where(col(Activity.state).not_in(ENDED))
        .where(col(Activity.id).not_in(select(SpecialReview.activity_id)))  # their text is no file's
        .order_by(col(KeptFramework.framework_id), col(KeptFramework.kept_at), col(Activity.code))
    )
    found: dict[str, tuple[KeptFramework, list[str], list[str]]] = {}
    for row, activity in session.exec(query):
        if today.get(row.framework_id) != row.fingerprint and activity.framework_id == row.framework_id:
            _row, finishing, waiting = found.setdefault(row.fingerprint, (row, [], []))
            (finishing if activity.id in keep_theirs else waiting).append(activity.code)
    return [
        EarlierText(row.framework_id, row.fingerprint, row.kept_at, tuple(finishing), tuple(waiting))
        for row, finishing, waiting in found.values()
    ]


def keep(session: Session, framework: Framework, at: datetime) -> str:
    """Keep a text, if that was not done before; its fingerprint."""
    fingerprint = framework.fingerprint()
    if session.get(KeptFramework, fingerprint) is None:
        session.add(
            KeptFramework(
                fingerprint=fingerprint, framework_id=framework.id, document=framework.document(), kept_at=at
            )
        )
        session.flush()
    return fingerprint


@lru_cache(maxsize=32)
def _read(document: str, framework_id: str) -> Framework:
    return framework_of_document(document, framework_id)
