"""The step of a solve in which a small programme is proven: what it begins with, and what becomes of its answer."""

from collections.abc import Iterator
from dataclasses import replace

from scheduler.dates.running import Running
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.people import Schedule
from scheduler.people.staff import Staff
from scheduler.run.answers import DatesAnswer, TeamsAnswer, moved
from scheduler.teams.assignment import find_teams
from scheduler.together.search import WholeSearch
from scheduler.together.whole_model import is_large, timetables_of_all
from scheduler.values.result import Status, gap

DISBELIEVED = "What a solver said of dates and people together failed when recomputed, so it proves nothing."


def is_open(run: Running, dates: DatesAnswer, teams: TeamsAnswer) -> bool:
    """Whether another plan may leave fewer places uncovered, or have cheaper dates than the gap aimed at allows."""
    if teams.uncovered > _least(dates, teams):
        return True
    if dates.cost is None or dates.bound is None:
        return True
    return gap(dates.cost, dates.bound) > run.params.gap_target


def is_small(run: Running) -> bool:
    """Whether all timetables of all areas fit into one model with their people."""
    units, staff = Units(run.problem, run.prepared.shared), Staff(run.problem)
    everything = timetables_of_all(units)
    return everything is not None and not is_large(staff, everything, run.seconds_left())


def prove_together(run: Running, dates: DatesAnswer, teams: TeamsAnswer) -> tuple[DatesAnswer, TeamsAnswer]:
    """Search the plans of a small programme, in what is left of the whole time, at most as long as teams may take.

    Parameters
    ----------
    dates, teams
        The plan so far and what is proven; both are kept where nothing better is found.

    Returns
    -------
    The best dates and teams, with what is proven of uncovered places and of the cost of dates.
    """
    assert dates.starts is not None
    is_about_all = teams.uncovered == 0 or dates.uncovered_bound is not None
    known = dates.bound if is_about_all else None
    plan = Schedule(dates.starts, teams.members)
    seconds = min(run.params.teams_seconds, run.seconds_left())
    search = WholeSearch(run, plan, _least(dates, teams), known or 0, seconds)
    search.search(dates.certificates)
    if search.best is search.first:
        return _told(dates, dates.bound, search), teams
    return _told(dates, known, search), _teams(run, teams, search)


def cover_together(
    run: Running, dates: DatesAnswer, teams: TeamsAnswer, seconds: float
) -> tuple[DatesAnswer, TeamsAnswer] | None:
    """Dates and people that cover every place of a small programme, as cheap as they are found; None if there are none.

    Parameters
    ----------
    dates, teams
        Dates that could let every place be covered, with their bound, and teams that leave some uncovered.
    """
    certificates = tuple(proof for proof in dates.certificates if proof.kind == "dates" and proof.whole_teams)
    if not certificates or dates.starts is None:
        return None
    search = WholeSearch(run, Schedule(dates.starts, teams.members), 0, dates.bound or 0, seconds)
    search.cover_near(certificates)
    if search.best.uncovered > 0 or search.is_disbelieved:
        return None
    found = moved(dates, search.best.schedule.starts, search.best.date_cost, 0)
    stopped = dates.was_stopped or search.was_stopped
    return replace(found, was_stopped=stopped), _teams(run, teams, search)


def _teams(run: Running, teams: TeamsAnswer, search: WholeSearch) -> TeamsAnswer:
    """The cheapest people for the dates that the search found, in the time that is left."""
    best = search.best.schedule
    left = run.within(min(run.params.teams_seconds, run.seconds_left())).ended_if(search.was_stopped)
    better = find_teams(left, best.starts, best.members)
    return better.model_copy(update={"trace": (*teams.trace, *better.trace)})


def _least(dates: DatesAnswer, teams: TeamsAnswer) -> int:
    """The proven minimum of uncovered places over all dates; a proof that no dates suffice is one of one place."""
    if teams.uncovered == 0:
        return 0
    return max(dates.uncovered_bound or 0, int(bool(dates.impossible)))


def _told(dates: DatesAnswer, known: int | None, search: WholeSearch) -> DatesAnswer:
    """The answer with the dates that the search found, and what it proved of them beyond the bound that is known."""
    best, places = search.best, search.uncovered_bound
    proved_more = search.date_bound > (known or 0)
    bound = search.date_bound if proved_more else known
    is_optimal = best.uncovered == places and best.date_cost == bound
    status = Status.OPTIMAL if is_optimal else Status.FEASIBLE
    figures = dates.figures.revised(status, best.date_cost, bound).noted(
        *_remarks(dates, search, proved_more)
    )
    return replace(
        dates,
        starts=dict(best.schedule.starts),
        figures=figures.model_copy(update={"searched_with_people": proved_more}),
        trace=(*dates.trace, *search.places.trace, *search.dates.trace),
        uncovered_bound=places,
        was_stopped=dates.was_stopped or search.was_stopped,
    )


def _remarks(dates: DatesAnswer, search: WholeSearch, proved_more: bool) -> Iterator[str]:
    """What the search changed, and what it proves beyond what was proven before."""
    first, best = search.first, search.best
    if best.rank < first.rank:
        yield (
            f"Dates and people of all areas were chosen together: {best.uncovered} places stay uncovered with dates "
            f"for {best.date_cost}, instead of {first.uncovered} with dates for {first.date_cost}."
        )
    if search.uncovered_bound > (dates.uncovered_bound or 0):
        yield (
            "A solver searched dates and people of all areas together and says that no plan leaves fewer than "
            f"{search.uncovered_bound} places uncovered."
        )
    if proved_more:
        yield (
            "A solver searched dates and people of all areas together and says that no plan with as few uncovered "
            f"places has dates for less than {search.date_bound}; the certificate holds what prices alone prove."
        )
    if search.is_disbelieved:
        yield DISBELIEVED
