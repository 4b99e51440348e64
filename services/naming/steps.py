"""Finding activities by a code or their area, a step by two words, and a code that is free for one more activity."""

import difflib
from collections.abc import Iterable

from sqlmodel import Session, col, select

from models import Activity, Step
from services.errors import NotFound, Refused
from services.naming.areas import find_area
from services.naming.named import MOST_NEAR, Named, most_like


def find_activities(session: Session, text: str) -> list[Activity]:
    """The activity of that code, or all of the area that a text names; NotFound with those that are similar."""
    wanted = text.strip().casefold()
    in_order = select(Activity).order_by(col(Activity.code))
    exactly = session.exec(in_order.where(Activity.code == text.strip())).first()
    if exactly is not None:
        return [exactly]
    codes = session.exec(select(Activity.code)).all()
    written_otherwise = [code for code in codes if code.casefold() == wanted]
    if written_otherwise:
        return list(session.exec(in_order.where(col(Activity.code).in_(written_otherwise))))
    try:
        area = find_area(session, text)
    except NotFound as error:
        near = difflib.get_close_matches(wanted, codes, n=MOST_NEAR, cutoff=0.6)
        advice = f"Try {' or '.join(near)}." if near else error.findings[0].advice
        raise NotFound(f"activity {text}", "there is no such activity, nor such an area.", advice) from None
    return list(session.exec(in_order.where(Activity.area_code == area.code)))


def find_activity(session: Session, text: str) -> Activity:
    """The one activity that a text names: its code, or an area that has only one; Refused if it has several."""
    found = find_activities(session, text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(text, "it has no activities.", "Name another area.")
    codes = ", ".join(row.code for row in found)
    raise Refused.because(text, "it has several activities.", f"Name one of them: {codes}.")


def free_code(session: Session, base: str) -> str:
    """The code for one more activity: the base, or if it is taken with the first free number from 2 on."""
    known = set(session.exec(select(Activity.code)))
    numbered = (f"{base}-{number}" for number in range(2, len(known) + 3))
    return next(code for code in (base, *numbered) if code not in known)


def find_called_off(session: Session, text: str) -> Activity:
    """The one activity that a text names: its code, or an area of whose activities one is called off."""
    found = find_activities(session, text)
    called_off = [row for row in found if row.state == "cancelled"]
    if len(found) == 1 or len(called_off) == 1:
        return (called_off or found)[0]
    codes = ", ".join(row.code for row in called_off or found)
    number = "several of its activities are" if called_off else "none of its activities is"
    raise Refused.because(text, f"{number} called off.", f"Name one of them: {codes}.")


def find_step_of(session: Session, activity: str, step: str) -> Step:
    """The step that two words name: an activity's code (or an area that has such a step once), and the step.

    Parameters
    ----------
    activity
        '831-visit', or the name or a code of an area.
    step
        'draft_report', or its name: 'Draft report to the director'.

    Raises
    ------
    NotFound
        If there is no such activity, area or step, with those that are similar.
    Refused
        If several activities of the area have such a step.
    """
    rows = find_activities(session, activity)
    wanted = step.strip().casefold()
    steps = [step for row in rows for step in _steps(session, row)]
    found = [step for step in steps if wanted in (step.step_id.casefold(), step.name.casefold())]
    place = f"{activity} {step}"
    if len(found) == 1:
        return found[0]
    if found:
        codes = {row.id: row.code for row in rows}
        of = ", ".join(codes[step.activity_id] for step in found)
        raise Refused.because(place, "several activities have such a step.", f"Name one of them: {of}.")
    if not steps:
        raise NotFound(place, "it has no dates yet.", "Publish a plan first.")
    near = most_like(wanted, [Named(step.step_id, step.name) for step in steps])
    shown = [named.code for named in near] or list(dict.fromkeys(step.step_id for step in steps))
    raise NotFound(place, "there is no such step.", f"Use one of: {', '.join(shown)}.")


def _steps(session: Session, activity: Activity) -> Iterable[Step]:
    query = select(Step).where(Step.activity_id == activity.id, Step.state != "superseded")
    return session.exec(query.order_by(col(Step.position)))
