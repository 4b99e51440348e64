"""Whose turn it is to agree findings, to write the report and to answer comments on it: pure, over what there is."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from config.framework import Framework
from config.policy import ReminderRules
from reports.words import plural
from services.casework.reporting.lacks import ReportFacts, unended
from services.casework.seen_steps import AnyStep
from services.casework.step_turns import Action, acting_roles, in_sight
from services.casework.steps import FINISHED, first_day, last_day


@dataclass(frozen=True)
class ReportTurn:
    """What is to be done by one of the roles, from which day and by when, and at which step it is shown."""

    action: Action
    step: AnyStep
    what: str
    roles: tuple[str, ...]
    since: date
    due: date


def report_turns(
    framework: Framework,
    scope: Collection[str] | None,
    steps: Mapping[str, AnyStep],
    facts: ReportFacts,
    rules: ReminderRules,
) -> Iterator[ReportTurn]:
    """Everything that waits, in the order in which it happens; nothing of a step that is done or is not there."""
    yield from _findings(framework, scope, steps, facts)
    yield from _texts(framework, steps, facts, rules)
    yield from _comments(framework, steps, facts)


def _findings(
    framework: Framework,
    scope: Collection[str] | None,
    steps: Mapping[str, AnyStep],
    facts: ReportFacts,
) -> Iterator[ReportTurn]:
    """R048, R186: from the first day of the last step at which findings are agreed on."""
    found = framework.findings
    if found is None or found.agreed_at[-1] not in steps or found.needed_for not in steps:
        return
    agreed, needed = steps[found.agreed_at[-1]], steps[found.needed_for]
    left = unended(framework, scope, facts)
    if needed.state in FINISHED or agreed.state == "planned" or not left:
        return
    roles = tuple(acting_roles(agreed, Action.FIND))
    what = plural(len(left), "contribution")
    yield ReportTurn(Action.FIND, needed, what, roles, first_day(agreed), last_day(needed))


def _texts(
    framework: Framework, steps: Mapping[str, AnyStep], facts: ReportFacts, rules: ReminderRules
) -> Iterator[ReportTurn]:
    """R084, R087: each section that has an empty part, from the day on which its own day comes in sight."""
    report = framework.report
    for section in () if report is None else report.sections:
        step = steps.get(section.due_at)
        if step is None or step.state in FINISHED or section.may_be_empty:
            continue
        if any(part.id not in facts.written for part in section.parts()):
            due = last_day(step)
            since = max(in_sight(rules, due), step.dated_on or date.min)
            yield ReportTurn(Action.WRITE, step, section.name, section.who[:1], since, due)


def _comments(framework: Framework, steps: Mapping[str, AnyStep], facts: ReportFacts) -> Iterator[ReportTurn]:
    """R066: comments that nobody has answered, until the report is published."""
    report = framework.report
    if report is None or not facts.open_comments:
        return
    drafted, published = steps.get(report.drafted_at), steps.get(report.published_at)
    if drafted is None or published is None or published.state in FINISHED:
        return
    roles = tuple(acting_roles(drafted, Action.ANSWER_COMMENTS))
    since, what = min(facts.open_comments.values()), plural(len(facts.open_comments), "comment")
    yield ReportTurn(Action.ANSWER_COMMENTS, published, what, roles, since, last_day(published))
