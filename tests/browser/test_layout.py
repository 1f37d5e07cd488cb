"""Nothing below the fold on a projector, and no label on another. What every screen has to keep: test_walk.py."""

import re
from itertools import combinations

import pytest
from playwright.sync_api import expect

from selfattn import SENSES
from selfattn.core.heaviest import SHOWN
from tests.browser import checks, waiting
from tests.browser.conftest import LABELS, LAPTOP

pytestmark = pytest.mark.browser

BOXES = """all => all.filter(text => text.textContent.length > 0).map(text => {
    const box = text.getBoundingClientRect(); return [text.textContent, box.left, box.top, box.right, box.bottom]; })"""
LONGEST = 12  # words whose examples together are the longest: what could be too much for the screen
WORDS = ("bank", "bass", "mouse", "plant", "spring", "apple", "java", "star")


def four_sentences(word):
    first, second = SENSES[word].examples.values()
    texts = [text for pair in zip(first, second, strict=False) for text in pair][:4]
    return dict(zip("abcd", texts, strict=False)) | {"n": "4", "word": word}


def letters(word):
    """Count the letters of the two sentences that the example of a word shows."""
    return sum(len(texts[0]) for texts in SENSES[word].examples.values())


def test_home_fits_a_projector(open_screen):
    screen = open_screen()
    with checks.Complaints() as complaints:
        complaints.at("home")
        complaints.about(below_the_fold=checks.below_the_fold(screen))
        for word in sorted(SENSES, key=letters)[-LONGEST:]:
            complaints.at(word)
            screen.open("Examples").settled().choose(word)
            expect(screen.title()).to_have_text(f"Why “{word}” means two things")
            complaints.about(below_the_fold=checks.below_the_fold(screen.close().settled()))


def overlapping(texts):
    """The pairs of texts that share more than two pixels in both directions; a line is taller than its letters."""
    return [
        (one[0], other[0])
        for one, other in combinations(texts.evaluate_all(BOXES), 2)
        if min(one[3], other[3]) - max(one[1], other[1]) > 2 and min(one[4], other[4]) - max(one[2], other[2]) > 2
    ]


def test_labels_do_not_overlap(open_screen):
    screen = open_screen("motion")
    plot = screen.chart("motion").locator(LABELS)
    with checks.Complaints() as complaints:
        for word in WORDS:
            complaints.at(word)
            screen.go("/Meaning_in_motion", **four_sentences(word))
            shown = set(plot.all_text_contents())
            complaints.about(missing={f"{letter}: {word}′" for letter in "ABCD"} - shown, overlapping=overlapping(plot))
            screen.page.get_by_text("Pulls", exact=True).click()
            waiting.parameter(screen.page, "pulls", "1")
            screen.settled()
            complaints.about(overlapping_pulls=overlapping(plot))


def test_the_player_and_the_names_of_the_axes_stand_apart(open_screen, sizes):
    screen = open_screen("motion")
    foot = screen.chart("motion").locator(".annotation-text")
    with checks.Complaints() as complaints:
        for room in (False, True):
            for name, size in sizes.items():
                complaints.at(f"{name}{' in a room' if room else ''}")
                screen.resize(size)
                expect(foot.filter(has_text=re.compile("keep|←|→"))).to_have_count(3)
                slider, plot = screen.page.get_by_role("slider").bounding_box(), screen.chart("motion").bounding_box()
                complaints.about(
                    overlapping=overlapping(foot.filter(has_text=re.compile("keep|←|→"))),
                    slider_on_the_plot=slider["y"] <= plot["y"] + plot["height"] and slider,
                )
            screen.resize(sizes["projector"]).key("f").settled()  # a phone has no layout for a room
            expect(screen.find(".st-key-room")).to_have_count(0 if room else 1)


def test_a_sentence_of_500_words_is_drawn_by_its_telling_words(open_screen, vectors):
    """Nothing is drawn once for each word, and all of it once for each pair, however long the sentence is."""
    words = [word for word in vectors.index_to_key[100:900] if word.isalpha()][:499]
    text, drawn = " ".join([*words, "bank"]), "all => all.map(chart => chart.querySelectorAll('.point, text').length)"
    with checks.Complaints() as complaints:
        for page, link in (("home", {}), ("self_attention", {"step": "weights"}), ("motion", {"pulls": "1"})):
            screen = open_screen(page, size=LAPTOP, **link)
            complaints.at(page)
            screen.box("A").fill(text)
            screen.box("A").press("Enter")
            waiting.parameter(screen.page, "a", text)
            screen.settled()
            marks = screen.find(".js-plotly-plot").evaluate_all(drawn)
            complaints.about(
                marks=max(marks) > (SHOWN + 1) * (SHOWN + 2) and marks,
                bars=screen.find(".sa-bars").count() and len(screen.bars()) != SHOWN and screen.bars(),
                sideways=checks.sideways(screen),
                cut=checks.cut_words(screen),
                covered=checks.covered_words(screen),
            )
