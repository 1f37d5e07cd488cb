"""Asking a set in a browser: a word found as it is typed, by keyboard, and words that look like markup."""

import pytest
from playwright.sync_api import expect

from selfattn import course
from tests.browser.waiting import parameter

pytestmark = pytest.mark.browser

MARKUP = "<b> 5 1 / <script> 1 5 / $x$ 3 3 / [a](javascript:alert(1)) 2 4 / **y** 4 4"
KINDS = "[data-testid='stMain'] :is(img, script, a, b, strong, [onerror])"


def test_a_word_is_found_as_it_is_typed_and_chosen_by_keyboard(open_screen):
    screen = open_screen("explore")
    box = screen.page.get_by_role("textbox", name="Word", exact=True)
    box.click()
    screen.page.keyboard.type("riverb", delay=30)
    first = screen.page.get_by_role("button", name="riverboat").or_(screen.page.get_by_role("radio", name="riverboat"))
    expect(first.first).to_be_visible()
    expect(box).to_be_focused()
    first.first.focus()
    screen.page.keyboard.press("Enter")
    expect(box).to_have_value("riverboat")
    expect(screen.finding()).to_contain_text("Nearest to “riverboat”")


def kinds(screen, **link):
    """Count what could be markup on every screen of the lesson: {step: (elements, formulas)}."""
    counts = {}
    screen.go(course.EXPLORE.path, set="hand", **link)
    for step in course.EXPLORE.steps:
        if counts:
            screen.key("ArrowRight")
            parameter(screen.page, "step", step.key)
            screen.settled()
        expect(screen.finding(), step.key).to_be_visible()
        counts[step.key] = (screen.find(KINDS).count(), screen.find(".katex").count())
    return counts


def test_words_that_look_like_markup_are_words(open_screen):
    screen = open_screen("explore")
    plain = kinds(screen, handmade="a 5 1 / b 1 5 / c 3 3 / d 2 4 / e 4 4")
    assert kinds(screen, handmade=MARKUP) == plain
    assert {formulas for _, formulas in plain.values()} == {0}
