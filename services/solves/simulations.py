"""Robustness of a plan in the words of planners: what was assumed, what it says, as tables."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from reports.table import Cell, Table
from reports.words import date_in_words, plural
from scheduler.events import event_in_words
from scheduler.simulating import Disturbances, Estimate, Robustness, Sampled
from scheduler.simulating.slack_weeks import Slack
from scheduler.values.problem import Problem


def assumptions(own: Disturbances) -> str:
    """The distributions in one sentence."""
    return (
        f"Assumed: {own.absences_a_year:g} absences a year for each inspector, {own.absence_weeks:g} weeks each on "
        f"average; {own.incidents_a_year:g} incidents a year for each area, which close it for "
        f"{plural(own.incident_weeks, 'week')} and call {plural(own.incident_people, 'inspector')} away; "
        f"{100 * own.late_probability:g} per cent of stages end late, by 1 to {own.late_weeks} weeks."
    )


def finding(own: Robustness) -> str:
    """'94.4 per cent of 300 dates are kept ...': what the simulation says."""
    return (
        f"{_percent(own.kept)} of {plural(own.num_dates, 'date')} are kept; of the others {own.moved.mean:.1f} move "
        f"within the slack and {own.missed.mean:.1f} are missed. In {_percent(own.none_missed)} of "
        f"{own.draws:,} draws no date is missed."
    )


def figures_table(own: Robustness) -> Table:
    """Means with their 95 per cent intervals."""
    rows: list[tuple[Cell, ...]] = [
        ("Dates kept, per cent", *_hundredfold(own.kept)),
        ("Draws with all dates kept, per cent", *_hundredfold(own.all_kept)),
        ("Draws with no date missed, per cent", *_hundredfold(own.none_missed)),
        ("Dates moved", *_plain(own.moved)),
        ("Dates missed", *_plain(own.missed)),
        ("Seats substituted", *_plain(own.substituted)),
        ("Cost of replanning", *_plain(own.replanning_cost)),
    ]
    return Table(name="Robustness", columns=("", "mean", "from", "to"), rows=tuple(rows))


def quarters_table(problem: Problem, own: Robustness) -> Table:
    """Dates kept by 13 weeks."""
    rows = tuple((_week(problem, item.span.first), *_hundredfold(item.kept)) for item in own.by_quarter)
    return Table(name="Quarters", columns=("Dates from", "kept, per cent", "from", "to"), rows=rows)


def areas_table(problem: Problem, own: Robustness, most: int | None = None) -> Table:
    """Areas by how often all their dates are kept, the least first."""
    names = {area.id: area.name for area in problem.areas}
    ordered = sorted(own.by_area.items(), key=lambda item: (item[1].mean, item[0]))[:most]
    rows = tuple((names[area], *_hundredfold(kept)) for area, kept in ordered)
    return Table(name="Areas", columns=("Area", "kept, per cent", "from", "to"), rows=rows)


def slack_table(problem: Problem, slacks: Sequence[Slack], kept: Mapping[str, Estimate]) -> Table:
    """Slack of each activity in weeks, and how often its area keeps all dates."""
    activities = {activity.id: activity for activity in problem.activities}
    names = {area.id: area.name for area in problem.areas}
    rows: list[tuple[Cell, ...]] = []
    for own in slacks:
        activity = activities[own.activity]
        share = kept.get(activity.area)
        rows.append(
            (
                names[activity.area],
                activity.kind,
                own.free_earlier,
                own.free_later,
                own.total_earlier,
                own.total_later,
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
    for own in sampled:
        exact = own.exact
        rows.append(
            (
                event_in_words(own.event, problem),
                own.rule_moved + own.rule_missed,
                None if exact is None else exact.moved,
                None if exact is None else exact.people_changed,
                None if exact is None else exact.uncovered,
                None if exact is None else exact.is_proven,
            )
        )
    columns = ("Event", "moved by rule", "moved", "people changed", "uncovered", "proven fewest")
    return Table(name="Replans", columns=columns, rows=tuple(rows))


def _hundredfold(own: Estimate) -> tuple[float, float, float]:
    return round(100 * own.mean, 2), round(100 * own.low, 2), round(100 * own.high, 2)


def _plain(own: Estimate) -> tuple[float, float, float]:
    return round(own.mean, 2), round(max(0.0, own.low), 2), round(own.high, 2)


def _percent(own: Estimate) -> str:
    return f"{100 * own.mean:.1f} per cent"


def _week(problem: Problem, week: int) -> str:
    return date_in_words(problem.first_monday + timedelta(weeks=week))
