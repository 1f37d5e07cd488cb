"""The handout of all lessons: made, cancelled, saved, opened without a network, and printed."""

import re
from io import BytesIO

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from selfattn.course import PLACES
from tests.apps import HOSTILE_TOGETHER

pytestmark = pytest.mark.browser
PAPERS = {"A4": (180, 266), "Letter": (185, 248)}  # millimetres within the margins
MILLIMETRE = 96 / 25.4
# What sticks out to the right of the page, what is higher than one, and pictures without words or with nothing drawn.
WRONG = """high => {
    const find = selector => [...document.querySelectorAll(selector)], box = one => one.getBoundingClientRect();
    const right = box(document.body).right + 1, name = one => one.tagName + ' ' + one.textContent.slice(0, 60);
    const drawn = one => one.querySelectorAll('svg[aria-label] :is(path, text, image)');
    return {
        wide: find('body *').filter(one => !one.parentElement.closest('svg') && box(one).right > right).map(name),
        high: find('figure, .beside, .sa-bars, math').filter(one => box(one).height > high).map(name),
        empty: find('figure').filter(one => drawn(one).length < 3).map(name),
    }; }"""


def test_the_handout_of_all_lessons(open_screen, browser, tmp_path):
    screen = open_screen("motion", a=f"bank {HOSTILE_TOGETHER}", b="The river bank flows", size=(1366, 768))
    screen.open("Save").choose("Handout")
    screen.choose("All lessons")
    make = screen.page.get_by_role("button", name="Make the handout")
    make.click()
    screen.find(".handout progress").wait_for()
    screen.page.get_by_role("button", name="Cancel").click()
    expect(screen.find(".handout")).to_have_text("The handout was cancelled.")
    with screen.page.expect_download() as waiting:
        make.click()
    expect(screen.find(".handout")).to_contain_text("Saved: selfattn-handout.html")
    assert waiting.value.suggested_filename == "selfattn-handout.html"
    waiting.value.save_as(tmp_path / "handout.html")
    _opens(browser, tmp_path / "handout.html")


def _opens(browser, path):
    """Open the file as someone does who has no network; nothing runs, nothing is asked for, nothing is cut."""
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 844})
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: dialog.dismiss() or said.append(dialog.message))
    page.on("request", lambda request: said.append(request.url) if request.url.startswith("http") else None)
    page.goto(path.as_uri())
    assert page.evaluate("document.scripts.length") == 0
    assert page.locator("section").count() == len(PLACES)
    assert page.locator("figure svg").count() > 55
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, "a phone scrolls a wide formula by itself"
    assert page.evaluate("document.fonts.size") >= 1
    _print(page)
    assert not said
    _scan(page)
    context.close()


def _print(page):
    page.emulate_media(media="print")
    for paper, (width, height) in PAPERS.items():
        page.set_viewport_size({"width": int(width * MILLIMETRE), "height": int(height * MILLIMETRE)})
        assert page.evaluate(WRONG, height * MILLIMETRE) == {"wide": [], "high": [], "empty": []}, paper
        printed = page.pdf(format=paper)
        assert 20 < len(re.findall(rb"/Type ?/Page\b", printed)) < 60, paper
    page.emulate_media(media="screen")


def _scan(page):
    """A code on paper leads to its screen."""
    section = page.locator("section").nth(PLACES.index(next(place for place in PLACES if place.key[1] == "cosine")))
    code = section.locator(".sa-code")
    if code.count():
        picture = Image.open(BytesIO(code.screenshot())).convert("L")
        (read,) = zxingcpp.read_barcodes(np.asarray(picture.resize((picture.width * 4, picture.height * 4))))
        assert read.text == section.locator("h3 a").get_attribute("href")
