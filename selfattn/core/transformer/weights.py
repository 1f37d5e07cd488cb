"""The weights of the transformer that ships with the app: read, checked, and made float32 once.

A matrix is stored as Q8_0, as llama.cpp calls it: 8 bits a number, and for each 32 numbers one 16-bit scale.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selfattn.core.shipped import Shipped

Array = NDArray[np.float32]

FOLDER = Path(__file__).parents[2] / "data" / "minilm"
RECORD, PIECES, VECTORS = "provenance.json", "pieces.txt", "vectors.npy"
WORDS, LAYERS = ("words-1.npy", "words-2.npy"), ("layers-1.npy", "layers-2.npy")
GROUP = 32  # numbers that share a scale
Q8_0 = np.dtype([("scale", "<f2"), ("numbers", "i1", GROUP)])  # 34 bytes


class TransformerError(ValueError):
    """A file of the transformer's weights is missing, cut short, or not the one that was published."""


files = Shipped(RECORD, "tools/build_transformer.py", TransformerError)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the parts of a transformer are; BERT's letters are H, A, L (Devlin et al. 2019, section 3).

    Attributes
    ----------
    pieces, positions : int
        Word pieces in the vocabulary; places that a text may have.
    width, heads, layers : int
        Numbers of a hidden state, H; heads of a layer, A; layers, L.
    inner : int
        Numbers between both maps of the feed-forward layer, 4 H.
    """

    pieces: int
    positions: int
    width: int
    heads: int
    layers: int
    inner: int

    @property
    def matrices(self) -> dict[str, tuple[int, int]]:
        """Give the shapes of the matrices of a layer, (out, in), in the order in which they are stored."""
        d, inner = self.width, self.inner
        return {"query_key_value": (3 * d, d), "output": (d, d), "widen": (inner, d), "narrow": (d, inner)}

    @property
    def rows(self) -> dict[str, int]:
        """Say how many rows of `width` numbers each vector of a layer fills, in the order in which they are stored."""
        inner = self.inner // self.width
        return {
            "query_key_value_bias": 3,
            "output_bias": 1,
            "norm": 2,
            "widen_bias": inner,
            "narrow_bias": 1,
            "norm2": 2,
        }

    @property
    def layer_rows(self) -> int:
        """Say how many rows of `width` numbers the matrices of a layer fill."""
        return sum(out * into for out, into in self.matrices.values()) // self.width


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The learned parameters of one layer; d is the width of a hidden state. All are float32 and read-only.

    Attributes
    ----------
    query_key_value, query_key_value_bias : ndarray of shape (d, 3d), (3d,)
        W_Q, W_K and W_V of all heads side by side.
    output, output_bias : ndarray of shape (d, d), (d,)
        W_O.
    norm : ndarray of shape (2, d)
        Gain and bias of the layer norm after the attention.
    widen, widen_bias : ndarray of shape (d, 4d), (4d,)
        W_1 and b_1 of the feed-forward layer.
    narrow, narrow_bias : ndarray of shape (4d, d), (d,)
        W_2 and b_2.
    norm2 : ndarray of shape (2, d)
        Gain and bias of the layer norm after the feed-forward layer.
    """

    query_key_value: Array
    query_key_value_bias: Array
    output: Array
    output_bias: Array
    norm: Array
    widen: Array
    widen_bias: Array
    narrow: Array
    narrow_bias: Array
    norm2: Array


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """All that the transformer has learned.

    Attributes
    ----------
    sizes : Sizes
    pieces : tuple of str
        The vocabulary, in the order of the rows of `words`.
    words : tuple of ndarray of dtype Q8_0
        The word embeddings in parts: memory maps, of which only the rows that are asked for come into memory.
    positions : ndarray of shape (positions, d)
        Position embeddings, the embedding of the first segment added to each.
    norm : ndarray of shape (2, d)
        Gain and bias of the layer norm of the embeddings.
    blocks : tuple of Block
    means : ndarray of shape (layers + 1, d)
        The mean hidden state of many words, of each layer.
    bytes : int
        Of all files together.
    """

    sizes: Sizes
    pieces: tuple[str, ...]
    words: tuple[NDArray[Any], ...]
    positions: Array
    norm: Array
    blocks: tuple[Block, ...]
    means: Array
    bytes: int

    @property
    def parameters(self) -> int:
        """Count the learned numbers."""
        of_layers = self.sizes.layers * (self.sizes.layer_rows + sum(self.sizes.rows.values()))
        return self.sizes.width * (self.sizes.pieces + self.sizes.positions + 2 + of_layers)

    def word_rows(self, places: list[int]) -> Array:
        """Read the embeddings of word pieces: an ndarray of shape (len(places), d)."""
        most = len(self.words[0])
        return np.stack([restored(self.words[place // most][place % most]) for place in places])


def restored(stored: NDArray[Any]) -> Array:
    """Give the float32 numbers of groups, shape (…, groups) to (…, groups · 32)."""
    numbers = stored["numbers"] * stored["scale"].astype(np.float32)[..., None]  # (…, groups, 32)
    return numbers.reshape(*stored.shape[:-1], -1)


def read_weights(folder: Path = FOLDER) -> Weights:
    """Read all files of a folder; nothing is unpickled, and every byte is checked against the record.

    Raises
    ------
    TransformerError
        A file is missing, or its size, checksum, shape or number type is not the recorded one.
    """
    record = files.provenance(folder, {"files", "sizes"})
    with files.readable(folder / RECORD, "does not record the sizes of the transformer"):
        sizes = _sizes(record["sizes"])
    pieces = tuple(files.lines(folder / PIECES, record))
    if len(pieces) != sizes.pieces:
        raise files.problem(folder / PIECES, f"has {len(pieces)} word pieces instead of {sizes.pieces}")
    n_layers, d = sizes.layers, sizes.width
    n_rows = sizes.positions + 2 + n_layers * sum(sizes.rows.values()) + n_layers + 1
    vectors = np.array(files.mapped(folder / VECTORS, record, (n_rows, d), "<f4"))
    vectors.setflags(write=False)
    of_layers, lengths = vectors[sizes.positions + 2 : -n_layers - 1], list(sizes.rows.values())
    return Weights(
        sizes=sizes,
        pieces=pieces,
        words=tuple(_parts(folder, WORDS, record, sizes.pieces, (d // GROUP,))),
        positions=vectors[: sizes.positions],
        norm=vectors[sizes.positions : sizes.positions + 2],
        blocks=tuple(_blocks(folder, record, sizes, of_layers.reshape(n_layers, sum(lengths), d))),
        means=vectors[-n_layers - 1 :],
        bytes=sum(file["bytes"] for file in record["files"].values()),
    )


def parts(length: int, names: tuple[str, ...]) -> list[int]:
    """Say how many of `length` items stand in each of the files: as many in all, but fewer in the last."""
    most = -(-length // len(names))
    return [min(most, length - most * file) for file in range(len(names))]


def _sizes(recorded: Any) -> Sizes:
    if not isinstance(recorded, dict) or set(recorded) != set(Sizes.__slots__):
        raise ValueError("not the names of the sizes")
    if not all(isinstance(size, int) and size > 0 for size in recorded.values()):
        raise ValueError("not whole numbers")
    sizes = Sizes(**recorded)
    if sizes.width % sizes.heads or sizes.width % GROUP or sizes.inner % sizes.width:
        raise ValueError("numbers that do not divide one another")
    return sizes


def _parts(
    folder: Path, names: tuple[str, ...], record: dict[str, Any], length: int, shape: tuple[int, ...]
) -> Iterator[NDArray[Any]]:
    for name, rows in zip(names, parts(length, names), strict=True):
        yield files.mapped(folder / name, record, (rows, *shape), Q8_0)


def _blocks(folder: Path, record: dict[str, Any], sizes: Sizes, vectors: Array) -> Iterator[Block]:
    """Make the layers float32, one after the other; a map is let go as soon as its layers are made."""
    shape = sizes.layer_rows, sizes.width // GROUP
    stored = (layer for part in _parts(folder, LAYERS, record, sizes.layers, shape) for layer in part)
    for layer, rows in zip(stored, vectors, strict=True):
        yield _block(sizes, layer, rows)


def _block(sizes: Sizes, stored: NDArray[Any], rows: Array) -> Block:
    """Cut one layer into its matrices and vectors; a matrix is stored (out, in) and used as its transpose."""
    ends = accumulate((out * into // sizes.width for out, into in sizes.matrices.values()), initial=0)
    matrices = {
        name: restored(stored[start:end]).reshape(shape).T
        for (name, shape), (start, end) in zip(sizes.matrices.items(), pairwise(ends), strict=True)
    }
    for matrix in matrices.values():
        matrix.setflags(write=False)
    ends = accumulate(sizes.rows.values(), initial=0)
    vectors = {
        name: rows[start:end] if name.startswith("norm") else rows[start:end].reshape(-1)
        for name, (start, end) in zip(sizes.rows, pairwise(ends), strict=True)
    }
    return Block(**matrices, **vectors)
