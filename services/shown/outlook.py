"""Where the published programme stands: the steps of each area, what is due or late, and who acts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from models import Activity, Step
from reports.words import capitalised, period_in_words
from services.casework.actions import Case, RequiredAction, required_actions
from services.casework.advancing import unfinished_before
from services.casework.cases import published_cases
from services.casework.contacts import Contacts, Person
from services.casework.scope import scope_in_words
from services.casework.seen_steps import AnyStep
from services.casework.signatures import Signed, signed_by, waivers_in_words
from services.casework.step_turns import is_in_hand, is_late
from services.casework.steps import FINISHED, LIVING, first_day, last_day
from services.days.weeks import day_after
from services.programme import rules_of
from services.shown.pressing_steps import pressing
from services.shown.shown_plan import Audience
from services.shown.shown_steps import STATE_WORDS


@dataclass(frozen=True)
class StepLine:
    """A step as people look at it.

    `first_on` and `last_on` are both included and equal for a milestone or a deadline. `acts` and `signs` are roles
    in words; `people` those who act now, where they were asked for. `waits_for` names steps that must be done first.
    `is_in_hand`: it is somebody's turn now. `required` is what waits for somebody in it, where that was asked for.
    `signed` says who signed it off; `waivers` are the rules that were waived, each with its reason; `scope` the
    outcomes that the activity looks at, blank if all (R008); `note` says what is special about its date, or why it is
    left out. `revision` changes with whatever is said of the step or moves its day.
    """

    step: int
    activity: str
    kind: str
    activity_name: str
    area_code: str
    area: str
    region: str
    step_id: str
    step_kind: str
    name: str
    first_on: date
    last_on: date
    actual_on: date | None
    state: str
    is_late: bool
    is_in_hand: bool
    is_hard: bool
    acts: tuple[str, ...]
    signs: str
    rule: str
    waits_for: tuple[str, ...]
    precision: str
    people: tuple[Person, ...] = ()
    note: str = ""
    required: tuple[RequiredAction, ...] = ()
    signed: Signed | None = None
    waivers: tuple[str, ...] = ()
    revision: int = 0
    scope: str = ""

    @property
    def status(self) -> str:
        """Its state in words: 'Late: waits for Notification of precise dates'."""
        words = STATE_WORDS[self.state]
        if self.state == "left_out":
            return self.note
        if self.state != "done" and self.is_late:
            if self.waits_for:
                return f"Late: waits for {', '.join(self.waits_for)}"
            if self.state != "overdue":
                return f"Late: {'not begun' if self.state == 'planned' else words}"
        return capitalised(words)

    @property
    def when(self) -> str:
        """'20 to 24 February 2006'."""
        return period_in_words(self.first_on, day_after(self.last_on))

    @property
    def is_begun_or_late(self) -> bool:
        """Whether somebody should do something about it now."""
        return self.is_late or self.is_in_hand


def step_lines(
    session: Session,
    as_of: date,
    area_code: str | None = None,
    audience: Audience = Audience.INSPECTORATE,
    with_people: bool = False,
    with_required: bool = False,
    until: date | None = None,
) -> list[StepLine]:
    """Every step of the published activities that are not cancelled, of all areas or one, by area and date.

    Parameters
    ----------
    audience
        An authority sees nothing of an activity that is not announced yet (R068); nor may a place that others can read.
    with_people
        Also look up who acts, by name and address.
    with_required
        Also look up what waits for somebody in each step.
    until
        Leave out what is finished, and what is only planned and begins on that day or later.
    """
    rules = rules_of(session)
    contacts = Contacts(session, rules)
    near = [] if until is None else [_of_steps(pressing(until))]
    lines = []
    for case in published_cases(session, area_code, *near):
        if audience is Audience.AUTHORITY and not case.is_announced:
            continue
        by_step: dict[str, list[RequiredAction]] = {}
        for action in required_actions(case, as_of) if with_required else ():
            by_step.setdefault(action.step, []).append(action)
        for step in case.steps:
            if until is not None and not _is_near(step, until):
                continue
            people = _acting(contacts, case.activity, step) if with_people else ()
            lines.append(_line(case, step, tuple(by_step.get(step.step_id, ())), people, as_of))
    return sorted(lines, key=lambda line: (line.area, line.first_on, line.activity, line.last_on))


def people_acting(session: Session, steps: Collection[int]) -> dict[int, tuple[Person, ...]]:
    """Who acts in some steps, by name and address, by the number of the step."""
    contacts = Contacts(session, rules_of(session))
    query = select(Step, Activity).join(Activity, col(Activity.id) == col(Step.activity_id))
    pairs = session.exec(query.where(col(Step.id).in_(steps))).all()
    return {step.id or 0: _acting(contacts, activity, step) for step, activity in pairs}


def needs_action(lines: Iterable[StepLine]) -> list[StepLine]:
    """What is late first, then what is under way or awaits a sign-off, each by date."""
    return sorted(
        (line for line in lines if line.is_begun_or_late),
        key=lambda line: (not line.is_late, line.last_on, line.area),
    )


def ahead(lines: Iterable[StepLine], as_of: date, until: date) -> list[StepLine]:
    """Steps that begin or are due from `as_of` up to, not including, `until`, by date."""
    planned = (line for line in lines if line.state == "planned" and not line.is_late)
    return sorted(
        (line for line in planned if as_of <= line.first_on < until),
        key=lambda line: (line.first_on, line.area),
    )


def next_step(lines: Iterable[StepLine]) -> StepLine | None:
    """The step that is next in an area: the first that is not done, by date."""
    return min(
        (line for line in lines if line.state not in FINISHED), key=lambda line: line.first_on, default=None
    )


def _line(
    case: Case, step: AnyStep, required: tuple[RequiredAction, ...], people: tuple[Person, ...], as_of: date
) -> StepLine:
    assert step.id is not None
    framework, area = case.framework, case.area
    waits = () if step.state in FINISHED else unfinished_before(framework, step, case.steps)
    signed = (case.signed or {}).get(step.id) if step.state == "done" else None
    return StepLine(
        step=step.id,
        activity=case.activity.code,
        kind=case.activity.kind,
        activity_name=framework.name,
        area_code=area.code,
        area=area.name,
        region=area.region,
        step_id=step.step_id,
        step_kind=step.kind,
        name=step.name,
        first_on=first_day(step),
        last_on=last_day(step),
        actual_on=step.actual_on,
        state=step.state,
        is_late=is_late(step, as_of),
        is_in_hand=case.activity.state in LIVING and is_in_hand(step, case.policy.reminders, as_of),
        is_hard=step.is_hard,
        acts=tuple(framework.role_name(role) for role in step.who.split()),
        signs=framework.role_name(step.sign_off),
        rule=step.rule,
        waits_for=tuple(other.name for other in waits),
        precision=case.activity.precision or "",
        people=people,
        note=step.notes,
        required=required,
        signed=None if signed is None else signed_by(framework, signed),
        waivers=waivers_in_words(framework, step, signed, case.policy.waivers.reasons),
        revision=step.edition,
        scope=scope_in_words(framework, case.activity),
    )


def _of_steps(conditions: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    """What holds of the rows of activities with a step for which some conditions hold."""
    return col(Activity.id).in_(select(Step.activity_id).where(*conditions))


def _is_near(step: AnyStep, until: date) -> bool:
    return step.state not in FINISHED and (step.state != "planned" or first_day(step) < until)


def _acting(contacts: Contacts, activity: Activity, step: AnyStep) -> tuple[Person, ...]:
    found = [person for role in step.who.split() for person in contacts.holders(activity, role)]
    return tuple({person.email: person for person in found}.values())
