"""The code of a screen is run, for any sentence and any settings, and compared with the library and with the page."""

import ast
import html
import itertools
import json
import re
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import settings as runs
from hypothesis import strategies as st

import selfattn
from selfattn import PRESETS, SENSES, Settings, TextError, contextualize
from selfattn.core.contextual import space_of
from selfattn.core.lean import line_between
from selfattn.core.rounding import plain_fixed
from selfattn.ui import fields
from selfattn.views import snippets
from tests.apps import HOME, HOSTILE, MOTION, SELF_ATTENTION, charts, sound, visit, widget

ROOT = Path(__file__).parents[2]
TEXTS = (
    "Money bank grows",
    "River bank flows",
    "bank",
    "bank bank bank",
    "The bank, approved our loan!",
    "Don’t rob the bank’s well-known vault…",
    "We sat on the bank of the qwxzv river",
    "bank " * 600,
)
SWITCHES = [
    Settings(scale, heat, own, centre, frequency, distance, trained)
    for scale, own, centre, frequency, distance, trained in itertools.product([True, False], repeat=6)
    for heat in (0.1, 1.0, 2.3, 10.0)
]
FULL = Settings(True, 2.3, False, True, True, True, True)  # as many lines as there can be
BREAKERS = (
    *HOSTILE, "'", '"', "'''", '"""', "\\", "\\'", '\\"', "\\n", "a\nb", "\r\n", "\t", "{text}", "%s", "#",
    "\\N{BULLET}", "\\x41",
    "'); import os; os._exit(1)  #", '"); raise SystemExit("', "🏦🌊", "👩\u200d👩\u200d👧", "बैंक",
    "\u202e", "\x00", "\u2028", "\ufeff",
)  # fmt: skip


def run(source):
    """Run a snippet as a notebook does: its variables, and what it prints."""
    names = {}
    with redirect_stdout(StringIO()) as printed:
        exec(compile(source, "a cell", "exec"), names)
    return names, printed.getvalue()


def same(one, other):
    np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9)


def computes(names, trace):
    """Every array of the snippet is the library's, in float64."""
    ours = {"x": trace.matrix, **{name: getattr(trace, name) for name in ("scores", "scaled", "weights", "output")}}
    for name, array in ours.items():
        assert names[name].dtype == np.float64, name
        same(names[name], array)


# One sentence


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:30])
@pytest.mark.parametrize("drops", [True, False])
def test_one_sentence(text, preset, drops, vectors):
    sentence, trace = contextualize(text, vectors, preset, drop_punctuation=drops)
    names, _ = run(snippets.attention(text, PRESETS[preset], drop_punctuation=drops))
    assert names["sentence"].tokens == sentence.tokens
    computes(names, trace)


@pytest.mark.parametrize("part", range(4))
def test_every_combination_of_switches(part, vectors):
    for settings, text in itertools.product(SWITCHES[part::4], ("We sat on the bank of the river", "bank")):
        names, _ = run(snippets.attention(text, settings))
        computes(names, contextualize(text, vectors, settings)[1])


@pytest.mark.parametrize("word", SENSES)
def test_every_example(word, vectors):
    for text in itertools.chain(*SENSES[word].examples.values()):
        for settings in PRESETS.values():
            computes(run(snippets.attention(text, settings))[0], contextualize(text, vectors, settings)[1])


words = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)


@runs(max_examples=60)
@given(before=words, after=words, settings=st.sampled_from(SWITCHES), drops=st.booleans())
@example(before="'", after='"\\', settings=Settings(), drops=False)
def test_any_text(before, after, settings, drops):
    text, vectors = f"{before} bank {after}", selfattn.load_vectors()
    try:
        _, trace = contextualize(text, vectors, settings, drop_punctuation=drops)
    except TextError:
        return  # letters of another script grow together with “bank”: such a text has no screen
    computes(run(snippets.attention(text, settings, drop_punctuation=drops))[0], trace)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("row", [0, 1, 2])
def test_one_word_is_printed(row, preset, vectors):
    sentence, trace = contextualize(TEXTS[0], vectors, preset)
    names, printed = run(snippets.of_word(TEXTS[0], row, PRESETS[preset]))
    assert names["row"] == row
    computes(names, trace)
    assert shares(printed) == [dict(zip(sentence.tokens, trace.weights[row].round(2).tolist(), strict=True))]


def shares(printed):
    """Read what a snippet prints: a dictionary a line, of words and their weights, as plain numbers."""
    return [ast.literal_eval(line) for line in printed.splitlines()]


# One word in several sentences


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("drops", [True, False])
@pytest.mark.parametrize("count", [0, 1, 2, len(TEXTS)])
def test_several_sentences(count, preset, drops, vectors):
    texts = TEXTS[:count]
    names, printed = run(snippets.two_sentences(texts, "bank", PRESETS[preset], drop_punctuation=drops))
    assert list(names["new"]) == list(texts)
    assert len(shares(printed)) == count
    for text, (weights, vector) in names["new"].items():
        sentence, trace = contextualize(text, vectors, preset, drop_punctuation=drops)
        row = sentence.index("bank")
        same(weights, trace.weights[row])
        same(vector, trace.output[row])


@pytest.mark.parametrize("part", range(4))
def test_several_sentences_with_every_combination_of_switches(part, vectors):
    for settings in SWITCHES[part::4]:
        names, _ = run(snippets.two_sentences(TEXTS[:3], "bank", settings))
        for text, (weights, vector) in names["new"].items():
            sentence, trace = contextualize(text, vectors, settings)
            same(weights, trace.weights[sentence.index("bank")])
            same(vector, trace.output[sentence.index("bank")])


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("word", ["bank", "light", "well"])
def test_the_line_is_that_of_the_map(word, preset, vectors):
    settings = PRESETS[preset]
    source = (snippets.attention(word, settings), *snippets.line_between(SENSES[word].poles, settings))
    names, _ = run(snippets.lines(*source))
    line = line_between(SENSES[word], vectors, space_of(vectors, settings))
    same(names["middle"], line.middle)
    same(names["line"], line.direction)


# What was typed is a string


def shape(source):
    """The program without its strings, and its strings."""
    tree = ast.parse(source)
    strings = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            strings.append(node.value)
            node.value = ""
    return ast.dump(tree), strings


@pytest.mark.parametrize("text", BREAKERS)
def test_text_that_looks_like_code_is_a_string(text):
    settings = PRESETS["sharper"]
    for write in (
        lambda typed: snippets.attention(typed, settings),
        lambda typed: snippets.of_word(typed, 1, settings),
        lambda typed: snippets.two_sentences([typed, "bank"], typed, settings, drop_punctuation=False),
    ):
        program, strings = shape(write(f"bank {text}"))
        assert program == shape(write("bank"))[0]
        assert f"bank {text}" in strings


@given(words)
def test_any_text_is_a_string(text):
    program, strings = shape(snippets.attention(text, Settings()))
    assert program == shape(snippets.attention("bank", Settings()))[0]
    assert text in strings


@pytest.mark.parametrize("text", BREAKERS)
def test_text_that_looks_like_code_computes(text, vectors):
    typed = f"bank {text} money"
    _, trace = contextualize(typed, vectors, drop_punctuation=False)
    computes(run(snippets.attention(typed, Settings(), drop_punctuation=False))[0], trace)


# As it is read


@pytest.mark.parametrize("settings", [*PRESETS.values(), Settings(True, 2.3, False, True, True, True), FULL])
def test_a_snippet_is_short_and_fits_its_box(settings):
    for source in (
        snippets.of_word(TEXTS[0], 1, settings),
        snippets.two_sentences(TEXTS[:2], "bank", settings),
    ):
        lines = source.splitlines()
        assert len(lines) <= 30
        assert max(map(len, lines)) <= 110
        assert source.startswith(snippets.START)


def test_a_snippet_runs_in_a_fresh_notebook(vectors):
    """Nothing but the library is needed, and the vectors are loaded from disk."""
    source = snippets.two_sentences(TEXTS[:2], "bank", PRESETS["balanced"])
    source += "\nimport json\nprint(json.dumps({text: list(one[0]) for text, one in new.items()}))"
    source += "\nimport sys\nassert not {'streamlit', 'plotly'} & set(sys.modules)"
    ran = subprocess.run([sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    for text, weights in json.loads(ran.stdout.splitlines()[-1]).items():
        sentence, trace = contextualize(text, vectors)
        same(weights, trace.weights[sentence.index("bank")])


# On the page


def code_of(at):
    (block,) = at.code
    assert block.language == "python"
    return block.value


def bodies(at):
    return " ".join(element.proto.body for element in at.get("html"))


def read_bars(alt):
    """The weights that the alt text of the bars gives, as written."""
    return re.findall(r"(\S+) (\d\.\d\d)", alt.split(": ", 1)[1])


def written(names, weights):
    return [(token, f"{weight:.2f}") for token, weight in zip(names, weights, strict=True)]


LINKS = [
    {},
    *({"preset": preset} for preset in PRESETS),
    {"preset": "own", "temperature": "0.1", "scale": "0"},
    {"preset": "own", "temperature": "10.0", "self": "0", "distance": "1"},
    {"preset": "own", "temperature": "2.3", "centre": "1", "frequency": "1"},
    {"preset": "own", "temperature": "3.0", "trained": "1", "frequency": "1"},
    {"a": 'Don\'t rob the "bank", \\ please', "b": "bank 🏦 grows", "punctuation": "1"},
    {"a": "bank", "b": "bank bank bank", "preset": "sharper"},
]


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_home_shows_the_code_of_its_bars(link):
    bars = re.findall(r'class="sa-bars[^>]*? aria-label="(.*?)"', bodies(visit(HOME, **link)))
    names, printed = run(code_of(visit(HOME, view="code", **link)))
    assert len(names["new"]) == len(bars) == 2
    for role, (text, (weights, _)) in enumerate(names["new"].items()):
        tokens = selfattn.embed(text, names["vectors"], drop_punctuation="punctuation" not in link).tokens
        assert read_bars(html.unescape(bars[role])) == written(tokens, weights)
    assert len(printed.splitlines()) == 3
    assert list(names["leans"]) == list(names["new"])


@pytest.mark.parametrize("link", LINKS, ids=str)
@pytest.mark.parametrize("row", ["0", "-1"])
def test_self_attention_shows_the_code_of_its_bars(link, row):
    chosen = {} if row == "-1" else {"row": row}
    at = visit(SELF_ATTENTION, **link, **chosen)
    names, _ = run(code_of(visit(SELF_ATTENTION, view="code", **link, **chosen)))
    weights = names["weights"][names["row"]]
    assert read_bars(charts(at)["bars_0"]) == written(names["sentence"].tokens, weights)


@pytest.mark.parametrize("count", [2, 6])
@pytest.mark.parametrize("preset", PRESETS)
def test_motion_shows_the_code_of_its_line(count, preset):
    link = {"n": str(count), "preset": preset, "c": "The bank approved our loan", "d": "Fish swim near the bank"}
    link |= {"e": "A walk by the river", "f": "Rob a bank"}  # without the word, so it is not computed
    alt = charts(visit(MOTION, **link))["motion"]
    names, _ = run(code_of(visit(MOTION, view="code", **link)))
    assert len(names["leans"]) == (2 if count == 2 else 5)
    for letter, place in zip("ABCDF", names["leans"].values(), strict=False):
        (shown,) = re.findall(rf"\b{letter}: it [\w ]+, at (−?\d+\.\d)", alt)
        assert shown == plain_fixed(place, 1)


@pytest.mark.parametrize(
    ("page", "preset", "line"),
    [
        (HOME, "balanced", "scaled = scores / (np.sqrt(x.shape[1]) * 2)"),
        (SELF_ATTENTION, "trained", "query, key = static @ head.query + head.query_bias, static @ head.key"),
        (MOTION, "lesson", "scaled = scores.copy()"),
    ],
)
def test_the_code_follows_the_sentence_as_it_is_typed(page, preset, line):
    at = visit(page, view="code")
    assert line not in code_of(at)
    at.text_input(key="a").set_value("The bank approved our loan")
    assert repr("The bank approved our loan") in code_of(sound(at.run()))
    widget(at, fields.PRESET).set_value(preset)
    assert line in code_of(sound(at.run()))
