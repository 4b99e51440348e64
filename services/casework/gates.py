"""Gates: a step is signed off with all that it needs (R045, R048, R069, R070, R083-R087), or without, for a reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from config.framework import Framework
from config.steps import Cited
from models import Activity, SignOff, Step
from services.casework.evidence.checklists import open_items
from services.casework.outputs import missing_outputs, newest_outputs
from services.casework.reporting.comments import comments_of
from services.casework.reporting.lacks import ReportFacts, ReportLacks, lacking_report
from services.casework.reporting.reading_facts import report_facts
from services.casework.specification import decisions, undecided
from services.casework.step_case import StepCase
from services.doors import ANSWER_COMMENT, FINDING, OUTPUT, RECEIVE, SPECIFY, WRITE_REPORT, waived_or
from services.errors import Objection


@dataclass(frozen=True)
class Lacking:
    """What a step lacks: outputs with their step, evidence to come, themes without a decision, and of the report."""

    outputs: tuple[tuple[str, str], ...] = ()
    inputs: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    report: ReportLacks = field(default_factory=ReportLacks)

    def __bool__(self) -> bool:
        return bool(self.outputs or self.inputs or self.themes or self.report)

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
        _report(session, activity, framework, step),
    )


def objections_to_gate(case: StepCase, lacks: Lacking) -> Iterator[Objection]:
    """One for each kind of thing that is missing; it names all of that kind."""
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
    yield from _objections_to_report(case, lacks.report)


def _objections_to_report(case: StepCase, lacks: ReportLacks) -> Iterator[Objection]:
    """Contributions without an end, empty parts, comments without an answer: each is named."""
    place, code = case.name, case.activity.code
    if lacks.contributions and case.framework.findings is not None:
        names = "; ".join(contribution.name for contribution in lacks.contributions)
        advice = waived_or(FINDING, "say how each ends", code=code, contribution=lacks.contributions[0].id)
        cited = _cited([case.framework.findings])
        yield Objection(
            place,
            f"these contributions end neither in a finding nor in a reason: {names}.",
            advice,
            cited,
            "waiver",
        )
    if lacks.parts:
        names = "; ".join(part.name for part in lacks.parts)
        advice = waived_or(WRITE_REPORT, "write each", code=code, part=lacks.parts[0].id)
        cited = _cited(part.section for part in lacks.parts)
        yield Objection(place, f"these parts of the report are empty: {names}.", advice, cited, "waiver")
    if lacks.comments:
        known = {row.number: row for row in comments_of(case.session, case.activity)}
        names = "; ".join(f"{number} of {known[number].organisation}" for number in lacks.comments)
        advice = waived_or(ANSWER_COMMENT, "answer each", code=code, number=lacks.comments[0])
        yield Objection(place, f"these comments have no answer: {names}.", advice, "R066", "waiver")


def _report(session: Session, activity: Activity, framework: Framework, step: Step) -> ReportLacks:
    """What of findings and report the step lacks (R083-R087, R186)."""
    if framework.report is None and framework.findings is None:
        return ReportLacks()
    number = activity.id or 0
    facts = report_facts(session, [number]).get(number, ReportFacts())
    return lacking_report(framework, activity.outcomes, step.step_id, facts)


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
