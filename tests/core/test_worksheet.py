"""Worksheets from sentences: small whole numbers that keep the sense, and with which the arithmetic holds."""

import numpy as np
import pytest

from selfattn.core.exercise import LARGEST_SCORE
from selfattn.core.senses import SENSES, known_sense
from selfattn.core.sentences import embed
from selfattn.core.vectors import keyed_vectors
from selfattn.core.whole_numbers import LARGEST, TELLS, directions
from selfattn.core.worksheet import MOST_WORDS, worksheet
from selfattn.sets.vector_set import EXAMPLE, by_hand
from tests.covering import NIGHTLY

MONEY, RIVER = "Money bank grows", "River bank flows"
WORDS = list(SENSES) if NIGHTLY else list(SENSES)[::4]


def made(vectors, word, *texts, seed=1, sense=None):
    sentences = {role: embed(text, vectors) for role, text in enumerate(texts)}
    return worksheet(word, sentences, vectors, sense=sense or known_sense(word, vectors), seed=seed)


def of_word(vectors, word, seed=1):
    (first, *_), (second, *_) = SENSES[word].examples.values()
    return made(vectors, word, first, second, seed=seed)


@pytest.mark.parametrize("word", WORDS)
def test_numbers_are_small_whole_and_different_and_scores_can_be_scaled_in_the_head(vectors, word):
    sheet = of_word(vectors, word)
    places = list(sheet.numbers.values())
    assert len(set(places)) == len(places)
    assert all(number == int(number) and 0 <= number <= LARGEST for place in places for number in place)
    assert (0, 0) not in places
    for each in sheet.exercises:
        assert each.shift is None
        assert 0 <= each.scores.min() <= each.scores.max() <= LARGEST_SCORE
        assert len(each) <= MOST_WORDS


def test_a_computer_that_does_not_round_finds_what_is_found_by_hand(vectors):
    sheets = [of_word(vectors, word) for word in WORDS]
    holding = [sheet.word for sheet in sheets if all(each.holds and each.adds_up for each in sheet.exercises)]
    assert len(holding) >= 0.9 * len(sheets), set(WORDS) - set(holding)
    assert "bank" in holding


def test_who_leans_more_to_a_sense_does_so_on_the_sheet(vectors):
    for word in WORDS:
        sheet, sense = of_word(vectors, word), known_sense(word, vectors)
        words = [token for token in sheet.numbers if token != word]
        real = directions(words, vectors, sense).lean
        lean = np.array([sheet.numbers[token][0] - sheet.numbers[token][1] for token in words])
        apart = real[:, None] - real > TELLS
        assert np.all((lean[:, None] > lean)[apart]), word
        assert sheet.axes == tuple(sense.poles)


def test_of_the_lesson_bank_goes_to_the_river_in_b_only(vectors):
    for seed in range(1, 11):
        sheet = made(vectors, "bank", MONEY, RIVER, seed=seed)
        in_a, in_b = (each.output[1] / each.output.sum() for each in sheet.exercises)
        assert in_b > in_a, "more of the river in B"
        assert sheet.numbers["money"][0] > sheet.numbers["money"][1]
        assert sheet.numbers["river"][0] < sheet.numbers["river"][1]


def test_a_seed_gives_another_sheet_and_always_the_same(vectors):
    sheets = [made(vectors, "bank", MONEY, RIVER, seed=seed) for seed in range(1, 13)]
    assert len({tuple(sheet.numbers.items()) for sheet in sheets}) == len(sheets)
    assert all(each.holds for sheet in sheets for each in sheet.exercises)
    again = made(vectors, "bank", MONEY, RIVER, seed=12)
    assert again.numbers == sheets[-1].numbers
    assert again.seed == 12


def test_more_sheets_than_there_are_begin_again(vectors):
    assert made(vectors, "bank", MONEY, RIVER, seed=10_000).numbers


def test_of_a_long_sentence_the_telling_words_are_computed(vectors):
    text = "the bank approved the loan " + "of the and a in to " * 33
    sheet = made(vectors, "bank", text, RIVER)
    first, _ = sheet.exercises
    assert len(sheet.sentences[0]) == 203
    assert len(first) == MOST_WORDS
    assert {"bank", "loan"} < set(first.tokens)
    assert first.tokens.count("the") <= 1
    assert list(first.tokens) == sorted(first.tokens, key=list(sheet.sentences[0].tokens).index)


def test_numbers_that_were_written_by_hand_stay_as_they_are():
    vectors = by_hand(EXAMPLE).vectors
    sheet = made(vectors, "bank", "money bank grows", "river bank flows")
    assert sheet.numbers == {"money": (5, 1), "bank": (3, 3), "grows": (4, 2), "river": (1, 5), "flows": (2, 4)}
    assert not sheet.made
    assert not sheet.small, "3·5 + 3·1 = 18 is too much for e^x"
    assert sheet.exercises[0].weights.tolist() == [0.33, 0.33, 0.33]
    assert not sheet.exercises[0].adds_up
    assert sheet.exercises[0].output.tolist() == [4, 2]


def test_decimals_that_were_written_by_hand_are_read_as_written():
    sheet = made(by_hand("up 0.6 -0.1 / down 0.3 1.25").vectors, "up", "up down")
    assert sheet.numbers == {"up": (0.6, -0.1), "down": (0.3, 1.25)}
    assert not sheet.whole


def test_two_numbers_that_are_too_long_become_whole(rng):
    vectors = keyed_vectors(["up", "down", "left"], rng.normal(size=(3, 2)))
    sheet = made(vectors, "up", "up down left")
    assert sheet.made
    assert sheet.axes == ()


def test_all_exercises_of_a_sheet_use_one_table():
    vectors = by_hand("bank 1 1 / money 2 0 / gold 20 0").vectors
    small, large = made(vectors, "bank", "bank money", "bank gold").exercises
    assert small.shift == 2
    assert large.shift == 20
    alone = made(vectors, "bank", "bank money").exercises[0]
    assert alone.shift is None


@pytest.mark.parametrize("texts", [("bank",), ("bank", "bank"), ("bank bank bank", "the bank by the bank")])
def test_a_word_alone_or_again_and_again(vectors, texts):
    sheet = made(vectors, "bank", *texts)
    assert [each.tokens[each.row] for each in sheet.exercises] == ["bank"] * len(texts)
    assert sheet.exercises[0].weights.sum() == pytest.approx(1, abs=0.02)


def test_a_word_without_senses_is_placed_where_the_words_differ_most(vectors):
    sheet = made(vectors, "peter", "Peter remembers every house", "Peter sails to the island")
    assert sheet.axes == ()
    assert len(sheet.numbers) == len({token for each in sheet.exercises for token in each.tokens})


def test_sentences_without_the_word_are_left_out_and_at_most_two_are_used(vectors):
    sheet = made(vectors, "bank", "Dogs bark", MONEY, RIVER, "The bank approved our loan")
    assert sheet.roles == (1, 2)
    with pytest.raises(ValueError, match="“bank” is in none of these sentences"):
        made(vectors, "bank", "Dogs bark")


def test_of_a_long_sentence_telling_words_stay_and_not_frequent_ones(vectors):
    text = "She came back to the bank with some of the fish"
    (exercise,) = made(vectors, "bank", text).exercises
    assert {"bank", "fish"} <= set(exercise.tokens)
    assert not {"the", "of", "to", "with"} & set(exercise.tokens)
