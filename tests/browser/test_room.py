"""On a projector: every word is large, nothing is beside the screen, and the picture needs no scrolling."""

import pytest
from playwright.sync_api import expect

from selfattn import course
from selfattn.ui import fields
from tests.apps import screens_of

pytestmark = pytest.mark.browser

POINTS_20 = 20 * 96 / 72  # pixels: CSS Values 4, 5.2
SCREENS = [(lesson.key, link) for lesson in course.LESSONS for link in screens_of(lesson)]
NAMES = [link.get("step", key) for key, link in SCREENS]
LONG = "We sat on the bank of the river and watched the boats"
# Every text node that is painted: with its size in pixels of the screen, as scaled text in a drawing may differ.
SMALL = """least => { const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const text = walk.currentNode.data.trim(), at = walk.currentNode.parentElement;
        if (!text || at.closest('script, style, noscript, title, desc, annotation, .katex-mathml')) continue;
        const range = document.createRange(); range.selectNode(walk.currentNode);
        const box = range.getBoundingClientRect(), look = getComputedStyle(at);
        if (box.width <= 1 || box.height <= 1 || look.visibility !== 'visible' || +look.opacity === 0) continue;
        if (at.closest('[style*="opacity: 0"], [aria-hidden="true"] .sr-only')) continue;
        const clipped = at.closest('[data-testid="stMarkdownContainer"], kbd');
        if (clipped && getComputedStyle(clipped).clipPath !== 'none') continue;
        const icon = look.fontFamily.includes('Material'), size = parseFloat(look.fontSize);
        const name = at.className.baseVal ?? at.className;
        if (!icon && size < least - 0.05) found.push([text.slice(0, 40), size, at.tagName, name]);
    }
    return found; }"""
OVERFLOW = """() => { const main = document.querySelector('[data-testid="stMain"]');
    return [main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth]; }"""
BELOW_THE_FOLD = """() => { const main = document.querySelector('[data-testid="stMain"]');
    return main.scrollHeight - main.clientHeight; }"""


def test_the_yardstick_finds_small_type(open_screen):
    screen = open_screen()
    assert screen.page.evaluate(SMALL, POINTS_20), "a laptop's page has type below 20 points"
    screen.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"font-size:9px\">tiny</p>')")
    assert "tiny" in {text for text, *_ in screen.page.evaluate(SMALL, 10)}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("page", "link"), SCREENS, ids=NAMES)
def test_every_word_is_large_and_the_page_fits(open_screen, page, link, theme):
    screen = open_screen(page, theme=theme, projector="1", **link)
    assert screen.page.evaluate(SMALL, POINTS_20) == []
    assert max(screen.page.evaluate(OVERFLOW)) <= 0, "the page scrolls sideways"


@pytest.mark.parametrize(("page", "link"), SCREENS, ids=NAMES)
def test_the_picture_needs_no_scrolling(open_screen, page, link):
    screen = open_screen(page, projector="1", **link)
    if page != "glossary":
        assert screen.finding().first.bounding_box()["y"] < 1000, "what happened needs no scrolling"
    for chart in screen.find(".stPlotlyChart").all():
        box = chart.bounding_box()
        assert box["y"] + box["height"] <= 1080, "a chart goes on below the screen"


@pytest.mark.parametrize("page", ["home", "self_attention", "motion"])
def test_a_question_is_large_and_fits(open_screen, page):
    screen = open_screen(page, projector="1", hidden="1", a=LONG, b=LONG)
    expect(screen.find(".sa-question")).to_be_visible()
    assert screen.page.evaluate(SMALL, POINTS_20) == []
    assert screen.page.evaluate(BELOW_THE_FOLD) <= 0
    assert max(screen.page.evaluate(OVERFLOW)) <= 0


@pytest.mark.parametrize("popover", ["Lessons", "Link", "Keys", "Change"])
def test_what_opens_is_large_too(open_screen, popover):
    screen = open_screen("self_attention", projector="1").open(popover).settled()
    assert screen.page.evaluate(SMALL, POINTS_20) == []


@pytest.mark.parametrize("view", fields.VIEWS)
@pytest.mark.parametrize("trace", fields.TRACES)
def test_looked_at_closer_everything_is_large_too(open_screen, view, trace):
    if view != "trace" and trace != "weight":
        pytest.skip("only a trace has kinds")
    screen = open_screen("self_attention", projector="1", view=view, trace=trace)
    assert screen.page.evaluate(SMALL, POINTS_20) == []
    assert max(screen.page.evaluate(OVERFLOW)) <= 0


def test_controls_are_behind_one_button_and_work_there(open_screen):
    screen = open_screen(projector="1")
    expect(screen.box("A")).to_be_hidden()
    screen.open("Change")
    screen.write("A", "The bank approved our loan")
    expect(screen.finding()).to_contain_text("“loan”")
    screen.close()
    expect(screen.box("A")).to_be_hidden()
    expect(screen.finding()).to_contain_text("“loan”")


def test_a_phone_that_opens_the_link_of_a_room_gets_a_page_for_a_phone(open_screen, sizes):
    screen = open_screen(projector="1", size=sizes["phone"])
    assert max(screen.page.evaluate(OVERFLOW)) <= 0, "the page scrolls sideways"
