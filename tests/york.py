"""York as in england-2005: its review is analysed from 24 April 2006, its assessment is on site from 15 May."""

from datetime import date

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Activity, Evidence, EvidenceNeed, Step, session
from services.audit import Word
from services.casework.advancing import advance_activity
from services.casework.sign_offs import sign_off
from services.casework.waiver_reasons import WaiverReason
from services.plans.publication import publish
from tests.kept import kept
from tests.people import holder
from tests.tables import AT, PLANNED_ON, WHO, at, fill, store

JAR, CA = "sheffield-jar", "sheffield-ca"
"""The codes that York's activities have in the small database."""

AREA = "sheffield"
ANALYSIS, ON_SITE = date(2006, 4, 24), date(2006, 5, 15)
NOTICE, SET_UP, CA_NOTICE = date(2006, 2, 10), date(2006, 2, 27), date(2006, 3, 6)


@kept
def york(engine: Engine) -> None:
    """Publish York's dates as they are in the example."""
    with session(engine) as opened:
        fill(opened, num_areas=1)
        publish(opened, store(opened, {AREA: ANALYSIS}), "final", Word(WHO, AT, PLANNED_ON))


def word(day: date, note: str = "") -> Word:
    """A person's word on a day."""
    return Word(WHO, at(day), day, note)


def step_of(opened: Session, code: str, step: str) -> Step:
    """The row of a step."""
    query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
    return opened.exec(query.where(Activity.code == code, Step.step_id == step)).one()


def sign(opened: Session, code: str, step: str, day: date) -> int:
    """Sign a step off, and let begin what follows; how many items were asked for."""
    row = step_of(opened, code, step)
    waiver = WaiverReason("short_notice")
    sign_off(opened, row.id or 0, day, word(day), signer=holder(opened, row), waiver=waiver)
    return advance_activity(opened, code, day).requests


def needs(opened: Session, code: str) -> dict[str, tuple[EvidenceNeed, Evidence]]:
    """What an activity needs, and what serves it, by item."""
    query = (
        select(EvidenceNeed, Evidence)
        .join(Evidence, col(Evidence.id) == col(EvidenceNeed.evidence_id))
        .join(Activity, col(Activity.id) == col(EvidenceNeed.activity_id))
        .where(Activity.code == code)
    )
    return {need.item: (need, evidence) for need, evidence in opened.exec(query)}
