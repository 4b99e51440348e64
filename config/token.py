"""A secret of the home folder that Prefect's webhook and the console share; nobody types it."""

import os
import secrets
from pathlib import Path

FILE = "hook.token"


def hook_token(home: Path) -> str:
    """The token, made on first use and readable by its owner only."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        token = secrets.token_urlsafe(32)
        file.write(token + "\n")
    return token
