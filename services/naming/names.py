"""What people call the areas, activities, skills and weeks of a problem."""

from collections.abc import Mapping, Sequence

from reports.words import list_in_words, number_in_words
from scheduler.explaining.row_names import spans_of
from scheduler.values.problem import Area, Problem
from scheduler.values.value import LEADER, Week, WeekSpan
from scheduler.values.words import span_in_words, week_in_words
from services.naming.named import Named, find_named


def area_of(problem: Problem, text: str) -> Area:
    """The area of a problem with this code or name; NotFound or Refused as `find_named` says."""
    known = [Named(area.id, area.name) for area in problem.areas]
    found = find_named("area", text, known, "Use its name or code as in the plan.")
    return next(area for area in problem.areas if area.id == found.code)


class Names:
    """Words for the identifiers and weeks of one problem; `people` are names of inspectors by code, where known."""

    def __init__(self, problem: Problem, people: Mapping[str, str] | None = None) -> None:
        self.problem, self._people = problem, people or {}
        self._areas = {area.id: area.name for area in problem.areas}
        self._activities = {activity.id: activity for activity in problem.activities}
        self._past = {review.id: review.area for review in problem.past_reviews}

    def week(self, week: Week) -> str:
        """'week of 7 May 2007'."""
        return f"week of {week_in_words(self.problem.first_monday, week)}"

    def span(self, span: WeekSpan) -> str:
        """'week of 7 May 2007', or '7 May 2007 to 1 June 2007'."""
        if span.end == span.first + 1:
            return self.week(span.first)
        return span_in_words(self.problem.first_monday, span)

    def weeks(self, weeks: Sequence[Week]) -> str:
        """Several weeks, consecutive ones put together."""
        return list_in_words([self.span(span) for span in spans_of(weeks)])

    def area(self, area: str) -> str:
        """'Leeds (383)'."""
        return f"{self._areas.get(area, area)} ({area})"

    def area_of(self, activity: str) -> str:
        """The code of the area of an activity."""
        return self._activities[activity].area

    def person(self, inspector: str) -> str:
        """'Ann Smith (I043)', or the code alone."""
        name = self._people.get(inspector)
        return f"{name} ({inspector})" if name else inspector

    def activity(self, activity: str) -> str:
        """'the VISIT of Leeds', or 'a past review of Leeds' for one that is done."""
        if activity not in self._activities and activity in self._past:
            area = self._past[activity]
            return f"a past review of {self._areas.get(area, area)}"
        named = self._activities[activity]
        return f"the {named.kind.upper()} of {self._areas.get(named.area, named.area)}"

    def skill(self, skill: str) -> str:
        """'looked after'; 'leader' for the seat of the leader."""
        return skill.replace("_", " ")

    def people(self, skills: Sequence[str], count: int, body: str = "") -> str:
        """'2 inspectors with education or camhs', '1 leader', '3 inspectors'."""
        return f"{number_in_words(count) if count else 'no'} {self.people_called(skills, count, body)}"

    def people_called(self, skills: Sequence[str], count: int = 2, body: str = "") -> str:
        """'inspectors with education or camhs', 'leaders', 'inspectors from CQC'; for a count of 1 'inspector'."""
        many = "" if count == 1 else "s"
        origin = f" from {body}" if body else ""
        if list(skills) == [LEADER]:
            return f"leader{many}{origin}"
        named = [self.skill(skill) for skill in skills]
        return f"inspector{many}{origin}" + (f" with {' or '.join(named)}" if named else "")
