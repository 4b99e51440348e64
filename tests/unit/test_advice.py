"""What the messages of the product send people to exists: commands, options, pages, variables, documents."""

import ast
import copy
import pickle
import re
from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from pydantic_settings import BaseSettings

from cli.main import COMMANDS, command_named
from config import settings
from console.access_table import ACCESS
from console.rendering import NAVIGATION
from services import doors
from tests.name_graph import PRODUCT, ROOT

OF_ITSELF = {"is", "was", "has", "runs", "itself", "knows", "or", "and", "starts", "keeps", "made", "puts"}
"""What may follow 'jarcycle' where the product is meant and not a command."""

SENT = re.compile(r"\b(?:Look at|See:?) (?!what )([^.:;]*)")
"""An advice to look somewhere."""

SEEN_HERE = ("the new dates", "the closures", "something", "one area")
"""What somebody who reads the message has before them."""

PLACES = re.compile(r"jarcycle [a-z]|docs/|\bpage\b|JARCYCLE_|--help|in Prefect|the variables")


@cache
def options_by_command() -> Mapping[str, frozenset[str]]:
    """The options of each command."""
    commands = {name: command_named(name) for name in COMMANDS}
    return {
        name: frozenset(
            word
            for own in command.params
            for word in (*own.opts, *own.secondary_opts)
            if word.startswith("--")
        )
        | {"--help"}
        for name, command in commands.items()
    }


@cache
def variables() -> frozenset[str]:
    """Every environment variable that a setting reads."""
    areas = [
        own
        for own in vars(settings).values()
        if isinstance(own, type) and issubclass(own, BaseSettings) and own is not BaseSettings
    ]
    return frozenset(
        f"{area.model_config['env_prefix']}{name}".upper() for area in areas for name in area.model_fields
    )


@cache
def routes() -> tuple[re.Pattern[str], ...]:
    """Addresses of the console's pages."""
    paths = [name.partition(" ")[2] for name in ACCESS]
    return tuple(re.compile(re.sub(r"\{\w+(:path)?\}", "[^/]+", path)) for path in paths)


def addresses(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every address of a page that a file makes, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("console_address") and node.args:
            for _line, text in texts(node.args[0]):
                yield node.lineno, text


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every text of a file with its line; what a format string puts in is '{}'."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    inside |= {id(part) for part in words_before_doors(tree)}
    for node in ast.walk(tree):
        if id(node) in inside:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = (str(own.value) if isinstance(own, ast.Constant) else "{}" for own in node.values)
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def words_before_doors(tree: ast.AST) -> Iterator[ast.AST]:
    """What is said before a door, which names the place: 'See them' of `OFFERS.advise('See them')`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "advise":
            yield from node.args[:1]


@cache
def options() -> frozenset[str]:
    """The options of all commands."""
    return frozenset[str]().union(*options_by_command().values()) | {"--version"}


def faults_in(text: str) -> Iterator[str]:
    """What a text sends people to, and is not there."""
    for first, second, rest in re.findall(r"\bjarcycle ([a-z][a-z-]*)( [a-z][a-z-]*)?([^.`\n]*)", text):
        name = first + second if first + second in options_by_command() else first
        if name in OF_ITSELF:
            continue
        if name not in options_by_command():
            yield f"there is no command '{name}'"
            continue
        for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", rest)) - options_by_command()[name]:
            yield f"'{name}' has no {option}"
    if " " in text:
        for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) - options():
            yield f"no command has {option}"
    for page in re.findall(r"\bpage ([A-Z][a-z]+[a-z ]*)", text):
        if not any(page.startswith(title) for _path, title in NAVIGATION):
            yield f"there is no page '{page}'"
    for name in re.findall(r"\bJARCYCLE_[A-Z_]*[A-Z]\b(?!\*|_\*|\{)", text):
        if name not in variables():
            yield f"nothing reads {name}"
    for document in re.findall(r"\bdocs/[\w/-]+\.md", text):
        if not (ROOT / document).exists():
            yield f"there is no {document}"
    for place in SENT.findall(text):
        if not PLACES.search(place) and not PLACES.search(text) and not place.startswith(SEEN_HERE):
            yield f"'{place}' names no command, page, variable or document"


@pytest.mark.parametrize("package", PRODUCT)
def test_advice_is_an_imperative_and_no_guess(package: str) -> None:
    assert lines_with(package, re.compile(r"\b[Mm]aybe\b")) == []


@pytest.mark.parametrize("package", PRODUCT)
def test_an_inspector_is_they(package: str) -> None:
    assert lines_with(package, re.compile(r"\b([Hh]e|[Hh]im|[Hh]is|[Hh]imself|[Ss]he|[Hh]ers?)\b")) == []


@pytest.mark.parametrize("package", [*PRODUCT, "benchmarks", "docs"])
def test_variables_say_what_they_are(package: str) -> None:
    """A link, an activity, a seat: not 'own', which says nothing."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for text in [path.read_text(encoding="utf-8")]
        if re.search(r"\bown\b", text)
        for node in ast.walk(ast.parse(text))
        if "own" in (getattr(node, "id", ""), getattr(node, "arg", ""))
    ]
    assert found == []


def lines_with(package: str, words: re.Pattern[str]) -> list[str]:
    """Lines of a package, comments and docstrings among them, in which a word is found."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if words.search(line)
    ]


@pytest.mark.parametrize("package", PRODUCT)
def test_whatever_a_message_names_is_there(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {fault}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, text in texts(ast.parse(path.read_text(encoding="utf-8")))
        for fault in faults_in(text)
    ]
    assert found == []


IN_THE_SHELL = re.compile(r"\bjarcycle ([a-z][a-z-]*)|(?<![\w-])--[a-z]")
"""A command or an option in a text."""

SPEAK_IN_THE_SHELL = {
    "services/shown/framework_lines.py": "only commands show the text of frameworks",
    "services/shown/reasons/answers.py": "only commands show these answers",
    "services/naming/late_starts.py": "only commands show this line",
    "services/messages/offers.py": "a mail names commands where no console has an address",
    "services/messages/alerts.py": "a mail to whoever runs the service",
    "console/vendor.py": "the options of npm, which fetches what is not ours",
}
"""Files whose words no page shows, and why."""


def told_to_pages(source: str) -> list[str]:
    """Texts that name a command or an option, but for those of the shell's side of an advice or of a door."""
    tree = ast.parse(source)
    sides = [
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Advice", "Door")
        for part in ast.walk(node.args[0])
    ]
    shell, docs = {id(part) for part in sides}, docstrings(tree)
    return [
        text
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for text in [node.value]
        if id(node) not in shell | docs
        and any(found.group(1) not in OF_ITSELF for found in IN_THE_SHELL.finditer(text))
    ]


def docstrings(tree: ast.AST) -> set[int]:
    """Texts that nobody but a reader of the source sees."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


@pytest.mark.parametrize("package", ["services", "scheduler", "console", "reports"])
def test_a_command_is_only_named_to_the_shell(package: str) -> None:
    """On a page it could not be followed: `Advice` and `Door` say the same for both."""
    found = {
        str(path.relative_to(ROOT)): told
        for path in sorted((ROOT / package).rglob("*.py"))
        if (told := told_to_pages(path.read_text(encoding="utf-8")))
    }
    assert {name: told for name, told in found.items() if name not in SPEAK_IN_THE_SHELL} == {}
    assert {name for name in SPEAK_IN_THE_SHELL if name.startswith(package)} <= found.keys()


def test_an_advice_that_is_copied_or_sent_elsewhere_still_says_both() -> None:
    for same in (copy.deepcopy(doors.SAY_WHY), pickle.loads(pickle.dumps(doors.SAY_WHY))):
        assert (same, doors.on_page(same)) == ("Say why: --why TEXT.", "Say why, in a sentence.")
    assert doors.on_page("Check the year.") == "Check the year."


def test_every_door_is_named_by_an_advice() -> None:
    known = {name for name, value in vars(doors).items() if isinstance(value, doors.Door | doors.Advice)}
    texts_of_services = [path.read_text(encoding="utf-8") for path in (ROOT / "services").rglob("*.py")]
    named = {
        word
        for text in texts_of_services
        if "services.doors" in text
        for word in re.findall(r"\b[A-Z_]+\b", text)
    } | {word for text in texts_of_services for word in re.findall(r"\bdoors\.([A-Z_]+)\b", text)}
    assert known - named == set()


def test_a_command_that_is_told_to_everybody_is_found() -> None:
    source = (
        "because(code, 'it is so.', 'Solve again: jarcycle solve.'); f'Give {x} with --why'; "
        "Advice('Say --why.', 'Say why.'); Door('jarcycle solve', 'on the page Plans'); 'jarcycle is up'"
    )
    assert told_to_pages(source) == ["Solve again: jarcycle solve.", " with --why"]


def strays(source: str) -> list[str]:
    """Addresses in a source that no page of the console has."""
    if "console_address" not in source:
        return []
    found = [text for _line, text in addresses(ast.parse(source))]
    return [text for text in found if not any(route.fullmatch(text.replace("{}", "x")) for route in routes())]


@pytest.mark.parametrize("package", ["cli", "console", "flows", "services"])
def test_every_address_that_is_linked_is_a_page_of_the_console(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    assert [(path.name, own) for path in files for own in strays(path.read_text(encoding="utf-8"))] == []


def test_an_address_that_is_no_page_is_found() -> None:
    source = (
        "console_address(f'/areas/{code}'); wiring.console_address('/areas/'); console_address('/nowhere')"
    )
    assert strays(source) == ["/areas/", "/nowhere"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Maybe: jarcycle sovle", "there is no command 'sovle'"),
        ("Maybe: jarcycle publish PLAN --waver x", "'publish' has no --waver"),
        ("Leave --colour out.", "no command has --colour"),
        ("See the page Solves of the console.", "there is no page 'Solves of the console'"),
        ("Set JARCYCLE_HOUSE to another folder.", "nothing reads JARCYCLE_HOUSE"),
        ("More in docs/nothing.md.", "there is no docs/nothing.md"),
        ("Look at the area's checklist.", "'the area's checklist' names no command"),
    ],
)
def test_what_is_not_there_is_found(text: str, fault: str) -> None:
    assert next(faults_in(text)).startswith(fault)


@pytest.mark.parametrize(
    "text",
    [
        "Maybe: jarcycle publish PLAN --waive stale_plan --why TEXT",
        "Whether jarcycle is up is another question.",
        "Leave --input out.",
        "Start with the page What is due of the console.",
        "Set JARCYCLE_HOME to another folder.",
        "docs/operations.md says how.",
        "Look at: jarcycle status --all",
        "--silent",
    ],
)
def test_what_is_there_is_no_fault(text: str) -> None:
    assert list(faults_in(text)) == []
