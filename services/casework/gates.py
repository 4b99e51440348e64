"""Gates: a step is signed off with its outputs and inputs (R045, R048, R069, R070), or without them for a reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from config.framework import Framework
from config.steps import Cited
from models import Activity, SignOff, Step
from services.casework.evidence.checklists import open_items
from services.casework.outputs import missing_outputs, newest_outputs
from services.casework.specification import decisions, undecided
from services.casework.step_case import StepCase
from services.doors import OUTPUT, RECEIVE, SPECIFY, waived_or
from services.errors import Objection


@dataclass(frozen=True)
class Lacking:
    """What a step lacks: outputs with their step, evidence that is still to come, themes without a decision."""

    outputs: tuple[tuple[str, str], ...] = ()
    inputs: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.outputs or self.inputs or self.themes)

    @property
    def output_ids(self) -> str:
        """Identifiers of the outputs, as a sign-off keeps them."""
        return " ".join(output for _step, output in self.outputs)

    @property
    def input_ids(self) -> str:
        """Identifiers of the items, as a sign-off keeps them."""
        return " ".join(self.inputs)


def lacking(
    session: Session, activity: Activity, framework: Framework, step: Step, steps: list[Step]
) -> Lacking:
    """What speaks against signing a step off; false if nothing does."""
    recorded = newest_outputs(session, [other.id or 0 for other in steps])
    missing = missing_outputs(framework, step, steps, recorded, newest_sign_offs(session, activity))
    return Lacking(
        tuple((other.step_id, output.id) for other, output in missing),
        tuple(item.item for item in open_items(session, activity, step.step_id)),
        tuple(_undecided(session, activity, framework, step)),
    )


def objections_to_gate(case: StepCase, lacks: Lacking) -> Iterator[Objection]:
    """One for the outputs, one for the evidence, one for the specification; each names all that is missing."""
    place, framework = case.name, case.framework
    if lacks.outputs:
        rules = {output.id: output for step in framework.steps for output in step.outputs}
        missing = [rules[output] for _step, output in lacks.outputs]
        names = "; ".join(output.name for output in missing)
        step, output = lacks.outputs[0]
        advice = waived_or(OUTPUT, "record each", code=case.activity.code, step=step, output=output)
        yield Objection(place, f"these outputs are not recorded: {names}.", advice, _cited(missing), "waiver")
    if lacks.inputs:
        items = {item.id: item for item in framework.evidence}
        known = [items[name] for name in lacks.inputs if name in items]
        names = "; ".join(items[name].name if name in items else name for name in lacks.inputs)
        advice = waived_or(RECEIVE, "record what has come in")
        yield Objection(place, f"this evidence is still to come: {names}.", advice, _cited(known), "waiver")
    if lacks.themes and framework.specification is not None:
        names = "; ".join(framework.skills[theme] for theme in lacks.themes)
        advice = waived_or(SPECIFY, "decide each", code=case.activity.code, theme=lacks.themes[0])
        cited = _cited([framework.specification])
        yield Objection(
            place, f"nobody has decided whether these get fieldwork: {names}.", advice, cited, "waiver"
        )


def _undecided(session: Session, activity: Activity, framework: Framework, step: Step) -> list[str]:
    """R078: themes about whose fieldwork nobody has decided, for the step that needs the specification."""
    rule = framework.specification
    if rule is None or rule.needed_for != step.step_id:
        return []
    return undecided(framework, [theme for owner, theme in decisions(session) if owner == activity.id])


def newest_sign_offs(session: Session, activity: Activity) -> dict[int, SignOff]:
    """The sign-off that holds of each step of an activity, by step."""
    query = select(SignOff).join(Step, col(Step.id) == col(SignOff.step_id))
    rows = session.exec(query.where(Step.activity_id == activity.id).order_by(col(SignOff.id)))
    return {row.step_id: row for row in rows}


def _cited(entries: Iterable[Cited]) -> str:
    return ", ".join(sorted({number for entry in entries for number in entry.requirements}))
