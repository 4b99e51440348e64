"""A review whose fieldwork ended on 10 February 2006: what it found out is to be written down, then its report."""

from datetime import date

from sqlalchemy import Engine
from sqlmodel import Session

from config.framework_files import find_framework
from models import Activity, ReviewFinding, Step, session
from services.audit import Word
from services.casework.advancing import advance_activity
from services.casework.reporting.findings import NewFinding, agree_finding
from services.casework.reporting.texts import write_part
from services.casework.sign_offs import sign_off
from services.casework.steps import last_day
from services.casework.waiver_reasons import WaiverReason
from services.naming.steps import find_activity, find_step_of
from tests.kept import kept
from tests.people import holder, sign
from tests.tables import at, published

CODE = "sheffield-jar"
FRAMEWORK = find_framework("jar-2005")
ANALYSIS, ANALYSED, FIELDWORK_ENDS = date(2006, 1, 9), date(2006, 1, 13), date(2006, 2, 10)
DRAFT, COMMENTS, DISCUSSION, PUBLICATION = (
    date(2006, 4, 7),
    date(2006, 4, 25),
    date(2006, 5, 17),
    date(2006, 6, 28),
)
BEFORE = ("notification", "self_assessment", "set_up", "consultation")
ON_SITE = ("analysis", "fieldwork", "feedback")


def word(day: date, note: str = "", who: str = "Ann") -> Word:
    """Somebody of the planner's office says something."""
    return Word(who, at(day), day, note)


def activity(opened: Session) -> Activity:
    """The review."""
    return find_activity(opened, CODE)


def step(opened: Session, name: str) -> Step:
    """One of its steps."""
    return find_step_of(opened, CODE, name)


def done(opened: Session, *names: str) -> None:
    """Sign steps off on their last days, each with all that it needs."""
    for name in names:
        row = step(opened, name)
        day = last_day(row)
        sign(opened, row.id or 0, day, word(day))
        advance_activity(opened, CODE, day)


def end(opened: Session, name: str, day: date, waiver: WaiverReason | None = None) -> None:
    """Sign a step off as it is."""
    row = step(opened, name)
    sign_off(opened, row.id or 0, day, word(day), signer=holder(opened, row), waiver=waiver)


@kept
def analysed(engine: Engine) -> None:
    """Up to the day before the analysis week."""
    published(engine, num_areas=1)
    with session(engine) as opened:
        done(opened, *BEFORE)
        advance_activity(opened, CODE, ANALYSIS)


@kept
def visited(engine: Engine) -> None:
    """Up to the feedback at the end of fieldwork: nothing is found or written yet."""
    published(engine, num_areas=1)
    with session(engine) as opened:
        done(opened, *BEFORE, *ON_SITE)


@kept
def drafted(engine: Engine) -> None:
    """Up to the draft, which the director has; the summary for children is not written."""
    published(engine, num_areas=1)
    with session(engine) as opened:
        done(opened, *BEFORE, *ON_SITE, "draft_report")


def find_all(opened: Session, day: date, *, without: int = 0) -> None:
    """Let contributions end in a strength, but for the last few."""
    inside = FRAMEWORK.contributions[: len(FRAMEWORK.contributions) - without]
    for contribution in inside:
        agree(opened, contribution.id, day)


def agree(opened: Session, contribution: str, day: date, **given: object) -> ReviewFinding:
    """A strength, or what is given."""
    new = NewFinding(contribution, **{"kind": "strength", "text": "Done well.", **given})  # type: ignore[arg-type]
    return agree_finding(opened, CODE, new, word(day))


def write(opened: Session, part: str, text: str, day: date = DRAFT, seen: int | None = None) -> int:
    """Write a part, and give its edition."""
    return write_part(opened, CODE, part, text, word(day), seen=seen).edition
