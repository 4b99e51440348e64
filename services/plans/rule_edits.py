"""Plans made under a policy or a framework that was edited since: which keys of which file, as far as they matter."""

import json
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlmodel import Session

from config.findings import InvalidFile
from models import PlanVersion
from reports.words import list_in_words
from scheduler.values.errors import InvalidProblem
from scheduler.values.problem import Problem
from services.errors import ServiceError
from services.option_words import option_named
from services.plans.staleness import differ
from services.problem.rule_files import (
    Path,
    RuleFiles,
    key_in_words,
    places_that_differ,
    rule_files_of,
    with_value_of,
)

MOST_TRIED = 40
"""So many edited keys are looked at one by one."""


def edited_rules(session: Session, row: PlanVersion) -> tuple[str, ...]:
    """What was edited since a version was made, and would give another problem: 'policy/default.toml: links'.

    A key matters if the problem is another one with the value that it had, everything else being as it is now. Words,
    deadlines and reminders matter to no plan. Empty also for a version of which the files are not known.
    """
    edits = _edits(session, row)
    if edits is None:
        return ()
    before, now, present = edits
    changed = list(places_that_differ(before, now))
    mattering = [
        path
        for path in changed[:MOST_TRIED]
        if differ(_problem(session, row, with_value_of(now, before, path)), present)
    ]
    return _told(before, now, mattering or changed)


def are_rules_edited(session: Session, row: PlanVersion) -> bool:
    """Whether anything was edited that `edited_rules` would name, without looking for what it was."""
    return _edits(session, row) is not None


def edited_in_words(found: tuple[str, ...]) -> str:
    """A sentence that names what was edited; empty if nothing was."""
    return f"Edited since: {'; '.join(found)}." if found else ""


class _Edits(NamedTuple):
    """The files as they were and as they are, and the problem that the facts give now."""

    before: dict[str, Any]
    now: dict[str, Any]
    present: Problem | None


def _edits(session: Session, row: PlanVersion) -> _Edits | None:
    """What was edited; None if nothing was that gives another problem."""
    if not row.rules:
        return None
    try:
        before, now = json.loads(row.rules), rule_files_of(session).documents()
    except InvalidFile:
        return None  # whoever reads the files next hears what is wrong with them
    now = {file: now[file] for file in before if file in now}
    before = {file: before[file] for file in now}
    if before == now:
        return None
    present = _problem(session, row, now)
    return _Edits(before, now, present) if differ(_problem(session, row, before), present) else None


def _told(before: dict[str, Any], now: dict[str, Any], paths: list[Path]) -> tuple[str, ...]:
    keys: dict[str, list[str]] = {}
    for file, *path in paths:
        known = now if _has(now[file], path) else before
        keys.setdefault(str(file), []).append(key_in_words(known[file], tuple(path)))
    return tuple(f"{file}: {list_in_words(list(dict.fromkeys(found)))}" for file, found in keys.items())


def _has(document: Any, path: list[Any]) -> bool:
    for key in path:
        if isinstance(document, dict) and key not in document:
            return False
        document = document[key]
    return True


def _problem(session: Session, row: PlanVersion, documents: dict[str, Any]) -> Problem | None:
    """The problem that the facts give under these files; None if there is none."""
    from services.problem import build_problem  # only an edit of rules needs what makes problems

    try:
        files = RuleFiles.of_documents(documents)
        return build_problem(session, option_named(row.option).for_problem, files=files)
    except (ServiceError, InvalidProblem, InvalidFile, ValidationError):
        return None
