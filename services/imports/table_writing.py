"""Making tables hold the facts of files: rows matched by their key, or by everything that they say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, SQLModel, select

Fact = dict[str, Any]
"""Values of one table row by column."""


@dataclass(frozen=True)
class Change:
    """How many rows of a table were added, changed and removed."""

    table: str
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def is_any(self) -> bool:
        """Whether anything is different now."""
        return bool(self.added or self.changed or self.removed)


def upsert(session: Session, model: type[SQLModel], key: str, facts: Iterable[Fact]) -> Change:
    """Add or change rows by their key; columns that a fact does not name keep their value. Nothing is removed."""
    rows = {getattr(row, key): row for row in session.exec(select(model))}
    added = changed = 0
    for fact in facts:
        row = rows.get(fact[key])
        if row is None:
            session.add(model(**fact))
            added += 1
        elif any(getattr(row, column) != value for column, value in fact.items()):
            for column, value in fact.items():
                setattr(row, column, value)
            session.add(row)
            changed += 1
    session.flush()
    return Change(model.__name__, added=added, changed=changed)


def remove(session: Session, rows: Sequence[SQLModel]) -> None:
    """Delete rows at once."""
    for row in rows:
        session.delete(row)
    session.flush()


def replace(session: Session, model: type[SQLModel], facts: Iterable[Fact]) -> Change:
    """Make a table hold exactly these facts; rows without a key of their own that are equal stay as they are."""
    named = [(text_of(fact), fact) for fact in _facts_of(model, facts)]
    wanted, by_text = Counter(text for text, _fact in named), dict(named)
    removed = []
    for row in session.exec(select(model)):
        text = text_of({name: getattr(row, name) for name in _columns(model)})
        if wanted[text]:
            wanted[text] -= 1
        else:
            removed.append(row)
    remove(session, removed)
    new = list(wanted.elements())
    session.add_all(model(**by_text[text]) for text in new)
    session.flush()
    return Change(model.__name__, added=len(new), removed=len(removed))


def _facts_of(model: type[SQLModel], facts: Iterable[Fact]) -> list[Fact]:
    """Facts with all columns of the table, in one order."""
    return [{name: fact[name] for name in _columns(model)} for fact in facts]


def _columns(model: type[SQLModel]) -> list[str]:
    return sorted(name for name in model.model_fields if name != "id")


def text_of(fact: Fact) -> str:
    """A fact as text, whatever the order of its columns: equal facts have the same."""
    return repr(sorted(fact.items()))
