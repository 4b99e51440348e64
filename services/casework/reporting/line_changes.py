"""What two editions of a text say differently, for whoever wrote while somebody else did."""

import difflib

WORDS = {"+": "Added", "-": "Taken out"}
MOST_LINES, MOST_LETTERS = 10, 200
"""So much is told in a sentence; the text itself is there to be read."""


def list_changes(before: str, after: str) -> str:
    """Lines that are only in one of two texts: 'Taken out: "Two homes." Added: "Three homes."'; blank if none is."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    found = [(WORDS[line[0]], line[2:].strip()) for line in lines if line[0] in WORDS and line[2:].strip()]
    told = [f'{what}: "{_shortened(line)}"' for what, line in found[:MOST_LINES]]
    more = len(found) - MOST_LINES
    return " ".join([*told, f"And {more} more lines." if more > 0 else ""]).strip()


def _shortened(line: str) -> str:
    return line if len(line) <= MOST_LETTERS else f"{line[: MOST_LETTERS - 3]}..."
