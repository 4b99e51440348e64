"""The comparison of options as a table: one row a figure, one column an option."""

from collections.abc import Callable, Sequence

from reports.table import Cell, Table
from reports.words import WEEKS_OF_DELAY, weeks_of_delay
from scheduler.simulating import Estimate
from services.option_words import TERM_WORDS
from services.solves.scenarios import Scenario, options_in_words

Figure = tuple[str, Callable[[Scenario], Cell]]

COST: tuple[Figure, ...] = (
    ("Plan", lambda scenario: scenario.version),
    ("Uncovered places", lambda scenario: scenario.costs.uncovered_places),
    ("Cost of dates", lambda scenario: scenario.costs.date_cost),
    (
        f"Cost of dates, {WEEKS_OF_DELAY}",
        lambda scenario: weeks_of_delay(scenario.costs.date_cost, scenario.week),
    ),
    ("Proven bound", lambda scenario: scenario.bound),
    ("Gap, per cent", lambda scenario: _percent(scenario.gap)),
    ("Bound over all mixes", lambda scenario: scenario.mix_bound),
    ("Gap to all mixes, per cent", lambda scenario: _percent(scenario.mix_gap)),
    (
        "Areas by option",
        lambda scenario: options_in_words(scenario.mix.choice) if scenario.mix else None,
    ),
    ("Areas whose option is proven", lambda scenario: scenario.mix.num_decided if scenario.mix else None),
)

AREAS: tuple[Figure, ...] = (
    ("Weeks with a visit, mean of an area", lambda scenario: _round(scenario.measures.burden.mean)),
    ("Weeks with a visit, worst area", lambda scenario: scenario.measures.burden.worst),
    ("Weeks with a visit, worst half-year", lambda scenario: scenario.measures.burden.worst_half_year),
    ("Months between judgements, mean", lambda scenario: _round(scenario.measures.judgements.mean_months, 1)),
    (
        "Months between judgements, least",
        lambda scenario: _round(scenario.measures.judgements.least_months, 1),
    ),
    ("Months between judgements, most", lambda scenario: _round(scenario.measures.judgements.most_months, 1)),
    ("Visits", lambda scenario: scenario.measures.visits.num_visits),
    ("Joint visits", lambda scenario: scenario.measures.visits.num_joint),
)

PEOPLE: tuple[Figure, ...] = (
    ("Members common to both teams", lambda scenario: scenario.measures.shared_members.same_people),
    ("Members of joint teams", lambda scenario: scenario.measures.shared_members.joint_team),
    ("Members free for the assessment", lambda scenario: scenario.measures.shared_members.could_join),
    ("Members of reviews", lambda scenario: scenario.measures.shared_members.num_members),
    ("Travel, km", lambda scenario: scenario.measures.travel.km),
    ("Travel, km a seat", lambda scenario: _round(scenario.measures.travel.km_a_seat)),
    ("Unevenness of quarters, variation", lambda scenario: _round(scenario.measures.load.variation, 3)),
    ("Fullest quarter, person-weeks", lambda scenario: scenario.measures.load.peak),
    ("Inspectors needed at once", lambda scenario: scenario.measures.people_needed.inspectors),
    ("Inspectors with a seat", lambda scenario: scenario.measures.people_needed.named),
)

ROBUSTNESS: tuple[Figure, ...] = (
    ("Dates kept, per cent", lambda scenario: _share(scenario, "kept")),
    ("Dates moved in the slack, per cent", lambda scenario: _share_of_dates(scenario, "moved")),
    ("Dates missed, per cent", lambda scenario: _share_of_dates(scenario, "missed")),
    ("Dates", lambda scenario: scenario.robustness.num_dates if scenario.robustness else None),
    ("Draws with all dates kept, per cent", lambda scenario: _share(scenario, "all_kept")),
    ("Draws with no date missed, per cent", lambda scenario: _share(scenario, "none_missed")),
    ("Draws", lambda scenario: scenario.robustness.draws if scenario.robustness else None),
    ("Seats substituted in a draw", lambda scenario: _mean(scenario, "substituted")),
    ("Cost of replanning in a draw", lambda scenario: _mean(scenario, "replanning_cost")),
)


def options_table(scenarios: Sequence[Scenario]) -> Table:
    """All figures; those that are unknown for every option are left out."""
    rows: list[tuple[Cell, ...]] = [
        (words, *(read(scenario) for scenario in scenarios)) for words, read in COST
    ]
    rows += _terms(scenarios)
    for figures in (AREAS, PEOPLE):
        rows += [(words, *(read(scenario) for scenario in scenarios)) for words, read in figures]
    rows += _peaks(scenarios)
    rows += [(words, *(read(scenario) for scenario in scenarios)) for words, read in ROBUSTNESS]
    known = tuple(row for row in rows if any(cell is not None for cell in row[1:]))
    return Table(name="Options", columns=("", *(scenario.title for scenario in scenarios)), rows=known)


def markdown(table: Table) -> str:
    """A table as Markdown, numbers to the right."""

    def line(cells: Sequence[Cell]) -> str:
        return "| " + " | ".join("-" if cell is None else str(cell) for cell in cells) + " |"

    rule = "|---|" + "---:|" * (len(table.columns) - 1)
    return "\n".join([line(table.columns), rule, *(line(row) for row in table.rows)]) + "\n"


def _terms(scenarios: Sequence[Scenario]) -> list[tuple[Cell, ...]]:
    """A row for each term of both costs; terms that cost nothing anywhere are left out."""
    rows: list[tuple[Cell, ...]] = []
    for term, words in TERM_WORDS.items():
        costs = [scenario.costs.date_terms.get(term, 0) for scenario in scenarios]
        rows += [(f"Dates: {words.lower()}", *costs)] if any(costs) else []
    costs_of_people = [scenario.costs.team_cost for scenario in scenarios]
    rows.append(("Cost of people", *costs_of_people))
    weeks = [weeks_of_delay(cost, one.week) for cost, one in zip(costs_of_people, scenarios, strict=True)]
    rows.append((f"Cost of people, {WEEKS_OF_DELAY}", *weeks))
    for term in dict.fromkeys(term for scenario in scenarios for term in scenario.costs.team_terms):
        costs = [scenario.costs.team_terms.get(term, 0) for scenario in scenarios]
        rows += [(f"People: {term}", *costs)] if any(costs) else []
    return rows


def _peaks(scenarios: Sequence[Scenario]) -> list[tuple[Cell, ...]]:
    """People needed at once, by skill and pool."""
    needed = [scenario.measures.people_needed for scenario in scenarios]
    skills = sorted({skill for people in needed for skill in people.by_skill})
    pools = sorted({pool for people in needed for pool in people.by_pool})
    rows: list[tuple[Cell, ...]] = [
        (f"Needed at once: {skill}", *(people.by_skill.get(skill, 0) for people in needed))
        for skill in skills
    ]
    return rows + [
        (f"Needed at once: {pool}", *(people.by_pool.get(pool, 0) for people in needed)) for pool in pools
    ]


def _round(value: float | None, digits: int = 2) -> float | None:
    return None if value is None else round(value, digits)


def _percent(fraction: float | None) -> float | None:
    return None if fraction is None else round(100 * fraction, 3)


def _estimate(scenario: Scenario, name: str) -> Estimate | None:
    found = None if scenario.robustness is None else getattr(scenario.robustness, name)
    return found if isinstance(found, Estimate) else None


def _mean(scenario: Scenario, name: str) -> float | None:
    found = _estimate(scenario, name)
    return None if found is None else round(found.mean, 2)


def _share_of_dates(scenario: Scenario, name: str) -> float | None:
    """A number of dates as a share of all."""
    found, dates = _estimate(scenario, name), scenario.robustness.num_dates if scenario.robustness else 0
    return None if found is None or not dates else round(100 * found.mean / dates, 2)


def _share(scenario: Scenario, name: str) -> float | None:
    found = _estimate(scenario, name)
    return None if found is None else round(100 * found.mean, 2)
