"""The values of an expression: by what they are told apart, which words they ask for, and a name for them."""

import ast
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
from gensim.models import KeyedVectors

from selfattn.frame.away.frozen import values
from selfattn.frame.away.frozen.trace import Site, Trace
from selfattn.frame.away.frozen.values import Fields, UnwritableError, size

METHODS = ("get_mean_vector", "cosine_similarities", "rank_by_centrality", "doesnt_match")  # that a stand-in has, too


def words_of(trace: Trace, node: ast.AST) -> list[str]:
    """List the words whose vectors a subscript, or a call of a method, asks for; none where it asks something else."""
    match node:
        case ast.Subscript(value=base, slice=index):
            return _asked(trace, base, index)
        case ast.Call(func=ast.Attribute(value=base), args=[index, *_]):
            return _asked(trace, base, index)
    return []


def _asked(trace: Trace, base: ast.expr, index: ast.expr) -> list[str]:
    words: dict[str, None] = {}
    for vectors, asked in zip(trace.sites[base].values, _indices(trace, base, index), strict=False):
        listed = [asked] if isinstance(asked, str) else asked
        if not isinstance(vectors, KeyedVectors) or not isinstance(listed, list | tuple):
            return []
        words |= dict.fromkeys(map(str, listed))
    return list(words)


def _indices(trace: Trace, base: ast.expr, index: ast.expr) -> list[Any]:
    if isinstance(index, ast.Constant):
        return [index.value] * len(trace.sites[base].visits)
    return trace.sites[index].values if index in trace.sites else []


def table_of(site: Site, fields: Fields) -> tuple[tuple[str, ...], dict[Any, str]]:
    """Find by which of the names around it an expression's values are told apart, and write each.

    Returns
    -------
    names : tuple of str
        As few as will do; none where the value is always the same.
    values : dict of the names' values to str

    Raises
    ------
    UnwritableError
        There are none, or the values are too large, or no numbers and words.
    """
    if site.often:
        raise UnwritableError
    texts = [_written(visit.value, fields) for visit in site.visits]
    if sum(map(len, set(texts))) > 12 * values.LARGEST:
        raise UnwritableError
    for count in range(min(len(site.names), 2) + 1):
        for places in combinations(reversed(range(len(site.names))), count):
            if (table := _told_apart(site, places, texts)) is not None:
                return tuple(site.names[place] for place in places), table
    raise UnwritableError


def _written(value: Any, fields: Fields) -> str:
    """Write a value; a number of NumPy's as one, whose methods are used."""
    text = values.write(value, fields)
    return f"np.{type(value).__name__}({text})" if isinstance(value, np.floating) else text


def _told_apart(site: Site, places: Sequence[int], texts: Sequence[str]) -> dict[Any, str] | None:
    table: dict[Any, str] = {}
    for visit, text in zip(site.visits, texts, strict=True):
        key = tuple(visit.bound[place] for place in places)
        if not all(isinstance(part, str | int | float) for part in key) or table.setdefault(key, text) != text:
            return None
    return table


def much_smaller(parts: Sequence[Any], wholes: Sequence[Any]) -> bool:
    """Tell whether values are a small part of others."""
    return sum(map(size, parts)) * 20 < sum(map(size, wholes))


def name_of(node: ast.AST) -> str:
    """Choose a name for the value of an expression."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case ast.Call(func=inner) | ast.Subscript(value=inner):
            return name_of(inner).removesuffix("_of")
    return "value"
