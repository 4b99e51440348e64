"""The names of a certificate's rows, read (see `scheduler.dates.lines`): certificates carry nothing else."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar
from urllib.parse import unquote

from scheduler.values.problem import Problem
from scheduler.values.row_facts import RowName
from scheduler.values.value import Week, WeekSpan


def parse(name: str) -> RowName:
    """The parts of a row's name; the reverse of `scheduler.dates.lines.row_name`."""
    line, _, week = name.partition(":week:")
    first, _, rest = line.partition(":")
    at = int(week) if week else None
    if first == "anonymous":
        return RowName(kind="anonymous", owner=unquote(rest), week=at)
    if first == "partner":
        return RowName(kind="partner", owner=unquote(rest), week=at)
    if first == "period":
        owner, _, sense = rest.rpartition(":")
        return RowName(kind="period_maximum" if sense == "max" else "period_minimum", owner=unquote(owner))
    if first == "yearly":
        _, period, people = rest.split(":", 2)
        return RowName(kind="yearly", owner=unquote(period), skills=_skills(people), body=_body(people))
    if first == "rest":
        return RowName(kind="rest", skills=_skills(rest), body=_body(rest), week=at)
    if first in ("pool", "hall", "body", "everybody"):
        return RowName(kind="people", skills=_skills(line), body=_body(line), week=at)
    raise ValueError(f"There is no row '{name}'. Solve again; the certificate may be of another version.")


def _skills(text: str) -> tuple[str, ...]:
    is_named = not text.startswith("body:") and text != "everybody"
    return tuple(map(unquote, text.partition(":")[2].split("+"))) if is_named else ()


def _body(text: str) -> str:
    return unquote(text.removeprefix("body:")) if text.startswith("body:") else ""


def has_limit(problem: Problem, row: RowName) -> bool:
    """Whether the pool or limit of a row is in a problem."""
    owned = {
        "anonymous": {pool.id for pool in problem.pools},
        "partner": {limit.id for limit in problem.partner_limits},
        "period_maximum": {limit.id for limit in problem.period_limits},
        "period_minimum": {limit.id for limit in problem.period_limits},
    }
    return row.kind not in owned or row.owner in owned[row.kind]


Kept = TypeVar("Kept", bound=Hashable)


def spans_of(weeks: Iterable[Week]) -> tuple[WeekSpan, ...]:
    """The spans that some weeks make up."""
    return tuple(span for span, _ in merged(dict.fromkeys(weeks, 0)))


def merged(values: Mapping[Week, Kept]) -> list[tuple[WeekSpan, Kept]]:
    """Consecutive weeks of equal value as spans."""
    found: list[tuple[WeekSpan, Kept]] = []
    for week, value in sorted(values.items(), key=lambda item: item[0]):
        if found and found[-1][0].end == week and found[-1][1] == value:
            found[-1] = (WeekSpan(first=found[-1][0].first, end=week + 1), value)
        else:
            found.append((WeekSpan(first=week, end=week + 1), value))
    return found
