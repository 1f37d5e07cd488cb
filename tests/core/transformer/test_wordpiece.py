"""Word pieces: Hugging Face's tokenizers is the oracle, on ten thousand texts of every kind."""

import random
import unicodedata
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from selfattn.core.labelled import labelled
from selfattn.core.transformer.weights import FOLDER, PIECES
from selfattn.core.transformer.wordpiece import cut, runs
from selfattn.core.transformer.words import folded, join_words

HOSTILE = (
    "", " ", "\t\n\r", "\0", "\ufffd", "\u200b\u200d\ufeff", "[CLS]", "[SEP] [UNK] [MASK] [PAD]", "[unused1]", "##s",
    "a" * 100, "a" * 101, "river" * 40, "Ünïcödé", "U\u0308ni\u0308code\u0301", "İstanbul ıssız", "ΌΔΟΣ ὈΔΥΣΣΕΎΣ",
    "Straße ẞ", "银行 and 河岸", "川の土手", "은행과 강둑", "банк реки", "ضفة النهر", "בנק", "नदी का किनारा", "ธนาคาร",
    "👩\u200d👩\u200d👧 bank🙂", "ﬁne ½ ²", "don't won’t 'tis rock'n'roll", "3.5% of $1,000.00", "a_b-c/d\\e|f~g`h^i",
    "“quoted” — dash… ¿qué?", "\x1c\x1d\x1e\x1f\x85\xa0", "\u2028line\u2029end", "a\u0300\u0301\u0302b", "\u0301",
    "≠ ≮ ≯", "<b>bold</b> & <script>", "%s %d {} {0}", "NaN null None",
)  # fmt: skip
BLOCKS = (  # first and last character, how often
    (0x20, 0x7E, 12), (0x0, 0x1F, 1), (0x80, 0x24F, 4), (0x300, 0x36F, 2), (0x370, 0x4FF, 2), (0x590, 0x6FF, 1),
    (0x900, 0xE7F, 1), (0x1100, 0x11FF, 1), (0x1E00, 0x1FFF, 1), (0x2000, 0x2BFF, 3), (0x3000, 0x30FF, 1),
    (0x4E00, 0x9FFF, 1), (0xAC00, 0xD7A3, 1), (0xF900, 0xFFFD, 1), (0x10000, 0x1FFFF, 2), (0x20000, 0x2FA1F, 1),
    (0xE0000, 0x10FFFF, 1),
)  # fmt: skip


@cache
def rows() -> dict[str, int]:
    pieces = (FOLDER / PIECES).read_text(encoding="utf-8").removesuffix("\n").split("\n")
    return {piece: row for row, piece in enumerate(pieces)}


@cache
def oracle() -> Tokenizer:
    tokenizer = Tokenizer(WordPiece(rows(), unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


def own(text: str) -> list[tuple[int, tuple[int, int]]]:
    """Give the row of each piece, and its place in the text."""
    return [
        (row, (run.places[start], run.places[end - 1] + 1))
        for run in runs(text)
        for row, start, end in cut(run.text, rows())
    ]


def settled(character: str) -> bool:
    """Tell whether Unicode called it the same all along: the oracle's tables are of another version than Python's."""
    old, new = unicodedata.ucd_3_2_0.category(character), unicodedata.category(character)
    return old == new or (old == "Cn" and new[0] not in "MPC")


def random_text(chance: random.Random) -> str:
    blocks = chance.choices(BLOCKS, [often for _, _, often in BLOCKS], k=chance.randrange(1, 40))
    drawn = (chr(chance.randint(first, last)) for first, last, _ in blocks)
    return "".join(character for character in drawn if settled(character) and unicodedata.category(character) != "Cs")


def test_ten_thousand_texts_are_cut_as_by_tokenizers() -> None:
    chance = random.Random(0)
    texts = [*HOSTILE, *(example.text for example in labelled())]
    texts += [random_text(chance) for _ in range(10_000 - len(texts))]
    differ = [
        text for text, theirs in zip(texts, oracle().encode_batch(texts), strict=True)
        if [row for row, _ in own(text)] != theirs.ids
    ]  # fmt: skip
    assert differ == []


def test_pieces_know_their_places_as_those_of_tokenizers_do() -> None:
    for text in (*HOSTILE, *(example.text for example in labelled()[::10])):
        if unicodedata.normalize("NFC", text) == unicodedata.normalize("NFD", text):  # accents it leaves to either side
            theirs = oracle().encode(text)
            assert own(text) == list(zip(theirs.ids, theirs.offsets, strict=True)), text


@given(st.text(st.characters(exclude_categories=["Cs"]).filter(settled)))
def test_any_text_is_cut_as_by_tokenizers(text: str) -> None:
    assert [row for row, _ in own(text)] == oracle().encode(text).ids


def test_what_a_user_types_is_never_a_special_token() -> None:
    pieces = list(rows())
    assert [pieces[row] for row, _ in own("[CLS] bank [SEP]")] == ["[", "cl", "##s", "]", "bank", "[", "sep", "]"]


@pytest.mark.parametrize(("length", "unknown"), [(100, False), (101, True)])
def test_a_very_long_word_is_unknown(length: int, unknown: bool) -> None:
    assert ([row for row, _ in own("x" * length)] == [rows()["[UNK]"]]) == unknown


def test_lone_surrogates_are_left_out() -> None:
    assert own("ri\ud800ver") == [(rows()["river"], (0, 6))]


@given(st.text())
def test_words_have_every_piece_once_and_in_order(text: str) -> None:
    of_text = list(runs(text))
    lengths = [len(cut(run.text, rows())) for run in of_text]
    words = join_words(text, of_text, lengths)
    assert [place for word in words for place in word.pieces] == list(range(1, 1 + sum(lengths)))
    assert all(text[word.start : word.end] == word.text and word.text for word in words)
    assert all(before.end <= after.start for before, after in pairwise(words))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Money bank grows.", ["Money", "bank", "grows", "."]),
        ("don’t", ["don’t"]),
        ("o'clock", ["o'clock"]),
        ("rock'n'roll", ["rock'n'roll"]),
        ("the bank's money", ["the", "bank", "'s", "money"]),
        ("WE'LL see", ["WE", "'LL", "see"]),
        ("'tis 'quoted'", ["'", "tis", "'", "quoted", "'"]),
        ("3.5 or 1,000.25 at 9:30", ["3.5", "or", "1,000.25", "at", "9:30"]),
        ("end.5 a.b", ["end", ".", "5", "a", ".", "b"]),
        ("well-known", ["well", "-", "known"]),
        ("Cafe\u0301 NAÏVE", ["Cafe\u0301", "NAÏVE"]),
        ("你好", ["你", "好"]),
        ("river\u200bbank", ["river\u200bbank"]),
    ],
)
def test_words_are_those_that_were_typed(text: str, words: list[str]) -> None:
    of_text = list(runs(text))
    assert [word.text for word in join_words(text, of_text, [1] * len(of_text))] == words


def test_words_are_folded_as_the_tokenizer_does() -> None:
    assert folded(" CAFÉ\u200b ") == "cafe"
