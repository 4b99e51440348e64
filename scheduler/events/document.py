"""Events as JSON documents; days in them become weeks."""

from datetime import date, timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError

from scheduler.documents import finding_of, parse_json
from scheduler.errors import InvalidProblem
from scheduler.events.kinds import Event

EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def load_event(text: str, first_monday: date) -> Event:
    """Read an event from JSON.

    Weeks are indexes or days in ISO form ('2006-05-01'): a day stands for its week; as the `end` of a span
    it is the first day that no longer counts.

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
    for name in ("from_week", "not_before"):
        changed[name] = _week(data.get(name), first_monday)
    if isinstance(span := data.get("weeks"), dict):
        first, end = _week(span.get("first"), first_monday), _week(span.get("end"), first_monday, 6)
        changed["weeks"] = {**span, **({"first": first} if "first" in span else {})}
        changed["weeks"] |= {"end": end} if "end" in span else {}
    return {name: value for name, value in changed.items() if name in data}


def _week(value: Any, first_monday: date, rounding_days: int = 0) -> Any:
    """The week of a day; an end that lies within a week still takes it all."""
    if not isinstance(value, str):
        return value
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return (day + timedelta(days=rounding_days) - first_monday).days // 7


def _short(detail: Any) -> Any:
    """The same mistake without the kind in its path: people see no union."""
    return {**detail, "loc": tuple(detail["loc"][1:]) if len(detail["loc"]) > 1 else detail["loc"]}


def _with_days(schema: Any) -> Any:
    """The schema in which a week may also be a day."""
    if not isinstance(schema, dict):
        return [_with_days(item) for item in schema] if isinstance(schema, list) else schema
    changed = {name: _with_days(value) for name, value in schema.items()}
    for name in ("first", "end", "from_week", "not_before"):
        own = changed.get("properties", {}).get(name) if isinstance(changed.get("properties"), dict) else None
        if isinstance(own, dict) and own.get("type") == "integer":
            day = {"type": "string", "format": "date"}
            title = own.get("title", name)
            changed["properties"][name] = {"title": title, "anyOf": [{"type": "integer"}, day]}
    return changed
