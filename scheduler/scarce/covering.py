"""The step of a solve in which people turn out to be scarce: what it begins with, and what becomes of its answer."""

from dataclasses import replace

from scheduler.dates.running import Running
from scheduler.run.answers import DatesAnswer, TeamsAnswer
from scheduler.scarce.answer import Covering, Found
from scheduler.scarce.search import cover
from scheduler.values.proof import Certificate
from scheduler.values.result import Status


def cover_places(
    run: Running, dates: DatesAnswer, teams: TeamsAnswer | None, seconds: float
) -> tuple[DatesAnswer, TeamsAnswer | None]:
    """Dates and teams with fewer uncovered places, within a time limit.

    Parameters
    ----------
    dates, teams
        What is there so far; it is kept if nothing better is found.

    Returns
    -------
    The best dates and teams, with the proven minimum of uncovered places over all dates and its certificate.
    """
    found = cover(run, dates.starts, teams, seconds)
    best = found.best
    known = replace(
        dates if best is None else _moved(dates, teams, found, best),
        certificates=_certificates(dates, found),
        trace=(*dates.trace, *found.trace),
        uncovered_bound=_least(dates, found),
        was_stopped=dates.was_stopped or found.was_stopped,
    )
    return known, None if best is None else best.teams


def _moved(dates: DatesAnswer, teams: TeamsAnswer | None, found: Covering, best: Found) -> DatesAnswer:
    """The answer with the dates that the covering found, and what it proved of them."""
    bound, least = _bound(dates, found, best), _least(dates, found)
    is_optimal = best.date_cost == bound and best.teams.uncovered == least
    status = Status.OPTIMAL if is_optimal else Status.FEASIBLE
    remark = _remark(dates, teams, best, least)
    figures = dates.figures.revised(status, best.date_cost, bound).noted(remark)
    return replace(dates, starts=best.starts, figures=figures)


def _least(dates: DatesAnswer, found: Covering) -> int:
    """The proven minimum of uncovered places; a proof that no dates suffice is one of at least one place."""
    return max(found.uncovered_bound, int(bool(dates.impossible)))


def _remark(dates: DatesAnswer, teams: TeamsAnswer | None, best: Found, least: int) -> str:
    before = "" if teams is None else f" instead of {teams.uncovered} with dates for {dates.cost}"
    covers_more = teams is None or best.teams.uncovered < teams.uncovered
    gain = (
        "so that more places are covered" if covers_more else "to cheaper weeks with as many places covered"
    )
    moved = "" if best.starts == dates.starts else f"Some dates were moved {gain}. "
    return (
        f"{moved}{best.teams.uncovered} places stay uncovered with dates for {best.date_cost}{before}; "
        f"it is proven that no dates leave fewer than {least}."
    )


def _certificates(dates: DatesAnswer, found: Covering) -> tuple[Certificate, ...]:
    """Those that hold beside uncovered places, then what the covering proved; the prices of pools come first.

    That no fewer than 0 places stay uncovered needs no proof. Dates that count people by week are no longer looked
    for, so what they cost at least is not of interest.
    """
    kept = [proof for proof in dates.certificates if proof.kind != "dates" or proof.whole_teams]
    known = max((proof.bound for proof in kept if proof.kind == "dates"), default=-1)
    better, places = found.date_certificate, found.best.teams.uncovered if found.best else 0
    if better is not None and better.bound > known and places == 0:
        kept.append(better)
    return tuple(kept) if kept and found.uncovered_bound == 0 else (*kept, found.certificate)


def _bound(dates: DatesAnswer, found: Covering, best: Found) -> int | None:
    """What dates with no more uncovered places cost at least."""
    is_whole = any(proof.kind == "dates" and proof.whole_teams for proof in dates.certificates)
    if found.date_bound is not None and best.teams.uncovered == 0 and is_whole and dates.bound is not None:
        return max(dates.bound, found.date_bound)
    return found.date_bound
