"""What somebody reads on a page, and the words of the shell that must not stand there."""

import re

from cli.main import COMMANDS

HIDDEN = re.compile(r"<(script|style|head)\b.*?</\1>|<p class=\"jc-message\">.*?</p>|<[^>]*>", re.DOTALL)
"""What is no text of a page of ours: tags, and the mail that a page shows as it was sent."""

_FIRST_WORDS = sorted({name.partition(" ")[0] for name in COMMANDS}, key=len, reverse=True)
OF_THE_SHELL = re.compile(
    rf"\bjarcycle (?:{'|'.join(_FIRST_WORDS)})\b|(?<![\w-])--[a-z][a-z-]+|\bJARCYCLE_[A-Z]"
)


def text_of(page: str) -> str:
    """The words of a page without its tags."""
    return " ".join(HIDDEN.sub(" ", page).split())


def words_of_the_shell(page: str) -> list[str]:
    """Commands, options and variables in the text of a page, each with what stands around it."""
    text = text_of(page)
    return [text[max(found.start() - 60, 0) : found.end() + 40] for found in OF_THE_SHELL.finditer(text)]
