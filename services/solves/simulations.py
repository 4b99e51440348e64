"""Robustness of a plan in the words of planners: what was assumed, what it says, as tables."""

from collections.abc import Mapping, Sequence

from reports.table import Cell, Table
from reports.words import WEEKS_OF_DELAY, date_in_words, plural, weeks_of_delay
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
    """'94.4 per cent of 300 dates are kept, ...': what the simulation says."""
    moved, missed = (_of_dates(robustness, found) for found in (robustness.moved, robustness.missed))
    return (
        f"{_percent(robustness.kept)} of {plural(robustness.num_dates, 'date')} are kept, {_percent(moved)} move "
        f"within the slack and {_percent(missed)} are missed. "
        f"In {_percent(robustness.none_missed)} of {robustness.draws:,} draws no date is missed."
    )


def figures_table(robustness: Robustness) -> Table:
    """Shares in per cent with their 95 per cent intervals, and the numbers behind them."""
    dates, draws = robustness.num_dates, robustness.draws
    of_dates = {
        "Dates kept": robustness.kept,
        "Dates moved within the slack": _of_dates(robustness, robustness.moved),
        "Dates missed": _of_dates(robustness, robustness.missed),
    }
    of_draws = {
        "Draws with all dates kept": robustness.all_kept,
        "Draws with no date missed": robustness.none_missed,
    }
    rows: list[tuple[Cell, ...]] = [
        (name, *_hundredfold(share), f"{dates * share.mean:,.1f} of {plural(dates, 'date')}")
        for name, share in of_dates.items()
    ]
    rows += [
        (name, *_hundredfold(share), f"{draws * share.mean:,.0f} of {plural(draws, 'draw')}")
        for name, share in of_draws.items()
    ]
    return Table(
        name="Robustness", columns=("", "per cent", "from", "to", "number in the mean"), rows=tuple(rows)
    )


def efforts_table(robustness: Robustness, price_of_week: int) -> Table:
    """What a draw takes in the mean: seats that somebody else fills, and the cost of replanning."""
    cost = robustness.replanning_cost
    rows: list[tuple[Cell, ...]] = [("Seats substituted", *_plain(robustness.substituted))]
    rows.append(("Cost of replanning", *_plain(cost)))
    if price_of_week:
        weeks = (weeks_of_delay(number, price_of_week) for number in _plain(cost))
        rows.append((f"  in {WEEKS_OF_DELAY}", *weeks))
    return Table(name="Efforts", columns=("", "mean", "from", "to"), rows=tuple(rows))


def _of_dates(robustness: Robustness, number: Estimate) -> Estimate:
    """A number of dates as a share of all of them."""
    dates = robustness.num_dates or 1
    low, high = max(0.0, number.low), min(number.high, dates)
    return Estimate(mean=number.mean / dates, low=low / dates, high=high / dates)


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
