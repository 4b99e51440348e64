"""The rows of a plan's Gantt chart by person: what somebody works in, or leads, with the names of the areas."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session, col, select

from models import Body, Inspector
from reports.values import Level, Row, Tone
from reports.words import plural
from scheduler.values.value import LEADER
from services.shown.chart_bars import Drawer
from services.shown.chart_rows import LATE_GROUP, ChartRow, NameLink, stages_on
from services.shown.chart_words import AreaState, late_steps, next_step
from services.shown.shown_plan import PlanView, ShownActivity


def person_rows(
    session: Session, view: PlanView, *, drawer: Drawer, link: NameLink, leading: bool
) -> list[ChartRow]:
    """One row for each person with a place in the selected activities, under their body.

    Parameters
    ----------
    link
        Gives the address of what a person does from their code.
    leading
        Only team leaders with what they lead, those first whose reviews are late: a leader answers for delays,
        a member does not.
    """
    bodies = {body.code: body.name for body in session.exec(select(Body).order_by(col(Body.code)))}
    people: dict[str, Inspector] = {}
    work: dict[str, list[ShownActivity]] = defaultdict(list)
    for activity in view.activities:
        for person in _people(activity, leading=leading):
            people[person.code] = person
            work[person.code].append(activity)
    names = Counter(person.name for person in people.values())
    rows = []
    for code, person in people.items():
        name = person.name if names[person.name] == 1 else f"{person.name} ({code})"
        state = _state(work[code], drawer.today, leading=leading)
        group = bodies.get(person.body_code, person.body_code)
        if state.level is Level.LATE:
            group = LATE_GROUP
        row = replace(_row(name, work[code], drawer, state), href=link(code), group=group)
        is_pinned = any(activity.is_pinned for activity in work[code])
        stages = stages_on(work[code], drawer.today)
        rows.append(ChartRow(row, state, work[code][0].first_day, is_pinned=is_pinned, stages=stages))
    return sorted(
        rows,
        key=lambda row: (row.state.level is not Level.LATE, row.state.since, row.row.group, row.row.name),
    )


def _people(activity: ShownActivity, *, leading: bool) -> list[Inspector]:
    """The people of a team, each once."""
    seats = [seat for seat in activity.team if seat.skill == LEADER or not leading]
    return list({seat.person.code: seat.person for seat in seats if seat.person is not None}.values())


def _row(name: str, work: Sequence[ShownActivity], drawer: Drawer, state: AreaState) -> Row:
    """The planned stages of what somebody works in: teams are lent for them, and not for what follows."""
    bars = [
        bar
        for activity in work
        for bar in drawer.bars(activity, _called(activity), activity.area.name)
        if bar.tone is not Tone.LIGHT
    ]
    ahead = [
        (found, activity.area.name) for activity in work if (found := next_step([activity], drawer.today))
    ]
    (day, step), area = min(ahead, default=((None, ""), ""))
    return Row(
        name=name,
        bars=tuple(bars),
        next_on=day,
        next_name=f"{step}, {area}" if day else "",
        status=state.words,
        level=state.level,
    )


def _called(activity: ShownActivity) -> str:
    return f"{activity.area.name}, {activity.framework.name.lower()}"


def _state(work: Sequence[ShownActivity], today: date | None, *, leading: bool) -> AreaState:
    """'4 reviews, done with 1', or 'Late: Leeds' for a leader."""
    late = sorted({activity.area.name for activity, _step in late_steps(work, today)}) if leading else []
    if late:
        more = f" and {len(late) - 1} more" if len(late) > 1 else ""
        return AreaState(Level.LATE, f"Late: {late[0]}{more}", min(activity.first_day for activity in work))
    done = sum(activity.row.state == "done" for activity in work)
    noun = "review" if all(activity.is_main for activity in work) else "activity"
    words = plural(len(work), noun, "" if noun == "review" else "activities")
    return AreaState(Level.USUAL, f"{words}, {done} done" if done else words)
