"""The specification of fieldwork: which themes get it and for which reason (R078, R079); some always do (R080, R081).

Each decision is a row that stays; the newest about a theme holds.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.findings import nearest
from config.framework import Framework
from models import Activity, FieldworkDecision
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework.advancing import locked
from services.casework.contacts import Contacts
from services.casework.speakers import Subject, objections_to_speaker
from services.casework.steps import LIVING
from services.errors import AlreadySo, Objection, Refused
from services.programme import rules_of


@dataclass(frozen=True)
class Theme:
    """A line of the specification: whether a theme gets fieldwork, why, and who decided it when.

    `has_fieldwork` is None while nobody has decided; themes that are always covered need no decision.
    """

    id: str
    name: str
    has_fieldwork: bool | None
    reason: str = ""
    decided_by: str = ""
    decided_on: date | None = None


def specify(session: Session, code: str, theme: str, reason: str | None, word: Word) -> Theme:
    """Decide that a theme of a review gets fieldwork for a reason, or (None) that existing evidence is enough.

    Raises
    ------
    Refused
        If the review has no specification or is over, if there is no such theme or reason, or if a theme that is
        always covered would get no fieldwork.
    """
    activity = locked(session, col(Activity.code) == code)
    rules = rules_of(session)
    framework = rules.of(activity)
    needed_for = "" if framework.specification is None else framework.specification.needed_for
    subject, may = Subject(f"{code} {theme}", activity, needed_for), rules.policy.speakers.specification
    found = list(_objections(activity, framework, theme, reason))
    if found := found + list(objections_to_speaker(subject, may, word, Contacts(session, rules))):
        raise Refused(found)
    before = decisions(session).get((activity.id or 0, theme))
    if before is not None and (before.reason_code, before.why) == (reason or "", word.note):
        on = date_in_words(before.decided_on)
        raise AlreadySo.because(f"{code} {theme}", f"{before.decided_by} decided so on {on}.")
    row = FieldworkDecision(
        activity_id=activity.id or 0,
        theme=theme,
        has_fieldwork=reason is not None,
        reason_code=reason or "",
        why=word.note,
        decided_by=word.who,
        decided_at=word.at,
        decided_on=word.as_of,
    )
    session.add(row)
    session.flush()
    audit.record_word(
        session,
        word,
        "specify fieldwork",
        f"{code} {theme}",
        before=None if before is None else _kept(before),
        after=_kept(row),
    )
    return _theme(framework, theme, row)


def specification_of(session: Session, activity: Activity) -> list[Theme]:
    """Every theme of a review with what was decided; empty if its framework knows no specification."""
    framework = rules_of(session).of(activity)
    if framework.specification is None:
        return []
    decided = decisions(session)
    return [_theme(framework, theme, decided.get((activity.id or 0, theme))) for theme in framework.skills]


def undecided(framework: Framework, decided: Collection[str]) -> list[str]:
    """Themes about which nobody has said yet whether they get fieldwork (R078)."""
    if framework.specification is None:
        return []
    return [theme for theme in framework.skills if theme not in decided and theme not in framework.always]


def decisions(session: Session) -> dict[tuple[int, str], FieldworkDecision]:
    """The decisions that hold, by activity and theme."""
    rows = session.exec(select(FieldworkDecision).order_by(col(FieldworkDecision.id)))
    return {(row.activity_id, row.theme): row for row in rows}


def _objections(
    activity: Activity, framework: Framework, theme: str, reason: str | None
) -> Iterator[Objection]:
    place, rule = f"{activity.code} {theme}", framework.specification
    if rule is None:
        yield Objection(
            place, f"{framework.id} has no specification of fieldwork.", "Name a review that has one."
        )
        return
    if activity.state not in LIVING:
        yield Objection(place, f"the activity is {activity.state}.", "Name another activity of the area.")
    if theme not in framework.skills:
        yield Objection(place, f"there is no theme '{theme}'.", nearest(theme, framework.skills))
    if reason is None and theme in framework.always:
        message = "it always gets some fieldwork, whatever the evidence."
        yield Objection(place, message, "Give the reason for its extent, or leave it out.", "R080, R081")
    if reason is not None and reason not in rule.reasons:
        message = f"there is no reason '{reason}' for fieldwork."
        yield Objection(place, message, nearest(reason, rule.reasons), "R078")


def _theme(framework: Framework, theme: str, row: FieldworkDecision | None) -> Theme:
    name = framework.skills[theme]
    if row is None:
        always = theme in framework.always
        return Theme(theme, name, True if always else None, "always covered" if always else "")
    assert framework.specification is not None
    reason = framework.specification.reasons.get(row.reason_code, row.reason_code)
    words = ": ".join(filter(None, (reason, row.why)))
    return Theme(theme, name, row.has_fieldwork, words, row.decided_by, row.decided_on)


def _kept(row: FieldworkDecision) -> dict[str, object]:
    return {"fieldwork": row.has_fieldwork, "reason": row.reason_code}
