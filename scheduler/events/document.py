"""Events as JSON documents; days in them become weeks."""

import re
from datetime import date, timedelta
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from scheduler.events.kinds import Event
from scheduler.values.documents import finding_of, parse_json, told
from scheduler.values.errors import InvalidProblem

EVENT: TypeAdapter[Event] = TypeAdapter(Event)

KINDS = tuple(kind.model_fields["kind"].default for kind in get_args(get_args(Event)[0]))

WEEKS = ("first", "end", "from_week", "not_before")
"""Fields that take a week's number or a day."""

WORKING_DAYS = 5

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
"""Python also reads '20060501' and '2006-W18', which nobody here writes."""


def load_event(text: str, first_monday: date) -> Event:
    """Read an event from JSON.

    Weeks are indexes or days in ISO form ('2006-05-01'): a day stands for its week; as the `end` of a span
    it is the first day that no longer counts. Of a week that is cut an absence takes only its days. What may not
    begin before a day may not begin in a week that begins before it.

    Raises
    ------
    InvalidProblem
        With one finding for each wrong field, placed by its JSON path.
    """
    data = _in_weeks(parse_json(text), first_monday)
    try:
        return EVENT.validate_python(data)
    except ValidationError as error:
        findings = dict.fromkeys(finding_of(_short(detail)) for detail in error.errors(include_url=False))
        raise InvalidProblem(tuple(findings)) from error


def event_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of an event file, in which weeks may also be days."""
    schema = EVENT.json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_with_days(schema)}


def _in_weeks(data: Any, first_monday: date) -> Any:
    """The document with weeks in place of days, where weeks are expected; all else as it is."""
    if not isinstance(data, dict):
        return data
    changed = dict(data)
    changed["from_week"] = _week(data.get("from_week"), first_monday)
    changed["not_before"] = _week(data.get("not_before"), first_monday, 6)
    if isinstance(span := data.get("weeks"), dict):
        first, end = _week(span.get("first"), first_monday), _week(span.get("end"), first_monday, 6)
        changed["weeks"] = {**span, **({"first": first} if "first" in span else {})}
        changed["weeks"] |= {"end": end} if "end" in span else {}
    known = {name: value for name, value in changed.items() if name in data}
    return _shares_of(data) | known if data.get("kind") == "absence" else known


def _shares_of(data: dict[str, Any]) -> dict[str, Any]:
    """What is left of the first and the last week of an absence, where days cut them; weekends count nowhere."""
    span, percent = data.get("weeks"), data.get("percent_available", 0)
    if not isinstance(span, dict) or not isinstance(percent, int):
        return {}
    first, end = _day(span.get("first")), _day(span.get("end"))
    shares: dict[str, Any] = {}
    if first is not None and first.weekday() > 0:
        monday = first - timedelta(days=first.weekday())
        shares["first_percent"] = _share(monday, first, end, percent)
    if end is not None and 0 < end.weekday() < WORKING_DAYS:
        monday = end - timedelta(days=end.weekday())
        is_one_week = first is not None and first >= monday
        shares["first_percent" if is_one_week else "last_percent"] = _share(monday, first, end, percent)
    return shares


def _share(monday: date, first: date | None, end: date | None, percent: int) -> int:
    """Per cent of a week's five days that are left, if `percent` are left on those from `first` up to `end`."""
    days = [monday + timedelta(days=number) for number in range(WORKING_DAYS)]
    away = [day for day in days if (first is None or first <= day) and (end is None or day < end)]
    return (len(away) * percent + (WORKING_DAYS - len(away)) * 100) // WORKING_DAYS


def _day(value: Any) -> date | None:
    """The day that a text gives; None for all else."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _week(value: Any, first_monday: date, rounding_days: int = 0) -> Any:
    """The week of a day, with `rounding_days` of 6 the first that begins on it or later; all else as it is."""
    day = _day(value)
    if day is None:
        return value
    return ((day - first_monday).days + rounding_days) // 7


def _short(detail: Any) -> Any:
    """The same mistake without the kind in its path: people see no union."""
    loc, kind = detail["loc"], detail["type"]
    if kind.startswith("union_tag_"):
        message = f"must have one of the kinds {', '.join(KINDS)}."
        return {**detail, **told(message, "Check the spelling."), "type": "event_kind", "loc": ("kind",)}
    if kind in ("int_parsing", "int_type") and loc[-1] in WEEKS:
        detail = {**detail, **told("is neither a week's number nor a day.", "Write it like 2006-05-01.")}
    return {**detail, "loc": tuple(loc[1:]) if len(loc) > 1 else loc}


def _with_days(schema: Any) -> Any:
    """The schema in which a week may also be a day."""
    if not isinstance(schema, dict):
        return [_with_days(item) for item in schema] if isinstance(schema, list) else schema
    changed = {name: _with_days(value) for name, value in schema.items()}
    for name in WEEKS:
        field = (
            changed.get("properties", {}).get(name) if isinstance(changed.get("properties"), dict) else None
        )
        if isinstance(field, dict) and field.get("type") == "integer":
            day = {"type": "string", "format": "date"}
            title = field.get("title", name)
            changed["properties"][name] = {"title": title, "anyOf": [{"type": "integer"}, day]}
    return changed
