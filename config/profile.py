"""Solver profiles: named sets of limits for a solve, as plain values (`scheduler.SolveParams` takes them)."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from config.entry import Entry, Positive, Whole
from config.findings import Finding, InvalidFile, files_by_name, nearest, read_toml
from config.settings import home_settings

FOLDER = Path(__file__).parent / "solver"

Seconds = Annotated[float, Field(gt=0)]
Fraction = Annotated[float, Field(ge=0, le=1)]


class InvalidProfile(InvalidFile):
    """A profile that cannot be used, or one that does not exist."""


class Profile(Entry):
    """Limits of a solve: wall-clock seconds for dates and for teams, and the gaps (fractions) that are good enough.

    Its fields are keyword arguments of the solver's parameters: `SolveParams(**profile.model_dump())`.
    """

    seed: Whole = 0
    dates_seconds: Seconds
    teams_seconds: Seconds
    gap_target: Fraction
    team_gap_target: Fraction
    num_workers: Positive


def load_profile(name: str | Path) -> Profile:
    """A profile: by its name, or any file by its path. The operator's own goes before one of ours of that name.

    Raises
    ------
    InvalidProfile
        If there is no such profile or its file is wrong.
    """
    if isinstance(name, Path):
        return read_toml(name, Profile, InvalidProfile)
    files = _files()
    if name not in files:
        message = f"there is no profile '{name}'."
        raise InvalidProfile([Finding("solver", name, message, nearest(name, files))])
    return read_toml(files[name], Profile, InvalidProfile)


def profile_names() -> tuple[str, ...]:
    """Names of all profiles, in alphabetical order: ours, and the operator's own."""
    return tuple(sorted(_files()))


def _files() -> dict[str, Path]:
    return files_by_name(FOLDER, home_settings().profiles)
