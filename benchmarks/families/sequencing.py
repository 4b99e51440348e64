"""Links between the activities of an area: the sequencing option, closeness and distance."""

from benchmarks.families.family import Option
from scheduler.values.problem import ApartLink, Area, LagLink, Link, NearLink, StageRef, WithinLink


def area_links(areas: tuple[Area, ...], options: list[Option]) -> list[Link]:
    """The option of each area; a third is inspected near the review, a third should not be."""
    links: list[Link] = []
    for index, (area, option) in enumerate(zip(areas, options, strict=True)):
        analysis = StageRef(activity=f"jar-{area.id}", stage="analysis")
        fieldwork = StageRef(activity=f"jar-{area.id}", stage="fieldwork")
        assessment = StageRef(activity=f"ca-{area.id}", stage="on_site")
        links.append(_sequencing(option, analysis, fieldwork, assessment))
        if index % 3 == 0:
            inspection = StageRef(activity=f"yot-{area.id}", stage="on_site")
            links.append(NearLink(one=fieldwork, other=inspection, cap_weeks=26, price_per_week=3))
        if index % 3 == 1:
            inspection = StageRef(activity=f"fostering-{area.id}", stage="on_site")
            links.append(
                ApartLink(one=fieldwork, other=inspection, cap_weeks=8, price_per_week=4, term="burden")
            )
    return links


def _sequencing(option: Option, analysis: StageRef, fieldwork: StageRef, assessment: StageRef) -> Link:
    """The link of one of the four options (R030, R032, R034, R036)."""
    if option == 1:
        return LagLink(before=fieldwork, after=assessment, table="six-to-nine-months", price_per_week=1)
    if option == 2:
        return LagLink(before=assessment, after=analysis, table="six-to-nine-months", price_per_week=1)
    if option == 3:
        return WithinLink(inner=assessment, outer=fieldwork)
    return ApartLink(one=fieldwork, other=assessment, cap_weeks=78, price_per_week=2)
