"""Values as Python text, for a notebook that has nothing but NumPy: numbers, words, arrays, and a few small records."""

import base64
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from gensim.models import KeyedVectors
from numpy.typing import NDArray

from selfattn.core.attention import AttentionTrace
from selfattn.core.head import Head
from selfattn.core.multihead import MultiHead
from selfattn.core.projection import PCA
from selfattn.core.sentences import Sentence
from selfattn.core.space import Space

LARGEST = 60_000  # numbers that one value may have: 240 kB
LARGE = 2_000  # of a value that is only a part of what a line computes: a mean of many is written, not the many
READABLE = 400  # numbers of an array that is written in decimals; a larger one is packed
WIDTH = 100  # letters of a line, about
RECORDS = {  # what a notebook has a small stand-in for, with some of its attributes
    Sentence: "tokens matrix",
    Head: "query query_bias key value slope",
    MultiHead: "query query_bias key value output slope whole",
    AttentionTrace: "query key value scores scaled weights output",
}
WHOLE = (KeyedVectors, Space, PCA)  # those with a stand-in of their own
Fields = Mapping[type, tuple[str, ...]]  # the attributes that are written of each record


class UnwritableError(Exception):
    """A value is too large for a notebook, or is not made of numbers and words."""


def is_of_ours(value: Any) -> bool:
    """Tell whether a value needs selfattn or gensim: a module, function or object of theirs, or something with one."""
    if isinstance(value, tuple | list):
        return any(map(is_of_ours, value))
    if isinstance(value, Mapping):
        return any(map(is_of_ours, value.values()))
    owner = getattr(value, "__self__", None)
    kinds = [value, type(value), *([] if owner is None else [type(owner), owner])]
    return any(_from(getattr(kind, "__module__", None)) or _from(getattr(kind, "__name__", None)) for kind in kinds)


def _from(name: Any) -> bool:
    return isinstance(name, str) and name.partition(".")[0] in ("selfattn", "gensim")


def is_plain(value: Any) -> bool:
    """Tell whether a value is made of numbers and words alone."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "fiub"
    if isinstance(value, tuple | list | range | set | frozenset):
        return all(map(is_plain, value))
    if isinstance(value, Mapping):
        return all(is_plain(key) and is_plain(each) for key, each in value.items())
    return value is None or isinstance(value, bool | int | float | str | np.number | np.bool_)


def size(value: Any) -> int:
    """Count the numbers and words in a plain value."""
    if isinstance(value, np.ndarray):
        return int(value.size)
    if isinstance(value, Mapping):
        return sum(map(size, value.values())) + len(value)
    return sum(map(size, value)) if isinstance(value, tuple | list | set | frozenset) else 1


def write(value: Any, fields: Fields) -> str:
    """Write a value as Python.

    Raises
    ------
    UnwritableError
        It is too large, or not made of numbers, words and records.
    """
    if isinstance(value, KeyedVectors):
        return _vectors(value, fields)
    if type(value) in fields:
        return _record(value, fields)
    if isinstance(value, Space):
        return f"centring({write(value.mean, fields)}, {write(value.directions, fields)})"
    if not is_plain(value) and not isinstance(value, tuple | list | Mapping):
        raise UnwritableError
    if is_plain(value) and size(value) > LARGEST:
        raise UnwritableError
    return _plain(value, fields)


def _vectors(value: KeyedVectors, fields: Fields) -> str:
    """Write the vectors of a few words: those that are asked for."""
    words = [word for word in fields.get(KeyedVectors, ()) if word in value]
    rows = np.array([value[word] for word in words], dtype=np.float32)
    if not words or rows.size > LARGEST:
        raise UnwritableError
    if rows.size > 10 * READABLE:
        return f"Vectors(dict(zip({_wrapped(list(map(repr, words)), 4)}, {_packed(rows)})))"
    numbers, number_type = _decimals(rows)
    lines = [f"    {word!r}: {_wrapped(row, 8)}," for word, row in zip(words, numbers, strict=True)]
    return "Vectors({\n" + "\n".join(lines) + f"\n}}, {number_type})"


def _record(value: Any, fields: Fields) -> str:
    given = {name: getattr(value, name) for name in fields[type(value)]}
    if sum(map(size, given.values())) > LARGEST:
        raise UnwritableError
    parts = [f"{name}={write(each, fields)}" for name, each in given.items()]
    return f"{type(value).__name__}({_listed(parts)})"


def _plain(value: Any, fields: Fields) -> str:
    match value:
        case np.ndarray():
            return _array(value)
        case dict() | MappingProxyType():
            return f"{{{_listed([f'{key!r}: {write(each, fields)}' for key, each in value.items()])}}}"
        case tuple() | list():
            parts = _listed([write(each, fields) for each in value])
            return f"[{parts}]" if isinstance(value, list) else f"({parts},)" if len(value) == 1 else f"({parts})"
        case float() | np.floating():
            return repr(float(value)) if np.isfinite(value) else f"float({str(float(value))!r})"
        case np.number() | np.bool_():
            return repr(value.item())
    return repr(value)


def _array(value: NDArray[Any]) -> str:
    if not value.size:
        return f"np.zeros({value.shape}, {value.dtype.name!r})"
    if value.size > READABLE:
        return _packed(value)
    if value.dtype.kind != "f":
        return f"np.array({value.tolist()}, dtype={value.dtype.name!r})"
    if value.dtype == np.float32:
        rows, number_type = _decimals(value)
        cast = ".astype(np.float32)" if number_type == "np.float16" else ""
        return f"np.array({_wrapped(rows, 4)}, {number_type}){cast}"
    return f"np.array({_wrapped(_strings(value, '.10g'), 4)})"


def _packed(value: NDArray[Any]) -> str:
    """Write a large array as the letters of its bytes."""
    kept = value.astype(_smallest(value)) if value.dtype.kind == "f" else value
    letters = base64.b64encode(np.ascontiguousarray(kept).tobytes()).decode("ascii")
    return f'unpacked("{letters}", "{kept.dtype.name}", "{value.dtype.name}", {value.shape})'


def _smallest(value: NDArray[Any]) -> type:
    """Choose the number type: the smallest that keeps the numbers as they are, or float32."""
    with np.errstate(over="ignore"):
        half = value.astype(np.float16)
    return np.float16 if np.array_equal(half.astype(value.dtype), value) else np.float32


def _decimals(rows: NDArray[np.float32]) -> tuple[Any, str]:
    """Write numbers with as few decimals as say them exactly, and the number type that they are then of."""
    if _smallest(rows) is np.float16:
        return _strings(rows.astype(np.float16), ""), "np.float16"
    return _strings(rows, ""), "np.float32"


def _strings(value: NDArray[Any], form: str) -> Any:
    if value.ndim:
        return [_strings(row, form) for row in value]
    if not np.isfinite(value):
        return f"{'-' if value < 0 else ''}np.{'nan' if np.isnan(value) else 'inf'}"
    return format(value.item(), form) if form else str(value)


def _wrapped(rows: Any, indent: int) -> str:
    """Write nested lists of numbers, in lines that are not too long."""
    if isinstance(rows, str):
        return rows
    inner = [_wrapped(row, indent + 4) for row in rows]
    gap = "\n" + " " * indent
    if any(isinstance(row, list) for row in rows):
        return f"[{gap}{f',{gap}'.join(inner)}]"
    lines: list[str] = []
    line = ""
    for part in inner:
        if len(line) + len(part) > WIDTH - indent:
            lines, line = [*lines, line], ""
        line += f"{part}, "
    return f"[{gap.join([*(each.rstrip() for each in lines), line.removesuffix(', ')])}]"


def _listed(parts: list[str]) -> str:
    """Put parts side by side where they are short, and else below each other."""
    if sum(len(part) + 2 for part in parts) <= WIDTH and not any("\n" in part for part in parts):
        return ", ".join(parts)
    return "\n    " + ",\n    ".join(parts) + ",\n"
