"""What speaks against signing a step off that findings or the report hang on: pure, over what is known of them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from config.framework import Framework
from config.reporting import Contribution, Part


@dataclass(frozen=True)
class ReportFacts:
    """What there is: contributions that have ended, parts with text, and comments without an answer by number.

    The day of a comment is the one on which it came.
    """

    ended: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    open_comments: dict[int, date] = field(default_factory=dict)


@dataclass(frozen=True)
class ReportLacks:
    """What a step lacks: contributions without an end, parts without a text, comments without an answer."""

    contributions: tuple[Contribution, ...] = ()
    parts: tuple[Part, ...] = ()
    comments: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.contributions or self.parts or self.comments)

    def ids(self) -> list[str]:
        """What a sign-off without them keeps: identifiers, and numbers of comments as 'comment:11'."""
        return [
            *(contribution.id for contribution in self.contributions),
            *(part.id for part in self.parts),
            *(f"comment:{number}" for number in self.comments),
        ]


def lacking_report(
    framework: Framework, scope: Collection[str] | None, step: str, facts: ReportFacts
) -> ReportLacks:
    """What a step can't be signed off without (R083, R084, R087, R066, R186).

    Contributions in scope end before the step that needs the findings; each part of the report has text before its own
    step, the summary for children among them; and no comment is open when the report is published.
    """
    report = framework.report
    return ReportLacks(
        unended(framework, scope, facts) if _needs_findings(framework, step) else (),
        ()
        if report is None
        else tuple(part for part in report.needed_for(step) if part.id not in facts.written),
        tuple(sorted(facts.open_comments)) if report is not None and step == report.published_at else (),
    )


def unended(
    framework: Framework, scope: Collection[str] | None, facts: ReportFacts
) -> tuple[Contribution, ...]:
    """Contributions in scope that have neither a finding nor a reason for none (R186)."""
    inside = framework.contributions_in(scope) if framework.findings is not None else ()
    return tuple(contribution for contribution in inside if contribution.id not in facts.ended)


def _needs_findings(framework: Framework, step: str) -> bool:
    return framework.findings is not None and framework.findings.needed_for == step
