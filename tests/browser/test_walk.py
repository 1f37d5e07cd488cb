"""The whole lesson by keyboard alone, for a room; and the link of every screen, opened where nobody has been yet."""

import re

import pytest
from playwright.sync_api import expect

from selfattn import course
from selfattn.ui import fields

pytestmark = pytest.mark.browser

# What every screen says of "Money bank grows" and "River bank flows": what it asks first, and the finding.
FINDINGS = {
    "home": (None, "In A, 24 % of the new “bank” is “money” and 8 % “grows”: it moves towards finance."),
    "why": (None, "In your sentence, 24 % of the new “bank” is “money”"),
    "toy": (None, "“bank” is [0.6, 0.2, 0.1, 0.7] in A and [0.6, 0.2, 0.1, 0.7] in B"),
    "real": (None, "50 numbers in A and B, number for number the same: the largest difference is 0."),
    "neighbours": (None, "All 12 nearest words of “bank” are nearer to finance: the other meaning, river, is drowned."),
    "wanted": ("Where will “bank” go in sentence B?", "the meaning of “bank” comes most from “money”"),
    "plane": (None, "B and C are more alike than A and C: 26 against 11."),
    "words": (None, "“bank” · “money” = 21.57"),
    "cosine": (None, "By the dot product “river” is more like “bank” than “and” is: 16.62 against 14.64."),
    "table": (None, "Most alike are “river” and “flows”: 28.99."),
    "hand": (None, "Now the cosine of “bank” is 0.89 to finance (it was 0.82), 0.52 to river (it was 0.44)"),
    "every": (None, "The left side is the same word, the right side differs"),
    "where": ("Where could the weights come from?", "“money” has 0.20 by hand, 0.24 computed."),
    "vectors": (None, "Every word is a vector of 50 numbers, the same in every sentence."),
    "scores": (None, "The dot product of “bank” with “money” is 21.57."),
    "scaled": (None, "The dot products are divided by 14.14"),
    "weights": ("besides itself, which word will give the new “bank” most?", "24 % of the new “bank” is “money”"),
    "sum": (None, "The new “bank” is a weighted sum: each vector times its weight, all added up."),
    "contextual": (None, "the contextual “bank” has a cosine of 0.97 with the static one."),
    "summary": (None, "In three steps “bank” gets a vector for this sentence"),
    "motion": (None, "In B, 17 % of the new “bank” is “river” and 15 % “flows”: it moves towards river."),
    "order": ("How will the new “bank” change?", "The new “bank” is the same in both sentences"),
    "mixed": ("Where will “bank” end?", "With both it ends in between"),
    "negation": ("Where will “bank” end in B?", "“bank” ends in almost the same place in both sentences"),
    "unknown": (None, "has no vector and is left out"),
    "frequent": (
        "which words will get more of the weight",
        "Words among the 200 most frequent take 85 %",
    ),
    "still": ("where will “bank” go in this sentence?", "“bank” hardly moves"),
    "beyond": (None, "The full transformer has a part for each failing."),
    "choose": (None, "Every lesson now works with GloVe 6B: 75,000 words, 50 numbers each."),
    "upload": (None, "Bring a file of word vectors: word2vec (text or binary), GloVe, or fastText’s .vec."),
    "train": (None, "Nothing is trained yet. Train reads “all three texts” 80 times"),
    "byhand": (None, "5 words, 2 numbers each: few enough to check every number in the head."),
    "oneword": (None, "Nearest to “bank”: banks (0.87), securities (0.80), banking (0.80), …"),
    "analogy": (None, "Nearest to king − man + woman is “queen” (0.85)."),
    "lists": (None, "The odd one out is “creek”"),
    "line": (None, "From “money” (−1) to “river” (1): farthest left is “cash”"),
    "map": (None, "“bank” and its 30 nearest words: the two axes keep 30 % of the variance."),
    "compare": (None, "Of the words nearest to “bank” in GloVe 6B and in By hand"),
    "often": (None, "Longest are, on average, the vectors of ranks 10 to 99"),
    "glossary": (None, None),
}


def name_of(place):
    return place.step.key if place.step else place.lesson.key


def link_of(place):
    parameters = {"step": place.step.key} if place.step and place.step.key != place.lesson.start else {}
    return parameters | ({"hidden": "1"} if place.step and place.step.asks else {})


def here(screen, place):
    """Wait until this screen is the one in the address, and drawn."""
    wanted = link_of(place) | {"projector": "1"}
    screen.page.wait_for_function(
        """([path, wanted]) => location.pathname === path &&
            [...new URLSearchParams(location.search)].sort().join() === wanted""",
        arg=[place.lesson.path, ",".join(f"{key},{value}" for key, value in sorted(wanted.items()))],
    )
    return screen.settled()


def said(screen, text):
    expect(screen.page.get_by_role("status").filter(has_text=text).first).to_be_visible()


def test_every_screen_has_its_finding():
    assert list(FINDINGS) == [name_of(place) for place in course.PLACES]


def test_walk_through_all_lessons_by_keyboard_in_a_room(open_screen):
    screen = open_screen(projector="1")
    for at, place in enumerate(course.PLACES):
        if at:
            screen.page.keyboard.press("ArrowRight")
        here(screen, place)
        question, finding = FINDINGS[name_of(place)]
        if question:
            said(screen, question)
            expect(screen.find(".stPlotlyChart")).to_have_count(0)
            screen.page.keyboard.press("a")
            expect(screen.find(".sa-question")).to_have_count(0)
        if finding:
            said(screen, finding)
        screen.settled()
        charts = screen.find(".stPlotlyChart").evaluate_all("all => all.map(one => one.ariaLabel)")
        assert all(charts), "every chart says what it shows"
    screen.page.keyboard.press("ArrowLeft")
    here(screen, course.PLACES[-2])


def test_link_of_every_screen_opens_on_a_fresh_server(open_screen, fresh_server):
    """Go through every screen with a sentence and settings of one's own; its address shows the same elsewhere."""
    own = {"a": "The bank approved our loan", "b": "Fish swim near the bank", "preset": "scaled", "projector": "1"}
    for place in course.PLACES:
        link = own | link_of(place)
        screen = open_screen(path=place.lesson.path, **link)
        elsewhere = open_screen(path=place.lesson.path, address=fresh_server.address, alone=True, **link)
        assert elsewhere.everything() == screen.everything(), name_of(place)
        assert re.sub(r".*?//[^/]*", "", elsewhere.page.url) == re.sub(r".*?//[^/]*", "", screen.page.url)
        screen.page.close()
        elsewhere.page.close()


def test_link_of_every_view_opens_on_a_fresh_server(open_screen, fresh_server):
    own = {"a": "The bank approved our loan", "change": "swap", "by": "money", "trace": "coordinate", "dimension": "7"}
    for page in ("/", "/Why_self_attention", "/One_word_one_vector", "/Weighted_sum", "/Self_attention"):
        for view in fields.VIEWS:
            screen = open_screen(path=page, view=view, **own)
            elsewhere = open_screen(path=page, address=fresh_server.address, alone=True, view=view, **own)
            assert elsewhere.everything() == screen.everything(), (page, view)
            screen.page.close()
            elsewhere.page.close()
