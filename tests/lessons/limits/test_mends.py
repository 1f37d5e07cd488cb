"""Each failing leads to the screen that mends it, takes its sentence along, and is seen mended there."""

from urllib.parse import parse_qsl

import numpy as np
import pytest

import selfattn
from selfattn.core.sentences import embed
from selfattn.core.similarity import cosine
from selfattn.course import LESSONS, LIMITS
from selfattn.lessons.limits import mends
from selfattn.ui import fields
from tests import apps
from tests.apps import HOSTILE, edit, screen
from tests.lessons.limits.test_cases import case_of

PAGE = "pages/7_What_it_cannot_do.py"
MODEL = "all-MiniLM-L6-v2"


def failing(step, **link):
    """Open a failing, and give its screen and where its link leads: the page, and the parameters."""
    at = apps.visit(PAGE, **({"step": step} if step != LIMITS.start else {}), **link)
    return at, *leads(at)


def leads(at):
    (link,) = at.get("page_link")
    (page,) = [lesson.page for lesson in LESSONS if lesson.path.strip("/") == link.proto.page]
    return page, dict(parse_qsl(link.proto.query_string))


def mended(step, **link):
    """Follow the link of a failing; its question has been asked."""
    _, page, along = failing(step, **link)
    assert "hidden" not in along
    return screen(apps.visit(page, **along))


def test_every_failing_has_a_mend():
    assert list(mends.MENDS) == [step.key for step in LIMITS.steps[:-1]]
    for mend in mends.MENDS.values():
        assert mend.lesson.step(mend.step)


# Bad there, good here: on the sentences that a failing starts with


def test_with_positions_the_order_counts():
    at, _, along = failing("order", a="The bank robbed the man")
    assert "the same in both sentences" in screen(at)
    assert along[fields.ORDER_B] == "man the robbed bank the"
    assert "Without positions the new “bank” is the same in both: the difference is 0." in mended("order")
    assert "Now the order counts." in mended("order")


def test_of_72_heads_each_cue_has_one_of_its_own():
    encoded = selfattn.transformer.load()("River bank loan")
    heads = [encoded.of_words(layer, head)[1] for layer in range(6) for head in range(12)]
    assert max(weights[0] for weights in heads) > 0.9
    assert max(weights[2] for weights in heads) > 0.5
    _, page, along = failing("mixed")
    for cue in ("River", "loan"):
        told = apps.visit(page, **along, column=str(encoded.words[encoded.index(cue)].pieces.start))
        assert f"Of all 72 heads, “bank” looks most at “{cue}”" in screen(told)


def test_not_changes_the_word_beside_it_and_hardly_the_bank():
    plain, denied = "This is a river bank", "This is not a river bank"
    transformer, vectors = selfattn.transformer.load(), selfattn.load_vectors()

    def deep(word):
        return cosine(*(each.state(each.index(word))[-1] - transformer.means[-1] for each in map(transformer, pair)))

    def shallow(word):
        pairs = [selfattn.contextualize(text, vectors) for text in pair]
        return cosine(*(trace.output[sentence.index(word)] for sentence, trace in pairs))

    pair = plain, denied
    assert min(shallow("is"), shallow("bank"), deep("bank")) > 0.98
    assert deep("is") < 0.75
    said = mended("negation")
    assert MODEL in said
    assert f"“is” parts: 1 − cosine is 0.00 at layer 0 and {1 - deep('is'):.2f} at layer 6" in said


def test_in_word_pieces_the_unknown_word_is_looked_at():
    at, _, _ = failing("unknown")
    assert "“riverwalk” has no vector and is left out" in screen(at)
    said = mended("unknown")
    assert "“bank” looks most at “riverwalk”" in said
    assert "“riverwalk” = river + ##walk" in said


def test_trained_attention_takes_its_weight_from_frequent_words():
    text, vectors = "She came back to the bank with some of the fish", selfattn.load_vectors()
    fish = []
    for preset in ("balanced", "trained"):
        sentence, trace = selfattn.contextualize(text, vectors, preset)
        fish.append(trace.weights[sentence.index("bank"), sentence.index("fish")])
    assert fish[0] < 0.05
    assert fish[1] > 0.3
    assert selfattn.lean(text, "bank", vectors, "balanced").side == "finance"
    assert f"{fish[1] * 100:.0f} % of the new “bank” is “fish”" in mended("frequent")
    assert "it crosses to river" in mended("frequent")


def test_one_more_sentence_tells_the_sense():
    _, _, along = failing("still")
    assert (along["a"], along["b"]) == tuple(
        f"Peter remembers every bank. {more}" for more in ("Money bank grows", "River bank flows")
    )
    said = mended("still")
    assert "In A “bank” is with finance from layer 1 on" in said
    assert "In B “bank” is with river from layer 1 on" in said


# What goes along


@pytest.mark.parametrize(
    ("plain", "other", "word"),
    [
        ("This is a river bank", "This is not a river bank", "is"),
        ("The bank lends money", "The bank never lends money", "lends"),
        ("A crane is a bird", "A crane is not a bird", "is"),
        ("bank", "not bank", "bank"),
        ("The bank", "The bank", "the"),
    ],
)
def test_the_word_that_a_negation_changes(plain, other, word):
    followed = "crane" if "crane" in plain else "bank"
    case = case_of("negation", [plain, other], word=followed)
    assert mends.denied(case.results) == word


@pytest.mark.parametrize("step", mends.MENDS)
def test_what_is_typed_goes_along_and_places_in_it_stay_behind(step):
    names = {"order": "a", "mixed": "mixed", "negation": "plain", "unknown": "strange", "frequent": "frequent"}
    name, text = names.get(step, "still"), "My money lies in a river bank loan"
    at, page, _ = failing(step, row="1", column="2", preset="sharper")
    edit(at, **{name: text})
    page, along = leads(at)
    assert any(raw.startswith(text) for raw in along.values())
    assert not set(mends.PLACES) & set(along)
    assert along["word"]
    assert along["preset"] == "sharper"
    assert not apps.visit(page, **along).exception


@pytest.mark.parametrize("step", mends.MENDS)
def test_a_word_that_looks_like_markup_is_plain_in_the_link(step):
    for text in HOSTILE[:4]:
        at = apps.visit(
            PAGE, step=step, plain=f"{text} bank", negated=f"bank not {text}", mixed=f"{text} loan bank river"
        )
        for link in at.get("page_link"):
            assert "](" not in link.proto.label
            assert "<" not in link.proto.label


def test_the_words_of_the_mend_are_read_from_the_shuffled_sentence(vectors):
    case = case_of("order", ["The bank robbed the man"], word="bank")
    sentence = embed(mends.MENDS["order"].carries(case.results)[fields.ORDER_B], vectors)
    assert sorted(sentence.tokens) == sorted(case.results[0].tokens)
    np.testing.assert_array_equal(sentence.matrix, case.results[1].sentence.matrix)
