"""Self-evaluation against grade descriptors, and what limits would make of the own grades (R131, R167)."""

from datetime import date

from sqlmodel import Session, select

from config.framework import Framework
from config.framework_files import find_framework
from config.judgements import Judgement
from models import PreparationGroup, SelfEvaluation
from reports.words import list_in_words
from services.audit import Word
from services.casework.overall import overall_grade, overall_slot
from services.errors import AlreadySo, Objection, Refused
from services.preparation.space_log import note
from services.preparation.spaces import group_of
from services.programme import rules_of


def framework_of(session: Session, group: PreparationGroup) -> Framework:
    """The framework of the inspection for which a group prepares."""
    return find_framework(group.framework_id, rules_of(session).frameworks)


def slots_of(framework: Framework, day: date) -> tuple[Judgement, ...]:
    """What is evaluated on a day: every judgement but the one of the whole."""
    return tuple(slot for slot in framework.judgements_on(day) if not slot.is_overall)


def evaluations_of(session: Session, area: str) -> dict[str, SelfEvaluation]:
    """What the group says of itself, by judgement."""
    rows = session.exec(select(SelfEvaluation).where(SelfEvaluation.area_code == area))
    return {row.judgement: row for row in rows}


def what_if(framework: Framework, grades: dict[str, str], day: date) -> str:
    """What the whole inspection would be if it found the own grades; blank where nothing limits it (R147, R167)."""
    found, slot = overall_grade(framework, grades, day), overall_slot(framework, day)
    if slot is None or found.at_most is None:
        return ""
    most = "" if found.at_most == slot.scale[0] else "at most "
    return f"{slot.name} would be {most}{found.at_most}: {found.reason}"


def evaluate(session: Session, new: SelfEvaluation, word: Word) -> SelfEvaluation:
    """Say how the group sees its own work under a judgement; a later word takes the place of an earlier one.

    Raises
    ------
    Refused
        With every reason: an unknown judgement or grade, no descriptor, no evidence. An honest low grade is none.
    """
    group = group_of(session, new.area_code)
    slots = {slot.id: slot for slot in slots_of(framework_of(session, group), word.as_of)}
    objections, slot = [], slots.get(new.judgement)
    if slot is None:
        advice = f"Choose one of {list_in_words(list(slots))}." if slots else "Choose another inspection."
        message = f"'{new.judgement}' is not judged."
        objections.append(Objection("self-evaluation", message, advice, "R167", "judgement"))
    elif new.grade not in slot.scale:
        message = f"'{new.grade}' is no grade."
        advice = f"Choose one of {list_in_words(slot.scale)}."
        objections.append(Objection("self-evaluation", message, advice, "R167", "grade"))
    for value, name in ((new.descriptor, "descriptor"), (new.evidence_held, "evidence")):
        if not value.strip():
            message, field = f"no {name} is given.", name if name == "descriptor" else "evidence_held"
            objections.append(Objection("self-evaluation", message, "Give it.", "R131", field))
    if objections:
        raise Refused(objections)
    row = session.get(SelfEvaluation, (new.area_code, new.judgement))
    before = None if row is None else _said(row)
    if before == _said(new):
        raise AlreadySo.because("self-evaluation", "this is recorded.")
    kept = session.merge(new)
    kept.said_on = word.as_of
    about = new.judgement if slot is None else slot.name
    note(session, new.area_code, word, "evaluate", about, before=before, after=_said(new))
    session.flush()
    return kept


def _said(row: SelfEvaluation) -> dict[str, str]:
    return {
        "grade": row.grade,
        "descriptor": row.descriptor,
        "evidence": row.evidence_held,
        "action": row.action_needed,
    }
