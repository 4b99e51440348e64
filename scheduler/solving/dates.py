"""Dates as far as people allow them: for whole teams, else with people counted by week, else without people."""

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scheduler.cost import date_terms
from scheduler.dates.running import Running
from scheduler.run.answers import DatesAnswer
from scheduler.values.result import COUNTED_BY_WEEK, PhaseFigures, Shortage, Status
from scheduler.values.value import Starts

if TYPE_CHECKING:
    from scheduler.dates.rows import Rows

NO_DATES_FOR_ALL = (
    "It is proven that no dates let every place be covered; people are too short for the weekly pools."
)
NONE_FOUND_FOR_ALL = "No dates that let every place be covered were found in the time for dates"
"""A fact about that time, which stays true if such dates are found later, together with people."""

FEW_MISSING_SHARE = 0.5
"""Share of the time for dates that may go into dates at which few people are missing."""


@dataclass(frozen=True)
class DatesLadder:
    """Climbs down, one demand on people after the other, until there are dates."""

    run: Running

    def lacks_people_only(self) -> bool:
        """Whether there are dates as far as windows, links and limits go: then people are short, not dates."""
        from scheduler.counting.pre_check import lacking

        if not self.run.has_teams():
            return False
        return not lacking(self.run.prepared.without_people.rows(whole_teams=True))

    def dates(self, hint: Starts | None, shortages: tuple[Shortage, ...]) -> DatesAnswer:
        """Dates for which every place could be covered, else dates that count people by week only, or not at all."""
        if shortages:
            none = self.counted(shortages)
            return self._dates_without_people(hint, none)
        whole = self._dates_with(hint, self.run.prepared.rows(whole_teams=True))
        if whole.starts is not None or whole.was_stopped or not self.run.has_teams():
            return whole
        left = self.run.params.dates_seconds - whole.figures.seconds
        loose = self._dates_with(hint, self.run.prepared.rows(whole_teams=False), left)
        if loose.starts is None:
            return self._dates_without_people(hint, whole)
        is_proven = whole.status is Status.INFEASIBLE
        known = "It is proven that no dates let every place be covered" if is_proven else NONE_FOUND_FOR_ALL
        remark = f"{known}; for these {COUNTED_BY_WEEK}."
        figures = loose.figures.model_copy(update={"remarks": (remark, *loose.figures.remarks)})
        certificates = (*loose.certificates, *whole.impossible)
        return replace(loose, figures=figures, shortages=whole.shortages, certificates=certificates)

    def _dates_without_people(self, hint: Starts | None, whole: DatesAnswer) -> DatesAnswer:
        """Dates to begin with where people are so short that not even the weekly pools can be kept.

        First those at which few people are missing, else any there are.
        """
        found = self._dates_with_few_missing()
        if found is None:
            rows = self.run.prepared.without_people.rows(whole_teams=False)
            found = self._dates_with(hint, rows, self.run.seconds_left())
        if found.starts is None:
            return self._about_this_problem(found) if found.status is Status.INFEASIBLE else whole
        is_proven = whole.status is Status.INFEASIBLE
        remark = NO_DATES_FOR_ALL if is_proven else f"{NONE_FOUND_FOR_ALL}; in these, people may be missing."
        figures = found.figures.revised(Status.FEASIBLE, found.cost, None)
        figures = figures.model_copy(update={"remarks": (remark, *found.figures.remarks)})
        return replace(found, figures=figures, certificates=whole.impossible, shortages=whole.shortages)

    def _about_this_problem(self, found: DatesAnswer) -> DatesAnswer:
        """What was found without people as an answer to the problem itself: the same prices prove the same of it."""
        named = {"problem_hash": self.run.problem.hash}
        certificates = tuple(certificate.model_copy(update=named) for certificate in found.certificates)
        return replace(found, certificates=certificates)

    def _dates_with_few_missing(self) -> DatesAnswer | None:
        from scheduler.dates.few_missing import dates_with_few_missing
        from scheduler.scarce.bound import uncovered_price

        run = self.run
        progress = run.progress(
            "dates", min(run.params.dates_seconds, run.seconds_left()) * FEW_MISSING_SHARE
        )
        price = uncovered_price(run.prepared.shared)
        starts = dates_with_few_missing(run.prepared, price, progress.must_end, run.params.seed)
        if starts is None:
            return None
        run.keeper.offer(starts)
        cost = sum(date_terms(run.problem, starts).values())
        progress.found(cost)
        figures = PhaseFigures.of(Status.FEASIBLE, cost, None, time.monotonic() - run.started)
        return DatesAnswer(dict(starts), figures, (), tuple(progress.trace))

    def _dates_with(self, hint: Starts | None, rows: "Rows", seconds: float | None = None) -> DatesAnswer:
        from scheduler.dates.search import find_dates

        return find_dates(self.run, rows, hint, seconds)

    def counted(self, shortages: tuple[Shortage, ...]) -> DatesAnswer:
        """What the pre-check says of dates for which every place could be covered."""
        from scheduler.counting.counted_proof import prove_counted

        found = prove_counted(self.run.prepared, shortages, self.run.params.dates_seconds)
        certificates = () if found is None else (found,)
        seconds = time.monotonic() - self.run.started
        remarks = ("Proven impossible by counting, before any search.",)
        figures = PhaseFigures.of(Status.INFEASIBLE, None, None, seconds, remarks)
        return DatesAnswer(None, figures, certificates, shortages=shortages)
