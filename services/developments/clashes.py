"""Days of a development that leave no time between what comes first and what waits for it: shown, not refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from config.development import Development, DevelopmentTask
from reports.words import date_in_words


@dataclass(frozen=True)
class Clash:
    """A task whose day leaves no time: why, in a sentence."""

    task: str
    name: str
    words: str


def find_clashes(development: Development) -> tuple[Clash, ...]:
    """Every clash, in the order of the tasks (R172)."""
    return tuple(clash for task in development.tasks for clash in _of_task(development, task))


def _of_task(development: Development, task: DevelopmentTask) -> Iterator[Clash]:
    period = task.consultation
    if period is not None and task.due_on is not None and task.due_on < period.ends_on:
        end = date_in_words(period.ends_on)
        yield _clash(task, f"its consultation ends on {end}, after its day, {date_in_words(task.due_on)}")
    for name in task.after:
        other = development.task(name)
        if other is None or task.due_on is None or other.over_on is None:
            continue
        if task.due_on <= other.over_on:
            yield _clash(task, _no_time(task.due_on, other, other.over_on))


def _no_time(due_on: date, other: DevelopmentTask, over_on: date) -> str:
    if due_on == over_on:
        return f"due on {date_in_words(due_on)}, the day on which what it waits for ends: {other.name}"
    return f"due on {date_in_words(due_on)}, before what it waits for ends on {date_in_words(over_on)}: {other.name}"


def _clash(task: DevelopmentTask, words: str) -> Clash:
    return Clash(task.id, task.name, words)
