"""Training in a browser: it shows how far it is, stops when told to, and leaves a page that can be used at once."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from selfattn.sets.training import Options, as_word2vec_text, shipped_text, train
from tests.browser.checks import below_the_fold, serious, sideways, small_words
from tests.browser.conftest import LAPTOP, PHONE, PROJECTOR

pytestmark = pytest.mark.browser

LONG = {"text": "all", "size": "300", "epochs": "500", "window": "15", "skipgram": "1"}  # minutes: cancelled in time
QUICK = {"text": "two-banks", "size": "8", "epochs": "3"}


def open_train(open_screen, *, window_size=LAPTOP, theme="light", mobile=False, **link):
    """Open the step with its link: the fields `size` and `text` are no arguments of a screen."""
    path = f"/Word_vectors?{urlencode({'step': 'train'} | link)}"
    return open_screen(path=path, size=PROJECTOR if "projector" in link else window_size, theme=theme, mobile=mobile)


def begin(screen):
    screen.page.get_by_role("button", name=re.compile(r"^(model_training )?Train( again)?$")).click()


def set_number(screen, name, value):
    box = screen.page.get_by_role("spinbutton", name=name)
    box.fill(value)
    box.press("Enter")


def finished(screen, number):
    expect(screen.page.get_by_role("button", name="Save as word2vec text")).to_be_visible()
    expect(screen.page.get_by_text(f"words were read {number} times")).to_be_visible()
    expect(screen.find("[data-testid='stProgress']")).to_have_count(0)
    screen.settled()


def test_a_text_is_trained_saved_played_and_trained_again(open_screen, tmp_path):
    screen = open_train(open_screen, theme="dark", **QUICK)
    expect(screen.finding()).to_contain_text("Nothing is trained yet.")
    begin(screen)
    finished(screen, 3)
    expect(screen.finding()).to_contain_text("Hardly trained")
    expect(screen.find(".sa-set")).to_have_text("Trained on A town between two banks")
    expect(screen.chart("trained_neighbours")).to_be_visible()
    assert "bank" in screen.labels("training_trail")
    with screen.page.expect_download() as waiting:
        screen.page.get_by_role("button", name="Save as word2vec text").click()
    waiting.value.save_as(tmp_path / "vectors.txt")
    oracle = train(shipped_text("two-banks"), Options(size=8, epochs=3))
    assert (tmp_path / "vectors.txt").read_bytes() == as_word2vec_text(oracle.vectors)

    last = screen.settled().traces("training_trail")
    slider = screen.page.get_by_role("slider", name="Epoch")
    slider.press("Home")
    expect(screen.page.get_by_label(re.compile("after epoch 0 of 3"))).to_be_visible()
    screen.settled()
    screen.page.get_by_role("button", name="Play").click()
    screen.page.wait_for_function(
        """wanted => JSON.stringify(Array.from(
            document.querySelector('.st-key-training_trail .js-plotly-plot')._fullData[6].x)) === wanted""",
        arg=str(last[6]["x"]).replace(" ", "").replace(".0,", ",").replace(".0]", "]"),
    )
    fits_and_is_accessible(screen.settled(), "Settings")

    screen.page.reload()
    screen.settled()
    expect(screen.finding()).to_contain_text("Nothing is trained yet.")
    expect(screen.find(".sa-set")).to_have_text("GloVe 6B")
    begin(screen)
    finished(screen, 3)


def fits_and_is_accessible(screen, settings):
    assert sideways(screen) == 0
    assert serious(screen) == {}
    screen.open(settings)
    assert serious(screen.settled()) == {}


def test_on_a_phone_a_text_of_ones_own_is_trained_and_the_page_fits(open_screen):
    own = {"text": "own", "size": "6", "epochs": "3", "least": "1"}
    screen = open_train(open_screen, window_size=PHONE, mobile=True, theme="dark", **own)
    screen.open("Text and settings").settled()
    box = screen.page.get_by_role("textbox", name="Your own text")
    box.fill("Die Bank am Fluss ist alt. Das Geld liegt in der Bank. " * 5)
    box.blur()
    expect(screen.finding()).to_contain_text("Train reads")
    screen.close()
    begin(screen)
    finished(screen, 3)
    expect(screen.page.get_by_text("This text is too small")).to_be_visible()
    assert "Fluss" not in screen.page.url
    fits_and_is_accessible(screen, "Text and settings")


def test_a_training_goes_on_beside_another_page_is_cancelled_and_the_page_is_usable_at_once(open_screen):
    screen = open_train(open_screen, **LONG)
    begin(screen)
    expect(screen.page.get_by_text(re.compile(r"epoch [1-9]\d* of 500, loss \d\.\d\d"))).to_be_visible()
    screen.open("Lessons").entry("Glossary").click()  # nothing stands still while the bar moves
    expect(screen.title()).to_contain_text("Glossary")
    screen.open("Lessons").page.get_by_test_id("stPopoverBody").get_by_role("link", name="Word vectors").click()
    screen.choose("3 Train")
    expect(screen.page.get_by_text(re.compile(r"epoch [1-9]\d* of 500"))).to_be_visible()
    screen.page.get_by_role("button", name="Cancel").click()
    expect(screen.find("[data-testid='stProgress']")).to_have_count(0)
    expect(screen.page.get_by_role("button", name="Cancel")).to_have_count(0)
    expect(screen.finding()).to_contain_text("Nothing is trained yet.")
    screen.open("Settings")
    set_number(screen, "Epochs", "2")
    expect(screen.finding()).to_contain_text("reads “all three texts” twice")
    set_number(screen, "Size", "8")
    screen.page.wait_for_url("**size=8*")
    screen.close()
    begin(screen)
    expect(screen.page.get_by_text("words were read twice")).to_be_visible()
    expect(screen.chart("training_trail")).to_be_visible()


def test_a_second_click_takes_the_place_of_the_first(open_screen):
    screen = open_train(open_screen, **LONG)
    begin(screen)
    expect(screen.page.get_by_text(re.compile(r"epoch [1-9]\d* of 500"))).to_be_visible()
    screen.choose("Two banks")
    screen.page.wait_for_url("**text=two-banks*")
    screen.open("Settings")
    set_number(screen, "Epochs", "3")
    set_number(screen, "Size", "8")
    screen.page.wait_for_url("**size=8*")
    screen.close()
    begin(screen)
    finished(screen, 3)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_in_a_room_all_is_large_and_on_one_screen_before_while_and_after(open_screen, theme):
    screen = open_train(open_screen, theme=theme, projector="1", text="two-banks", epochs="500")
    assert small_words(screen) == []
    begin(screen)
    expect(screen.page.get_by_text(re.compile(r"epoch [1-9]\d* of 500"))).to_be_visible()
    assert small_words(screen) == []
    screen.page.get_by_role("button", name="Cancel").click()
    expect(screen.page.get_by_role("button", name="Cancel")).to_have_count(0)
    screen.go(f"/Word_vectors?{urlencode({'step': 'train', 'projector': '1'} | QUICK)}")
    begin(screen)
    finished(screen, 3)
    assert small_words(screen) == []
    assert sideways(screen) == 0
    assert below_the_fold(screen) == 0
    assert serious(screen) == {}
