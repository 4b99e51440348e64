"""How wide letters of Helvetica are, and which letters a page can show: the base fonts of PDF need no files.

Widths in thousandths of the font size, from Adobe's font metrics of 1997 for the fourteen base fonts.
"""

import unicodedata

ENCODING = "cp1252"
"""WinAnsi, what the base fonts are read by."""

_FIRST = 32
_REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_OTHERS = 600
"""Of letters with an accent and of signs: nearly none is wider."""

_BOLDER = 1.09
"""Bold letters are wider by so much at most, but for a few thin ones."""


def shown(text: str) -> str:
    """The text in letters that the fonts have: an accent they lack is left out, any other letter is a question mark."""
    found = []
    for letter in unicodedata.normalize("NFC", text):
        if _is_there(letter):
            found.append(letter)
        elif not unicodedata.combining(letter):
            base = unicodedata.normalize("NFKD", letter)[0]
            found.append(base if _is_there(base) else "?")
    return "".join(found)


def width(text: str, size: float, is_bold: bool = False) -> float:
    """How wide a text is in points, at most."""
    units = sum(_width(letter) for letter in text)
    return units * size / 1000 * (_BOLDER if is_bold else 1)


def lines_of(text: str, size: float, most: float, is_bold: bool = False) -> list[str]:
    """The text broken between words into lines of at most so many points; a longer word is broken itself."""
    lines = [""]
    for word in (piece for long in text.split() for piece in _pieces(long, size, most, is_bold)):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(longer, size, is_bold) > most:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _pieces(word: str, size: float, most: float, is_bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size, is_bold) > most:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _width(letter: str) -> int:
    place = ord(letter) - _FIRST
    return _REGULAR[place] if 0 <= place < len(_REGULAR) else _OTHERS


def _is_there(letter: str) -> bool:
    try:
        letter.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return letter.isprintable() or letter == " "
