"""The form above a chart or a map: what the address asks for, its fields, and each filter as a tag to take away."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request

from services.shown.area_maps import Colouring
from services.shown.look import By, Look, Standing
from services.shown.look_choices import Choice, choices
from services.shown.shown_plan import Selection

LEAST_WEEKS, MOST_WEEKS = 4, 260
WHOLE = "all"
WEEKS = (("26", "26 weeks"), ("52", "52 weeks"), ("156", "156 weeks"), (WHOLE, "The whole plan"))
BY = (
    (By.AREA, "By area, late ones first"),
    (By.REGION, "By region"),
    (By.LEADER, "By team leader"),
    (By.INSPECTOR, "By inspector"),
)
STANDINGS = (
    (Standing.LATE, "Late"),
    (Standing.AT_RISK, "At risk"),
    (Standing.ON_TIME, "Neither late nor at risk"),
    (Standing.PINNED, "Pinned"),
)
COLOURINGS = (
    (Colouring.YEAR, "Year of review"),
    (Colouring.STATE, "State"),
    (Colouring.CONCERN, "Concern"),
)
PAPERS = (("a4", "A4"), ("a3", "A3"))


@dataclass(frozen=True)
class Field:
    """A choice of the form: its name in the address, its label, what there is, and what is chosen.

    `is_filter` says that it leaves something out, so that its choice stands as a tag; `every` are the words of no
    choice, None where something is always chosen.
    """

    name: str
    label: str
    options: tuple[Choice, ...]
    chosen: str
    every: str | None = None
    is_filter: bool = False


@dataclass(frozen=True)
class Tag:
    """A filter in words, and the address without it."""

    words: str
    without: str


@dataclass(frozen=True)
class Paper:
    """A paper in words, the address of the view laid out for it, and whether it is."""

    words: str
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class LookForm:
    """The form of a page at `path`, and the view that it asks for."""

    path: str
    look: Look
    fields: tuple[Field, ...]
    paper: str = ""
    plan: str = ""

    def chosen(self, name: str) -> str:
        """What is chosen in a field."""
        return next(field.chosen for field in self.fields if field.name == name)

    @property
    def whole(self) -> str:
        """The address without any choice."""
        return f"{self.path}?{urlencode({'plan': self.plan})}" if self.plan else self.path

    def address(self, **changes: str) -> str:
        """The address of this view with other choices; a blank one is left out, and the page begins anew."""
        chosen = {field.name: field.chosen for field in self.fields} | {
            "name": self.look.name,
            "paper": self.paper,
            "plan": self.plan,
        }
        kept = {name: value for name, value in {**chosen, **changes}.items() if value}
        return f"{self.path}?{urlencode(kept)}"

    @property
    def tags(self) -> list[Tag]:
        """Every filter that is set."""
        found = [
            Tag(
                f"{field.label}: {dict(field.options).get(field.chosen, field.chosen)}",
                self.address(**{field.name: ""}),
            )
            for field in self.fields
            if field.is_filter and field.chosen
        ]
        if self.look.name:
            found.append(Tag(f"Name: {self.look.name}", self.address(name="")))
        return found

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers for which the view may be laid out."""
        return tuple(Paper(words, self.address(paper=code), code == self.paper) for code, words in PAPERS)


@dataclass(frozen=True)
class Arrangement:
    """How a page arranges what is shown, if its address does not say otherwise.

    Attributes
    ----------
    weeks
        Weeks of a chart: a number, or `all`; blank for a page without a chart, which has neither weeks nor rows.
    colouring
        What the colours of a map say; blank for a page without a map.
    plan
        The version of a map's plan, which its address names; blank where the path does.
    """

    weeks: str = ""
    colouring: str = ""
    plan: str = ""


@dataclass(frozen=True)
class Asked:
    """An address: its path, and its choices by name."""

    path: str
    choices: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, request: Request) -> "Asked":
        """What a request asks for."""
        return cls(
            request.url.path, tuple((name, value.strip()) for name, value in request.query_params.items())
        )


def look_asked(opened: Session, address: Asked, version: int, arrangement: Arrangement) -> LookForm:
    """Read an address.

    Raises
    ------
    HTTPException
        400, with everything in the address that is not understood.
    """
    asked = dict(address.choices)
    fields = (*_arranging(asked, arrangement), *_filters(opened, version, asked))
    shown, page = asked.get("weeks") or arrangement.weeks or WHOLE, asked.get("page") or "1"
    problems = [
        f"{field.label} '{field.chosen}' is not known here. Choose one of the list."
        for field in fields
        if field.name != "weeks" and field.chosen and field.chosen not in dict(field.options)
    ]
    if shown != WHOLE and not _is_number(shown, LEAST_WEEKS, MOST_WEEKS):
        problems.append(f"Weeks '{shown}' are not shown. Give {LEAST_WEEKS} to {MOST_WEEKS}, or {WHOLE}.")
    if not _is_number(page, 1, 10**6):
        problems.append(f"Page '{page}' is not a number. Begin at the first: leave it out.")
    paper = asked.get("paper", "")
    if paper and paper not in dict(PAPERS):
        problems.append(f"There is no paper '{paper}'. Choose a4 or a3.")
    if problems:
        raise HTTPException(400, " ".join(problems))
    look = _look({field.name: field.chosen for field in fields}, shown, asked.get("name", ""), int(page))
    return LookForm(address.path, look, fields, paper, arrangement.plan)


def _arranging(asked: Mapping[str, str], arrangement: Arrangement) -> tuple[Field, ...]:
    """What rows stand for and how many weeks are shown, or what colours say."""
    if arrangement.colouring:
        return (Field("colour", "Colour", COLOURINGS, asked.get("colour") or arrangement.colouring),)
    shown = asked.get("weeks") or arrangement.weeks
    periods = WEEKS if shown in dict(WEEKS) else (*WEEKS, (shown, f"{shown} weeks"))
    return (
        Field("by", "Rows", BY, asked.get("by") or By.AREA),
        Field("weeks", "Weeks", periods, shown),
    )


def _filters(opened: Session, version: int, asked: Mapping[str, str]) -> tuple[Field, ...]:
    there = choices(opened, version)

    def filter_of(name: str, label: str, options: tuple[Choice, ...], every: str) -> Field:
        return Field(name, label, options, asked.get(name, ""), every, is_filter=True)

    return (
        filter_of("region", "Region", there.regions, "All regions"),
        filter_of("standing", "State", STANDINGS, "Any state"),
        filter_of("kind", "Kind", there.kinds, "All kinds"),
        filter_of("stage", "Stage under way", there.stages, "Any stage"),
        filter_of("body", "Body", there.bodies, "All bodies"),
        filter_of("leader", "Team leader", there.leaders, "Anybody"),
        filter_of("inspector", "Inspector", there.inspectors, "Anybody"),
    )


def _look(chosen: Mapping[str, str], weeks: str, name: str, page: int) -> Look:
    return Look(
        by=By(chosen.get("by", By.AREA)),
        weeks=None if weeks == WHOLE else int(weeks),
        selection=Selection(
            region=chosen["region"] or None,
            kinds=frozenset({chosen["kind"]}) if chosen["kind"] else None,
            who=chosen["inspector"] or None,
            leader=chosen["leader"] or None,
            body=chosen["body"] or None,
        ),
        standing=Standing(chosen["standing"]) if chosen["standing"] else None,
        stage=chosen["stage"],
        name=name,
        page=page,
    )


def _is_number(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 8 and least <= int(text) <= most
