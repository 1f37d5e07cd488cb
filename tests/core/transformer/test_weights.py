"""The files: what ships, what a broken file says, that nothing is unpickled, and how much memory it all takes."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from selfattn.core.transformer import Transformer, TransformerError, load
from selfattn.core.transformer.weights import (
    FOLDER,
    LAYERS,
    PIECES,
    Q8_0,
    RECORD,
    VECTORS,
    WORDS,
    read_weights,
    restored,
)

FILES = (*WORDS, *LAYERS, VECTORS, PIECES)

MEMORY = """
import re, selfattn

def resident():
    return 1024 * int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1])

selfattn.load_vectors()
assert "minilm" not in open("/proc/self/maps").read()
before = resident()
selfattn.transformer.load()("The river bank flows to the sea")
peak = 1024 * int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
print(peak - before)
"""


def record_again(folder: Path, name: str) -> None:
    """Make the record fit an altered file, as someone who alters both would."""
    record = json.loads((folder / RECORD).read_bytes())
    raw = (folder / name).read_bytes()
    record["files"][name] = {"bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
    (folder / RECORD).write_text(json.dumps(record), encoding="utf-8")


def test_what_ships(transformer: Transformer) -> None:
    record = json.loads((FOLDER / RECORD).read_bytes())
    assert set(record["files"]) == set(FILES) == {path.name for path in FOLDER.iterdir()} - {RECORD}
    assert all((FOLDER / name).stat().st_size < 10_000_000 for name in FILES)
    assert record["licence"] == "Apache 2.0"
    assert record["model_sha256"] == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    licence = (FOLDER.parent / "LICENSE-minilm.md").read_text(encoding="utf-8")
    assert "They were changed" in licence
    assert "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION" in licence
    assert transformer.bytes == sum((FOLDER / name).stat().st_size for name in FILES)


def test_q8_0_is_a_scale_and_32_numbers() -> None:
    assert Q8_0.itemsize == 34
    stored = np.zeros((1, 2), dtype=Q8_0)
    stored["scale"] = [[0.5, 2]]
    stored["numbers"][0, :, 0] = [127, -127]
    expected = np.zeros((1, 64))
    expected[0, [0, 32]] = [63.5, -254]
    np.testing.assert_array_equal(restored(stored), expected)


def test_arrays_are_read_only_and_words_are_mapped(transformer: Transformer) -> None:
    block = transformer.learned.blocks[0]
    assert all(isinstance(part, np.memmap) for part in transformer.learned.words)
    for array in (block.query_key_value, block.output_bias, transformer.means, transformer.learned.words[0]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@pytest.mark.parametrize("name", [*FILES, RECORD])
def test_a_missing_file_is_named(small: Path, name: str) -> None:
    (small / name).unlink()
    with pytest.raises(TransformerError, match=rf"{re.escape(name)} cannot be read .* tools/build_transformer.py"):
        read_weights(small)


@pytest.mark.parametrize("name", FILES)
def test_a_cut_file_is_named(small: Path, name: str) -> None:
    raw = (small / name).read_bytes()
    (small / name).write_bytes(raw[:-1])
    with pytest.raises(TransformerError, match=rf"{re.escape(name)} has {len(raw) - 1} bytes instead of"):
        read_weights(small)


@pytest.mark.parametrize("name", FILES)
def test_an_altered_file_is_named(small: Path, name: str) -> None:
    raw = bytearray((small / name).read_bytes())
    raw[-2] ^= 1
    (small / name).write_bytes(raw)
    with pytest.raises(TransformerError, match=rf"{re.escape(name)} was altered"):
        read_weights(small)


@pytest.mark.parametrize("name", [*WORDS, *LAYERS, VECTORS])
def test_nothing_is_unpickled(small: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    np.save(small / name, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    record_again(small, name)
    monkeypatch.setattr("pickle.load", lambda *_, **__: pytest.fail("unpickled"))
    with pytest.raises(TransformerError, match=rf"{re.escape(name)} is not an array"):
        read_weights(small)


@pytest.mark.parametrize("name", [*WORDS, *LAYERS, VECTORS])
@pytest.mark.parametrize("array", [np.zeros((3, 64), dtype="<f4"), np.zeros((2, 2), dtype=Q8_0), np.zeros(())])
def test_an_array_of_another_shape_is_named(small: Path, name: str, array: np.ndarray) -> None:
    np.save(small / name, array)
    record_again(small, name)
    with pytest.raises(TransformerError, match=rf"{re.escape(name)} does not hold the recorded"):
        read_weights(small)


def test_a_vocabulary_of_another_length_is_named(small: Path) -> None:
    (small / PIECES).write_text("river\nbank\n", encoding="utf-8")
    record_again(small, PIECES)
    with pytest.raises(TransformerError, match=r"pieces.txt has 2 word pieces instead of 15"):
        read_weights(small)


@pytest.mark.parametrize("other", [{"more": 1}, {"heads": 3}, {"width": 0}, {"width": "64"}, {"inner": 100}, None])
def test_sizes_that_do_not_fit_are_named(small: Path, other: dict[str, object] | None) -> None:
    record = json.loads((small / RECORD).read_bytes())
    record["sizes"] = record["sizes"] | other if other else None
    (small / RECORD).write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(TransformerError, match=r"provenance.json does not record the sizes"):
        read_weights(small)


def test_what_was_broken_is_read_again_once_it_is_mended(small: Path) -> None:
    raw = (small / VECTORS).read_bytes()
    (small / VECTORS).unlink()
    with pytest.raises(TransformerError):
        load(small)
    (small / VECTORS).write_bytes(raw)
    assert load(small)("the river").tokens == ("[CLS]", "the", "river", "[SEP]")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nothing_is_read_before_it_is_asked_for_and_at_most_70_mb_then() -> None:
    done = subprocess.run([sys.executable, "-c", MEMORY], check=True, capture_output=True, text=True)
    assert 40e6 < int(done.stdout) <= 70e6
