"""Solver profiles: named sets of limits for a solve, as plain values (`scheduler.SolveParams` takes them)."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from config.entry import Entry, Positive, Whole
from config.findings import Finding, InvalidFile, nearest, read_toml

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


def profiles() -> tuple[str, ...]:
    """Names of the profiles that come with jarcycle."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load_profile(name: str | Path) -> Profile:
    """A profile: one of ours by its name, or any file by its path.

    Raises
    ------
    InvalidProfile
        If there is no such profile or its file is wrong.
    """
    if isinstance(name, Path):
        return read_toml(name, Profile, InvalidProfile)
    if name not in profiles():
        message = f"there is no profile '{name}'."
        raise InvalidProfile([Finding("solver", name, message, nearest(name, profiles()))])
    return read_toml(FOLDER / f"{name}.toml", Profile, InvalidProfile)
