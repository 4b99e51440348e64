"""What pages ask about one activity: how it stands, and what can be chosen when something is said of it."""

from dataclasses import dataclass

from sqlmodel import Session

from config.framework import Framework
from models import Activity, Area
from reports.words import capitalised
from services.casework.circulation import CirculationList, circulation_lists
from services.casework.contact_points import PointOfActivity, points_of
from services.casework.final_team import planned_teams
from services.casework.specification import Theme, specification_of
from services.casework.steps import LIVING, steps_of
from services.errors import NotFound
from services.naming.people import names_of_inspectors
from services.programme import rules_of
from services.shown.judgements import judgement_lines

STATE_WORDS = {
    "planned": "to come",
    "under_way": "under way",
    "done": "done",
    "cancelled": "called off",
}
"""How far an activity is, in words."""


@dataclass(frozen=True)
class Slot:
    """A judgement that is made of an activity: its grade so far (blank: none) and those of its scale."""

    id: str
    name: str
    grade: str
    scale: tuple[str, ...]


@dataclass(frozen=True)
class TeamForm:
    """Names of the team's people, whether it is the final one, and whether it can be confirmed now (R061)."""

    people: tuple[str, ...]
    is_final: bool
    is_due: bool


@dataclass(frozen=True)
class ActivityForm:
    """An activity as it stands.

    `roles` are those of its framework; `reasons` those for which a theme gets fieldwork, `always` the themes that get
    it in any case. `point` is whom to ask about it.
    """

    number: int
    code: str
    name: str
    area: str
    area_code: str
    state: str
    precision: str
    roles: tuple[tuple[str, str], ...]
    slots: tuple[Slot, ...]
    themes: tuple[Theme, ...]
    reasons: tuple[tuple[str, str], ...]
    always: frozenset[str]
    circulation: CirculationList | None
    point: PointOfActivity
    team: TeamForm | None

    @property
    def is_living(self) -> bool:
        """Whether it is neither done nor called off."""
        return self.state in LIVING

    @property
    def is_published(self) -> bool:
        """Whether it has dates in the programme, and was not called off."""
        return bool(self.precision) and self.state != "cancelled"

    @property
    def standing(self) -> str:
        """'Under way', 'Called off', 'Not published yet'."""
        is_waiting = not self.precision and self.is_living
        return "Not published yet" if is_waiting else capitalised(STATE_WORDS[self.state])


def find_form(session: Session, number: int) -> ActivityForm:
    """The activity of a number; NotFound if there is none."""
    row = session.get(Activity, number)
    if row is None:
        raise NotFound(f"activity {number}", "there is no such activity.", "Go to the area's page.")
    return activity_form(session, row)


def activity_form(session: Session, row: Activity) -> ActivityForm:
    """An activity with all that can be said of it."""
    framework = rules_of(session).whole(row)
    rule = framework.specification
    return ActivityForm(
        number=row.id or 0,
        code=row.code,
        name=framework.name,
        area=session.get_one(Area, row.area_code).name,
        area_code=row.area_code,
        state=row.state,
        precision=row.precision or "",
        roles=tuple(framework.roles.items()),
        slots=tuple(
            Slot(line.id, line.name, line.grade, framework.judgement(line.id).scale)
            for line in judgement_lines(session, row)
        ),
        themes=tuple(specification_of(session, row)),
        reasons=() if rule is None else tuple(rule.reasons.items()),
        always=frozenset(framework.always),
        circulation=next(iter(circulation_lists(session, row.code)), None),
        point=points_of(session, row.code)[0],
        team=_team(session, row, framework),
    )


def _team(session: Session, row: Activity, framework: Framework) -> TeamForm | None:
    team, rule = planned_teams(session, [row]).get(row.code), framework.team
    if team is None or rule is None or rule.final_after is None:
        return None
    names = names_of_inspectors(session)
    is_done = any(
        step.step_id == rule.final_after and step.state == "done" for step in steps_of(session, row)
    )
    people = tuple(names.get(code, code) for code in team.members)
    return TeamForm(people, team.is_final, is_done and not team.is_final)
