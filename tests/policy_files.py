"""Policies of an operator's own, made of the default one."""

import re
from pathlib import Path

from config.policy import FOLDER

DEFAULT = (FOLDER / "default.toml").read_text(encoding="utf-8")


def without(text: str, *tables: str) -> str:
    """A policy's text without some of its tables, '[programme.pair]' or '[[links]]'."""
    for table in tables:
        text = re.sub(rf"^{re.escape(table)}.*?(?=^\[)", "", text, flags=re.MULTILINE | re.DOTALL)
    return text


def write_policy(home: Path, name: str, text: str) -> str:
    """Put a policy into a home; returns its name."""
    (home / "policy").mkdir(exist_ok=True)
    (home / "policy" / f"{name}.toml").write_text(text, encoding="utf-8")
    return name


def link_text(**keys: str | int) -> str:
    """A link as it stands in a policy file."""
    lines = [
        f"{key} = {value}" if isinstance(value, int) else f'{key} = "{value}"' for key, value in keys.items()
    ]
    return "\n".join(["", "[[links]]", *lines, ""])
