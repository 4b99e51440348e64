"""A review whose report is out, with partners who may own what it recommends."""

from datetime import date

from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Activity, Body, Partner, Recommendation, Step, session
from services.audit import Word
from services.casework.follow_up.recommending import Recommended, recommend
from services.casework.steps import date_steps, last_day, steps_of
from services.programme import rules_of
from tests.tables import WHO, at, published

CODE, AREA = "sheffield-jar", "sheffield"
PUBLISHED = date(2006, 8, 14)
STATEMENT = date(2006, 11, 21)
"""Of the Isle of Wight's review: published on 14 August 2006, its statement due 70 working days later."""

TRUST, POLICE = "Sheffield Primary Care Trust", "South Yorkshire Police"
COUNCIL = "The council: education"
OFFICER = "amy.wye@trust.example"


def programme(engine: Engine) -> None:
    """A published programme of one area with two partners, and the bodies that monitor them."""
    published(engine, num_areas=1)
    with session(engine) as opened:
        opened.add_all(Body(code=code, name=name) for code, name in (("HC", "Health"), ("HMIC", "Police")))
        opened.flush()
        for name, kind, officer, email in (
            (TRUST, "primary_care_trust", "Amy Wye", OFFICER),
            (POLICE, "police", "Ben Dee", "ben.dee@police.example"),
        ):
            opened.add(Partner(area_code=AREA, name=name, kind=kind, chief_officer=officer, email=email))


def review(opened: Session, code: str = CODE) -> Activity:
    """The activity of a code."""
    return opened.exec(select(Activity).where(Activity.code == code)).one()


def step(opened: Session, name: str, code: str = CODE) -> Step:
    """The row of a step."""
    query = select(Step).where(Step.activity_id == review(opened, code).id, Step.step_id == name)
    return opened.exec(query).one()


def word(day: date, note: str = "", who: str = WHO, on_behalf_of: str = "") -> Word:
    """A person's word on a day."""
    return Word(who, at(day), day, note, on_behalf_of)


def report_out(
    opened: Session, day: date = PUBLISHED, code: str = CODE, publishes: str = "publication"
) -> None:
    """The report is published on a day, after everything that comes before it."""
    activity = review(opened, code)
    for row in steps_of(opened, activity):
        row.state, row.actual_on = "done", day if row.step_id == publishes else min(last_day(row), day)
        if row.step_id == publishes:
            break
    opened.flush()
    date_steps(opened, activity, rules_of(opened).of(activity), day)


def recommended(
    opened: Session, *owners: str, day: date = PUBLISHED, code: str = CODE, is_priority: bool = False
) -> Recommendation:
    """One more recommendation, recorded on a day."""
    said = Recommended("Train all staff in safeguarding", owners, is_priority=is_priority)
    return recommend(opened, review(opened, code).id or 0, said, word(day, "as the report says"))
