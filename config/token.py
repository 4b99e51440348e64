"""A secret of the home folder that Prefect's webhook and the console share; nobody types it."""

import re
import secrets
from pathlib import Path

from config.findings import Finding, InvalidFile
from config.private import private_folder
from config.whole_files import create_whole

FILE = "hook.token"
FORM = re.compile(r"[A-Za-z0-9_-]{43}")
"""What `secrets.token_urlsafe(32)` makes."""


class DamagedToken(InvalidFile):
    """A token that is empty or cut short: anybody could guess it."""


def hook_token(home: Path) -> str:
    """The token, made on first use, whole or not at all, and readable by its owner only.

    Raises
    ------
    DamagedToken
        If the file holds anything else than a token.
    """
    path = private_folder(home) / FILE
    if not path.exists():
        create_whole(path, f"{secrets.token_urlsafe(32)}\n".encode())
    token = path.read_text(encoding="utf-8", errors="replace").strip()
    if not FORM.fullmatch(token):
        advice = f"Delete {path}, then start jarcycle up again: it makes a new one."
        raise DamagedToken([Finding(FILE, "", "this is no secret as jarcycle makes them.", advice)])
    return token
