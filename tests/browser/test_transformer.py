"""The heads of the transformer in a real browser: a thumbnail is clicked, a weight is clicked, and text stays text."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP
from tests.browser.test_hostile_text import EVERYTHING, elements

pytestmark = pytest.mark.browser

PATH = "/A_real_transformer"
HEADS = 12


def click(screen, key, place):
    """Click a point of a chart that nobody sees, as at the middle of a cell."""
    box = screen.chart(key).locator(".point").nth(place).bounding_box()
    screen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_thumbnail_opens_its_head_and_a_weight_what_it_is_made_of(open_screen):
    screen = open_screen(path=PATH, size=LAPTOP, a="River bank flows")
    expect(screen.finding()).to_contain_text("“bank” looks most at “River” in layer 1, head 3")
    screen.settled()
    click(screen, "heads", 1 * HEADS + 8)
    expect(screen.finding()).to_contain_text("Layer 2, head 9: “bank” gives")
    screen.settled()
    click(screen, "large_head", 3 * 5 + 4)  # the row of “flows”, the column of [SEP]: of five tokens
    expect(screen.title()).to_contain_text("A number opened")
    expect(screen.finding()).to_contain_text(re.compile("Layer 2, head 9: “flows” gives “.SEP.”"))
    screen.settled()
    click(screen, "traced_row", 0)
    expect(screen.finding()).to_contain_text(re.compile("“flows” gives “.CLS.”"))


def test_text_stays_text_on_the_screens_about_heads(open_screen):
    screen = open_screen(path=PATH, a="bank money", word="bank")
    plain = elements(screen.settled())
    screen.go(PATH, a=f"bank {EVERYTHING} money", word="bank")
    expect(screen.finding()).to_contain_text("“bank”")
    assert elements(screen.settled()) == plain
    screen.choose("Arcs")
    expect(screen.chart("head_arcs")).to_be_visible()
    assert elements(screen.settled()) == plain
    screen.go(PATH, step="number", a="bank money", word="bank", opened="3.4", column="1")
    chain = elements(screen.settled())
    screen.go(PATH, step="number", a=f"bank {EVERYTHING} money", word="bank", opened="3.4", column="1")
    expect(screen.finding()).to_contain_text("“bank”")
    shown = elements(screen.settled())
    assert {kind: shown[kind] for kind in shown if kind != ".katex"} == {
        kind: chain[kind] for kind in chain if kind != ".katex"
    }
    screen.go(PATH, hidden="1", a=f"bank {EVERYTHING} money")
    expect(screen.find(".sa-question")).to_be_visible()
    assert {kind for kind, count in elements(screen.settled()).items() if count} == set()
