"""Robustness of a plan in the words of planners: what was assumed, what it says, as tables."""

from collections.abc import Mapping, Sequence

from reports.table import Cell, Table
from reports.words import date_in_words, plural
from scheduler.events import event_in_words
from scheduler.simulating import Disturbances, Estimate, Robustness, Sampled
from scheduler.simulating.slack_weeks import Slack
from scheduler.values.problem import Problem
from services.days.weeks import week_monday


def assumptions(assumed: Disturbances) -> str:
    """The distributions in one sentence."""
    return (
        f"Assumed: {assumed.absences_a_year:g} absences a year for each inspector, "
        f"{assumed.absence_weeks:g} weeks each on average; "
        f"{assumed.incidents_a_year:g} incidents a year for each area, which close it for "
        f"{plural(assumed.incident_weeks, 'week')} and call {plural(assumed.incident_people, 'inspector')} away; "
        f"{100 * assumed.late_probability:g} per cent of stages end late, by 1 to {assumed.late_weeks} weeks."
    )


def finding(robustness: Robustness) -> str:
    """'94.4 per cent of 300 dates are kept ...': what the simulation says."""
    return (
        f"{_percent(robustness.kept)} of {plural(robustness.num_dates, 'date')} are kept; "
        f"of the others {robustness.moved.mean:.1f} move within the slack and {robustness.missed.mean:.1f} are missed. "
        f"In {_percent(robustness.none_missed)} of {robustness.draws:,} draws no date is missed."
    )


def figures_table(robustness: Robustness) -> Table:
    """Means with their 95 per cent intervals."""
    rows: list[tuple[Cell, ...]] = [
        ("Dates kept, per cent", *_hundredfold(robustness.kept)),
        ("Draws with all dates kept, per cent", *_hundredfold(robustness.all_kept)),
        ("Draws with no date missed, per cent", *_hundredfold(robustness.none_missed)),
        ("Dates moved", *_plain(robustness.moved)),
        ("Dates missed", *_plain(robustness.missed)),
        ("Seats substituted", *_plain(robustness.substituted)),
        ("Cost of replanning", *_plain(robustness.replanning_cost)),
    ]
    return Table(name="Robustness", columns=("", "mean", "from", "to"), rows=tuple(rows))


def quarters_table(problem: Problem, robustness: Robustness) -> Table:
    """Dates kept by 13 weeks."""
    rows = tuple(
        (_week(problem, item.span.first), *_hundredfold(item.kept)) for item in robustness.by_quarter
    )
    return Table(name="Quarters", columns=("Dates from", "kept, per cent", "from", "to"), rows=rows)


def areas_table(problem: Problem, robustness: Robustness, most: int | None = None) -> Table:
    """Areas by how often all their dates are kept, the least first."""
    names = {area.id: area.name for area in problem.areas}
    ordered = sorted(robustness.by_area.items(), key=lambda item: (item[1].mean, item[0]))[:most]
    rows = tuple((names[area], *_hundredfold(kept)) for area, kept in ordered)
    return Table(name="Areas", columns=("Area", "kept, per cent", "from", "to"), rows=rows)


def slack_table(problem: Problem, slacks: Sequence[Slack], kept: Mapping[str, Estimate]) -> Table:
    """Slack of each activity in weeks, and how often its area keeps all dates."""
    activities = {activity.id: activity for activity in problem.activities}
    names = {area.id: area.name for area in problem.areas}
    rows: list[tuple[Cell, ...]] = []
    for slack in slacks:
        activity = activities[slack.activity]
        share = kept.get(activity.area)
        rows.append(
            (
                names[activity.area],
                activity.kind,
                slack.free_earlier,
                slack.free_later,
                slack.total_earlier,
                slack.total_later,
                None if share is None else round(100 * share.mean, 1),
            )
        )
    columns = (
        "Area",
        "Activity",
        "free earlier",
        "free later",
        "total earlier",
        "total later",
        "area kept, per cent",
    )
    return Table(name="Slack", columns=columns, rows=tuple(rows))


def sample_table(problem: Problem, sampled: Sequence[Sampled]) -> Table:
    """Events replanned exactly, beside the rule of recourse."""
    rows: list[tuple[Cell, ...]] = []
    for replan in sampled:
        exact = replan.exact
        rows.append(
            (
                event_in_words(replan.event, problem),
                replan.rule_moved + replan.rule_missed,
                None if exact is None else exact.moved,
                None if exact is None else exact.people_changed,
                None if exact is None else exact.uncovered,
                None if exact is None else exact.is_proven,
            )
        )
    columns = ("Event", "moved by rule", "moved", "people changed", "uncovered", "proven fewest")
    return Table(name="Replans", columns=columns, rows=tuple(rows))


def _hundredfold(estimate: Estimate) -> tuple[float, float, float]:
    return round(100 * estimate.mean, 2), round(100 * estimate.low, 2), round(100 * estimate.high, 2)


def _plain(estimate: Estimate) -> tuple[float, float, float]:
    return round(estimate.mean, 2), round(max(0.0, estimate.low), 2), round(estimate.high, 2)


def _percent(estimate: Estimate) -> str:
    return f"{100 * estimate.mean:.1f} per cent"


def _week(problem: Problem, week: int) -> str:
    return date_in_words(week_monday(problem.first_monday, week))
