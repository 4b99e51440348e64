"""Events in which areas and inspectors are called by name: their codes take the names' places."""

from collections.abc import Mapping
from typing import Any

from scheduler.events import Event
from scheduler.values.errors import Finding, InvalidProblem
from scheduler.values.problem import Problem
from services.errors import ServiceError
from services.naming.named import Named, find_named


def with_codes(event: Event, problem: Problem, people: Mapping[str, str] | None = None) -> Event:
    """The event with the codes of the area and the inspector that it names by code or name.

    Parameters
    ----------
    people
        Names of inspectors by code, where they are known.

    Raises
    ------
    InvalidProblem
        With a finding for each that the problem does not have, or that several are called, with the candidates.
    """
    codes: dict[str, Any] = {}
    findings: list[Finding] = []
    for field, known in _known(problem, people or {}).items():
        text = getattr(event, field, None)
        if text is None:
            continue
        try:
            codes[field] = find_named(field, text, known, "Use a name or a code of the problem.").code
        except ServiceError as error:
            findings += [
                Finding(place=field, message=f"'{text}': {finding.message}", advice=finding.advice)
                for finding in error.findings
            ]
    if findings:
        raise InvalidProblem(tuple(findings))
    return event.model_copy(update=codes)


def _known(problem: Problem, people: Mapping[str, str]) -> dict[str, list[Named]]:
    """What may be called by name, by the field of an event."""
    return {
        "area": [Named(area.id, area.name) for area in problem.areas],
        "inspector": [
            Named(inspector.id, people.get(inspector.id, inspector.id)) for inspector in problem.inspectors
        ],
    }


def who_in_words(event: Event, people: Mapping[str, str]) -> str:
    """'I043 is Ann Smith.': the name that goes with the code in the words of the event; empty if unknown."""
    code = getattr(event, "inspector", "")
    return f"{code} is {people[code]}." if code in people else ""
