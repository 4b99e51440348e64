"""What must hold of other inspections: a type that still exists, a hard day that is kept, a relation that is so."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from config.findings import nearest
from config.inspection_files import InvalidRegister, register_on
from config.inspections import InspectionRegister, InspectionType
from reports.words import date_in_words
from services.imports.inspection_rows import OtherInspectionRow, SettingResultRow
from services.imports.problems import ImportProblem
from services.inspections.overlaps import claimed_twice
from services.inspections.relating import RELATION_WORDS, WITHIN, Days, nearest_review, relate

DUE, RESULTS = "other_inspections.csv", "setting_results.csv"
TOO_LATE = "Delete the row, or give days that end before that one."

Reviews = Mapping[str, Sequence[Days]]
"""The days on site of the reviews of each area, by its code."""


def check_inspections(rows: Sequence[OtherInspectionRow], reviews: Reviews) -> Iterator[ImportProblem]:
    """Everything wrong with inspections that are due."""
    for row in rows:
        found = _register_and_type(DUE, row, "due_by", row.due_by)
        if isinstance(found, ImportProblem):
            yield found
            continue
        register, kind = found
        yield from _subsumed(row, kind)
        yield from _days(row)
        yield from _reason(row, register, kind, reviews.get(row.area, ()))
        yield from _relation(row, reviews.get(row.area, ()))
        yield from _place_and_overlaps(row, register, kind)
    yield from _overlaps_once(rows)


def check_results(rows: Sequence[SettingResultRow], as_of: date) -> Iterator[ImportProblem]:
    """Everything wrong with results of settings (R175)."""
    for row in rows:
        found = _register_and_type(RESULTS, row, "day", row.day)
        if isinstance(found, ImportProblem):
            yield found
            continue
        _register, kind = found
        if row.day > as_of:
            message = f"it is later than {date_in_words(as_of)}."
            yield ImportProblem(RESULTS, row.row, "day", str(row.day), message, "Check the day.")
        if row.outcome not in kind.outcomes:
            message = f"'{kind.id}' says nothing of this outcome."
            advice = nearest(row.outcome, kind.outcomes) or "Delete the row."
            yield ImportProblem(RESULTS, row.row, "outcome", row.outcome, message, advice)


def days_of(row: OtherInspectionRow) -> Days:
    """The days that are planned, else the window, which ends with the day by which it is due."""
    if row.planned_first_day is not None and row.planned_last_day is not None:
        return Days(row.planned_first_day, row.planned_last_day)
    return Days(row.window_first_day, min(row.window_last_day or row.due_by, row.due_by))


def _register_and_type(
    file: str, row: OtherInspectionRow | SettingResultRow, column: str, day: date
) -> tuple[InspectionRegister, InspectionType] | ImportProblem:
    try:
        register = register_on(day)
    except InvalidRegister as fault:
        finding = fault.findings[0]
        return ImportProblem(file, row.row, column, str(day), finding.message, finding.advice)
    kind = register.type_of(row.type)
    if kind is None:
        message = f"{register.id} has no such type of inspection."
        advice = nearest(row.type, [one.id for one in register.types])
        return ImportProblem(file, row.row, "type", row.type, message, advice)
    return register, kind


def _subsumed(row: OtherInspectionRow, kind: InspectionType) -> Iterator[ImportProblem]:
    """No inspection of a type that the review has taken the place of (R011)."""
    last_on = days_of(row).last_on
    if kind.ends_on is not None and last_on >= kind.ends_on:
        message = f"none may be held on {date_in_words(last_on)}: the review has taken its place since "
        message += f"{date_in_words(kind.ends_on)} (R011)."
        yield ImportProblem(DUE, row.row, "type", row.type, message, TOO_LATE)


def _days(row: OtherInspectionRow) -> Iterator[ImportProblem]:
    for column, day in (
        ("window_first_day", row.window_first_day),
        ("window_last_day", row.window_last_day),
        ("planned_last_day", row.planned_last_day),
    ):
        if day is not None and day > row.due_by:
            message = f"it is later than due_by ({row.due_by}), which is hard (R101)."
            yield ImportProblem(DUE, row.row, column, str(day), message, "Give an earlier day.")
    if (row.planned_first_day is None) != (row.planned_last_day is None):
        column = "planned_last_day" if row.planned_last_day is None else "planned_first_day"
        message = "only one of the two planned days is given."
        yield ImportProblem(DUE, row.row, column, "", message, "Give both, or neither.")


def _reason(
    row: OtherInspectionRow, register: InspectionRegister, kind: InspectionType, reviews: Sequence[Days]
) -> Iterator[ImportProblem]:
    """Whatever is held apart from the review has a reason, unless the register gives it one (R105)."""
    if row.reason is not None:
        if row.reason not in register.reasons:
            message = f"{register.id} has no such reason."
            yield ImportProblem(
                DUE, row.row, "reason", row.reason, message, nearest(row.reason, register.reasons)
            )
        return
    review = nearest_review(days_of(row), reviews)
    relation = None if review is None else relate(days_of(row), review)
    is_within = relation is not None and relation.where == WITHIN
    if kind.needs_reason and kind.subsumed != "wholly" and not is_within:
        message = "it is held apart from the review, and no reason is given (R105)."
        advice = f"Give one of: {', '.join(sorted(register.reasons))}."
        yield ImportProblem(DUE, row.row, "reason", "", message, advice)


def _relation(row: OtherInspectionRow, reviews: Sequence[Days]) -> Iterator[ImportProblem]:
    """What the body says of before, after or within is so (R104)."""
    if not row.relation:
        return
    days = days_of(row)
    review = nearest_review(days, reviews)
    if review is None:
        message = "the review of the area has no days yet, so nothing can be before, after or within it."
        yield ImportProblem(DUE, row.row, "relation", row.relation, message, "Leave it blank.")
        return
    relation = relate(days, review)
    if relation is None or relation.where != row.relation:
        weeks = f"{date_in_words(review.earliest_on)} to {date_in_words(review.last_on)}, the review's days on site"
        message = f"its days are not {RELATION_WORDS[row.relation]} ({weeks}; R104)."
        advice = "Give planned days that are, or leave it blank."
        yield ImportProblem(DUE, row.row, "relation", row.relation, message, advice)


def _place_and_overlaps(
    row: OtherInspectionRow, register: InspectionRegister, kind: InspectionType
) -> Iterator[ImportProblem]:
    if kind.at_a_place and row.place is None:
        message = f"'{kind.id}' is held at a place."
        yield ImportProblem(DUE, row.row, "place", "", message, "Name the establishment.")
    known = [overlap.id for overlap in register.overlaps]
    for overlap in row.overlaps:
        if overlap not in known:
            message = f"{register.id} has no such overlap area."
            yield ImportProblem(DUE, row.row, "overlaps", overlap, message, nearest(overlap, known))


def _overlaps_once(rows: Sequence[OtherInspectionRow]) -> Iterator[ImportProblem]:
    """Each overlap area of an area is claimed once (R100)."""
    for area in dict.fromkeys(row.area for row in rows):
        of_area = [row for row in rows if row.area == area]
        twice = claimed_twice([row.overlaps for row in of_area])
        if twice is not None:
            position, overlap = twice
            message = "another inspection of the area claims it too; it is inspected once (R100)."
            row = of_area[position]
            yield ImportProblem(DUE, row.row, "overlaps", overlap, message, "Leave it to one of them.")
