"""Code that is made to run without us: what is written in, what still computes, and that both come to the same."""

import ast
import gc
import weakref

import numpy as np
import pytest

import selfattn
from selfattn.core.presets import PRESETS
from selfattn.frame.away.frozen import stand_ins, values
from selfattn.frame.away.frozen.program import freeze
from selfattn.frame.away.frozen.trace import run
from selfattn.frame.away.notebook_file import program_of
from selfattn.views import snippets

START = "import numpy as np\nimport selfattn\n\nvectors = _given(0)\n"


@pytest.fixture
def frozen(vectors):
    """Freeze a program, and run what came out with the stand-ins alone."""

    def use(source):
        trace = run(START + source, [vectors])
        program = freeze(trace)
        names = {"np": np} | {name: getattr(stand_ins, name) for name in vars(stand_ins)}
        names |= {kind.__name__: lambda kind=kind, **given: type(kind.__name__, (), given)() for kind in values.RECORDS}
        for line in (*program.data, program.code):
            assert "selfattn" not in line
            exec(line, names)
        return trace, program, names

    return use


def same(trace, names, *wanted):
    for name in wanted:
        np.testing.assert_allclose(names[name], trace.names[name], rtol=1e-6, err_msg=name)


def test_vectors_are_those_of_the_words_that_are_asked_for(frozen):
    trace, program, names = frozen("a, b = vectors['money'], vectors[['river', 'bank']]\nboth = b @ a\nprint(both)\n")
    assert set(names["vectors"]) == {"money", "river", "bank"}
    assert "both = b @ a" in program.code, "what is taught still computes"
    assert program.computed[-1] == "both"
    same(trace, names, "a", "b", "both")


def test_of_many_vectors_the_mean_is_written(frozen):
    trace, program, names = frozen("middle = vectors.vectors[:20000].astype(float).mean(axis=0)\nx = middle * 2\n")
    assert program.code == "x = middle * 2\n"
    assert len(program.data) == 1
    assert len(program.data[0]) < 1000
    same(trace, names, "middle", "x")


def test_in_a_loop_values_are_told_apart_by_what_it_goes_over(frozen):
    source = "new = {}\nfor text in ['Money bank grows', 'River bank']:\n    sentence = selfattn.embed(text, vectors)\n"
    source += "    row = sentence.index('bank')  # where\n    new[text] = sentence.matrix[row] * len(sentence)\n"
    trace, program, names = frozen(source)
    assert "    sentence = sentences[text]\n" in program.code
    assert "    row = 1  # where\n" in program.code, "the same in both, and what is said of it stays"
    assert set(names["sentences"]) == {"Money bank grows", "River bank"}
    for text, vector in trace.names["new"].items():
        np.testing.assert_allclose(names["new"][text], vector)


def test_a_function_that_only_we_can_run_goes_with_all_that_calls_it(frozen):
    source = "def far(word):\n    return vectors.distance(word, vectors.index_to_key[len(word)])\n"
    trace, program, names = frozen(source + "near = 1 - np.array([far('bank'), far('money')])\n")
    same(trace, names, "near")
    source = "def often(words):\n    most = 0\n    for key in selfattn.SENSES:\n        most += vectors.vectors.sum()\n"
    trace, program, names = frozen(source + "    return most + len(words)\ntwice = 2 * often(['a', 'b'])\n")
    assert "often" not in program.code
    same(trace, names, "twice")


def test_where_nothing_of_a_loop_can_be_kept_what_it_leaves_is_written(frozen):
    source = (
        "found = []\nfor sense in selfattn.SENSES.values():\n    found.append(len(sense.poles))\nmost = max(found)\n"
    )
    trace, program, names = frozen(source)
    assert "SENSES" not in program.code
    assert names["found"] == trace.names["found"]
    assert "most = max(found)" in program.code


def test_our_functions_have_stand_ins(frozen):
    source = """\
x = vectors[['money', 'bank', 'river']].astype(float)
weights = selfattn.softmax(x @ x.T)
trace = selfattn.attend(x)
output = trace.output
basis = selfattn.PCA.fit(x, 2)
places = basis.transform(x)
moved = selfattn.space(vectors, centred=True)(x)
mean = vectors.get_mean_vector(['king', 'man'], [1.0, -1.0], pre_normalize=True)
alike = vectors.cosine_similarities(mean, x)
odd = vectors.doesnt_match(['loan', 'money', 'creek'])
ranked = vectors.rank_by_centrality(['loan', 'money', 'creek'])
"""
    trace, program, names = frozen(source)
    assert all(f"{name}(" in program.code for name in ("softmax", "Attended", "Axes"))
    same(trace, names, "weights", "output", "places", "moved", "mean", "alike")
    assert names["odd"] == trace.names["odd"] == "creek"
    assert [word for _, word in names["ranked"]] == [word for _, word in trace.names["ranked"]]


@pytest.mark.parametrize("preset", PRESETS)
def test_attention_computes_the_same_with_every_preset(preset, frozen, vectors):
    source = snippets.of_word("We sat on the bank, of the river", 4, PRESETS[preset], drop_punctuation=False)
    trace, program, names = frozen(source.replace(snippets.START, ""))
    same(trace, names, "x", "scores", "scaled", "weights", "output")
    _, expected = selfattn.contextualize("We sat on the bank, of the river", vectors, preset, drop_punctuation=False)
    np.testing.assert_allclose(names["weights"], expected.weights, rtol=1e-5)
    assert {"weights", "output"} <= set(program.computed)


@pytest.mark.parametrize(
    "value",
    [
        np.array([[0.5, -1.25], [3.0, 0.1]], np.float32), np.arange(6).reshape(2, 3), np.array([True, False]),
        np.linspace(0, 1, 7), np.array([np.inf, -np.inf, np.nan]), np.linspace(-3, 3, 900).reshape(30, 30),
        np.float32(0.1), 3, True, None, "a \"b\" 'c' \\ \n \u2028", (1,), (), [], {"a": [1.5, (2, "b")]}, float("-inf"),
        np.zeros((0, 4)), np.arange(900),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_a_value_is_written_as_it_is(value):
    back = eval(values.write(value, {}), {"np": np, "unpacked": stand_ins.unpacked})
    if isinstance(value, np.ndarray):
        assert back.dtype == value.dtype
        assert back.shape == value.shape
        np.testing.assert_allclose(back, value, rtol=1e-7)
    else:
        assert back == value


@pytest.mark.parametrize("value", [object(), selfattn, np.zeros(100_000), [selfattn.embed], {"a": print}])
def test_what_cannot_be_written_is_refused(value):
    with pytest.raises(values.UnwritableError):
        values.write(value, {})


def test_a_program_is_parsed_once_more_where_another_thread_parses_at_the_same_moment(monkeypatch):
    parse, calls = ast.parse, []

    def disturbed(source):
        calls.append(source)
        if len(calls) < 3:
            raise SystemError("AST constructor recursion depth mismatch")
        return parse(source)

    monkeypatch.setattr(ast, "parse", disturbed)
    assert run("a = 1\n", []).names["a"] == 1


def test_what_a_program_computed_is_let_go_without_a_collector(vectors):
    trace = run(
        START + "x = vectors.vectors[:2000].astype(float)\ndef f():\n    return x\nprint(f().sum())\n", [vectors]
    )
    held = weakref.ref(trace.names["x"])
    gc.disable()
    try:
        assert program_of(trace).cells
        del trace
        assert held() is None
    finally:
        gc.enable()
