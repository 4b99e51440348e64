"""Registers of inspections: our own, and those in the folder `inspections` of the home, which come first."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from config.findings import Finding, Found, InvalidFile, files_by_name, nearest, read_toml
from config.inspections import InspectionRegister
from config.settings import home_settings
from config.validity import meet

FOLDER = Path(__file__).parent / "inspections"


class InvalidRegister(InvalidFile):
    """A register of inspections that cannot be used, or a day for which there is none."""


def load_register(path: Path) -> InspectionRegister:
    """Read and check one file; InvalidRegister with everything wrong with it."""
    register = read_toml(path, InspectionRegister, InvalidRegister)
    findings = [Finding(path.name, *fault) for fault in _findings(path, register)]
    if findings:
        raise InvalidRegister(findings)
    return register


def read_registers() -> Mapping[str, InspectionRegister]:
    """All of them by identifier; InvalidRegister with everything wrong with any file, or where two hold at once."""
    files = sorted(files_by_name(FOLDER, home_settings().inspections).values())
    return _load_all(tuple((path, path.stat().st_mtime_ns) for path in files))


def register_on(day: date) -> InspectionRegister:
    """The register that holds on a day; InvalidRegister with advice if none does."""
    known = read_registers()
    found = next((register for register in known.values() if register.holds_on(day)), None)
    if found is None:
        spans = ", ".join(
            f"{one.id} from {one.valid_from}{f' until {one.valid_to}' if one.valid_to else ''}"
            for one in known.values()
        )
        message = f"no register of inspections holds on {day}."
        advice = f"Ask for another day; known are: {spans}."
        raise InvalidRegister([Finding("inspections", "valid_from", message, advice)])
    return found


def subsumed_from(name: str, day: date) -> date | None:
    """Since when the review has taken the place of what is to be held on a day: a type, or a kind of activity (R011).

    None: it may still be held then, or no register knows it.
    """
    for register in read_registers().values():
        kind = register.type_of(name) or register.type_of_kind(name)
        if kind is not None and kind.ends_on is not None and kind.ends_on <= day and register.holds_on(day):
            return kind.ends_on
    return None


@lru_cache(maxsize=4)
def _load_all(files: tuple[tuple[Path, int], ...]) -> Mapping[str, InspectionRegister]:
    # The time of change is part of the cache's key, so that an edited file is read again.
    found: dict[str, InspectionRegister] = {}
    findings: list[Finding] = []
    for path, _changed in files:
        try:
            register = load_register(path)
        except InvalidRegister as fault:
            findings.extend(fault.findings)
            continue
        for other in found.values():
            if meet(register.validity, other.validity):
                message = f"'{register.id}' and '{other.id}' hold on the same days."
                advice = "End the older one (valid_to) where the newer starts (valid_from)."
                findings.append(Finding(path.name, "valid_from", message, advice))
        found[register.id] = register
    if findings:
        raise InvalidRegister(findings)
    return found


def _findings(path: Path, register: InspectionRegister) -> Iterator[Found]:
    if path.stem != register.id:
        message = f"the file is not named after its id '{register.id}'."
        yield "id", message, f"Rename the file to {register.id}.toml."
    names = [one.id for one in register.types]
    yield from _twice("types", "id", names)
    yield from _twice("types", "kind", [one.kind for one in register.types])
    yield from _twice("overlaps", "id", [one.id for one in register.overlaps])
    yield from _twice("studies", "id", [one.id for one in register.studies])
    for position, overlap in enumerate(register.overlaps):
        if overlap.type not in names:
            message = f"there is no type '{overlap.type}'."
            yield f"overlaps[{position}].type", message, nearest(overlap.type, names)
    for position, one in enumerate(register.types):
        if one.kind == register.review:
            message = "the review itself is no other inspection."
            yield f"types[{position}].kind", message, "Take the type out, or name another kind."


def _twice(part: str, key: str, names: Iterable[str | None]) -> Iterator[Found]:
    seen: set[str] = set()
    for position, name in enumerate(names):
        if name is not None and name in seen:
            yield f"{part}[{position}].{key}", f"'{name}' is there twice.", "Keep one."
        seen.add(name or "")
