"""The words of messages: a text file for each occasion and side, or for both sides.

They lie in `config/messages` or, before them, in the home.

The first line is the subject, the rest the body, both in Jinja2. What a file names is checked when it is read, also in
branches that are rarely taken: an unknown name is a finding with file, line and advice, and no failure on a later day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import config
from config.findings import Finding, InvalidFile, nearest
from config.settings import home_settings
from reports.words import date_in_words, list_in_words, plural
from services.messages.triggers import BY_ID, FRAME, OCCASIONS
from services.messages.values import (
    Asked,
    AskedToAnswer,
    Frame,
    Happened,
    Item,
    Line,
    Moved,
    Offer,
    Person,
    Questions,
    Review,
    Section,
    Side,
    distance_in_words,
)

if TYPE_CHECKING:  # who sends and shows no message does without
    from jinja2 import Environment, Template, nodes

FOLDER = Path(config.__file__).parent / "messages"
SUBJECT = "Subject: "
FOR_BOTH = "both"
"""The name of a file whose words are those of both sides."""

ITEM_NAMES = frozenset({"items", "person", "today"})
FRAME_NAMES = frozenset({"person", "sections", "questions", "links", "more", "today"})
VALUES = (Asked, AskedToAnswer, Frame, Happened, Item, Line, Moved, Offer, Person, Questions, Review, Section)


def _names(value: type) -> Iterator[str]:
    yield from (field.name for field in fields(value))
    yield from (name for name, found in vars(value).items() if isinstance(found, property))


OF_VALUES = frozenset(name for value in VALUES for name in _names(value))
OF_JINJA = frozenset({"loop", "first", "last", "index", "length", "range"})


class InvalidTemplate(InvalidFile):
    """Templates that cannot be used; `findings` lists everything wrong with them."""


class Words:
    """A template that was read: its subject and its body."""

    def __init__(self, subject: "Template", body: "Template") -> None:
        self._subject, self._body = subject, body

    def say(self, values: Mapping[str, Any]) -> Section:
        """The subject in one line, and the text without blank lines at its ends or twice in a row."""
        subject, text = (part.render(values) for part in (self._subject, self._body))
        return Section(" ".join(subject.split()), _tidy(text))


def words_of(occasion: str, side: str) -> Words:
    """The template of an occasion for a side; InvalidTemplate with everything wrong with any file."""
    return _templates()[occasion, side]


def files() -> dict[tuple[str, str], Path]:
    """The file of each occasion and side; one in the home takes the place of ours, that of a side of that of both."""
    found: dict[tuple[str, str], Path] = {}
    for folder in (FOLDER, home_settings().messages):
        for path in sorted(folder.glob("*/*.txt"), key=lambda path: (path.stem != FOR_BOTH, path)):
            occasion = BY_ID.get(path.parent.name)
            sides: tuple[str, ...] = (path.stem,)
            if occasion is not None and path.stem == FOR_BOTH and len(occasion.sides) > 1:
                sides = occasion.sides
            found.update({(path.parent.name, side): path for side in sides})
    return found


@dataclass(frozen=True)
class TemplateLine:
    """A template in the list: its occasion and side, what triggers it, who is told, and where its words are."""

    occasion: str
    name: str
    side: Side
    trigger: str
    told: str
    file: str


def template_list() -> list[TemplateLine]:
    """Every template that is in use, in the order of the occasions; InvalidTemplate if any cannot be used."""
    _templates()
    found = files()
    return [
        TemplateLine(
            occasion.id,
            occasion.name,
            side,
            occasion.trigger,
            occasion.told,
            _place(found[occasion.id, side]),
        )
        for occasion in (*OCCASIONS, FRAME)
        for side in occasion.sides
    ]


def _place(path: Path) -> str:
    """Where a template is, for people: ours from the folder of the product."""
    return str(path.relative_to(FOLDER.parents[1])) if path.is_relative_to(FOLDER) else str(path)


def _templates() -> Mapping[tuple[str, str], Words]:
    found = files()
    return _read_all(tuple((key, path, path.stat().st_mtime_ns) for key, path in found.items()))


@lru_cache(maxsize=4)
def _read_all(found: tuple[tuple[tuple[str, str], Path, int], ...]) -> Mapping[tuple[str, str], Words]:
    # The time of change is part of the cache's key, so that an edited file is read again.
    read: dict[tuple[str, str], Words] = {}
    findings: list[Finding] = []
    for (occasion, side), path, _changed in found:
        place = f"messages/{occasion}/{path.name}"
        wrong = list(_misplaced(place, occasion, side))
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            wrong.append(Finding(place, "", "this is not UTF-8 text.", "Save the file as UTF-8."))
        else:
            wrong = wrong or list(_findings(place, text, FRAME_NAMES if occasion == FRAME.id else ITEM_NAMES))
        if wrong:
            findings += wrong
            continue
        subject, _, body = text.partition("\n")
        environment = _environment()
        read[occasion, side] = Words(
            environment.from_string(subject.removeprefix(SUBJECT)), environment.from_string(body)
        )
    if findings:
        raise InvalidTemplate(list(dict.fromkeys(findings)))
    return read


def _misplaced(place: str, occasion: str, side: str) -> Iterator[Finding]:
    """A file of the home that no message is made from."""
    if occasion not in BY_ID:
        yield Finding(place, "", f"there is no occasion '{occasion}'.", nearest(occasion, BY_ID))
    elif side not in BY_ID[occasion].sides:
        sides = BY_ID[occasion].sides
        known = (*sides, FOR_BOTH) if len(sides) > 1 else sides
        yield Finding(place, "", f"nobody of '{side}' hears of it.", nearest(side, known))


def _findings(place: str, text: str, names: frozenset[str]) -> Iterator[Finding]:
    from jinja2 import TemplateSyntaxError, nodes

    if not text.startswith(SUBJECT):
        yield Finding(
            place, "line 1", "it has no subject.", f"Begin the first line with '{SUBJECT.strip()}'."
        )
        return
    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as fault:
        advice = "Check the braces and the words within them in that line."
        yield Finding(place, f"line {fault.lineno}", f"{fault.message}.".replace("..", "."), advice)
        return
    made = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    for node in tree.find_all((nodes.Name, nodes.Getattr, nodes.Filter)):
        yield from _unknown(place, node, names | made)


def _unknown(place: str, node: "nodes.Node", names: frozenset[str]) -> Iterator[Finding]:
    from jinja2 import nodes

    if isinstance(node, nodes.Name) and node.ctx == "load":
        name, known, what = node.name, names | OF_JINJA, "name"
    elif isinstance(node, nodes.Getattr):
        name, known, what = node.attr, OF_VALUES | OF_JINJA, "name"
    elif isinstance(node, nodes.Filter):
        name, known, what = node.name, frozenset(_environment().filters), "filter"
    else:
        return
    if name not in known:
        yield Finding(
            place, f"line {node.lineno}", f"there is no {what} '{name}'.", nearest(name, known - OF_JINJA)
        )


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {
        "day": date_in_words,
        "distance": distance_in_words,
        "in_words": list_in_words,
        "plural": plural,
        "small": _small,
    }
    return environment


def _small(text: str) -> str:
    """With a small first letter inside a sentence, but for names: 'joint area review', 'Audit Commission's team'."""
    words = text.split(" ")
    is_name = not words[0][1:].islower() or (len(words) > 1 and words[1][:1].isupper())
    return text if is_name else f"{text[:1].lower()}{text[1:]}"


def _tidy(text: str) -> str:
    lines: list[str] = []
    for line in (line.rstrip() for line in text.strip("\n").split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines)
