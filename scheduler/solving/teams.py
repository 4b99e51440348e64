"""Teams for dates, and better dates and teams where people turn out to be scarce."""

from dataclasses import dataclass, replace

from scheduler.cost import date_terms
from scheduler.dates.running import Running
from scheduler.run.answers import DatesAnswer, TeamsAnswer, moved
from scheduler.run.keeper import broken_off, teams_of
from scheduler.solving.sound_answer import Found
from scheduler.values.result import gap

FEW_PLACES = 3
"""So few uncovered places are first mended by moving a few areas."""

REPAIR_SHARE = 0.4
"""Share of the time for teams that this may take."""

SMALL_SHARE = 0.3
"""Share of the time left that small programmes spend on what covers more places; the rest is for a search of all."""

SEEN_SHARE = 0.2
"""Share of the time for teams that may go into those of a plan seen on the way."""

LITTLE_SECONDS = 0.5
"""Time for a quick look at what could be mended when the time for everything is over."""


@dataclass(frozen=True)
class TeamsLadder:
    """From teams for the cheapest dates to dates for which people suffice, as far as there are any."""

    run: Running

    def teams(self, dates: DatesAnswer) -> TeamsAnswer:
        """People for these dates."""
        from scheduler.teams.assignment import find_teams

        assert dates.starts is not None
        try:
            return find_teams(self.run.ended_if(dates.was_stopped), dates.starts)
        except Exception as error:
            return teams_of(self.run.problem, dates.starts, (), (broken_off("teams", error),))

    def better(self, dates: DatesAnswer, teams: TeamsAnswer) -> list[Found]:
        """Where places are uncovered: what else was found, the best first; these dates and teams are the last."""
        from scheduler.together.proving import cover_together

        together = None
        try:
            if not dates.was_stopped and not teams.was_stopped:
                together = cover_together(self.run, dates, teams, self._seconds(REPAIR_SHARE))
        except Exception as error:
            figures = dates.figures.noted(broken_off("dates and people together", error))
            dates = replace(dates, figures=figures)
        if together is not None:
            return [together, (dates, teams)]
        return self._with_seen(dates, [*self._covered(dates, teams), (dates, teams)])

    def proven(self, found: list[Found]) -> list[Found]:
        """The same, the first better and better proven if the programme is small: all areas are searched together."""
        from scheduler.together.proving import is_open, prove_together

        dates, teams = found[0]
        if teams is None or dates.was_stopped or teams.was_stopped or not is_open(self.run, dates, teams):
            return found
        try:
            return [prove_together(self.run, dates, teams), *found]
        except Exception as error:
            figures = dates.figures.noted(broken_off("dates and people together", error))
            return [(replace(dates, figures=figures), teams), *found[1:]]

    def _covered(self, dates: DatesAnswer, teams: TeamsAnswer) -> list[Found]:
        """Better dates and teams, the best first: a few open places are mended, more need other dates altogether."""
        from scheduler.scarce.covering import cover_places
        from scheduler.together.proving import is_small

        found: list[Found] = []
        best: tuple[DatesAnswer, TeamsAnswer] = (dates, teams)
        if teams.uncovered <= FEW_PLACES:
            best = self._repaired(*best)
            found.insert(0, best)
        if _is_good(*best, self.run.params.gap_target) or dates.was_stopped or best[1].was_stopped:
            return found
        try:
            seconds = self.run.seconds_left() * (SMALL_SHARE if is_small(self.run) else 1.0)
            covered = cover_places(self.run, *best, seconds)
        except Exception as error:
            figures = best[0].figures.noted(broken_off("dates with fewer uncovered places", error))
            return [(replace(best[0], figures=figures), best[1]), *found]
        return [covered, *found]

    def _repaired(self, dates: DatesAnswer, teams: TeamsAnswer) -> tuple[DatesAnswer, TeamsAnswer]:
        """Other dates for a few areas around each uncovered place, and teams for them."""
        from scheduler.nearby.repairing import repair

        assert dates.starts is not None
        run = self.run.ended_if(dates.was_stopped).within(self._seconds(REPAIR_SHARE))
        try:
            starts, better = repair(run, dates.starts, teams, dates.bound)
        except Exception as error:
            figures = teams.figures.noted(broken_off("other dates for uncovered places", error))
            return dates, teams.model_copy(update={"figures": figures})
        if starts == dates.starts:
            return dates, better
        cost = sum(date_terms(self.run.problem, starts).values())
        return moved(dates, dict(starts), cost, better.uncovered), better

    def _with_seen(self, dates: DatesAnswer, found: list[Found]) -> list[Found]:
        """First of all a plan seen on the way, if that leaves fewer places uncovered than what came of it."""
        from scheduler.teams.assignment import find_teams

        seen, last = self.run.keeper.best, found[0][1]
        if seen is None or last is None or seen.costs.uncovered_places >= last.uncovered:
            return found
        quick = self.run.ended_if(dates.was_stopped).within(self._seconds(SEEN_SHARE))
        try:
            teams = find_teams(quick, seen.starts(), seen.members)
        except Exception as error:
            teams = teams_of(self.run.problem, seen.starts(), seen.members, (broken_off("teams", error),))
        return [(moved(dates, seen.starts(), seen.costs.date_cost, teams.uncovered), teams), *found]

    def _seconds(self, share: float) -> float:
        """A share of the time for teams; little of it where the time for everything is over."""
        left = max(LITTLE_SECONDS, self.run.seconds_left())
        return min(self.run.params.teams_seconds * share, left)


def _is_good(dates: DatesAnswer, teams: TeamsAnswer, gap_target: float) -> bool:
    """Whether every place is covered, at dates that are hardly dearer than any that let it be."""
    from scheduler.nearby.repairing import GOOD_GAP

    if teams.uncovered or dates.cost is None or dates.bound is None:
        return teams.uncovered == 0
    return gap(dates.cost, dates.bound) <= max(GOOD_GAP, gap_target)
