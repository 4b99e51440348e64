"""What a page asks about one step: what it is, what was said of it, and what can be chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models import Activity, RecordedOutput, Step
from reports.words import date_in_words
from services.casework.advancing import find_step
from services.casework.gates import lacking
from services.casework.outputs import newest_outputs
from services.casework.steps import FINISHED, steps_of
from services.casework.undoing import has_word
from services.errors import NotFound
from services.programme import rules_of
from services.shown.outlook import StepLine, step_lines


@dataclass(frozen=True)
class StepOutput:
    """What a step is to produce: its identifier, its name, and the newest version of it (None: there is none)."""

    id: str
    name: str
    newest: RecordedOutput | None

    def in_words(self) -> str:
        """'Hypotheses: version 2, recorded by Ann on 4 May 2006'."""
        if self.newest is None:
            return f"{self.name}: not recorded"
        version = f"{self.newest.version}, " if self.newest.version else ""
        where = f", at {self.newest.link}" if self.newest.link else ""
        by = f"recorded by {self.newest.recorded_by} on {date_in_words(self.newest.recorded_on)}"
        return f"{self.name}: {version}{by}{where}"


@dataclass(frozen=True)
class StepForm:
    """A step as it stands, with what can be chosen: roles that sign it off or act in it, and reasons of the policy.

    `missing` are the outputs without which it is not signed off, with the number of the step that each belongs to.
    `broken` are the rules that its dates break, in words; `has_word` is whether somebody has said anything of it that
    can be undone.
    """

    line: StepLine
    roles: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    outputs: tuple[StepOutput, ...]
    missing: tuple[tuple[int, str], ...]
    broken: str
    has_word: bool

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return self.line.state == "done"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.line.state not in FINISHED


def step_form(session: Session, number: int, as_of: date) -> StepForm:
    """The step of a number; NotFound if there is none, or if its activity is not published."""
    step = find_step(session, number)
    activity, rules = session.get_one(Activity, step.activity_id), rules_of(session)
    lines = step_lines(session, as_of, activity.area_code, with_people=True)
    line = next((line for line in lines if line.step == number), None)
    if line is None:
        raise NotFound(f"step {number}", "it is no step of a published review.", "Go to the area's page.")
    framework, newest = rules.of(activity), newest_outputs(session, [number])
    roles = dict.fromkeys(filter(None, (step.sign_off, *step.who.split())))
    return StepForm(
        line=line,
        roles=tuple((role, framework.role_name(role)) for role in roles),
        reasons=tuple(rules.policy.waivers.reasons.items()),
        outputs=tuple(
            StepOutput(output.id, output.name, newest.get((number, output.id)))
            for output in framework.step(step.step_id).outputs
        ),
        missing=tuple(_missing(session, activity, step)),
        broken=step.waiver_needed or "",
        has_word=has_word(session, f"{activity.code} {step.step_id}"),
    )


def _missing(session: Session, activity: Activity, step: Step) -> Iterator[tuple[int, str]]:
    """R045, R048: outputs of the step, and of those just before it, that nobody has recorded."""
    if step.state in FINISHED:
        return
    framework, steps = rules_of(session).of(activity), steps_of(session, activity)
    numbers = {other.step_id: other.id or 0 for other in steps}
    for step_id, output_id in lacking(session, activity, framework, step, steps).outputs:
        names = {output.id: output.name for output in framework.step(step_id).outputs}
        yield numbers[step_id], names[output_id]
