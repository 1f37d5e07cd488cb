"""Measure all ways to a contextual vector that a page sets side by side: how often they are right, what they take.

    python -m tools.measure_rates

It writes `selfattn/data/rates.toml`. Everything in it is the same every time, but for the times: those are of this
machine, on one core.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy is loaded

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from selfattn.core import heads, methods, multihead, transformer
from selfattn.core.contextual import attend_sentence
from selfattn.core.labelled import Labelled
from selfattn.core.presets import PRESETS, Settings
from selfattn.core.rates import Landing, looked_up, parts, rate
from selfattn.core.sentences import embed
from selfattn.core.transformer.meanings import UNSURE
from selfattn.core.vectors import DATA, load_vectors

WORDS = 12  # of the sentences whose time is measured
TIMED, ROUNDS = 40, 5  # so many of them, so often: the fastest round counts


def main() -> None:
    """Measure and write."""
    methods.FILE.write_text(written(measure()), encoding="utf-8")
    sys.stdout.write(methods.FILE.read_text(encoding="utf-8"))


def measure() -> dict[str, Any]:
    """Measure all ways, as `methods.Measured` holds them."""
    vectors, large = load_vectors(), transformer.load()
    apart = {name: methods.apart(getattr(parts(), name)) for name in ("held_out", "other_words")}
    pairs = {name: looked_up(examples, vectors) for name, examples in apart.items()}
    found = {name: methods.landings(group, vectors, large) for name, group in pairs.items()}
    both = [found["held_out"][name] + found["other_words"][name] for name in (methods.SMALL, methods.LARGE)]
    counted, times = sizes(vectors, large), _times(vectors, large, apart["held_out"] + apart["other_words"])
    every = sum(len(getattr(parts(), name)) for name in apart)
    return {
        "sentences": {name: len(group) for name, group in pairs.items()}
        | {"left_out": every - sum(map(len, apart.values()))},
        "only": _only(*both),
        "unsure": _unsure(both[1]),
        "by_word": _by_word(both[1]),
        "methods": {
            name: {group: _group(landed[name]) for group, landed in found.items()} | counted[name] | times[name]
            for name in methods.TITLES
        },
    }


def _group(landed: Sequence[Landing]) -> dict[str, float]:
    return {"share": round(rate(landed), 4), "right": sum(each.margin > 0 for each in landed)}


def _only(small: Sequence[Landing], large: Sequence[Landing]) -> dict[str, int]:
    right = list(zip(*([each.margin > 0 for each in landed] for landed in (small, large)), strict=True))
    cases = {"small": (True, False), "large": (False, True), "neither": (False, False)}
    return {name: right.count(case) for name, case in cases.items()}


def _unsure(landed: Sequence[Landing]) -> dict[str, int]:
    """Count the words that the transformer leaves near the middle, and those of them that are on their side."""
    near = [each.margin > 0 for each in landed if abs(each.margin) < UNSURE]
    return {"sentences": len(near), "right": sum(near)}


def _by_word(landed: Sequence[Landing]) -> dict[str, int]:
    """Count for each word the sentences that are right: of the transformer, so that a test may try some words alone."""
    return dict(Counter(each.example.word for each in landed if each.margin > 0))


def sizes(vectors: Any, large: Any) -> dict[str, dict[str, float]]:
    """Count parameters and bytes: static vectors are every small way's, with what was learned besides."""
    head, several = heads.head_of(vectors), multihead.heads_of(vectors)
    learned = {"trained": head.arrays(), "heads": several.arrays()}
    files = {"trained": [heads.FILE], "heads": [multihead.FILE]}
    glove = list(DATA.glob("glove-6b-50d.*"))
    found = {}
    for name in methods.TITLES:
        arrays = [np.asarray(array) for array in learned.get(name, {}).values()]
        size, disk = sum(array.size for array in arrays), sum(_bytes(path) for path in [*glove, *files.get(name, [])])
        bytes_ = vectors.vectors.nbytes + sum(array.nbytes for array in arrays)
        found[name] = _row(size, vectors.vectors.size, bytes_, disk)
    pieces = large.learned.sizes.pieces * large.learned.sizes.width
    layers = sum(array.nbytes for array in _in_memory(large.learned))
    found[methods.TRANSFORMER] = _row(large.parameters - pieces, pieces, layers, large.bytes)
    return found


def _bytes(path: Path) -> int:
    return path.stat().st_size


def _in_memory(learned: Any) -> Iterator[Any]:
    """Give the arrays of weights; of the embeddings, which are memory maps, only rows that are asked for are read."""
    for field in fields(learned):
        value = getattr(learned, field.name)
        if isinstance(value, np.ndarray):
            yield value
        elif field.name == "blocks":
            for block in value:
                yield from _in_memory(block)


def _row(parameters: int, vectors: int, memory: int, disk: int) -> dict[str, float]:
    megabytes = {"memory": round(memory / 1e6, 1), "disk": round(disk / 1e6, 1)}
    return {"parameters": int(parameters), "vectors": int(vectors), **megabytes}


def _times(vectors: Any, large: Any, examples: Sequence[Labelled]) -> dict[str, dict[str, float]]:
    """Measure the processor time from a text to its vectors."""
    texts = sorted({each.text for each in examples}, key=lambda text: (abs(len(text.split()) - WORDS), text))[:TIMED]
    several = multihead.heads_of(vectors)
    ways: dict[str, Callable[[str], object]] = {methods.STATIC: lambda text: embed(text, vectors)}
    for name in methods.BY_PRESET:
        ways[name] = partial(_attend, vectors=vectors, settings=PRESETS[name])
    ways[methods.HEADS] = lambda text: multihead.attend_heads(embed(text, vectors), vectors, several)
    ways[methods.TRANSFORMER] = transformer.Transformer(large.learned, most_bytes=0)  # which keeps nothing
    spent = {name: _spent(way, texts) for name, way in ways.items()}
    balanced = spent["balanced"]
    return {name: {"milliseconds": round(ms, 2), "times": round(ms / balanced, 1)} for name, ms in spent.items()}


def _attend(text: str, vectors: Any, settings: Settings) -> object:
    return attend_sentence(embed(text, vectors), vectors, settings)


def _spent(way: Callable[[str], object], texts: Sequence[str]) -> float:
    """Give the milliseconds of processor time for a text, of the fastest round."""
    rounds = []
    for _ in range(ROUNDS + 1):  # the first one fills caches
        start = process_time()
        for text in texts:
            way(text)
        rounds.append((process_time() - start) / len(texts) * 1000)
    return min(rounds[1:])


def written(content: dict[str, Any]) -> str:
    """Write it as TOML."""
    lines = ["# Written by: python -m tools.measure_rates. The times are of the machine that measured."]
    for part in ("sentences", "only", "unsure", "by_word"):
        lines += ["", f"[{part}]", *(f"{name} = {number}" for name, number in content[part].items())]
    for name, row in content["methods"].items():
        lines += ["", f"[methods.{name}]", *(f"{key} = {_value(value)}" for key, value in row.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {number}" for key, number in value.items()) + " }"
    return str(value)


if __name__ == "__main__":
    main()
