"""Run the code of a screen, and watch what each part of it gives: what a notebook must be given, this finds out."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from io import StringIO
from types import FunctionType
from typing import Any

import numpy as np

from selfattn.frame.away.frozen.values import LARGEST, is_of_ours, is_plain, size

WATCHED = (
    ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.IfExp,
    ast.Tuple, ast.List, ast.Dict, ast.ListComp, ast.DictComp, ast.GeneratorExp, ast.SetComp,
)  # fmt: skip
MOST = 2000  # times that one part may be run through, and still be looked at
GIVEN = "_given"  # a function that gives the vectors of the session
TRIES = 20  # to parse
CHANGES = ("append", "extend")


@dataclass(frozen=True, slots=True)
class Visit:
    """One time that an expression was computed: what the names around it were bound to, and its value."""

    bound: tuple[Any, ...]
    value: Any


@dataclass(slots=True)
class Site:
    """One expression of the program: the names that loops and functions bind around it, and every value it had."""

    names: tuple[str, ...] = ()
    visits: list[Visit] = field(default_factory=list)
    often: bool = False

    @property
    def values(self) -> list[Any]:
        """List its values, in order."""
        return [visit.value for visit in self.visits]


@dataclass(frozen=True, slots=True)
class Trace:
    """A program that was run.

    Attributes
    ----------
    source : str
    tree : ast.Module
    sites : dict of ast.expr to Site
        What was watched.
    left : dict of ast.stmt to dict
        The names that each statement at the top level assigns or changes, as they were after it.
    names : dict
        All names at the end.
    printed : str
    """

    source: str
    tree: ast.Module
    sites: dict[ast.AST, Site]
    left: dict[ast.AST, dict[str, Any]]
    names: dict[str, Any]
    printed: str


def run(source: str, given: Sequence[Any]) -> Trace:
    """Run a program of ours, in which `_given(number)` gives vectors of the session.

    What the user typed stands in it as strings only; nothing of it is run.
    """
    tree, printed = _parsed(source), StringIO()
    nodes = list(ast.walk(tree))
    sites = [Site() for _ in nodes]
    watched = _parsed(source)
    for number, node in enumerate(ast.walk(watched)):
        node.number = number  # type: ignore[attr-defined]
    watcher = _Watcher(sites)
    program = [ast.fix_missing_locations(watcher.visit(statement)) for statement in watched.body]

    def see(number: int, value: Any, *bound: Any) -> Any:
        site = sites[number]
        if len(site.visits) >= MOST:
            site.often = True
        else:
            site.visits.append(Visit(bound, _kept(value)))
        return value

    say = partial(print, file=printed)
    names: dict[str, Any] = {"__name__": "notebook", "_see": see, GIVEN: _of_ours(given), "print": say}
    left: dict[ast.AST, dict[str, Any]] = {}
    for statement, run in zip(tree.body, program, strict=True):
        exec(compile(ast.Module([run], []), "notebook", "exec"), names)  # noqa: S102 - lines of ours
        left[statement] = {name: _kept(names[name]) for name in changed(statement) if name in names}
    return Trace(source, tree, dict(zip(nodes, sites, strict=True)), left, names, printed.getvalue())


def _parsed(source: str) -> ast.Module:
    """Parse a program, once more where another thread parsed one meanwhile.

    CPython before 3.12 counts the depth of both together, and then says that it does not match:
    https://github.com/python/cpython/issues/106905
    """
    for _ in range(TRIES):
        with suppress(SystemError):
            return ast.parse(source)
    return ast.parse(source)


def changed(statement: ast.AST) -> Iterator[str]:
    """List the names that a statement assigns, or changes in place."""
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.FunctionDef(name=name):
                yield name
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                yield name
            case ast.Attribute(value=ast.Name(id=name), attr=method) if method in CHANGES:
                yield name
            case ast.alias(name=name, asname=asname):
                yield asname or name


def _of_ours(given: Sequence[Any]) -> Any:
    def vectors(number: int) -> Any:
        return given[number]

    vectors.__module__ = "selfattn"
    return vectors


def _kept(value: Any) -> Any:
    """Keep a value as it is now: what is small enough to be written; arrays and lists change in place."""
    if isinstance(value, np.ndarray):
        return value.copy() if value.size <= LARGEST else value
    if isinstance(value, list) and len(value) <= LARGEST:
        return [_kept(each) for each in value]
    return dict(value) if isinstance(value, dict) and len(value) <= LARGEST else value


class _Watcher(ast.NodeTransformer):
    """Puts `_see(number, …, bound names)` around expressions."""

    def __init__(self, sites: list[Site]) -> None:
        self.sites = sites
        self.bound: tuple[str, ...] = ()

    def visit(self, node: ast.AST) -> Any:
        """Watch an expression; f-strings are left alone, as their parts have no places of their own."""
        if isinstance(node, ast.JoinedStr):
            return node
        outside, number = self.bound, node.number  # type: ignore[attr-defined]
        new = self._bind(node)
        self.bound = outside
        if not isinstance(node, WATCHED) or isinstance(getattr(node, "ctx", None), ast.Store):
            return new
        self.sites[number].names = outside
        bound = [ast.Name(name, ast.Load()) for name in outside]
        return ast.copy_location(ast.Call(ast.Name("_see", ast.Load()), [ast.Constant(number), new, *bound], []), node)

    def _bind(self, node: ast.AST) -> Any:
        """Go on below, with the names that the node binds."""
        match node:
            case ast.For():
                node.iter = self.visit(node.iter)
                self.bound += names_of(node.target)
                node.body = [self.visit(statement) for statement in node.body]
                return node
            case ast.FunctionDef() | ast.Lambda():
                self.bound += tuple(argument.arg for argument in node.args.args)
                return self.generic_visit(node)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                return self._comprehension(node)
        return self.generic_visit(node)

    def _comprehension(self, node: Any) -> Any:
        for loop in node.generators:
            loop.iter = self.visit(loop.iter)
            self.bound += names_of(loop.target)
            loop.ifs = [self.visit(test) for test in loop.ifs]
        for part in ("elt", "key", "value"):
            if hasattr(node, part):
                setattr(node, part, self.visit(getattr(node, part)))
        return node


def names_of(target: ast.AST) -> tuple[str, ...]:
    """List the names in what a loop assigns."""
    return tuple(node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def is_function_of_the_code(value: Any) -> bool:
    """Tell whether a value is a function that the program itself makes."""
    return isinstance(value, FunctionType) and value.__module__ == "notebook"


def storable(values: Mapping[Any, Any]) -> bool:
    """Tell whether values are plain, and few enough numbers to be written."""
    return all(is_plain(value) and not is_of_ours(value) for value in values.values()) and size(values) <= LARGEST
