"""Which fields of some Pydantic models the product's source reads: types followed as far as annotations say them.

An expression counts as a model if an annotation, a loop, an assignment or the field of another model makes it one.
A name that means two models in one function or class counts for both.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce

from pydantic import BaseModel

Models = frozenset[str]
Field = tuple[str, str]
"""A model and one of its fields."""

NONE: Models = frozenset()
ALL_OF_IT = "model_dump"
HANDED_ON = {"enumerate", "filter", "items", "list", "next", "reversed", "sorted", "tuple", "values", "zip"}
"""Functions and methods that give what they were given."""


class FieldReads:
    """The fields that are read in some files, of models by name.

    Parameters
    ----------
    files
        Everything whose annotations count.
    """

    def __init__(self, models: Mapping[str, type[BaseModel]], files: Iterable[ast.Module]) -> None:
        self._models = models
        self._named: dict[str, Models] = {}
        for file in files:
            for node in ast.walk(file):
                self._annotated(node)

    def fields(self) -> set[Field]:
        """Every field, under the model that defines it."""
        return {(name, field) for name, model in self._models.items() for field in _defined(model)}

    def reads(self, file: ast.Module) -> set[Field]:
        """What a file reads."""
        return {
            (name, field)
            for statement in file.body
            for nodes in [list(ast.walk(statement))]
            for known in [self._bound(nodes)]
            for node in nodes
            if isinstance(node, ast.Attribute)
            for model in self._models_of(node.value, known)
            for name, field in self._fields_read(model, node.attr)
        }

    def _fields_read(self, model: str, attribute: str) -> Iterator[Field]:
        for name, kind in self._models.items():
            if issubclass(self._models[model], kind):
                wanted = _defined(kind) if attribute == ALL_OF_IT else _defined(kind) & {attribute}
                yield from ((name, field) for field in wanted)

    def _annotated(self, node: ast.AST) -> None:
        """Note what an attribute of a class holds and what a function returns, whatever class it belongs to."""
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            self._note(self._named, node.name, self._models_in(node.returns))
        elif isinstance(node, ast.ClassDef):
            for line in node.body:
                if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                    self._note(self._named, line.target.id, self._models_in(line.annotation))

    def _bound(self, nodes: list[ast.AST]) -> dict[str, Models]:
        """What names stand for; twice over, as a name may be used above the line that makes it."""
        known: dict[str, Models] = {}
        for _ in range(2):
            for node in nodes:
                for name, models in self._bindings(node, known):
                    self._note(known, name, models)
        return known

    def _bindings(self, node: ast.AST, known: Mapping[str, Models]) -> Iterator[tuple[str, Models]]:
        if isinstance(node, ast.ClassDef) and node.name in self._models:
            yield "self", frozenset({node.name})
        elif isinstance(node, ast.arg) and node.annotation is not None:
            yield node.arg, self._models_in(node.annotation)
        elif isinstance(node, ast.AnnAssign):
            yield from ((name, self._models_in(node.annotation)) for name in _names(node.target))
        elif isinstance(node, ast.For | ast.comprehension):
            yield from ((name, self._models_of(node.iter, known)) for name in _names(node.target))
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                yield from ((name, self._models_of(node.value, known)) for name in _names(target))
        elif isinstance(node, ast.NamedExpr):
            yield node.target.id, self._models_of(node.value, known)

    def _models_of(self, node: ast.expr, known: Mapping[str, Models]) -> Models:
        """The models that an expression is, or holds."""
        if isinstance(node, ast.Name):
            return known.get(node.id, NONE)
        if isinstance(node, ast.Attribute):
            return self._named.get(node.attr, NONE) | known.get(node.attr, NONE)
        if isinstance(node, ast.Call) and _last(node.func) not in HANDED_ON:
            return self._named.get(_last(node.func), NONE)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            return self._models_of(node.func.value, known)
        inner = (part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr))
        return reduce(frozenset.union, (self._models_of(part, known) for part in inner), NONE)

    def _models_in(self, annotation: ast.expr) -> Models:
        return frozenset(re.findall(r"\w+", ast.unparse(annotation))) & self._models.keys()

    @staticmethod
    def _note(table: dict[str, Models], name: str, models: Models) -> None:
        if models:
            table[name] = table.get(name, NONE) | models


def _defined(model: type[BaseModel]) -> set[str]:
    """The fields that a model itself adds to those of its bases."""
    return model.model_fields.keys() & vars(model).get("__annotations__", {}).keys()


def _names(target: ast.expr) -> Iterator[str]:
    """What is bound: names, and attributes such as that of `self._rules = rules`."""
    parts = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
    return (name for part in parts if (name := _last(part)))


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
