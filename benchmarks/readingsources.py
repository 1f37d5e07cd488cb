"""The sources of word vectors that reading.py measures: how each file is made, and how both sides read it."""

from __future__ import annotations

import gzip
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from gensim.models import KeyedVectors

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from selfattn import load_vectors, read_vectors  # noqa: E402
from selfattn.core.vectors import DATA, MATRIX_FILE, WORDS_FILE, keyed_vectors  # noqa: E402
from selfattn.sets.catalogue import Entry, load  # noqa: E402  # the repository is not installed

SIZE_OF_BUNDLED = ((75_000, 50),)
FORMS: dict[str, dict[str, bool]] = {  # as gensim is told to read them
    "word2vec text": {},
    "word2vec binary": {"binary": True},
    "GloVe text": {"no_header": True},
    "fastText text": {},
}


@dataclass(frozen=True, slots=True)
class Source:
    """How a file is made of so many rows of so many numbers, and how both sides read it."""

    write: Callable[[Path, int, int], Path]
    ours: Callable[[Path], KeyedVectors]
    gensim: Callable[[Path], KeyedVectors]


def _sources() -> dict[str, Source]:
    found = {
        "bundled": Source(lambda *_: DATA / MATRIX_FILE, lambda _: load_vectors(), _bundled_by_gensim),
        "bundled, as word2vec binary": Source(_write_bundled, lambda _: load_vectors(), _by_gensim("word2vec binary")),
    }
    for form in FORMS:
        found[form] = Source(_writer(form), _upload(form), _by_gensim(form))
    for form in ("word2vec text", "word2vec binary"):
        found[f"{form}, .gz"] = Source(_writer(form, "gz"), _upload(form), _by_gensim(form))
    for form in ("GloVe text", "word2vec binary"):
        found[f"{form}, .zip"] = Source(_writer(form, "zip"), _upload(form), _unzipped_by_gensim(form))
    for form in ("word2vec text", "word2vec binary"):
        found[f"by name, {form}"] = Source(_writer(form, "gz"), _by_name, _by_gensim(form))
    return found


def _writer(form: str, packing: str = "") -> Callable[[Path, int, int], Path]:
    def write(folder: Path, rows: int, dimensions: int) -> Path:
        plain = folder / "vectors"
        _write(form, plain, rows, dimensions)
        return _packed(plain, packing)

    return write


def _write_bundled(folder: Path, *_: int) -> Path:
    path = folder / "bundled"
    load_vectors().save_word2vec_format(str(path), binary=True)
    return path


def _write(form: str, path: Path, rows: int, dimensions: int) -> None:
    """Let gensim write random numbers, except in fastText's form, which it does not write."""
    matrix = np.random.default_rng(4).normal(scale=0.4, size=(rows, dimensions)).astype(np.float32)
    words = [f"word{i}" for i in range(rows)]
    if form != "fastText text":
        vectors = keyed_vectors(words, matrix)
        vectors.save_word2vec_format(str(path), binary=form == "word2vec binary", write_header=form != "GloVe text")
        return
    lines: Iterator[str] = (
        f"{word} {' '.join(f'{number:.5g}' for number in row)} \n" for word, row in zip(words, matrix, strict=True)
    )
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{rows} {dimensions}\n")
        file.writelines(lines)


def _packed(plain: Path, packing: str) -> Path:
    if not packing:
        return plain
    target = plain.with_suffix(f".{packing}")
    if packing == "gz":
        target.write_bytes(gzip.compress(plain.read_bytes(), 1))
    else:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.write(plain, plain.name)
    plain.unlink()
    return target


def _upload(form: str) -> Callable[[Path], KeyedVectors]:
    """Read a file as an upload is read, with a listener for its progress."""

    def read(path: Path) -> KeyedVectors:
        found = read_vectors(path, progress=_listen)
        if found.form != form:
            raise SystemExit(f"{path} was taken for {found.form} instead of {form}")
        return found.vectors

    return read


def _listen(share: float) -> None:
    """Stand in for a progress bar."""


def _by_name(path: Path) -> KeyedVectors:
    """Read a file as one from the catalogue is read."""
    with gzip.open(path) as file:
        words, dimensions = map(int, file.readline().split())
    return load(Entry(name="vectors", words=words, dimensions=dimensions, size=path.stat().st_size, checksum=""), path)


def _by_gensim(form: str) -> Callable[[Path], KeyedVectors]:
    return lambda path: KeyedVectors.load_word2vec_format(str(path), **FORMS[form])


def _unzipped_by_gensim(form: str) -> Callable[[Path], KeyedVectors]:
    """Unpack with zipfile, as whoever calls gensim has to, then let it read."""

    def read(path: Path) -> KeyedVectors:
        with TemporaryDirectory() as folder, zipfile.ZipFile(path) as archive:
            return _by_gensim(form)(Path(archive.extract(archive.namelist()[0], folder)))

    return read


def _bundled_by_gensim(path: Path) -> KeyedVectors:
    """Make the set of the same two files in the way that gensim documents."""
    words = (DATA / WORDS_FILE).read_text(encoding="utf-8").splitlines()
    vectors = KeyedVectors(50)
    vectors.add_vectors(words, np.load(path).astype(np.float32))
    return vectors


SOURCES = _sources()
