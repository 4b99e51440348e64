"""A message as a page of HTML, made from its plain text: headings, lists, paragraphs and links, and nothing else."""

import re
from collections.abc import Iterator
from html import escape

LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
BULLET = "- "
_STYLE = "font-family: sans-serif; font-size: 16px; line-height: 1.5; max-width: 40em"


def mail_html(text: str) -> str:
    """The page. A line of hyphens makes a heading of the one above it; a line that begins with one is of a list."""
    blocks = "\n".join(_blocks([block for block in re.split(r"\n{2,}", text.strip()) if block]))
    return f'<!DOCTYPE html>\n<html lang="en"><body style="{_STYLE}">\n{blocks}\n</body></html>\n'


def _blocks(blocks: list[str]) -> Iterator[str]:
    for block in blocks:
        lines = block.split("\n")
        if len(lines) > 1 and set(lines[1]) == {"-"}:
            yield f"<h2>{_line(lines[0])}</h2>"
            lines = lines[2:]
        yield from _parts(lines)


def _parts(lines: list[str]) -> Iterator[str]:
    """Paragraphs and lists of a block, in their order."""
    said: list[str] = []
    listed: list[list[str]] = []
    for line in lines:
        if line.startswith(BULLET):
            if said:
                yield _paragraph(said)
                said = []
            listed.append([line.removeprefix(BULLET)])
        elif listed and line.startswith("  "):
            listed[-1].append(line.strip())
        else:
            if listed:
                yield _list(listed)
                listed = []
            said.append(line)
    if listed:
        yield _list(listed)
    if said:
        yield _paragraph(said)


def _paragraph(lines: list[str]) -> str:
    return f"<p>{'<br>'.join(_line(line) for line in lines)}</p>"


def _list(items: list[list[str]]) -> str:
    shown = "".join(f"<li>{'<br>'.join(_line(line) for line in item)}</li>" for item in items)
    return f"<ul>{shown}</ul>"


def _line(text: str) -> str:
    """Escaped, with its addresses as links."""
    shown, last = "", 0
    for found in LINK.finditer(text):
        address = escape(found.group())
        shown += f'{escape(text[last : found.start()])}<a href="{address}">{address}</a>'
        last = found.end()
    return shown + escape(text[last:])
