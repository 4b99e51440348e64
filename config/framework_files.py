"""Framework files: a framework is a TOML file, versioned by date; a second framework needs a file, not code.

Those in `config/frameworks` come with jarcycle; an operator's own lie in the folder `frameworks` of JARCYCLE_HOME and
take the place of ours of the same name.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from config.evidence_checks import asked_twice
from config.findings import Finding, InvalidFile, files_by_name, findings_of, nearest, read_toml
from config.framework import Framework
from config.framework_checks import findings_in
from config.settings import home_settings
from config.validity import meet

FOLDER = Path(__file__).parent / "frameworks"


class InvalidFramework(InvalidFile):
    """A framework that cannot be used, or one that does not exist."""


def load_framework(path: Path) -> Framework:
    """Read and check one framework file.

    Raises
    ------
    InvalidFramework
        With everything wrong with the file. Rules that join several entries (an unknown step, a circle)
        are looked at once every entry is right in itself.
    """
    framework = read_toml(path, Framework, InvalidFramework)
    findings = [Finding(path.name, *found) for found in findings_in(framework)]
    if findings:
        raise InvalidFramework(findings)
    return framework


def framework_of_document(document: str, name: str) -> Framework:
    """A framework from the text that was kept of it, else InvalidFramework: an older version may have written it."""
    try:
        return Framework.model_validate_json(document)
    except ValidationError as fault:
        raise InvalidFramework(findings_of(fault, f"{name}, as it was kept", Framework)) from fault


def frameworks(folders: Iterable[Path] | None = None) -> Mapping[str, Framework]:
    """All frameworks by identifier: jarcycle's own and the operator's, or those of the given folders.

    A file of a later folder takes the place of one of the same name.

    Raises
    ------
    InvalidFramework
        With everything wrong with every file, also where two of one kind are valid on the same day.
    """
    places = (FOLDER, home_settings().frameworks) if folders is None else tuple(folders)
    files = sorted(files_by_name(*places).values())
    return _load_all(tuple((path, path.stat().st_mtime_ns) for path in files))


def is_own(framework_id: str) -> bool:
    """Whether a framework is the operator's: a file of the home, which takes the place of ours of the same name."""
    return (home_settings().frameworks / f"{framework_id}.toml").exists()


def is_our_name(framework_id: str) -> bool:
    """Whether a framework of that name comes with jarcycle."""
    return (FOLDER / f"{framework_id}.toml").exists()


def check_file(path: Path) -> Framework:
    """A framework file as it would be in the folder of the home, beside all the others.

    Raises
    ------
    InvalidFramework
        With everything wrong with the file, also that it holds at the same time as another one of its kind.
    """
    framework = load_framework(path)
    others = {name: known for name, known in frameworks().items() if name != framework.id}
    findings = _clashes(path, framework, others)
    if findings:
        raise InvalidFramework(findings)
    return framework


def find_framework(framework_id: str, known: Mapping[str, Framework] | None = None) -> Framework:
    """The framework of that identifier, else InvalidFramework with advice."""
    known = frameworks() if known is None else known
    if framework_id not in known:
        message = f"there is no framework '{framework_id}'."
        raise InvalidFramework([Finding("frameworks", framework_id, message, nearest(framework_id, known))])
    return known[framework_id]


def framework_on(kind: str, day: date, known: Mapping[str, Framework] | None = None) -> Framework:
    """The framework that an activity of this kind follows if it starts on that day, else InvalidFramework."""
    known = frameworks() if known is None else known
    of_kind = [framework for framework in known.values() if framework.kind == kind]
    found = next((framework for framework in of_kind if framework.is_valid_on(day)), None)
    if found is None:
        spans = ", ".join(f"{f.id} from {f.valid_from} to {f.valid_to or 'further notice'}" for f in of_kind)
        advice = f"Try another day: {spans}." if spans else nearest(kind, {f.kind for f in known.values()})
        raise InvalidFramework(
            [Finding("frameworks", kind, f"no framework of this kind holds on {day}.", advice)]
        )
    return found


def named_frameworks(names: Iterable[str], known: Mapping[str, Framework]) -> Mapping[str, Framework]:
    """Those that a programme names, all of them if it names none; InvalidFramework for one that does not exist."""
    chosen = {name: find_framework(name, known) for name in names}
    return chosen or known


def programme_frameworks(day: date, known: Mapping[str, Framework]) -> list[Framework]:
    """Frameworks of which every area gets activities: their start is the solver's to find."""
    return [
        known[name]
        for name in sorted(known)
        if known[name].window == "programme" and known[name].is_valid_on(day)
    ]


@lru_cache(maxsize=8)
def _load_all(files: tuple[tuple[Path, int], ...]) -> Mapping[str, Framework]:
    # The time of change is part of the cache's key, so that an edited file is read again.
    found: dict[str, Framework] = {}
    findings: list[Finding] = []
    for path, _changed in files:
        try:
            framework = load_framework(path)
        except InvalidFramework as fault:
            findings.extend(fault.findings)
            continue
        findings.extend(_clashes(path, framework, found))
        found.setdefault(framework.id, framework)
    if findings:
        raise InvalidFramework(findings)
    return found


def _clashes(path: Path, new: Framework, found: Mapping[str, Framework]) -> list[Finding]:
    findings = []
    if path.stem != new.id:
        advice = f"Rename the file to {new.id}.toml."
        findings.append(Finding(path.name, "id", f"the file is not named after its id '{new.id}'.", advice))
    for other in found.values():
        findings += [Finding(path.name, *fault) for fault in asked_twice(new, other)]
        if other.kind == new.kind and other.id != new.id and meet(new.validity, other.validity):
            message = (
                f"'{new.id}' and '{other.id}' are both for kind '{new.kind}' and valid on the same days."
            )
            advice = "End the older one (valid_to) where the newer starts (valid_from)."
            findings.append(Finding(path.name, "valid_from", message, advice))
    return findings
