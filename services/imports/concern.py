"""The index of concern of imported areas: counted from their ratings, or set by hand for a reason (R020-R027)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from sqlmodel import Session, select

from config.concern_rules import ConcernRules
from config.findings import nearest
from config.framework import Framework
from models import Area
from reports.words import plural
from services.days.weeks import day_after
from services.imports.checks import Sheets
from services.imports.problems import ImportProblem, ImportRefused
from services.imports.reading import Batch, rows_of
from services.imports.rows import AreaRow, ComparatorRow, RatingRow
from services.problem.concern import Line, concern_on

IMPORTED = "An import changed the facts."

NOTHING_KNOWN: Mapping[str, Sequence[Line]] = MappingProxyType({})
MOST_COMPARED = 10
"""An area has so many statistical neighbours (R181)."""


def concern_by_area(
    areas: Iterable[AreaRow],
    ratings: Iterable[RatingRow],
    rules: ConcernRules,
    day: date,
    known: Mapping[str, Sequence[Line]] = NOTHING_KNOWN,
) -> dict[str, int]:
    """The index of each area on a planning day, by code: the one that its row gives, else the counted one.

    Parameters
    ----------
    known
        Lines of evidence beside the ratings, by area: yearly assessments that are out.
    """
    lines = _by_area(ratings)
    return {
        area.code: concern_on([*lines.get(area.code, ()), *known.get(area.code, ())], rules, day).value
        if area.urgency is None
        else area.urgency
        for area in areas
    }


def planning_day(batch: Batch, as_of: date | None) -> date:
    """The day on which an import counts: the present one, but none before the planning or after the round."""
    planned_on = batch.programme.planned_on
    if as_of is None or as_of > batch.programme.last_start_on:
        return planned_on
    return max(as_of, planned_on)


def refuse_later_ratings(batch: Batch, as_of: date | None) -> None:
    """What is published after the present day cannot be known yet (R020, R027).

    Raises
    ------
    ImportRefused
        With every rating that is later than the planning day.
    """
    day = max(as_of or batch.programme.planned_on, batch.programme.planned_on)
    problems = [_later(rating, day) for rating in batch.ratings if rating.published_on > day]
    if problems:
        raise ImportRefused(problems)


def why_changed(opened: Session, before: Mapping[str, int]) -> str:
    """Why plans are stale after an import, with the number of areas whose index is another one."""
    after = indices(opened)
    changed = sum(value != before[code] for code, value in after.items() if code in before)
    if not changed:
        return IMPORTED
    count = plural(changed, "index of concern", "indices of concern")
    return f"An import changed {count}, and with {'it' if changed == 1 else 'them'} the facts."


def indices(opened: Session) -> dict[str, int]:
    """The indices that the areas have now, by code."""
    return {area.code: area.urgency for area in opened.exec(select(Area))}


def check_concern(
    sheets: Sheets, rules: ConcernRules, known: Mapping[str, Framework]
) -> Iterator[ImportProblem]:
    """Measures and values that nobody knows, and areas of which nothing tells how grave the concern is."""
    if rules.measures:
        yield from _measures(sheets, rules, known)
    yield from _areas(sheets, rules)
    yield from _comparators(sheets)


def _measures(sheets: Sheets, rules: ConcernRules, known: Mapping[str, Framework]) -> Iterator[ImportProblem]:
    fields = sheets["skills.csv"].known("code").union(*(framework.skills for framework in known.values()))
    for rating in rows_of(sheets["ratings.csv"], RatingRow):
        place = ("ratings.csv", rating.row)
        if rating.measure in rules.measures:
            points = rules.measures[rating.measure].points
            if rating.value.strip().lower() not in points:
                message = f"the policy gives no points for this value of {rating.measure}."
                yield ImportProblem(*place, "value", rating.value, message, nearest(rating.value, points))
        elif rating.measure not in fields:
            message = "this is neither a measure of the policy's concern nor a skill."
            advice = nearest(rating.measure, {*rules.measures, *fields})
            yield ImportProblem(*place, "measure", rating.measure, message, advice)


def _areas(sheets: Sheets, rules: ConcernRules) -> Iterator[ImportProblem]:
    if not sheets["ratings.csv"].is_whole:
        return
    rated = {
        cells.get("area", "")
        for _row, cells in sheets["ratings.csv"].cells
        if cells.get("measure") in rules.measures
    }
    for area in rows_of(sheets["areas.csv"], AreaRow):
        if area.urgency is not None and not area.urgency_source:
            message = "an urgency that is set by hand needs its reason."
            advice = "Say what it rests on, or leave urgency blank: it is counted from the ratings then."
            yield ImportProblem("areas.csv", area.row, "urgency_source", "", message, advice)
        elif area.urgency is None and area.code not in rated:
            message = "no rating of this area counts towards its urgency, and none is set by hand."
            advice = "Add a rating to ratings.csv, or set the urgency and say what it rests on."
            yield ImportProblem("areas.csv", area.row, "urgency", "", message, advice)


def _comparators(sheets: Sheets) -> Iterator[ImportProblem]:
    """An area is compared with ten others at most, and not with itself (R181)."""
    for row in rows_of(sheets["comparators.csv"], ComparatorRow):
        place = ("comparators.csv", row.row)
        if row.comparator == row.area:
            advice = "Name another area, or delete the row."
            yield ImportProblem(*place, "comparator", row.comparator, "an area is not like itself.", advice)
        if row.rank > MOST_COMPARED:
            message = f"an area is compared with {MOST_COMPARED} others at most (R181)."
            yield ImportProblem(
                *place, "rank", str(row.rank), message, "Leave those out that are least alike."
            )


def _by_area(ratings: Iterable[RatingRow]) -> Mapping[str, Sequence[RatingRow]]:
    found: dict[str, list[RatingRow]] = defaultdict(list)
    for rating in ratings:
        found[rating.area].append(rating)
    return found


def _later(rating: RatingRow, day: date) -> ImportProblem:
    message = f"this is later than the planning day, {day}, so nobody can know it yet."
    advice = f"Correct the day, or import it from {day_after(rating.published_on)} on."
    text = rating.published_on.isoformat()
    return ImportProblem("ratings.csv", rating.row, "published_on", text, message, advice)
