"""What a chart of a plan says: its finding, which plan it is, and the state of each area."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.values import Level
from reports.words import (
    capitalised,
    date_in_words,
    gap_in_words,
    list_in_words,
    month_in_words,
    period_in_words,
    plural,
)
from scheduler.values.result import gap_if_known
from services.casework.seen_steps import SeenStep
from services.casework.step_turns import is_late
from services.casework.steps import FINISHED, first_day, sign_off_due
from services.days.weeks import day_before, financial_year
from services.option_words import option_explained
from services.shown.shown_plan import Audience, PlanView, ShownActivity


@dataclass(frozen=True)
class AreaState:
    """The state of an area in words; `since` orders those that are late."""

    level: Level
    words: str
    since: date = date.max


def finding(view: PlanView, num_late: int = 0) -> str:
    """'3 of 150 areas are late; 150 reviews from September 2005 to March 2008, 54 of them in 2006-07; ...'."""
    if not view.activities:
        return "Nothing is planned here"
    if len({activity.area.code for activity in view.activities}) == 1:
        return _finding_of_one(view, is_late=num_late > 0)
    reviews = [activity for activity in view.activities if activity.is_main]
    shown, noun = (reviews, "review") if reviews else (list(view.activities), "activity")
    parts = [_count_in_words(shown, noun), proof(view)]
    num_areas = len({activity.area.code for activity in view.activities})
    num_moved = len({activity.area.code for activity in view.activities if weeks_moved(activity)})
    if num_moved:
        parts.insert(0, f"{num_moved} of {plural(num_areas, 'area')} would get other dates than published")
    if num_late:
        parts.insert(0, f"{num_late} of {plural(num_areas, 'area')} {'is' if num_late == 1 else 'are'} late")
    return "; ".join(parts)


def proof(view: PlanView) -> str:
    """'dates within 0.021 per cent of the best possible'."""
    row = view.version
    return f"dates {gap_in_words(gap_if_known(row.date_cost, row.date_bound))}"


def which_plan(view: PlanView, today: date | None, is_stale: bool) -> str:
    """'Plan 7, option 3 (concurrent), published, as of 7 September 2006'; `is_stale` as `plans.freshness` says."""
    row = view.version
    pair = view.rules.policy.programme.pair
    kinds = None if pair is None else (pair.first, pair.second)
    words = [f"Plan {view.number}", *([option_explained(row.option, kinds)] if kinds else []), row.status]
    if row.uncovered_places and view.audience is Audience.INSPECTORATE:
        words.append(plural(row.uncovered_places, "uncovered place"))
    if is_stale and view.audience is Audience.INSPECTORATE:
        words.append("made before the latest facts and rules")
    if today is not None:
        words.append(f"as of {date_in_words(today)}")
    return ", ".join(words)


def state_of(view: PlanView, activities: Sequence[ShownActivity], today: date | None) -> AreaState:
    """The most urgent thing to say about an area: late, at risk, else where it stands."""
    if not activities:
        return AreaState(Level.USUAL, "Not planned")
    late = [
        (sign_off_due(step), not activity.is_main, step.position, _named(activity, step))
        for activity, step in late_steps(activities, today)
    ]
    if late:
        since, _, _, name = min(late)
        more = f" and {len(late) - 1} more" if len(late) > 1 else ""
        return AreaState(Level.LATE, f"Late: {name}{more}", since)
    risk = _risk(view, activities)
    if risk:
        return AreaState(Level.AT_RISK, risk, activities[0].first_day)
    return AreaState(Level.USUAL, _standing(view, activities))


def late_steps(
    activities: Sequence[ShownActivity], today: date | None
) -> list[tuple[ShownActivity, SeenStep]]:
    """Steps that are overdue, or should have been signed off or begun before today and were not.

    Of a draft nothing is late: its dates are nobody's yet.
    """
    return [
        (activity, step)
        for activity in activities
        if activity.is_current
        for step in activity.steps
        if is_late(step, today)
    ]


def weeks_moved(activity: ShownActivity) -> int:
    """Weeks by which the stage that moves most starts later than published; negative is earlier, 0 not at all."""
    moves = [
        (span.start - activity.published[stage].start).days // 7
        for stage, span in activity.stages.items()
        if stage in activity.published
    ]
    return max(moves, key=abs, default=0)


def next_step(activities: Sequence[ShownActivity], today: date | None) -> tuple[date, str] | None:
    """The next day of an area on which something is due or begins, and what; None when nothing is ahead."""
    days = [
        (first_day(step), step.position, _named(activity, step))
        for activity in activities
        for step in activity.steps
        if activity.is_current and step.state not in FINISHED
    ]
    days += [
        (span.start, 0, _with_kind(activity, activity.framework.step(stage).in_words()))
        for activity in activities
        if not (activity.is_current and activity.steps)
        for stage, span in activity.stages.items()
    ]
    ahead = sorted(day for day in days if today is None or day[0] >= today)
    return (ahead[0][0], ahead[0][2]) if ahead else None


def _count_in_words(shown: Sequence[ShownActivity], noun: str) -> str:
    first, last = (
        min(activity.first_day for activity in shown),
        day_before(max(activity.end for activity in shown)),
    )
    span = month_in_words(last)
    if month_in_words(first) != span:
        start = month_in_words(first)
        span = f"{start.removesuffix(f' {last.year}')} to {span}"
    years = Counter(financial_year(activity.first_day).removeprefix("FY") for activity in shown)
    busiest, most = max(years.items(), key=lambda item: (item[1], item[0]))
    words = f"{plural(len(shown), noun, 'activities' if noun == 'activity' else '')} from {span}"
    return words if len(years) == 1 else f"{words}, {most} of them in {busiest}"


def _finding_of_one(view: PlanView, *, is_late: bool) -> str:
    """'Bedfordshire is late; VISIT fieldwork 25 September to 6 October 2006; AUDIT on-site weeks ...'."""
    area = view.activities[0].area.name
    words = []
    for activity in view.activities:
        name = activity.framework.step(activity.framework.stages[-1].id).in_words().removeprefix("the ")
        span = activity.stages[activity.framework.stages[-1].id]
        words.append(f"{activity.row.kind.upper()} {name} {period_in_words(span.start, span.end)}")
    return f"{area}{' is late; ' if is_late else ': '}{'; '.join(words)}"


def _risk(view: PlanView, activities: Sequence[ShownActivity]) -> str:
    """What endangers the dates, in words; empty if nothing does. How teams stand is not told to an authority."""
    current = [(activity, step) for activity in activities if activity.is_current for step in activity.steps]
    waiting = [_named(activity, step) for activity, step in current if step.state == "awaiting_sign_off"]
    if waiting:
        return f"Sign-off awaited: {list_in_words(waiting[:2])}"
    if view.audience is not Audience.INSPECTORATE:
        return ""
    waivers = [
        _named(activity, step)
        for activity, step in current
        if step.waiver_needed and not step.waiver_reason and step.state not in FINISHED
    ]
    if waivers:
        return f"Waiver needed: {list_in_words(waivers[:2])}"
    empty = [
        seat.skill.replace("_", " ")
        for activity in activities
        if activity.row.state in ("planned", "under_way")
        for seat in activity.team
        if seat.person is None
    ]
    if not empty:
        return ""
    return f"Place uncovered: {empty[0]}" if len(empty) == 1 else f"{len(empty)} places uncovered"


def _standing(view: PlanView, activities: Sequence[ShownActivity]) -> str:
    if not view.is_published:
        return _against_published(activities)
    if all(activity.row.state == "done" for activity in activities):
        return "Done"
    begun = [(activity, step) for activity in activities for step in activity.steps if step.state == "open"]
    if begun:
        return f"Under way: {_named(*next((pair for pair in begun if pair[0].is_main), begun[-1]))}"
    if any(activity.row.state == "under_way" for activity in activities):
        return "Under way"
    precisions = [
        activity.row.precision
        for activity in activities
        if activity.row.state == "planned" and activity.row.precision
    ]
    return capitalised(list_in_words(list(dict.fromkeys(precisions)))) or "Planned"


def _against_published(activities: Sequence[ShownActivity]) -> str:
    """'Review 3 weeks later', 'As published', or 'Draft' where nothing was."""
    moved = [(activity.row.kind.upper(), weeks_moved(activity)) for activity in activities]
    words = [
        f"{kind} {plural(abs(weeks), 'week')} {'later' if weeks > 0 else 'earlier'}"
        for kind, weeks in moved
        if weeks
    ]
    if words:
        return ", ".join(words)
    return "As published" if any(activity.published for activity in activities) else "Draft"


def _named(activity: ShownActivity, step: SeenStep) -> str:
    return _with_kind(activity, activity.called(step.step_id, step.name))


def _with_kind(activity: ShownActivity, words: str) -> str:
    return words if activity.is_main else f"{activity.row.kind.upper()} {words.removeprefix('the ')}"
