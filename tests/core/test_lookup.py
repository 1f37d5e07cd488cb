"""Every word of a set is found in a text, however its letters are written; what ships is cut as ever."""

import hashlib
import io
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from selfattn.core import lookup as spellings_of_a_set
from selfattn.core import tokens
from selfattn.core.lookup import lookup, lookup_among, turkish, vocabulary
from selfattn.core.sentences import NoSpacesError, TextError, embed
from selfattn.core.spelling import near_spellings
from selfattn.core.tokens import NOT, canonical, pieces, spelling
from selfattn.core.vectors import DATA, keyed_vectors
from selfattn.sets.reading import read_vectors
from selfattn.sets.vector_set import by_hand, examples_of
from selfattn.ui.boxes import PLACEHOLDERS
from selfattn.ui.fields import FIELDS

CASES = Path(__file__).parents[1] / "cases"
CUT = {  # the tokens and their places before any vocabulary was asked for more
    "sentences.txt": "fa076d3614a30906",
    "texts/letters.txt": "c1a0d73e256a554d",
    "texts/river-and-ledger.txt": "d91bf09ef5aa9553",
    "texts/two-banks.txt": "94515d142065147a",
}
JOINTS = st.text("abAé_/|#%<>▁'’-.,+&@n", min_size=1, max_size=6)
COMPOSED = st.text("aeonữệßкй가나াক\u09df\u09bc\u093cक", min_size=1, max_size=4)
SPACED = st.lists(st.text("ab_", min_size=1, max_size=2), min_size=1, max_size=3).map(" ".join)


def set_of(*words):
    return keyed_vectors(list(words), np.eye(len(words), 4) + 0.1)


def case(name):
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return set_of(*(line.rsplit(" ", 4)[0] for line in lines if line.count(" ") >= 4))


def cut(text, vectors):
    return [piece.text for piece in pieces(text, vocabulary(vectors))]


# what ships


@pytest.mark.parametrize("name", CUT)
def test_the_texts_that_ship_are_cut_as_ever(vectors, name):
    text = (DATA / name).read_text(encoding="utf-8")
    written = "\n".join(f"{t.text} {t.start} {t.end} {t.is_word}" for t in pieces(text, vocabulary(vectors)))
    assert hashlib.sha256(written.encode()).hexdigest()[:16] == CUT[name]


def shipped():
    data = [*DATA.glob("*.t[ox]*t*"), *(DATA / "texts").iterdir()]
    lines = [line for path in data if "words" not in path.name for line in path.read_text("utf-8").splitlines()]
    return [*lines, *PLACEHOLDERS, *(field.default for field in FIELDS.values() if isinstance(field.default, str))]


def test_the_rules_alone_cut_all_that_ships_in_the_same_way(vectors):
    def find(typed):
        return next((form for form in (spelling(typed), typed) if form in vectors.key_to_index), None)

    lines = shipped()
    assert len(lines) > 3000
    for line in lines:
        assert list(pieces(line, vocabulary(vectors))) == [token for token, _ in tokens._by_rules(line, find)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He is ill.", "he is ill ."),  # GloVe has "ill.", too
        ("A 30-year loan, in Mass.", "a 30 - year loan , in mass ."),
        ("the U.S.-led US$5 (800)", "the u.s. - led us $ 5 ( 800 )"),
        ("I don’t know — it’s the bank's…", "i do n't know -- it 's the bank 's ..."),
        ("Formula 1", "formula 1"),
        ("formula_1 50% c++", "formula_1 50 % c++"),
    ],
)
def test_english_is_cut_as_glove_was(vectors, text, expected):
    assert cut(text, vectors) == expected.split()


# the cases


@pytest.mark.parametrize(
    ("name", "typed", "found"),
    [
        ("J1_vi_compounds.vec", "Tiền ngân_hàng, (New_York)", "tiền ngân_hàng New_York"),
        ("J1_vi_compounds.vec", "New York học sinh ngân hàng", "New York học_sinh ngân hàng"),
        (
            "J4_pos_tagged.txt",
            "bank_NOUN, “деньги_NOUN” Bank_NOUN bank_noun.",
            "bank_NOUN деньги_NOUN bank_NOUN bank_NOUN",
        ),
        ("M1_bpe.vec", "▁the ▁bank s", "▁the ▁bank s"),
        ("M1_bpe.vec", "The bank", "▁the ▁bank"),
        ("L1_dont.vec", "I don't know the bank", "i don't know the bank"),
        ("L1_dont.vec", "I DON’T, it’s isnʼt can't o’clock.", "i don't it's isn't can't o'clock"),
        ("K1_nfd.vec", "tiền ngân hàng sông", "tiền ngân hàng sông"),
        ("K1_nfd.vec", "TIỀN Café ÜBER geld", "tiền café über Geld"),
        ("K8_tr.vec", "Irmak kıyı", "ırmak kıyı"),
        ("K8_tr.vec", "IŞIK PARA", "ışık para"),
        ("K8_tr.vec", "İzmir banka İSTANBUL Istanbul", "izmir banka istanbul istanbul"),
        ("K10_zh.vec", "我们去银行取钱。", "我们 去 银行 取钱"),
        ("K10_zh.vec", "我在喜欢河岸", "我 在 河岸"),
        ("K11_ja.vec", "銀行に行く、お金", "銀行 に 行く お金"),
    ],
)
def test_a_sentence_of_the_cases_has_the_words_of_the_set(name, typed, found):
    words = case(name)
    sentence = embed(typed, words)
    assert [unicodedata.normalize("NFC", token) for token in sentence.tokens] == found.split()
    assert all(token in words.key_to_index for token in sentence.tokens)


@pytest.mark.parametrize("path", sorted(CASES.glob("[JKLM]*")), ids=lambda path: path.name)
def test_the_examples_made_of_a_set_compute_whole(path):
    words = case(path.name)
    for text in examples_of(words):
        sentence = embed(text, words)
        assert " ".join(sentence.tokens) == text
        assert len(set(sentence.tokens)) > 1


@pytest.mark.parametrize(
    ("name", "typed", "near"),
    [
        ("L2_accents.vec", "munchen", "münchen"),
        ("L2_accents.vec", "uber", "über"),
        ("L2_accents.vec", "eleve", "élève"),
        ("L2_accents.vec", "банг", "банк"),
        ("L2_accents.vec", "ποταμος", "ποταμός"),
        ("L2_accents.vec", "munchn", "münchen"),
        ("K6_ar.vec", "بَنْك", "بنك"),
        ("K6_ar.vec", "بنـــك", "بنك"),
        ("K6_ar.vec", "اموال", "أموال"),
        ("K6_ar.vec", "الى", "إلى"),
        ("K6_ar.vec", "ضفه", "ضفة"),
        ("K7_he.vec", "בַּנְק", "בנק"),
    ],
)
def test_letters_without_their_marks_and_with_others_are_near(name, typed, near):
    assert near_spellings(typed, case(name))[0] == near


def test_a_text_without_marks_finds_the_word_with_them():
    assert near_spellings("בנק", set_of("כסף", "בַּנְק")) == ("בַּנְק",)
    assert near_spellings("cafe", set_of("cave", "café", "Café")) == ("café", "Café", "cave")


@pytest.mark.parametrize("text", ["今天天气很好", "今日は天気がいい。", "เราไปที่ธนาคารเพื่อถอนเงิน"])
def test_text_without_spaces_is_named_for_what_it_is(text):
    for words in (case("K10_zh.vec"), case("K7_he.vec")):
        with pytest.raises(
            NoSpacesError,
            match="put spaces between your words, or bring a set for their language on",
        ):
            embed(text, words)


def test_an_unknown_word_is_no_text_without_spaces():
    with pytest.raises(TextError, match="None of these words is in the vocabulary: “公园”") as caught:
        embed("公园", case("K7_he.vec"))
    assert not isinstance(caught.value, NoSpacesError)


def test_repeated_words_are_found_each_time(vectors):
    assert embed("bank bank bank", vectors).tokens == ("bank",) * 3


# any set


@given(st.lists(JOINTS, min_size=1, max_size=8, unique_by=canonical), st.data())
@example(["a", "a.", ".", "A."], None)
def test_every_word_of_any_set_is_found_again(words, data):
    assume(NOT not in map(canonical, words))  # a set that has it was cut by the rules, and so is its text
    sentence = words if data is None else data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=8))
    assert cut(" ".join(sentence), set_of(*words)) == sentence


@given(st.lists(SPACED, min_size=1, max_size=8, unique=True), st.data())
@example(["a b", "b a", "a"], None)
def test_words_with_spaces_inside_are_found_and_nothing_is_left_over(words, data):
    """“a b a” may be "a b" and "a", or "a" and "b a": no piece is unknown, and there are no more than were meant."""
    meant = ["a", "b a"] if data is None else data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=6))
    found = cut(" ".join(meant), set_of(*words))
    assert " ".join(found) == " ".join(meant)
    assert set(found) <= set(words)
    assert len(found) <= len(meant)


@given(st.lists(COMPOSED, min_size=1, max_size=6, unique_by=canonical))
def test_a_word_is_found_however_its_letters_are_composed(words):
    for stored in ("NFC", "NFD"):
        kept = [unicodedata.normalize(stored, word) for word in words]
        known = set_of(*kept)
        for typed in ("NFC", "NFD"):
            assert cut(" ".join(unicodedata.normalize(typed, word) for word in words), known) == kept
    assert [lookup(word, set_of(*words)) for word in words] == words


@given(st.text())
def test_lookup_gives_a_word_of_the_set_or_none(typed):
    words = set_of("bank", "New York", "don’t", "ırmak", "İzmir", "▁the")
    assert lookup(typed, words) in (None, *words.index_to_key)


def test_two_rows_that_differ_in_form_only_are_one_word():
    for first, second in (("NFC", "NFD"), ("NFD", "NFC")):
        words = [unicodedata.normalize(first, "tiền"), "sông", unicodedata.normalize(second, "tiền"), "à", "à"]
        table = "".join(f"{word} {place} 1\n" for place, word in enumerate(words, 1))
        found = read_vectors(io.BytesIO(table.encode()))
        assert found.vectors.index_to_key == [*words[:2], "à"]
        assert found.vectors[words[0]].tolist() == [1, 1]
        assert "2 rows repeat words that came before" in " ".join(found.remarks)
        assert "in line 3, its letters composed otherwise" in " ".join(found.remarks)


# one word


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("bank", "bank"), ("BANK", "bank"), ("Bank", "Bank"), ("new york", "New_York"), ("New York", "New_York"),
        ("San_Francisco", "San Francisco"), ("don't", "don’t"), ("DON’T", "don’t"), ("IRMAK", "ırmak"),
        ("izmir", "İzmir"), ("İZMİR", "İzmir"), ("nato", "NATO"), ("the", "▁the"), ("río", "ri\u0301o"), ("", None),
        ("river", None), ("  ", None),
    ],
)  # fmt: skip
def test_lookup_finds(typed, found):
    words = ("bank", "Bank", "New_York", "San Francisco", "don’t", "ırmak", "İzmir", "NATO", "▁the", "ri\u0301o")
    assert lookup(typed, set_of(*words)) == found
    assert lookup_among(typed, dict.fromkeys(words, 0)) == found


def test_apostrophes_are_the_same_in_the_set_and_in_the_text():
    for stored in "'’ʼ‘`":
        for typed in "'’ʼ‘`":
            assert cut(f"I don{typed}t (п{typed}ять)", set_of("i", f"don{stored}t", f"п{stored}ять")) == [
                "i", f"don{stored}t", "(", f"п{stored}ять", ")"
            ]  # fmt: skip


def test_of_two_lower_cases_the_more_frequent_is_meant():
    assert lookup("I", set_of("i", "ı")) == "i"
    assert lookup("IRMAK", set_of("ırmak", "irmak")) == "ırmak"
    assert turkish("IĞDIR İzmir") == "ığdır izmir"


def test_an_index_follows_a_set_that_grows_and_goes_with_it():
    words = set_of("money")
    assert lookup("cafe\u0301", words) is None
    words.add_vectors(["cafe\u0301"], np.ones((1, 4)))
    assert lookup("café", words) == "cafe\u0301"
    assert words in spellings_of_a_set._indexes
    count = len(spellings_of_a_set._indexes)
    del words
    assert len(spellings_of_a_set._indexes) < count


def test_a_table_by_hand_may_have_joined_words():
    made = by_hand("ngân_hàng 3 3 / tiền 5 1 / bank/nn 1 2/24/7 2 1 / c# 1 1")
    assert made.vectors.index_to_key == ["ngân_hàng", "tiền", "bank/nn", "24/7", "c#"]
    assert embed("tiền ngân_hàng (bank/NN) C#, 24/7", made.vectors).tokens == (
        "tiền", "ngân_hàng", "bank/nn", "c#", "24/7"
    )  # fmt: skip
