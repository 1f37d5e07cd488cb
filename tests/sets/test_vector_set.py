"""Small sets written by hand: read exactly, or refused with a sentence; sets made of them work in all arithmetic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

import selfattn
from selfattn.sets import vector_set
from selfattn.sets.vector_set import TableError, by_hand

MONEY = "money 5 1 / river 1 5 / bank 3 3"


def test_numbers_are_those_that_were_written():
    made = by_hand(MONEY)
    assert made.vectors.index_to_key == ["money", "river", "bank"]
    np.testing.assert_array_equal(made.vectors.vectors, [[5, 1], [1, 5], [3, 3]])
    assert made.facts == "3 words, 2 numbers each"
    assert not made.vectors.vectors.flags.writeable


def test_lines_end_with_a_break_or_a_slash_and_commas_are_points():
    assert by_hand("money 5 1\n\nriver 1 5\n").code == by_hand("Money  5 1 /river 1 5").code
    np.testing.assert_array_equal(by_hand("up 0,5 −1 / down 1 2").vectors["up"], [0.5, -1])


@pytest.mark.parametrize(
    "line",
    [
        *("{}, {}, {}", "{},{},{}", "{}; {}; {}", "{} {} {},", "{} | {} | {}", "{} {},0 {}", "{}: {} {}", "{} : {} {}"),
        *(
            '"{}" {} {}',
            "'{}' {} {}",
            "“{}” {} {}",
            "„{}“ {} {}",
            "«{}» {} {}",
            "{} = {} {}",
            "{}: [{}, {}]",
            "{} ({} {}.)",
        ),
    ],
)
def test_what_stands_around_words_and_numbers_comes_off(line):
    table = "\n".join(line.format(*row) for row in (("money", 5, 1), ("river", 1, 5), ("bank", 3, 3)))
    made = by_hand(table)
    assert made.code == by_hand(MONEY).code
    assert all("money" in remark for remark in made.remarks)


def test_what_only_some_words_carry_is_theirs():
    assert by_hand("money: 5 1 / river 1 5 / bank 3 3").vectors.index_to_key == ["money:", "river", "bank"]
    assert by_hand("1984 5 1 / 1999 1 5").vectors.index_to_key == ["1984", "1999"]


def test_what_is_taken_off_is_said():
    assert by_hand('"money" 5 1 / "river" 1 5').remarks == (
        'What stands around nearly all words is taken off: “"money"” is read as “money”.',
    )
    assert by_hand(MONEY).remarks == ()


def test_the_table_as_written_makes_the_same_set_again():
    made = by_hand(vector_set.EXAMPLE)
    again = by_hand(vector_set.written(made.vectors))
    assert again.key == made.key == vector_set.HAND
    np.testing.assert_array_equal(again.vectors.vectors, made.vectors.vectors)


def test_weights_can_be_checked_in_the_head():
    """The dot product of bank with itself and with money is 18, with river 18: three equal shares."""
    vectors = by_hand(MONEY).vectors
    sentence, trace = selfattn.contextualize("money bank river", vectors, "lesson")
    np.testing.assert_allclose(trace.scores[sentence.index("bank")], [18, 18, 18])
    np.testing.assert_allclose(trace.weights[sentence.index("bank")], 1 / 3)
    np.testing.assert_allclose(trace.output[sentence.index("bank")], [3, 3])


def test_the_code_of_a_set_loads_it():
    place = {}
    exec(by_hand(MONEY).code, place)
    np.testing.assert_array_equal(place["vectors"].vectors, by_hand(MONEY).vectors.vectors)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("", "this table has 0"),
        ("money 5 1", "this table has 1"),
        ("money 5 1 / river 1", "Line 2, “river”, has 1 numbers"),
        ("money 5 / river 1", "Line 1, “money”, has 1 numbers"),
        ("money 5 1 / river 1 5 2", "Line 2, “river”, has 3 numbers and line 1 has 2"),
        ("money 5 x / river 1 5", "Line 1, “money”: “x” is not a number"),
        ("money 5 nan / river 1 5", "“nan” is not a number"),
        ("money 5 inf / river 1 5", "“inf” is not a number"),
        ("money 5 1e9 / river 1 5", "“1e9” is not a number from −1,000 to 1,000"),
        ("money 5 1 / Money 1 5", "“money” stands twice"),
        ("money 0 0 / river 1 5", "“money”, has only zeros"),
        (" / ".join(f"w{row} 1 {row}" for row in range(61)), "This table has 61 words"),
        ("0.5 1 2 / 0.3 2 1 / -1.5 2 2", "numbers but no words"),
        ("a " + "1 " * 13 + "/ b " + "1 " * 13, "has 13 numbers"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(table, sentence):
    with pytest.raises(TableError) as error:
        by_hand(table)
    assert sentence in str(error.value)
    assert str(error.value).endswith(".")


def test_as_many_words_and_numbers_as_are_taken():
    numbers = " ".join("1" * vector_set.MOST_NUMBERS)
    table = " / ".join(f"w{at} {numbers}" for at in range(vector_set.MOST_WORDS))
    assert by_hand(table).vectors.vectors.shape == (vector_set.MOST_WORDS, vector_set.MOST_NUMBERS)
    assert by_hand("up −1000 1000 / down 1 2").vectors["up"].tolist() == [-1000, 1000]


@given(some.text(max_size=200))
def test_any_text_makes_a_set_or_a_sentence(text):
    try:
        made = by_hand(text)
    except TableError:
        return
    assert np.isfinite(made.vectors.vectors).all()
    assert by_hand(vector_set.written(made.vectors)).code == made.code


def test_examples_share_a_word_and_are_known(vectors):
    for known in (vectors, by_hand(MONEY).vectors, by_hand("a 1 2 / b 3 4").vectors):
        first, second = (text.split() for text in vector_set.examples_of(known))
        assert set(first) & set(second)
        assert all(word in known.key_to_index for word in [*first, *second])


def test_the_bundled_set_says_where_it_comes_from():
    made = vector_set.bundled()
    assert "PDDL" in made.source
    assert made.facts == "75,000 words, 50 numbers each"
    assert made.key == ""
    assert made.bytes == pytest.approx(made.vectors.vectors.nbytes, rel=0.8)
