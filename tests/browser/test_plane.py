"""The plane with three vectors, moved by mouse, finger and key in a real browser."""

import itertools
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.browser

PATH = "/Dot_product"
# What is above the picture is gone; an answer on its way did so, for a moment, between two lines of the page.
ABOVE = "document.querySelector('.st-key-header').style.display = '%s'"


def handle(screen, name):
    return screen.page.locator(f".handle[data-name={name}]")


def place(screen, name):
    """Where a tip is, as a screen reader says it."""
    said = handle(screen, name).get_attribute("aria-valuetext")
    return tuple(float(part.replace("minus ", "-")) for part in said.split(", "))


def tip(screen, name):
    """Where the tip of an arrow is, in pixels of the page: the point of its head."""
    x, y = map(float, re.match(r"M(\S+) (\S+?)L", handle(screen, name).locator("path").get_attribute("d")).groups())
    box = screen.page.locator(".plane svg").bounding_box()
    return box["x"] + x, box["y"] + y


def cell(screen):
    """Pixels between two lines of the grid; A and B are at different heights when this is asked."""
    return (tip(screen, "A")[1] - tip(screen, "B")[1]) / (place(screen, "B")[1] - place(screen, "A")[1])


def drag(screen, name, *ways, release=True):
    """Take a tip and go the ways, in units of the grid."""
    screen.settled()
    x, y = tip(screen, name)
    unit, mouse = cell(screen), screen.page.mouse
    mouse.move(x, y)
    mouse.down()
    for right, up in ways:
        x, y = x + right * unit, y - up * unit
        mouse.move(x, y, steps=12)
    if release:
        mouse.up()


def typed(screen, name):
    return screen.page.get_by_role("textbox", name=f"{name} = (x, y)")


def says(screen, text):
    expect(screen.finding()).to_have_text(re.compile(re.escape(text)))


def linked(screen):
    return parse_qs(urlsplit(screen.page.url).query)


def test_dragged_tips_change_numbers_boxes_and_the_link_and_stop_at_the_edge(open_screen):
    screen = open_screen(path=PATH, size=LAPTOP)
    assert [place(screen, name) for name in "ABC"] == [(1, 2), (2, 5), (3, 4)]
    says(screen, "B and C are more alike than A and C: 26 against 11.")
    assert "26 against 11" in screen.page.locator(".plane svg").get_attribute("aria-label")

    handle(screen, "B").evaluate(
        """target => {
            window.places = [];
            const note = () => window.places.push(target.getAttribute('aria-valuetext'));
            new MutationObserver(note).observe(target, { attributes: true, attributeFilter: ['aria-valuetext'] });
        }"""
    )
    drag(screen, "B", (2, 0), (0, -3), (1, 0))
    says(screen, "B and C are more alike than A and C: 23 against 11.")
    screen.settled()
    seen = [place for place, _ in itertools.groupby(screen.page.evaluate("window.places"))]
    assert len(seen) == len(set(seen)), f"late answers move nothing back: {seen}"
    assert seen[-1] == "5, 2"

    box = typed(screen, "B")
    box.fill("2 5")
    box.press("Enter")
    says(screen, "26 against 11")
    drag(screen, "A", (3, 2))
    says(screen, "A and C are more alike than B and C: 28 against 26.")
    expect(typed(screen, "A")).to_have_value("4 4")
    assert place(screen, "A") == (4, 4)
    screen.page.wait_for_url(re.compile("plane="))
    screen.settled()
    assert linked(screen)["plane"] == ["4 4, 2 5, 3 4"]
    screen.page.reload()
    screen.settled()
    says(screen, "28 against 26")
    assert place(screen, "A") == (4, 4)

    drag(screen, "B", (-1, -2), release=False)
    says(screen, "A and C are more alike than B and C: 28 against 15.")
    screen.settled()
    assert place(screen, "B") == (1, 3), "the answer does not move what is still held"
    screen.page.mouse.move(*(place + 120 for place in tip(screen, "B")), steps=5)
    screen.page.mouse.up()
    expect(handle(screen, "B")).not_to_have_attribute("aria-valuetext", "1, 3")

    drag(screen, "C", (30, 30))
    screen.settled()
    x, y = place(screen, "C")
    assert x <= 9
    assert y <= 9
    handle(screen, "C").focus()
    for _ in range(24):
        screen.page.keyboard.press("ArrowUp")
    screen.settled()
    assert place(screen, "C") == (x, 9)
    box = screen.page.locator(".plane svg").bounding_box()
    assert box["y"] <= tip(screen, "C")[1] <= box["y"] + box["height"]


def test_typing_and_arrow_keys_move_a_tip_and_not_the_lesson(open_screen):
    screen = open_screen(path=PATH, size=LAPTOP)
    box = typed(screen, "C")
    box.fill("-3, 2.25")
    says(screen, "B and C are more alike than A and C: 5.25 against 1.5.")
    expect(handle(screen, "C")).to_have_attribute("aria-valuetext", "minus 3, 2.25")
    box.fill("-3 x")
    expect(screen.page.get_by_text("C stays at (−3, 2.25): “-3 x” is not two numbers")).to_be_visible()
    expect(box).to_have_value("-3 x")
    assert place(screen, "C") == (-3, 2.25)
    drag(screen, "B", (1, 0))
    expect(handle(screen, "B")).to_have_attribute("aria-valuetext", "3, 5")
    expect(typed(screen, "B")).to_have_value("3 5")
    expect(box).to_have_value("-3 x")

    for name, numbers in (("B", "2 5"), ("C", "3 4")):
        screen.settled()
        typed(screen, name).fill(numbers)
        expect(handle(screen, name)).to_have_attribute("aria-valuetext", numbers.replace(" ", ", "))
    says(screen, "26 against 11")
    screen.settled()
    handle(screen, "A").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "ArrowDown"):
        screen.page.keyboard.press(key)
    expect(handle(screen, "A")).to_have_attribute("aria-valuetext", "1.5, 1.5")
    says(screen, "26 against 10.5")
    screen.settled()
    assert "step" not in linked(screen)
    assert screen.page.evaluate("scrollY") == 0
    screen.page.keyboard.press("Escape")
    screen.page.locator("h1").click()
    screen.page.keyboard.press("ArrowRight")
    screen.page.wait_for_url(re.compile("step=words"))
    assert linked(screen)["plane"] == ["1.5 1.5, 2 5, 3 4"]


def finger(screen, name, way, *, halfway=lambda: None):
    """Put a finger on a tip, move it up by some pixels in ten steps, and lift it."""
    box = screen.settled().page.locator(f".handle[data-name={name}] .reach").bounding_box()
    assert box["width"] >= 44, "as large as a fingertip"
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = screen.page.context.new_cdp_session(screen.page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 11):
        points = [{"x": x, "y": y - way * part / 10}]
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
        if part == 5:
            halfway()
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_finger_drags_and_does_not_scroll(open_screen):
    screen = open_screen(path=PATH, size=PHONE, mobile=True)
    before = screen.page.locator(".plane svg").bounding_box()
    handle(screen, "C").focus()
    screen.page.keyboard.press("ArrowUp")
    says(screen, "28.5 against 12.")
    assert screen.settled().page.locator(".plane svg").bounding_box() == before, "the finding grew by a line"
    screen.page.keyboard.press("ArrowDown")
    says(screen, "26 against 11.")

    finger(screen, "C", 80)
    # All of the way, which is 6 or more: a scroll would have taken the finger away before.
    expect(handle(screen, "C")).to_have_attribute("aria-valuetext", re.compile(r"3, [6-9]"))
    assert screen.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    finger(screen, "C", -80)
    expect(handle(screen, "C")).to_have_attribute("aria-valuetext", "3, 4")

    # A tip goes as far as the finger, though the picture moves below it.
    finger(screen, "C", 80, halfway=lambda: screen.page.evaluate(ABOVE % "none"))
    assert screen.page.locator(".plane svg").bounding_box()["y"] < before["y"] - 60
    expect(handle(screen, "C")).to_have_attribute("aria-valuetext", re.compile(r"3, [6-9]"))


def test_a_second_finger_takes_no_tip_from_the_first(open_screen):
    screen = open_screen(path=PATH, size=PHONE, mobile=True)
    first, second = tip(screen, "C"), tip(screen, "A")
    touch = screen.page.context.new_cdp_session(screen.page)
    down, aside = ({"x": x, "y": y, "id": at} for at, (x, y) in enumerate((first, second)))
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [down]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [down, aside]})
    for part in range(1, 11):
        points = [down | {"y": down["y"] - 8 * part}, aside]
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(handle(screen, "C")).to_have_attribute("aria-valuetext", re.compile(r"3, [6-9]"))
    assert place(screen, "A") == (1, 2)


def test_a_number_of_the_table_opens_its_products(open_screen):
    screen = open_screen(path=PATH, size=LAPTOP, step="table", list="river creek money")
    box = screen.chart("table").locator(".nsewdrag").bounding_box()
    screen.page.mouse.click(box["x"] + box["width"] * 5 / 6, box["y"] + box["height"] / 6)
    says(screen, "“river” · “money” = 13.71")
    screen.page.wait_for_url(re.compile("step=words"))
    assert linked(screen)["second"] == ["money"]
