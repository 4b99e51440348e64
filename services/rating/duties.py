"""What waits for whom about profiles and ratings: queries to be answered, appeals to be talked about, decided and told.

They are required actions like those of the casework, so every list of these has them.
"""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, select

from config.rating_files import regime_holding_on
from config.ratings import RatingRegime
from models import Area, DataQuery
from services.casework.actions import RequiredAction
from services.casework.contacts import Person
from services.casework.step_turns import Action
from services.programme import rules_of
from services.rating.appeal_entries import AppealEntry, list_appeals
from services.rating.appeal_steps import Step
from services.rating.data_queries import contact_of, queries_of

ACTIONS = {
    Step.TALK: Action.TALK_BEFORE_APPEAL,
    Step.DECIDED: Action.DECIDE_APPEAL,
    Step.TOLD: Action.TELL_OF_APPEAL,
}
"""What the inspectorate's side has to do; to lodge an appeal is the area's own choice."""


def rating_duties(
    session: Session, as_of: date, area_code: str | None = None
) -> Iterator[tuple[RequiredAction, tuple[Person, ...]]]:
    """Everything that waits on a day in one area or all, each with the single contact point (R156, R159, R162)."""
    regime = regime_holding_on(as_of)
    if regime is None:
        return
    areas = {area.code: area for area in session.exec(select(Area))}
    role_name = _role_name(session, regime)
    for row in queries_of(session, area_code):
        if row.answered_on is None and row.asked_on <= as_of:
            area = areas[row.area_code]
            action = _asked(row, area, as_of, (regime.contact_role, role_name))
            yield action, _people(session, regime, area.code)
    for entry in list_appeals(session, area_code):
        if entry.next_step in ACTIONS and entry.due is not None and entry.since <= as_of:
            action = _of_appeal(entry, entry.due, as_of, (regime.contact_role, role_name))
            yield action, _people(session, regime, entry.area_code)


def _asked(row: DataQuery, area: Area, as_of: date, role: tuple[str, str]) -> RequiredAction:
    return RequiredAction(
        area_code=area.code,
        area=area.name,
        activity=f"profile of {row.quarter}",
        step="",
        step_name="",
        action=Action.ANSWER_QUERY,
        what=row.question,
        role=role[0],
        role_name=role[1],
        since=row.asked_on,
        due=row.due_on,
        is_late=row.due_on < as_of,
        number=row.id or 0,
    )


def _of_appeal(entry: AppealEntry, due: date, as_of: date, role: tuple[str, str]) -> RequiredAction:
    assert entry.next_step is not None
    return RequiredAction(
        area_code=entry.area_code,
        area=entry.area,
        activity=f"rating of {entry.year}",
        step="",
        step_name="",
        action=ACTIONS[entry.next_step],
        what=f"appeal {entry.number}",
        role=role[0],
        role_name=role[1],
        since=entry.since,
        due=due,
        is_late=due < as_of,
        number=entry.number,
    )


def _role_name(session: Session, regime: RatingRegime) -> str:
    """The role of the single contact point as a framework calls it, else its code in words."""
    frameworks = rules_of(session).frameworks.values()
    names = {role: name for framework in frameworks for role, name in framework.roles.items()}
    return names.get(regime.contact_role, regime.contact_role.replace("_", " "))


def _people(session: Session, regime: RatingRegime, area_code: str) -> tuple[Person, ...]:
    contact = contact_of(session, regime, area_code)
    if contact is None:
        return ()
    return (Person(contact.name, contact.email, contact.role, regime.contact_role, contact.telephone),)
