"""Rules of a framework that the terms of a special review set aside: each one waiver, shown with its step (R094)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from models import Activity, RuleSetAside, SpecialReview
from services.casework.dated_steps import Step as DatedStep
from services.casework.waiver_reasons import WaiverReason, reason_in_words
from services.casework.waivers import BrokenRule, named_together


class SetAside:
    """What the terms of an activity set aside, and the reason for all of it; nothing for a review in the long form."""

    def __init__(self, session: Session, activity: Activity) -> None:
        self._rules: dict[str, list[BrokenRule]] = defaultdict(list)
        terms = session.get(SpecialReview, activity.id)
        self._reason = None if terms is None else WaiverReason(terms.waiver_code, terms.waiver_reason)
        if terms is not None:
            for row in rules_set_aside(session, activity):
                self._rules[row.step_id].append(BrokenRule(row.rule, row.found, row.words))

    def told(self, step: DatedStep) -> DatedStep:
        """The step with these rules beside those that its dates break."""
        rules = self._rules.get(step.id)
        if not rules:
            return step
        words = "; ".join(filter(None, (*(rule.words for rule in rules), step.waiver_needed)))
        broken = " ".join(filter(None, (named_together(rules), step.broken_rules)))
        return step.model_copy(update={"waiver_needed": words, "broken_rules": broken})

    def reason(self, step: DatedStep) -> WaiverReason | None:
        """The reason that is given already: that of the terms, if the step breaks no rule but those of the terms."""
        rules = self._rules.get(step.id)
        return self._reason if rules and step.broken_rules == named_together(rules) else None

    def in_words(self, step: DatedStep, known: Mapping[str, str]) -> tuple[str, ...]:
        """What of the step is waived, with the reason; `known` are the policy's reasons by code."""
        if self._reason is None:
            return ()
        why = reason_in_words(self._reason.code, self._reason.why, known)
        return tuple(f"{rule.words}: {why}" for rule in self._rules.get(step.id, ()))


def rules_set_aside(session: Session, activity: Activity) -> Sequence[RuleSetAside]:
    """The waivers of an activity's terms, in the order in which they were listed."""
    query = select(RuleSetAside).where(RuleSetAside.activity_id == activity.id)
    return session.exec(query.order_by(col(RuleSetAside.id))).all()
