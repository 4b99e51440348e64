"""Reading TOML files so that everything wrong with one is reported together: file, key, message, advice."""

import difflib
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)

ADVICE_BY_TYPE = {
    "missing": "Add it.",
    "int_type": "Write a whole number without quotes or a decimal point.",
    "bool_parsing": "Write true or false.",
    "tuple_type": "Put it in brackets: ['...'].",
    "string_pattern_mismatch": "Use small letters, digits and underscores in names, and 'R049' for rules.",
    "greater_than_equal": "Check the number.",
    "less_than_equal": "Check the number.",
    "date_from_datetime_parsing": "Write the date as 2005-09-05, without quotes.",
}

Found = tuple[str, str, str]
"""What is wrong within an entry: (key, message, advice)."""


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a file: where (`key` like 'steps[3].due.amount'), what, and what might help."""

    file: str
    key: str
    message: str
    advice: str = ""

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: {self.message}" + (f" {self.advice}" if self.advice else "")


class InvalidText(ValueError):
    """Why a text that somebody wrote, in a cell or after an option, cannot be understood, and what might help."""

    def __init__(self, message: str, advice: str) -> None:
        self.message, self.advice = message, advice
        super().__init__(f"{message} {advice}")


class InvalidFile(Exception):
    """A configuration file that cannot be used; `findings` lists everything wrong with it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def read_toml(path: Path, model: type[Model], error: type[InvalidFile]) -> Model:
    """Read a file into a model.

    Raises
    ------
    InvalidFile
        The given subclass `error`, with one finding for each key that is wrong.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise error([Finding(path.name, "", f"there is no file {path}.", "Check the spelling.")]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        advice = "Check that line for a missing quote, bracket or equals sign."
        raise error([Finding(path.name, "", f"this is not TOML: {fault}.", advice)]) from fault
    try:
        return model.model_validate(content)
    except ValidationError as fault:
        raise error(findings_of(fault, path.name, model)) from fault


def files_by_name(*folders: Path) -> dict[str, Path]:
    """TOML files by their name without ending; one in a later folder takes the place of an earlier one."""
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}


def findings_of(fault: ValidationError, file: str, model: type[BaseModel]) -> list[Finding]:
    """One finding for each key that Pydantic refused."""
    return [_finding(item, file, model) for item in fault.errors(include_url=False)]


def key_text(location: Sequence[int | str]) -> str:
    """A key as people write it: ('steps', 3, 'due') becomes 'steps[3].due' (counted from 0)."""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def nearest(name: str, known: Iterable[str]) -> str:
    """Advice for an unknown name: the most similar known one, else all of them."""
    names = sorted(set(known))
    similar = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if similar:
        return f"Try '{similar[0]}'."
    return f"Choose one of: {', '.join(names)}." if names else ""


def _finding(item: Any, file: str, model: type[BaseModel]) -> Finding:
    key = key_text(item["loc"])
    if item["type"] == "extra_forbidden":
        advice = nearest(str(item["loc"][-1]), _keys_at(model, item["loc"][:-1]))
        return Finding(file, key, "this key is unknown.", advice)
    if item["type"] == "missing":
        return Finding(file, key, "this key is missing.", ADVICE_BY_TYPE["missing"])
    message = item["msg"].removeprefix("Value error, ").rstrip(".")
    shown = "" if isinstance(item["input"], dict | list) else f" (given: {item['input']!r})"
    return Finding(
        file, key, f"{message[:1].lower()}{message[1:]}{shown}.", ADVICE_BY_TYPE.get(item["type"], "")
    )


def _keys_at(model: type[BaseModel], location: Sequence[int | str]) -> list[str]:
    """The keys that the entry at a location may have; none where that entry is no model of ours."""
    found: Any = model
    for part in location:
        if isinstance(part, str) and isinstance(found, type) and issubclass(found, BaseModel):
            field = found.model_fields.get(part)
            found = _model_within(field.annotation) if field else None
    is_model = isinstance(found, type) and issubclass(found, BaseModel)
    return list(found.model_fields) if is_model else []


def _model_within(annotation: Any) -> Any:
    """The model inside an annotation such as `tuple[StepRule, ...]` or `Count | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_within(part) for part in getattr(annotation, "__args__", ()))
    return next((part for part in inner if part is not None), None)
