"""A transformer small enough to be made in a test: random weights, in the files that the published one comes in."""

import hashlib
import json
import struct
from pathlib import Path

import numpy as np

from tools import build_transformer

PIECES = (
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "river", "bank", "##bank", "##s", "flows", ".", "'", "s", "a", "##b",
)  # fmt: skip
WIDTH, INNER, LAYERS, POSITIONS = 64, 128, 3, 12
TEXTS = ("The river flows.", "riverbanks", "a bank's")


def arrays(seed: int = 0) -> dict[str, np.ndarray]:
    """Give weights under their published names."""
    rng = np.random.default_rng(seed)
    shapes = {
        "embeddings.word_embeddings.weight": (len(PIECES), WIDTH),
        "embeddings.position_embeddings.weight": (POSITIONS, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
        "embeddings.LayerNorm.bias": (WIDTH,),
    }
    for layer in range(LAYERS):
        square = [f"attention.self.{part}" for part in ("query", "key", "value")] + ["attention.output.dense"]
        sizes = dict.fromkeys(square, (WIDTH, WIDTH))
        sizes |= {"intermediate.dense": (INNER, WIDTH), "output.dense": (WIDTH, INNER)}
        for part, (out, into) in sizes.items():
            shapes[f"encoder.layer.{layer}.{part}.weight"] = (out, into)
            shapes[f"encoder.layer.{layer}.{part}.bias"] = (out,)
        for part in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes |= {f"encoder.layer.{layer}.{part}.{kind}": (WIDTH,) for kind in ("weight", "bias")}
    return {
        name: (rng.normal(0, 0.2, shape) + ("LayerNorm.weight" in name)).astype("<f4") for name, shape in shapes.items()
    }


def safetensors(weights: dict[str, np.ndarray]) -> bytes:
    """Write arrays as a safetensors file."""
    header, data = {}, b""
    for name, array in weights.items():
        span = [len(data), len(data) + array.nbytes]
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": span}
        data += array.tobytes()
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


SHA256 = hashlib.sha256(safetensors(arrays())).hexdigest()


def write_source(folder: Path) -> Path:
    """Write the two files of a published model."""
    (folder / "model.safetensors").write_bytes(safetensors(arrays()))
    vocabulary = {piece: row for row, piece in enumerate(PIECES)}
    (folder / "tokenizer.json").write_text(json.dumps({"model": {"vocab": vocabulary}}), encoding="utf-8")
    return folder


def build(source: Path, folder: Path) -> Path:
    """Build what would ship, and the values to compare with, from a folder or a wheel; say where."""
    build_transformer.build(source, folder, folder / "reference.npz", TEXTS, sha256=SHA256)
    return folder
