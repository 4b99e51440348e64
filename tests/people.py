"""People of a simulated programme: they sign off what they should, some on the day, some days later."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Activity, Step, session
from services.audit import Word
from services.casework.advancing import waits_for
from services.casework.contacts import Contacts
from services.casework.evidence.answers import hold, receive
from services.casework.evidence.checklists import open_items
from services.casework.evidence.kept_files import Receipt
from services.casework.gates import lacking
from services.casework.outputs import record_output
from services.casework.reporting.comments import answer_comment
from services.casework.reporting.findings import NewFinding, agree_finding
from services.casework.reporting.texts import write_part
from services.casework.sign_offs import sign_off
from services.casework.signers import Signer
from services.casework.specification import specify
from services.casework.steps import MovedStep, last_day, sign_off_due, steps_of
from services.programme import rules_of
from tests.tables import at


def holder(opened: Session, step: Step) -> Signer:
    """Whoever holds the role that signs a step off."""
    activity = opened.get_one(Activity, step.activity_id)
    return Signer(Contacts(opened, rules_of(opened)).holders(activity, step.sign_off)[0].name)


def hand_in(opened: Session, step: Step, word: Word) -> None:
    """Everything without which a step is not signed off: outputs, evidence, specification, findings, report."""
    activity = opened.get_one(Activity, step.activity_id)
    steps = steps_of(opened, activity)
    lacks = lacking(opened, activity, rules_of(opened).of(activity), step, steps)
    numbers = {row.step_id: row.id or 0 for row in steps}
    for step_id, output in lacks.outputs:
        record_output(opened, numbers[step_id], output, word, version="1")
    for item in open_items(opened, activity, step.step_id):
        if item.state == "planned":
            hold(opened, activity.code, item.item, "the inspectorate", word.as_of, word)
        else:
            receive(opened, activity.code, item.item, Receipt(word.as_of), word)
    for theme in lacks.themes:
        specify(opened, activity.code, theme, None, word)
    code, report, word = activity.code, lacks.report, replace(word, who="The office")
    for contribution in report.contributions:
        agree_finding(opened, code, NewFinding(contribution.id, "strength", "All is well."), word)
    for part in report.parts:
        write_part(opened, code, part.id, f"About {part.name}.", word)
    for number in report.comments:
        answer_comment(opened, code, number, "accepted", word)
    opened.flush()


def sign(opened: Session, step_id: int, day: date, word: Word, **given: object) -> tuple[MovedStep, ...]:
    """Sign a step off as its holder, with everything that it needs."""
    step = opened.get_one(Step, step_id)
    hand_in(opened, step, word)
    return sign_off(opened, step_id, day, word, signer=holder(opened, step), **given)  # type: ignore[arg-type]


Punctuality = Callable[[Activity, Step], int]
"""Days after it is due on which a step is signed off."""


def on_the_day(_activity: Activity, _step: Step) -> int:
    """Everybody is punctual."""
    return 0


def some_are_late(activity: Activity, step: Step) -> int:
    """Two kinds of step are always signed off late, in the second area by weeks."""
    is_late_area = activity.area_code == "cheshire"
    return {"self_assessment": 2, "draft_report": 17 if is_late_area else 8}.get(step.step_id, 0)


def sign_what_is_due(engine: Engine, today: date, punctuality: Punctuality = on_the_day) -> list[str]:
    """Sign off every step whose day has come; a step happened when it was due, late words or not."""
    signed = []
    with session(engine) as opened:
        query = (
            select(Step, Activity)
            .join(Activity, col(Activity.id) == col(Step.activity_id))
            .where(Step.state != "done", col(Step.needs_sign_off).is_(True))
            .order_by(col(Activity.code), col(Step.position))
        )
        for step, activity in opened.exec(query).all():
            is_time = sign_off_due(step) + timedelta(days=punctuality(activity, step)) <= today
            if is_time and step.id and not waits_for(opened, step.id):
                word = Word(f"{step.sign_off} of {activity.area_code}", at(today), today)
                sign(opened, step.id, last_day(step), word)
                signed.append(f"{activity.code} {step.step_id}")
    return signed
