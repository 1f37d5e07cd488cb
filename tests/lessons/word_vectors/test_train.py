"""The step "Train" without a browser: every setting, any language, what is refused, and what the lessons get."""

import re
import time

import numpy as np
import pytest
from gensim.models import KeyedVectors

import selfattn
from selfattn.lessons.word_vectors import train, train_choices, train_prose
from selfattn.lessons.word_vectors.train import JOB, RESULT
from selfattn.lessons.word_vectors.train_result import SNAPSHOTS
from selfattn.sets import training
from selfattn.sets.training import RANGES, TEXTS, Options, shipped_text
from selfattn.ui import fields, jobs
from tests import apps
from tests.apps import HOSTILE, charts, edit, press, screen, sound, title

PAGE = "pages/11_Word_vectors.py"
QUICK = {"text": "two-banks", "size": "8", "epochs": "3"}
GERMAN = "Die Bank am Fluss ist alt. Das Geld der Leute liegt in der Bank. Der Fluss fließt an der Bank vorbei. " * 4
HINDI = "नदी का पानी साफ़ है। नदी के किनारे पेड़ हैं। बैंक में पैसा है। लोग बैंक में पैसा जमा करते हैं। " * 4
CHINESE = "我们 坐 在 河岸 上 看 水 。 河 里 有 鱼 。 银行 有 很多 钱 。 我们 把 钱 存 在 银行 。 " * 4
RUN_TOGETHER = (
    "我们坐在河岸上看水。河里有鱼，我们在河岸上看鱼。银行借钱给我们，我们付利息给银行。我们坐在河岸上，银行借钱给我们。"
)


def visit(**link):
    return apps.visit(PAGE, step="train", **link)


def trained(at, *, patience=120):
    """Press the button, and wait until the job has come to its end."""
    press(at, "begin_training")
    end = time.monotonic() + patience
    while running(at) and time.monotonic() < end:
        at.session_state[f"job {JOB}"].done.wait(patience)
        sound(at.run())
    assert not running(at)
    return at


def running(at):
    return f"job {JOB}" in at.session_state


def own(text, **link):
    at = visit(**{"text": "own", "size": "6", "epochs": "2", "least": "1"} | link)
    at.text_area(key=train_choices.OWN).set_value(text)
    return sound(at.run())


def link_of(at):
    return {name: one if isinstance(one, str) else one[-1] for name, one in at.query_params.items()}


def vectors_of(at):
    return at.session_state[RESULT].set_.vectors


@pytest.fixture(scope="module")
def quick():
    return trained(visit(**QUICK))


# Before, and after


def test_before_anything_is_trained_the_page_says_what_there_is_to_do_and_shows_the_text():
    at = visit()
    said = screen(at)
    assert (
        "Nothing is trained yet. Train reads “all three texts” 80 times, and gives each of its words a vector." in said
    )
    assert "Word2Vec, CBOW, 50 numbers, window 5, 80 epochs, minimum count 2, seed 1." in said
    assert "Alder is a small town" in said
    assert charts(at) == {}
    assert at.button(key="begin_training").label == "Train"


def test_the_result_has_its_neighbours_its_way_and_its_numbers(quick):
    said, shown = screen(quick), charts(quick)
    assert set(shown) == {"trained_neighbours", "training_trail"}
    assert "Hardly trained" in said
    assert "is drowned" not in said
    assert "2,395 words were read 3 times; 278 different ones have a vector. The loss fell from" in said
    nearest = vectors_of(quick).most_similar("bank", topn=12)
    assert f"nearest first: {nearest[0][0]} {nearest[0][1]:.2f}".replace("-", "−") in shown["trained_neighbours"]
    assert "after epoch 3 of 3" in shown["training_trail"]
    assert "In the random start they lie 0." in shown["training_trail"]
    assert re.search(r"The loss by epoch is a line from \d\.\d\d to \d\.\d\d", shown["training_trail"])


def test_it_is_what_the_library_trains(quick):
    oracle = training.train(shipped_text("two-banks"), Options(size=8, epochs=3))
    assert vectors_of(quick).index_to_key == oracle.vectors.index_to_key
    np.testing.assert_array_equal(vectors_of(quick).vectors, oracle.vectors.vectors)


def test_the_same_seed_gives_the_same_and_another_gives_others(quick):
    again = trained(visit(**QUICK))
    other = trained(visit(**QUICK, seed="2"))
    np.testing.assert_array_equal(vectors_of(again).vectors, vectors_of(quick).vectors)
    assert not np.array_equal(vectors_of(other).vectors, vectors_of(quick).vectors)


def test_all_lessons_work_with_it_at_once_and_there_is_a_way_back():
    at = trained(visit(**QUICK))
    assert 'class="sa-set">Trained on A town between two banks<' in " ".join(one.proto.body for one in at.get("html"))
    assert "All lessons now work with these vectors." in screen(at)
    assert link_of(at)["set"] == "mine-1"
    at.switch_page("pages/5_Self_attention.py")
    sound(at.run())
    assert "Trained on A town between two banks" in screen(at)
    assert "of the new “bank” is “money”" in screen(at)
    at.switch_page(PAGE)
    at.query_params.update({"step": "train", "set": "mine-1"} | QUICK)
    sound(at.run())
    press(at, "leave_trained")
    assert "set" not in at.query_params
    assert "GloVe 6B" in screen(at)
    assert set(charts(at)) == {"trained_neighbours", "training_trail"}
    press(at, "use_trained")
    assert link_of(at)["set"] == "mine-1"


def test_the_file_is_read_back_by_gensim_exactly(quick, tmp_path):
    (button,) = quick.get("download_button")
    assert button.proto.label == "Save as word2vec text"
    path = tmp_path / "vectors.txt"
    path.write_bytes(training.as_word2vec_text(vectors_of(quick)))
    back = KeyedVectors.load_word2vec_format(str(path), binary=False)
    assert back.index_to_key == vectors_of(quick).index_to_key
    np.testing.assert_array_equal(back.vectors, vectors_of(quick).vectors)


def test_the_slider_shows_the_random_start():
    at = trained(visit(**QUICK))
    slider = next(one for one in at.select_slider if one.label == "Epoch")
    assert slider.options == ["0", "1", "2", "3"]
    slider.set_value(0)
    sound(at.run())
    assert "after epoch 0 of 3" in charts(at)["training_trail"]


def test_another_word_is_followed_without_training_again():
    at = trained(visit(**QUICK))
    before = at.session_state[RESULT]
    edit(at, watch="River")
    assert at.session_state[RESULT] is before
    assert "Who is nearest to “river” tells nothing yet" in screen(at)
    edit(at, watch="giraffe")
    assert "“giraffe” does not occur twice in this text, the minimum count, so it has no vector." in screen(at)
    assert charts(at) == {}
    edit(at, watch="")
    assert "Who is nearest to “bank” tells nothing yet" in screen(at)


# Settings


@pytest.mark.parametrize(("field", "option"), [(f, o) for f, o in fields.TRAINING.items() if o in RANGES])
@pytest.mark.parametrize("end", [0, 1])
def test_every_number_at_its_ends_is_trained_or_refused_in_a_sentence(field, option, end):
    at = visit(**QUICK)
    at.number_input(key=field).set_value(RANGES[option][end])
    sound(at.run())
    trained(at)
    if (field, end) == (fields.LEAST, 1):
        assert "none occurs 1,000 times or more" in screen(at)
        assert RESULT not in at.session_state
        return
    assert getattr(at.session_state[RESULT].trained.options, option) == RANGES[option][end]
    assert len(at.session_state[RESULT].trained.snapshots) <= SNAPSHOTS
    if field != fields.LEAST:
        assert set(charts(at)) == {"trained_neighbours", "training_trail"}


@pytest.mark.parametrize("model", training.MODELS)
@pytest.mark.parametrize("skip_gram", [False, True])
def test_both_models_are_trained_in_both_ways(model, skip_gram):
    at = visit(**QUICK)
    at.segmented_control(key=fields.MODEL).set_value(model)
    at.segmented_control(key=fields.SKIP_GRAM).set_value(skip_gram)
    sound(at.run())
    options = trained(at).session_state[RESULT].trained.options
    assert (options.model, options.skip_gram) == (model, skip_gram)
    assert f"{train_prose.MODEL_NAMES[model]}, {train_prose.WAY_NAMES[skip_gram]}, 8 numbers" in screen(at)


@pytest.mark.parametrize("name", [fields.ALL_TEXTS, *TEXTS])
def test_every_shipped_text_is_trained_and_its_code_gives_the_same(name):
    at = trained(visit(text=name, size="8", epochs="2", model="fasttext" if name == "letters" else "word2vec"))
    at.session_state[fields.VIEW] = "code"
    sound(at.run())
    (code,) = at.code
    found = {}
    exec(code.value, found)
    np.testing.assert_array_equal(found["vectors"].vectors, vectors_of(at).vectors)
    assert [word for word, _ in found["nearest"]] == [w for w, _ in vectors_of(at).most_similar("bank", topn=12)]


def test_settings_are_in_the_link_and_a_text_of_ones_own_is_not():
    at = own("A secret of mine. " * 3, window="3", seed="7", watch="mine", model="fasttext", skipgram="1")
    assert link_of(at) == {
        "step": "train", "text": "own", "size": "6", "epochs": "2", "least": "1", "window": "3", "seed": "7",
        "watch": "mine", "model": "fasttext", "skipgram": "1",
    }  # fmt: skip


# A text of one's own


@pytest.mark.parametrize(("text", "word"), [(GERMAN, "Fluss"), (HINDI, "नदी"), (CHINESE, "银行")])
@pytest.mark.parametrize("model", training.MODELS)
def test_other_languages_with_spaces_between_words(text, word, model):
    at = trained(own(text, model=model, watch=word))
    assert "Hardly trained: the loss has fallen from " in screen(at)
    assert set(charts(at)) == {"trained_neighbours", "training_trail"}
    assert "This text is too small for its vectors to mean much" in screen(at)
    assert re.search(r"much: \d+ words are trained on, and it takes 1,000\.", screen(at))
    assert word.lower() in vectors_of(at).key_to_index
    assert "put spaces between" not in screen(at)


def test_without_a_word_to_follow_one_of_the_text_is_taken():
    at = trained(own(HINDI))
    assert "bank" not in vectors_of(at).key_to_index
    assert set(charts(at)) == {"trained_neighbours", "training_trail"}


def test_chinese_without_spaces_is_told_why():
    assert "put spaces between its words" in screen(trained(own(RUN_TOGETHER)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write or paste a text of your own, or bring a .txt file."),
        ("  \n ", "Write or paste a text of your own, or bring a .txt file."),
        ("bank", "This text has only one word, “bank”: take a few pages of prose."),
        ("!! … —", "This text has no words"),
        ("one. two. three.", "so no word stands beside another"),
    ],
)
def test_what_cannot_be_trained_is_refused_in_a_sentence(text, said):
    at = trained(own(text))
    assert said in screen(at)
    assert RESULT not in at.session_state
    assert not at.error


def test_hostile_text_is_only_text():
    at = trained(own("".join(f"{text} bank money bank river. " * 3 for text in HOSTILE)))
    for text in HOSTILE:
        edit(at, watch=text[:20])
        assert not {tag for tag, _ in apps.read_html(at).tags} & {"img", "script"}, text


def test_the_text_stays_when_pages_change():
    at = own(GERMAN)
    at.switch_page("app.py")
    sound(at.run())
    at.switch_page(PAGE)
    at.query_params.update({"step": "train", "text": "own"})
    sound(at.run())
    assert at.text_area(key=train_choices.OWN).value == GERMAN


def brought(at, data, name="mine.txt"):
    at.file_uploader(key=train_choices.FILE).set_value((name, data, "text/plain"))
    return sound(at.run())


def test_a_file_is_the_text_until_it_is_forgotten():
    at = brought(own(HINDI), GERMAN.encode("utf-8-sig"))
    assert "“mine.txt” is the text" in screen(at)
    trained(at)
    assert "fluss" in vectors_of(at).key_to_index
    assert title(at)
    assert "Trained on mine.txt" in screen(at)
    press(at, "forget_text_file")
    assert "नदी" in vectors_of(trained(at)).key_to_index


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Flüsse".encode("latin-1"), "“mine.txt” is not written in UTF-8 (byte 3 is FC): save it as plain text"),
        (b"PK\x03\x04\0\0", "“mine.txt” is no plain text: save it as a .txt file"),
        (b"a" * 5_000_001, "“mine.txt” has 5,000,001 bytes, and at most 5,000,000 are taken: cut it."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_the_text_stays(data, said):
    at = brought(own(GERMAN), data)
    assert said in screen(at)
    assert "fluss" in vectors_of(trained(at)).key_to_index


def test_utf_16_is_read_too():
    at = brought(own(""), GERMAN.encode("utf-16"))
    assert "“mine.txt” is the text" in screen(at)


# fastText


def test_fasttext_gives_unknown_words_vectors_in_the_lessons_and_here():
    at = trained(visit(**QUICK, model="fasttext", watch="bankers"))
    said = screen(at)
    assert "“bankers” has no vector of its own: fastText makes one of its parts that other words have, too: <ba" in said
    assert set(charts(at)) == {"trained_neighbours"}
    at.switch_page("pages/5_Self_attention.py")
    sound(at.run())
    edit(at, a="The bankers lend riverwater zzzyzx")
    said = screen(at)
    assert "Not in the vocabulary, so left out: “zzzyzx”" in said
    assert {"bankers", "riverwater"} <= vectors_of(at).key_to_index.keys()
    trained_set = at.session_state[RESULT]
    np.testing.assert_array_equal(
        vectors_of(at)["bankers"], training.vector_of_subwords("bankers", trained_set.trained.parts)
    )
    assert selfattn.embed("The bankers", vectors_of(at)).tokens == ("the", "bankers")


# Jobs


def test_a_second_click_takes_the_place_of_the_first():
    at = press(visit(text="two-banks", epochs="500"), "begin_training")
    first = at.session_state[f"job {JOB}"]
    at.number_input(key=fields.EPOCHS).set_value(2)
    sound(at.run())
    trained(at)
    assert first.stop.is_set()
    assert at.session_state[RESULT].trained.options.epochs == 2
    assert first.done.wait(60)
    assert first.result is None


def test_cancelling_leaves_the_result_that_was_there():
    at = trained(visit(**QUICK))
    before = at.session_state[RESULT]
    at.number_input(key=fields.EPOCHS).set_value(500)
    at.number_input(key=fields.SIZE).set_value(300)
    sound(at.run())
    press(at, "begin_training")
    job = at.session_state[f"job {JOB}"]
    assert [one.key for one in at.button if one.key == f"cancel {JOB}"]
    press(at, f"cancel {JOB}")
    assert not running(at)
    assert at.session_state[RESULT] is before
    assert set(charts(at)) == {"trained_neighbours", "training_trail"}
    assert job.done.wait(60)
    assert job.result is None


def test_a_training_goes_on_while_another_page_is_open():
    at = press(visit(text="two-banks", epochs="30"), "begin_training")
    at.switch_page("app.py")
    sound(at.run())
    assert at.session_state[f"job {JOB}"].done.wait(60)
    at.switch_page(PAGE)
    at.query_params["step"] = "train"
    sound(at.run())
    assert at.session_state[RESULT].trained.options.epochs == 30


def test_a_training_that_ends_before_the_page_is_drawn_is_not_overlooked(monkeypatch):
    class AtOnce:
        def __init__(self, target, args, **_):
            self.start = lambda: target(*args)

    monkeypatch.setattr(jobs, "Thread", AtOnce)
    at = press(visit(**QUICK), "begin_training")
    assert RESULT in at.session_state
    assert set(charts(at)) == {"trained_neighbours", "training_trail"}


def test_what_nobody_expects_is_a_sentence_too(monkeypatch):
    def broken(*_args, **_settings):
        raise MemoryError

    monkeypatch.setattr(train.training, "train", broken)
    at = trained(visit(**QUICK))
    assert jobs.NO_MEMORY in screen(at)
