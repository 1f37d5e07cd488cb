"""The catalogue: listed from a server on loopback, kept for a day without one, and what of it lies on this disk."""

import gzip
import json
import os
import socket
from pathlib import Path

import numpy as np
import pytest
from gensim import downloader
from gensim.models import KeyedVectors
from hypothesis import given
from hypothesis import strategies as st

from selfattn.sets import catalogue, memory
from selfattn.sets.catalogue import CatalogueError, Entry, asking, entries, fetching
from selfattn.sets.memory import MB, fits
from tests.small_catalogue import made_up, packed, small_catalogue

WORDS, MATRIX = made_up(40, 5)
# As the real list has it, word for word.
GOOGLE = {
    "num_records": 3000000,
    "file_size": 1743563840,
    "base_dataset": "Google News (about 100 billion words)",
    "reader_code": "https://github.com/RaRe-Technologies/gensim-data/releases/download/word2vec-google-news-300/__init__.py",
    "license": "not found",
    "parameters": {"dimension": 300},
    "description": "Pre-trained vectors trained on a part of the Google News dataset (about 100 billion words).",
    "read_more": ["https://code.google.com/archive/p/word2vec/"],
    "checksum": "a5e5354d40acb95f9ec66d5977d140ef",
    "file_name": "word2vec-google-news-300.gz",
    "parts": 1,
}
TESTING = {
    "description": "[THIS IS ONLY FOR TESTING] Word vecrors of the movie matrix.",
    "parameters": {"dimensions": 50},
    "read_more": [],
    "checksum": "534dcb8b56a360977a269b7bfc62d124",
    "file_name": "__testing_word2vec-matrix-synopsis.gz",
    "parts": 1,
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """gensim's folder: not there yet."""
    monkeypatch.setattr(downloader, "BASE_DIR", str(tmp_path / "gensim-data"))
    monkeypatch.setenv("no_proxy", "*")
    return tmp_path / "gensim-data"


@pytest.fixture
def served(monkeypatch):
    with small_catalogue() as running:
        monkeypatch.setenv("SELFATTN_CATALOGUE", running.address)
        yield running


def fetch(entry):
    return catalogue.fetch(entry, progress=lambda *_: None, cancelled=bool)


def named(name):
    return next(entry for entry in catalogue.catalogue() if entry.name == name)


def listed(record, name="a-set"):
    return entries.read(json.dumps({"models": {name: record}}).encode())


def test_the_smallest_come_first_with_all_that_a_person_asks(served):
    large = served.add("large-set", *made_up(60, 20))
    small = served.add("small-set", WORDS, MATRIX, license="CC0", description="Small  and\n  fine.")
    first, second = catalogue.catalogue()
    assert [first.name, second.name] == ["small-set", "large-set"]
    assert (first.words, first.dimensions, first.size) == (40, 5, len(small))
    assert (second.words, second.dimensions, second.size) == (60, 20, len(large))
    assert (first.licence, first.about, first.here) == ("CC0", "Small and fine.", False)
    assert first.memory == 40 * (4 * 5 + 200)
    assert first.megabytes == pytest.approx(len(small) / 2**20, abs=0.05)


def test_a_record_of_the_real_list_is_read():
    (google,) = listed(GOOGLE, "word2vec-google-news-300")
    assert (google.words, google.dimensions, google.megabytes) == (3_000_000, 300, 1662.8)  # as gensim shows it
    assert google.memory == 4_200_000_000
    assert google.licence == "not stated"
    assert google.checksum == "a5e5354d40acb95f9ec66d5977d140ef"


def test_sets_for_gensims_own_tests_corpora_and_old_versions_are_left_out(served):
    served.listing["models"]["__testing_word2vec-matrix-synopsis"] = TESTING
    served.listing["corpora"]["text8"] = GOOGLE
    served.add("__testing_complete", WORDS, MATRIX)
    served.add("old-set", WORDS, MATRIX, latest=False)
    served.add("good-set", WORDS, MATRIX)
    assert [entry.name for entry in catalogue.catalogue()] == ["good-set"]


@pytest.mark.parametrize(
    "wrong",
    [
        *({field: None} for field in ("num_records", "file_size", "parameters", "checksum")),
        *({"num_records": value} for value in (0, -1, True, "40", 40.0, 10**10, [40])),
        *({"file_size": value} for value in (0, -5, False, "9", 1e6, 10**14)),
        *({"parameters": value} for value in ({}, [], "dimension = 50", {"dimension": 0}, {"dimension": "5"})),
        *({"checksum": value} for value in ("", 5, "0" * 31, "0" * 33, "g" * 32, ["0" * 32])),
        *({"parts": value} for value in (0, -1, "1", True, 2, 10**9)),  # of several parts are only gensim's texts
        *({"file_name": value} for value in ("../../x", "other.gz", "a-set", 5)),
    ],
    ids=str,
)
def test_a_set_not_described_well_enough_is_left_out(wrong):
    record = {key: value for key, value in {**GOOGLE, "file_name": "a-set.gz", **wrong}.items() if value is not None}
    with pytest.raises(CatalogueError, match="None of the 1 sets"):
        listed(record)
    raw = json.dumps({"models": {"a-set": record, "word2vec-google-news-300": GOOGLE}}).encode()
    assert [entry.name for entry in entries.read(raw)] == ["word2vec-google-news-300"]


def test_what_is_only_said_may_be_missing():
    bare = {"num_records": 1, "file_size": 1, "parameters": {"dimension": 1}, "checksum": "A" * 32}
    (entry,) = listed(bare)
    assert (entry.licence, entry.about, entry.checksum) == ("not stated", "", "a" * 32)


@pytest.mark.parametrize(
    "name",
    ["../../x", "..", ".", "", "a/b", "a\\b", "/etc/passwd", "C:x", "a\0b", "a\nb", "a b", "-" * 3 + "/", ".hidden",
     "end.", "~", "%2e%2e", "a" * 101, "ä-set"],
)  # fmt: skip
def test_a_hostile_name_never_leaves_the_folder(name, folder):
    with pytest.raises(CatalogueError):
        listed({**GOOGLE, "file_name": f"{name}.gz"}, name)
    with pytest.raises(CatalogueError, match="cannot be the name of a set"):
        catalogue.place(name)
    entry = Entry(name=name, words=1, dimensions=1, size=1, checksum="0" * 32)
    for act in (catalogue.started, catalogue.discard, fetch):
        with pytest.raises(CatalogueError, match="cannot be the name of a set"):
            act(entry)
    assert not folder.exists()


@given(st.text(max_size=30))
def test_any_name_lies_in_a_folder_of_its_own_or_nowhere(name):
    try:
        path = catalogue.place(name)
    except CatalogueError:
        return
    assert Path(os.path.normpath(path)).parent.parent == Path(downloader.BASE_DIR)


@pytest.mark.parametrize("text", ["a\x00b\x1b[31m", "line\u2028break", "x" * 5000])
def test_what_the_catalogue_says_is_one_plain_line(text):
    (entry,) = listed({**GOOGLE, "file_name": "a-set.gz", "description": text, "license": text})
    for line in (entry.about, entry.licence):
        assert line.isprintable()
        assert 0 < len(line) <= 1000


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "not readable JSON"),
        (b"<html>Please log in</html>", "not readable JSON"),
        (b"\xff\xfe\x00", "not readable JSON"),
        (b'{"models": {', "not readable JSON"),
        (b"[" * 100_000, "not readable JSON"),
        (b"[]", "no list of “models”"),
        (b"null", "no list of “models”"),
        (b"5", "no list of “models”"),
        (b"{}", "no list of “models”"),
        (b'{"models": []}', "no list of “models”"),
        (b'{"models": null}', "no list of “models”"),
        (b'{"models": {}}', "None of the 0 sets"),
        (b'{"models": {"a": null, "b": 5, "c": [], "d": "x"}}', "None of the 4 sets"),
    ],
    ids=range(13),
)
def test_what_is_no_catalogue_gives_a_sentence_and_is_not_kept(served, raw, sentence, folder):
    served.raw = raw
    with pytest.raises(CatalogueError, match=sentence):
        catalogue.catalogue()
    assert not folder.exists()


def test_a_list_of_any_size_is_stopped(served, monkeypatch):
    monkeypatch.setattr(entries, "LARGEST_CATALOGUE", 100_000)
    served.raw = b" " * 200_000
    with pytest.raises(CatalogueError, match=r"sent more than 0\.1 MB"):
        catalogue.catalogue()


@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
def test_an_answer_that_is_an_error_gives_a_sentence(served, status):
    served.status["/list.json"] = status
    with pytest.raises(CatalogueError, match=rf"127\.0\.0\.1 answered “{status} .+”\. Try again later\."):
        catalogue.catalogue()


def test_no_network_gives_a_sentence():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://user:secret@127.0.0.1:{closed.getsockname()[1]}/list.json?token=secret"
    with pytest.raises(CatalogueError, match=r"127\.0\.0\.1 cannot be reached \(.+\)\. Check the network") as error:
        catalogue.catalogue(address)
    assert "secret" not in str(error.value)


def test_a_server_that_says_nothing_is_not_waited_for(served):
    served.add("a-set", WORDS, MATRIX)
    served.hold_after = 0
    with pytest.raises(CatalogueError, match=r"broke off \(no answer\)"):
        catalogue.catalogue(timeout=0.2)


def test_a_server_that_does_not_even_answer():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/list.json"
        with pytest.raises(CatalogueError, match=r"cannot be reached \((no answer|timed out)\)"):
            catalogue.catalogue(address, timeout=0.2)


def test_a_list_cut_short_gives_a_sentence(served):
    served.add("a-set", WORDS, MATRIX)
    served.break_list_after = 50
    with pytest.raises(CatalogueError, match="only a part of the catalogue"):
        catalogue.catalogue()


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://127.0.0.1/list.json", "list.json", "data:,{}", "http:", "http://[", "//x/y"],
)
def test_only_the_web_is_asked(address):
    with pytest.raises(CatalogueError):
        catalogue.catalogue(address)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:,{}"])
def test_no_redirection_leads_out_of_the_web(served, target):
    served.moved["/list.json"] = target
    with pytest.raises(CatalogueError):
        catalogue.catalogue()


def test_a_redirection_on_the_web_is_followed(served):
    served.add("a-set", WORDS, MATRIX)
    served.files["/elsewhere.json"] = json.dumps(served.listing).encode()
    served.moved["/list.json"] = "/elsewhere.json"
    assert [entry.name for entry in catalogue.catalogue()] == ["a-set"]


def test_the_address_that_is_given_goes_before_the_environment_and_gensims_own(served, monkeypatch):
    served.add("a-set", WORDS, MATRIX)
    monkeypatch.setenv("SELFATTN_CATALOGUE", "http://127.0.0.1:1/none")
    assert catalogue.catalogue(served.address)
    with pytest.raises(CatalogueError):
        catalogue.catalogue()
    monkeypatch.delenv("SELFATTN_CATALOGUE")
    monkeypatch.setattr(downloader, "DATA_LIST_URL", served.address)
    assert catalogue.catalogue()


def test_gensims_addresses_are_gensims(monkeypatch):
    monkeypatch.delenv("SELFATTN_CATALOGUE", raising=False)
    (google,) = listed(GOOGLE, "word2vec-google-news-300")
    assert asking.list_address(None) == downloader.DATA_LIST_URL
    assert fetching._address(google, downloader.DATA_LIST_URL) == (
        f"{downloader.DOWNLOAD_BASE_URL}/word2vec-google-news-300/word2vec-google-news-300.gz"
    )


def test_a_set_on_this_disk_is_here(served, folder):
    whole = served.add("a-set", WORDS, MATRIX)
    served.add("b-set", WORDS, MATRIX)
    (folder / "a-set").mkdir(parents=True)
    (folder / "a-set" / "a-set.gz").write_bytes(whole)
    (folder / "b-set").mkdir()  # a folder alone is no set
    assert {entry.name: entry.here for entry in catalogue.catalogue()} == {"a-set": True, "b-set": False}


def test_without_a_network_the_sets_on_this_disk_are_known(served, folder):
    assert catalogue.kept() == []
    served.add("a-set", WORDS, MATRIX)
    served.add("b-set", WORDS, MATRIX)
    a_set = named("a-set")
    assert catalogue.kept() == []
    fetch(a_set)
    asked = len(served.asked)
    (known,) = catalogue.kept()
    assert (known.name, known.here, known.checksum) == ("a-set", True, a_set.checksum)
    assert len(served.asked) == asked
    (folder / "selfattn-catalogue.json").write_text("damaged")
    assert catalogue.kept() == []


def test_gensim_finds_what_was_fetched_here(served, folder, monkeypatch):
    """Its own load() gives the path, from its own copy of the list, without a network."""
    monkeypatch.delenv("SELFATTN_CATALOGUE")
    monkeypatch.setattr(downloader, "DATA_LIST_URL", served.address)
    monkeypatch.setattr(downloader, "DOWNLOAD_BASE_URL", served.address.rpartition("/")[0])
    served.add("a-set", WORDS, MATRIX)
    (entry,) = catalogue.catalogue()
    path = fetch(entry)
    monkeypatch.setattr(downloader, "urlopen", lambda *_: (_ for _ in ()).throw(OSError("no network")))
    assert Path(downloader.load("a-set", return_path=True)) == path


def test_a_disk_that_cannot_be_written_only_loses_the_copy(served, folder):
    folder.write_text("a file where the folder should be")
    served.add("a-set", WORDS, MATRIX)
    assert [entry.name for entry in catalogue.catalogue()] == ["a-set"]
    assert catalogue.kept() == []


# Loading


def on_disk(folder, words, matrix, *, binary=False, name="a-set"):
    path = folder / name / f"{name}.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed(words, matrix, binary=binary))
    (entry,) = listed(
        {"num_records": len(words), "file_size": 1, "parameters": {"dimension": matrix.shape[1]}, "checksum": "0" * 32}
    )
    return entry, path


@pytest.mark.parametrize("binary", [False, True])
def test_a_set_is_loaded_as_gensim_loads_it(folder, binary):
    entry, path = on_disk(folder, WORDS, MATRIX, binary=binary)
    ours, theirs = catalogue.load(entry, path), KeyedVectors.load_word2vec_format(str(path), binary=binary)
    np.testing.assert_array_equal(ours.vectors, theirs.vectors)
    np.testing.assert_array_equal(ours.vectors, MATRIX)
    assert type(ours) is KeyedVectors
    assert ours.index_to_key == theirs.index_to_key == WORDS
    assert ours.key_to_index == theirs.key_to_index
    for (near, cosine), (their_near, their_cosine) in zip(
        ours.most_similar("bank"), theirs.most_similar("bank"), strict=True
    ):
        assert near == their_near
        assert cosine == pytest.approx(their_cosine, abs=1e-6)
    theirs.fill_norms(force=True)
    np.testing.assert_allclose(ours.norms, theirs.norms, rtol=1e-6)
    assert ours.vectors.dtype == ours.norms.dtype == np.float32
    assert not ours.expandos


def test_a_loaded_set_is_read_only(folder):
    vectors = catalogue.load(*on_disk(folder, WORDS, MATRIX))
    for array in (vectors.vectors, vectors.norms):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@pytest.mark.parametrize("binary", [False, True])
@pytest.mark.parametrize("dimensions", [1, 2, 10, 300])
def test_text_and_binary_are_told_apart_by_what_is_in_the_file(folder, binary, dimensions):
    words, matrix = made_up(8, dimensions, seed=dimensions)
    entry, path = on_disk(folder, words, matrix, binary=binary)
    np.testing.assert_array_equal(catalogue.load(entry, path).vectors, matrix)


@given(matrix=st.lists(st.lists(st.floats(width=32, allow_nan=False), min_size=3, max_size=3), min_size=1, max_size=4))
def test_binary_numbers_of_any_kind_are_not_taken_for_text(matrix, tmp_path_factory):
    matrix = np.array(matrix, dtype=np.float32)
    entry, path = on_disk(
        tmp_path_factory.mktemp("any"), [f"w{row}" for row in range(len(matrix))], matrix, binary=True
    )
    np.testing.assert_array_equal(catalogue.load(entry, path).vectors, matrix)


@pytest.mark.parametrize("binary", [False, True])
def test_a_limit_takes_the_first_words(folder, binary):
    entry, path = on_disk(folder, WORDS, MATRIX, binary=binary)
    for limit in (1, 7, 39, 40, 41, 10**9):
        vectors = catalogue.load(entry, path, limit=limit)
        assert vectors.index_to_key == WORDS[:limit]
        np.testing.assert_array_equal(vectors.vectors, MATRIX[:limit])


@pytest.mark.parametrize("binary", [False, True])
def test_with_a_limit_the_rest_of_the_file_is_not_read(folder, binary):
    """The second half of the file is missing, and only who reads it notices."""
    words, matrix = made_up(2000 if binary else 1000, 40)
    entry, path = on_disk(folder, words, matrix, binary=binary)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    np.testing.assert_array_equal(catalogue.load(entry, path, limit=100).vectors, matrix[:100])
    with pytest.raises(CatalogueError, match="Delete this file and fetch a-set again"):
        catalogue.load(entry, path)


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_is_at_least_one(folder, limit):
    with pytest.raises(ValueError, match="1 or more"):
        catalogue.load(*on_disk(folder, WORDS, MATRIX), limit=limit)


@pytest.mark.parametrize("binary", [False, True])
def test_progress_is_told_in_words(folder, binary):
    words, matrix = made_up(2500, 2)
    entry, path = on_disk(folder, words, matrix, binary=binary)
    told = []
    catalogue.load(entry, path, progress=lambda *counts: told.append(counts))
    assert told == [(0, 2500), (1000, 2500), (2000, 2500), (2500, 2500)]
    told.clear()
    catalogue.load(entry, path, limit=1500, progress=lambda *counts: told.append(counts))
    assert told == [(0, 1500), (1000, 1500), (1500, 1500)]


def test_loading_is_ended_by_what_progress_raises(folder):
    class ChangedMindError(Exception):
        pass

    def progress(read, _of):
        if read == 1000:
            raise ChangedMindError

    entry, path = on_disk(folder, *made_up(2500, 2))
    with pytest.raises(ChangedMindError):
        catalogue.load(entry, path, progress=progress)
    assert path.exists()


@pytest.mark.parametrize("binary", [False, True])
def test_words_that_stand_twice_do_not_disturb_a_limit(folder, binary):
    """gensim reads a binary file in blocks of 100 kB, and by itself stumbles over such a word in all but the last."""
    words, matrix = made_up(2000, 40 if binary else 3)
    for again in (6, 70, 71, 499, 1200, 1999):
        words[again] = words[5]
    entry, path = on_disk(folder, words, matrix, binary=binary)
    for limit in (50, 500, 501, 1234, 2000, None):
        rows = dict(reversed(list(zip(words[:limit], matrix[:limit], strict=True))))
        vectors = catalogue.load(entry, path, limit=limit)
        assert vectors.index_to_key == list(dict.fromkeys(words[:limit]))
        assert vectors.key_to_index == {word: place for place, word in enumerate(vectors.index_to_key)}
        np.testing.assert_array_equal(vectors.vectors, [rows[word] for word in vectors.index_to_key])
        assert vectors.next_index == len(vectors) == len(vectors.norms)
        assert not vectors.vectors.flags.writeable


def test_a_word_that_stands_twice_is_taken_once(folder):
    vectors = catalogue.load(*on_disk(folder, ["a", "b", "a", "c"], np.eye(4, 3, dtype=np.float32) + 1))
    assert vectors.index_to_key == ["a", "b", "c"]
    assert vectors.vectors.shape == (3, 3)
    assert vectors.norms.shape == (3,)
    np.testing.assert_array_equal(vectors["c"], [1, 1, 1])
    assert {word for word, _ in vectors.most_similar("a")} == {"b", "c"}


@pytest.mark.parametrize(
    ("cut", "raw"),
    [
        ("not gzip", b"plain text"),
        ("empty", b""),
        ("half", packed(WORDS, MATRIX)[:300]),
        ("hardly begun", packed(WORDS, MATRIX)[:20]),
        ("damaged", packed(WORDS, MATRIX)[:200] + b"\0" * 50 + packed(WORDS, MATRIX)[250:]),
    ],
)
def test_a_damaged_file_gives_a_sentence(folder, cut, raw):
    entry, path = on_disk(folder, WORDS, MATRIX)
    path.write_bytes(raw)
    with pytest.raises(
        CatalogueError, match=r"cannot be read as word vectors .+ Delete this file and fetch a-set again"
    ):
        catalogue.load(entry, path)


@pytest.mark.parametrize(
    "text", [b"", b"\n", b"money 5 1\n", b"2\n", b"2 2 2\nx", b"0 5\n", b"5 0\n", b"-1 5\n", b"2 x\n", b"1 2\na 1 y\n",
             b"2 2\na 1 2\n", b"1 2\na 1 2 3\n", b"1 2\n\xff 1 2\n", b"9" * 1000],
)  # fmt: skip
def test_a_file_that_is_not_in_word2vecs_format_gives_a_sentence(folder, text):
    entry, path = on_disk(folder, WORDS, MATRIX)
    path.write_bytes(gzip.compress(text))
    with pytest.raises(CatalogueError, match="cannot be read as word vectors"):
        catalogue.load(entry, path)


def test_a_file_that_is_gone_gives_a_sentence(folder):
    entry, path = on_disk(folder, WORDS, MATRIX)
    path.unlink()
    with pytest.raises(CatalogueError, match="No such file"):
        catalogue.load(entry, path)


def test_a_file_larger_than_promised_is_refused_before_memory_is_taken(folder):
    entry, path = on_disk(folder, WORDS, MATRIX)
    for header in (b"4000000000 5\n", b"40 3000000000\n", b"43 5\n"):
        path.write_bytes(gzip.compress(header + b"money 1 2 3 4 5\n"))
        with pytest.raises(CatalogueError, match="the catalogue gives 40 of 5"):
            catalogue.load(entry, path)


def test_with_a_limit_a_file_may_have_more_words_than_the_catalogue_says(folder):
    _, path = on_disk(folder, WORDS, MATRIX)
    (fewer,) = listed({"num_records": 20, "file_size": 1, "parameters": {"dimension": 5}, "checksum": "0" * 32})
    assert len(catalogue.load(fewer, path, limit=20)) == 20
    with pytest.raises(CatalogueError, match="the catalogue gives 20 of 5"):
        catalogue.load(fewer, path)


def test_memory_that_runs_out_gives_a_sentence(folder, monkeypatch):
    entry, path = on_disk(folder, WORDS, MATRIX)

    def full(*_, **__):
        raise MemoryError

    monkeypatch.setattr(KeyedVectors, "load_word2vec_format", full)
    with pytest.raises(CatalogueError, match=r"a-set needs .+ MB of memory, and .+ free here"):
        catalogue.load(entry, path)


# What fits


def a_set(words, dimensions, name="a"):
    return Entry(name=name, words=words, dimensions=dimensions, size=1, checksum="0" * 32)


LARGE = a_set(3_000_000, 300, "word2vec-google-news-300")  # 3,000,000 × (4 × 300 + 200) bytes


def test_words_that_fit_by_hand():
    # 660 MB free less 100 MB are 560 × 1,048,576 = 587,202,560 bytes; at 1,400 a word, 419,430 words.
    assert LARGE.words_that_fit(660 * MB) == 419_000
    assert LARGE.words_that_fit(101 * MB) == 0  # 748 words
    assert LARGE.words_that_fit(102 * MB) == 1_000  # 1,497 words
    assert LARGE.words_that_fit(0) == 0
    assert LARGE.words_that_fit(8000 * MB) == 3_000_000
    assert a_set(7, 5).words_that_fit(200 * MB) == 7


@given(st.integers(0, 2**40), st.integers(1, 10**7), st.integers(1, 1000))
def test_what_is_said_to_fit_fits(free, words, dimensions):
    fitting = a_set(words, dimensions).words_that_fit(free)
    assert 0 <= fitting <= words
    assert fitting == words or fitting % 1000 == 0
    assert fits(memory.needed(fitting, dimensions), free=free) or fitting == 0
    assert fitting == words or not fits(memory.needed(min(fitting + 1000, words), dimensions), free=free)


def test_the_refusal_has_the_figures():
    assert LARGE.refusal(660 * MB) == (
        "word2vec-google-news-300 needs 3.9 GB of memory, and 660 MB are free here. "
        "The 419,000 most frequent of its 3,000,000 words fit."
    )
    assert LARGE.refusal(101 * MB).endswith("Not even its 1,000 most frequent words fit: choose a smaller set.")
    assert a_set(7, 5).refusal(200 * MB).endswith("It fits.")


def test_a_refusal_does_not_contradict_itself():
    """590 MB are less than the 610 that are free: then the sentence says what is kept for the app."""
    assert a_set(441_900, 300).refusal(610 * MB) == (
        "a needs 590 MB of memory, and 610 MB are free here, of which 100 MB are kept for the app itself. "
        "The 381,000 most frequent of its 441,900 words fit."
    )
