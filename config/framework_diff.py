"""What two frameworks say differently, key by key; entries that have an id are compared with those of the same id."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from config.framework import Framework


@dataclass(frozen=True)
class Difference:
    """A key like 'stages.fieldwork.duration_weeks' with what each of two frameworks says; None: it does not say.

    Of an entry that only one of them has, there is no more than its name.
    """

    key: str
    before: Any
    after: Any


def differences(before: Framework, after: Framework) -> list[Difference]:
    """Everything that differs, in the order of the keys of the first, then what only the second says."""
    return list(_between("", json.loads(before.document()), json.loads(after.document())))


def _between(key: str, before: Any, after: Any) -> Iterator[Difference]:
    if before == after:
        return
    old, new = _by_name(before), _by_name(after)
    if old is None or new is None:
        yield Difference(key, _told(before), _told(after))
        return
    for name in dict.fromkeys([*old, *new]):
        yield from _between(f"{key}.{name}".removeprefix("."), old.get(name), new.get(name))


def _by_name(value: Any) -> Mapping[str, Any] | None:
    """The parts of a table, or of a list of entries with an id; None for anything else."""
    if isinstance(value, dict):
        return value
    if (
        isinstance(value, list)
        and value
        and all(isinstance(entry, dict) and "id" in entry for entry in value)
    ):
        return {entry["id"]: {key: part for key, part in entry.items() if key != "id"} for entry in value}
    return None


def _told(value: Any) -> Any:
    """A value; of a whole entry its name, else that it is there."""
    if isinstance(value, dict):
        return value.get("name") or "is there"
    if isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
        return [entry.get("id") or "is there" for entry in value]
    return value
