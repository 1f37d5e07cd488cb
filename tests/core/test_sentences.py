"""Text becomes a matrix of static vectors, or an error that says what to type instead."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from selfattn.core.sentences import MAX_TOKENS, SPELLINGS_FOR, Sentence, TextError, embed
from selfattn.core.spelling import near_spellings

PIECES = st.sampled_from(["money", "Bank", "don't", "well-known", "qzxvq", "3.14", "…", "🏦", ",", "’", "", "\u200b"])
KINDS = ("There is no text yet", "There is only punctuation here", "None of these words is in the vocabulary")


def test_every_token_of_a_sentence_gets_its_vector(vectors):
    sentence = embed("Money bank grows", vectors)
    assert (sentence.text, sentence.tokens) == ("Money bank grows", ("money", "bank", "grows"))
    assert (sentence.unknown, sentence.cut, len(sentence)) == ((), 0, 3)
    assert sentence.rows == (0, 1, 2)
    assert_array_equal(sentence.matrix, vectors[["money", "bank", "grows"]])
    assert sentence.matrix.dtype == np.float32


def test_unknown_words_and_punctuation_stay_among_the_pieces_without_a_row(vectors):
    sentence = embed("Money, qzxvq bank!", vectors)
    assert [piece.text for piece in sentence.pieces] == ["money", ",", "qzxvq", "bank", "!"]
    assert sentence.rows == (0, None, None, 1, None)
    assert sentence.tokens == ("money", "bank")
    assert sentence.unknown == ("qzxvq",)


def test_punctuation_counts_when_it_is_asked_to(vectors):
    sentence = embed("Money, qzxvq bank!", vectors, drop_punctuation=False)
    assert sentence.tokens == ("money", ",", "bank", "!")
    assert sentence.rows == (0, 1, None, 2, 3)
    assert_array_equal(sentence.matrix, vectors[["money", ",", "bank", "!"]])


def test_a_repeated_word_has_a_row_for_each_place(vectors):
    sentence = embed("bank to bank", vectors)
    assert sentence.tokens == ("bank", "to", "bank")
    assert_array_equal(sentence.matrix[0], sentence.matrix[2])
    assert sentence.index("bank") == 0


def test_the_vocabulary_keeps_hyphenated_words_whole(vectors):
    assert embed("well-known money-bank", vectors).tokens == ("well-known", "money", "bank")


# tokens instead of text


def test_a_list_of_tokens_is_looked_up_as_it_is(vectors):
    sentence = embed(["money-bank", "Bank", "bank", ",", "n't"], vectors)
    assert sentence.tokens == ("bank", ",", "n't")
    assert sentence.unknown == ("money-bank", "Bank")
    assert sentence.rows == (None, None, 0, 1, 2)


@pytest.mark.parametrize("kind", [list, tuple])
def test_places_of_listed_tokens_are_those_in_the_joined_text(vectors, kind):
    sentence = embed(kind(["river", "", "bank"]), vectors)
    assert sentence.text == "river  bank"
    assert [(piece.start, piece.end) for piece in sentence.pieces] == [(0, 5), (6, 6), (7, 11)]
    for piece in sentence.pieces:
        assert sentence.text[piece.start : piece.end] == piece.text


@pytest.mark.parametrize("text", [None, 3, b"bank", ["bank", 3], {"bank"}, iter(["bank"]), np.array(["bank"])])
def test_what_is_neither_text_nor_tokens_is_a_type_error(vectors, text):
    with pytest.raises(TypeError, match="text must be a string or a list of tokens, got " + type(text).__name__):
        embed(text, vectors)


# unknown words


def test_an_unknown_word_is_named_once_and_in_order(vectors):
    assert embed("qzxvq bank bnak QZXVQ", vectors).unknown == ("qzxvq", "bnak")


def test_unknown_words_come_with_near_spellings_that_exist(vectors):
    spellings = embed("bnak recieve qzxvq money", vectors).spellings
    assert list(spellings) == ["bnak", "recieve", "qzxvq"]
    assert spellings["bnak"][0] == "bank"
    assert spellings["recieve"] == near_spellings("recieve", vectors)
    assert spellings["qzxvq"] == ()
    assert all(word in vectors for near in spellings.values() for word in near)


def test_only_the_first_unknown_words_are_searched_and_symbols_never(vectors):
    words = ["bnak", "recieve", "moeny", "rivver", "waterr", "loann", "grwos"]
    sentence = embed("🏦 bank ☃ " + " ".join(words), vectors)
    assert sentence.unknown == ("🏦", "☃", *words)
    assert list(sentence.spellings) == words[:SPELLINGS_FOR]


# the limit


@pytest.mark.parametrize(("count", "cut"), [(MAX_TOKENS - 1, 0), (MAX_TOKENS, 0), (MAX_TOKENS + 1, 1), (5000, 4488)])
@pytest.mark.parametrize("kind", ["text", "list"])
def test_at_most_512_tokens_are_computed_and_the_rest_is_counted(vectors, kind, count, cut):
    tokens = ["bank"] * count
    sentence = embed(tokens if kind == "list" else " ".join(tokens), vectors)
    assert (len(sentence), len(sentence.pieces), sentence.cut) == (min(count, 512), min(count, 512), cut)
    assert sentence.matrix.shape == (min(count, 512), 50)


def test_words_beyond_the_limit_are_not_reported_as_unknown(vectors):
    assert embed("bank " * MAX_TOKENS + "qzxvq", vectors).unknown == ()


# errors


@pytest.mark.parametrize("text", ["", " \t\n", "\u200b\x00", [], (), [""], [" ", ""]])
def test_no_text_is_an_error_that_gives_an_example(vectors, text):
    with pytest.raises(TextError, match="There is no text yet: type a sentence such as “Money bank grows”") as caught:
        embed(text, vectors)
    assert len(caught.value.sentence) == 0


def test_only_punctuation_is_an_error_unless_it_counts(vectors):
    with pytest.raises(TextError, match="There is only punctuation here: type at least one word") as caught:
        embed("?!", vectors)
    assert [piece.text for piece in caught.value.sentence.pieces] == ["?", "!"]
    assert embed("?!", vectors, drop_punctuation=False).tokens == ("?", "!")


@pytest.mark.parametrize(
    ("text", "shown", "hint"),
    [
        ("Qzxvq", "“qzxvq”", "It has words such as “money”, “river”, “bank”: try other words."),
        ("銀行, 🏦", "“銀行”, “🏦”", "It has words such as “money”, “river”, “bank”: try other words."),
        ("qzxvq recieve", "“qzxvq”, “recieve”", "Did you mean “receive”?"),
        ("qa1q qa2q qa3q qa4q qa5q qa6q", "“qa1q”, “qa2q”, “qa3q”, “qa4q”, “qa5q”", "It has words such as"),
    ],
)
def test_only_unknown_words_are_an_error_that_names_them(vectors, text, shown, hint):
    with pytest.raises(TextError) as caught:
        embed(text, vectors)
    assert str(caught.value).startswith(f"None of these words is in the vocabulary: {shown}. {hint}")
    assert caught.value.sentence.unknown[0] in shown
    assert caught.value.sentence.matrix.shape == (0, 50)


def test_a_text_error_is_a_value_error_that_holds_what_was_found(vectors):
    assert issubclass(TextError, ValueError)
    with pytest.raises(TextError) as caught:
        embed("bnak!", vectors)
    assert caught.value.sentence.text == "bnak!"
    assert caught.value.sentence.spellings["bnak"][0] == "bank"


@pytest.mark.parametrize("word", ["bank", "Bank", " BANK\n"])
def test_index_finds_a_word_however_it_is_typed(vectors, word):
    assert embed("Money bank grows", vectors).index(word) == 1


@pytest.mark.parametrize("word", ["river", "qzxvq", ",", ""])
def test_index_of_a_word_that_is_not_computed_lists_those_that_are(vectors, word):
    with pytest.raises(ValueError, match=f"“{word}” is not in this sentence, which has: money, bank$"):
        embed("Money, bank qzxvq", vectors).index(word)


def test_index_in_a_sentence_of_nothing_says_so(vectors):
    with pytest.raises(TextError) as caught:
        embed("?!", vectors)
    with pytest.raises(ValueError, match="“bank” is not in this sentence, which has: nothing"):
        caught.value.sentence.index("bank")


def test_a_sentence_cannot_be_changed(vectors):
    sentence = embed("bnak bank", vectors)
    with pytest.raises(ValueError, match="read-only"):
        sentence.matrix[0, 0] = 1.0
    with pytest.raises(FrozenInstanceError):
        sentence.tokens = ()
    with pytest.raises(TypeError):
        sentence.spellings["bnak"] = ()


# any text


def check(text, vectors, drop_punctuation):
    """Embed and hold the outcome to all that is documented."""
    kind = ""
    try:
        sentence = embed(text, vectors, drop_punctuation=drop_punctuation)
    except TextError as error:
        sentence, kind = error.sentence, str(error)
    assert isinstance(sentence, Sentence)
    assert kind.startswith(KINDS) if len(sentence) == 0 else kind == ""
    assert len(sentence) == len(sentence.matrix)
    assert_array_equal(sentence.matrix, np.reshape([vectors[token] for token in sentence.tokens], (-1, 50)))
    computed = [piece for piece, row in zip(sentence.pieces, sentence.rows, strict=True) if row is not None]
    assert [piece.text for piece in computed] == list(sentence.tokens)
    assert [row for row in sentence.rows if row is not None] == list(range(len(sentence)))
    assert all(piece.is_word for piece in computed) or not drop_punctuation
    assert set(sentence.unknown) == {piece.text for piece in sentence.pieces if piece.text not in vectors}
    assert not sentence.matrix.flags.writeable


@given(st.text() | st.lists(PIECES).map(" ".join) | st.lists(PIECES).map("".join), st.booleans())
def test_any_text_is_a_sentence_or_a_text_error(vectors, text, drop_punctuation):
    check(text, vectors, drop_punctuation)


@given(st.lists(PIECES | st.text()), st.booleans())
def test_any_tokens_are_a_sentence_or_a_text_error(vectors, tokens, drop_punctuation):
    check(tokens, vectors, drop_punctuation)


def test_a_word_is_put_in_the_place_of_a_misspelt_one_and_all_else_stays(vectors):
    sentence = embed("  Monney, bank & MONNEY’s monneybox ", vectors)
    assert "monney" in sentence.unknown
    assert sentence.respelled("monney", "money") == "  money, bank & money’s monneybox "
    assert sentence.respelled("river", "money") == sentence.text
