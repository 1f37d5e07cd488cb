"""Training one's own vectors: sentences, settings, what comes out, what is refused, and how it is stopped."""

import copy
import hashlib
import os
import re
import subprocess
import sys
import threading
import tracemalloc
from collections import Counter
from dataclasses import fields, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from gensim.models import FastText, KeyedVectors, Word2Vec
from hypothesis import given, settings
from hypothesis import strategies as st

import selfattn
from selfattn.sets import training
from selfattn.sets.training import (
    RANGES,
    TEXTS,
    Epoch,
    Options,
    StoppedError,
    Trained,
    TrainingError,
    add_words,
    as_word2vec_text,
    grower,
    known_subwords,
    sentences_of,
    shipped_text,
    subwords_of,
    too_small,
    train,
    vector_of_subwords,
)
from selfattn.sets.training import course as training_course
from selfattn.sets.training import losses as training_loss
from selfattn.sets.training import options as training_options
from selfattn.sets.training import subwords as training_subwords
from selfattn.sets.training import text as training_text
from tests.covering import combined

GERMAN = """
Die Stadt hat zwei Bänke. Auf der einen Bank am Fluss sitzen die Alten und schauen auf das Wasser. Die andere Bank
verwahrt das Geld der Leute. Wer ein Haus bauen will, geht zur Bank und bittet um einen Kredit. Die Bank prüft das
Konto und gibt den Kredit, und der Kunde zahlt Zinsen. Wer müde ist, geht zum Fluss, setzt sich auf die Bank und hört
dem Wasser zu. Über den Fluss führt eine Brücke, und unter der Brücke schwimmen Fische im Wasser. Am Abend schließt
die Bank in der Straße, und niemand zahlt mehr Geld auf sein Konto. Dann sitzen die Kunden auf der Bank am Fluss.
"""
HINDI = """
शहर के बीच से नदी बहती है। नदी का पानी साफ़ है और नदी के किनारे पेड़ हैं। लोग नदी के किनारे बैठते हैं और पानी देखते हैं।
शहर में एक बैंक भी है। बैंक में लोग पैसा जमा करते हैं। बैंक लोगों को कर्ज़ देता है और लोग बैंक को ब्याज देते हैं। किसान बैंक से
कर्ज़ लेता है और बीज ख़रीदता है। बारिश में नदी का पानी बढ़ता है और नाव किनारे पर रहती है। शाम को बैंक बंद होता है और लोग नदी के
किनारे जाते हैं। नदी में मछली है और नदी पर नाव है।
"""
CHINESE = """
我们 坐 在 河岸 上 看 水 。 河 里 有 鱼 ， 河 上 有 船 。 水 从 山 上 流 到 河 里 。
银行 有 很多 钱 。 我们 把 钱 存 在 银行 。 银行 借 钱 给 我们 ， 我们 付 利息 给 银行 。
船 在 河 上 ， 鱼 在 水 里 ， 钱 在 银行 里 。
"""
SMALL = "The bank lends money. The bank of the river is green. Money grows in the bank. The river flows past the bank."
QUICK = Options(size=8, epochs=3, min_count=1)
MONEY = """
    money loan loans deposit credit cash savings account interest investment lender pay pays payment repay repaid debts
    customer clerk baker builder lend lends lenders farmer per cent sum cheap
"""
RIVER = """
    river water stream shore lake fish flood creek boat boats flows bridge willow willows sea mud sand eastern western
    cattle slowly ferry landing middle roots stone green low
"""


@pytest.fixture(scope="module")
def english() -> Trained:
    return train(shipped_text())


@pytest.fixture(scope="module")
def parted() -> Trained:
    return train(shipped_text("two-banks"), Options(model="fasttext", epochs=5))


def refused(text: str, options: Options | None = None) -> str:
    with pytest.raises(TrainingError) as caught:
        train(text, options)
    message = str(caught.value)
    assert re.match(r"[A-Z“0-9].*\.$", message), f"not a sentence: {message}"
    return message


def with_words(trained: Trained, words: list[str]) -> KeyedVectors:
    """Grow a copy of the vectors: several tests share those that were trained."""
    assert trained.parts is not None
    grown = copy.deepcopy(trained.vectors)
    add_words(grown, trained.parts, words)
    return grown


def same(one: Trained, other: Trained) -> bool:
    return one.vectors.index_to_key == other.vectors.index_to_key and np.array_equal(
        one.vectors.vectors, other.vectors.vectors
    )


# Sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The bank lends. The river flows!", [["the", "bank", "lends"], ["the", "river", "flows"]]),
        ("Why?! Because…", [["why"], ["because"]]),
        ("“Wait,” he said, “for me.” She did.", [["wait", "he", "said", "for", "me"], ["she", "did"]]),
        ("It isn't the bank's well-known vault", [["it", "is", "n't", "the", "bank", "'s", "well", "known", "vault"]]),
        ("Interest is 3.5 per cent, e.g. at our bank. Yes.",
         [["interest", "is", "3.5", "per", "cent", "e.g.", "at", "our", "bank"], ["yes"]]),
        ("A river\nruns here. It\nends.", [["a", "river", "runs", "here"], ["it", "ends"]]),
        ("a river runs\nmoney grows\n", [["a", "river", "runs"], ["money", "grows"]]),
        ("Part one\r\n\r\nThe river is long.", [["part", "one"], ["the", "river", "is", "long"]]),
        ("नदी का पानी। बैंक का पैसा॥", [["नदी", "का", "पानी"], ["बैंक", "का", "पैसा"]]),
        ("Die Straße führt über Flüsse. Schön!", [["die", "straße", "führt", "über", "flüsse"], ["schön"]]),
        ("我们 坐 在 河岸 上 。 银行 有 钱 ！", [["我们", "坐", "在", "河岸", "上"], ["银行", "有", "钱"]]),
        ("", []),
        (" \n\n ... — !", []),
    ],
)  # fmt: skip
def test_splits_into_sentences(text: str, sentences: list[list[str]]) -> None:
    assert sentences_of(text) == sentences


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tôi đến ngân_hàng, (bờ_sông).", "tôi đến ngân_hàng bờ_sông"),
        ("bank/NN money|NOUN ▁bank c# <unk>", "bank/nn money|noun ▁bank c# <unk>"),
        ("It is _very_ good: well-known, he/she's 50%.", "it is very good well known he/she 's 50"),
        ("Irmak ırmak IŞIK ışık İstanbul istanbul", "ırmak ırmak ışık ışık istanbul istanbul"),
        (
            "I went to I\u0307stanbul" + ", and it was nice there" * 10,
            "i went to istanbul" + " and it was nice there" * 10,
        ),
    ],
)
def test_the_text_says_what_is_one_word(text: str, words: str) -> None:
    assert sentences_of(text) == [words.split()]


@pytest.mark.parametrize(
    ("text", "min_count"),
    [
        ("我们在河岸上坐着", 1),
        ("我们在河岸上坐着。今天天气很好。" * 3, 1),
        ("我们在河岸上。今天天气很好。", 2),
    ],
)
def test_a_text_without_spaces_is_named_for_what_it_is(text: str, min_count: int) -> None:
    assert "There are no spaces between the words of this text" in refused(text, Options(min_count=min_count))


def test_a_sentence_without_end_is_cut() -> None:
    assert [len(sentence) for sentence in sentences_of("bank river " * 1250)] == [1000, 1000, 500]


def test_what_no_dictionary_has_is_left_out() -> None:
    assert sentences_of(f"the {'x' * 100} and the {'y' * 101}") == [["the", "x" * 100, "and", "the"]]


def test_a_long_paragraph_is_split_as_a_short_one() -> None:
    prose = shipped_text("letters").replace("\n", " ")
    assert len(prose) > 5 * training_text.PIECE
    pieces = [sentence for part in re.split(r"(?<=[.?!]) ", prose) for sentence in sentences_of(part)]
    assert [word for one in sentences_of(prose) for word in one] == [word for one in pieces for word in one]


@pytest.mark.parametrize("part", ["a-", "a's", ".'", "'", "x", "é-", "नदी"])
def test_text_without_end_is_split_all_the_same(part: str) -> None:
    words = [word for sentence in sentences_of(part * 20_000) for word in sentence]
    assert all(0 < len(word) <= 100 for word in words)


def test_the_size_of_a_text_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "5,000,001 bytes, and at most 5,000,000" in refused("x" * 5_000_001)
    assert "6,000,000 bytes" in refused("न" * 2_000_000)
    monkeypatch.setattr(training_text, "MOST_TOKENS", 19)
    assert "more than 19 words" in refused(SMALL)


@pytest.mark.parametrize("text", [SMALL, GERMAN, HINDI, CHINESE, shipped_text("letters")])
def test_lessons_find_every_word_that_was_trained(text: str) -> None:
    trained = train(text, replace(QUICK, epochs=1))
    for sentence in re.split(r"(?<=[.?!。])\s+", text.strip()):
        unknown = selfattn.embed(sentence, trained.vectors).unknown
        assert not [word for word in unknown if any(letter.isalnum() for letter in word)]


# What comes out


def test_counts_are_those_of_the_text_and_the_most_frequent_comes_first() -> None:
    trained = train(SMALL, QUICK)
    counts = Counter(word for sentence in sentences_of(SMALL) for word in sentence)
    assert trained.tokens == counts.total() == 22
    assert trained.vocabulary == len(trained.vectors) == len(counts)
    assert {word: trained.vectors.get_vecattr(word, "count") for word in trained.vectors.index_to_key} == counts
    assert trained.vectors.index_to_key[:4] == ["the", "bank", "money", "river"]
    first_seen = list(counts)
    for word, following in pairwise(trained.vectors.index_to_key):
        assert (-counts[word], first_seen.index(word)) < (-counts[following], first_seen.index(following))


def test_rare_words_are_left_out() -> None:
    trained = train(SMALL, replace(QUICK, min_count=2))
    assert trained.vectors.index_to_key == ["the", "bank", "money", "river"]
    assert trained.tokens == 22


@pytest.mark.parametrize("model", training.MODELS)
def test_vectors_are_plain_and_read_only(model: str) -> None:
    trained = train(SMALL, replace(QUICK, model=model))
    assert type(trained.vectors) is KeyedVectors
    assert trained.vectors.vectors.dtype == np.float32
    assert trained.vectors.vectors.shape == (trained.vocabulary, 8)
    assert trained.vectors.next_index == trained.vocabulary
    np.testing.assert_allclose(trained.vectors.norms, np.linalg.norm(trained.vectors.vectors, axis=1), rtol=1e-6)
    kept = [trained.vectors.vectors, trained.vectors.norms, trained.vectors.expandos["count"]]
    kept += [epoch.watched["bank"] for epoch in trained.history]
    assert not any(array.flags.writeable for array in kept)
    assert (trained.parts is None) == (model == "word2vec")


@pytest.mark.parametrize("skip_gram", [True, False])
@pytest.mark.parametrize("model", training.MODELS)
def test_it_is_gensims_training(model: str, skip_gram: bool) -> None:
    options = Options(model=model, skip_gram=skip_gram, size=10, window=3, epochs=4, min_count=2, seed=7)
    text = shipped_text("two-banks")
    sentences = sentences_of(text)
    counts = Counter(word for sentence in sentences for word in sentence)
    make = partial(FastText, bucket=20_000) if model == "fasttext" else Word2Vec
    oracle = make(
        vector_size=10, window=3, epochs=4, seed=7, sg=int(skip_gram), alpha=0.025 if skip_gram else 0.05, sample=0.01,
        min_count=2, workers=1, sorted_vocab=0, batch_words=2000,
    )  # fmt: skip
    oracle.build_vocab_from_freq(dict(counts.most_common()), corpus_count=len(sentences))
    oracle.train(sentences, total_examples=len(sentences), epochs=4)
    trained = train(text, options)
    assert trained.vectors.index_to_key == oracle.wv.index_to_key
    np.testing.assert_array_equal(trained.vectors.vectors, oracle.wv.vectors)


def test_a_seed_gives_the_same_vectors_also_in_another_process() -> None:
    every = [Options(model=model, size=20, epochs=3, seed=5) for model in training.MODELS]
    expected = []
    for options in every:
        here = train(shipped_text("letters"), options)
        assert same(here, train(shipped_text("letters"), options))
        assert not same(here, train(shipped_text("letters"), replace(options, seed=6)))
        digest = hashlib.sha256(here.vectors.vectors.tobytes()).hexdigest()
        expected.append(f"{digest} {[epoch.loss for epoch in here.history]}")
    code = (
        "import hashlib; from selfattn.training import Options, shipped_text, train\n"
        f"for options in {every!r}:\n"
        "    t = train(shipped_text('letters'), options)\n"
        "    print(hashlib.sha256(t.vectors.vectors.tobytes()).hexdigest(), [e.loss for e in t.history])"
    )
    there = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, cwd=Path(selfattn.__file__).parents[1],
        env={**os.environ, "PYTHONHASHSEED": "77"},
    )  # fmt: skip
    assert there.stdout.splitlines() == expected


@pytest.mark.parametrize("skip_gram", [True, False])
@pytest.mark.parametrize("model", training.MODELS)
def test_epochs_are_told_as_they_end(model: str, skip_gram: bool) -> None:
    told: list[Epoch] = []
    options = Options(model=model, skip_gram=skip_gram, size=20, epochs=12)
    trained = train(shipped_text("two-banks"), options, watch=("bank", "river", "giraffe"), on_epoch=told.append)
    assert trained.history == tuple(told)
    assert [(epoch.number, epoch.of) for epoch in told] == [(number, 12) for number in range(13)]
    assert all(set(epoch.watched) == {"bank", "river"} for epoch in told)
    assert not np.array_equal(told[3].watched["bank"], told[4].watched["bank"])
    np.testing.assert_array_equal(told[-1].watched["bank"], trained.vectors["bank"])
    assert told[-1].loss < told[6].loss < told[0].loss
    # Each of six words is a coin toss at the start; a wrong word that is the right one by chance is not asked about.
    assert 5.5 * np.log(2) < told[0].loss <= 6 * np.log(2)


def test_saved_text_is_read_back_exactly_by_gensim(tmp_path: Path) -> None:
    for text in (SMALL, HINDI, CHINESE):
        trained = train(text, QUICK)
        path = tmp_path / "vectors.txt"
        path.write_bytes(as_word2vec_text(trained.vectors))
        back = KeyedVectors.load_word2vec_format(str(path), binary=False)
        assert back.index_to_key == trained.vectors.index_to_key
        np.testing.assert_array_equal(back.vectors, trained.vectors.vectors)
        assert path.read_text(encoding="utf-8").splitlines()[0] == f"{trained.vocabulary} 8"


def test_saving_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    as_word2vec_text(train(SMALL, QUICK).vectors)
    assert not list(tmp_path.iterdir())


def test_lessons_work_on_trained_vectors(english: Trained) -> None:
    for preset in set(selfattn.PRESETS) - {"trained"}:
        sentence, trace = selfattn.contextualize("Money bank, river bank", english.vectors, preset)
        assert sentence.tokens == ("money", "bank", "river", "bank")
        np.testing.assert_allclose(trace.weights.sum(axis=-1), 1)


def test_attention_is_not_trained_on_vectors_of_a_small_text_and_the_reason_is_said(english: Trained) -> None:
    with pytest.raises(ValueError, match=r"this set knows \d of the \d+ words that there are sentences for"):
        selfattn.contextualize("Money bank, river bank", english.vectors, "trained")


# The loss


def test_the_loss_worked_by_hand() -> None:
    model = SimpleNamespace(
        wv=SimpleNamespace(vectors=np.array([[1.0, 0.0], [0.0, 1.0], [3.0, 3.0]], dtype=np.float32)),
        syn1neg=np.array([[2.0, 0.0], [0.0, -2.0], [9.0, 9.0]], dtype=np.float32),
    )
    both = training_loss.Predictions(
        given=np.array([0, 1, 0]), counts=np.array([2, 1]), right=np.array([0, 1]), wrong=np.array([[1, 0], [1, 0]])
    )
    # First h = (½, ½): 1 to the right word, −1 to a wrong one, and the other wrong one is the right one. Then
    # h = (1, 0): 0 to the right word, which is again among the wrong ones, and 2 to the other.
    first = 2 * np.log(1 + np.exp(-1))
    second = np.log(2) + np.log(1 + np.exp(2))
    assert training_loss.loss(model, both) == pytest.approx((first + second) / 2)


@pytest.mark.parametrize("skip_gram", [True, False])
def test_the_loss_is_near_the_one_that_gensim_adds_up(skip_gram: bool) -> None:
    sentences = [one for one in sentences_of(shipped_text()) if len(one) > 1]
    model = Word2Vec(
        sentences, vector_size=20, window=1, sg=int(skip_gram), sample=0, min_count=1, epochs=10, workers=1
    )
    model.train(
        sentences, total_examples=len(sentences), epochs=1, start_alpha=1e-9, end_alpha=1e-10, compute_loss=True
    )
    tokens = sum(map(len, sentences))
    predictions = 2 * (tokens - len(sentences)) if skip_gram else tokens
    mean = model.get_latest_training_loss() / predictions
    assert training_loss.loss(model, training_loss.draw(model, sentences)) == pytest.approx(mean, rel=0.05)


def test_the_subwords_of_words_are_put_together_as_gensim_does() -> None:
    sentences = sentences_of(shipped_text("two-banks"))
    model = FastText(sentences, vector_size=12, min_count=2, epochs=2, workers=1, bucket=500)
    for row in (0, 5, len(model.wv) - 1):
        np.testing.assert_array_equal(training_loss.vector_now(model, row), model.wv.vectors[row])
    one = training_loss.Predictions(np.arange(5), np.ones(5, dtype=int), np.zeros(5, dtype=int), np.zeros((5, 1), int))
    np.testing.assert_allclose(training_loss._hidden(model, one), model.wv.vectors[:5], rtol=1e-5)


# What is refused, and what is said


@pytest.mark.parametrize("text", ["", "   ", "… — !", "\n\n"])
def test_a_text_without_words_is_refused(text: str) -> None:
    assert "no words" in refused(text)


def test_a_text_that_leaves_nothing_is_refused() -> None:
    assert "only one word, “bank”" in refused("Bank. Bank bank!")
    assert "5 different words" in refused("one two three four five")
    assert "none occurs 2 times or more" in refused("one two three four five")
    assert "only “bank” occurs 3 times or more" in refused("bank bank bank of the", Options(min_count=3))
    assert "No sentence" in refused("Bank. River. Bank. River.")


def test_what_takes_too_much_is_refused_with_the_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_options, "MOST_VOCABULARY", 11)
    assert "12 different words, and at most 11" in refused(SMALL, QUICK)
    monkeypatch.setattr(training_options, "MOST_VOCABULARY", 12)
    monkeypatch.setattr(training_options, "MOST_NUMBERS", 95)
    assert "12 different words of 8 numbers each make 96, and at most 95" in refused(SMALL, QUICK)
    assert "choose a size of 7" in refused(SMALL, QUICK)
    assert train(SMALL, replace(QUICK, size=7)).vocabulary == 12
    monkeypatch.setattr(training_options, "MOST_NUMBERS", 96)
    monkeypatch.setattr(training_options, "MOST_WORK", 65)
    assert "22 words read 3 times make 66, and at most 65" in refused(SMALL, QUICK)
    assert "choose 2 epochs" in refused(SMALL, QUICK)
    assert train(SMALL, replace(QUICK, epochs=2)).tokens == 22


@pytest.mark.parametrize("name", RANGES)
def test_settings_keep_to_their_range(name: str) -> None:
    least, most = RANGES[name]
    assert getattr(Options(**{name: least}), name) == least
    assert getattr(Options(**{name: most}), name) == most
    for wrong in (least - 1, most + 1, 2.5, True, "5", None):
        with pytest.raises(TrainingError, match=f"from {least:,} to {most:,}, got {re.escape(repr(wrong))}"):
            Options(**{name: wrong})


def test_every_number_among_the_settings_has_a_range() -> None:
    assert {field.name for field in fields(Options)} == {*RANGES, "model", "skip_gram"}
    with pytest.raises(TrainingError, match=r"no model “glove”: choose word2vec or fasttext\."):
        Options(model="glove")


@pytest.mark.parametrize("skip_gram", [True, False])
@pytest.mark.parametrize("model", training.MODELS)
@pytest.mark.parametrize(
    "extreme",
    [
        Options(size=2, window=1, epochs=1, min_count=1, seed=0),
        Options(size=300, window=15, epochs=2, min_count=1, seed=2**32 - 1),
        Options(size=2, window=15, epochs=500, min_count=4, seed=1),
    ],
)
def test_extreme_settings_train(extreme: Options, model: str, skip_gram: bool) -> None:
    trained = train(SMALL, replace(extreme, model=model, skip_gram=skip_gram))
    assert trained.vectors.vectors.shape == (trained.vocabulary, extreme.size)
    assert np.isfinite(trained.vectors.vectors).all()
    assert np.isfinite([epoch.loss for epoch in trained.history]).all()


@pytest.mark.parametrize(
    ("tokens", "vocabulary", "size", "said"),
    [
        (999, 50, 10, ": 999 words are trained on, and it takes 1,000."),
        (1000, 201, 10, "1,000 words are trained on, 201 of them different, so that each occurs 5.0 times"),
        (3000, 1500, 50, "3,000 words are trained on, 1,500 of them different, so that each occurs 2.0 times"),
        (1000, 40, 50, "40 different words are trained on, fewer than a vector has numbers, 50."),
    ],
)
def test_a_small_text_is_called_so_with_the_numbers(tokens: int, vocabulary: int, size: int, said: str) -> None:
    warning = too_small(tokens, vocabulary, size)
    assert warning is not None
    assert warning.startswith("This text is too small for its vectors to mean much: ")
    assert said in warning


def test_a_text_that_is_large_enough_is_not() -> None:
    assert too_small(1000, 200, 200) is None
    assert too_small(1_000_000, 50_000, 300) is None


def test_warnings_name_what_is_missing() -> None:
    trained = train(SMALL, replace(QUICK, min_count=2), watch=("bank", "green", "giraffe", "giraffe"))
    small, green, giraffe = trained.warnings
    assert ": 14 words are trained on" in small  # “the” five times, “bank” four, “money” and “river”
    assert green == "“green” occurs only once, less often than 2 times, so it has no vector."
    assert giraffe == "“giraffe” is not in this text, so it has no vector."
    assert set(trained.history[-1].watched) == {"bank"}


def test_words_that_run_together_are_noticed() -> None:
    run = "我们坐在河岸上看水。河里有鱼，我们在河岸上看鱼。银行借钱给我们，我们付利息给银行。"
    run += "我们坐在河岸上，银行借钱给我们。"
    assert any("put spaces between" in said for said in train(run, QUICK).warnings)
    for text in (CHINESE, HINDI, GERMAN, "ธนาคาร มี เงิน และ แม่น้ำ มี น้ำ"):
        assert not any("put spaces between" in said for said in train(text, QUICK).warnings)


# Stopping


def test_a_training_is_stopped_before_it_begins() -> None:
    told: list[Epoch] = []
    with pytest.raises(StoppedError):
        train(SMALL, on_epoch=told.append, cancelled=lambda: True)
    assert not told


@pytest.mark.parametrize("model", training.MODELS)
def test_a_training_is_stopped_midway_and_leaves_no_thread(model: str) -> None:
    threads = set(threading.enumerate())
    told: list[Epoch] = []
    with pytest.raises(StoppedError):
        train(SMALL, replace(QUICK, model=model, epochs=500), on_epoch=told.append, cancelled=lambda: len(told) > 3)
    assert told[-1].number == 3
    assert set(threading.enumerate()) <= threads


def test_a_training_is_stopped_within_an_epoch() -> None:
    answers = iter([False, False, True])
    sentences = sentences_of(shipped_text("two-banks", "letters"))
    corpus = training_course.Corpus(sentences, lambda: next(answers))
    assert list(corpus) == sentences[:100]
    told: list[Epoch] = []
    with pytest.raises(StoppedError, match="stopped"):
        train(shipped_text(), on_epoch=told.append, cancelled=lambda: bool(told))
    assert [epoch.number for epoch in told] == [0]


def test_what_goes_wrong_in_asking_comes_out() -> None:
    calls: list[int] = []

    def cancelled() -> bool:
        calls.append(1)
        if threading.current_thread() is not threading.main_thread():
            raise OSError("the session is gone")  # in a thread of gensim's
        return False

    with pytest.raises(OSError, match="the session is gone"):
        train(SMALL, QUICK, cancelled=cancelled)
    assert len(calls) < 10  # once it went wrong, it is not asked again


def test_what_is_raised_at_an_epoch_comes_out() -> None:
    def on_epoch(epoch: Epoch) -> None:
        if epoch.number == 2:
            raise InterruptedError("rerun")

    with pytest.raises(InterruptedError, match="rerun"):
        train(SMALL, QUICK, on_epoch=on_epoch)


# Words from their parts


def test_unknown_words_get_the_vector_that_gensim_gives_them() -> None:
    sentences = sentences_of(shipped_text("two-banks"))
    counts = dict(Counter(word for sentence in sentences for word in sentence).most_common())
    oracle = FastText(
        vector_size=50, window=5, epochs=5, seed=1, sg=0, alpha=0.05, sample=0.01, min_count=2, workers=1,
        sorted_vocab=0, batch_words=2000, bucket=training_subwords.BUCKETS,
    )  # fmt: skip
    oracle.build_vocab_from_freq(counts, corpus_count=len(sentences))
    oracle.train(sentences, total_examples=len(sentences), epochs=5)
    trained = train(shipped_text("two-banks"), Options(model="fasttext", epochs=5))
    assert trained.parts is not None
    words = ["banker", "rivers", "moneylender", "flüsse", "नदी", "bank", "x"]
    for word in words:
        np.testing.assert_array_equal(vector_of_subwords(word, trained.parts), oracle.wv[word])
        np.testing.assert_array_equal(vector_of_subwords(word, trained.parts), oracle.wv.get_vector(word))
    grown = with_words(trained, words)
    for word in ("banker", "rivers", "moneylender"):
        np.testing.assert_array_equal(grown.vectors[grown.key_to_index[word]], oracle.wv[word])


def test_parts_are_those_of_the_paper(parted: Trained) -> None:
    assert parted.parts is not None
    assert subwords_of("where")[:4] == ["<wh", "<whe", "<wher", "<where"]
    assert {"<wh", "whe", "her", "ere", "re>"} == {part for part in subwords_of("where") if len(part) == 3}
    assert subwords_of("नदी") == ["<नद", "<नदी", "<नदी>", "नदी", "नदी>", "दी>"]
    assert "<bank" in known_subwords("banker", parted.parts)
    assert "ker>" in known_subwords("banker", parted.parts)  # of “baker”
    assert known_subwords("zzyzx", parted.parts) == []


def test_words_are_added_after_the_others(parted: Trained) -> None:
    assert parted.parts is not None
    words = ["banker", "bank", "banker", "zzyzx", "b" * 101, "rivers"]
    grown = with_words(parted, words)
    assert grown.index_to_key == [*parted.vectors.index_to_key, "banker", "rivers"]
    assert "banker" not in parted.vectors.key_to_index
    assert len(parted.vectors) == parted.vocabulary == parted.vectors.vectors.shape[0]
    np.testing.assert_array_equal(grown.vectors[: len(parted.vectors)], parted.vectors.vectors)
    np.testing.assert_allclose(grown.norms, np.linalg.norm(grown.vectors, axis=1), rtol=1e-6)
    assert grown.get_vecattr("banker", "count") == 0
    assert grown.get_vecattr("bank", "count") == parted.vectors.get_vecattr("bank", "count") > 10
    for one in (grown, with_words(parted, ["bank"])):
        assert not one.vectors.flags.writeable
        assert not one.norms.flags.writeable
        assert not one.expandos["count"].flags.writeable
    assert grown.vectors.dtype == np.float32
    assert selfattn.embed("The banker rows", grown).tokens[:2] == ("the", "banker")


def test_a_set_grows_with_what_is_typed() -> None:
    trained = train(shipped_text("two-banks"), Options(model="fasttext", epochs=1))
    assert trained.parts is not None
    grow = grower(trained.vectors, trained.parts)
    grow("The banker’s river-boats, zzyzx!")
    assert trained.vectors.index_to_key[trained.vocabulary :] == ["banker"]
    grow(["lenders", "bank"])
    assert trained.vectors.index_to_key[trained.vocabulary :] == ["banker", "lenders"]
    assert trained.vectors.similarity("banker", "lenders") == pytest.approx(
        trained.parts.vectors.similarity("banker", "lenders"), abs=1e-6
    )
    assert add_words(trained.vectors, trained.parts, ["banker"]) == ()


def test_a_set_does_not_grow_without_end() -> None:
    trained = train(SMALL, replace(QUICK, model="fasttext"))
    assert trained.parts is not None
    assert len(add_words(trained.vectors, trained.parts, [f"bank{at}" for at in range(700)])) == 700
    assert len(add_words(trained.vectors, trained.parts, [f"river{at}" for at in range(700)])) == 300
    assert add_words(trained.vectors, trained.parts, ["banker"]) == ()
    assert len(trained.vectors) == trained.vocabulary + 1000


def test_the_memory_of_fasttext_is_bounded() -> None:
    tracemalloc.start()
    try:
        trained = train(shipped_text("two-banks"), Options(model="fasttext", size=100, epochs=1))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert trained.parts is not None
    assert trained.parts.vectors.vectors_ngrams.nbytes == 20_000 * 100 * 4
    assert trained.parts.vectors.vectors is trained.vectors.vectors
    assert peak < 60e6  # gensim's own number of buckets would make it 800 MB


# The texts, and other languages


@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_prose_about_both_banks(name: str) -> None:
    text = shipped_text(name)
    assert text.startswith(TEXTS[name])
    sentences = sentences_of(text)
    tokens = sum(map(len, sentences))
    assert 1200 < tokens < 2500
    long = [tuple(sentence) for sentence in sentences if len(sentence) > 5]
    assert len(set(long)) == len(long)
    counts = Counter(word for sentence in sentences for word in sentence)
    assert counts["bank"] > 30
    assert all(counts[word] for pole in selfattn.SENSES["bank"].poles.values() for word in pole)
    said = (training_text.FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"| `{name}.txt` | {TEXTS[name]} |" in said
    assert f"| {tokens:,} |" in said


def test_the_files_are_the_texts() -> None:
    assert {path.stem for path in training_text.FOLDER.glob("*.txt")} == set(TEXTS)
    assert shipped_text("letters", "two-banks") == f"{shipped_text('letters')}\n\n{shipped_text('two-banks')}"
    with pytest.raises(TrainingError, match="no text “novel”: choose among two-banks"):
        shipped_text("novel")


@pytest.mark.parametrize(("names", "seed"), combined([(), *((name,) for name in TEXTS)], [1, 2, 3]))
def test_the_two_meanings_show_in_the_neighbours(names: tuple[str, ...], seed: int) -> None:
    trained = train(shipped_text(*names), Options(seed=seed))
    assert trained.warnings == ()

    def kinds(word: str) -> tuple[int, int]:
        nearest = [near for near, _ in trained.vectors.most_similar(word, topn=10)]
        return sum(near in MONEY.split() for near in nearest), sum(near in RIVER.split() for near in nearest)

    money, river = kinds("loan")
    assert money > river
    money, river = kinds("river")
    assert river > money
    money, river = kinds("bank")
    assert money + river > 3
    if not names:
        assert money
        assert river


def test_the_poles_of_bank_lie_apart(english: Trained) -> None:
    finance, river = (list(pole) for pole in selfattn.SENSES["bank"].poles.values())
    for pole, other in ((finance, river), (river, finance)):
        for word in pole:
            rest = [one for one in pole if one != word]
            assert english.vectors.n_similarity([word], rest) > english.vectors.n_similarity([word], other), word


@pytest.mark.parametrize(
    ("text", "words"),
    [(GERMAN, ("bank", "fluss", "straße", "brücke")), (HINDI, ("नदी", "बैंक", "किनारे")), (CHINESE, ("银行", "河", "钱"))],
)
@pytest.mark.parametrize("model", training.MODELS)
def test_other_languages(text: str, words: tuple[str, ...], model: str) -> None:
    trained = train(text, Options(model=model, size=10, epochs=5, min_count=1), watch=words)
    assert set(trained.history[-1].watched) == set(words)
    assert len(trained.warnings) == 1
    assert f"{trained.tokens} words" in trained.warnings[0]
    sentence, _ = selfattn.contextualize(" ".join(words), trained.vectors)
    assert sentence.tokens == words


@settings(max_examples=40)
@given(
    text=st.one_of(st.text(max_size=200), st.text(alphabet="ab .\n-'é नदी銀行🙂", max_size=200)),
    model=st.sampled_from(training.MODELS),
    skip_gram=st.booleans(),
    min_count=st.integers(1, 3),
)
def test_any_text_is_trained_or_refused(text: str, model: str, skip_gram: bool, min_count: int) -> None:
    options = Options(model=model, skip_gram=skip_gram, size=4, window=2, epochs=2, min_count=min_count)
    try:
        trained = train(text, options)
    except TrainingError as error:
        sentence = str(error)
    else:
        sentence = ""
    if sentence:
        assert sentence.endswith(".")
        return
    assert np.isfinite(trained.vectors.vectors).all()
    assert trained.vocabulary == len(trained.vectors) >= 2
    assert len(trained.history) == 3
    assert trained.warnings
    lines = as_word2vec_text(trained.vectors).decode("utf-8").split("\n")
    assert [line.rsplit(" ", 4)[0] for line in lines[1:-1]] == trained.vectors.index_to_key
