"""Links in messages that open something for whoever holds them: pages show the message without their secrets."""

import re

_SECRET = re.compile(r"(/answers/)[A-Za-z0-9_-]{43}")


def without_secrets(text: str) -> str:
    """The text of a message in which no link can be used any more."""
    return _SECRET.sub(r"\1...", text)
