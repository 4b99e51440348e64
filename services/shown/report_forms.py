"""What forms and pages about the findings and the report of an activity need: its lines, and what may be chosen."""

from dataclasses import dataclass
from itertools import groupby

from sqlmodel import Session

from models import Activity, Area
from services.casework.reporting.findings import KIND_WORDS
from services.casework.reporting.hypotheses import ENDS
from services.casework.steps import LIVING, steps_of
from services.errors import NotFound
from services.programme import rules_of
from services.shown.findings import ContributionLine, contribution_lines
from services.shown.report import ReportView, report_view

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReportForm:
    """An activity with its findings and its report; `has_draft` once comments may come, until it `is_published`."""

    number: int
    code: str
    name: str
    area: str
    area_code: str
    roles: Choices
    lines: tuple[ContributionLine, ...]
    view: ReportView
    kinds: Choices
    causes: Choices
    reasons: Choices
    evidence: Choices
    steps: Choices
    is_living: bool
    has_draft: bool
    is_published: bool

    @property
    def may_find(self) -> bool:
        """Whether anything can still be said of findings."""
        return self.is_living and bool(self.lines) and not self.is_published

    @property
    def may_write(self) -> bool:
        """Whether the report can still be written."""
        return self.is_living and bool(self.view.parts) and not self.is_published

    @property
    def outcomes(self) -> list[tuple[str, list[ContributionLine]]]:
        """The contributions by the name of their outcome, in the framework's order."""
        return [(name, list(lines)) for name, lines in groupby(self.lines, lambda line: line.outcome)]

    @property
    def findings(self) -> Choices:
        """Every finding by number."""
        return tuple(
            (str(row.number), f"{line.name}: {row.kind}. {row.text}")
            for line in self.lines
            for row in line.findings
        )

    @property
    def hypotheses(self) -> Choices:
        """Every hypothesis by number."""
        return tuple((str(row.number), row.text) for line in self.lines for row in line.hypotheses)

    @property
    def ends(self) -> Choices:
        """How a hypothesis may end."""
        return tuple((name, name.capitalize()) for name in ENDS)


def find_report_form(session: Session, number: int) -> ReportForm:
    """The activity of a number; NotFound if there is none, or none with findings or a report."""
    row = session.get(Activity, number)
    framework = None if row is None else rules_of(session).of(row)
    if row is None or framework is None or (framework.report is None and framework.findings is None):
        message = "there is no such activity with findings or a report."
        raise NotFound(f"activity {number}", message, "Go to the area's page.")
    rules, specification = framework.findings, framework.specification
    done = {step.step_id for step in steps_of(session, row) if step.state == "done"}
    report = framework.report
    return ReportForm(
        number=number,
        code=row.code,
        name=framework.name,
        area=session.get_one(Area, row.area_code).name,
        area_code=row.area_code,
        roles=tuple(framework.roles.items()),
        lines=tuple(contribution_lines(session, row)),
        view=report_view(session, row),
        kinds=tuple((kind.value, words.capitalize()) for kind, words in KIND_WORDS.items()),
        causes=() if rules is None else (*rules.causes.items(), *rules.not_judged.items()),
        reasons=() if specification is None else tuple(specification.reasons.items()),
        evidence=tuple((item.id, item.name) for item in framework.evidence),
        steps=() if rules is None else tuple((name, framework.step(name).name) for name in rules.agreed_at),
        is_living=row.precision is not None and row.state in (*LIVING, "done"),
        has_draft=report is not None and report.drafted_at in done,
        is_published=report is not None and report.published_at in done,
    )
