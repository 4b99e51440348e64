"""What of follow-up waits for whom: answers, proposed actions and confirmations. Pure: rows and rules go in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from config.framework import Framework
from config.policy import Policy
from models import ProposedAction, Recommendation
from services.casework.follow_up.owners import contact_of, council_roles, role_of
from services.casework.follow_up.states import State, is_on, state_of
from services.casework.seen_steps import AnyStep
from services.casework.step_turns import Action, in_sight
from services.casework.steps import first_day
from services.days.working_days import add_working_days

MOST_LETTERS = 80
"""Of a text that is named in a list."""


@dataclass(frozen=True)
class Followed:
    """A recommendation with what is done about it."""

    recommendation: Recommendation
    actions: tuple[ProposedAction, ...]


class Wait(NamedTuple):
    """Something that waits: for which role (`organisation` names a partner), about what, at which step.

    `number` is that of the row that a word about it is said of; None: of the activity.
    """

    action: Action
    role: str
    organisation: str
    since: date
    due: date
    what: str
    step: AnyStep
    number: int | None = None


def waits(
    framework: Framework,
    policy: Policy,
    steps: Iterable[AnyStep],
    followed: Iterable[Followed],
    as_of: date,
) -> Iterator[Wait]:
    """Everything that waits once the recommendations are published (R089, R090, R092)."""
    rule, known = framework.follow_up, {step.step_id: step for step in steps}
    published = None if rule is None else known.get(rule.published_at)
    if rule is None or published is None or published.state != "done" or published.actual_on is None:
        return
    statement = known.get(rule.statement_at or "")
    for found in followed:
        if statement is not None and statement.state != "done" and not found.recommendation.answer:
            what = f"recommendation {found.recommendation.number}"
            for role in dict.fromkeys(council_roles(framework)):
                yield Wait(
                    Action.ANSWER, role, "", published.actual_on, first_day(statement), what, statement
                )
                break
        yield from _actions(framework, policy, found, statement or published, as_of)
        yield from _confirmation(policy, found, statement or published, as_of)


def _actions(
    framework: Framework, policy: Policy, found: Followed, step: AnyStep, as_of: date
) -> Iterator[Wait]:
    for action in found.actions:
        since = max(action.recorded_on, in_sight(policy.reminders, action.due_on))
        if action.done_on is None and since <= as_of:
            role = role_of(action.owner, action.owner_kind, framework, policy.follow_up)
            what = f"recommendation {found.recommendation.number}, {shortened(action.text)}"
            organisation = "" if action.owner_kind in policy.follow_up.council else action.owner
            yield Wait(Action.ACT, role, organisation, since, action.due_on, what, step, action.id)


def _confirmation(policy: Policy, found: Followed, step: AnyStep, as_of: date) -> Iterator[Wait]:
    row, role = found.recommendation, contact_of(found.recommendation.monitor, policy.follow_up)
    if not role or not is_on(row) or state_of(row, found.actions, as_of) is not State.DONE:
        return
    done_on = max(action.done_on for action in found.actions if action.done_on is not None)
    due = add_working_days(done_on, policy.follow_up.confirm_within)
    yield Wait(Action.CONFIRM, role, "", done_on, due, f"recommendation {row.number}", step, row.id)


def shortened(text: str) -> str:
    """A text as a list names it."""
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1].rstrip()}…"
