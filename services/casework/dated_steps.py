"""A step of an activity on real dates, as the timetable counts them."""

from datetime import date

from config.steps import Binding, StepKind
from scheduler.values.value import Value
from services.days.weeks import day_after


class Step(Value):
    """A step on real dates.

    A stage has `start` and `end`, its first and its **last** day (both included); a milestone and a deadline
    have `due`. `actual` is the day it was really done, for a stage its last day. All dates of later steps that count
    from it follow the actual day; its own `due` and `end` stay what they should have been. `counted_from` is
    the step it is counted from (None: the plan gives its date) on the day `counted_on`; `rule` says how, in
    words for everybody: the numbers of its `requirements` and their `source` are for the inspectorates.
    `who` acts, `told` are told, `copied` get a copy: roles of the framework. `outputs` and `evidence` are
    identifiers there. `waiver_needed` is the reason why someone must waive a rule, empty if nobody must, and
    `broken_rules` names those rules with what breaks them: equal names, the same reasons.
    """

    id: str
    name: str
    kind: StepKind
    binding: Binding
    start: date | None = None
    end: date | None = None
    due: date | None = None
    actual: date | None = None
    counted_from: str | None = None
    counted_on: date | None = None
    rule: str
    requirements: tuple[str, ...] = ()
    source: str = ""
    who: tuple[str, ...]
    told: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    sign_off: str | None = None
    outputs: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    waiver_needed: str = ""
    broken_rules: str = ""
    notes: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day on which it was done, else should be: the due day, for a stage the last day."""
        day = self.actual or self.due or self.end
        assert day is not None  # every step has one of the three
        return day

    @property
    def rule_cited(self) -> str:
        """How its date is counted, with the requirements that say so, else with what the framework says of it."""
        cited = ", ".join(self.requirements) or self.source
        return f"{self.rule} ({cited})" if cited else self.rule

    @property
    def end_exclusive(self) -> date | None:
        """The day after a stage's last day, for tables with half-open intervals."""
        return self.end and day_after(self.end)
