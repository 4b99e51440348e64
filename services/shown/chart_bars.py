"""Bars, diamonds and windows of an activity in a Gantt chart, with what is said of each: late, done late, waived."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlmodel import Session, col, select

from models import Activity, PlanWaiver, SignOff
from reports.values import Band, Bar, Ending, Milestone, Tone
from services.casework.seen_steps import SeenStep
from services.casework.step_turns import is_late
from services.casework.steps import LEFT_OUT, last_day
from services.days.weeks import monday_of
from services.shown.shown_plan import ShownActivity


class Detail(Enum):
    """Which milestones and deadlines are shown as diamonds, besides those that are late."""

    LATE = frozenset[str]()
    PUBLICATION = frozenset({"publication"})
    NOTABLE = frozenset({"set_up", "draft_report", "discussion", "publication"})
    ALL = None

    def shows(self, step_id: str) -> bool:
        """Whether a step that is not late is shown."""
        return self.value is None or step_id in self.value


@dataclass(frozen=True)
class Drawer:
    """What all bars and diamonds of a chart are made with.

    Attributes
    ----------
    today
        The day on which something counts as late; None for only what the daily tick found overdue.
    signed_with_waiver
        Rows of steps that were signed off without something, for a reason (R048).
    planned_with_waiver
        Codes of activities for whose dates or team a rule was waived when the plan that they follow was published.
    """

    today: date | None
    detail: Detail
    signed_with_waiver: frozenset[int]
    planned_with_waiver: frozenset[str]

    @staticmethod
    def over(session: Session, today: date | None, detail: Detail) -> "Drawer":
        """With the waivers of all sign-offs, read once."""
        query = select(SignOff.step_id).where(col(SignOff.waiver_code) != "")
        planned = (
            select(PlanWaiver.activity_code)
            .join(Activity, col(Activity.code) == col(PlanWaiver.activity_code))
            .where(col(Activity.plan_version) == col(PlanWaiver.plan_version))
        )
        return Drawer(today, detail, frozenset(session.exec(query)), frozenset(session.exec(planned)))

    def bars(self, activity: ShownActivity, name: str, label: str) -> tuple[Bar, ...]:
        """A bar for each stage: of a published activity where it really is, else where the plan has it.

        Parameters
        ----------
        name
            What the activity is called in its row.
        label
            What is written in or beside the bars of the weeks on site.
        """
        steps = {step.step_id: step for step in activity.steps if step.kind == "stage"}
        spans = {stage: (span.start, span.end) for stage, span in activity.stages.items()}
        if activity.is_current:
            spans |= {
                step.step_id: (step.start_on, step.end_on)
                for step in steps.values()
                if step.start_on and step.end_on and step.state not in LEFT_OUT
            }
        return tuple(
            self._bar(activity, stage, span, steps.get(stage), (name, label))
            for stage, span in sorted(spans.items(), key=lambda item: item[1])
        )

    def milestones(self, activity: ShownActivity, name: str) -> tuple[Milestone, ...]:
        """A diamond for each milestone and deadline that is late or wanted, on the day it was done or should be."""
        if not activity.is_current:
            return ()
        return tuple(
            Milestone(
                activity=name,
                name=activity.called(step.step_id, step.name),
                on=step.actual_on if step.state == "done" and step.actual_on else last_day(step),
                is_late=is_late(step, self.today),
                is_waived=self._is_waived(step),
                ended=_ending(step),
            )
            for step in activity.steps
            if step.kind != "stage" and step.state not in LEFT_OUT
            if is_late(step, self.today) or self.detail.shows(step.step_id)
        )

    def _bar(
        self,
        activity: ShownActivity,
        stage: str,
        span: tuple[date, date],
        step: SeenStep | None,
        names: tuple[str, str],
    ) -> Bar:
        tone = tone_of(activity, stage)
        said = step if activity.is_current else None
        return Bar(
            activity=names[0],
            name=activity.framework.step(stage).in_words(),
            start=span[0],
            end=span[1],
            tone=tone,
            label=names[1] if tone is Tone.DARK else "",
            is_provisional=activity.row.precision == "indicative" and (said is None or said.state != "done"),
            is_pinned=activity.is_pinned and stage == next(iter(activity.stages)),
            is_late=said is not None and is_late(said, self.today),
            is_waived=said is not None
            and (self._is_waived(said) or activity.row.code in self.planned_with_waiver),
            ended=None if said is None else _ending(said),
            published=_published(activity, stage, span[0]),
        )

    def _is_waived(self, step: SeenStep) -> bool:
        """Whether a person gave a reason for a rule that its dates break, or for what it was signed off without."""
        is_given = bool(step.waiver_needed and (step.waiver_code or step.waiver_reason))
        return is_given or (step.state == "done" and step.id in self.signed_with_waiver)


def windows_of(activity: ShownActivity) -> tuple[Band, ...]:
    """Where an activity that has not begun may begin, if both ends are known (R098)."""
    row = activity.row
    if row.state != "planned" or row.window_start_on is None or row.window_end_on is None:
        return ()
    return (Band(row.window_start_on, row.window_end_on, activity.framework.name),)


def tone_of(activity: ShownActivity, stage: str) -> Tone:
    """On site dark, other planned stages middle, stages that only follow from others light."""
    planned = {stage.id: stage for stage in activity.framework.stages}
    if stage not in planned:
        return Tone.LIGHT
    return Tone.DARK if planned[stage].on_site else Tone.MIDDLE


def _published(activity: ShownActivity, stage: str, start: date) -> Band | None:
    """Where the published plan has a stage: for a draft always, for that plan itself where the stage left its week."""
    before = activity.published.get(stage)
    if before is None and activity.is_current:
        planned = activity.stages.get(stage)
        before = planned if planned and monday_of(start) != monday_of(planned.start) else None
    return Band(before.start, before.end) if before else None


def _ending(step: SeenStep) -> Ending | None:
    if step.state != "done" or step.actual_on is None:
        return None
    return Ending(step.actual_on, last_day(step))
