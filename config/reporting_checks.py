"""What can be wrong with contributions, with the rules of findings and with the report of a framework."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from config.findings import Found, nearest
from config.framework import Framework


def findings_in_reporting(framework: Framework) -> list[Found]:
    """Names that stand twice or for nothing, contributions without rules, a report whose texts or versions can't be."""
    return [*_contributions(framework), *_finding_rules(framework), *_report(framework)]


def _contributions(framework: Framework) -> Iterator[Found]:
    yield from _twice("contributions", (contribution.id for contribution in framework.contributions))
    for position, contribution in enumerate(framework.contributions):
        key = f"contributions[{position}].outcome"
        yield from _unknown(key, (contribution.outcome,), framework.outcomes, "outcome")
    if framework.contributions and framework.findings is None:
        message = "nothing says how a contribution ends."
        yield "findings", message, "Add [findings] with agreed_at, needed_for, causes and not_judged."
    if framework.findings is not None and not framework.contributions:
        yield "contributions", "there are findings, and nothing to find out.", "Add [[contributions]]."


def _finding_rules(framework: Framework) -> Iterator[Found]:
    rules, steps = framework.findings, _steps(framework)
    if rules is None:
        return
    yield from _unknown("findings.agreed_at", rules.agreed_at, steps, "step")
    yield from _unknown("findings.needed_for", (rules.needed_for,), steps, "step")
    yield from _unknown("findings.asks_how_managed", rules.asks_how_managed, rules.causes, "cause")
    yield from _unknown("findings.always_fieldwork", rules.always_fieldwork, framework.outcomes, "outcome")
    if rules.always_fieldwork and len(rules.agreed_at) < 2:
        message = "findings are agreed at one step, so nothing can be left for a later one."
        yield "findings.always_fieldwork", message, "Leave it out, or add the later step to agreed_at."
    if rules.needed_for in steps and not framework.step(rules.needed_for).sign_off:
        message = f"nobody signs off '{rules.needed_for}', so nothing would wait for the findings."
        yield "findings.needed_for", message, f"Give the step '{rules.needed_for}' a sign_off."


def _report(framework: Framework) -> Iterator[Found]:
    report, steps = framework.report, _steps(framework)
    if report is None:
        return
    sections = [section.id for section in report.sections]
    yield from _twice("report.sections", sections)
    for position, section in enumerate(report.sections):
        key = f"report.sections[{position}]"
        yield from _unknown(f"{key}.who", section.who, framework.roles, "role")
        yield from _unknown(f"{key}.due_at", (section.due_at,), steps, "step")
    yield from _unknown("report.versions", report.versions, steps, "step")
    yield from _unknown("report.comments_at", (report.comments_at,), steps, "step")
    for step in report.versions:
        if step in steps and not framework.step(step).sign_off:
            message = f"nobody signs off '{step}', so no version would be kept with it."
            yield "report.versions", message, f"Give the step '{step}' a sign_off."
    for key, name in (
        ("public_summary", report.public_summary),
        ("children_summary", report.children_summary),
    ):
        yield from _unknown(f"report.{key}", (name,), sections, "section")
    yield from _twice("report.feeds", (feed.id for feed in report.feeds))
    judgements = [judgement.id for judgement in framework.judgements]
    for position, feed in enumerate(report.feeds):
        yield from _unknown(f"report.feeds[{position}].judgements", feed.judgements, judgements, "judgement")


def _steps(framework: Framework) -> set[str]:
    return {step.id for step in framework.steps}


def _twice(key: str, ids: Iterable[str]) -> Iterator[Found]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield key, f"'{name}' appears {count} times.", "Rename all but one of them."


def _unknown(key: str, names: Iterable[str], known: Collection[str], what: str) -> Iterator[Found]:
    for name in names:
        if name not in known:
            yield key, f"there is no {what} '{name}'.", nearest(name, known)
