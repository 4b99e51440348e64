"""Where the published programme stands: the steps of each area, what is due or late, and who acts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, Area, Step
from reports.words import capitalised, period_in_words
from services.casework.contacts import Contacts, Person
from services.casework.steps import FINISHED, LIVING, first_day, is_late, last_day
from services.programme import rules_of
from services.shown.shown_plan import Audience
from services.shown.shown_steps import STATE_WORDS


@dataclass(frozen=True)
class StepLine:
    """A step as people look at it.

    `first_on` and `last_on` are both included and equal for a milestone or a deadline. `acts` and `signs` are roles
    in words; `people` those who act now, where they were asked for. `waits_for` names steps that must be done first;
    `note` says what is special about its date, or why it is left out.
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
    is_hard: bool
    acts: tuple[str, ...]
    signs: str
    rule: str
    waits_for: tuple[str, ...]
    precision: str
    people: tuple[Person, ...] = ()
    note: str = ""

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
        return period_in_words(self.first_on, self.last_on + timedelta(days=1))

    @property
    def is_begun_or_late(self) -> bool:
        """Whether somebody should do something about it now."""
        return self.is_late or self.state in ("open", "awaiting_sign_off", "overdue")


def step_lines(
    session: Session,
    as_of: date,
    area_code: str | None = None,
    audience: Audience = Audience.INSPECTORATE,
    with_people: bool = False,
) -> list[StepLine]:
    """Every step of the published activities that are not cancelled, of all areas or one, by area and date.

    Parameters
    ----------
    audience
        An authority sees nothing of an activity that is not announced yet (R068); nor may a place that others can read.
    with_people
        Also look up who acts, by name and address.
    """
    rules = rules_of(session)
    contacts = Contacts(session, rules)
    query = (
        select(Step, Activity, Area)
        .join(Activity, col(Activity.id) == col(Step.activity_id))
        .join(Area, col(Area.code) == col(Activity.area_code))
        .where(col(Activity.precision).is_not(None), col(Activity.state).in_((*LIVING, "done")))
        .where(Step.state != "superseded")
        .order_by(col(Area.name), col(Activity.code), col(Step.position))
    )
    if area_code is not None:
        query = query.where(col(Area.code) == area_code)
    found = list(session.exec(query))
    done = {(step.activity_id, step.step_id) for step, _activity, _area in found if step.state in FINISHED}
    done_by_activity: dict[int | None, set[str]] = defaultdict(set)
    for activity_id, step_id in done:
        done_by_activity[activity_id].add(step_id)
    names = {(step.activity_id, step.step_id): step.name for step, _activity, _area in found}
    lines = []
    for step, activity, area in found:
        framework = rules.of(activity)
        if audience is Audience.AUTHORITY and not framework.is_announced(done_by_activity[activity.id]):
            continue
        before = [(step.activity_id, name) for name in framework.step(step.step_id).after]
        waits = tuple(names[key] for key in before if key in names and key not in done)
        people = _acting(contacts, activity, step) if with_people else ()
        lines.append(_line(step, activity, area, framework, waits, people, as_of))
    return sorted(lines, key=lambda line: (line.area, line.first_on, line.activity, line.last_on))


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
    step: Step,
    activity: Activity,
    area: Area,
    framework: Framework,
    waits: tuple[str, ...],
    people: tuple[Person, ...],
    as_of: date,
) -> StepLine:
    assert step.id is not None
    return StepLine(
        step=step.id,
        activity=activity.code,
        kind=activity.kind,
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
        is_hard=step.is_hard,
        acts=tuple(framework.roles.get(role, role) for role in step.who.split()),
        signs=framework.roles.get(step.sign_off, step.sign_off),
        rule=step.rule,
        waits_for=() if step.state in FINISHED else waits,
        precision=activity.precision or "",
        people=people,
        note=step.notes,
    )


def _acting(contacts: Contacts, activity: Activity, step: Step) -> tuple[Person, ...]:
    found = [person for role in step.who.split() for person in contacts.holders(activity, role)]
    return tuple({person.email: person for person in found}.values())
