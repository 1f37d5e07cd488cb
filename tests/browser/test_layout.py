"""Nothing below the fold on a projector, nothing cut off on a phone, no label on another."""

import re
from itertools import combinations

import pytest
from playwright.sync_api import expect

from selfattn import SENSES, course
from selfattn.ui import fields
from tests.apps import screens_of

pytestmark = pytest.mark.browser

OVERFLOW = """() => { const main = document.querySelector('[data-testid="stMain"]');
    return [main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth]; }"""
BELOW_THE_FOLD = """() => { const main = document.querySelector('[data-testid="stMain"]');
    return main.scrollHeight - main.clientHeight; }"""
BOXES = """all => all.filter(one => one.textContent.length > 0).map(one => {
    const box = one.getBoundingClientRect(); return [one.textContent, box.left, box.top, box.right, box.bottom]; })"""
SIZES = """all => all.filter(one => one.textContent)
    .map(one => [one.textContent, parseFloat(getComputedStyle(one).fontSize)])"""
LABELS = ".annotation-text, .textpoint text"
LONG = "We sat on the bank of the river and watched the boats"


def four_sentences(word):
    first, second = SENSES[word].examples.values()
    texts = [text for pair in zip(first, second, strict=False) for text in pair][:4]
    return dict(zip("abcd", texts, strict=False)) | {"n": "4", "word": word}


def test_home_fits_a_projector(open_screen):
    screen = open_screen()
    assert screen.page.evaluate(BELOW_THE_FOLD) <= 0
    for word in SENSES:
        screen.open("Examples").settled().choose(word)
        expect(screen.page.get_by_role("heading", level=1)).to_have_text(f"Why “{word}” means two things")
        screen.close().settled()
        assert screen.page.evaluate(BELOW_THE_FOLD) <= 0, f"{word} needs scrolling"


def overlapping(found):
    """The pairs of texts that share more than a pixel in both directions."""
    return [
        (one[0], other[0])
        for one, other in combinations(found.evaluate_all(BOXES), 2)
        if min(one[3], other[3]) - max(one[1], other[1]) > 1 and min(one[4], other[4]) - max(one[2], other[2]) > 1
    ]


@pytest.mark.parametrize("size", ["projector", "laptop", "phone"])
@pytest.mark.parametrize("page", ["home", "self_attention", "motion"])
def test_page_fits_and_can_be_read(open_screen, sizes, page, size):
    screen = open_screen(page, size=sizes[size], a=LONG, n="4", pulls="1")
    steps = course.BY_KEY[page].steps
    for step in (None, *(one for one in steps if one.key != "weights")):
        if step:
            screen.choose(f"{steps.index(step) + 1} {step.title}")
            screen.page.wait_for_url(f"**step={step.key}*")
            screen.settled()
        assert max(screen.page.evaluate(OVERFLOW)) <= 0, "the page scrolls sideways"
        texts = screen.find(".js-plotly-plot text")
        expect(texts.first).to_be_attached()
        assert [text for text in texts.evaluate_all(SIZES) if text[1] < 12] == []


@pytest.mark.parametrize("lesson", [lesson.key for lesson in course.LESSONS])
def test_every_screen_fits_a_phone_and_can_be_read(open_screen, sizes, lesson):
    screen = open_screen(lesson, size=sizes["phone"], mobile=True)
    looks = [{"view": view} for view in fields.VIEWS] if lesson == "self_attention" else []
    for link in [*screens_of(course.BY_KEY[lesson]), *looks]:
        screen.go(course.BY_KEY[lesson].path, a=LONG, **link)
        assert max(screen.page.evaluate(OVERFLOW)) <= 0, f"{link} scrolls sideways"
        drawn = screen.find(".js-plotly-plot text").evaluate_all(SIZES)
        assert [text for text in drawn if text[1] < 12] == [], link


def test_a_phone_has_the_picture_on_its_first_screen(open_screen, sizes):
    for lesson in ("home", "self_attention", "one_vector", "weighted_sum", "limits"):
        screen = open_screen(lesson, size=sizes["phone"], mobile=True)
        assert screen.finding().first.bounding_box()["y"] < 450, lesson
        assert screen.find(".stPlotlyChart").first.bounding_box()["y"] < 700, lesson


@pytest.mark.parametrize("word", ["bank", "bass", "mouse", "plant", "spring", "apple", "java", "star"])
def test_labels_do_not_overlap(open_screen, word):
    screen = open_screen("motion", **four_sentences(word))
    plot = screen.chart("motion").locator(LABELS)
    assert {f"{letter}: {word}′" for letter in "ABCD"} <= set(plot.all_text_contents())
    assert overlapping(plot) == []
    screen.page.get_by_text("Pulls", exact=True).click()
    expect(plot.filter(has_text="+ 0.").first).to_be_visible()
    screen.settled()
    assert overlapping(plot) == []


@pytest.mark.parametrize("size", ["projector", "laptop", "phone"])
@pytest.mark.parametrize("projector", ["", "1"])
def test_the_player_and_the_names_of_the_axes_stand_apart(open_screen, sizes, size, projector):
    screen = open_screen("motion", size=sizes[size], **({"projector": "1"} if projector else {}))
    foot = screen.chart("motion").locator(".updatemenu-button text, .annotation-text")
    expect(foot.filter(has_text=re.compile("Play|Pause|keep|←|→"))).to_have_count(5)
    screen.settled()
    names = "Play|Pause|←|→" if size == "phone" else "Play|Pause|keep|←|→"  # a narrow window need not be a phone
    assert overlapping(foot.filter(has_text=re.compile(names))) == []
    slider, plot = screen.page.get_by_role("slider").bounding_box(), screen.chart("motion").bounding_box()
    assert slider["y"] > plot["y"] + plot["height"], "the slider is under the plot"
