"""What comes of a text: shapes, words, limits, what is refused, and what is kept."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import selfattn
from selfattn.core.transformer import Encoded, Transformer, Word, model
from selfattn.core.transformer.weights import read_weights


@pytest.fixture
def tiny(small: Path) -> Transformer:
    return Transformer(read_weights(small))


def test_the_public_names() -> None:
    from selfattn.transformer import Encoded as TheSame

    assert TheSame is Encoded
    assert selfattn.transformer.load() is selfattn.transformer.load()
    assert issubclass(selfattn.transformer.TransformerError, ValueError)


def test_what_it_gives(transformer: Transformer) -> None:
    encoded = transformer("River bank flows")
    assert encoded.text == "River bank flows"
    assert encoded.tokens == ("[CLS]", "river", "bank", "flows", "[SEP]")
    assert (encoded.states.shape, encoded.states.dtype) == ((7, 5, 384), np.float32)
    assert (encoded.weights.shape, encoded.weights.dtype) == ((6, 12, 5, 5), np.float32)
    assert encoded.words == (
        Word("River", 0, 5, range(1, 2)),
        Word("bank", 6, 10, range(2, 3)),
        Word("flows", 11, 16, range(3, 4)),
    )
    assert encoded.cut == 0
    assert not encoded.states.flags.writeable
    assert not encoded.weights.flags.writeable
    assert transformer.parameters == 384 * (30_522 + 128 + 2) + 6 * (4 * 384 * 385 + 2 * 384 * 1536 + 1536 + 5 * 384)
    assert 24e6 < transformer.bytes < 25e6
    assert transformer.means.shape == (7, 384)


def test_every_row_of_weights_sums_to_one(transformer: Transformer) -> None:
    encoded = transformer("Don't embankments and riverbanks, CAFÉS and 3.5 billabongs flow?")
    assert any(len(word.pieces) > 1 for word in encoded.words)
    np.testing.assert_allclose(encoded.weights.sum(axis=-1), 1, atol=1e-5)
    joined = encoded.with_specials(slice(None), slice(None))
    assert joined.shape == (6, 12, len(encoded.words) + 2, len(encoded.words) + 2)
    np.testing.assert_allclose(joined.sum(axis=-1), 1, atol=1e-5)
    np.testing.assert_array_equal(joined[3, 4], encoded.with_specials(3, 4))
    np.testing.assert_array_equal(joined[3, 4, 1:-1, 1:-1], encoded.of_words(3, 4))
    assert (encoded.of_words(3, 4).sum(axis=-1) <= 1).all()


def test_pieces_are_joined_as_worked_by_hand() -> None:
    """Columns of a word's pieces are summed, its rows averaged."""
    weights = np.float32([[1, 0, 0, 0], [0.1, 0.2, 0.3, 0.4], [0.3, 0.1, 0.2, 0.4], [0, 0.5, 0.5, 0]])
    states = np.arange(4, dtype=np.float32).reshape(1, 4, 1)
    words = (Word("ab", 0, 2, range(1, 3)),)
    encoded = Encoded("ab", ("[CLS]", "a", "##b", "[SEP]"), words, states, weights[None, None])
    np.testing.assert_allclose(encoded.with_specials(0, 0), [[1, 0, 0], [0.2, 0.4, 0.4], [0, 1, 0]])
    np.testing.assert_allclose(encoded.of_words(0, 0), [[0.4]])
    assert encoded.state(0).tolist() == [[1.5]]


def test_a_word_is_found_whatever_its_capitals_and_accents(transformer: Transformer) -> None:
    encoded = transformer("The Café by the bank's bank")
    assert [encoded.index(word) for word in ("the", "CAFE", " bank ", "'s")] == [0, 1, 4, 5]
    with pytest.raises(ValueError, match="“river” is not in this sentence, which has: The, Café, by, the, bank, 's"):
        encoded.index("river")
    with pytest.raises(ValueError, match="“” is not in this sentence"):
        encoded.index("")


def test_a_text_has_at_most_128_tokens(transformer: Transformer) -> None:
    encoded = transformer("bank " * 200)
    assert len(encoded) == 128
    assert encoded.tokens[-1] == "[SEP]"
    assert (len(encoded.words), encoded.cut) == (126, 74)
    whole = transformer("bank " * 126)
    assert whole.cut == 0
    np.testing.assert_array_equal(encoded.states, whole.states)


def test_a_word_on_the_border_keeps_the_pieces_there_is_room_for(transformer: Transformer) -> None:
    encoded = transformer("bank " * 125 + "riverbanks flow")
    assert encoded.tokens[-3:] == ("bank", "river", "[SEP]")
    assert encoded.words[-1] == Word("riverbanks", 625, 635, range(126, 127))
    assert encoded.cut == 3
    assert encoded.with_specials(0, 0).shape == (128, 128)


@pytest.mark.parametrize("text", ["", "   \n", "\u200b\0"])
def test_no_text_is_refused(transformer: Transformer, text: str) -> None:
    with pytest.raises(selfattn.TextError, match="There is no text yet") as caught:
        transformer(text)
    assert caught.value.sentence.text == text


def test_text_without_a_known_piece_is_refused_by_name(transformer: Transformer) -> None:
    with pytest.raises(selfattn.TextError, match="“你” and “ꙮ🙂”: try other words") as caught:
        transformer("你 ꙮ🙂 你")
    assert caught.value.sentence.unknown == ("你", "ꙮ🙂")
    assert transformer("你 bank").tokens == ("[CLS]", "[UNK]", "bank", "[SEP]")


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_is_encoded_or_refused(transformer: Transformer, text: str) -> None:
    try:
        encoded = transformer(text)
    except selfattn.TextError:
        return
    assert np.isfinite(encoded.states).all()
    assert sum(len(word.pieces) for word in encoded.words) == len(encoded) - 2


def test_the_last_texts_are_kept_by_their_bytes(small: Path) -> None:
    learned = read_weights(small)
    one = Transformer(learned)("the river").bytes
    transformer = Transformer(learned, most_bytes=2 * one)
    first, second = transformer("the river"), transformer("a river")
    assert transformer("the river") is first
    transformer("s river")  # the least recently used one goes
    assert transformer("the river") is first
    assert transformer("a river") is not second


def test_what_is_too_large_to_be_kept_is_given_all_the_same(small: Path) -> None:
    transformer = Transformer(read_weights(small), most_bytes=0)
    assert transformer("river").tokens == transformer("river").tokens


def test_a_class_that_asks_at_once_loads_once(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    monkeypatch.setattr(model, "read_weights", lambda folder: (read.append(folder), read_weights(folder))[1])
    with ThreadPoolExecutor(8) as pool:
        loaded = list(pool.map(model.load, [small] * 8))
        texts = ["the river flows", "bank", "a bank's", "rivers"] * 10
        found = list(pool.map(loaded[0], texts))
    assert read == [small]
    assert len({id(each) for each in loaded}) == 1
    for text, encoded in zip(texts, found, strict=True):
        np.testing.assert_array_equal(encoded.states, Transformer(read_weights(small))(text).states)
