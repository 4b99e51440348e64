"""Who is told: directors or nominated officers, chief executives, managers of youth teams, and the bodies' desks."""

from collections.abc import Collection, Iterator, Sequence
from random import Random

from drawing.areas import Area
from drawing.names import RIVER, address, people

WITHOUT_DIRECTOR = 0.2


DESKS = (
    ("lead_inspectorate", "Joint reviews desk", "joint-reviews@ofsted.example", "020 7946 0101"),
    (
        "audit_commission",
        "Corporate assessments desk",
        "corporate-assessments@audit.example",
        "020 7946 0102",
    ),
    ("hmi_probation", "Youth inspections desk", "youth-inspections@hmip.example", "020 7946 0103"),
    ("operations", "Programme office", "programme@jarcycle.example", "020 7946 0100"),
)
"""Desks that serve every area: role, name, address, and a number that is kept for fiction."""

ContactRow = tuple[str, str, str, str, str]


def contacts(areas: Sequence[Area], with_youth_teams: Collection[str], draw: Random) -> Iterator[ContactRow]:
    """(area, role, name, mail address, telephone); made up, in domains that nobody has (R064, R067).

    Areas in which a youth offending team is to be inspected have its manager, too.
    """
    yield from (("", role, name, mail, telephone) for role, name, mail, telephone in DESKS)
    names = people(RIVER, draw)
    for area in areas:
        role = "nominated_officer" if draw.random() < WITHOUT_DIRECTOR else "director"
        for each_role in (role, "chief_executive"):
            name = next(names)
            yield area.code, each_role, name, address(name, host_of(area)), ""
    for area in areas:
        if area.code in with_youth_teams:
            name = next(names)
            yield area.code, "yot_manager", name, address(name, host_of(area)), ""


def host_of(area: Area) -> str:
    """The made-up domain of a council, without its ending."""
    signs = (sign if sign.isalnum() else "-" for sign in area.name.lower())
    return "".join(signs).replace("--", "-").strip("-")
