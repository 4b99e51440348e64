"""The operator's own files of rules, questions and messages, and when each was changed."""

from config.settings import home_settings

OwnFiles = tuple[tuple[str, int], ...]


def dated_files() -> OwnFiles:
    """Every file in the operator's folders with the time of its last change (nanoseconds): equal if none is other."""
    home = home_settings()
    found = []
    folders = (
        home.policies,
        home.frameworks,
        home.ratings,
        home.messages,
        home.questionnaires,
        home.responses,
        home.developments,
        home.inspections,
    )
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            try:
                found.append((str(path), path.stat().st_mtime_ns))
            except FileNotFoundError:
                continue  # it has just been taken away
    return tuple(found)
