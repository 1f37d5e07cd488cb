"""Write a program of a screen as it stands in a notebook: its data, and its lines with what was replaced in them."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from selfattn.frame.away.frozen.decide import Decisions, decide
from selfattn.frame.away.frozen.tables import table_of
from selfattn.frame.away.frozen.trace import Trace, changed, names_of, storable
from selfattn.frame.away.frozen.values import UnwritableError, write

INLINE = 40  # letters of a value that is written where it is used
BLOCKS = (ast.For, ast.If, ast.FunctionDef)


@dataclass(frozen=True, slots=True)
class Frozen:
    """A program without selfattn: its data, its lines, and what these lines compute.

    Attributes
    ----------
    data : tuple of str
        Assignments, one a value.
    code : str
    fields : dict of type to tuple of str
        The records in it, with what is written of each.
    computed : tuple of str
        Names at the top level that its lines compute.
    """

    data: tuple[str, ...]
    code: str
    fields: dict[type, tuple[str, ...]]
    computed: tuple[str, ...]


def freeze(trace: Trace) -> Frozen:
    """Write a program that was run as one that needs nothing of ours."""
    return _Writer(trace, decide(trace)).written()


@dataclass(slots=True)
class _Writer:
    trace: Trace
    decided: Decisions
    edits: dict[ast.AST, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)

    def written(self) -> Frozen:
        tree = self.trace.tree
        self.taken = Counter(name for statement in tree.body for name in _identifiers(statement))
        stores = Counter(name for statement in tree.body for name in changed(statement))
        stores -= self._again(tree)
        self.edits |= self.decided.replaced
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                self._assignment(node, stores)
        for node, wished in self.decided.stored.items():
            self._store(node, wished)
        for statement, left in self.decided.left.items():
            lines = [self._left(name, value, stores[name] == 1) for name, value in left.items()]
            self.edits[statement] = "\n".join(filter(None, lines))
        for statement in tree.body:
            self._empty(statement)
        computed = [name for each in tree.body if self.edits.get(each) is None for name in _computed(each)]
        return Frozen(
            data=tuple(f"{name} = {text}" for name, text in self.data.items()),
            code=_tidy(self._code()),
            fields=self.decided.fields,
            computed=tuple(name for name in dict.fromkeys(computed) if name not in self.data and self._is_plain(name)),
        )

    def _assignment(self, statement: ast.Assign, stores: Counter[str]) -> None:
        """Move a statement into the data that assigns nothing but values, which nothing else assigns."""
        pairs = list(_pairs(statement.targets[0], statement.value))
        if not all(isinstance(target, ast.Name) and value in self.decided.stored for target, value in pairs):
            return
        texts = {target.id: self._text(value) for target, value in pairs if isinstance(target, ast.Name)}
        if any(stores[name] > 1 or (text is not None and _is_short(text)) for name, text in texts.items()):
            return
        if any(text is None and self._table(value) for (_, value), text in zip(pairs, texts.values(), strict=True)):
            return
        self.data |= {name: text for name, text in texts.items() if text is not None}
        self.edits[statement] = ""
        for _, value in pairs:
            del self.decided.stored[value]

    def _again(self, tree: ast.Module) -> Counter[str]:
        """Count the statements that only assign once more what a name has already."""
        texts: dict[str, list[str | None]] = {}
        for node in ast.walk(tree):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if value in self.decided.stored:
                    texts.setdefault(name, []).append(self._text(value))
        return Counter({name: len(given) - 1 for name, given in texts.items() if len(set(given)) == 1 and given[0]})

    def _table(self, node: ast.AST) -> tuple[tuple[str, ...], dict[Any, str]] | None:
        try:
            return table_of(self.trace.sites[node], self.decided.fields)
        except UnwritableError:  # a record of which nothing is asked
            return None

    def _text(self, node: ast.AST) -> str | None:
        """Give what a value is written as, where it is always the same."""
        table = self._table(node)
        return table[1][()] if table and not table[0] else None

    def _is_plain(self, name: str) -> bool:
        return storable({name: self.trace.names.get(name, print)})

    def _store(self, node: ast.AST, wished: str) -> None:
        """Write a value into the data, or where it is used."""
        table = self._table(node)
        if table is None:
            self.edits[node] = "None"
            return
        names, values = table
        if not names:
            text = values[()]
            self.edits[node] = text if _is_short(text) else self._named(wished, text)
            return
        index = ", ".join(names)
        keys = {repr(key[0] if len(key) == 1 else key): text for key, text in values.items()}
        text = "{\n" + "".join(f"    {key}: {text},\n" for key, text in keys.items()) + "}"
        self.edits[node] = f"{self._named(_plural(wished), text)}[{index}]"

    def _named(self, wished: str, text: str) -> str:
        """Put a value into the data, under a name that nothing else has."""
        name, number = wished, 1
        while (self.taken[name] and name not in self.data) or self.data.get(name, text) != text:
            number += 1
            name = f"{wished}_{number}"
        self.data[name] = text
        return name

    def _left(self, name: str, value: Any, alone: bool) -> str:
        """Write what a statement left under a name: into the data, if nothing else assigns it."""
        text = write(value, self.decided.fields)
        if alone:
            self.data[name] = text
            return ""
        return f"{name} = {text if len(text) <= INLINE else self._named(f'{name}_then', text)}"

    def _empty(self, statement: ast.AST) -> bool:
        """Drop what has no lines left; tell whether that is so."""
        if isinstance(statement, BLOCKS) and self.edits.get(statement) is None:
            gone = [self._empty(each) for each in statement.body]
            if all(gone):
                self._forget(statement)
                self.edits[statement] = ""
        return self.edits.get(statement) == ""

    def _forget(self, statement: ast.AST) -> None:
        for node in set(ast.walk(statement)) & self.edits.keys():
            del self.edits[node]

    def _code(self) -> str:
        """Put the edits into the lines, from the last to the first."""
        source = self.trace.source
        lines = source.splitlines(keepends=True)
        starts = list(accumulate(map(len, lines), initial=0))

        def span(node: Any) -> tuple[int, int]:  # columns are counted in bytes
            if isinstance(node, ast.stmt) and not self.edits[node]:
                return starts[node.lineno - 1], starts[node.end_lineno or node.lineno]
            ends = ((node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset))
            first, last = (starts[line - 1] + len(lines[line - 1].encode()[:column].decode()) for line, column in ends)
            return first, last

        for (first, last), text in sorted(((span(node), text) for node, text in self.edits.items()), reverse=True):
            source = source[:first] + text + source[last:]
        return source


def _tidy(source: str) -> str:
    """Leave no more than one empty line between others."""
    lines: list[str] = []
    for line in source.splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).rstrip() + "\n"


def _identifiers(statement: ast.AST) -> Iterator[str]:
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=name) | ast.FunctionDef(name=name) | ast.arg(arg=name):
                yield name


def _computed(statement: ast.AST) -> Iterator[str]:
    """List the names that a statement computes: not those of functions, and of loops only what they fill."""
    if isinstance(statement, ast.FunctionDef):
        return
    loops = [node.target for node in ast.walk(statement) if isinstance(node, ast.For | ast.comprehension)]
    bound = {name for target in loops for name in names_of(target)}
    yield from (name for name in changed(statement) if name not in bound)


def _plural(name: str) -> str:
    return f"{name}_of" if name.endswith(("s", "x", "e")) and name != "sentence" else f"{name}s"


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Pair what is assigned with its value, one by one where both are written out."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        yield from zip(target.elts, value.elts, strict=True)
    else:
        yield target, value


def _is_short(text: str) -> bool:
    return len(text) <= INLINE and "\n" not in text
