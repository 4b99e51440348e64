"""Plans prepared for questions about candidates: kept in memory by whoever runs on, and on disk for commands.

What is on disk can be made again at any time: a file that is damaged, or of another version, is.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from config.private import private_folder
from config.whole_files import PRIVATE, write_whole

if TYPE_CHECKING:
    from scheduler.candidates.elsewhere import Elsewhere
    from scheduler.candidates.plan_state import PlanState
    from scheduler.values.plan import Plan
    from scheduler.values.problem import Problem

FORMAT = 2
"""Raised whenever the tables mean something else: files of another format are not read."""

MOST_IN_MEMORY = 4
MOST_FILES = 12
"""A national programme's file has less than a megabyte."""

ENDING = ".plan"
DIGEST_BYTES = hashlib.sha256().digest_size


class _Kept(NamedTuple):
    """A prepared plan; one question at a time, since a question takes parts of it out for a while."""

    lock: Lock
    state: PlanState


class PreparedPlans:
    """The prepared plans of one process, and the folder of those on disk."""

    def __init__(self, folder: Path | None) -> None:
        """Keep plans.

        Parameters
        ----------
        folder
            Made when something is written; without one nothing is.
        """
        self.folder = folder
        self._lock = Lock()
        self._known: OrderedDict[str, _Kept] = OrderedDict()

    @contextmanager
    def asked(self, problem: Problem, plan: Plan, needs_tables: bool = False) -> Iterator[PlanState]:
        """A plan prepared for one question; others about the same plan wait meanwhile.

        Parameters
        ----------
        problem, plan
            The problem as it stands: another day may be another problem.
        needs_tables
            Whether the question is about weeks, for which it must be known where everything could be.
        """
        kept = self._kept(_key(problem, plan), problem, plan)
        with kept.lock:
            if needs_tables and not kept.state.has_tables:
                self._with_tables(_key(problem, plan), kept.state)
            yield kept.state

    def _kept(self, key: str, problem: Problem, plan: Plan) -> _Kept:
        from scheduler.candidates.plan_state import PlanState

        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        made = _Kept(Lock(), PlanState(problem, plan))
        with self._lock:
            kept = self._known.setdefault(key, made)
            while len(self._known) > MOST_IN_MEMORY:
                self._known.popitem(last=False)
        return kept

    def _with_tables(self, key: str, state: PlanState) -> None:
        """The tables of a plan from its file, else made and written."""
        path = None if self.folder is None else self.folder / f"{key}{ENDING}"
        found = None if path is None else _read(path, state)
        if found is not None:
            state.use_tables(found)
        elif path is not None:
            _write(path, state.elsewhere)


def _key(problem: Problem, plan: Plan) -> str:
    """The same for equal problems and plans only."""
    text = plan.model_dump_json(include={"dates", "members"})
    return hashlib.sha256(f"{FORMAT} {problem.hash} {text}".encode()).hexdigest()


def _read(path: Path, state: PlanState) -> Elsewhere | None:
    """The tables of a file; None if there is none, or it is not as it was written."""
    import numpy as np

    from scheduler.candidates.elsewhere import Elsewhere

    try:
        content = path.read_bytes()
        digest, body = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
        if hashlib.sha256(body).digest() != digest:
            return None
        with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
            found = Elsewhere.of_arrays({name: arrays[name] for name in arrays.files}, state.situation)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    with suppress(OSError):
        path.touch()  # those that are used stay longest
    return found


def _write(path: Path, tables: Elsewhere) -> None:
    """Write a file whole, and delete the oldest of too many; what can't be written is made again next time."""
    import numpy as np

    body = io.BytesIO()
    np.savez_compressed(body, allow_pickle=False, **tables.arrays())
    content = body.getvalue()
    with suppress(OSError):
        private_folder(path.parent)
        write_whole(path, hashlib.sha256(content).digest() + content, PRIVATE)
        files = sorted(path.parent.glob(f"*{ENDING}"), key=_written_at, reverse=True)
        for old in files[MOST_FILES:]:
            old.unlink(missing_ok=True)


def _written_at(path: Path) -> float:
    """When a file was last used; 0 if somebody has deleted it meanwhile."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
