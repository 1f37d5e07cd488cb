"""Where vectors come from, without a browser: chosen, by name, uploaded, by hand, and through the lessons."""

import gzip
import pickle
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from gensim import downloader
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from selfattn.lessons.word_vectors import uploads
from selfattn.sets import memory, vector_set
from selfattn.sets.cache import VectorCache
from selfattn.ui import arrivals, fields, held, jobs, session_sets
from tests.apps import HOSTILE, charts, formulas, press, screen, sound, visit, widget
from tests.small_catalogue import made_up, small_catalogue

CASES = Path(__file__).parents[2] / "cases"
PAGE, HOME = "pages/11_Word_vectors.py", "app.py"
OWN = b"4 3\nmoney 1 2 3\nbank 2 2 2\nriver 3 1 0\nbank 1 1 1\n"
RAGGED = b"4 3\nmoney 1 2 3\nbank 2 2\nriver 3 1 0\nshore 1 1 1\n"


@pytest.fixture(autouse=True)
def own_cache(monkeypatch):
    """No test sees what another has loaded by name."""
    monkeypatch.setattr(session_sets, "shared", VectorCache(session_sets.MOST_SHARED, session_sets.SHARED_BYTES))


@pytest.fixture
def served(tmp_path, monkeypatch):
    monkeypatch.setattr(downloader, "BASE_DIR", str(tmp_path / "gensim-data"))
    monkeypatch.setenv("no_proxy", "*")
    with small_catalogue() as one:
        monkeypatch.setenv("SELFATTN_CATALOGUE", one.address)
        one.add("small-25", *made_up(300, 25))
        one.add("small-300", *made_up(400, 300), binary=True)
        yield one


def until(at, text):
    """Run the page again and again, as its fragment does, until it says this."""
    end = time.monotonic() + 60
    while text not in screen(at):
        assert time.monotonic() < end, screen(at)
        time.sleep(0.05)
        sound(at.run())
    return at


def choose(at, name):
    widget(at, "entry").set_value(name)
    return sound(at.run())


def catalogue_of(at):
    return until(press(at, "ask_catalogue"), "Licence:")


def send(at, content, name="own.vec"):
    at.file_uploader[0].upload(name, content, "application/octet-stream")
    return sound(at.run())


def use(at, key):
    at.button(key=f"use {key}").click()
    return sound(at.run())


# Choose


def test_the_bundled_set_is_the_first(vectors):
    at = visit(PAGE)
    assert f"Every lesson now works with GloVe 6B: {len(vectors):,} words, 50 numbers each." in screen(at)
    near = ", ".join(word for word, _ in vectors.most_similar("bank", topn=4))
    assert f"Nearest to “bank”: {near}." in screen(at)
    assert at.button(key="use ").disabled


def test_a_set_that_is_used_is_named_on_every_page_and_in_the_link():
    at = use(visit(PAGE), vector_set.HAND)
    assert "Every lesson now works with By hand: 5 words, 2 numbers each." in screen(at)
    at = sound(at.switch_page(HOME).run())
    assert "By hand" in screen(at)
    assert at.query_params["set"] == "hand"
    assert "33 % of the new “bank” is “money”" in screen(at)


def test_the_code_gives_what_the_card_says():
    place = {}
    exec(visit(PAGE, view="code").code[0].value, place)
    assert (place["words"], place["numbers"]) == (75_000, 50)
    assert f"Nearest to “bank”: {', '.join(place['nearest'])}." in screen(visit(PAGE))


# By name


def test_the_catalogue_is_fetched_when_it_is_asked_for_and_says_size_and_licence(served):
    at = visit(PAGE)
    assert served.asked == []
    at = choose(catalogue_of(at), "small-25")
    assert "300 words, 25 numbers each. Download: 0 MB. In memory:" in screen(at)
    assert "Licence: http://opendatacommons.org/licenses/pddl/." in screen(at)


@pytest.mark.parametrize("name", ["small-25", "small-300"])
def test_a_set_by_name_is_loaded_used_and_in_the_link(served, name):
    at = choose(catalogue_of(visit(PAGE)), name)
    at = until(press(at, "fetch_set"), f"Every lesson now works with {name}:")
    assert at.query_params["set"] == name
    words, rows = made_up(300, 25) if name == "small-25" else made_up(400, 300)
    vectors = session_sets.shared.take(name)[0].vectors
    assert vectors.index_to_key == words
    np.testing.assert_array_equal(vectors.vectors, rows)


def test_another_session_with_that_link_has_the_same_set(served):
    at = until(press(choose(catalogue_of(visit(PAGE)), "small-25"), "fetch_set"), "now works with small-25")
    asked = len(served.asked)
    other = visit(HOME, set="small-25", preset="balanced")
    assert "small-25" in screen(other)
    assert "stands in" not in screen(other)
    assert len(served.asked) == asked
    held = [one.session_state[session_sets._HELD] for one in (at, other)]
    assert held[0][1] is held[1][1]


def test_a_link_loads_what_lies_on_this_disk_and_asks_nobody(served):
    at = until(press(choose(catalogue_of(visit(PAGE)), "small-25"), "fetch_set"), "now works with small-25")
    del at
    session_sets.shared.__init__(session_sets.MOST_SHARED, session_sets.SHARED_BYTES)  # as after a start
    asked = len(served.asked)
    later = until(visit(HOME, set="small-25"), "two thingssmall-25")
    assert later.session_state[session_sets._HELD][0] == "small-25"
    assert len(served.asked) == asked


def test_a_link_to_a_set_that_is_not_here_says_so_and_downloads_nothing(served):
    at = visit(HOME, set="small-25")
    assert "made with the vectors “small-25”, which are not loaded here. GloVe 6B stands in." in screen(at)
    assert served.asked == []
    assert at.query_params["set"] == "small-25", "the link is kept: it may be opened where the set is"


def test_without_a_network_the_page_says_so_and_the_rest_works(served):
    served.status["/list.json"] = 503
    at = until(press(visit(PAGE), "ask_catalogue"), "503")
    assert at.warning
    at = use(at, vector_set.HAND)
    assert "now works with By hand" in screen(at)


def test_a_set_that_does_not_fit_is_offered_in_part_or_refused(served, monkeypatch):
    served.add("huge", *made_up(3000, 25), num_records=100_000_000)
    at = choose(catalogue_of(visit(PAGE)), "huge")
    monkeypatch.setattr(memory, "available", lambda: 300 * memory.MB)
    sound(at.run())
    assert "huge needs 27.9 GB of memory, and 300 MB are free here." in screen(at)
    label = at.button(key="fetch_set").label
    count = int(label.removeprefix("Load the ").removesuffix(" most frequent words").replace(",", ""))
    assert memory.needed(count, 25) <= 200 * memory.MB
    monkeypatch.setattr(memory, "available", lambda: 100 * memory.MB)
    sound(at.run())
    assert "choose a smaller set" in screen(at)
    assert "fetch_set" not in [one.key for one in at.button]


def test_a_download_is_cancelled_and_what_arrived_goes_on_or_away(served):
    served.hold_after = 20_000
    at = press(choose(catalogue_of(visit(PAGE)), "small-25"), "fetch_set")
    assert served.held.wait(30)
    at = press(sound(at.run()), f"cancel {arrivals.FETCH}")
    assert "fetch_set" in [button.key for button in at.button], "the page is usable at once"
    at = until(at, "of it here already")
    at = press(at, "throw_away")
    assert "small-25 is being fetched just now" in screen(at), "it ends when the next bytes arrive"
    served.go.set()
    served.hold_after = None
    end = time.monotonic() + 30
    while "throw_away" in [button.key for button in at.button] and time.monotonic() < end:
        press(at, "throw_away")
    assert "of it here already" not in screen(at)
    until(press(at, "fetch_set"), "now works with small-25")


def test_a_download_that_breaks_off_says_so_and_can_go_on(served):
    served.break_after = 8192
    at = press(choose(catalogue_of(visit(PAGE)), "small-25"), "fetch_set")
    end = time.monotonic() + 60
    while not at.warning and time.monotonic() < end:
        sound(at.run())
    assert "small-25" in at.warning[0].value.replace("\\", "")
    served.break_after = None
    until(press(at, "fetch_set"), "now works with small-25")
    assert any(header for _, header in served.asked), "it went on from where it broke off"


# Upload


def test_an_upload_is_read_used_and_named():
    at = until(send(visit(PAGE, step="upload"), OWN), "Every lesson now works with own.vec: 3 words, 3 numbers each.")
    assert "1 row repeats a word that came before" in screen(at)
    at = sound(at.switch_page(HOME).run())
    assert "own.vec" in screen(at)
    assert "of the new “bank” is “money”" in screen(at)


def test_an_upload_belongs_to_its_session():
    at = until(send(visit(PAGE, step="upload"), OWN, "secret.vec"), "now works with secret.vec")
    key = at.query_params["set"]
    other = visit(HOME, set=key)
    assert "secret.vec" not in screen(other)
    assert "vectors of somebody’s own, which stay where they were made. GloVe 6B stands in." in screen(other)
    other = until(send(visit(PAGE, step="upload"), OWN.replace(b"1 2 3", b"3 2 1"), "mine.vec"), "works with mine.vec")
    own = [one.session_state[session_sets._OWN] for one in (at, other)]
    assert [list(each) for each in own] == [["mine-1"], ["mine-1"]], "the same key, and another set"
    assert "secret.vec" not in screen(other)
    assert "secret.vec" in screen(sound(at.run()))


def test_a_broken_file_says_where_and_what_is_sound_can_be_used():
    at = until(send(visit(PAGE, step="upload"), RAGGED), "Line 3 has 2 numbers instead of 3.")
    assert "GloVe 6B" in screen(at), "nothing is used yet"
    at.button(key="sound_rows").click()
    until(sound(at.run()), "Every lesson now works with own.vec: 3 words, 3 numbers each.")


def test_the_encoding_of_a_file_is_asked_for_with_its_words_and_chosen():
    at = until(send(visit(PAGE, step="upload"), (CASES / "H6_gbk.txt").read_bytes()), "In which encoding was it saved")
    assert "sound_rows" not in [one.key for one in at.button], "no word is offered with wrong letters"
    box = at.selectbox(key=uploads.ENCODING)
    assert box.value is None
    assert "GBK: 银行 河岸 我" in box.options
    box.set_value("GBK")
    at = until(sound(at.run()), "Every lesson now works with own.vec: 8 words, 4 numbers each.")
    made = at.session_state[session_sets._OWN]["mine-2"]
    assert "银行" in made.vectors.key_to_index
    assert "read_vectors(\"your-file\", encoding='gb18030').vectors" in made.code
    assert not [one for one in at.selectbox if one.key == uploads.ENCODING]


@pytest.mark.parametrize("name", ["D3_quoted_space.txt", "D7_colon.txt", "I3_cutword_mid.bin"])
def test_what_was_taken_off_or_left_out_is_said_as_long_as_the_set_is_chosen(name):
    at = until(send(visit(PAGE, step="upload"), (CASES / name).read_bytes(), name), f"now works with {name}")
    said = "1 row left out. Row 3 of 6" if name.endswith("bin") else "What stands around nearly all words is taken off"
    assert said in screen(at)
    assert said in screen(sound(at.run()))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pickle.dumps({"vectors": [1, 2]}), "KeyedVectors"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "an image (PNG)"),
        (gzip.compress(bytes(50_000_000)), "unpack"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(content, said):
    at = send(visit(PAGE, step="upload"), content)
    end = time.monotonic() + 60
    while not at.warning and time.monotonic() < end:
        sound(at.run())
    assert said in at.warning[0].value.replace("\\", "")
    assert "sound_rows" not in [one.key for one in at.button]
    until(send(at, OWN), "now works with own.vec")


@pytest.mark.parametrize("name", [*HOSTILE, "x" * 300, "../../etc/passwd"])
def test_the_name_of_a_file_is_never_markup(name):
    at = until(send(visit(PAGE, step="upload"), OWN, name), "3 words, 3 numbers each")
    assert name[:60] in screen(at).replace("  ", " ") or name[:20] in screen(at)
    assert not at.error


def test_more_sets_than_are_kept_push_out_the_oldest_but_never_the_one_in_use():
    at = visit(PAGE, step="upload")
    for number in range(session_sets.MOST_OWN + 2):
        at = until(send(at, OWN, f"set {number}.vec"), f"now works with set {number}.vec")
    titles = [one.title for one in at.session_state[session_sets._OWN].values()]
    assert titles == [f"set {number}.vec" for number in range(2, session_sets.MOST_OWN + 2)]


def test_a_read_file_is_let_go(monkeypatch):
    freed = []
    monkeypatch.setattr(MemoryUploadedFileManager, "remove_file", lambda _, **which: freed.append(which["file_id"]))
    at = until(send(visit(PAGE, step="upload"), OWN), "now works with own.vec")
    assert not at.file_uploader[0].value
    assert at.session_state[uploads.COUNT] == 1
    assert len(freed) == 1, "a server keeps what was sent in memory"


def test_where_files_of_others_are_being_read_a_file_is_let_go_of_with_a_sentence(monkeypatch):
    others = [held.hold(SimpleNamespace(name="large.bin", size=held.MOST_BYTES, close=lambda: None))]
    at = send(visit(PAGE, step="upload"), OWN)
    assert "“own.vec” arrived whole" in at.warning[0].value.replace("\\", "")
    assert "GloVe 6B" in screen(at)
    others.clear()
    until(send(at, OWN), "now works with own.vec")


def test_a_file_that_had_to_make_room_is_asked_for_again(monkeypatch):
    at = until(send(visit(PAGE, step="upload"), RAGGED), "Line 3 has 2 numbers instead of 3.")
    monkeypatch.setattr(held, "MOST_BYTES", 0)
    until(send(visit(PAGE, step="upload"), OWN, "other.vec"), "now works with other.vec")
    at.button(key="sound_rows").click()
    assert uploads.MADE_ROOM in sound(at.run()).warning[0].value.replace("\\", "")
    assert "sound_rows" not in [one.key for one in at.button]
    until(send(at, OWN), "now works with own.vec")


# By hand


def test_the_table_is_drawn_and_its_arithmetic_written():
    at = visit(PAGE, step="byhand")
    assert "money at (5, 1), river at (1, 5), bank at (3, 3)" in charts(at)["table_points"]
    assert r"$\text{bank} \cdot \text{money} = 3 \cdot 5 + 3 \cdot 1 = 18$" in formulas(at)


@pytest.mark.parametrize("typed", ["money, 5, 1\nriver, 1, 5", '"money" 5 1\n"river" 1 5', "money: 5 1\nriver: 1 5"])
def test_what_stands_around_the_words_of_a_table_comes_off_and_is_said(typed):
    at = visit(PAGE, step="byhand")
    at.text_area[0].set_value(typed)
    at = sound(at.run())
    assert "money at (5, 1), river at (1, 5)" in charts(at)["table_points"]
    assert "What stands around nearly all words is taken off" in screen(at)
    assert at.text_area[0].value == typed


def test_the_code_makes_the_table_and_its_product():
    place = {}
    exec(visit(PAGE, step="byhand", view="code").code[0].value, place)
    assert place["dot"] == 18


def test_a_table_that_is_typed_is_used_and_in_the_link():
    at = visit(PAGE, step="byhand")
    at.text_area[0].set_value("up 0 1 2\ndown 0 -1,5 2\n")
    at = sound(at.run())
    assert "2 words, 3 numbers each" in screen(at)
    assert at.query_params["handmade"] == "up 0 1 2 / down 0 -1,5 2"
    again = visit(HOME, **{name: value for name, value in at.query_params.items() if name != "step"})
    assert "By hand" in screen(again)


@pytest.mark.parametrize("typed", ["money 5 x\nriver 1 5", "money", "a 1\nb 2", "money 0 0\nriver 1 5", *HOSTILE])
def test_a_table_that_cannot_be_read_says_why_and_keeps_what_was_typed(typed):
    at = visit(PAGE, step="byhand")
    at.text_area[0].set_value(typed)
    at = sound(at.run())
    assert at.warning
    assert at.text_area[0].value == typed
    home = sound(at.switch_page(HOME).run())
    assert "GloVe 6B stands in." in screen(home)


@pytest.mark.parametrize("page", ["pages/3_Dot_product.py", "pages/4_Weighted_sum.py"])
def test_two_numbers_a_word_are_offered_and_lead_back(page):
    step = {"step": "words"} if "Dot" in page else {}
    at = press(visit(page, **step, a="The bank approved our loan", b="Fish swim near the bank"), "two numbers a word")
    assert at.query_params["set"] == "hand"
    assert (fields.FIELDS["a"].default, fields.FIELDS["b"].default) == (
        at.session_state["a"],
        at.session_state["b"],
    ), "sentences of words that the table has"
    if step:
        assert any(r"= 3 \cdot 5 + 3 \cdot 1 = 18" in one for one in formulas(at))
    at = press(at, "two numbers a word")
    assert "set" not in at.query_params


# Jobs


def test_a_job_of_a_session_that_is_gone_stops():
    import threading

    begun, ended = threading.Event(), threading.Event()

    def work(job):
        begun.set()
        try:
            while True:
                job.tell(0.5)
                time.sleep(0.01)
        finally:
            ended.set()

    job = jobs.Job("Work", owner=lambda: None if begun.is_set() else True)
    jobs._run(job, work, ())
    assert ended.is_set()
    assert job.result is None
    assert job.trouble == jobs.STOPPED
