"""Which definitions of the product use which others, read from its source and nothing run."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.logs import OURS

ROOT = Path(__file__).parents[1]
PRODUCT = OURS
"""The packages of the product."""

Definition = tuple[str, str]
"""A module and a name that it defines at its top; '' is all of the module that is neither function nor class."""


@dataclass
class Module:
    """A file: its top-level functions and classes, the rest of it, and what its names stand for elsewhere.

    `imports` has the module and the name there ('' for a module itself) of each imported name.
    """

    name: str
    definitions: dict[str, ast.stmt] = field(default_factory=dict)
    rest: list[ast.stmt] = field(default_factory=list)
    imports: dict[str, Definition] = field(default_factory=dict)


class NameGraph:
    """Definitions of some packages, and what each of them uses."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.modules = {name: _read(name, text, sources.keys()) for name, text in sources.items()}
        self._used: dict[Definition, frozenset[Definition]] = {}

    @classmethod
    def of(cls, packages: Iterable[str]) -> "NameGraph":
        """The graph of packages of the product."""
        return cls(sources(packages))

    def reached(self, packages: Iterable[str]) -> set[Definition]:
        """Everything that any line of some packages uses, directly or by way of others."""
        starts = set(packages)
        waiting: list[Definition] = []
        for name, module in self.modules.items():
            if name.partition(".")[0] in starts:
                waiting += [(name, own) for own in ("", *module.definitions)]
        found: set[Definition] = set()
        while waiting:
            own = waiting.pop()
            if own not in found:
                found.add(own)
                if own not in self._used:
                    self._used[own] = frozenset(self._uses(own))
                waiting += [(own[0], ""), *self._used[own]]
        return found

    def public(self, package: str) -> set[Definition]:
        """Every function and class of a package whose name has no underscore in front."""
        return {
            (name, own)
            for name, module in self.modules.items()
            if name.partition(".")[0] == package
            for own in module.definitions
            if not own.startswith("_")
        }

    def _uses(self, own: Definition) -> Iterator[Definition]:
        module = self.modules[own[0]]
        trees = [module.definitions[own[1]]] if own[1] else module.rest
        for tree in trees:
            for node in ast.walk(tree):
                if isinstance(node, ast.Name):
                    yield from self._resolved(module.name, node.id)
                elif isinstance(node, ast.Attribute):
                    yield from self._resolved(self._module_of(module, node.value), node.attr)

    def _module_of(self, module: Module, node: ast.expr) -> str:
        """The module that an expression such as `audit` or `services.audit` stands for; '' for anything else."""
        path: list[str] = []
        while isinstance(node, ast.Attribute):
            path.insert(0, node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in module.imports:
            return ""
        first, name = module.imports[node.id]
        return ".".join([first, *([name] if name else []), *path])

    def _resolved(self, name: str, attribute: str) -> Iterator[Definition]:
        """Where a name of a module is defined, re-exports followed."""
        module = self.modules.get(name)
        if module is None:
            return
        if attribute in module.definitions:
            yield name, attribute
        elif attribute in module.imports:
            origin, there = module.imports[attribute]
            if there and (origin, there) != (name, attribute):
                yield from self._resolved(origin, there)
        else:
            yield name, ""  # a constant: a table of functions, for one


def sources(packages: Iterable[str]) -> dict[str, str]:
    """The text of every module of packages of the product."""
    files = (path for package in packages for path in (ROOT / package).rglob("*.py"))
    return {_module_name(path): path.read_text(encoding="utf-8") for path in files}


def _module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _read(name: str, text: str, known: Iterable[str]) -> Module:
    module, tree = Module(name), ast.parse(text)
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            module.definitions[statement.name] = statement
        else:
            module.rest.append(statement)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for own in node.names:
                bound = own.asname or own.name.partition(".")[0]
                module.imports[bound] = (own.name if own.asname else bound, "")
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for own in node.names:
                is_module = f"{node.module}.{own.name}" in known
                target = (f"{node.module}.{own.name}", "") if is_module else (node.module, own.name)
                module.imports[own.asname or own.name] = target
    return module
