"""Development files: jarcycle's own and those in the folder `developments` of the home, which come before ours."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from config.development import Development, DevelopmentTask
from config.findings import Finding, Found, InvalidFile, files_by_name, nearest, read_toml
from config.settings import home_settings

FOLDER = Path(__file__).parent / "developments"


class InvalidDevelopment(InvalidFile):
    """A timetable of development that cannot be used, or one that does not exist."""


def load_development(path: Path) -> Development:
    """Read and check one file; InvalidDevelopment with everything wrong with it."""
    found = read_toml(path, Development, InvalidDevelopment)
    findings = [Finding(path.name, *fault) for fault in _findings(path, found)]
    if findings:
        raise InvalidDevelopment(findings)
    return found


def read_developments() -> Mapping[str, Development]:
    """All of them by identifier; InvalidDevelopment with everything wrong with any file."""
    files = sorted(files_by_name(FOLDER, home_settings().developments).values())
    return _load_all(tuple((path, path.stat().st_mtime_ns) for path in files))


def find_development(name: str) -> Development:
    """The development of that identifier, else InvalidDevelopment with advice."""
    known = read_developments()
    if name not in known:
        message = f"there is no development '{name}'."
        raise InvalidDevelopment([Finding("developments", name, message, nearest(name, known))])
    return known[name]


@lru_cache(maxsize=4)
def _load_all(files: tuple[tuple[Path, int], ...]) -> Mapping[str, Development]:
    # The time of change is part of the cache's key, so that an edited file is read again.
    found: dict[str, Development] = {}
    findings: list[Finding] = []
    for path, _changed in files:
        try:
            development = load_development(path)
        except InvalidDevelopment as fault:
            findings.extend(fault.findings)
        else:
            found[development.id] = development
    if findings:
        raise InvalidDevelopment(findings)
    return found


def _findings(path: Path, development: Development) -> Iterator[Found]:
    if path.stem != development.id:
        message = f"the file is not named after its id '{development.id}'."
        yield "id", message, f"Rename the file to {development.id}.toml."
    names = [task.id for task in development.tasks]
    for position, task in enumerate(development.tasks):
        key = f"tasks[{position}]"
        if task.id in names[:position]:
            yield f"{key}.id", f"'{task.id}' is there twice.", "Keep one."
        for place, message, advice in _of_task(development, task, names):
            yield f"{key}.{place}", message, advice
    if circle := _circle(development):
        message = f"these wait for each other: {' > '.join(circle)}."
        yield "tasks", message, "Let one of them wait for nothing of the circle."


def _of_task(development: Development, task: DevelopmentTask, names: list[str]) -> Iterator[Found]:
    for name in task.after:
        other = development.task(name)
        if other is None:
            yield "after", f"there is no task '{name}'.", nearest(name, names)
        elif task.due_on is not None and other.due_on is not None and task.due_on < other.due_on:
            message = (
                f"{task.due_on} is earlier than {other.due_on}, the day of '{name}', for which it waits."
            )
            yield "due_on", message, "Give it a later day, or take it out of after."


def _circle(development: Development) -> list[str]:
    """The first circle of tasks that wait for each other, with its first task again at its end; empty if none."""
    after = {task.id: task.after for task in development.tasks}
    over: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in over:
            return []
        for other in after.get(name, ()):
            if found := walk(other, [*way, name]):
                return found
        over.add(name)
        return []

    return next((found for name in after if (found := walk(name, []))), [])
