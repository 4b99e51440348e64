"""Whether a plan still goes by the facts and rules of now: one answer for every list, page, export and refusal."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlmodel import Session

from models import PlanVersion
from services.plans.plan_store import why_stale
from services.plans.rule_edits import are_rules_edited, edited_in_words, edited_rules


class Freshness(NamedTuple):
    """What has changed since a version was made.

    Attributes
    ----------
    has_older_facts
        Whether the facts have.
    edited
        Keys of the policy and the frameworks that were edited and matter: 'policy/default.toml: links'.
    why
        All of it in sentences, as far as it was written down; empty if nothing has changed.
    """

    has_older_facts: bool
    edited: tuple[str, ...]
    why: str

    @property
    def is_stale(self) -> bool:
        """Whether it should be solved again."""
        return self.has_older_facts or bool(self.edited)


def freshness_of(session: Session, row: PlanVersion) -> Freshness:
    """What has changed since a version was made, by name."""
    edited = edited_rules(session, row)
    why = " ".join(filter(None, (why_stale(session, row), edited_in_words(edited))))
    return Freshness(row.is_stale, edited, why)


def is_stale(session: Session, row: PlanVersion) -> bool:
    """Whether facts or rules have changed since a version was made."""
    return bool(stale_among(session, [row]))


def stale_among(session: Session, rows: Iterable[PlanVersion]) -> frozenset[int]:
    """Numbers of the versions since which facts or rules have changed; each text of the rules is looked at once."""
    found, edited = set(), dict[tuple[str, str], bool]()
    for row in rows:
        key = (row.rules, row.option)
        if not row.is_stale and key not in edited:
            edited[key] = are_rules_edited(session, row)
        if row.version is not None and (row.is_stale or edited[key]):
            found.add(row.version)
    return frozenset(found)
