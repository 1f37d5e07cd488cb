"""Side by side: six ways in one picture, and sentences that part them, which the library holds to what is said."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

import selfattn
from selfattn.core import transformer
from selfattn.core.methods import LARGE, SMALL, TITLES, measured
from selfattn.core.transformer import TransformerError
from selfattn.figures.palette import PHONE, Size
from selfattn.lessons.transformer import beside_prose as prose
from selfattn.lessons.transformer.beside_figure import Column, Ends, Track, beside_chart
from selfattn.lessons.transformer.beside_measures import PAIRS, compare, pair_of
from tests import apps
from tests.apps import HOSTILE, HOSTILE_TOGETHER, charts, read_html, screen, widget

PAGE = "pages/10_A_real_transformer.py"
THEMES = ["light", "dark", "light room", "dark room"]
BY_TITLE = {pair.title: pair for pair in PAIRS}


def visit(**link):
    return apps.visit(PAGE, step="beside", **link)


def sides(title, vectors):
    """The sides of A and B by the one head, and by the transformer; and all that was compared."""
    pair = BY_TITLE[title]
    compared = compare([pair.a, pair.b], pair.word, vectors)
    return *([compared.standings[way][letter].lean.side for letter in "AB"] for way in (SMALL, LARGE)), compared


# What is said of the pairs


def test_word_order_parts_them(vectors):
    pair = BY_TITLE["Word order"]
    assert sorted(pair.a.lower().split()) == sorted(pair.b.lower().split())
    small, large, compared = sides("Word order", vectors)
    assert small == ["finance", "finance"]
    assert large == ["finance", "river"]
    assert compared.cosine(SMALL) > 0.99 > compared.cosine(LARGE)


def test_the_telling_word_is_none_of_glove_s_and_is_read_in_pieces(vectors):
    pair = BY_TITLE["A word GloVe lacks"]
    for text, lacking in ((pair.a, "chequebook"), (pair.b, "riverwalk")):
        assert selfattn.embed(text, vectors).unknown == (lacking,)
        encoded = transformer.load()(text)
        assert len(encoded.words[encoded.index(lacking)].pieces) > 1
    small, large, _ = sides("A word GloVe lacks", vectors)
    assert small == [None, None]
    assert large == ["finance", "river"]


def test_a_misleading_word_misleads_the_head_alone(vectors):
    small, large, compared = sides("A misleading word", vectors)
    assert small == ["computer", "computer"]
    assert large == ["animal", "computer"]
    without = compare(["The man fed cheese to his mouse", ""], "mouse", vectors).standings[SMALL]["A"]
    assert without.lean.after < compared.standings[SMALL]["A"].lean.after  # it is that word


def test_negation_helps_neither(vectors):
    small, large, _ = sides("Neither: negation", vectors)
    assert small == large == ["river", "finance"]


def test_the_head_alone_is_right(vectors):
    small, large, _ = sides("Only the head", vectors)
    assert small == ["metal", "planet"]
    assert large == ["planet", "planet"]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.title)
def test_a_click_shows_the_pair_and_the_caption_has_both_numbers(pair, vectors):
    at = visit()
    widget(at, "differ").set_value(pair.title)
    apps.sound(at.run())
    assert [at.text_input(key=key).value for key in "ab"] == [pair.a, pair.b]
    assert at.query_params["word"] == pair.word
    assert pair.why in screen(at)
    compared = compare([pair.a, pair.b], pair.word, vectors)
    for way in (SMALL, LARGE):
        for letter in "AB":
            place = f"({prose.plain_fixed(compared.standings[way][letter].lean.after, 2)})"
            assert place in screen(at)
            assert place in charts(at)["beside"]


def test_other_sentences_are_no_pair():
    pair = PAIRS[0]
    assert pair_of([pair.a, pair.b], pair.word) is pair
    assert pair_of([pair.a, pair.b + " now"], pair.word) is None
    assert pair_of([pair.a, pair.b], "river") is None


# Drawn

ROWS = [
    Track("Static", -0.7, [], "A = B"),
    Track("Trained", -0.9, [("A", 0, -0.4), ("B", 1, 1.3)]),
    Track("This transformer", None, [("A", 0, -0.4), ("B", 1, 0.6)]),
]
COLUMNS = [
    Column(("held out", "of 4"), [("50 %", "2"), ("75 %", "3"), ("100 %", "4")]),
    Column(("other", "of 2"), [("50 %", "1")] * 3),
]
LINE = Ends(("finance", "river"), (-1.0, 1.0), ("neither", 0.0))


def drawn(rows=ROWS, ends=LINE, columns=COLUMNS, **looks):
    return go.Figure(beside_chart(rows, ends, columns, **looks).to_dict())


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [Size(900, 346), Size(1400, 580), PHONE])
def test_the_picture_is_valid_and_has_every_mark_in_its_place(theme, size):
    figure = drawn(size=size, theme=theme, over="on the right side")
    full = {mark.text[0]: [] for mark in figure.data if mark.text}
    for mark in figure.data:
        if mark.text:
            full[mark.text[0]].append(mark.x[0])
    assert full == {"<b>A</b>": [-0.4, -0.4], "<b>B</b>": [1.3, 0.6]}
    rings = [mark for mark in figure.data if mark.mode == "markers"]
    assert [(ring.x[0], ring.y[0]) for ring in rings] == [(-0.7, 0), (-0.9, 1)]
    low, high = figure.layout.xaxis.range
    assert low < -1
    assert high > 1.3
    texts = [note.text for note in figure.layout.annotations]
    assert ("<b>75 %</b>" in texts) == (size is not PHONE)
    assert {"<b>← finance</b>", "<b>river →</b>", "A = B"} <= set(texts)
    named = texts if size is PHONE else figure.layout.yaxis.ticktext
    assert {"<b>Static</b>", "<b>This transformer</b>"} <= set(named)


def test_marks_of_one_place_do_not_cover_each_other():
    figure = drawn([Track("Trained", 0.0, [("A", 0, 0.0), ("B", 1, 0.0)])])
    a, b = ([mark.y[0] for mark in figure.data if mark.text and letter in mark.text[0]] for letter in "AB")
    assert a[0] < 0 < b[0]


def test_what_stands_in_for_marks_is_written():
    figure = drawn([Track("Trained", None, [], "“qwzx” has no vector")])
    assert "“qwzx” has no vector" in [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_stay_text(word):
    track = Track(word, 0.0, [], word)
    figure = drawn([track, track], Ends((word, word), (0.0, 1.0), senses=False))
    texts = [*figure.layout.yaxis.ticktext, *(note.text for note in figure.layout.annotations)]
    assert not any("<img" in text or "<script" in text or "$" in text for text in texts)


# The screen


def test_the_screen_has_what_the_library_computes(vectors):
    at = visit()
    compared = compare(["Money bank grows", "River bank flows"], "bank", vectors)
    alt = charts(at)["beside"]
    for way, title in TITLES.items():
        row = measured().methods[way]
        assert f"{title}: " in alt
        shares = f"{prose.percent(row.held_out.share)} and {prose.percent(row.other_words.share)}"
        assert shares in alt
        for each in compared.standings[way].values():
            assert f"({prose.plain_fixed(each.lean.after, 2)})" in alt
    total = measured().sentences["held_out"] + measured().sentences["other_words"]
    assert f"Of {total} held-out sentences, “Trained” (7,551 parameters) gets" in screen(at)
    assert "“Trained” puts “bank” with finance in A (−0.44) and with river in B (1.05)" in screen(at)


def test_marks_and_rings_stand_where_the_library_says(vectors):
    compared = compare(["Money bank grows", "River bank flows"], "bank", vectors)
    for way, track in zip(TITLES, prose.tracks(compared), strict=True):
        leans = {letter: each.lean for letter, each in compared.standings[way].items()}
        assert track.static == (None if way == LARGE else leans["A"].before)
        marks = {letter: place for letter, _, place in track.marks}
        assert marks == ({} if way == "static" else {letter: lean.after for letter, lean in leans.items()})
    assert prose.ends(compared).names == ("finance", "river")


def test_the_table_has_all_that_was_measured():
    (table,) = visit(tables="numbers").dataframe
    assert list(table.value[""]) == list(TITLES.values())
    assert list(table.value["parameters"]) == [f"{row.parameters:,}" for row in measured().methods.values()]


def test_the_question_comes_first():
    at = visit(hidden="1")
    assert prose.question(measured()) in screen(at)
    assert not charts(at)
    assert str(prose.right(measured().methods[SMALL])) not in screen(at)
    apps.press(at, "reveal")
    assert charts(at)
    truth = prose.truth(measured())
    at = visit(guess=truth)
    assert f"You said “{truth}”, and so it is, {prose.because(measured())}." in screen(at)
    assert prose.counts(measured()) not in screen(at), "the answer has said it"
    assert prose.counts(measured()) in screen(visit())


@pytest.mark.parametrize(
    ("small", "large", "truth"),
    [(39, 25, "about as many"), (50, 25, "the one head"), (25, 50, "the transformer"), (0, 4, "the transformer")],
)
def test_a_difference_is_one_where_chance_would_not_make_it(small, large, truth):
    """(50 − 25)² / 75 = 8.3 is above 4, (39 − 25)² / 64 = 3.1 below; 4² / 4 = 4 is not below."""
    assert prose.truth(replace(measured(), only={"small": small, "large": large, "neither": 0})) == truth


def test_a_phone_has_the_table_under_the_picture(monkeypatch):
    monkeypatch.setattr("selfattn.ui.run.on_phone", lambda: True)
    assert "held out (355)" in screen(visit())


def test_a_word_without_two_senses_is_compared_by_cosine(vectors):
    at = visit(a="The cat sleeps", b="A cat barks like a dog", word="cat")
    compared = compare(["The cat sleeps", "A cat barks like a dog"], "cat", vectors)
    assert "“cat” has no two senses here" in screen(at)
    assert "Static: cosine 1.00" in charts(at)["beside"]
    for way in (SMALL, LARGE):
        assert f"{prose.plain_fixed(compared.cosine(way), 2)} by" in screen(at)


def test_a_word_glove_lacks_says_so_in_its_rows():
    at = visit(a="The riverwalk is long", b="A riverwalk for dogs", word="riverwalk")
    assert "Static: “riverwalk” has no vector" in charts(at)["beside"]
    assert "This transformer: cosine" in charts(at)["beside"]


def test_one_sentence_that_cannot_be_used_leaves_the_other():
    at = visit(b="")
    assert "Trained: with finance in A (−0.44)" in charts(at)["beside"]
    assert "in B" not in charts(at)["beside"]
    assert "Only A has “bank”." in screen(at)
    assert "Only" not in screen(visit()).partition("Right only")[0]
    at = visit(a="The cat sleeps", b="", word="cat")
    assert "a cosine takes two sentences" in screen(at)
    assert prose.ONE in charts(at)["beside"]


def test_without_its_weights_the_other_rows_are_drawn(monkeypatch):
    def broken():
        raise TransformerError("words-1.npy is missing")

    monkeypatch.setattr(transformer, "load", broken)
    at = visit()
    assert "words-1.npy is missing" in screen(at)
    assert "Trained: with finance in A (−0.44) and with river in B (1.05)" in charts(at)["beside"]
    assert "This transformer: its weights cannot be read" in charts(at)["beside"]


def test_nothing_to_compare_is_said():
    assert prose.NOTHING in screen(visit(a="", b=""))


def test_with_other_vectors_the_bundled_ones_are_meant():
    assert prose.OTHER_SET.strip() not in screen(visit())
    at = visit(set="hand")
    assert prose.OTHER_SET.strip() in screen(at)
    assert charts(at)["beside"] == charts(visit())["beside"]


@pytest.mark.parametrize(
    "link",
    [{"a": HOSTILE_TOGETHER + " bank"}, {"a": "the the the bank", "b": "bank"}, {"projector": "1"},
     {"a": "BANK", "b": "Bänk bank"}, {"a": "河 bank", "b": "🙂 bank"}],
)  # fmt: skip
def test_odd_sentences_are_taken(link):
    at = visit(**link)
    assert not {"img", "script"} & {tag for tag, _ in read_html(at).tags}
    assert charts(at)


@pytest.mark.parametrize(
    "link",
    [{}, {"a": "The cat sleeps", "b": "A cat barks", "word": "cat"}, {"a": HOSTILE[0] + " bank", "punctuation": "1"},
     {"a": "A riverwalk", "b": "The riverwalk", "word": "riverwalk"}, {"b": ""}],
)  # fmt: skip
def test_the_code_computes_what_the_screen_shows(link, vectors, capsys):
    names = {}
    exec(visit(view="code", **link).code[0].value, names)
    texts = [link.get("a", "Money bank grows"), link.get("b", "River bank flows")]
    word, punctuation = link.get("word", "bank"), "punctuation" in link
    compared = compare(texts, word, vectors, drop_punctuation=not punctuation)
    if compared.senses:
        for way, by_letter in compared.standings.items():
            places = [each.lean.after for each in by_letter.values()]
            np.testing.assert_allclose(names["places"][way], places, rtol=1e-5, atol=1e-6)
    else:
        known = {way: compared.cosine(way) for way, by_letter in compared.standings.items() if by_letter}
        assert names["cosines"] == pytest.approx(known, rel=1e-5)
    assert capsys.readouterr().out
