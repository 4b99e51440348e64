"""The step of a solve in which people turn out to be scarce: what it begins with, and what becomes of its answer."""

from dataclasses import replace

from scheduler.dates.running import Running
from scheduler.run.answers import DatesAnswer, TeamsAnswer
from scheduler.scarce.answer import Covering
from scheduler.scarce.search import cover
from scheduler.values.proof import Certificate
from scheduler.values.result import Status


def cover_places(
    run: Running, dates: DatesAnswer, teams: TeamsAnswer | None
) -> tuple[DatesAnswer, TeamsAnswer | None]:
    """Dates and teams with fewer uncovered places, in the time that is left of the whole solve.

    Parameters
    ----------
    dates, teams
        What is there so far; it is kept if nothing better is found.

    Returns
    -------
    The best dates and teams, with the proven minimum of uncovered places over all dates and its certificate.
    """
    found = cover(run, dates.starts, teams, run.seconds_left())
    return _merged(dates, teams, found), found.teams


def _merged(dates: DatesAnswer, teams: TeamsAnswer | None, found: Covering) -> DatesAnswer:
    """The answer of the dates with what the covering found and proved."""
    known = replace(
        dates,
        certificates=_certificates(dates, found),
        trace=(*dates.trace, *found.trace),
        uncovered_bound=_least(dates, found),
        was_stopped=dates.was_stopped or found.was_stopped,
    )
    if found.starts is None or found.teams is None or found.date_cost is None:
        return known
    bound = _bound(dates, found)
    is_optimal = found.date_cost == bound and found.teams.uncovered == _least(dates, found)
    status = Status.OPTIMAL if is_optimal else Status.FEASIBLE
    figures = dates.figures.revised(status, found.date_cost, bound).noted(_remark(dates, teams, found))
    starts = {name: tuple(weeks) for name, weeks in found.starts.items()}
    return replace(known, starts=starts, figures=figures)


def _least(dates: DatesAnswer, found: Covering) -> int:
    """The proven minimum of uncovered places; a proof that no dates suffice is one of at least one place."""
    return max(found.uncovered_bound, int(bool(dates.impossible)))


def _remark(dates: DatesAnswer, teams: TeamsAnswer | None, found: Covering) -> str:
    assert found.teams is not None
    before = "" if teams is None else f" instead of {teams.uncovered} with dates for {dates.cost}"
    covers_more = teams is None or found.teams.uncovered < teams.uncovered
    gain = (
        "so that more places are covered" if covers_more else "to cheaper weeks with as many places covered"
    )
    moved = "" if found.starts == dates.starts else f"Some dates were moved {gain}. "
    return (
        f"{moved}{found.teams.uncovered} places stay uncovered with dates for {found.date_cost}{before}; "
        f"it is proven that no dates leave fewer than {_least(dates, found)}."
    )


def _certificates(dates: DatesAnswer, found: Covering) -> tuple[Certificate, ...]:
    """Those that hold beside uncovered places, then what the covering proved; the prices of pools come first.

    That no fewer than 0 places stay uncovered needs no proof. Dates that count people by week are no longer looked
    for, so what they cost at least is not of interest.
    """
    kept = [proof for proof in dates.certificates if proof.kind != "dates" or proof.whole_teams]
    known = max((proof.bound for proof in kept if proof.kind == "dates"), default=-1)
    better, places = found.date_certificate, found.teams.uncovered if found.teams else 0
    if better is not None and better.bound > known and places == 0:
        kept.append(better)
    return tuple(kept) if kept and found.uncovered_bound == 0 else (*kept, found.certificate)


def _bound(dates: DatesAnswer, found: Covering) -> int | None:
    """What dates with no more uncovered places cost at least."""
    if found.date_bound is None or found.teams is None:
        return None
    is_whole = any(proof.kind == "dates" and proof.whole_teams for proof in dates.certificates)
    if found.teams.uncovered == 0 and is_whole and dates.bound is not None:
        return max(dates.bound, found.date_bound)
    return found.date_bound
