"""Mistakes in weeks: horizon, windows, lags, pins, frozen dates, spans that hold no week."""

from collections.abc import Iterator, Sequence
from datetime import date

from scheduler.validating.index import Index, ends, link_place
from scheduler.values.errors import Finding
from scheduler.values.problem import Activity, ClearLink, LagLink, Stage, StageRef, WithinLink
from scheduler.values.value import Week, WeekSpan

MAX_WEEKS = 1040
"""Twenty years. Longer horizons are surely counted in days."""


def horizon_is_sound(index: Index) -> Iterator[Finding]:
    """The horizon begins on a Monday and has a sensible length."""
    problem = index.problem
    if problem.first_monday.weekday() != 0:
        yield Finding(
            "first_monday",
            f"{problem.first_monday} is a {problem.first_monday:%A}.",
            "Give the Monday of that week.",
        )
    if problem.num_weeks > MAX_WEEKS:
        yield Finding(
            "num_weeks",
            f"{problem.num_weeks} weeks are more than {MAX_WEEKS} (twenty years).",
            "Count weeks, not days.",
        )
    elif problem.first_monday.year + problem.num_weeks // 52 >= date.max.year:
        yield Finding("first_monday", "the horizon ends after the year 9999.", "Correct the year.")


def windows_are_sound(index: Index) -> Iterator[Finding]:
    """Windows have a week and lie in the horizon."""
    num_weeks = index.problem.num_weeks
    for activity in index.problem.activities:
        window, place = activity.start_window, f"activity {activity.id}, start window"
        if window.first == window.end:
            yield Finding(
                place,
                f"has no week: it runs from week {window.first} up to, but not including, week {window.end}.",
                "Raise the end by one.",
            )
        elif window.first < 0 or window.end > num_weeks:
            yield Finding(
                place,
                f"has the weeks {window.first} to {window.end - 1}, but the horizon only 0 to {num_weeks - 1}.",
                "Shorten the window or lengthen the horizon.",
            )
    for period in index.problem.periods:
        if period.span.first == period.span.end:
            yield Finding(f"period {period.id}", "has no week.", "Raise its end or remove it.")


def lags_are_sound(index: Index) -> Iterator[Finding]:
    """The longest lag of a stage is not below the shortest (R049)."""
    for place, _, stage in index.stages():
        if stage.lag_max_weeks < stage.lag_min_weeks:
            yield Finding(
                place,
                f"allows a lag of at least {stage.lag_min_weeks}, but at most {stage.lag_max_weeks} weeks.",
                "Check whether the two were swapped.",
            )


def published_dates_are_complete(index: Index) -> Iterator[Finding]:
    """Pinned and published dates have one week for each stage."""
    for activity in index.problem.activities:
        published = activity.published.starts if activity.published else None
        for what, weeks in (("pinned", activity.pinned_starts), ("published", published)):
            if weeks is not None and len(weeks) != len(activity.stages):
                yield Finding(
                    f"activity {activity.id}, {what} starts",
                    f"has {len(weeks)} weeks for {len(activity.stages)} stages.",
                    "Give one week for each stage.",
                )


def pins_keep_the_rules(index: Index) -> Iterator[Finding]:
    """A pin lies in the window and in open weeks, and keeps the lags (R017)."""
    for activity in index.problem.activities:
        pins = activity.pinned_starts
        if pins is None or len(pins) != len(activity.stages):
            continue
        for message in why_not_there(index, activity, pins):
            place = f"activity {activity.id}, pinned starts"
            yield Finding(place, message, "Move the pin, or change what forbids it.")


def why_not_there(index: Index, activity: Activity, starts: Sequence[Week]) -> Iterator[str]:
    """What forbids an activity to start its stages in these weeks, one week for each stage."""
    window = activity.start_window
    if starts[0] not in window:
        yield f"week {starts[0]} is outside the start window ({window.first} up to {window.end})."
    for stage, start in zip(activity.stages, starts, strict=True):
        if why := why_closed(index, stage, start):
            yield f"{stage.id} cannot start in week {start}: {why}."
    for number in range(1, len(starts)):
        before, after = activity.stages[number - 1], activity.stages[number]
        lag = starts[number] - starts[number - 1] - before.duration_weeks
        if not after.lag_min_weeks <= lag <= after.lag_max_weeks:
            allowed = f"{after.lag_min_weeks} to {after.lag_max_weeks}"
            yield f"{after.id} starts {lag} clear weeks after {before.id}; allowed are {allowed}."


def activities_can_start(index: Index) -> Iterator[Finding]:
    """Some start week keeps window, lags and calendars; pinned activities are checked on their own."""
    for activity in index.problem.activities:
        if activity.pinned_starts is not None or not _window_is_sound(index, activity):
            continue
        blocked = _blocked_stage(index, activity)
        if blocked is not None:
            stage, reasons = blocked
            because = f" ({', '.join(reasons)})" if reasons else ""
            yield Finding(
                f"activity {activity.id}",
                f"no start week of its window leaves room for {stage.id}{because}.",
                "Widen the window, allow longer lags or open some closed weeks.",
            )


def _window_is_sound(index: Index, activity: Activity) -> bool:
    window = activity.start_window
    return 0 <= window.first < window.end <= index.problem.num_weeks <= MAX_WEEKS


def _blocked_stage(index: Index, activity: Activity) -> tuple[Stage, list[str]] | None:
    """The first stage that nothing leads to, and what closes its weeks; None if all can be planned."""
    candidates: set[Week] = set(activity.start_window.weeks())
    for number, stage in enumerate(activity.stages):
        if number > 0:
            lags = range(stage.lag_min_weeks, min(stage.lag_max_weeks, index.problem.num_weeks) + 1)
            end = activity.stages[number - 1].duration_weeks
            candidates = {week + end + lag for week in candidates for lag in lags}
        why = {week: why_closed(index, stage, week) for week in sorted(candidates)}
        candidates = {week for week, reason in why.items() if not reason}
        if not candidates:
            return stage, list(dict.fromkeys(reason for reason in why.values() if reason))[:3]
    return None


def why_closed(index: Index, stage: Stage, start: Week) -> str:
    """Why a stage cannot start in a week; empty if it can."""
    end = start + stage.duration_weeks
    if start < 0 or end > index.problem.num_weeks:
        return "outside the horizon"
    for name in stage.calendars:
        if name not in index.calendars:
            continue
        for closure in index.calendars[name].closures:
            if (
                closure.span.first < end
                and start < closure.span.end
                and closure.span.first < closure.span.end
            ):
                return f"closed by {name}" + (f", {closure.reason}" if closure.reason else "")
    return ""


Run = tuple[Week, Week]
"""First week, and the week after the last."""


def pins_keep_links(index: Index) -> Iterator[Finding]:
    """Where both ends of a link are pinned, the pins keep it (R017 with R030, R032, R034)."""
    for number, link in enumerate(index.problem.links):
        first, other = (_pinned(index, ref) for ref in ends(link))
        if first is None or other is None:
            continue
        why = ""
        if isinstance(link, LagLink):
            why = _broken_lag(index, link, first, other)
        elif isinstance(link, WithinLink):
            why = _broken_within(first, other)
        elif isinstance(link, ClearLink):
            why = _broken_clear(link, first, other)
        if why:
            names = " and ".join(dict.fromkeys(ref.activity for ref in ends(link)))
            yield Finding(
                link_place(number, link),
                f"is broken by the pins of {names}: {why}.",
                "Move one of the pins, or remove the link.",
            )


def _pinned(index: Index, ref: StageRef) -> Run | None:
    """The weeks of a stage if it is pinned."""
    activity = index.activities.get(ref.activity)
    if activity is None or activity.pinned_starts is None:
        return None
    if len(activity.pinned_starts) != len(activity.stages):
        return None
    found: dict[str, tuple[Stage, Week]] = {
        stage.id: (stage, start) for stage, start in zip(activity.stages, activity.pinned_starts, strict=True)
    }
    if ref.stage not in found:
        return None
    stage, start = found[ref.stage]
    return start, start + stage.duration_weeks


def _broken_lag(index: Index, link: LagLink, before: Run, after: Run) -> str:
    table, last = index.tables.get(link.table), before[1] - 1
    if table is None or not 0 <= last < min(len(table.first), len(table.end)):
        return ""
    first, end = table.first[last], table.end[last]
    if first <= after[0] < end:
        return ""
    allowed = f"allowed are weeks {first} to {end - 1}" if first < end else "no week is allowed"
    return f"{link.after.stage} starts in week {after[0]}, but after an end in week {last} {allowed}"


def _broken_within(inner: Run, outer: Run) -> str:
    is_longer = inner[1] - inner[0] > outer[1] - outer[0]
    is_kept = inner[0] == outer[0] if is_longer else outer[0] <= inner[0] and inner[1] <= outer[1]
    if is_kept:
        return ""
    return f"weeks {inner[0]} to {inner[1] - 1} are not within weeks {outer[0]} to {outer[1] - 1}"


def _broken_clear(link: ClearLink, first: Run, other: Run) -> str:
    early, late = sorted((first, other))
    if late[0] - early[1] >= link.clear_weeks:
        return ""
    return (
        f"weeks {first[0]} to {first[1] - 1} and {other[0]} to {other[1] - 1} "
        f"have not {link.clear_weeks} clear weeks between them"
        if link.clear_weeks
        else f"weeks {first[0]} to {first[1] - 1} and {other[0]} to {other[1] - 1} overlap"
    )


ADVICE = "Unfreeze it and plan it again, or change what forbids it."


def frozen_dates_keep_the_rules(index: Index) -> Iterator[Finding]:
    """Confirmed dates lie in the window and in open weeks, and keep the lags (R016, R017)."""
    for activity in index.problem.activities:
        published = activity.published
        if published is None or not published.is_frozen or len(published.starts) != len(activity.stages):
            continue
        place = f"activity {activity.id}, confirmed dates"
        for message in why_not_there(index, activity, published.starts):
            yield Finding(place, message, ADVICE)
        if activity.pinned_starts not in (None, published.starts):
            message = f"are frozen in the weeks {published.starts}, but pinned to {activity.pinned_starts}."
            yield Finding(place, message, "Remove the pin or unfreeze the dates.")


def frozen_zone_leaves_weeks(index: Index) -> Iterator[Finding]:
    """Stages published in the frozen zone can stay there; everything else can start after it (R019)."""
    zone = index.problem.frozen_until
    if zone >= index.problem.num_weeks:
        message = f"is week {zone}, but the horizon has {index.problem.num_weeks} weeks: nothing could move."
        yield Finding("frozen_until", message, "Count weeks, not days.")
        return
    for activity in index.problem.activities:
        if zone > 0 and activity.pinned_starts is None:
            yield from _in_the_zone(index, activity, zone)


def _in_the_zone(index: Index, activity: Activity, zone: int) -> Iterator[Finding]:
    announced = activity.published.starts if activity.published else ()
    for stage, week in zip(activity.stages, announced, strict=False):
        why = why_closed(index, stage, week) if 0 <= week < zone else ""
        if why:
            message = f"{stage.id} is published in week {week} of the frozen zone, but that is {why}."
            yield Finding(f"activity {activity.id}", message, ADVICE)
    stays = bool(announced) and 0 <= announced[0] < zone
    if not stays and not activity.short_notice and activity.start_window.end <= zone:
        message = (
            f"must start before week {activity.start_window.end}, but the frozen zone ends in week {zone}."
        )
        advice = "Widen the window, or let it start at short notice (R094)."
        yield Finding(f"activity {activity.id}", message, advice)


def spans_have_weeks(index: Index) -> Iterator[Finding]:
    """Whatever is closed, absent or another capacity is that for a week at least."""
    for place, span in _spans(index):
        if span.first == span.end:
            yield Finding(
                place,
                f"has no week: it runs from week {span.first} up to, but not including, week {span.end}.",
                "Raise its end by one or remove it.",
            )


def _spans(index: Index) -> Iterator[tuple[str, WeekSpan]]:
    for calendar in index.problem.calendars:
        for closure in calendar.closures:
            reason = f" ({closure.reason})" if closure.reason else ""
            yield f"calendar {calendar.id}, closure{reason}", closure.span
    for inspector in index.problem.inspectors:
        for absence in inspector.absences:
            yield f"inspector {inspector.id}, absence", absence.span
    for pool in index.problem.pools:
        for exception in pool.exceptions:
            yield f"pool {pool.id}, exception", exception.span
