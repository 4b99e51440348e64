"""Groups: two are always consulted, local ones on grounds; none too often (R081, R121, R129, R179, R190)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.consultation import ConsultationRules
from config.findings import nearest
from models import ConsultedGroup, GroupConsultation
from reports.words import date_in_words, list_in_words, plural
from services import audit
from services.audit import Word
from services.casework.consultation.consulting_review import ConsultingReview, without
from services.days.weeks import add_months
from services.errors import AlreadySo, Objection


@dataclass(frozen=True)
class Consulted:
    """That a group was consulted, and what is to be said about how often."""

    row: GroupConsultation
    warnings: tuple[str, ...]


def choose_group(session: Session, activity_id: int, code: str, grounds: str, word: Word) -> ConsultedGroup:
    """Choose a local group for a review, on grounds that matter in its area.

    Raises
    ------
    AlreadySo
        If it is chosen on these grounds.
    Refused
        If the framework has no such group, if it is consulted in any case, or without grounds.
    """
    case = ConsultingReview(session, activity_id, word)
    place, known = f"{case.activity.code} {code}", case.rule.local_groups
    found = list(without(place, grounds, "on which grounds the group is chosen", "grounds", "R129"))
    if code in case.rule.groups:
        message = f"{case.rule.groups[code]} are always consulted."
        found.append(Objection(place, message, "Choose a local group.", "R081", "group"))
    elif code not in known:
        message = f"the framework has no local group '{code}'."
        found.append(Objection(place, message, nearest(code, known), "R179", "group"))
    case.refuse(found)
    row = _chosen(session, activity_id, code)
    if row is not None and row.grounds == grounds.strip():
        raise AlreadySo.because(place, f"it is chosen: {row.grounds}.")
    before = None if row is None else row.grounds
    row = row or ConsultedGroup(
        activity_id=activity_id, group_code=code, grounds="", recorded_by=word.who, recorded_at=word.at
    )
    row.grounds = grounds.strip()
    session.add(row)
    session.flush()
    audit.record_word(session, word, "choose group", place, before=before, after=row.grounds)
    return row


def drop_group(session: Session, activity_id: int, code: str, word: Word) -> None:
    """Consult a local group no more; refused for one that is always consulted, and without a reason (R081)."""
    case = ConsultingReview(session, activity_id, word)
    place, row = f"{case.activity.code} {code}", _chosen(session, activity_id, code)
    found = list(without(place, word.note, "why it is not consulted", "why"))
    if code in case.rule.groups:
        message = f"{case.rule.groups[code]} are always consulted."
        found.append(Objection(place, message, "Leave them in.", "R081", "group"))
    elif row is None:
        found.append(Objection(place, "it is not chosen.", "Name a group that is.", field="group"))
    case.refuse(found)
    if row is not None:
        before = row.grounds
        session.delete(row)
        session.flush()
        audit.record_word(session, word, "drop group", place, before=before)


def consult(
    session: Session,
    activity_id: int,
    code: str,
    held_on: date,
    consultation: str,
    word: Word,
    *,
    is_statutory: bool = False,
) -> Consulted:
    """Record that a group of the review's area was consulted, by this review or by anybody else.

    Whoever is consulted more often than the policy wants is named in a warning, with the consultations before; a
    statutory survey neither counts nor is warned of (R121).

    Raises
    ------
    AlreadySo
        If that is recorded.
    Refused
        If there is no such group, if the consultation has no name, or if the day lies ahead.
    """
    case = ConsultingReview(session, activity_id, word)
    place, area = f"{case.activity.code} {code}", case.activity.area_code
    known = {**case.rule.groups, **case.rule.local_groups}
    found = [*without(place, consultation, "which consultation it was", "name"), *case.ahead(held_on)]
    if code not in known:
        message = f"the framework has no group '{code}'."
        found.append(Objection(place, message, nearest(code, known), "R179", "group"))
    case.refuse(found)
    before = _consultations(session, area, code)
    if any((row.held_on, row.consultation) == (held_on, consultation.strip()) for row in before):
        raise AlreadySo.because(place, f"they were consulted on {date_in_words(held_on)}.")
    row = GroupConsultation(
        area_code=area,
        group_code=code,
        held_on=held_on,
        consultation=consultation.strip(),
        is_statutory=is_statutory,
        recorded_by=word.who,
        recorded_at=word.at,
    )
    session.add(row)
    session.flush()
    after = {"day": held_on, "consultation": row.consultation, "statutory": is_statutory}
    audit.record_word(session, word, "consult group", place, after=after)
    return Consulted(row, warning_of(case, row, before))


def warning_of(
    case: ConsultingReview, row: GroupConsultation, others: list[GroupConsultation]
) -> tuple[str, ...]:
    """That a group was consulted too often within the policy's months: by which consultations before."""
    policy: ConsultationRules = case.policy
    since = add_months(row.held_on, -policy.months)
    counted = [
        other
        for other in others
        if other.id != row.id and not other.is_statutory and since < other.held_on <= row.held_on
    ]
    if row.is_statutory or len(counted) < policy.most_per_group:
        return ()
    told = list_in_words([f"{other.consultation} on {date_in_words(other.held_on)}" for other in counted])
    times = plural(policy.most_per_group, "time")
    name = case.rule.group_name(row.group_code)
    months = plural(policy.months, "month")
    return (f"{name} are consulted more than {times} within {months}: before by {told}.",)


def groups_of(session: Session, activity_id: int | None) -> list[ConsultedGroup]:
    """The local groups of a review, in the order in which they were chosen."""
    query = select(ConsultedGroup).where(ConsultedGroup.activity_id == activity_id)
    return list(session.exec(query.order_by(col(ConsultedGroup.id))))


def _chosen(session: Session, activity_id: int, code: str) -> ConsultedGroup | None:
    return next((row for row in groups_of(session, activity_id) if row.group_code == code), None)


def _consultations(session: Session, area: str, code: str) -> list[GroupConsultation]:
    query = select(GroupConsultation).where(
        GroupConsultation.area_code == area, GroupConsultation.group_code == code
    )
    return list(session.exec(query.order_by(col(GroupConsultation.held_on), col(GroupConsultation.id))))
