"""What waits for whom: the one rule of the casework, a pure function over what is known of an activity.

Status, the programme in Prefect, pages and concerns about dates are views of it; reminders ask `step_turns` whose
turn it is, as it does. None of them has rules of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from config.conditions import Grades
from config.framework import Framework
from config.policy import Policy
from models import Activity, Area, Evidence, EvidenceNeed, SignOff
from reports.words import capitalised
from services.casework.advancing import unfinished_before
from services.casework.consultation.still_to_say import ConsultationFacts, to_say
from services.casework.contacts import OPERATIONS
from services.casework.final_team import Team
from services.casework.follow_up.still_to_do import Followed, waits
from services.casework.outputs import missing_outputs
from services.casework.overall import overall_grade
from services.casework.precision import Precision, confirmation_due, final_due
from services.casework.reporting.lacks import ReportFacts
from services.casework.reporting.turns_of_reports import report_turns
from services.casework.seen_steps import AnyStep
from services.casework.specification import undecided
from services.casework.step_turns import Action, acting_roles, horizon, in_sight, is_ahead, turns
from services.casework.steps import FINISHED, LIVING, first_day, last_day, sign_off_due
from services.days.weeks import financial_year

OF_THE_WHOLE = frozenset(
    {Action.SPECIFY, Action.JUDGE, Action.CONFIRM_TEAM, Action.FIND, Action.WRITE, Action.ANSWER_COMMENTS}
)
"""What is said of an activity, though it waits at one of its steps."""


class RequiredAction(NamedTuple):
    """Something that somebody has to do in an activity, or in the year of an area (`activity` is empty then).

    Attributes
    ----------
    step
        The step that it is about, by identifier and name; empty where it is about the whole.
    what
        The output or item of evidence that it is about, by name; empty for none.
    role
        Who has to do it, as in the framework; `role_name` in words.
    since, due
        The day from which it waits, and the day by which it is to be done, both included.
    is_late, is_ahead
        Whether the day has passed by which it is due; whether its day is still to come and nothing has begun.
    waits_for
        Names of the steps that must be done first (R043).
    number
        Of the row that a word about it is said of: the item of evidence that is to come, the step, the assessment of
        the year, else the activity.
    """

    area_code: str
    area: str
    activity: str
    step: str
    step_name: str
    action: Action
    what: str
    role: str
    role_name: str
    since: date
    due: date
    is_late: bool
    is_ahead: bool = False
    waits_for: tuple[str, ...] = ()
    number: int = 0

    def in_words(self) -> str:
        """'Hand in: Performance data', 'Sign off: Analysis week', 'Confirm the dates'."""
        about = "" if self.action is Action.CONFIRM_TEAM else self.what or self.step_name
        return capitalised(": ".join(filter(None, (self.action.value, about))))


@dataclass(frozen=True)
class Case:
    """Everything that is known of one activity: its rows and its rules.

    `binding_from` is the first day on which a word about dates could be kept; `awaited` the evidence that was asked for
    because of it and has not come; `recorded` are the outputs that there are, as (step row, output); `signed` the
    sign-offs that hold, by step row; `decided` the themes about whose fieldwork somebody has decided; `grades` what was
    judged; `reported` what there is of findings and the report; `followed` are the recommendations with what is done
    about them; `consulted` what is open of the consultation.
    """

    activity: Activity
    area: Area
    framework: Framework
    policy: Policy
    binding_from: date
    steps: tuple[AnyStep, ...]
    awaited: tuple[tuple[EvidenceNeed, Evidence], ...] = ()
    recorded: frozenset[tuple[int, str]] = frozenset()
    signed: Mapping[int, SignOff] | None = None
    team: Team | None = None
    decided: frozenset[str] = frozenset()
    grades: Grades = field(default_factory=dict)
    reported: ReportFacts = field(default_factory=ReportFacts)
    followed: tuple[Followed, ...] = ()
    consulted: ConsultationFacts = field(default_factory=ConsultationFacts)

    @property
    def is_announced(self) -> bool:
        """Whether the authority's side knows of it yet (R068)."""
        return self.framework.is_announced({step.step_id for step in self.steps if step.state == "done"})

    def about(
        self, action: Action, role: str, since: date, due: date, as_of: date, step: AnyStep | None = None
    ) -> RequiredAction:
        """An action in this activity; it is late once its day has passed."""
        return RequiredAction(
            area_code=self.area.code,
            area=self.area.name,
            activity=self.activity.code,
            step=step.step_id if step else "",
            step_name=step.name if step else "",
            action=action,
            what="",
            role=role,
            role_name=self.framework.role_name(role),
            since=since,
            due=due,
            is_late=due < as_of,
            number=(self.activity.id if step is None or action in OF_THE_WHOLE else step.id) or 0,
        )


def required_actions(case: Case, as_of: date) -> tuple[RequiredAction, ...]:
    """Everything that waits for somebody in an activity on a day: what is late first, then by the day it is due."""
    if case.activity.precision is None or not case.steps or case.activity.state == "cancelled":
        return ()
    found = [
        *(_before_its_end(case, as_of) if case.activity.state in LIVING else ()),
        *_follow_up(case, as_of),
    ]
    return tuple(sorted((a for a in found if a.since <= as_of), key=lambda a: (not a.is_late, a.due)))


def _before_its_end(case: Case, as_of: date) -> Iterator[RequiredAction]:
    for step in case.steps:
        for part in OF_A_STEP:
            yield from part(case, step, as_of)
    for of_the_case in (_evidence, _specification, _judgements, _report, _team, _dates):
        yield from of_the_case(case, as_of)


def required_dates(case: Case, as_of: date) -> tuple[RequiredAction, ...]:
    """Of all that waits for somebody only what is about the precision of its dates (R016, R017)."""
    if case.activity.state not in LIVING or case.activity.precision is None or not case.steps:
        return ()
    return tuple(action for action in _dates(case, as_of) if action.since <= as_of)


def _of_step(case: Case, step: AnyStep, as_of: date) -> Iterator[RequiredAction]:
    """R043: what comes before a step is done first."""
    for action, since, due, late in turns(step, case.policy.reminders, as_of):
        if since > as_of:
            continue
        waits = tuple(other.name for other in unfinished_before(case.framework, step, case.steps))
        ahead = is_ahead(step, due, as_of)
        for role in acting_roles(step, action):
            made = case.about(action, role, since, due, as_of, step)
            yield made._replace(is_late=late, is_ahead=ahead, waits_for=waits)


def _outputs(case: Case, step: AnyStep, as_of: date) -> Iterator[RequiredAction]:
    """R045, R048: what a step is to have produced by its end."""
    rules = case.policy.reminders
    if step.state in FINISHED or first_day(step) > horizon(rules, as_of):
        return
    since = first_day(step) if step.kind == "stage" else in_sight(rules, first_day(step))
    if since > as_of:
        return
    (role,) = acting_roles(step, Action.RECORD_OUTPUT)
    for other, output in missing_outputs(case.framework, step, case.steps, case.recorded, case.signed or {}):
        if other is step or other.state == "done":
            made = case.about(Action.RECORD_OUTPUT, role, since, last_day(step), as_of, other)
            yield made._replace(what=output.name, is_ahead=step.state == "planned" and not made.is_late)


def _waiver(case: Case, step: AnyStep, as_of: date) -> Iterator[RequiredAction]:
    """R094: dates that break a rule for which nobody has given a reason."""
    if step.state not in FINISHED and step.waiver_needed and not (step.waiver_code or step.waiver_reason):
        day = first_day(step)
        for role in acting_roles(step, Action.WAIVE):
            yield case.about(Action.WAIVE, role, step.dated_on or day, day, as_of, step)


def _evidence(case: Case, as_of: date) -> Iterator[RequiredAction]:
    """R065, R069, R070: what was asked and has not come; once, where it was asked, until its step is done."""
    steps = {step.step_id: step for step in case.steps if step.state not in FINISHED}
    for need, evidence in case.awaited:
        if step := steps.get(need.needed_for):
            since = evidence.asked_on or evidence.due_on
            made = case.about(Action.HAND_IN, evidence.asked_of, since, evidence.due_on, as_of, step)
            yield made._replace(what=evidence.name, number=need.id or 0)


def _specification(case: Case, as_of: date) -> Iterator[RequiredAction]:
    """R078, R079: which themes get fieldwork, and why; one action for each that nobody has decided."""
    rule, steps = case.framework.specification, {step.step_id: step for step in case.steps}
    if rule is None or rule.needed_for not in steps or rule.asked_at not in steps:
        return
    asked_on, needed = steps[rule.asked_at].actual_on, steps[rule.needed_for]
    if asked_on is None or needed.state in FINISHED:
        return
    for theme in undecided(case.framework, case.decided):
        for role in acting_roles(needed, Action.SPECIFY):
            made = case.about(Action.SPECIFY, role, asked_on, last_day(needed), as_of, needed)
            yield made._replace(what=case.framework.skills[theme])


def _judgements(case: Case, as_of: date) -> Iterator[RequiredAction]:
    """R012: what is to be judged within the scope (R008) once its step is over; a grade that follows needs no word."""
    for step in case.steps:
        over_on, scope = last_day(step), case.activity.outcomes
        if step.state == "planned" or over_on > as_of:
            continue
        for slot in case.framework.judgements_on(over_on, scope):
            if slot.decided_at != step.step_id or slot.id in case.grades:
                continue
            if slot.is_overall and overall_grade(case.framework, case.grades, over_on).grade is not None:
                continue
            for role in acting_roles(step, Action.JUDGE):
                made = case.about(Action.JUDGE, role, over_on, sign_off_due(step), as_of, step)
                yield made._replace(what=slot.name)


def _report(case: Case, as_of: date) -> Iterator[RequiredAction]:
    """R048, R066, R084: contributions without an end, empty sections of the report, comments without an answer."""
    steps = {step.step_id: step for step in case.steps}
    scope = case.activity.outcomes
    for turn in report_turns(case.framework, scope, steps, case.reported, case.policy.reminders):
        for role in turn.roles:
            made = case.about(turn.action, role, turn.since, turn.due, as_of, turn.step)
            yield made._replace(what=turn.what)


def _team(case: Case, as_of: date) -> Iterator[RequiredAction]:
    """R061: the provisional team is to be the final one before the next stage begins."""
    rule = case.framework.team
    if rule is None or rule.final_after is None or case.team is None or case.team.is_final:
        return
    steps = {step.step_id: step for step in case.steps}
    stages = [stage.id for stage in case.framework.stages]
    done = steps[rule.final_after]
    following = steps[stages[stages.index(rule.final_after) + 1]]
    if done.actual_on is not None and following.state not in FINISHED:
        for role in acting_roles(done, Action.CONFIRM_TEAM):
            yield case.about(Action.CONFIRM_TEAM, role, done.actual_on, first_day(following), as_of, done)


def _follow_up(case: Case, as_of: date) -> Iterator[RequiredAction]:
    """R088-R092, R184: concerns, answers, proposed actions, confirmations; also once all steps are done."""
    followed = waits(case.framework, case.policy, case.steps, case.followed, as_of)
    consulted = to_say(case.framework, case.policy, case.steps, case.consulted, as_of)
    for wait in (*followed, *consulted):
        made = case.about(wait.action, wait.role, wait.since, wait.due, as_of, wait.step)
        name, number = wait.organisation or made.role_name, wait.number or case.activity.id or 0
        yield made._replace(what=wait.what, role_name=name, number=number)


def _dates(case: Case, as_of: date) -> Iterator[RequiredAction]:
    """R016, R017: dates that are to be confirmed or final by a day; not by one before anybody could plan them."""
    steps = {step.step_id: step for step in case.steps}
    first = min(first_day(steps[stage.id]) for stage in case.framework.stages)
    rules, precision = case.policy.confirmation, case.activity.precision
    by_year = confirmation_due(financial_year(first), rules)
    if precision == Precision.INDICATIVE and by_year >= case.binding_from:
        yield case.about(
            Action.CONFIRM_DATES, OPERATIONS, in_sight(case.policy.reminders, by_year), by_year, as_of
        )
    final_on = final_due(first, rules, case.binding_from)
    if precision != Precision.FINAL and final_on is not None:
        yield case.about(
            Action.FINALISE_DATES, OPERATIONS, in_sight(case.policy.reminders, final_on), final_on, as_of
        )


OF_A_STEP = (_of_step, _outputs, _waiver)
"""What may wait in a single step."""
