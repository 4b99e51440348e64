"""What a page asks about one step: what it is, who signs it off, and the reasons for which a rule may be waived."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models import Activity
from services.casework.advancing import find_step
from services.errors import NotFound
from services.programme import rules_of
from services.shown.outlook import StepLine, step_lines


@dataclass(frozen=True)
class StepForm:
    """A step as it stands, with what can be chosen: roles that sign it off or act in it, and reasons of the policy."""

    line: StepLine
    roles: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]


def step_form(session: Session, number: int, as_of: date) -> StepForm:
    """The step of a number; NotFound if there is none, or if its activity is not published."""
    step = find_step(session, number)
    activity, rules = session.get_one(Activity, step.activity_id), rules_of(session)
    lines = step_lines(session, as_of, activity.area_code)
    line = next((line for line in lines if line.step == number), None)
    if line is None:
        raise NotFound(f"step {number}", "it is no step of a published review.", "Go to the area's page.")
    framework = rules.of(activity)
    roles = dict.fromkeys(filter(None, (step.sign_off, *step.who.split())))
    return StepForm(
        line=line,
        roles=tuple((role, framework.role_name(role)) for role in roles),
        reasons=tuple(rules.policy.waivers.reasons.items()),
    )
