"""No number on a screen is typed in: what stands on it for one pair of sentences goes when others are typed."""

import re

import numpy as np
import pytest

import selfattn
from selfattn import course
from selfattn.core import neighbours, presets, rates
from selfattn.core.contextual import SMOOTHING
from selfattn.core.methods import measured
from selfattn.core.positions import word_length
from selfattn.core.spread import WIDTHS, spread_of, spreads
from selfattn.lessons.heads_order_mask.several_measures import ALIKE
from selfattn.lessons.limits import measures
from selfattn.lessons.transformer import beside_prose
from selfattn.ui import tables
from tests.apps import formulas, screen, screens_of, visit

NOT_OF_SENTENCES = (course.VECTORS, course.EXPLORE, course.GLOSSARY)
SCREENS = [(lesson, link) for lesson in course.LESSONS if lesson not in NOT_OF_SENTENCES for link in screens_of(lesson)]
NAMES = [link.get("step", lesson.key) for lesson, link in SCREENS]
OTHERS = ({
    "a": "Our mouse ate every piece of cheese", "b": "Click the left mouse button twice", "word": "mouse",
    "plane": "4 -3, 1 6, -2 5", "toy": "0.31 0.95 0.44 0.83 0.28", "first": "whale", "second": "ocean",
    "list": "whale ocean guitar", "hand": "0.13 0.37 0.11 0.09 0.08 0.06 0.16", "shuffle": "7",
    "mixed": "Mouse likes cheese and software", "plain": "It was a grey mouse", "negated": "It was no grey mouse",
    "strange": "The zqxmouse saw a mouse", "frequent": "There was a mouse in the house of the man",
    "still": "Anna forgot every mouse",
    "ordera": "A grey mouse saw the cat", "orderb": "The cat saw a grey mouse",
}, {
    "a": "She plays the old bass in a famous jazz band", "b": "Bass and trout swim in cold lakes", "word": "bass",
    "plane": "-7 1, 3 3, 8 -1", "toy": "0.72 0.15 0.66", "first": "guitar", "second": "summer",
    "list": "piano engine winter desert", "hand": "0.05 0.12 0.14 0.19 0.18 0.15 0.09 0.08", "shuffle": "23",
    "mixed": "Jazz bass and trout", "plain": "That is a jazz bass", "negated": "That is never a jazz bass",
    "strange": "The bass qqzyx sounded loud", "frequent": "It was one of the first to have a bass on it",
    "still": "Karl painted every bass",
    "ordera": "They played the bass for us all night", "orderb": "The bass played all night for them us they",
})  # fmt: skip
ALPHABET = re.compile(r"(?<![\w.,′/])[−-]?\d+(?:[.,]\d+)*(?![\w′⁻])")


def numbers(text):
    return set(ALPHABET.findall(text))


def all_said(page, **link):
    at = visit(page, **link)
    written = (re.sub(r"\\rule(\[.*?\])?\{.*?\}\{.*?\}", "", formula) for formula in formulas(at))  # room, no numbers
    return screen(at) + " " + " ".join(written)


@pytest.fixture(scope="module")
def constants(vectors):
    """What may stay: sizes and settings of the library (of the products of a pair, two are written out)."""
    d = vectors.vector_size
    scaled = presets.PRESETS[presets.DEFAULT_PRESET].temperature * np.sqrt(d)
    spread = {np.sqrt(d), spreads((d,))[0].before, spread_of(vectors.vectors).before}
    multi, shares = selfattn.heads_of(vectors), [rates.heads_rate(vectors), rates.rates(vectors)[-1]]
    heads, _, share = multi.query.shape
    several = {f"{100 * one.held_out:.0f}" for one in shares} | {f"{len(shares[0].landed)}"}
    several |= {f"{100 * ALIKE:.0f}", f"{share}", f"{heads * share}"}
    known = {d, d - 2, tables.NEAREST, neighbours.MOST, measures.FREQUENT_RANK, SMOOTHING, 1, 2, 3, 0, 100, *WIDTHS}
    sizes = selfattn.transformer.load().learned.sizes
    n_heads, year = sizes.layers * sizes.heads, "2019"  # of the paper that is named
    of_transformer = {year, *map(str, (n_heads, sizes.layers, sizes.width, sizes.width // sizes.heads)), "−1"}
    return (
        of_transformer
        | {f"{one:g}" for one in known}
        | {f"{one:.1f}" for one in spread}
        | {f"{word_length(vectors):.2f}", f"{8 * d * d:,}"}  # of a position vector; of a feed-forward network
        | several
        | {f"{scaled:.2f}", "1.00", "0.00", "0.5", f"{len(vectors):,}"}
    )


def of_the_screen(step):
    """What a screen says of the library beside the sentences: rates that are measured once."""
    if step != "beside":
        return set()
    return numbers(f"{beside_prose.counts(measured())} {beside_prose.note(measured(), other_set=False)}")


@pytest.mark.parametrize(("lesson", "link"), SCREENS, ids=NAMES)
def test_every_number_on_a_screen_follows_the_sentences(lesson, link, constants):
    if link.get("step") in ("beyond", "parts", "learn", "learned", "general", "own"):
        pytest.skip("these numbers are of the library, not of the sentences: tests of their own measure them")
    stayed = set.intersection(*(numbers(all_said(lesson.page, **link, **other)) for other in ({}, *OTHERS))) - constants
    stayed -= of_the_screen(link.get("step"))
    assert not stayed, "these did not change with the sentences"


def test_the_sentences_give_other_numbers(vectors):
    """The check above would see nothing if both pairs gave the same."""
    first = selfattn.contextualize("Money bank grows", vectors)[1].weights
    second = selfattn.contextualize(OTHERS[0]["a"], vectors)[1].weights
    assert not set(first.round(2).ravel().tolist()) <= set(second.round(2).ravel().tolist())
