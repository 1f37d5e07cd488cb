"""What becomes of an expression: it stays as it is, it is replaced by its value, or nothing of it can be kept."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from gensim.models import KeyedVectors

from selfattn.frame.away.frozen.tables import METHODS, much_smaller, name_of, table_of, words_of
from selfattn.frame.away.frozen.trace import WATCHED, Trace, is_function_of_the_code, names_of
from selfattn.frame.away.frozen.values import LARGE, LARGEST, WHOLE, UnwritableError, is_of_ours, size

Found = Literal["stays", "record", "goes"]  # what becomes of an expression; a record has a stand-in in the notebook
KEPT = {"selfattn.softmax": "softmax", "selfattn.attend": "Attended", "selfattn.PCA.fit": "Axes"}  # have stand-ins


@dataclass(slots=True)
class Expressions:
    """What is decided of the expressions of a program, and how.

    Attributes
    ----------
    trace : Trace
    replaced : dict of node to str
        By other code; a statement by nothing is dropped.
    stored : dict of node to str
        By a value, under the name that is wished for.
    left : dict of statement to dict
        Statements that are dropped, and the values that they leave.
    kept : list of node
        Attributes, subscripts and functions that need a stand-in.
    gone : set of str
        Names that the notebook does not have.
    fields : dict of type to tuple of str
        What is written of each record; of vectors, their words.
    """

    trace: Trace
    replaced: dict[ast.AST, str] = field(default_factory=dict)
    stored: dict[ast.AST, str] = field(default_factory=dict)
    left: dict[ast.AST, dict[str, Any]] = field(default_factory=dict)
    kept: list[ast.AST] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    fields: dict[type, tuple[str, ...]] = field(default_factory=dict)

    def values(self, node: ast.AST) -> list[Any]:
        """List the values that an expression had."""
        site = self.trace.sites.get(node)
        return site.values if site else []

    def undo(self, outer: ast.AST) -> None:
        """Forget what was decided of the parts of an expression or a statement."""
        inside = set(ast.walk(outer))
        for decided in (self.replaced, self.stored):
            for node in inside & decided.keys():
                del decided[node]
        self.kept = [node for node in self.kept if node not in inside]

    def expression(self, node: ast.AST, *, wished: str = "") -> Found:
        """Decide what becomes of an expression."""
        found = self._parts(node)
        if found != "goes" or not isinstance(node, WATCHED):
            return found
        return self._store(node, wished)

    def _store(self, node: ast.AST, wished: str) -> Found:
        """Replace an expression by its value, where that can be written."""
        site = self.trace.sites[node]
        most = LARGEST if wished else LARGE
        vectors = [value for value in site.values if isinstance(value, KeyedVectors)]
        try:
            if not site.visits or any(size(value) > most for value in site.values):
                raise UnwritableError
            if len(vectors) < len(site.visits):
                table_of(site, self.fields)
        except UnwritableError:
            return "goes"
        self.undo(node)
        self.stored[node] = wished or name_of(node)
        return "record" if any(map(is_of_ours, site.values)) else "stays"

    def _parts(self, node: ast.AST) -> Found:
        match node:
            case ast.Name(id=name):
                return self._name(node, name)
            case ast.JoinedStr():
                return "goes" if self.gone & set(names_of(node)) else "stays"
            case ast.Attribute(value=base):
                return self._attribute(node, base)
            case ast.Subscript(value=base, slice=index):
                return self._subscript(node, base, index)
            case ast.Call(func=func):
                return self._call(node, func)
            case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Dict(values=elements):
                return worst([self.expression(each) for each in elements])
            case ast.Lambda(body=body):
                return self.expression(body)
            case ast.GeneratorExp() | ast.ListComp() | ast.SetComp() | ast.DictComp():
                below = [self.expression(each) for each in _of_comprehension(node)]
                return "goes" if "goes" in below else "stays"
        below = [self.expression(each) for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr)]
        return "stays" if all(each == "stays" for each in below) else "goes"

    def _name(self, node: ast.AST, name: str) -> Found:
        if name in self.gone:
            return "goes"
        ours = [value for value in self.values(node) if is_of_ours(value)]
        if not ours:
            return "stays"
        return "record" if all(self._has_stand_in(value) for value in ours) else "goes"

    def _has_stand_in(self, value: Any) -> bool:
        if isinstance(value, tuple | list | dict):
            parts = value.values() if isinstance(value, dict) else value
            return all(self._has_stand_in(each) or not is_of_ours(each) for each in parts)
        return type(value) in self.fields or isinstance(value, WHOLE)

    def _attribute(self, node: ast.Attribute, base: ast.expr) -> Found:
        if ast.unparse(node) in KEPT:
            self.kept.append(node)
            self.replaced[node] = KEPT[ast.unparse(node)]
            return "stays"
        found = self.expression(base)
        if found != "record":
            return found
        values = self.values(base)
        if values and all(isinstance(value, tuple | list | dict) for value in values):
            return "record"
        has = {name for value in self.values(base) for name in self.fields.get(type(value), ())}
        whole = any(isinstance(value, WHOLE) and not isinstance(value, KeyedVectors) for value in self.values(base))
        method = node.attr in METHODS and all(isinstance(value, KeyedVectors) for value in values)
        if node.attr not in has and not whole and not method:
            return "goes"
        self.kept.append(node)
        return "stays"

    def _subscript(self, node: ast.Subscript, base: ast.expr, index: ast.expr) -> Found:
        found, at = self.expression(base), self.expression(index)
        if base in self.stored and much_smaller(self.values(node), self.values(base)):
            return "goes"
        if found == "record" and at == "stays" and words_of(self.trace, node):
            self.kept.append(node)
            return "stays"
        if found == "record" and isinstance(base, ast.Tuple | ast.List):
            return "record" if at == "stays" else "goes"
        return worst([found, at]) if found != "record" else "goes"

    def _call(self, node: ast.Call, func: ast.expr) -> Found:
        given = [
            self.expression(each.value if isinstance(each, ast.Starred) else each)
            for each in [*node.args, *(keyword.value for keyword in node.keywords)]
        ]
        called = self.expression(func)
        if called == "goes" or "goes" in given:
            return "goes"
        own = all(is_function_of_the_code(value) for value in self.values(func))
        if "record" in given and not own:
            return "goes"
        self.kept.append(node)
        return "record" if any(map(is_of_ours, self.values(node))) else "stays"


def worst(found: Sequence[Found]) -> Found:
    """Give what becomes of several expressions together."""
    return "goes" if "goes" in found else "record" if "record" in found else "stays"


def _of_comprehension(node: Any) -> Iterator[ast.expr]:
    for loop in node.generators:
        yield loop.iter
        yield from loop.ifs
    yield from (getattr(node, part) for part in ("elt", "key", "value") if hasattr(node, part))
