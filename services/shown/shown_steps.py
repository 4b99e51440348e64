"""The steps of shown activities on real dates: as they stand once published, else as the plan would have them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from sqlmodel import Session, col, select

from models import SignOff, SpecialReview
from services.casework.dated_steps import Step as DatedStep
from services.casework.review_timetable import timetable
from services.casework.seen_steps import SeenStep
from services.casework.set_aside import SetAside
from services.casework.signatures import waivers_in_words
from services.casework.steps import blocked_publication, school_holidays
from services.days.weeks import day_after
from services.programme import policy_of
from services.shown.shown_plan import ShownActivity

UNDATED = "planned"

STATE_WORDS = {
    "planned": "planned",
    "open": "under way",
    "awaiting_sign_off": "awaiting sign-off",
    "overdue": "overdue",
    "done": "done",
    "superseded": "superseded",
    "left_out": "left out",
}
"""How far a step is, in words."""


@dataclass(frozen=True)
class ShownStep:
    """A stage, milestone or deadline from `start` up to, but not including, `end` (a due day lasts one day).

    `who` acts and `told` are told: roles of the framework. `done_on` is the day on which it was done. `waivers` are
    the rules that were waived, each with its reason.
    `revision` is the activity's at which the dates were set, `dated_on` the day on which that was done; 0 and
    None before publication.
    """

    step_id: str
    name: str
    kind: str
    start: date
    end: date
    is_hard: bool
    rule: str
    who: tuple[str, ...]
    told: tuple[str, ...]
    state: str = UNDATED
    done_on: date | None = None
    notes: str = ""
    waivers: tuple[str, ...] = ()
    revision: int = 0
    dated_on: date | None = None


class StepsOf:
    """Gives the steps of activities; reads elections, school holidays and sign-offs with a waiver once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._blocked = lru_cache(maxsize=None)(lambda code: tuple(blocked_publication(session, code)))
        self._holidays = lru_cache(maxsize=None)(lambda code: tuple(school_holidays(session, code)))

    def __call__(self, activity: ShownActivity) -> tuple[ShownStep, ...]:
        """The steps in the framework's order: rows where the plan shown gives the dates, else counted from the plan.

        Raises
        ------
        services.casework.review_timetable.InvalidTimetable
            If the plan's dates are none that such an activity can have.
        """
        if activity.is_current and activity.steps:
            return tuple(_from_row(step, self._waivers(activity, step)) for step in activity.steps)
        dated = self._dated(activity)
        if activity.row.id not in self._special:
            return tuple(map(_from_plan, dated))
        terms = SetAside(self._session, activity.row)
        return tuple(_from_plan(terms.told(step), terms.in_words(step, self._reasons)) for step in dated)

    def _waivers(self, activity: ShownActivity, step: SeenStep) -> tuple[str, ...]:
        signed = self._waiving.get(step.id or 0) if step.state == "done" else None
        return waivers_in_words(activity.framework, step, signed, self._reasons)

    @cached_property
    def _waiving(self) -> dict[int, SignOff]:
        rows = self._session.exec(select(SignOff).where(SignOff.waiver_code != "").order_by(col(SignOff.id)))
        return {row.step_id: row for row in rows}

    @cached_property
    def _special(self) -> frozenset[int]:
        return frozenset(self._session.exec(select(SpecialReview.activity_id)))

    @cached_property
    def _reasons(self) -> Mapping[str, str]:
        return policy_of(self._session).waivers.reasons

    def _dated(self, activity: ShownActivity) -> tuple[DatedStep, ...]:
        framework, area = activity.framework, activity.area.code
        return timetable(
            framework,
            activity.stages[framework.stages[0].id].start,
            starts={stage: span.start for stage, span in activity.stages.items()},
            blocked_publication=self._blocked(area),
            school_holidays=self._holidays(area) if framework.counts_school_holidays() else (),
        )


def _from_row(step: SeenStep, waivers: tuple[str, ...]) -> ShownStep:
    start = step.start_on or step.due_on
    assert start is not None  # every row has one of the two
    return ShownStep(
        step_id=step.step_id,
        name=step.name,
        kind=step.kind,
        start=start,
        end=step.end_on or day_after(start),
        is_hard=step.is_hard,
        rule=step.rule,
        who=tuple(step.who.split()),
        told=tuple(step.told.split()),
        state=step.state,
        done_on=step.actual_on,
        notes=step.notes,
        waivers=waivers,
        revision=step.revision,
        dated_on=step.dated_on,
    )


def _from_plan(step: DatedStep, waivers: tuple[str, ...] = ()) -> ShownStep:
    start = step.start or step.due
    assert start is not None  # the timetable gives one of the two
    return ShownStep(
        step_id=step.id,
        name=step.name,
        kind=step.kind,
        start=start,
        end=step.end_exclusive or day_after(start),
        is_hard=step.binding == "hard",
        rule=step.rule,
        who=step.who,
        told=step.told,
        notes="; ".join(step.notes),
        waivers=waivers,
    )
