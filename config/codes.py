"""Codes of areas, people and lists: what a file's name, a page's address, a calendar and a mail header can carry."""

import re
from urllib.parse import quote

from config.findings import InvalidText

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
MOST_SIGNS = 40


def parse_code(text: str) -> str:
    """A code as it is: letters and digits, with hyphens, full stops and underscores after the first.

    Raises
    ------
    InvalidText
        If some place where it is used could not carry it.
    """
    if len(text) > MOST_SIGNS:
        raise InvalidText(f"a code has at most {MOST_SIGNS} letters.", "Shorten it in every file.")
    if not CODE.fullmatch(text):
        raise InvalidText(
            "a code is made of letters from A to Z, digits, '-', '.' and '_', and starts with a letter or digit.",
            "Change it in every file.",
        )
    return text


def in_name(code: str) -> str:
    """Any code as a part of an address or of a file's name: what `parse_code` takes stays as it is."""
    return quote(code, safe="")
