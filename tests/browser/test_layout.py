"""Nothing below the fold on a projector, nothing cut off on a phone, no label on another."""

from itertools import combinations

import pytest
from playwright.sync_api import expect

from selfattn import SENSES

pytestmark = pytest.mark.browser

OVERFLOW = """() => { const main = document.querySelector('[data-testid="stMain"]');
    return [main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth]; }"""
BELOW_THE_FOLD = """() => { const main = document.querySelector('[data-testid="stMain"]');
    return main.scrollHeight - main.clientHeight; }"""
BOXES = """chart => [...chart.querySelectorAll('.annotation-text')].map(text => {
    const box = text.getBoundingClientRect(); return [text.textContent, box.left, box.top, box.right, box.bottom]; })"""


def four_sentences(word):
    first, second = SENSES[word].examples.values()
    texts = [text for pair in zip(first, second, strict=False) for text in pair][:4]
    return dict(zip("abcd", texts, strict=False)) | {"n": "4", "word": word}


def test_home_fits_a_projector(open_screen):
    screen = open_screen()
    assert screen.page.evaluate(BELOW_THE_FOLD) <= 0
    for word in SENSES:
        screen.page.get_by_role("button", name="Examples").click()
        screen.choose(word)
        expect(screen.page.get_by_role("heading", level=1)).to_have_text(f"Why “{word}” means two things")
        screen.page.keyboard.press("Escape")
        screen.settled()
        assert screen.page.evaluate(BELOW_THE_FOLD) <= 0, f"{word} needs scrolling"


@pytest.mark.parametrize("size", ["laptop", "phone"])
@pytest.mark.parametrize("page", ["home", "self_attention", "motion"])
def test_no_page_scrolls_sideways(open_screen, sizes, page, size):
    screen = open_screen(page, size=sizes[size], a="We sat on the bank of the river and watched the boats", n="4")
    assert max(screen.page.evaluate(OVERFLOW)) <= 0
    if page == "self_attention":
        for title in ("1 Vectors", "2 Dot products", "3 Scaled", "5 Weighted sum", "6 Contextual"):
            screen.choose(title)
            screen.settled()
            assert max(screen.page.evaluate(OVERFLOW)) <= 0, title


@pytest.mark.parametrize("word", ["bank", "bass", "mouse", "plant", "spring", "apple", "java", "star"])
@pytest.mark.parametrize("pulls", ["0", "1"])
def test_labels_do_not_overlap(open_screen, word, pulls):
    screen = open_screen("motion", pulls=pulls, **four_sentences(word))
    boxes = screen.chart("motion").evaluate(BOXES)
    assert len(boxes) > 10
    assert {f"{letter}: {word}′" for letter in "ABCD"} <= {box[0] for box in boxes}
    covered = [
        (one[0], other[0])
        for one, other in combinations(boxes, 2)
        if min(one[3], other[3]) - max(one[1], other[1]) > 1 and min(one[4], other[4]) - max(one[2], other[2]) > 1
    ]
    assert not covered


@pytest.mark.parametrize("size", ["projector", "phone"])
@pytest.mark.parametrize("page", ["home", "self_attention", "motion"])
def test_text_in_charts_can_be_read(open_screen, sizes, page, size):
    screen = open_screen(page, size=sizes[size], a="We sat on the bank of the river and watched the boats", pulls="1")
    drawn = screen.page.locator(".js-plotly-plot text:not(.slider-label)").evaluate_all(
        "all => all.filter(one => one.textContent).map(one => [one.textContent, parseFloat(getComputedStyle(one).fontSize)])"
    )
    assert len(drawn) > 10
    assert [text for text in drawn if text[1] < 12] == []


@pytest.mark.parametrize("page", ["home", "motion"])
def test_controls_of_a_chart_do_not_cover_its_words(open_screen, sizes, page):
    screen = open_screen(page, size=sizes["phone"])
    boxes = screen.chart("motion").evaluate(
        """chart => [...chart.querySelectorAll('.slider-label, .updatemenu-button')].filter(one => one.textContent.length > 4)
            .map(one => { const box = one.getBoundingClientRect();
                return [one.textContent, box.left, box.top, box.right, box.bottom]; })"""
    )
    assert len(boxes) == (3 if page == "motion" else 0)
    covered = [
        (one[0], other[0])
        for one, other in combinations(boxes, 2)
        if min(one[3], other[3]) - max(one[1], other[1]) > 1 and min(one[4], other[4]) - max(one[2], other[2]) > 1
    ]
    assert not covered
