"""Secrets of the home folder: the webhook's token, and what Prefect's server asks of everybody. Nobody types them."""

import re
import secrets
from pathlib import Path

from pydantic import SecretStr

from config.private import private_folder
from config.settings import PrefectSettings
from config.whole_files import create_whole

HOOK_FILE = "hook.token"
PREFECT_FILE = "prefect.auth"
USER = "jarcycle"

_WHOLE = re.compile(r"[\x21-\x7e]{32,}")


class DamagedSecret(Exception):
    """A file of the home folder that should hold a secret and does not."""


def hook_token(home: Path) -> str:
    """What Prefect's webhook shows the console; made on first use and readable by its owner only."""
    return _secret(home / HOOK_FILE, "")


def prefect_secret(home: Path) -> str:
    """The 'user:password' of the Prefect server that `up` starts in a home; made in the same way.

    Raises
    ------
    DamagedSecret
        If the file holds something else than one secret; `hook_token` likewise.
    """
    return _secret(home / PREFECT_FILE, f"{USER}:")


def with_secret(settings: PrefectSettings, home: Path) -> PrefectSettings:
    """The settings with the secret of the home, if the server is ours and the operator chose none.

    It is never shown to a server elsewhere.
    """
    if not settings.is_ours or settings.auth is not None:
        return settings
    return settings.model_copy(update={"auth": SecretStr(prefect_secret(home))})


def _secret(path: Path, prefix: str) -> str:
    if not path.exists():
        private_folder(path.parent)
        create_whole(path, f"{prefix}{secrets.token_urlsafe(32)}\n".encode())
    found = path.read_bytes().decode("ascii", "replace").strip()
    if not (_WHOLE.fullmatch(found) and found.startswith(prefix)):
        raise DamagedSecret(
            f"{path} is damaged: it holds no secret of 32 or more characters. "
            "Delete it, then start again: jarcycle up makes a new one."
        )
    return found
