"""The best plan of dates so far."""

from collections.abc import Callable

from scheduler.dates.columns import Columns
from scheduler.dates.remaining import Room
from scheduler.dates.rows import Rows
from scheduler.dates.unions import separate_unions
from scheduler.run.progress import Progress


class Incumbent:
    """Keeps the cheapest plan that keeps every row; `starts` by component, None while there is none.

    Parameters
    ----------
    on_better
        Gets the starts by component of each better plan.
    """

    def __init__(
        self,
        rows: Rows,
        columns: Columns,
        progress: Progress,
        on_better: Callable[[dict[int, tuple[int, ...]]], None] | None = None,
    ) -> None:
        self.rows, self.columns, self.progress, self.on_better = rows, columns, progress, on_better
        self.starts: dict[int, tuple[int, ...]] | None = None

    def keep(self, starts: dict[int, tuple[int, ...]]) -> None:
        """Take a plan if it keeps every rule and is better; its columns are of use in any case."""
        room = Room(self.rows, starts)
        self.columns.add_plan(starts.items())
        if not self.rows.graph.modes.is_whole(starts) or not room.is_kept():
            return
        if separate_unions(self.rows, room.used.astype(float)):
            self.columns.learn_lines()
        elif self.progress.found(room.cost()):
            self.starts = dict(starts)
            if self.on_better is not None:
                self.on_better(self.starts)

    def keep_columns(self, numbers: list[int]) -> None:
        """Take a plan made of columns."""
        self.keep(self.columns.plan_of(numbers))

    def numbers(self) -> dict[int, int]:
        """The plan's column of each component."""
        return self.columns.of_plan(self.starts or {})
