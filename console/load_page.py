"""`/load`: how much of each skill is asked for week by week, over and under; `/load/work`: what fills a week."""

from datetime import date, timedelta

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from console.context import context_of
from console.day_fields import KEYS, Between, between, with_days
from console.frames import frame
from console.keeping import kept
from console.listing import Column, Filter, Listing, Words, asked_of, file_of, selected
from console.people_page import LOADS, PEOPLE, load_in_year, person_address
from console.programme_page import area_address
from console.rendering import markup, render
from reports.week_strips import Run, hatch, runs_of, week_axis, week_strip
from reports.words import capitalised, date_in_words, period_in_words, plural
from services.days.weeks import day_after
from services.shown.load import Demand, SkillLoad, Stretch, WeekOfSkill, load_of, stretch_in_words
from services.shown.load_prices import prices_in_words
from services.shown.people_list import people_lines
from services.shown.work_of_teams import Work, team_work

router = APIRouter()

FRIDAY = timedelta(days=4)
"""From a Monday to the last working day of its week."""

LEVELS = {
    Demand.NONE: "Nobody",
    Demand.QUARTER: "Up to a quarter",
    Demand.HALF: "Up to half",
    Demand.MOST: "Up to three quarters",
    Demand.ALL: "Up to all",
    Demand.OVER: "More than are there, or a place uncovered",
}
"""Shares of those who are there that are asked for, in words."""


def _who(work: Work) -> Words:
    if not work.inspector:
        return Words("Uncovered", is_late=True)
    return Words(work.inspector_name, person_address(work.inspector))


WORK: Listing[Work] = Listing(
    path="/load/work",
    name="Work",
    noun=("place", "places"),
    columns=(
        Column(
            "area",
            "Area",
            lambda work: Words(work.area, area_address(work.area_code)),
            lambda work: work.area,
        ),
        Column("activity", "Activity", lambda work: Words(work.activity_name)),
        Column("skill", "Place", lambda work: Words(work.skill_name)),
        Column("who", "Inspector", _who, lambda work: work.inspector_name or "uncovered"),
        Column("first", "From", lambda work: Words(date_in_words(work.first_on)), lambda work: work.first_on),
        Column("last", "To", lambda work: Words(date_in_words(work.last_on)), lambda work: work.last_on),
    ),
    filters=(
        Filter("skill", "Place", "All places", lambda work: [(work.skill, work.skill_name)]),
        Filter(
            "covered",
            "Covered",
            "All",
            lambda work: [("yes", "Covered")] if work.inspector else [("no", "Uncovered")],
        ),
    ),
    found_by=lambda work: f"{work.area} {work.inspector_name} {work.activity}",
    order="first",
    search_label="Area or inspector",
)


@router.get("/load", response_class=HTMLResponse)
def load(request: Request) -> HTMLResponse:
    """Every skill by week, and what the published plan proves that one more would save."""
    found, people = kept(request, load_of), kept(request, people_lines)
    over = len({stretch.skill for stretch in found.over})
    title = (
        f"{plural(over, 'kind')} of place over what is there"
        if over
        else "Enough people are there for every place"
    )
    loads = [load_in_year(line) for line in people]
    values = {
        "title": capitalised(title) if found.skills else "No load yet",
        "skills": [_row(skill, context_of(request).today()) for skill in found.skills],
        "axis": markup(hatch() + week_axis(found.skills[0].weeks[0].monday, len(found.skills[0].weeks)))
        if found.skills
        else None,
        "over": [(stretch, stretch_in_words(stretch), _address(stretch)) for stretch in found.over],
        "under": [(stretch, stretch_in_words(stretch), _address(stretch)) for stretch in found.under],
        "levels": [(f"jc-legend__box--{level.value}", words) for level, words in LEVELS.items()],
        "prices": kept(request, prices_in_words),
        "loads": [(words, loads.count(load), f"{PEOPLE.path}?load={load}") for load, words in LOADS.items()],
        "year": people[0].year if people else "",
    }
    return render(request, "load.html", values)


@router.get("/load/work", response_class=HTMLResponse)
def work(request: Request) -> HTMLResponse:
    """The places of teams that are at work between two days, of a skill if the address names one."""
    asked = asked_of(request, WORK, KEYS)
    days = between(asked)
    rows = _within(kept(request, _all_work), days)
    title = f"{plural(len(selected(WORK, asked, rows)), 'place')} in teams at work"
    if days.first is not None and days.last is not None:
        title += f", {period_in_words(days.first, day_after(days.last))}"
    values = {"title": capitalised(title), "frame": with_days(frame(WORK, asked, rows), days)}
    return render(request, "load_work.html", values)


@router.get("/load/work.{kind}")
def work_as_file(request: Request, kind: str) -> Response:
    """The same view as a file, all pages of it."""
    asked = asked_of(request, WORK, KEYS)
    rows = selected(WORK, asked, _within(kept(request, _all_work), between(asked)))
    return file_of(WORK, rows, kind, context_of(request).today())


def _all_work(session: Session, _as_of: date) -> tuple[Work, ...]:
    return team_work(session)


def _within(rows: tuple[Work, ...], days: Between) -> list[Work]:
    """The work with a working day between two days."""
    first, last = days.first or date.min, days.last or date.max
    return [row for row in rows if any(monday <= last and first <= monday + FRIDAY for monday in row.weeks)]


def _row(skill: SkillLoad, today: date) -> dict[str, object]:
    """A skill's strip, and what it says in words."""
    runs = [_run(skill, first, end, weeks) for first, end, weeks in runs_of(skill.weeks, _kind)]
    now = (today - skill.weeks[0].monday).days // 7
    over = sum(week.level is Demand.OVER for week in skill.weeks)
    return {
        "name": skill.name,
        "href": f"{WORK.path}?skill={skill.skill}",
        "num_people": skill.num_people,
        "share": skill.share,
        "over": over,
        "strip": markup(week_strip(runs, len(skill.weeks), now)),
    }


def _kind(week: WeekOfSkill) -> tuple[Demand, int]:
    """Weeks that are over differ by how much; of all others the level is enough."""
    return week.level, week.asked if week.level is Demand.OVER else 0


def _run(skill: SkillLoad, first: int, end: int, weeks: object) -> Run:
    found = list(skill.weeks[first:end])
    level, last = found[0].level, found[-1].monday + FRIDAY
    asked, there = (_span([getattr(week, name) for week in found]) for name in ("asked", "there"))
    return Run(
        first=first,
        end=end,
        tone=f"jc-w--{level.value}",
        words=f"{skill.name}, {period_in_words(found[0].monday, day_after(last))}: {asked} asked for, {there} there",
        href=f"{WORK.path}?skill={skill.skill}&from={found[0].monday}&to={last}"
        if level is not Demand.NONE
        else "",
        label=str(found[0].asked) if level is Demand.OVER else "",
        is_hatched=level is Demand.OVER,
    )


def _span(numbers: list[int]) -> str:
    """'3', '3 to 5'."""
    least, most = min(numbers), max(numbers)
    return str(most) if least == most else f"{least} to {most}"


def _address(stretch: Stretch) -> str:
    return f"{WORK.path}?skill={stretch.skill}&from={stretch.first_on}&to={stretch.last_on}"
