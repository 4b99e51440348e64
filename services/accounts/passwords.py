"""Passwords: how they are kept (argon2id, never in clear), which are good enough, and one-time ones."""

import secrets
import threading
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.errors import Objection

FEWEST_LETTERS, MOST_LETTERS = 12, 128
FEWEST_DIFFERENT = 5
ONE_TIME_GROUPS, GROUP_LETTERS = 4, 5
ONE_TIME_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters that look like others; 20 of them are 99 random bits."""
ONE_TIME_LASTS = timedelta(days=7)

_hasher = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1)
_turns = threading.BoundedSemaphore(2)
"""So many passwords are checked at once: each takes 64 MB and a tenth of a second."""
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=1$QTMgZW+sG4uZ1zttp9jQpw$wZRptodwEfOmYvlJNzSwF5mI5N6W3OvD5a+wCdhF8Rs"
"""Stands for the hash of an account that does not exist, so that asking for one takes as long."""


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _turns:
        return _hasher.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was kept; as much work where none was (None, blank), and then never."""
    with _turns:
        try:
            _hasher.verify(kept or _NOBODY, password[: MOST_LETTERS + 1])
        except (VerificationError, InvalidHashError):
            return False
    return bool(kept)


def one_time_password() -> str:
    """A random one that people can read out, such as 'k3hxa-...'."""
    groups = (
        "".join(secrets.choice(ONE_TIME_LETTERS) for _ in range(GROUP_LETTERS))
        for _ in range(ONE_TIME_GROUPS)
    )
    return "-".join(groups)


def has_ended(one_time_at: datetime | None, at: datetime) -> bool:
    """Whether a one-time password that was given at an instant is no longer good."""
    return one_time_at is not None and at - one_time_at > ONE_TIME_LASTS


def objections_to_password(new: str, again: str, names: tuple[str, ...]) -> list[Objection]:
    """What speaks against a password that somebody chose.

    Parameters
    ----------
    again
        The same, typed once more.
    names
        What is known of the account, which is no secret: its names, and the password so far.
    """
    found = []
    if not FEWEST_LETTERS <= len(new) <= MOST_LETTERS:
        message = f"it has {len(new)} characters; from {FEWEST_LETTERS} to {MOST_LETTERS} are allowed."
        found.append(Objection("new password", message, "Use three random words.", field="new"))
    elif len(set(new.casefold())) < FEWEST_DIFFERENT:
        message = "it repeats a few characters only."
        found.append(Objection("new password", message, "Use three random words.", field="new"))
    elif any(name and name.casefold() in new.casefold() for name in names):
        message = "it holds your name or the password so far."
        found.append(Objection("new password", message, "Choose another one.", field="new"))
    if new != again:
        message = "the two are different."
        found.append(Objection("new password", message, "Type the same password twice.", field="again"))
    return found
