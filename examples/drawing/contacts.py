"""Who is told: directors or nominated officers, chief executives, and the bodies' desks."""

from collections.abc import Iterator, Sequence
from random import Random

from drawing.areas import Area
from drawing.names import RIVER, address, people

WITHOUT_DIRECTOR = 0.2


def contacts(areas: Sequence[Area], draw: Random) -> Iterator[tuple[str, str, str, str]]:
    """(area, role, name, mail address); made up, in domains that nobody has (R064, R067)."""
    yield "", "lead_inspectorate", "Joint reviews desk", "joint-reviews@ofsted.example"
    yield "", "operations", "Programme office", "programme@jarcycle.example"
    names = people(RIVER, draw)
    for area in areas:
        host = (
            "".join(sign if sign.isalnum() else "-" for sign in area.name.lower())
            .replace("--", "-")
            .strip("-")
        )
        role = "nominated_officer" if draw.random() < WITHOUT_DIRECTOR else "director"
        for each_role in (role, "chief_executive"):
            name = next(names)
            yield area.code, each_role, name, address(name, host)
