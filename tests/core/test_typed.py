"""Vectors that are typed: what is read, and what is said of what cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfattn.core.typed import FURTHEST, MOST, bracketed, read_vector, written


@pytest.mark.parametrize(
    ("text", "vector"),
    [
        ("0.6 0.2 0.1 0.7", (0.6, 0.2, 0.1, 0.7)),
        ("[0.6, 0.2, 0.1, 0.7]", (0.6, 0.2, 0.1, 0.7)),
        ("1;2", (1.0, 2.0)),
        ("−1 , -2\t3e-1", (-1.0, -2.0, 0.3)),
        ("1 2 3 4 5 6 7 8", (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0)),
        ("-0 1000", (0.0, 1000.0)),
    ],
)
def test_vectors_are_read_as_they_are_typed(text, vector):
    assert read_vector(text) == vector


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There are no numbers yet: type 2 to 8 numbers, such as 0.6, 0.2, 0.1, 0.7."),
        (" [ , ] ", "There are no numbers yet"),
        ("3", "There is 1 number here: type 2 to 8 numbers"),
        ("1 2 3 4 5 6 7 8 9", "There are 9 numbers here"),
        ("1 " * 2000, "There are 2000 numbers here"),
        ("1 two", "“two” is not a number"),
        ("1 nan", "“nan” is not a number"),
        ("1 inf", "“inf” is not a number"),
        ("1 1_0", "“1_0” is not a number"),
        ("1 ٣", "“٣” is not a number"),
        ("1 −1000.1", "“-1000.1” is not between −1000 and 1000"),
        ("1 1e400", "“1e400” is not between"),
        ("1 1000.1", "“1000.1” is not between"),
        ("1 <img src=x onerror=alert(1)>", "“<img” is not a number"),
        ("1 " + "x" * 4000, "“xxxxxxxxxxxxxxxxxxxxxxx…” is not a number"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_to_do(text, said):
    with pytest.raises(ValueError, match="type 2 to 8 numbers, such as") as error:
        read_vector(text)
    assert said in str(error.value)


def test_a_short_number_is_written_short():
    assert [written(number) for number in (0.6, -0.125, 0.12345, -0.0, 999.96, -1000, 3)] == [
        "0.6", "−0.125", "0.12345", "0", "999.96", "−1000", "3",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["[12.34, 0.0004]", "[0.00004, 999.99]", "[−0.123456, 100]"])
def test_what_was_typed_is_shown(text):
    assert bracketed(read_vector(text)) == text


def test_what_is_too_fine_to_be_shown_is_not_kept_either():
    assert read_vector("0.12345678 -1e-9") == (0.123457, 0.0)
    assert bracketed(read_vector("0.12345678 -1e-9")) == "[0.123457, 0]"


@given(st.lists(st.floats(-FURTHEST, FURTHEST), min_size=2, max_size=MOST))
def test_what_is_written_can_be_typed_again(numbers):
    again = read_vector(bracketed(numbers))
    assert again == tuple(round(number, 6) for number in numbers)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        vector = read_vector(text)
    except ValueError as error:
        said = str(error)
    else:
        said = "type 2 to 8 numbers" * (2 <= len(vector) <= MOST)
    assert "type 2 to 8 numbers" in said
