"""Text is split as GloVe's vocabulary was, and every token knows where it stood."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from selfattn.core.tokens import Token, spelling, split

VOCABULARY = {"well-known", "mother-in-law", "o'brien", "at&t", "and/or", "c++", "o'clock", "ph.d."}
MARKUP = {
    "<img src=x onerror=alert(1)>": "< img src = x onerror = alert ( 1 ) >",
    r"$\bank$": r"$ \ bank $",
    "[x](javascript:1)": "[ x ] ( javascript : 1 )",
    "| a | b |": "| a | b |",
    "**bold** _it_ `code`": "* * bold * * _ it _ ' code '",
    "http://www.example.com/a?b=c": "http : / / www . example . com / a ? b = c",
    "name@example.com #tag": "name @ example . com # tag",
}
SPLITS = {
    # contractions and possessives
    "Don't": "do n't",
    "can't won't": "ca n't wo n't",
    "bank's": "bank 's",
    "the banks' vaults": "the banks ' vaults",
    "I'm they're we've he'd she'll": "i 'm they 're we 've he 'd she 'll",
    "couldn't've": "could n't 've",
    "don't-know": "do n't - know",
    "well-known's": "well-known 's",
    "'em '90s": "'em '90s",
    "O'Brien": "o'brien",
    "O'Brien-Smith": "o'brien - smith",
    "O'Neal": "o ' neal",
    "five o'clock": "five o'clock",
    # hyphens and the like: whole if the vocabulary has it
    "well-known": "well-known",
    "money-bank": "money - bank",
    "not-so-well-known": "not - so - well-known",
    "AT&T and/or C++": "at&t and/or c++",
    "R&D either/or D++": "r & d either / or d + +",
    "-bank-": "- bank -",
    # numbers
    "3.14 1,000 12:30 1/2 .5": "3.14 1,000 12:30 1/2 .5",
    "$3.50, 50%": "$ 3.50 , 50 %",
    "1990s 20th b2b": "1990s 20th b2b",
    "In 1990.": "in 1990 .",
    # quotes, dashes, dots
    "“Don’t”": '" do n\'t "',
    "‘bank’": "' bank '",
    "a–b—c--d": "a -- b -- c -- d",
    "money‑bank": "money - bank",
    "wait… wait....": "wait ... wait ...",
    "end.Start": "end . start",
    # abbreviations
    "U.S. e.g. p.m.": "u.s. e.g. p.m.",
    "Mr. Smith, Dr. No etc.": "mr. smith , dr. no etc.",
    "Ph.D.": "ph.d.",
    "A bank.": "a bank .",
    # other scripts and invisible characters
    "cafe\u0301 CAFÉ": "café café",
    "बैंक": "बैंक",
    "Банк 銀行 τράπεζα": "банк 銀行 τράπεζα",
    "soft\u00adhyphen": "softhyphen",
    "zero\u200bwidth": "zero width",
    "non\u00a0breaking\tspace\nline": "non breaking space line",
    "\ufeffbank\x00\x07": "bank",
    # emoji
    "I ❤️ 🏦!": "i ❤️ 🏦 !",
    "👨‍👩‍👧": "👨‍👩‍👧",
    "👍🏽👍🏿": "👍🏽 👍🏿",
    "🇩🇪🇫🇷": "🇩🇪 🇫🇷",
    "🏳️‍🌈bank": "🏳️‍🌈 bank",
    "👍\u200d bank": "👍 bank",
    # nothing at all
    "": "",
    " \t\n\u200b\u00ad\ud800": "",
    **MARKUP,
}
UNUSUAL = st.text(st.characters(categories=["Cs", "Cf", "Mn", "Me", "So", "Sk", "Po", "Lu", "Nd"]))
TRICKY = st.text(alphabet="ab'’-–.…,&/+1\u0301\u00ad\u200b\u200d\ufe0f🏽👍👩🇩❤ 'nt\u0905\u093e", max_size=20)


def tokens_of(text, known=VOCABULARY.__contains__):
    return list(split(text, known))


@pytest.mark.parametrize(("text", "expected"), SPLITS.items(), ids=map(ascii, SPLITS))
def test_text_is_split_into(text, expected):
    assert [token.text for token in tokens_of(text)] == expected.split()


@pytest.mark.parametrize("text", SPLITS, ids=map(ascii, SPLITS))
def test_a_token_stands_where_it_was_typed(text):
    for token in tokens_of(text):
        typed = text[token.start : token.end]
        folded = {"–": "--", "—": "--", "…": "...", "....": "..."}.get(typed, spelling(typed))
        assert folded == token.text
        assert typed == typed.strip()


def test_places_count_characters_of_the_typed_text():
    # D o n ’ t ␣ c a f e ́ : the accent is a character of its own
    assert tokens_of("Don’t cafe\u0301") == [
        Token("do", 0, 2, True), Token("n't", 2, 5, True), Token("café", 6, 11, True)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Money, bank!", ["money", "bank"]),
        ("money-bank (3.14 %)", ["money", "bank", "3.14"]),
        ("Don’t – bank’s…", ["do", "n't", "bank", "'s"]),
        ("U.S. 🏦 $", ["u.s.", "🏦"]),
        ("<b>|", ["b"]),
    ],
)
def test_punctuation_and_symbols_are_not_words(text, words):
    assert [token.text for token in tokens_of(text) if token.is_word] == words


def test_the_vocabulary_decides_what_stays_whole():
    assert [token.text for token in tokens_of("bank-book", {"bank-book"}.__contains__)] == ["bank-book"]
    assert [token.text for token in tokens_of("bank-book", set().__contains__)] == ["bank", "-", "book"]


@pytest.mark.parametrize("markup", MARKUP)
def test_markup_is_text_like_any_other(markup):
    typed = [markup[token.start : token.end] for token in tokens_of(markup)]
    assert "".join(typed) == "".join(markup.split())


@pytest.mark.parametrize(
    ("link", "count"),  # "x" stands before the first link
    [
        ("a-", 2 * 3000),  # xa - a - a - ...
        ("'s", 1 + 3000),  # x 's 's ...
        ("don't-", 3 * 3000),  # xdo n't - do n't - ...
        ("a'b", 1 + 2 * 3000),  # xa ' ba ' ba ... ' b
        ("x++", 3 * 3000),  # xx + + x + + ...
        ("1,", 4),  # x1 , 1,1,...,1 ,
        ("👍", 1 + 3000),
    ],
)
def test_a_chain_of_any_length_is_taken_apart_without_losing_a_character(link, count):
    text = "x" + link * 3000
    tokens = tokens_of(text)
    assert "".join(text[token.start : token.end] for token in tokens) == text
    assert len(tokens) == count


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("BANK", "bank"),
        ("CAFE\u0301", "café"),
        ("N’T", "n't"),
        ("“", '"'),
        ("co‑op", "co-op"),
        ("soft\u00adhyphen", "softhyphen"),
        ("İ", "i̇"),
    ],
)
def test_spelling_folds_case_accents_quotes_and_hyphens(typed, expected):
    assert spelling(typed) == expected
    assert spelling(expected) == expected


@given(st.text() | TRICKY | UNUSUAL)
@example("a-'s-")
@example("n't's''--…")
@example("\u200d👍\u200d\u200d🏽")
@example("'\u0301s")
def test_any_text_is_covered_in_order_but_for_what_cannot_be_seen(text):
    end, uncovered = 0, []
    for token in tokens_of(text):
        assert end <= token.start < token.end <= len(text)
        assert token.text
        uncovered.extend(text[end : token.start])
        end = token.end
    uncovered.extend(text[end:])
    invisible = ("Z", "C", "Mn", "Me")
    assert [character for character in uncovered if not unicodedata.category(character).startswith(invisible)] == []


@given(st.text())
def test_letters_and_digits_always_belong_to_a_token(text):
    covered = "".join(text[token.start : token.end] for token in tokens_of(text))
    assert [c for c in covered if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.text(st.characters(categories=["L"])).filter(bool))
def test_letters_alone_are_one_word_in_the_vocabularys_spelling(word):
    [token] = tokens_of(word)
    assert token == Token(spelling(word), 0, len(word), True)
