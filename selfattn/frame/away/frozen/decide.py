"""Turn the code of a screen into code that needs NumPy alone: what selfattn gave is written in, the rest computes.

Of each expression that needs selfattn, the smallest part is replaced whose value is made of numbers and words: vectors
by those of the few words that are asked for, `selfattn.embed(text, vectors)` by the words and the matrix of that text,
20,000 vectors by their mean. Where nothing of a statement can be kept, what it leaves is written in.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gensim.models import KeyedVectors

from selfattn.frame.away.frozen.expressions import Expressions, Found, worst
from selfattn.frame.away.frozen.tables import words_of
from selfattn.frame.away.frozen.trace import Trace, names_of, storable
from selfattn.frame.away.frozen.values import LARGEST, RECORDS, is_plain, size


class _GoesError(Exception):
    """Nothing of a statement can be kept."""


def decide(trace: Trace) -> "Decisions":
    """Decide what becomes of each part of a program that was run."""
    decisions = Decisions(trace)
    decisions.make()
    return decisions


@dataclass(slots=True)
class Decisions(Expressions):
    """What becomes of the statements of a program, and of what is in them."""

    def make(self) -> None:
        """Go through the program."""
        self.fields = dict(self._fields(self.trace.tree)) | {KeyedVectors: ()}
        for statement in self.trace.tree.body:
            self._at_the_top(statement)
        self.fields = dict(self._fields(self.kept))
        self.fields[KeyedVectors] = tuple(
            dict.fromkeys(word for node in self.kept for word in words_of(self.trace, node))
        )

    def _fields(self, nodes: ast.AST | Iterable[ast.AST]) -> Iterator[tuple[type, tuple[str, ...]]]:
        """Find which attributes of which records are asked for, and are small enough."""
        among = list(ast.walk(nodes) if isinstance(nodes, ast.AST) else nodes)
        for kind, names in RECORDS.items():
            asked = {
                node.attr
                for node in among
                if isinstance(node, ast.Attribute)
                and any(isinstance(value, kind) for value in self.values(node.value))
                and all(is_plain(value) and size(value) <= LARGEST for value in self.values(node))
            }
            if fields := tuple(name for name in names.split() if name in asked):
                yield kind, fields

    def _at_the_top(self, statement: ast.stmt) -> None:
        try:
            self._statement(statement)
        except _GoesError:
            self.undo(statement)
            left = self.trace.left[statement]
            plain = {name: value for name, value in left.items() if storable({name: value})}
            self.left[statement], self.replaced[statement] = plain, ""
            self.gone = (self.gone | left.keys()) - plain.keys()

    def _statement(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Import() | ast.ImportFrom():
                self.replaced[statement] = ""
            case ast.Assign(targets=[target], value=value):
                self._assign(statement, target, value)
            case ast.For(iter=loop, body=body):
                self._needs(loop)
                self._all(body)
            case ast.If(test=test, body=body, orelse=other):
                self._needs(test)
                self._all([*body, *other])
            case ast.FunctionDef(body=body, name=name):
                self._function(statement, name, body)
            case ast.Expr(value=ast.Constant()):
                pass
            case _:
                for node in ast.iter_child_nodes(statement):
                    if isinstance(node, ast.expr):
                        self._needs(node)

    def _all(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            self._statement(statement)

    def _needs(self, node: ast.expr) -> None:
        if self.expression(node) != "goes":
            return
        if node not in self.trace.sites or self.trace.sites[node].visits or self.trace.sites[node].often:
            raise _GoesError
        self.undo(node)
        self.replaced[node] = "None"  # it is never reached

    def _assign(self, statement: ast.stmt, target: ast.expr, value: ast.expr) -> None:
        names = set(names_of(target))
        if self._assigned(target, value) != "goes":
            self.gone -= names
            return
        left = self.trace.left.get(statement, {})
        if left and all(name in left and storable({name: left[name]}) for name in names):
            raise _GoesError  # what it leaves can be written
        if not isinstance(target, ast.Name | ast.Tuple):
            raise _GoesError
        self.undo(statement)
        self.replaced[statement] = ""
        self.gone |= names

    def _assigned(self, target: ast.expr, value: ast.expr) -> Found:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            return worst([self._assigned(*pair) for pair in zip(target.elts, value.elts, strict=True)])
        return self.expression(value, wished=target.id if isinstance(target, ast.Name) else "")

    def _function(self, statement: ast.stmt, name: str, body: Sequence[ast.stmt]) -> None:
        try:
            self._all(body)
        except _GoesError:
            self.undo(statement)
            self.replaced[statement] = ""
            self.gone.add(name)
