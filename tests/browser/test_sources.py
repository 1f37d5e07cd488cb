"""Word vectors of one's own, in real browsers: uploads that stay apart, sets by name that are shared, hostile files."""

import re

import pytest
from playwright.sync_api import expect

from tests.apps import HOSTILE
from tests.browser.conftest import LAPTOP, PHONE
from tests.small_catalogue import made_up, small_catalogue
from tools.serve import serve

pytestmark = pytest.mark.browser
UPLOAD, CHOOSE, HOME = "/Word_vectors?step=upload", "/Word_vectors", "/"
FIRST = "money 5 1\nriver 1 5\nbank 3 3\ngrows 4 2\nflows 2 4\n"
SECOND = "money 1 5\nriver 5 1\nbank 4 4\ngrows 2 4\nflows 4 2\n"


def send(screen, name, text):
    file = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    screen.page.locator("input[type=file]").set_input_files(file)


def says(screen, text):
    expect(screen.page.get_by_role("status").filter(has_text=text).first).to_be_visible()


def names(screen, title):
    expect(screen.page.locator(".sa-set")).to_have_text(title)


def go_home(screen):
    """Go to the first lesson by the menu: a new address would be a new session."""
    screen.follow("Two meanings")
    screen.page.wait_for_function("() => location.pathname === '/'")
    expect(screen.title()).to_have_text(re.compile("^Why “.*” means two things|^Where “"))  # as the set has it
    return screen.settled()


def test_two_sessions_never_see_what_the_other_has_brought(open_screen):
    one = open_screen(path=UPLOAD, size=LAPTOP)
    other = open_screen(path=UPLOAD, size=LAPTOP, alone=True)
    send(one, "first.vec", FIRST)
    says(one, "Every lesson now works with first.vec: 5 words, 2 numbers each.")
    send(other, "second.vec", SECOND)
    says(other, "Every lesson now works with second.vec: 5 words, 2 numbers each.")
    expect(one.page.get_by_text("second.vec")).to_have_count(0)
    expect(other.page.get_by_text("first.vec")).to_have_count(0)
    for screen, title in ((go_home(one), "first.vec"), (go_home(other), "second.vec")):
        names(screen, title)
    says(one, "33 % of the new “bank” is “money”")
    expect(other.page.get_by_text("33 % of the new “bank” is “money”")).to_have_count(0)


def test_a_broken_file_says_where_and_the_page_goes_on(open_screen):
    screen = open_screen(path=UPLOAD, size=PHONE, mobile=True)
    send(screen, "broken.vec", FIRST.replace("bank 3 3", "bank 3"))
    expect(screen.page.get_by_text("Line 3 has 1 number")).to_be_visible()
    screen.page.get_by_role("button", name="Use the 4 words that are sound").click()
    says(screen, "Every lesson now works with broken.vec: 4 words, 2 numbers each.")


def test_hostile_names_and_words_are_text_and_go_with_their_session(open_screen):
    name, words = "<img src=x onerror=alert(1)>$x$**b**.vec", [re.sub(r"\s", "_", word) for word in HOSTILE]
    rows = "\n".join(f"{word} {number} {10 - number}" for number, word in enumerate(words))
    screen = open_screen(path=UPLOAD, size=LAPTOP)
    send(screen, name, rows)
    says(screen, f"{len(words)} words, 2 numbers each")
    screen.page.wait_for_url(re.compile("set=mine-1"))
    names(screen, name)
    screen.follow("Explore the vectors")
    screen.page.wait_for_url(re.compile("/Explore"))
    screen.settled()
    expect(screen.page.locator("main img, [data-testid=stMain] img[src=x]")).to_have_count(0)
    go_home(screen)
    names(screen, name)
    screen.page.reload()
    expect(screen.page.get_by_text("vectors of somebody’s own, which stay where they were made")).to_be_visible()
    names(screen, "GloVe 6B")
    box = screen.settled().box("A")
    box.fill("Money bank grows")
    box.press("Enter")
    says(screen, "of the new “bank” is “money”")


@pytest.fixture
def by_name(tmp_path, monkeypatch):
    """A server whose catalogue is a small one on this machine."""
    monkeypatch.setenv("GENSIM_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("no_proxy", "*")
    with small_catalogue() as catalogue:
        monkeypatch.setenv("SELFATTN_CATALOGUE", catalogue.address)
        catalogue.add("small-25", *made_up(300, 25))
        with serve() as running:
            yield running, catalogue


def test_a_set_by_name_is_fetched_cancelled_fetched_and_shared(open_screen, by_name):
    server, catalogue = by_name
    catalogue.hold_after = 8192
    screen = open_screen(path=CHOOSE, size=LAPTOP, address=server.address)
    screen.page.get_by_role("button", name="Show the catalogue").click()
    screen.page.get_by_role("button", name="Load it").click()
    screen.page.get_by_role("button", name="Cancel").click()
    catalogue.hold_after = None
    catalogue.go.set()
    screen.page.get_by_role("button", name="Load it").click()
    says(screen, "Every lesson now works with small-25: 300 words, 25 numbers each.")
    screen.page.wait_for_url(re.compile("set=small-25"))
    asked = len(catalogue.asked)
    student = open_screen(path=HOME, size=PHONE, mobile=True, address=server.address, set="small-25")
    names(student, "small-25")
    says(student, "of the new “bank” is")
    assert len(catalogue.asked) == asked


def test_written_by_hand_the_plot_is_the_space(open_screen):
    screen = open_screen(path="/Word_vectors?step=byhand", size=LAPTOP)
    box = screen.page.get_by_role("textbox", name="A word and its numbers a line")
    box.fill("up 0 2\nright 3 0\nboth 3 2")
    box.press("Control+Enter")
    says(screen, "3 words, 2 numbers each: few enough to check every number in the head. Every lesson works")
    screen.page.wait_for_url(re.compile("handmade="))
    again = open_screen(path=screen.where(), size=LAPTOP)
    says(again, "3 words, 2 numbers each")
    names(again, "By hand")
