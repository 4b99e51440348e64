"""Writes docs/messages.md from the occasions and the templates: `python docs/make_messages.py`."""

import sys
from dataclasses import fields
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from models import make_engine, session, upgrade
from services.messages.samples import SAMPLE_DAY, previewed
from services.messages.templates import VALUES, template_list

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "messages.md"
BEGIN, END = "<!-- begin {} -->\n", "<!-- end {} -->"


def occasions() -> str:
    """What is sent when and to whom, with the subject of the sample."""
    engine = make_engine("sqlite://")
    upgrade(engine)
    lines = ["| occasion | templates | when | who is told | subject of a sample |", "|---|---|---|---|---|"]
    with session(engine) as opened:
        for occasion, found in groupby(template_list(), key=lambda line: line.occasion):
            of_sides = list(found)
            subject = previewed(opened, occasion, None, None, SAMPLE_DAY).subject
            names = dict.fromkeys(Path(line.file).name for line in of_sides)
            files = ", ".join(f"`{occasion}/{name}`" for name in names)
            line = of_sides[0]
            lines.append(f"| {line.name} | {files} | {line.trigger} | {line.told} | {subject} |")
    return "\n".join([*lines, ""])


def names() -> str:
    """What templates may name."""
    lines = ["| value | its names |", "|---|---|"]
    for value in VALUES:
        known = [field.name for field in fields(value)]
        known += [name for name, found in vars(value).items() if isinstance(found, property)]
        lines.append(f"| {value.__name__} | {', '.join(f'`{name}`' for name in known)} |")
    return "\n".join([*lines, ""])


def page() -> str:
    """The page with what holds today."""
    text = PAGE.read_text(encoding="utf-8")
    for name, made in (("occasions", occasions()), ("names", names())):
        begin, end = BEGIN.format(name), END.format(name)
        before, rest = text.split(begin)
        text = f"{before}{begin}{made}{end}{rest.split(end)[1]}"
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
