"""What of a consultation waits for whom: concerns, and what came of it (R088, R184). Pure: rows and rules go in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from config.framework import Framework
from config.policy import Policy
from models import RaisedConcern
from reports.words import date_in_words
from services.casework.follow_up.still_to_do import Wait
from services.casework.seen_steps import AnyStep
from services.casework.step_turns import Action
from services.casework.steps import first_day


@dataclass(frozen=True)
class ConsultationFacts:
    """Whether anybody was consulted in a review, and told what came of it; and the concerns that are open."""

    is_consulted: bool = False
    is_fed_back: bool = False
    concerns: tuple[RaisedConcern, ...] = ()


def to_say(
    framework: Framework, policy: Policy, steps: Iterable[AnyStep], facts: ConsultationFacts, as_of: date
) -> Iterator[Wait]:
    """A concern waits for the leader, once it is late for who is above; feedback waits from the publication on."""
    rule, known = framework.consultation, {step.step_id: step for step in steps}
    if rule is None or rule.held_in not in known:
        return
    step = known[rule.held_in]
    leader = next(iter((*framework.team_roles, *step.who.split())), policy.consultation.escalates_to)
    for concern in facts.concerns:
        role = policy.consultation.escalates_to if concern.due_on < as_of else leader
        what = f"a concern that a child raised on {date_in_words(concern.raised_on)}"
        yield Wait(Action.HEED, role, "", concern.raised_on, concern.due_on, what, step)
    published, by = known.get(rule.published_at), known.get(rule.fed_back_by)
    is_out = published is not None and published.state == "done" and published.actual_on is not None
    if published is None or published.actual_on is None or by is None or not is_out:
        return
    if facts.is_consulted and not facts.is_fed_back:
        yield Wait(
            Action.FEED_BACK, leader, "", published.actual_on, first_day(by), "what came of it", published
        )
