"""Rating regimes are TOML files: those in `config/ratings`, and an operator's own in the folder `ratings` of the home.

An operator's file takes the place of ours of the same name.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from config.findings import Finding, InvalidFile, files_by_name, nearest, read_toml
from config.rating_checks import findings_in_regime
from config.ratings import RatingRegime
from config.settings import home_settings
from config.validity import meet

FOLDER = Path(__file__).parent / "ratings"


class InvalidRegime(InvalidFile):
    """A rating regime that cannot be used, or one that does not exist."""


def load_regime(path: Path) -> RatingRegime:
    """Read and check one file; InvalidRegime with everything wrong with it."""
    regime = read_toml(path, RatingRegime, InvalidRegime)
    findings = [Finding(path.name, *found) for found in findings_in_regime(regime)]
    if path.stem != regime.id:
        advice = f"Rename the file to {regime.id}.toml."
        findings.append(
            Finding(path.name, "id", f"the file is not named after its id '{regime.id}'.", advice)
        )
    if findings:
        raise InvalidRegime(findings)
    return regime


def rating_regimes(folders: Iterable[Path] | None = None) -> Mapping[str, RatingRegime]:
    """All regimes by name: jarcycle's own and the operator's, or those of the given folders.

    Raises
    ------
    InvalidRegime
        With everything wrong with every file, also where two hold on the same day.
    """
    places = (FOLDER, home_settings().ratings) if folders is None else tuple(folders)
    files = sorted(files_by_name(*places).values())
    return _load_all(tuple((path, path.stat().st_mtime_ns) for path in files))


def regime_holding_on(day: date) -> RatingRegime | None:
    """The regime by which areas are rated on a day; None before there was one."""
    return next((regime for regime in rating_regimes().values() if regime.holds_on(day)), None)


def find_regime(name: str) -> RatingRegime:
    """The regime of a name; InvalidRegime with advice if there is none."""
    known = rating_regimes()
    if name not in known:
        raise InvalidRegime([Finding("ratings", name, "there is no such regime.", nearest(name, known))])
    return known[name]


@lru_cache(maxsize=8)
def _load_all(files: tuple[tuple[Path, int], ...]) -> Mapping[str, RatingRegime]:
    # The time of change is part of the cache's key, so that an edited file is read again.
    found: dict[str, RatingRegime] = {}
    findings: list[Finding] = []
    for path, _changed in files:
        try:
            regime = load_regime(path)
        except InvalidRegime as fault:
            findings.extend(fault.findings)
            continue
        for other in found.values():
            if meet(regime.validity, other.validity):
                message = f"'{regime.id}' and '{other.id}' hold on the same days."
                advice = "End the older one (valid_to) where the newer starts (valid_from)."
                findings.append(Finding(path.name, "valid_from", message, advice))
        found[regime.id] = regime
    if findings:
        raise InvalidRegime(findings)
    return found
