"""Stages that hang together, as a tree from one of them outwards and what closes circles beside it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from scheduler.verifying.dependences import Key
from scheduler.verifying.nodes import ABSENT
from scheduler.verifying.pairs import Table

Pair = tuple[int, int]
"""Two stages by number, the smaller one first."""


@dataclass(frozen=True)
class Branch:
    """A child below its parent: the sum of the tables of all that joins them, the parent's week first."""

    parent: int
    child: int
    tables: tuple[Key, ...]


@dataclass(frozen=True)
class Tree:
    """The stages that hang together by number, branches from the first one outwards, and what closes circles."""

    nodes: tuple[int, ...]
    branches: tuple[Branch, ...]
    chords: tuple[Branch, ...] = ()


def hung_at(root: int, pairs: list[Pair], keys: Callable[[int, int], tuple[Key, ...]]) -> tuple[Branch, ...]:
    """The branches of a tree of some pairs, from a first stage outwards."""
    near: dict[int, list[int]] = defaultdict(list)
    for first, second in pairs:
        near[first].append(second)
        near[second].append(first)
    nodes, branches, seen = [root], list[Branch](), {root}
    for parent in nodes:
        for child in near[parent]:
            if child not in seen:
                seen.add(child)
                nodes.append(child)
                branches.append(Branch(parent, child, keys(parent, child)))
    return tuple(branches)


def spanning(
    pairs: list[Pair],
    num_nodes: int,
    tables: Callable[[Pair], Table],
    are_one_activity: Callable[[Pair], bool],
) -> set[Pair]:
    """Pairs that join all without a circle: stages of one activity first, then those that matter most."""
    if len(pairs) < num_nodes:
        return set(pairs)
    found = {pair: tables(pair) for pair in pairs}
    dear = max(
        (cost for table in found.values() for _, row in table for cost in row if cost < ABSENT),
        default=0,
    )
    weight = {pair: _weight(table, 4 * max(1, dear)) for pair, table in found.items()}

    def rank(pair: Pair) -> tuple[bool, int, Pair]:
        return not are_one_activity(pair), -weight[pair], pair

    kept: set[Pair] = set()
    part = {number: number for pair in pairs for number in pair}
    for first, second in sorted(pairs, key=rank):
        if part[first] != part[second]:
            kept.add((first, second))
            gone = part[second]
            part = {number: part[first] if group == gone else group for number, group in part.items()}
    return kept


def _weight(table: Table, most: int) -> int:
    """What a table adds to the cost of all pairs of weeks together; what it forbids counts as `most`."""
    num_weeks = len(table)
    return sum(sum(min(cost, most) for cost in costs) + most * (num_weeks - len(costs)) for _, costs in table)
