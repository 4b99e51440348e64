"""What pages read, kept for as long as nothing it depends on has changed: the data, the day, the operator's files.

A hundred people who look at the same page are so answered by one reading of the database. Whatever is kept is the same
for everybody who may see it: what depends on who looks is one of its arguments.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session
from starlette.requests import Request

from config.own_files import dated_files
from console.context import context_of
from models import session
from models.edition_watch import EditionWatch

P = ParamSpec("P")
T = TypeVar("T")

MOST_KEPT = 64


class Kept:
    """Values by key, the least used ones forgotten; while one is made, everybody else who wants it waits for it."""

    def __init__(self, editions: EditionWatch, most: int = MOST_KEPT) -> None:
        self.editions, self._most, self._lock = editions, most, Lock()
        self._places: OrderedDict[Hashable, _Place] = OrderedDict()

    def value(self, key: Hashable, edition: Callable[[], Hashable], make: Callable[[], T]) -> T:
        """The value of a key: the one that is kept if its edition is that of now, else a new one.

        Parameters
        ----------
        edition
            Tells the edition of what `make` reads; it is asked before `make` is called, so that nothing older than it
            is ever kept under it.
        """
        with self._lock:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
        with place.lock:
            now = edition()
            if not place.is_filled or place.edition != now:
                place.value, place.edition, place.is_filled = make(), now, True
            found: T = place.value
            return found


class _Place:
    """Where one value is kept, and who may fill it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.is_filled = False
        self.edition: Hashable = None
        self.value: Any = None


def kept(
    request: Request,
    read: Callable[Concatenate[Session, date, P], T],
    *arguments: P.args,
    **named: P.kwargs,
) -> T:
    """What `read` gives for the programme's day, read again only after something has changed.

    Parameters
    ----------
    read
        A function of a module; what it gives is shared between threads, so nobody may change it.
    arguments
        Its further arguments: each can be a key.
    """
    context, today = context_of(request), context_of(request).today()
    keeper = request.app.state.kept
    assert isinstance(keeper, Kept)

    def fresh() -> T:
        with session(context.engine, read_only=True) as opened:
            return read(opened, today, *arguments, **named)

    key = (read.__module__, read.__qualname__, arguments, tuple(sorted(named.items())))
    return keeper.value(key, lambda: (today, dated_files(), keeper.editions.now()), fresh)
