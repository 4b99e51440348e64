"""The comparison of options as a table: one row a figure, one column an option."""

from collections.abc import Callable, Sequence

from reports.table import Cell, Table
from scheduler.simulating import Estimate
from services.option_words import TERM_WORDS
from services.solves.scenarios import Scenario, option_name, options_in_words

Figure = tuple[str, Callable[[Scenario], Cell]]

COST: tuple[Figure, ...] = (
    ("Plan", lambda own: own.version),
    ("Uncovered places", lambda own: own.costs.uncovered_places),
    ("Cost of dates", lambda own: own.costs.date_cost),
    ("Proven bound", lambda own: own.bound),
    ("Gap, per cent", lambda own: _percent(own.gap)),
    ("Bound over all mixes", lambda own: own.mix_bound),
    ("Gap to all mixes, per cent", lambda own: _percent(own.mix_gap)),
    ("Areas by option", lambda own: None if own.choice is None else options_in_words(own.choice)),
    ("Areas whose option is proven", lambda own: own.num_decided),
)

AREAS: tuple[Figure, ...] = (
    ("Weeks with a visit, mean of an area", lambda own: _round(own.measures.burden.mean)),
    ("Weeks with a visit, worst area", lambda own: own.measures.burden.worst),
    ("Weeks with a visit, worst half-year", lambda own: own.measures.burden.worst_half_year),
    ("Months between judgements, mean", lambda own: _round(own.measures.judgements.mean_months, 1)),
    ("Months between judgements, least", lambda own: _round(own.measures.judgements.least_months, 1)),
    ("Months between judgements, most", lambda own: _round(own.measures.judgements.most_months, 1)),
    ("Visits", lambda own: own.measures.visits.num_visits),
    ("Joint visits", lambda own: own.measures.visits.num_joint),
)

PEOPLE: tuple[Figure, ...] = (
    ("Members common to both teams", lambda own: own.measures.shared_members.same_people),
    ("Members of joint teams", lambda own: own.measures.shared_members.joint_team),
    ("Members free for the assessment", lambda own: own.measures.shared_members.could_join),
    ("Members of reviews", lambda own: own.measures.shared_members.num_members),
    ("Travel, km", lambda own: own.measures.travel.km),
    ("Travel, km a seat", lambda own: _round(own.measures.travel.km_a_seat)),
    ("Unevenness of quarters, variation", lambda own: _round(own.measures.load.variation, 3)),
    ("Fullest quarter, person-weeks", lambda own: own.measures.load.peak),
    ("Inspectors needed at once", lambda own: own.measures.people_needed.inspectors),
    ("Inspectors with a seat", lambda own: own.measures.people_needed.named),
)

ROBUSTNESS: tuple[Figure, ...] = (
    ("Draws", lambda own: own.robustness.draws if own.robustness else None),
    ("Dates kept, per cent", lambda own: _share(own, "kept")),
    ("All dates kept, per cent of draws", lambda own: _share(own, "all_kept")),
    ("No date missed, per cent of draws", lambda own: _share(own, "none_missed")),
    ("Dates moved in the slack", lambda own: _mean(own, "moved")),
    ("Dates missed", lambda own: _mean(own, "missed")),
    ("Seats substituted", lambda own: _mean(own, "substituted")),
    ("Cost of replanning", lambda own: _mean(own, "replanning_cost")),
)


def options_table(scenarios: Sequence[Scenario]) -> Table:
    """All figures; those that are unknown for every option are left out."""
    rows: list[tuple[Cell, ...]] = [(words, *(read(own) for own in scenarios)) for words, read in COST]
    rows += _terms(scenarios)
    for figures in (AREAS, PEOPLE):
        rows += [(words, *(read(own) for own in scenarios)) for words, read in figures]
    rows += _peaks(scenarios)
    rows += [(words, *(read(own) for own in scenarios)) for words, read in ROBUSTNESS]
    known = tuple(row for row in rows if any(cell is not None for cell in row[1:]))
    return Table(name="Options", columns=("", *(option_name(own.name) for own in scenarios)), rows=known)


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
        costs = [own.costs.date_terms.get(term, 0) for own in scenarios]
        rows += [(f"Dates: {words.lower()}", *costs)] if any(costs) else []
    rows.append(("Cost of people", *(own.costs.team_cost for own in scenarios)))
    for term in dict.fromkeys(term for own in scenarios for term in own.costs.team_terms):
        costs = [own.costs.team_terms.get(term, 0) for own in scenarios]
        rows += [(f"People: {term}", *costs)] if any(costs) else []
    return rows


def _peaks(scenarios: Sequence[Scenario]) -> list[tuple[Cell, ...]]:
    """People needed at once, by skill and pool."""
    needed = [own.measures.people_needed for own in scenarios]
    skills = sorted({skill for own in needed for skill in own.by_skill})
    pools = sorted({pool for own in needed for pool in own.by_pool})
    rows: list[tuple[Cell, ...]] = [
        (f"Needed at once: {skill}", *(own.by_skill.get(skill, 0) for own in needed)) for skill in skills
    ]
    return rows + [
        (f"Needed at once: {pool}", *(own.by_pool.get(pool, 0) for own in needed)) for pool in pools
    ]


def _round(value: float | None, digits: int = 2) -> float | None:
    return None if value is None else round(value, digits)


def _percent(fraction: float | None) -> float | None:
    return None if fraction is None else round(100 * fraction, 3)


def _estimate(own: Scenario, name: str) -> Estimate | None:
    found = None if own.robustness is None else getattr(own.robustness, name)
    return found if isinstance(found, Estimate) else None


def _mean(own: Scenario, name: str) -> float | None:
    found = _estimate(own, name)
    return None if found is None else round(found.mean, 2)


def _share(own: Scenario, name: str) -> float | None:
    found = _estimate(own, name)
    return None if found is None else round(100 * found.mean, 2)
