"""Files that were sent, kept for a while between the look at them and the import."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from services.imports.problems import ImportProblem

KEPT_FOR, MOST_KEPT = timedelta(hours=1), 10


@dataclass(frozen=True)
class Upload:
    """Who sent which files, by their names, and when; what is wrong with them; after which import they were seen."""

    login: str
    files: Mapping[str, bytes]
    at: datetime
    problems: tuple[ImportProblem, ...] = ()
    seen: int = 0


@dataclass
class Uploads:
    """The latest uploads, in memory: a console that is started again asks for the file once more."""

    _kept: dict[str, Upload] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def keep(self, upload: Upload) -> str:
        """Keep it; the name under which it is found."""
        name = secrets.token_urlsafe(16)
        with self._lock:
            self._kept = {key: old for key, old in self._kept.items() if old.at + KEPT_FOR > upload.at}
            while len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[name] = upload
        return name

    def find(self, name: str, login: str, at: datetime) -> Upload | None:
        """What somebody sent under that name; None if it is not theirs, or too long ago."""
        with self._lock:
            found = self._kept.get(name)
        return found if found is not None and found.login == login and found.at + KEPT_FOR > at else None
