"""The values of the audit log in words: what something was before and after, in a line."""

import json
from typing import Any

HIDDEN = ("step", "edition")
"""What `undo` returns to, and how often the step had changed; nobody reads them."""


def value_of(text: str | None) -> Any:
    """A value before or after, as it was written down."""
    return None if text is None else json.loads(text)


def in_short(text: str | None, most_letters: int) -> str:
    """A value in a line: of a record each entry that is there, of several records one after the other."""
    value = value_of(text)
    records = value if isinstance(value, list) else [value]
    words = "; ".join(filter(None, map(_record, records)))
    return words if len(words) <= most_letters else f"{words[: most_letters - 3]}..."


def _record(value: Any) -> str:
    """A record in words; of a collection within it, how many there are."""
    if not isinstance(value, dict):
        return "" if value is None else _inner(value)
    known = {key: item for key, item in value.items() if key not in HIDDEN and item not in (None, "", {}, [])}
    return ", ".join(f"{_in_words(key)} {_inner(item)}" for key, item in known.items())


def _in_words(key: str) -> str:
    """'agreed on', 'plan version' of the name of a field; a code, as of an activity, stays what it is."""
    return key.replace("_", " ") if key.isidentifier() else key


def _inner(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(len(value)) if isinstance(value, dict | list) else str(value)
