"""Query, key and value, untied in a real browser: three pictures of a matrix on one screen."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP

pytestmark = pytest.mark.browser

PATH = "/Query_key_value"


def handle(screen, part, row):
    return screen.page.locator(f".st-key-matrix_{part} .handle[data-name='{row}']")


def tip(screen, part, row):
    """Where the tip of an arrow is, in pixels of the page: the point of its head."""
    x, y = map(
        float, re.match(r"M(\S+) (\S+?)L", handle(screen, part, row).locator("path").get_attribute("d")).groups()
    )
    box = screen.page.locator(f".st-key-matrix_{part} svg").bounding_box()
    return box["x"] + x, box["y"] + y


def linked(screen):
    return parse_qs(urlsplit(screen.page.url).query).get("matrices")


def test_matrices_are_dragged_one_by_one_and_tied_again(open_screen):
    screen = open_screen(path=PATH, size=LAPTOP)
    expect(screen.finding()).to_have_text(re.compile("the scores are symmetric"))
    screen.settled()
    (x, y), mouse = tip(screen, "query", 2), screen.page.mouse
    unit = tip(screen, "query", 1)[0] - x
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 2 * unit, y + unit, steps=10)
    mouse.up()
    expect(handle(screen, "query", 2)).to_have_attribute("aria-valuetext", "2, 0")
    expect(screen.finding()).to_have_text(re.compile("“bank” now asks “money” most.*the scores are not symmetric"))
    expect(handle(screen, "key", 2)).to_have_attribute("aria-valuetext", "0, 1")

    screen.settled()
    handle(screen, "value", 1).focus()
    for _ in range(9):
        screen.page.keyboard.press("ArrowRight")
    expect(handle(screen, "value", 1)).to_have_attribute("aria-valuetext", "3, 0")
    screen.page.wait_for_url(re.compile(r"matrices=.*3\+0\+0\+1"))
    assert linked(screen) == ["1 0 2 0 / 1 0 0 1 / 3 0 0 1"]

    screen.page.get_by_role("button", name="Start again").click()
    for part in ("query", "key", "value"):
        expect(handle(screen, part, 1)).to_have_attribute("aria-valuetext", "1, 0")
        expect(handle(screen, part, 2)).to_have_attribute("aria-valuetext", "0, 1")
    screen.settled()
    assert linked(screen) is None
    screen.page.get_by_text("Give the opposite").click()
    expect(handle(screen, "value", 2)).to_have_attribute("aria-valuetext", "0, minus 1")
    screen.settled()
    handle(screen, "value", 2).focus()
    screen.page.keyboard.press("ArrowDown")
    expect(handle(screen, "value", 2)).to_have_attribute("aria-valuetext", "0, minus 1.5")
    screen.page.wait_for_url(re.compile(r"matrices=.*-1\.5"))
    assert linked(screen) == ["1 0 0 1 / 1 0 0 1 / -1 0 0 -1.5"]
