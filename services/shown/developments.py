"""A development for people: how far each task is, the state of its framework, clashes, trials with their lessons."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from config.development import FRAMEWORK_WORDS, Development, DevelopmentTask
from config.development_files import find_development
from models import DevelopmentDone, DevelopmentTrial, TrialLesson
from services.developments.clashes import Clash, find_clashes
from services.developments.doing import done_of
from services.developments.trials import lessons_of, trials_of

DONE, LATE, WAITING, READY = "done", "late", "waiting", "ready"
STATE_WORDS = {DONE: "Done", LATE: "Late", WAITING: "Waits for others", READY: "Can be done"}


@dataclass(frozen=True)
class TaskLine:
    """A task: `state` is done, late (its day has passed), waiting for others, or ready; `waits_for` are their names."""

    task: DevelopmentTask
    state: str
    done_on: date | None
    waits_for: tuple[str, ...]


@dataclass(frozen=True)
class TrialLine:
    """A trial with its lessons."""

    trial: DevelopmentTrial
    lessons: tuple[TrialLesson, ...]


@dataclass(frozen=True)
class DevelopmentView:
    """A development on a day; `framework` is the state of its framework in words."""

    development: Development
    framework: str
    tasks: tuple[TaskLine, ...]
    clashes: tuple[Clash, ...]
    trials: tuple[TrialLine, ...]

    @property
    def num_done(self) -> int:
        """How many tasks are done."""
        return sum(line.state == DONE for line in self.tasks)


def development_view(session: Session, name: str, as_of: date) -> DevelopmentView:
    """How far a development is (R001, R125, R170-R173)."""
    development = find_development(name)
    done = done_of(session, name)
    trials = tuple(
        TrialLine(trial, tuple(lessons_of(session, trial.id or 0))) for trial in trials_of(session, name)
    )
    return DevelopmentView(
        development,
        FRAMEWORK_WORDS[_framework(development, done)],
        tuple(_line(development, task, done, as_of) for task in development.tasks),
        find_clashes(development),
        trials,
    )


def _framework(development: Development, done: dict[str, DevelopmentDone]) -> str:
    """The last state of its life that a task has reached: a draft before all of them."""
    reached = {task.reaches for task in development.tasks if task.id in done}
    return next((state for state in reversed(FRAMEWORK_WORDS) if state in reached), "draft")


def _line(
    development: Development, task: DevelopmentTask, done: dict[str, DevelopmentDone], as_of: date
) -> TaskLine:
    waits_for = tuple(
        other.name for other in development.tasks if other.id in task.after and other.id not in done
    )
    if task.id in done:
        return TaskLine(task, DONE, done[task.id].done_on, ())
    if task.due_on is not None and task.due_on < as_of:
        return TaskLine(task, LATE, None, waits_for)
    return TaskLine(task, WAITING if waits_for else READY, None, waits_for)
