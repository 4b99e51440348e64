"""`/people`: every inspector with skills, load and next work; `/people/{code}`: one of them with their weeks."""

from datetime import date, timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from config.codes import in_name
from console.access import may_speak_for
from console.context import context_of
from console.frames import frame
from console.keeping import kept
from console.listing import Column, Filter, Listing, Words, add_file, asked_of
from console.missing import or_404
from console.people_views import views_for
from console.programme_page import area_address
from console.rendering import markup, render
from console.visitors import who_asks
from reports.week_strips import Run, hatch, runs_of, week_axis, week_strip
from reports.words import capitalised, date_in_words, list_in_words, period_in_words, plural
from services.days.weeks import day_after
from services.shown.people_list import PersonLine, PersonPage, people_lines, person_page
from services.shown.presence import Away

router = APIRouter()

LOADS = {"free": "No review in the year", "room": "Room for more", "full": "Full"}
"""How much of what somebody may begin in a financial year they have."""

WEEK_TONES = {"work": "At work in a team", "away": "Away", "free": "Free"}


def person_address(code: str) -> str:
    """Address of an inspector's page."""
    return f"/people/{in_name(code)}"


def load_in_year(line: PersonLine) -> str:
    """How much they have of what they may begin in the year: a key of `LOADS`."""
    return "free" if not line.reviews else "full" if line.is_full else "room"


def _weeks(line: PersonLine) -> Words:
    return Words(plural(line.weeks_ahead, "week"))


def _reviews(line: PersonLine) -> Words:
    words = f"{line.reviews or 'None'} of {line.most_reviews}"
    return Words(words, more=(Words("Full"),) if line.is_full else ())


def _next(line: PersonLine) -> Words:
    work = line.next_work
    if work is None:
        return Words("No work ahead")
    where = Words(f"{work.area}: {work.activity_name}", area_address(work.area_code))
    return Words(date_in_words(work.first_on), more=(where,))


def away_in_words(away: Away) -> str:
    """'13 March to 7 April 2006', with what is left of the time where somebody is partly there."""
    days = period_in_words(away.first_on, day_after(away.last_on))
    return f"{days} ({away.percent_available} per cent there)" if away.percent_available else days


PEOPLE: Listing[PersonLine] = Listing(
    path="/people",
    name="Inspectors",
    noun=("inspector", "inspectors"),
    columns=(
        Column(
            "name", "Name", lambda line: Words(line.name, person_address(line.code)), lambda line: line.name
        ),
        Column("body", "Body", lambda line: Words(line.body)),
        Column("skills", "Skills", lambda line: Words(list_in_words(line.skills))),
        Column("leads", "Leads", lambda line: Words("Leads teams" if line.is_leader else "")),
        Column("weeks", "Work ahead", _weeks, lambda line: line.weeks_ahead, is_number=True),
        Column("reviews", "Reviews this year", _reviews, lambda line: line.reviews, is_number=True),
        Column("next", "Next work", _next, lambda line: line.next_work.first_on if line.next_work else None),
        Column(
            "away",
            "Away",
            lambda line: Words(away_in_words(line.away) if line.away else ""),
            lambda line: line.away.first_on if line.away else None,
        ),
    ),
    filters=(
        Filter("body", "Body", "All bodies", lambda line: [(line.body, line.body)]),
        Filter("skill", "Skill", "All skills", lambda line: [(skill, skill) for skill in line.skills]),
        Filter(
            "leads", "Leads", "Everybody", lambda line: [("yes", "Leads teams")] if line.is_leader else []
        ),
        Filter(
            "load",
            "Reviews this year",
            "Any load",
            lambda line: [(load_in_year(line), LOADS[load_in_year(line)])],
        ),
    ),
    found_by=lambda line: f"{line.name} {line.code} {line.email}",
    order="name",
    search_label="Name or code",
)


@router.get("/people", response_class=HTMLResponse)
def all_people(request: Request) -> HTMLResponse:
    """Every inspector, searched and filtered as the address says."""
    lines = kept(request, people_lines)
    full = sum(line.is_full for line in lines)
    title = (
        f"{plural(len(lines), 'inspector')}, {full or 'none'} with no more reviews to begin in {lines[0].year}"
        if lines
        else "No inspectors yet"
    )
    values = {
        "title": capitalised(title),
        "frame": frame(PEOPLE, asked_of(request, PEOPLE), lines),
        "num_rows": len(lines),
        "views": views_for(request),
    }
    return render(request, "people.html", values)


add_file(router, PEOPLE, lambda request: kept(request, people_lines))


@router.get("/people/{code:path}", response_class=HTMLResponse)
def one_person(request: Request, code: str) -> HTMLResponse:
    """An inspector by code, name or mail address."""
    with or_404():
        found = kept(request, person_page, code)
    values = {
        "title": found.line.name,
        "person": found.line,
        "work": found.work,
        "away": [away_in_words(away) for away in found.away],
        "strip": _strip(found, context_of(request).today()),
        "weeks_in_words": _weeks_in_words(found),
        "load": LOADS[load_in_year(found.line)],
        "speaks_for": may_speak_for(who_asks(request), found.line.code),
    }
    return render(request, "person.html", values)


def _kinds(found: PersonPage) -> list[str]:
    """What each week of the programme is for somebody."""
    pairs = zip(found.at_work, found.there, strict=True)
    return ["work" if at_work else "free" if there else "away" for at_work, there in pairs]


def _weeks_in_words(found: PersonPage) -> str:
    """'Of 165 weeks, 24 at work in a team, 12 away'."""
    kinds = _kinds(found)
    if not kinds:
        return ""
    at_work, away = (kinds.count(kind) or "none" for kind in ("work", "away"))
    return f"Of {plural(len(kinds), 'week')} {at_work} at work in a team and {away} away."


def _strip(found: PersonPage, today: date) -> object:
    if found.weeks is None:
        return None
    mondays = found.weeks.mondays()
    runs = [
        Run(
            first,
            end,
            f"jc-w--{kinds[0]}",
            _run_in_words(kinds[0], mondays[first], mondays[end - 1]),
            is_hatched=kinds[0] == "away",
        )
        for first, end, kinds in runs_of(_kinds(found), lambda kind: kind)
    ]
    now = (today - found.weeks.first_monday).days // 7
    axis = week_axis(found.weeks.first_monday, found.weeks.num_weeks)
    return markup(f"{hatch()}{axis}{week_strip(runs, found.weeks.num_weeks, now)}")


def _run_in_words(kind: str, first: date, last: date) -> str:
    return f"{WEEK_TONES[kind]}, {period_in_words(first, last + timedelta(days=5))}"
