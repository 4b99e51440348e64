"""What each option means, side by side: cost and what is proven, areas, people, robustness (R028, R038)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlmodel import Session, col, select

from models import Area
from scheduler.measures import Measures, measure_plan
from scheduler.simulating import Robustness, simulate
from scheduler.values.plan import Costs, Plan
from scheduler.values.problem import Problem
from scheduler.values.result import gap_if_known
from services import audit
from services.naming.cost_unit import price_of_week
from services.option_words import MIXED, option_meanings
from services.plans.staleness import facts_may_change
from services.solves.solving import Clock


@dataclass(frozen=True)
class Draws:
    """How robustness is simulated: how many draws (0: not at all), and from which seed."""

    number: int
    seed: int = 0


NO_DRAWS = Draws(0)


class Mix(Protocol):
    """The options of a mixed programme and what is proven of them, whoever solved it."""

    @property
    def choice(self) -> Mapping[str, str]:
        """Option by area."""

    @property
    def bound(self) -> int | None:
        """No mix of options without an uncovered place costs less in dates; None if unknown."""

    @property
    def num_decided(self) -> int:
        """Areas for which another option is proven to cost more than these dates."""


@dataclass(frozen=True)
class Scenario:
    """One programme and what it means.

    Attributes
    ----------
    name
        '1' to '4', 'mixed', or what people call it.
    version
        The stored draft, None where there is none.
    bound, gap
        Proven lower bound of the cost of dates under this option, and the distance to it as a fraction.
    mix
        Which option each area follows, and what is proven of that; None of a programme under one option.
    robustness
        None where nothing was simulated.
    pair
        The two kinds that the options sequence, if there are such.
    week
        What a week of delay of the most urgent area costs.
    """

    name: str
    version: int | None
    costs: Costs
    bound: int | None
    gap: float | None
    measures: Measures
    robustness: Robustness | None = None
    mix: Mix | None = None
    pair: tuple[str, str] | None = None
    week: int = 0

    @property
    def title(self) -> str:
        """'Option 3 (concurrent)', 'Mixed', or the name of a file."""
        return option_name(self.name, self.pair)

    @property
    def mix_bound(self) -> int | None:
        """What any mix of options costs at least in dates."""
        return None if self.mix is None else self.mix.bound

    @property
    def mix_gap(self) -> float | None:
        """Distance of the mix from what any mix costs at least, as a fraction."""
        return gap_if_known(self.costs.date_cost, self.mix_bound)


def scenario(
    name: str,
    problem: Problem,
    plan: Plan,
    *,
    version: int | None = None,
    bound: int | None = None,
    draws: Draws = NO_DRAWS,
    mix: Mix | None = None,
) -> Scenario:
    """Measure one programme."""
    return Scenario(
        name=name,
        version=version,
        costs=plan.costs,
        bound=bound,
        gap=gap_if_known(plan.costs.date_cost, bound),
        measures=measure_plan(problem, plan),
        robustness=simulate(problem, plan, draws=draws.number, seed=draws.seed) if draws.number else None,
        mix=mix,
        pair=problem.pair,
        week=price_of_week(problem),
    )


def option_name(name: str, pair: tuple[str, str] | None) -> str:
    """'Option 3 (concurrent)', 'Mixed'; another name stays as it is.

    Parameters
    ----------
    pair
        The two kinds that the options sequence.
    """
    if name == MIXED:
        return "Mixed"
    meanings = option_meanings(pair)
    return f"Option {name} ({meanings[name]})" if name in meanings else name


def options_in_words(choice: Mapping[str, str]) -> str:
    """'option 3: 90, option 4: 60': how many areas follow each option."""
    counts = Counter(choice.values())
    return ", ".join(f"option {name}: {count}" for name, count in sorted(counts.items()))


def adopt_mix(
    session: Session, choice: Mapping[str, str], who: str, clock: Clock, day: date | None = None
) -> int:
    """Make the options of a mix those of the areas, so that `mixed` means them from now on (R039).

    Parameters
    ----------
    day
        The day on which the mix was asked for.

    Returns
    -------
    Number of areas whose option changes.
    """
    changed = 0
    with facts_may_change(session, "A mix was adopted: areas have other options.", who, clock(), day):
        for area in session.exec(select(Area).order_by(col(Area.code))):
            wanted = choice.get(area.code)
            if wanted is not None and area.option != int(wanted):
                audit.record(
                    session,
                    who,
                    clock(),
                    "set option",
                    f"{area.code} option",
                    before=area.option,
                    after=int(wanted),
                    why="a mix was adopted",
                )
                area.option, changed = int(wanted), changed + 1
    return changed
