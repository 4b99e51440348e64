"""What is left of the rules of findings and the report where some steps of a framework are not there."""

from collections.abc import Collection
from typing import Any

from config.framework import Framework
from config.reporting import FindingRules, ReportRules


def left_to_report(framework: Framework, there: Collection[str]) -> dict[str, Any]:
    """Contributions, rules of findings and report by their keys in a framework, without what hangs on other steps.

    A section that was due at a step which is not there is due when the report is published, and no grade goes anywhere
    that is not given.
    """
    rules = _findings_left(framework.findings, there)
    graded = {slot.id for slot in framework.judgements if slot.decided_at in there}
    return {
        "contributions": framework.contributions if rules is not None else (),
        "findings": rules,
        "report": _report_left(framework.report, there, graded),
    }


def _findings_left(rules: FindingRules | None, there: Collection[str]) -> FindingRules | None:
    if rules is None or rules.needed_for not in there or rules.agreed_at[-1] not in there:
        return None
    steps = tuple(step for step in rules.agreed_at if step in there)
    # Where everything is agreed at one step, nothing is left for a later one.
    always = rules.always_fieldwork if len(steps) > 1 else ()
    return rules.model_copy(update={"agreed_at": steps, "always_fieldwork": always})


def _report_left(
    report: ReportRules | None, there: Collection[str], graded: Collection[str]
) -> ReportRules | None:
    if report is None or report.published_at not in there:
        return None
    sections = tuple(
        section if section.due_at in there else section.model_copy(update={"due_at": report.published_at})
        for section in report.sections
    )
    changes = {
        "sections": sections,
        "versions": {step: name for step, name in report.versions.items() if step in there},
        "comments_at": report.comments_at if report.comments_at in there else report.published_at,
        "feeds": tuple(feed for feed in report.feeds if set(feed.judgements) <= set(graded)),
    }
    return report.model_copy(update=changes)
