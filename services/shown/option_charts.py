"""The trade-off between options as a picture: what one gains in one respect and pays in another (R038)."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from reports.dots import Dot, DotChart
from services.solves.scenarios import Scenario


class Across(StrEnum):
    """What the picture shows from left to right."""

    MONTHS = "months"
    BURDEN = "burden"
    PEOPLE = "people"
    KEPT = "kept"


class Up(StrEnum):
    """What the picture shows from bottom to top."""

    COST = "cost"
    URGENCY = "urgency"


AXES: dict[Across, tuple[str, Callable[[Scenario], float | None]]] = {
    Across.MONTHS: (
        "Months between the two judgements, mean",
        lambda scenario: scenario.measures.judgements.mean_months,
    ),
    Across.BURDEN: ("Weeks with a visit, mean of an area", lambda scenario: scenario.measures.burden.mean),
    Across.PEOPLE: (
        "Inspectors needed at once",
        lambda scenario: float(scenario.measures.people_needed.inspectors),
    ),
    Across.KEPT: (
        "Dates kept, per cent",
        lambda scenario: None if scenario.robustness is None else 100 * scenario.robustness.kept.mean,
    ),
}

HEIGHTS: dict[Up, tuple[str, Callable[[Scenario], float]]] = {
    Up.COST: ("Cost of dates", lambda scenario: float(scenario.costs.date_cost)),
    Up.URGENCY: (
        "Cost of delay (urgency)",
        lambda scenario: float(scenario.costs.date_terms.get("urgency", 0)),
    ),
}


def trade_off_dots(
    scenarios: Sequence[Scenario], across: Across = Across.MONTHS, up: Up = Up.COST
) -> DotChart:
    """One dot an option; options without the figure across are left out."""
    words, read = AXES[across]
    height_words, height = HEIGHTS[up]
    dots = [
        Dot(name=scenario.title, x=x, y=height(scenario))
        for scenario in scenarios
        if (x := read(scenario)) is not None
    ]
    return DotChart(
        dots=tuple(dots), x_words=words, y_words=height_words, title=_finding(dots, words, height_words)
    )


def _finding(dots: Sequence[Dot], words: str, height_words: str) -> str:
    """'Mixed has the least cost of dates: 38,153': what the dots say first."""
    if not dots:
        return "There is nothing to compare"
    best = min(dots, key=lambda dot: (dot.y, dot.name))
    return f"{best.name}: least {height_words.lower()}, {best.y:,.0f}, at {best.x:.1f} ({words.lower()})"
