"""The statement of other inspections as tables and sentences, the same on a page, in the shell and in a file (R119)."""

from collections.abc import Iterator

from config.inspections import SUBSUMED_WORDS, InspectionType
from reports.table import Cell, Table
from reports.words import date_in_words, list_in_words, period_in_words, plural
from services.days.weeks import day_after
from services.inspections.due import DueInspection
from services.inspections.overlaps import Allocation
from services.inspections.relating import RELATION_WORDS, WITHIN
from services.inspections.visits import JointVisit
from services.shown.inspections import Statement
from services.shown.shown_plan import Audience

TYPES = ("Inspection", "Body", "Law", "What becomes of it", "When")
TOLD = ("Inspection", "Place", "When", "Due by", "Why it is separate")
DUE = (*TOLD, "Where it lies", "Price")
ONCE = ("What is inspected", "By whom")
VISITS = ("Place", "Inspections", "When")
RESULTS = ("Outcome", "Place", "Inspection", "Provider", "Day", "Grade", "The authority as commissioner")


def statement_title(statement: Statement) -> str:
    """The title of a statement."""
    return f"Other inspections in {statement.area}"


def statement_tables(statement: Statement, audience: Audience = Audience.INSPECTORATE) -> list[Table]:
    """Today's inspections; what is due, inspected once, visited jointly, found. A table without rows is left out."""
    is_own = audience is Audience.AUTHORITY
    due = tuple(_due(one, is_own) for one in statement.inspections)
    found = (
        ("Today's inspections", TYPES, tuple(map(_type, statement.types))),
        ("Due besides the review", TOLD if is_own else DUE, due),
        ("Inspected once", ONCE, tuple(map(_once, statement.allocations))),
        ("Joint visits", VISITS, tuple(map(_visit, statement.visits))),
        ("Results of settings", RESULTS, tuple(_results(statement))),
    )
    return [Table(name=name, columns=columns, rows=rows) for name, columns, rows in found if rows]


def statement_sentences(statement: Statement) -> list[str]:
    """The day it is of, its register, studies that are built into the review (R106), and what is spared (R123)."""
    day = date_in_words(statement.as_of)
    if statement.register is None:
        return [f"There is no register of inspections for {day}."]
    found = [f"As of {day}. Source: {statement.register.source}."]
    if statement.studies:
        found.append(f"Built into the review: {list_in_words(statement.studies)}.")
    if statement.burden is not None:
        found.append(f"What the area is spared: {statement.burden.in_words}")
    return found


def _type(kind: InspectionType) -> tuple[Cell, ...]:
    when = kind.cycle if kind.ends_on is None else f"From {date_in_words(kind.ends_on)}"
    return kind.name, kind.body, kind.law, f"{SUBSUMED_WORDS[kind.subsumed]}. {kind.becomes}", when


def _due(one: DueInspection, is_own: bool) -> tuple[Cell, ...]:
    told = (one.type.name, one.place, _days(one), date_in_words(one.due_by), one.reason)
    return told if is_own else (*told, _relation(one), "" if one.price is None else str(one.price))


def _days(one: DueInspection) -> str:
    days = one.days
    if days.first_on is None:
        return f"By {date_in_words(days.last_on)}"
    period = period_in_words(days.first_on, day_after(days.last_on))
    return period if one.is_planned else f"Within {period}"


def _relation(one: DueInspection) -> str:
    """'14 weeks before the review'; blank where nothing can be said."""
    if one.relation is None:
        return ""
    words = RELATION_WORDS[one.relation.where]
    if one.relation.where == WITHIN:
        return words.capitalize()
    return f"{plural(one.relation.num_weeks, 'week')} {words}"


def _once(allocation: Allocation) -> tuple[Cell, ...]:
    if allocation.by is None:
        return allocation.overlap.name, "The review"
    kind = allocation.by.type
    return allocation.overlap.name, f"{kind.name} ({kind.body}); the review does not look at it again"


def _visit(visit: JointVisit) -> tuple[Cell, ...]:
    names = list_in_words([one.type.name for one in visit.inspections])
    return visit.place, names, period_in_words(visit.first_on, day_after(visit.last_on))


def _results(statement: Statement) -> Iterator[tuple[Cell, ...]]:
    for line in statement.results:
        day = date_in_words(line.found_on)
        yield line.outcome, line.place, line.type, line.sector, day, line.grade, line.commissioner
