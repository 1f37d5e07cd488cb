"""Terms in a real browser: they explain themselves to mouse, keyboard and finger; the glossary has a place for each."""

import pytest
from playwright.sync_api import expect

from selfattn.course import LESSONS
from selfattn.glossary import GLOSSARY
from selfattn.lessons.glossary import screen as lookup
from tests.browser.test_accessibility import serious

pytestmark = pytest.mark.browser

PROJECTOR, PHONE = (1920, 1080), (390, 844)
POINTS_20 = 26.6  # CSS pixels
BUBBLE = "([term, content]) => getComputedStyle(term, '::after').content === content"
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.st-key-terms :is(li, strong, p)')]
    .map(one => parseFloat(getComputedStyle(one).fontSize)))"""


def paths():
    return [
        pytest.param(
            "/" + one.page.removeprefix("pages/")[2:].removesuffix(".py") if "/" in one.page else "/", id=one.key
        )
        for one in LESSONS
        if one.terms
    ]


def scores(open_screen, **more):
    screen = open_screen("self_attention", step="scores", **more)
    term = screen.find(".sa-finding .sa-term")
    expect(term).to_have_text("dot product")
    return screen, term


def bubble(term, meaning=None):
    """Wait until a term says its meaning, or, without one, says nothing."""
    content = f'"{meaning}"' if meaning else "none"
    term.page.wait_for_function(BUBBLE, arg=[term.element_handle(), content])


def test_a_term_explains_itself_to_mouse_and_keyboard(open_screen):
    screen, term = scores(open_screen)
    meaning = GLOSSARY["dot product"].meaning
    bubble(term)
    term.hover()
    bubble(term, meaning)
    screen.find("h1").hover()
    bubble(term)
    term.focus()
    bubble(term, meaning)
    assert serious(screen) == {}
    screen.page.keyboard.press("Tab")
    bubble(term)


def test_a_bubble_stays_on_a_phone(open_screen):
    screen, term = scores(open_screen, size=PHONE)
    term.click()
    bubble(term, GLOSSARY["dot product"].meaning)
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    width = term.evaluate("term => parseFloat(getComputedStyle(term, '::after').width)")
    assert 150 < width <= PHONE[0]


def test_every_term_has_a_place_that_can_be_linked_to(open_screen):
    screen = open_screen(path="/Glossary")
    places = screen.find(".st-key-glossary h3").evaluate_all("all => all.map(one => one.id)")
    assert places == [lookup.anchor(entry) for entry in GLOSSARY.values()]
    targets = screen.find(".st-key-glossary p a[href^='#']").evaluate_all("all => all.map(one => one.hash.slice(1))")
    assert len(targets) == sum(len(entry.see) for entry in GLOSSARY.values())
    assert set(targets) <= set(places)


def test_a_place_in_the_glossary_is_scrolled_to(open_screen):
    screen = open_screen(path="/Glossary#causal-mask")
    expect(screen.find("#causal-mask")).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("link", [{}, {"projector": "1"}, {"term": "softmax"}], ids=str)
def test_axe_finds_nothing_serious_in_the_glossary(open_screen, theme, link):
    assert serious(open_screen(path="/Glossary", theme=theme, **link)) == {}


def test_the_glossary_does_not_scroll_sideways_on_a_phone(open_screen):
    screen = open_screen(path="/Glossary", size=PHONE)
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    wide = screen.find(".st-key-glossary .stMarkdown").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"
    )
    assert wide == []


@pytest.mark.parametrize("path", paths())
def test_the_terms_of_a_lesson_fill_one_screen_of_a_room(open_screen, path):
    screen = open_screen(path=path, size=PROJECTOR, projector="1", view="terms")
    terms = screen.find(".st-key-terms")
    expect(terms).to_be_visible()
    assert screen.page.evaluate("document.querySelector('.stMain').scrollHeight") <= PROJECTOR[1]
    box = terms.bounding_box()
    assert box["y"] + box["height"] <= PROJECTOR[1]
    assert screen.page.evaluate(SMALLEST) >= POINTS_20
