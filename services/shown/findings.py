"""What a review finds out, for people: each contribution in scope with its findings and hypotheses (R186, R189)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from config.framework import Framework
from models import Activity, Hypothesis, ReviewFinding
from reports.words import date_in_words, plural
from services.casework.reporting.findings import KIND_WORDS, FindingKind, findings_of
from services.casework.reporting.hypotheses import hypotheses_of
from services.programme import rules_of


@dataclass(frozen=True)
class FindingLine:
    """A finding in words; `said` by whom and when, `agreed_at` at which step, `rests_on` which evidence."""

    number: int
    kind: str
    text: str
    cause: str
    managed: str
    services: str
    rests_on: str
    agreed_at: str
    said: str


@dataclass(frozen=True)
class HypothesisLine:
    """What fieldwork tests: its state in words, and why it is tested."""

    number: int
    text: str
    reason: str
    state: str
    said: str


@dataclass(frozen=True)
class ContributionLine:
    """A contribution with all that is said of it; `services` are those that it covers (R189)."""

    id: str
    name: str
    outcome: str
    services: tuple[str, ...]
    is_always: bool
    findings: tuple[FindingLine, ...]
    hypotheses: tuple[HypothesisLine, ...]

    @property
    def has_ended(self) -> bool:
        """Whether it has a finding, or a reason why it has none."""
        return bool(self.findings)


def contribution_lines(session: Session, activity: Activity) -> list[ContributionLine]:
    """Every contribution in scope, in the framework's order; empty if its framework has none."""
    framework = rules_of(session).of(activity)
    findings, hypotheses = findings_of(session, activity), hypotheses_of(session, activity)
    return [
        ContributionLine(
            id=contribution.id,
            name=contribution.name,
            outcome=framework.outcomes[contribution.outcome],
            services=contribution.services,
            is_always=contribution.always,
            findings=tuple(
                _finding(framework, row) for row in findings if row.contribution == contribution.id
            ),
            hypotheses=tuple(
                _hypothesis(framework, row) for row in hypotheses if row.contribution == contribution.id
            ),
        )
        for contribution in framework.contributions_in(activity.outcomes)
    ]


def ended_in_words(lines: list[ContributionLine]) -> str:
    """'21 of 34 contributions have ended; 13 hypotheses are open.'"""
    ended = sum(line.has_ended for line in lines)
    open_ones = sum(row.state == "open" for line in lines for row in line.hypotheses)
    verb = "hypothesis is", "hypotheses are"
    return f"{ended} of {plural(len(lines), 'contribution')} have ended; {plural(open_ones, *verb)} open."


def _finding(framework: Framework, row: ReviewFinding) -> FindingLine:
    rules, items = framework.findings, {item.id: item.name for item in framework.evidence}
    causes: Mapping[str, str] = {} if rules is None else {**rules.causes, **rules.not_judged}
    return FindingLine(
        number=row.id or 0,
        kind=KIND_WORDS[FindingKind(row.kind)],
        text=row.text,
        cause=causes.get(row.cause, row.cause),
        managed=row.managed,
        services=row.services,
        rests_on="; ".join(items.get(name, name) for name in row.evidence.split()),
        agreed_at=framework.step(row.step_id).name if framework.has_step(row.step_id) else row.step_id,
        said=f"{row.said_by}, {date_in_words(row.said_on)}",
    )


def _hypothesis(framework: Framework, row: Hypothesis) -> HypothesisLine:
    reasons = {} if framework.specification is None else framework.specification.reasons
    ended = f", {row.ended_by}, {date_in_words(row.ended_on)}" if row.ended_on else ""
    return HypothesisLine(
        number=row.id or 0,
        text=row.text,
        reason=reasons.get(row.reason_code, row.reason_code),
        state=f"{row.state}{ended}{f': {row.why}' if row.why else ''}",
        said=f"{row.said_by}, {date_in_words(row.said_on)}",
    )
