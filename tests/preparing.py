"""An authority that prepares for an inspection: a programme with one, and an account of its preparation group."""

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from models import Account, Activity, Partner, PlannedStage, session
from services.audit import Word
from services.casework.steps import date_steps
from services.preparation.members import NewMember, add_member, start_group
from services.programme import rules_of
from tests.framework_texts import TEN_DAYS
from tests.tables import at, published

AREA, LOGIN = "sheffield", "dee"
STARTED_ON, BEGINS_ON = date(2010, 1, 11), date(2010, 6, 7)


def write_framework(home: Path) -> None:
    """The ten-day inspection with four judgements, of which one limits the whole (R147)."""
    (home / "frameworks").mkdir()
    (home / "frameworks" / "ten-2009.toml").write_text(TEN_DAYS)


def prepare(engine: Engine) -> None:
    """A published programme, an account of the group in Sheffield, and a partner there."""
    published(engine, num_areas=2)
    with session(engine) as opened:
        values = {"login": LOGIN, "name": "Dee Avon", "password_hash": "", "created_at": at(STARTED_ON)}
        opened.add(Account(**values, roles="preparation", area_code=AREA))
        opened.add(
            Partner(
                area_code=AREA,
                name="Sheffield Health Trust",
                kind="health",
                chief_officer="Kit Moss",
                email="kit.moss@trust.example",
            )
        )


def word(day: date = STARTED_ON) -> Word:
    """What somebody of the group says."""
    return Word("Dee Avon", at(day), day)


def start(opened: Session, started_on: date = STARTED_ON) -> None:
    """The group has started, with a chair."""
    start_group(opened, AREA, "ten-2009", "Children's Service Executive", started_on, word())
    add_member(opened, AREA, chair("Nia Farr"), word())


def chair(name: str) -> NewMember:
    """Somebody in the chair, nominated by the council."""
    email = f"{name.split()[0].lower()}@council.example"
    return NewMember(name, "Sheffield council", "Assistant director", email, is_chair=True)


def add_inspection(opened: Session, monday: date = BEGINS_ON) -> Activity:
    """Notice comes of an inspection from a Monday."""
    activity = Activity(
        code=f"{AREA}-ten", area_code=AREA, kind="ten", framework_id="ten-2009", plan_version=1
    )
    activity.precision = "final"
    opened.add(activity)
    opened.add(
        PlannedStage(
            plan_version=1,
            activity_code=activity.code,
            stage="inspection",
            start_on=monday,
            end_on=monday + timedelta(weeks=2),
        )
    )
    opened.flush()
    date_steps(opened, activity, rules_of(opened).of(activity), date(2010, 1, 2))
    return activity
