"""Made-up people: common first names with birds and plants (inspectors) or rivers (councils) as surnames."""

from collections.abc import Iterator
from random import Random

from drawing.table_files import read_source

BIRD_OR_PLANT, RIVER = "bird or plant", "river"


def people(surnames: str, draw: Random) -> Iterator[str]:
    """Names without end, no two alike; `surnames` is the kind to draw from."""
    names: dict[str, list[str]] = {}
    for row in read_source("made_up_names.csv"):
        names.setdefault(row["kind"], []).append(row["name"])
    seen: set[str] = set()
    while True:
        name = f"{draw.choice(names['first'])} {draw.choice(names[surnames])}"
        if name not in seen:
            seen.add(name)
            yield name


def address(name: str, host: str) -> str:
    """A mail address in the domain that is reserved for examples (RFC 2606)."""
    return f"{name.lower().replace(' ', '.')}@{host}.example"
