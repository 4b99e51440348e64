"""What was said when a step was signed off, for whoever looks at it: who signed, for whom, and what was waived why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from config.framework import Framework
from models import ActivityGrade, SignOff
from services.casework.seen_steps import AnyStep
from services.casework.waiver_reasons import reason_in_words


@dataclass(frozen=True)
class Signed:
    """Who signed a step off or judged; for which role or person and why, where that was somebody else's turn."""

    by: str
    happened_on: date
    on_behalf_of: str = ""
    why: str = ""

    def __str__(self) -> str:
        whom = f" on behalf of {self.on_behalf_of} ({self.why})" if self.on_behalf_of else ""
        return f"{self.by}{whom}"


def signed_by(framework: Framework, sign_off: SignOff) -> Signed:
    """A sign-off as it is shown; a role is told in words, a person as they were named."""
    whom = _in_words(framework, sign_off.on_behalf_of)
    return Signed(sign_off.signed_by, sign_off.happened_on, whom, sign_off.on_behalf_why)


def judged_by(framework: Framework, grade: ActivityGrade) -> Signed:
    """The same of whoever gave a grade."""
    whom = _in_words(framework, grade.on_behalf_of)
    return Signed(grade.said_by, grade.decided_on, whom, grade.on_behalf_why)


def _in_words(framework: Framework, whom: str) -> str:
    """A role in words; a person stays as they were named."""
    return framework.roles.get(whom, whom)


def waivers_in_words(
    framework: Framework, step: AnyStep, sign_off: SignOff | None, reasons: Mapping[str, str]
) -> tuple[str, ...]:
    """What of a step's rules is waived, each with its reason: its dates, and what it was signed off without."""
    found = []
    if step.waiver_needed and (step.waiver_code or step.waiver_reason):
        found.append(
            f"{step.waiver_needed}: {reason_in_words(step.waiver_code, step.waiver_reason, reasons)}"
        )
    if sign_off is not None and (names := _names(framework, sign_off)):
        why = reason_in_words(sign_off.waiver_code, sign_off.waiver_reason, reasons)
        found.append(f"signed off without {'; '.join(names)}: {why}")
    return tuple(found)


def _names(framework: Framework, sign_off: SignOff) -> list[str]:
    names = {
        **{item.id: item.name for item in framework.evidence},
        **{output.id: output.name for step in framework.steps for output in step.outputs},
    }
    ids = [*sign_off.waived_outputs.split(), *sign_off.waived_inputs.split()]
    themes = [framework.skills.get(name, name) for name in sign_off.waived_themes.split()]
    return [
        *(names.get(name, name) for name in ids),
        *(f"a decision about fieldwork on {name}" for name in themes),
        *_of_report(framework, sign_off.waived_report.split()),
    ]


def _of_report(framework: Framework, ids: Sequence[str]) -> Iterator[str]:
    """Contributions without an end, empty parts of the report, comments without an answer."""
    contributions = {contribution.id: contribution.name for contribution in framework.contributions}
    parts = {} if framework.report is None else {part.id: part.name for part in framework.report.parts()}
    for name in ids:
        if name.startswith("comment:"):
            yield f"an answer to comment {name.removeprefix('comment:')}"
        elif name in parts:
            yield f"a text of '{parts[name]}'"
        else:
            yield f"a finding about '{contributions.get(name, name)}'"
