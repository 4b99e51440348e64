"""Problems and plans as JSON documents: read with understandable mistakes, also where a number is none; schemas."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scheduler.values.errors import Finding, InvalidProblem
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate
from scheduler.values.value import SenselessValue, Value

MOST_DIGITS = 400


@dataclass(frozen=True)
class NoNumber:
    """The text in place of a number."""

    text: str

    def __str__(self) -> str:
        if len(self.text) > MOST_DIGITS:
            return f"has {len(self.text)} digits, more than any number that can be meant"
        return f"is {self.text}, which is no number"


def whole(text: str) -> int | NoNumber:
    """For `json.loads`: a whole number, if it is not absurdly long."""
    return int(text) if len(text) <= MOST_DIGITS else NoNumber(text)


def decimal(text: str) -> float | NoNumber:
    """For `json.loads`: a number with a point, if it is finite."""
    value = float(text)
    return value if math.isfinite(value) else NoNumber(text)


def no_numbers(
    data: Any, loc: tuple[int | str, ...] = ()
) -> Iterator[tuple[tuple[int | str, ...], NoNumber]]:
    """Everything of the kind in a document, with its place."""
    if isinstance(data, NoNumber):
        yield loc, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from no_numbers(value, (*loc, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from no_numbers(value, (*loc, number))


Document = TypeVar("Document", bound=BaseModel)

LINK_KINDS = {
    "lag": "LagLink",
    "within": "WithinLink",
    "apart": "ApartLink",
    "near": "NearLink",
    "clear": "ClearLink",
}

ADVICE = {
    "missing": "Add it; docs/data-format.md lists every field.",
    "extra_forbidden": "Check the spelling; docs/data-format.md lists every field.",
    "int_from_float": "Round it: weeks, prices and counts are whole numbers.",
    "greater_than_equal": "Check the sign.",
    "json_invalid": "Check for a missing comma, quotation mark or bracket.",
}
"""What might help, by Pydantic's type of mistake."""


def load_problem(text: str) -> Problem:
    """Read a problem from JSON. Whether it makes sense is the question of `validate`.

    Raises
    ------
    InvalidProblem
        With one finding for each wrong field, placed by its JSON path.
    """
    return _read(Problem, parse_json(text))


def load_plan(text: str) -> Plan:
    """Read a plan from JSON. Whether it keeps the rules is the question of `check`.

    Raises
    ------
    InvalidProblem
        With one finding for each wrong field, placed by its JSON path.
    """
    return _read(Plan, parse_json(text))


def load_certificates(text: str) -> tuple[Certificate, ...]:
    """Read one certificate or a list of them from JSON. Whether they prove anything is the question of `verify`.

    Raises
    ------
    InvalidProblem
        With one finding for each wrong field, placed by its JSON path.
    """
    data = parse_json(text)
    return _read(_Certificates, {"certificates": data if isinstance(data, list) else [data]}).certificates


class _Certificates(Value):
    certificates: tuple[Certificate, ...]


def json_schema(document: Literal["problem", "plan"]) -> dict[str, Any]:
    """JSON Schema (2020-12) of a document."""
    model = Problem if document == "problem" else Plan
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}


def _read(model: type[Document], data: Any) -> Document:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        findings = dict.fromkeys(finding_of(detail) for detail in _telling(error, data))
        raise InvalidProblem(tuple(findings)) from error


class _DoubleKeyError(ValueError):
    """An object names a field twice, of which JSON readers silently drop one."""


def parse_json(text: str) -> Any:
    """Any JSON document; InvalidProblem says where it is none."""
    try:
        data = json.loads(
            text, object_pairs_hook=_object, parse_constant=NoNumber, parse_int=whole, parse_float=decimal
        )
        if numbers := tuple(_no_number(*number) for number in no_numbers(data)):
            raise InvalidProblem(numbers)
        if "\\ud" in text.lower():
            json.dumps(data, ensure_ascii=False).encode()
        return data
    except UnicodeEncodeError:
        found = Finding("document", "has half a character (a lone surrogate).", "Save it as UTF-8.")
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        found = Finding(place, f"is not JSON: {error.msg}.", ADVICE["json_invalid"])
    except _DoubleKeyError as error:
        found = Finding("document", f"names the field '{error}' twice.", "Remove one of them.")
    except RecursionError:
        found = Finding("document", "is nested too deeply.", "Check that this is the right file.")
    raise InvalidProblem((found,))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _DoubleKeyError(key)
        found[key] = value
    return found


def _no_number(loc: tuple[int | str, ...], found: NoNumber) -> Finding:
    return Finding(_path(loc), f"{found}.", "Give a number.")


def _telling(error: ValidationError, data: Any) -> Iterator[ErrorDetails]:
    """The mistakes that tell something: of a link only those of the kind that it says it is."""
    for detail in error.errors(include_url=False):
        loc = detail["loc"]
        if len(loc) < 3 or loc[0] != "links":
            yield detail
            continue
        link = data["links"][loc[1]]
        kind = link.get("kind") if isinstance(link, dict) else None
        known = LINK_KINDS.get(kind) if isinstance(kind, str) else None
        if known is None:
            message = f"must have one of the kinds {', '.join(LINK_KINDS)}"
            yield {"type": "link_kind", "loc": (*loc[:2], "kind"), "msg": message, "input": kind}
        elif loc[2] == known:
            yield {**detail, "loc": (*loc[:2], *loc[3:])}


WORDS = {"model_type": "should be an object in braces", "dict_type": "should be an object in braces"}
"""Plain words in place of Pydantic's, by its type of mistake."""


def finding_of(detail: ErrorDetails) -> Finding:
    """What Pydantic refused, with its JSON path and an advice."""
    fault = detail.get("ctx", {}).get("error")
    if isinstance(fault, SenselessValue):
        message, advice = fault.message.rstrip("."), fault.advice
    else:
        message = WORDS.get(detail["type"], detail["msg"].removeprefix("Value error, "))
        advice = ADVICE.get(detail["type"], "See docs/data-format.md.")
    value = detail["input"]
    if not isinstance(value, dict | list) and detail["type"] != "missing":
        message += f", not {json.dumps(value, default=str)[:80]}"
    return Finding(_path(detail["loc"]), f"{message.rstrip('.')}.", advice)


def told(message: str, advice: str) -> dict[str, Any]:
    """What a mistake of Pydantic says in words of ours, to be put over its own."""
    return {"msg": message, "ctx": {"error": SenselessValue(message, advice)}}


def _path(loc: tuple[int | str, ...]) -> str:
    """A JSON path: `activities[3].stages[0].duration_weeks`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    return text.removeprefix(".") or "document"
