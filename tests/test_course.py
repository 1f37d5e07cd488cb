"""The lessons and their screens: one order, one name each, and a way through all of them and back."""

from pathlib import Path

import pytest

from selfattn import course
from selfattn.course import ALL_STEPS, BY_KEY, LESSONS, PLACES
from selfattn.glossary import GLOSSARY
from selfattn.lessons.dot_product import screen as dot_product
from selfattn.lessons.explore import screen as explore
from selfattn.lessons.heads_order_mask import screen as heads_order_mask
from selfattn.lessons.limits import screen as limits
from selfattn.lessons.one_vector import screen as one_vector
from selfattn.lessons.query_key_value import screen as query_key_value
from selfattn.lessons.self_attention import screen as self_attention
from selfattn.lessons.transformer import screen as transformer
from selfattn.lessons.weighted_sum import screen as weighted_sum
from selfattn.lessons.word_vectors import screen as word_vectors

ROOT = Path(__file__).parents[1]
IN_CLASS = [
    "home",
    "why",
    "one_vector",
    "dot_product",
    "weighted_sum",
    "self_attention",
    "motion",
    "limits",
    "query_key_value",
    "heads",
    "transformer",
    "vectors",
    "explore",
    "glossary",
]
TRAINED = {
    "home",
    "why",
    "one_vector",
    "motion",
    "query_key_value",
    "heads",
}  # those where attention is looked at, and not yet, or no more, built
ASKING = {
    "where", "weights", "order", "mixed", "negation", "frequent", "still",
    "parts", "learn", "learned", "general", "several", "positions", "masked", "same", "layers", "beside",
}  # fmt: skip


def at(place):
    return place.lesson.key, place.step.key if place.step else ""


def test_the_lessons_come_in_the_order_of_the_class():
    assert [lesson.key for lesson in LESSONS] == IN_CLASS
    assert list(BY_KEY) == IN_CLASS
    assert all(BY_KEY[lesson.key] is lesson for lesson in LESSONS)


def test_numbered_pages_are_in_that_order():
    pages = [lesson.page for lesson in LESSONS]
    assert pages[0] == "app.py"
    assert [int(page.split("/")[1].split("_")[0]) for page in pages[1:]] == list(range(1, len(pages)))


@pytest.mark.parametrize("name", ["key", "title", "page", "icon"])
def test_no_two_lessons_share(name):
    found = [getattr(lesson, name) for lesson in LESSONS]
    assert all(found)
    assert len(set(found)) == len(LESSONS)


def test_every_page_is_a_file_and_every_file_a_page():
    files = {str(path.relative_to(ROOT)) for path in (ROOT / "pages").glob("*.py")} | {"app.py"}
    assert files == {lesson.page for lesson in LESSONS}


def test_no_two_steps_share_a_key():
    assert len(set(ALL_STEPS)) == len(ALL_STEPS)
    assert all(key.isascii() and key.islower() and key.isalpha() for key in ALL_STEPS), "read aloud and in a link"


@pytest.mark.parametrize("lesson", LESSONS, ids=IN_CLASS)
def test_a_lesson_starts_at_one_of_its_steps(lesson):
    assert bool(lesson.steps) == bool(lesson.start)
    assert lesson.start in {step.key for step in lesson.steps} | {""}
    assert len({step.title for step in lesson.steps}) == len(lesson.steps)
    assert len(lesson.steps) != 1, "a lesson of one screen has no steps"


@pytest.mark.parametrize("lesson", LESSONS, ids=IN_CLASS)
def test_a_step_is_found_by_its_key_in_its_own_lesson_only(lesson):
    assert [lesson.step(step.key) for step in lesson.steps] == list(lesson.steps)
    assert [lesson.step(key) for key in ("", "nowhere")] == [None, None]
    assert not [key for key in ALL_STEPS if lesson.step(key) and key not in {step.key for step in lesson.steps}]


@pytest.mark.parametrize(
    ("lesson", "steps"),
    [
        (course.ONE_VECTOR, one_vector.STEPS),
        (course.DOT_PRODUCT, dot_product.STEPS),
        (course.WEIGHTED_SUM, weighted_sum.STEPS),
        (course.SELF_ATTENTION, self_attention.STEPS),
        (course.LIMITS, limits.CASES),
        (course.QUERY_KEY_VALUE, query_key_value.SCREENS),
        (course.HEADS, heads_order_mask.SCREENS),
        (course.TRANSFORMER, transformer.SCREENS),
        (course.VECTORS, word_vectors.STEPS),
        (course.EXPLORE, explore.STEPS),
    ],
)
def test_every_step_has_something_that_draws_it(lesson, steps):
    assert list(steps) == [step.key for step in lesson.steps]


def test_the_steps_that_ask():
    assert {step.key for lesson in LESSONS for step in lesson.steps if step.asks} == ASKING


def test_the_lessons_that_build_attention_by_hand_show_it_untrained():
    assert {lesson.key: lesson.preset for lesson in LESSONS} == {
        key: "trained" if key in TRAINED else "balanced" for key in IN_CLASS
    }


def test_steps_of_self_attention_are_the_arithmetic_in_order():
    assert [step.key for step in course.SELF_ATTENTION.steps] == [
        "vectors", "scores", "scaled", "weights", "sum", "contextual", "summary",
    ]  # fmt: skip
    assert course.SELF_ATTENTION.start == "weights", "links of the first version open there"


# the way through


def test_every_screen_is_visited_once_in_order():
    assert [at(place) for place in PLACES] == [
        (lesson.key, step.key if step else "") for lesson in LESSONS for step in (lesson.steps or (None,))
    ]
    assert len({at(place) for place in PLACES}) == len(PLACES)


def test_next_leads_through_all_and_back_leads_back():
    way = [PLACES[0]]
    while there := course.after(*key_of(way[-1])):
        way.append(there)
        assert len(way) <= len(PLACES)
    assert tuple(way) == PLACES
    back = [PLACES[-1]]
    while there := course.before(*key_of(back[-1])):
        back.append(there)
        assert len(back) <= len(PLACES)
    assert back == way[::-1]


def test_before_undoes_after_and_only_the_ends_have_no_neighbour():
    for place in PLACES:
        after, before = course.after(*key_of(place)), course.before(*key_of(place))
        assert after is None or course.before(*key_of(after)) == place
        assert before is None or course.after(*key_of(before)) == place
        assert (after is None) == (place is PLACES[-1])
        assert (before is None) == (place is PLACES[0])


def key_of(place):
    return place.lesson, place.step.key if place.step else ""


# terms


@pytest.mark.parametrize("lesson", LESSONS, ids=IN_CLASS)
def test_every_term_of_a_lesson_is_in_the_glossary(lesson):
    assert set(lesson.terms) <= set(GLOSSARY)
    assert len(set(lesson.terms)) == len(lesson.terms)
    assert bool(lesson.terms) == (lesson.key != "glossary")
