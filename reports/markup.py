"""Escaping and small pieces of HTML and SVG: the only place where text becomes markup."""

import html
import re
from datetime import date
from urllib.parse import urlsplit

from reports.words import date_in_words

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters XML 1.0 forbids even when escaped (https://www.w3.org/TR/xml/#charsets)."""


def without_control_characters(text: str) -> str:
    """The text without the characters no XML file (SVG, XLSX) may hold."""
    return _NOT_XML.sub("", text)


def escaped(text: str) -> str:
    """Text made safe for element content and for quoted attributes, in HTML and in XML."""
    return html.escape(without_control_characters(text), quote=True)


def safe_address(address: str) -> str:
    """The escaped address if it is relative or http(s), else nothing: a `javascript:` link never gets out."""
    try:
        scheme = urlsplit(address.strip()).scheme
    except ValueError:
        return ""
    return escaped(address.strip()) if scheme in ("", "http", "https") else ""


def link(text: str, address: str) -> str:
    """The escaped text, as a link where there is an address to go to."""
    target = safe_address(address)
    return f'<a href="{target}">{escaped(text)}</a>' if target else escaped(text)


def time_element(day: date) -> str:
    """A date in words that machines can read as well."""
    return f'<time datetime="{day.isoformat()}">{date_in_words(day)}</time>'


def rectangle_path(left: int, top: int, width: int, height: int) -> str:
    """The path data of a rectangle in pixels: shorter than a rect, and several fit in one path element."""
    return f"M{left} {top}h{width}v{height}h-{width}z"


def text_width(text: str, font_size: float = 11) -> int:
    """Roughly how many pixels a text takes in Arial: there is no font to ask on the server."""
    return round(sum(_RELATIVE_WIDTHS.get(letter, 0.57) for letter in text) * font_size) + 1


def wrapped(text: str, width: int, font_size: float) -> list[str]:
    """The text broken between words into lines of at most `width` pixels; a longer word keeps its own line."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, font_size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


_RELATIVE_WIDTHS = (
    dict.fromkeys("ijl.,:;'|! ", 0.28)
    | dict.fromkeys("frtI()-/", 0.34)
    | dict.fromkeys("cksvxyz", 0.5)
    | dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&", 0.7)
    | dict.fromkeys("mwMW%", 0.86)
)
"""Widths of Arial's letters as a share of the font size, grouped; other letters and digits are about 0.57."""
