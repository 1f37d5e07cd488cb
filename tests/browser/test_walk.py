"""Walks through all screens of all lessons, each in one page: for a room, on a desk, on a phone.

On every screen everything is checked that ought to hold there; what is wrong is told by the name of the screen.
With SELFATTN_NIGHTLY=1 every screen is also opened anew by its link, in every theme.
"""

import pytest
from playwright.sync_api import expect

from selfattn import course
from tests.browser import checks
from tests.covering import NIGHTLY

pytestmark = pytest.mark.browser

# What every screen says of "Money bank grows" and "River bank flows": what it asks first, and the finding.
FINDINGS = {
    "home": (None, "In A, 67 % of the new “bank” is “money” and 33 % “grows”: it stays with finance."),
    "why": (None, "In your sentence, 67 % of the new “bank” is “money”"),
    "toy": (None, "“bank” is [0.6, 0.2, 0.1, 0.7] in A and [0.6, 0.2, 0.1, 0.7] in B"),
    "real": (None, "50 numbers in A and B, number for number the same: the largest difference is 0."),
    "neighbours": (None, "All 12 nearest words of “bank” are nearer to finance: the other meaning, river, is drowned."),
    "wanted": (None, "the meaning of “bank” comes most from “money”"),
    "plane": (None, "B and C are more alike than A and C: 26 against 11."),
    "words": (None, "“bank” · “money” = 21.57"),
    "cosine": (None, "By the dot product “river” is more like “bank” than “and” is: 16.62 against 14.64."),
    "table": (None, "Most alike are “river” and “flows”: 28.99."),
    "hand": (None, "With these weights “bank” stays with finance: from −2.2 to −1.9 on the line, where 0 is neither."),
    "every": (None, "The left side is the same word, the right side differs"),
    "where": ("Where could the weights come from?", "“money” has 0.20 by hand, 0.24 computed."),
    "vectors": (None, "Every word is a vector of 50 numbers, the same in every sentence."),
    "scores": (None, "The dot product of “bank” with “money” is 21.57."),
    "scaled": (None, "The dot products are divided by 14.14"),
    "weights": ("besides itself, which word will give the new “bank” most?", "24 % of the new “bank” is “money”"),
    "sum": (None, "The new “bank” is a weighted sum: each vector times its weight, all added up."),
    "contextual": (None, "the contextual “bank” has a cosine of 0.97 with the static one."),
    "summary": (None, "In three steps “bank” gets a vector for this sentence"),
    "motion": (None, "In B, 71 % of the new “bank” is “flows” and 29 % “river”: it crosses to river."),
    "order": ("How will the new “bank” change?", "The new “bank” is the same in both sentences"),
    "mixed": ("Where will “bank” end?", "With both it ends in between"),
    "negation": ("Where will “bank” end in B?", "“bank” ends in almost the same place in both sentences"),
    "unknown": (None, "has no vector and is left out"),
    "frequent": (
        "which words will get more of the weight",
        "Words among the 200 most frequent take 85 %",
    ),
    "still": ("“Peter remembers every bank”: where will “bank” end?", "“bank” stays with finance"),
    "beyond": (None, "The full transformer has a part for each failing."),
    "parts": ("The scores are symmetric: are the weights, too?", "The weights are not: 0.05 and 0.33."),
    "learn": ("Whose weight in the new “bank” will grow most?", "Nobody writes W_Q, W_K and W_V: they are learned"),
    "learned": ("after training?", "The 100 most frequent words get less of the weight"),
    "general": ("how many will it get right?", "Of 859 sentences that it never trained on, it gets 819 right."),
    "own": (None, "“left” is on the right side in 7 of 10 sentences of yours."),
    "several": (
        "Where does it end without the one that moves it most?",
        "In A, head 2 moves “bank” most, by 39 % of the way to finance",
    ),
    "positions": ("What becomes of the difference?", "“bank” is word 2 of A and word 5 of B."),
    "masked": ("sum to?", "“bank” sees itself and the word before it."),
    "around": (None, "“bank” keeps more of itself with the shortcut"),
    "same": ("where does most of it land?", "“bank” looks most at “Money” in layer 1, head 3"),
    "layers": (
        "from which layer on is “bank” on the side where it ends?",
        "In A “bank” is with finance from layer 1 on (−0.39 at layer 6)",
    ),
    "beside": (
        "which puts the word on the right side more often",
        "“Trained” puts “bank” with finance in A (−0.44) and with river",
    ),
    "number": (None, "Layer 1, head 3: “bank” gives “money” more than 99 % of its weight."),
    "choose": (None, "Every lesson now works with GloVe 6B: 75,000 words, 50 numbers each."),
    "upload": (None, "Bring a file of word vectors: word2vec (text or binary), GloVe, or fastText’s .vec."),
    "train": (None, "Nothing is trained yet. Train reads “all three texts” 80 times"),
    "byhand": (None, "5 words, 2 numbers each: few enough to check every number in the head."),
    "oneword": (None, "Nearest to “bank”: banks (0.87), securities (0.80), banking (0.80), …"),
    "analogy": (None, "Nearest to king − man + woman is “queen” (0.85)."),
    "lists": (None, "The odd one out is “creek”"),
    "line": (None, "From “money” (−1) to “river” (1): farthest left is “cash”"),
    "map": (None, "“bank” and its 30 nearest words: the two axes keep 30 % of the variance."),
    "compare": (None, "Of the words nearest to “bank” in GloVe 6B and in Trained on three texts"),
    "often": (None, "Longest are, on average, the vectors of ranks 10 to 99"),
    "glossary": (None, None),
}


LONG = "We sat on the bank of the river and watched the boats"
OWN = {"a": LONG, "b": "Fish swim near the bank", "n": "4", "preset": "scaled", "pulls": "1"}
BARE = ("plane", "learn", "choose", "upload", "train")  # a drawing of its own; choices; and nothing is trained yet
FIRST_SEEN = ("home", "self_attention", "one_vector", "weighted_sum", "limits")  # lessons that begin with a picture
ANSWERED = "() => !new URLSearchParams(location.search).has('hidden')"
TO_THE_TOP = "document.querySelector('[data-testid=stMain]').scrollTop = 0"
HERE = """([path, wanted]) => location.pathname === path &&
    [...new URLSearchParams(location.search)].map(pair => pair.join('=')).sort().join('\\n') === wanted"""


def name_of(place):
    return place.step.key if place.step else place.lesson.key


def asks(place):
    return bool(place.step and place.step.asks)


def link_of(place):
    parameters = {"step": place.step.key} if place.step and place.step.key != place.lesson.start else {}
    return parameters | ({"hidden": "1"} if asks(place) else {})


def by_arrow(screen, _place, _link):
    screen.key("ArrowRight")


def by_remote(screen, _place, _link):
    screen.key("PageDown")


def by_next(screen, _place, _link):
    screen.find(".st-key-next").get_by_role("button").tap()


def by_link(screen, place, link):
    screen.go(place.lesson.path, **link)


def arrive(screen, place, link):
    """Wait until a screen is the one in the address, and drawn."""
    parameters = "\n".join(sorted(f"{key}={value}" for key, value in link.items()))
    screen.page.wait_for_function(HERE, arg=[place.lesson.path, parameters])
    screen.settled()


def walk(screen, complaints, onward, link):
    """Go through every screen of the course, one after another."""
    for number, place in enumerate(course.PLACES):
        complaints.at(name_of(place))
        wanted = link | link_of(place)
        if number:
            onward(screen, place, wanted)
        arrive(screen, place, wanted)
        yield place


def show_answer(screen, place, press=by_arrow):
    """Show what a screen has asked for, where it has asked: the key that leads on does so first."""
    if asks(place):
        press(screen, place, None)
        screen.page.wait_for_function(ANSWERED)
        expect(screen.find(".sa-question")).to_have_count(0)
        screen.settled()


@pytest.fixture(params=[by_arrow, *([by_link] if NIGHTLY else [])])
def onward(request):
    return request.param


@pytest.fixture(params=[by_remote, *([by_link] if NIGHTLY else [])])
def remotely(request):
    return request.param


def test_every_screen_has_its_finding():
    assert list(FINDINGS) == [name_of(place) for place in course.PLACES]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_in_a_room_every_word_is_large_and_the_picture_needs_no_scrolling(open_screen, theme, onward):
    """The whole course as a teacher shows it, by keyboard alone."""
    link = {"projector": "1", "pulls": "1"}
    screen = open_screen(theme=theme, **link)
    with checks.Complaints() as complaints:
        for place in walk(screen, complaints, onward, link):
            question, finding = FINDINGS[name_of(place)]
            if asks(place):
                complaints.about(
                    question=checks.unsaid(screen, question),
                    charts_of_a_question=checks.descriptions(screen),
                    small_question=checks.small_words(screen),
                    sideways_question=checks.sideways(screen),
                    question_below_the_fold=checks.below_the_fold(screen),
                )
            show_answer(screen, place)
            complaints.about(
                finding=finding and checks.unsaid(screen, finding),
                low_finding=finding and checks.low_finding(screen, 1000),
                small=checks.small_words(screen),
                sideways=checks.sideways(screen),
                cut_off_charts=checks.cut_off_charts(screen),
                undescribed=checks.undescribed(screen),
                serious=checks.serious(screen),
            )
        screen.key("PageUp")
        arrive(screen, course.PLACES[-2], link | link_of(course.PLACES[-2]))


def wrong_on_a_desk(screen, place):
    """Check what holds in every window: charts that are described, and what axe looks at."""
    return {
        "no_chart": name_of(place) not in (*BARE, "glossary") and not checks.descriptions(screen),
        "undescribed": checks.undescribed(screen),
        "serious": checks.serious(screen),
    }


@pytest.mark.parametrize("theme", ["light", *(["dark"] if NIGHTLY else [])])
def test_on_a_desk_the_address_of_every_screen_shows_the_same_elsewhere(open_screen, fresh_server, theme, onward):
    screen = open_screen(theme=theme, **OWN)
    elsewhere = open_screen(address=fresh_server.address, alone=True, theme=theme, **OWN)
    with checks.Complaints() as complaints:
        for place in walk(screen, complaints, onward, OWN):
            elsewhere.go(screen.where())
            seen, there = screen.everything(), elsewhere.everything()
            complaints.about(
                differs_elsewhere=seen != there and (seen, there),
                other_address=screen.where() != elsewhere.where() and elsewhere.where(),
            )
            show_answer(screen, place)
            complaints.about(**wrong_on_a_desk(screen, place))


@pytest.mark.parametrize("theme", ["dark", *(["light"] if NIGHTLY else [])])
def test_on_a_desk_everything_fits_in_windows_of_four_sizes(open_screen, sizes, theme, remotely):
    """The whole course by the keys of a presenter's remote."""
    screen = open_screen(theme=theme, **OWN)
    with checks.Complaints() as complaints:
        for place in walk(screen, complaints, remotely, OWN):
            show_answer(screen, place, by_remote)
            complaints.about(**wrong_on_a_desk(screen, place))
            for size in ("laptop", "enlarged", "phone", "projector"):
                screen.resize(sizes[size])
                wrong = {
                    "sideways": checks.sideways(screen), "small": checks.small_labels(screen),
                    "cut": checks.cut_words(screen), "covered": checks.covered_words(screen),
                }  # fmt: skip
                complaints.about(**{f"{name} on a {size}": result for name, result in wrong.items()})


def test_on_a_phone_everything_fits_and_the_picture_is_on_the_first_screen(open_screen, sizes):
    link = {"a": LONG, "pulls": "1"}
    screen = open_screen(size=sizes["phone"], mobile=True, **link)
    with checks.Complaints() as complaints:
        for place in walk(screen, complaints, by_next, link):
            if asks(place):
                complaints.about(sideways_question=checks.sideways(screen))
            show_answer(screen, place, by_next)
            complaints.about(
                sideways=checks.sideways(screen),
                small=checks.small_labels(screen),
                serious=checks.serious(screen),
            )
            if place.lesson.key in FIRST_SEEN and place.step in (None, place.lesson.step(place.lesson.start)):
                screen.page.evaluate(TO_THE_TOP)
                top = screen.find(".stPlotlyChart").first.bounding_box()["y"]
                complaints.about(low_finding=checks.low_finding(screen, 380), low_picture=top >= 700 and top)
