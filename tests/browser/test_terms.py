"""Terms in a real browser: they explain themselves to mouse, keyboard and finger; the glossary has a place for each."""

import pytest
from playwright.sync_api import expect

from selfattn.glossary import GLOSSARY
from selfattn.lessons.glossary import screen as lookup
from tests.browser.checks import serious
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser

BUBBLE = "([term, content]) => getComputedStyle(term, '::after').content === content"


def bubble(term, meaning=None):
    """Wait until a term says its meaning, or, without one, says nothing."""
    content = f'"{meaning}"' if meaning else "none"
    term.page.wait_for_function(BUBBLE, arg=[term.element_handle(), content])


def test_a_term_explains_itself_to_mouse_keyboard_and_finger(open_screen):
    screen = open_screen("self_attention", step="scores")
    term = screen.find(".sa-finding .sa-term")
    expect(term).to_have_text("dot product")
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

    screen.resize(PHONE)  # a finger clicks; the bubble stays within the window
    term.click()
    bubble(term, meaning)
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    width = term.evaluate("term => parseFloat(getComputedStyle(term, '::after').width)")
    assert 150 < width <= PHONE[0]


def test_every_term_has_a_place_that_can_be_linked_to_and_fits_a_phone(open_screen):
    screen = open_screen(path="/Glossary#causal-mask")
    expect(screen.find("#causal-mask")).to_be_in_viewport()
    places = screen.find(".st-key-glossary h3").evaluate_all("all => all.map(heading => heading.id)")
    assert places == [lookup.anchor(entry) for entry in GLOSSARY.values()]
    targets = screen.find(".st-key-glossary p a[href^='#']").evaluate_all("all => all.map(link => link.hash.slice(1))")
    assert len(targets) == sum(len(entry.see) for entry in GLOSSARY.values())
    assert set(targets) <= set(places)
    screen.resize(PHONE)
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    wide = screen.find(".st-key-glossary .stMarkdown").evaluate_all(
        "all => all.filter(text => text.scrollWidth > text.clientWidth + 1).map(text => text.innerText)"
    )
    assert wide == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_one_term(open_screen, theme):
    assert serious(open_screen(path="/Glossary", theme=theme, term="softmax")) == {}
