"""Three parts to play: matrices read and written, what is said of them, and the screen with them."""

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

import selfattn
from selfattn import figures
from selfattn.core.sentences import embed
from selfattn.figures.weights import ASKING
from selfattn.lessons.query_key_value import parts, parts_matrices, parts_prose
from selfattn.lessons.query_key_value.parts_matrices import FIRST_ONLY, OPPOSITE, START, Matrices, play, read, write
from selfattn.sets.vector_set import EXAMPLE, by_hand
from selfattn.ui import fields
from tests import apps
from tests.apps import HOSTILE, charts, edit, press, read_html, screen, sound, widget

PAGE = "pages/8_Query_key_value.py"
FIRST, SECOND = write(FIRST_ONLY), write(OPPOSITE)
STEPS = st.integers(-6, 6).map(lambda half: half / 2)
ROWS = st.tuples(STEPS, STEPS)
MATRICES = st.builds(Matrices, *[st.tuples(ROWS, ROWS)] * 3)
TABLE = by_hand(EXAMPLE).vectors


def visit(**link):
    return apps.visit(PAGE, step="parts", **link)


def made(text="Money bank grows", word="bank", matrices=START, table=TABLE):
    sentence = embed(text, table)
    return play(sentence, sentence.index(word), matrices)


def pictures(at):
    return {name: str(element.proto) for name in START._fields for element in at.get("bidi_component")
            if parts.PICTURE.format(name) in element.proto.id}  # fmt: skip


# Matrices


@given(MATRICES)
def test_the_link_gives_the_matrices_back(matrices):
    assert read(write(matrices)) == matrices


def test_nothing_moved_leaves_the_link():
    assert write(START) == ""
    assert read("  ") == START


@given(st.text(max_size=60))
def test_any_link_gives_matrices_or_nothing(text):
    moved = read(text)
    assert moved is None or np.abs(np.array(moved)).max() <= parts_matrices.FARTHEST


@pytest.mark.parametrize(
    "text", ["x", "1 0 0 1", "1 0 0 1 / 1 0 0 1", "1 0 0 / 1 0 0 1 / 1 0 0 1", "4 0 0 1 / 1 0 0 1 / 1 0 0 1", "/ / /"]
)
def test_what_is_not_three_matrices_is_refused(text):
    assert read(text) is None


NO_MATRICES = (
    None, 3, [], [[1, 2]], [[1, 2], [3, 9]], [[1, 2, 3], [1]], [["x", 1], [1, 1]], [[float("nan"), 1], [1, 1]],
)  # fmt: skip


@pytest.mark.parametrize("moved", NO_MATRICES)
def test_a_drag_that_gives_no_matrix_is_left_aside(moved):
    assert parts_matrices.read_moved(moved) is None


def test_a_drag_ends_on_the_grid():
    assert parts_matrices.read_moved([[1, -0.0], [0.74, -3]]) == ((1, 0), (0.5, -3))


# Arithmetic


@given(MATRICES)
def test_scores_are_symmetric_where_the_product_of_query_and_key_is(matrices):
    query, key = np.array(matrices.query), np.array(matrices.key)
    shown = made(matrices=matrices)
    x = shown.sentence.matrix.astype(float)
    np.testing.assert_allclose(shown.trace.scores, x @ query @ key.T @ x.T)
    if np.array_equal(query @ key.T, key @ query.T):
        assert parts_matrices.symmetric(shown.trace.scores)
    said = parts_prose.both_ways(shown)
    assert ("the scores are symmetric" in said) == np.allclose(shown.trace.scores, shown.trace.scores.T)


def test_one_vector_for_all_is_the_balanced_attention_by_hand():
    shown = made()
    _, balanced = selfattn.contextualize("Money bank grows", TABLE)
    np.testing.assert_allclose(shown.trace.weights, balanced.weights)
    np.testing.assert_allclose(shown.trace.output, balanced.output)
    assert shown.trace.scores[0, 1] == shown.trace.scores[1, 0] == 5 * 3 + 1 * 3
    raised = np.exp(np.array([18, 18, 18]) / np.sqrt(8))
    np.testing.assert_allclose(shown.trace.weights[1], raised / raised.sum())


def test_the_examples_do_what_they_are_called():
    first = made(matrices=FIRST_ONLY)
    assert not np.any(first.trace.query[:, 1])
    assert parts_prose.most(first).startswith("“bank” now asks “money” most, ")
    opposite = made(matrices=OPPOSITE)
    np.testing.assert_allclose(opposite.trace.output, -opposite.tied.output)
    np.testing.assert_allclose(opposite.trace.weights, opposite.tied.weights)


# Words


def test_the_finding_has_the_numbers_of_the_heatmaps():
    shown = made()
    there, back = shown.trace.weights[0, 1], shown.trace.weights[1, 0]
    assert parts_prose.finding(shown) == [
        "“money” asks “bank” 18 and “bank” asks “money” 18: the scores are symmetric. "
        f"The weights are not: {there:.2f} and {back:.2f}."
    ]
    moved = made(matrices=FIRST_ONLY)
    most, both = parts_prose.finding(moved)
    assert (
        f"{moved.trace.weights[1, 0]:.2f}; with one vector for all three it asked all words alike, 0.33 each." in most
    )
    assert "“money” asks “bank” 31.5 and “bank” asks “money” 37.5: the scores are not symmetric." in both


def test_what_does_not_change_is_said_to_stay():
    assert parts_prose.most(made(matrices=OPPOSITE)) == (
        "“bank” asks all words alike, 0.33 each, as it did with one vector for all three."
    )
    assert "with one vector for all three to (4, 2)" in parts_prose.goes(made(matrices=OPPOSITE))
    assert "(4, 2): the values" in parts_prose.goes(made())
    assert "asks itself most" in parts_prose.most(made(word="money", matrices=OPPOSITE))


def test_copies_of_a_word_count_together():
    shown = made("money bank money grows")
    assert "“money” most, 0.50" in parts_prose.most(shown)


@given(MATRICES, st.permutations(TABLE.index_to_key), st.integers(2, 5))
def test_the_pair_is_two_words_and_its_weights_are_those_of_the_trace(matrices, words, count):
    shown = made(" ".join(words[:count]), words[0], matrices)
    i, j = parts_prose._pair(shown, shown.trace.weights)
    assert shown.tokens[i] != shown.tokens[j]
    apart = np.abs(shown.trace.weights - shown.trace.weights.T)
    assert apart[i, j] > 0.005 or apart.max() <= 0.005


@pytest.mark.parametrize(
    ("weights", "option"),
    [
        ([[0.5, 0.5], [0.5, 0.5]], parts_prose.YES),
        ([[0.9, 0.1], [0.5, 0.5]], parts_prose.NO),
        ([[0.5, 0.3, 0.2], [0.3, 0.4, 0.3], [0.4, 0.3, 0.3]], parts_prose.ONLY),
    ],
)
def test_the_truth_is_computed(weights, option):
    assert parts_prose.truth(np.array(weights)) == option


def test_symmetric_weights_are_said_to_be():
    table = by_hand("up 1 2 / down -2 1").vectors
    shown = made("up down", "up", table=table)
    assert parts_prose.truth(shown.tied.weights) == parts_prose.YES
    assert "So are the weights here" in parts_prose.both_ways(shown)
    assert parts_prose.because(shown).startswith("since all rows have the same sum")


# The figures


@pytest.mark.parametrize("theme", ["light", "dark", "light room", "dark room"])
def test_heatmaps_with_hostile_words_are_sound(theme):
    table = by_hand(" / ".join(f"{word.split()[0].replace('/', '')}{at} {at} 1" for at, word in enumerate(HOSTILE[:6])))
    words = table.vectors.index_to_key
    shown = play(embed(list(words), table.vectors), 0, FIRST_ONLY)
    looks = {"row": 0, "narrow": True, "height": 215, "theme": theme}
    for figure in (
        figures.scores_heatmap(shown.trace.scores, words, name="score", joined="asks", titles=ASKING, **looks),
        figures.weights_heatmap(shown.trace.weights, words, **looks),
    ):
        go.Figure(figure.to_dict())


# The screen


def test_it_starts_with_one_vector():
    at = visit()
    assert parts_prose.both_ways(made()) in screen(at)
    assert set(charts(at)) == {"parts_scores", "parts_weights", "parts_map"}
    assert all(len(alt) > 40 for alt in charts(at).values())
    assert "“bank” asks “money” 18, “bank” 18, “grows” 18" in charts(at)["parts_scores"]
    assert set(pictures(at)) == {"query", "key", "value"}
    assert '"vectors": [[1.0, 0.0], [0.0, 1.0]]' in pictures(at)["query"].replace("\\", "")
    assert at.button(key="tie").disabled
    assert fields.MATRICES not in at.query_params


def test_examples_and_the_way_back():
    at = visit()
    start = screen(at)
    for label, wanted in ((next(iter(parts.EXAMPLES)), FIRST), (list(parts.EXAMPLES)[1], SECOND)):
        widget(at, parts.EXAMPLE).set_value(label)
        sound(at.run())
        assert at.query_params[fields.MATRICES] == wanted
        assert "one vector for all three" in screen(at)
    again = visit(matrices=SECOND)
    assert screen(again) == screen(at)
    press(at, "tie")
    assert screen(at) == start
    assert fields.MATRICES not in at.query_params


def test_a_dragged_matrix_takes_its_place(monkeypatch):
    link = {fields.MATRICES: FIRST}
    monkeypatch.setattr(parts.state, "get", link.__getitem__)
    monkeypatch.setattr(parts.state, "put", lambda **values: link.update(values))
    parts._moved("value", [[2, 0], [0, 1.5]])
    assert link[fields.MATRICES] == "2 0 0.5 0 / 1 0 0 1 / 2 0 0 1.5"
    parts._moved("value", "nothing")
    assert link[fields.MATRICES] == "2 0 0.5 0 / 1 0 0 1 / 2 0 0 1.5"


def test_matrices_that_cannot_be_read_are_named():
    at = visit(matrices="<img src=x> $1$")
    assert "The matrices “<img src=x> $1$” cannot be read" in screen(at)
    assert not [tag for tag, _ in read_html(at).tags if tag in ("img", "script")]
    press(at, "tie")
    assert "cannot be read" not in screen(at)


def test_the_question_comes_first_and_its_truth_is_computed():
    at = visit(hidden="1", matrices=FIRST)
    assert parts_prose.QUESTION in screen(at)
    assert not charts(at)
    assert not pictures(at)
    at.get("button_group")[-1].set_value(parts_prose.NO)
    sound(at.run())
    press(at, "reveal")
    assert "You said “No”, and so it is, since each row is divided by a sum of its own" in screen(at)
    assert charts(at)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("River bank flows", ""),
        ("The river bank flows", "Left out, since the table has no numbers for them: “the”."),
        ("The dog barks", "“Money bank grows” stands in for A."),
        ("bank", "“Money bank grows” stands in for A."),
        ("bank bank", "“Money bank grows” stands in for A."),
        ("", "“Money bank grows” stands in for A."),
        (apps.HOSTILE_TOGETHER, "“Money bank grows” stands in for A."),
        ("bank money " * 300, ""),
    ],
)
def test_any_sentence_is_taken(typed, said):
    at = visit()
    edit(at, a=typed)
    assert at.text_input(key="a").value == typed
    assert said in screen(at)
    assert charts(at)
    assert not [tag for tag, _ in read_html(at).tags if tag in ("img", "script")]


def test_without_any_word_its_own_sentence_stands_in():
    assert set(charts(visit(a="", b=""))) == {"parts_scores", "parts_weights", "parts_map"}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("cat 1 2 3 / dog 3 1 2", "The table by hand has 3 numbers a word: the one it began with stands in."),
        ("nonsense", "The table by hand cannot be read: the one it began with stands in."),
        ("cat 1 2 / dog 3 -1", "“cat dog cat” stands in for A."),
    ],
)
def test_any_table_is_taken(table, said):
    at = visit(handmade=table)
    assert said in screen(at)
    assert charts(at)


def test_it_is_the_same_with_the_table_as_the_set_and_another_word():
    at = visit(set="hand", word="grows", a="Money bank grows", b="Money grows")
    assert parts_prose.both_ways(made(word="grows")) in screen(at)


def test_a_word_that_the_table_lacks_is_replaced_and_named():
    at = visit(a="Old money bank grows", b="Old river", word="old")
    assert "“old” has no numbers here: “bank” is followed." in screen(at)


def test_it_works_for_a_room():
    assert set(charts(visit(projector="1", matrices=FIRST))) == {"parts_scores", "parts_weights"}


# The code


@pytest.mark.parametrize("matrices", ["", FIRST, "2 0 0.5 0 / 0 -1 1 0 / -1 0.5 3 -3"])
def test_the_code_computes_what_the_screen_shows(matrices, capsys):
    at = visit(view="code", a="The old money bank 'grows'", matrices=matrices)
    names = {}
    exec(at.code[0].value, names)
    shown = made("The old money bank 'grows'", matrices=read(matrices))
    for name in ("query", "key", "value", "scores", "weights", "output"):
        np.testing.assert_allclose(names[name], getattr(shown.trace, name), atol=1e-12)
    assert "scores symmetric" in capsys.readouterr().out
