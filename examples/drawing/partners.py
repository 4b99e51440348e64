"""Organisations that work with each council for children (R004), their chief officers, and who monitors them (R093)."""

from collections.abc import Iterator, Sequence
from random import Random

from drawing import police
from drawing.areas import Area
from drawing.contacts import host_of
from drawing.names import RIVER, address, people

COUNTY = "county"

FORCE_BY_AREA = {area: force for force, areas in police.FORCES.items() for area in areas}

PartnerRow = tuple[str, str, str, str, str, str]


def partners(areas: Sequence[Area], draw: Random) -> Iterator[PartnerRow]:
    """(area, name, kind, chief officer, mail address, monitoring body); names of people are made up."""
    names = people(RIVER, draw)
    for area in areas:
        for name, kind, monitor in organisations(area):
            officer = next(names)
            yield (
                area.code,
                name,
                kind,
                officer,
                address(officer, f"{kind.replace('_', '-')}.{host_of(area)}"),
                monitor,
            )


def organisations(area: Area) -> Iterator[tuple[str, str, str]]:
    """(name, kind, body that monitors it): seven in each area, in counties also the district councils."""
    force = FORCE_BY_AREA.get(area.code, area.name)
    yield f"{force} Police Authority", "police_authority", "HMIC"
    yield f"{force} Police", "police", "HMIC"
    yield f"{force} Probation Board", "probation_board", "HMIProbation"
    yield f"{area.region} Strategic Health Authority", "strategic_health_authority", "HC"
    yield f"{area.name} Primary Care Trust", "primary_care_trust", "HC"
    yield f"Connexions {area.name}", "connexions", "Ofsted"
    yield f"Learning and Skills Council, {area.name}", "learning_and_skills_council", "ALI"
    if area.type == COUNTY:
        yield f"District councils of {area.name}", "district_councils", "AC"
