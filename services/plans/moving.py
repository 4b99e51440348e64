"""Use cases: activities are put into other weeks by hand, one or several at once (R013, R028, R043)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models import Activity
from reports.words import date_in_words, list_in_words
from scheduler.values.problem import Problem
from scheduler.values.value import Week
from services.audit import Word
from services.days.weeks import monday_of, week_monday, week_of
from services.errors import Objection, Refused
from services.naming.steps import find_activities
from services.plans.by_hand import ByHand, Change, changed_plan, let_others_write
from services.plans.immovable import Immovable
from services.plans.source_versions import Source, present_source
from services.problem.present import as_it_stands


@dataclass(frozen=True)
class Wish:
    """An activity, or the area whose review is meant, and a day of the week in which it is to begin."""

    activity: str
    day: date


def move(session: Session, version: int, wishes: Sequence[Wish], word: Word) -> ByHand:
    """A plan in which some activities begin in other weeks; nothing is stored (see `by_hand`).

    What rules tie to them moves with them where it must; everything else stays. People of moved teams stay if they
    are free, others take the places of those who are not. A week that rules forbid is answered too: the consequences
    name what it breaks. The transaction of the session ends with it.

    Raises
    ------
    AlreadySo
        If they begin in these weeks.
    Refused
        With every reason: an activity that has begun, is done, confirmed or pinned, a week that has begun or lies
        outside the programme.
    """
    source = present_source(session, version, word.as_of)
    fixed = Immovable(session, source, word.as_of)
    named = [(_named(session, fixed, wish.activity), monday_of(wish.day)) for wish in wishes]
    return _moved(session, source, named, fixed, word)


def swap(session: Session, version: int, one: str, other: str, word: Word) -> ByHand:
    """A plan in which two activities exchange their weeks; see `move`."""
    source = present_source(session, version, word.as_of)
    fixed = Immovable(session, source, word.as_of)
    first, second = (_named(session, fixed, text) for text in (one, other))
    if found := [*fixed.about_activity(first), *fixed.about_activity(second)]:
        raise Refused(found)
    mondays = fixed.begins_on(first), fixed.begins_on(second)
    return _moved(session, source, [(first, mondays[1]), (second, mondays[0])], fixed, word)


def _moved(
    session: Session, source: Source, named: Sequence[tuple[Activity, date]], fixed: Immovable, word: Word
) -> ByHand:
    if found := list(_objections(source, named, fixed, word.as_of)):
        raise Refused(found)
    wanted = {row.code: week_of(source.problem.first_monday, monday) for row, monday in named}
    parts = [
        f"{source.names.activity(code)} begins in the {source.names.week(week)}"
        for code, week in wanted.items()
    ]
    what = f"By hand: {list_in_words(parts)}."
    problem = as_it_stands(session, source.problem, source.plan, word.as_of, list(wanted)).problem
    let_others_write(session)
    return changed_plan(session, source, what, _change(source, problem, wanted), list(wanted), word)


def _change(source: Source, problem: Problem, wanted: dict[str, Week]) -> Change:
    # OR-Tools takes a second to import: only who moves something pays for it.
    from scheduler.by_hand.dates import dates_by_hand
    from scheduler.by_hand.teams import refitted
    from scheduler.nearby.linked_areas import Units

    units, now = Units(problem), source.plan.starts()
    starts = dates_by_hand(units, source.plan, wanted)
    changed = [name for name, weeks in now.items() if starts[name] != weeks]
    return starts, refitted(units, starts, source.plan.members, changed)


def _named(session: Session, fixed: Immovable, text: str) -> Activity:
    """The activity that a text names; of an area the first with a team that may move, else the first that may."""
    rows = find_activities(session, text)
    if not rows:
        raise Refused.because(text, "it has no activities.", "Name another area.")

    def rank(row: Activity) -> tuple[bool, bool, bool]:
        planned = fixed.planned(row)
        return planned is None, any(fixed.about_dates(row)), planned is None or planned.team is None

    return min(rows, key=rank)


def _objections(
    source: Source, named: Sequence[tuple[Activity, date]], fixed: Immovable, as_of: date
) -> Iterator[Objection]:
    """Everything that speaks against putting activities into the weeks of some Mondays."""
    codes = [row.code for row, _ in named]
    for code in dict.fromkeys(code for code in codes if codes.count(code) > 1):
        yield Objection(code, "it is named twice.", "Name each activity once, with its week.")
    for row, monday in named:
        if found := list(fixed.about_dates(row, monday)):
            yield from found
        elif monday < as_of:
            message = f"the week of {date_in_words(monday)} has begun."
            yield Objection(row.code, message, "Name a day of a later week.", "R019")
        elif not _is_covered(source, row.code, monday):
            first, last = (
                week_monday(source.problem.first_monday, week) for week in (0, source.problem.num_weeks - 1)
            )
            message = (
                f"not all of it would lie within the weeks of plan {source.version}, "
                f"{date_in_words(first)} to {date_in_words(last)}."
            )
            yield Objection(row.code, message, "Name a day of another week.", "R013")


def _is_covered(source: Source, code: str, monday: date) -> bool:
    """Whether the horizon has room for an activity that begins on a Monday, at its shortest."""
    activity = next(known for known in source.problem.activities if known.id == code)
    week = week_of(source.problem.first_monday, monday)
    length = sum(stage.duration_weeks for stage in activity.stages)
    length += sum(stage.lag_min_weeks for stage in activity.stages[1:])
    return week >= 0 and week + length <= source.problem.num_weeks
