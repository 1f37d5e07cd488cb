"""The glossary: every example is run, every formula and every number compared with the library, every term found."""

import math
import re
import timeit
from functools import cache

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import selfattn
from selfattn import PRESETS, SENSES, Settings, attend, contextualize, softmax
from selfattn.core.contextual import DISTANCE_UNIT, SMOOTHING
from selfattn.core.lean import line_between
from selfattn.core.presets import PRESET_TITLES
from selfattn.core.projection import PCA
from selfattn.core.scene import Shown, build_scene
from selfattn.core.senses import meaning_meter, nearness
from selfattn.core.sentences import MAX_TOKENS
from selfattn.core.space import COMMON_ROWS, STRONGEST, common_mean, space
from selfattn.core.tokens import ZIPF_SHIFT
from selfattn.core.vectors import provenance, zipf_probabilities
from selfattn.course import LESSONS
from selfattn.glossary import GLOSSARY, GROUPS, mentions, near, search
from selfattn.sets.training.subwords import LONGEST, SHORTEST
from selfattn.views.snippets import START
from selfattn.views.trace.screen import TITLES

TEXT = "Money bank grows by the river"
NUMBER = r"[−-]?\d+(?:,\d{3})*(?:\.\d+)?|\b(?:two(?! vectors| words)|three|four|five|six|half|twice|twentieth|fifty)\b"


@cache
def glove():
    return selfattn.load_vectors()


def close(one, other, rtol=1e-9):
    np.testing.assert_allclose(one, other, rtol=rtol, atol=1e-12)
    return True


# What there is


def test_every_term_of_every_lesson_has_an_entry():
    for lesson in LESSONS:
        assert set(lesson.terms) <= set(GLOSSARY), lesson.key
        assert lesson.terms or lesson.key == "glossary"


def test_every_group_has_entries_in_one_piece():
    groups = [entry.group for entry in GLOSSARY.values()]
    assert list(dict.fromkeys(groups)) == list(GROUPS)
    assert groups == sorted(groups, key=list(GROUPS).index)


def faults(entry):
    """Yield what is wrong with how an entry is written."""
    if entry.key != entry.key.lower():
        yield "its key has capitals"
    if not 20 < len(entry.meaning) <= 145:
        yield f"its meaning has {len(entry.meaning)} letters"
    if not (entry.meaning[0].isupper() and entry.meaning.endswith(".")):
        yield "its meaning is no sentence"
    if re.search(r"simply|just |obvious|!|…", entry.meaning, re.IGNORECASE):
        yield "its meaning does not speak plainly"
    if set(entry.meaning) & set("<>*_`$#[]\\|"):
        yield "its meaning is written as Markdown, too"
    if bool(entry.example) != bool(entry.gives) or "`" in entry.example + entry.gives:
        yield "its example and what it gives do not fit"
    if not (entry.example.isascii() or "’" in entry.example):
        yield "its example has letters that nobody can type"
    if not set(entry.see) <= set(GLOSSARY) - {entry.key} or len(set(entry.see)) < len(entry.see):
        yield "near to it are itself, one twice, or what is not there"


def test_entries_are_short_plain_and_whole():
    assert [(key, fault) for key, entry in GLOSSARY.items() for fault in faults(entry)] == []


def test_no_form_belongs_to_two_terms():
    forms = [form.lower() for entry in GLOSSARY.values() for form in entry.forms]
    assert len(set(forms)) == len(forms)


def test_presets_are_named_as_on_the_page():
    for name, title in PRESET_TITLES.items():
        assert GLOSSARY[title.lower()].term == title, name


# Examples


def test_examples_give_what_they_say():
    names = {}
    exec(START, names)
    given = {key: str(eval(entry.example, dict(names))) for key, entry in GLOSSARY.items() if entry.example}
    assert given == {key: GLOSSARY[key].gives for key in given}


# Formulas: what each says, worked out term by term, against the code that the app runs


def loops(n, *sizes):
    return np.random.default_rng(7).normal(size=(n, *sizes))


def _trace(**settings):
    return attend(loops(4, 6), **{"temperature": 1.0, **settings})


def dot_product():
    a, b = loops(2, 6)
    total = sum(a[i] * b[i] for i in range(6))
    return close(total, attend([a, b]).scores[0, 1])


def norm():
    vectors = glove()
    return close(
        [math.sqrt(sum(float(number) ** 2 for number in vectors[word])) for word in ("bank", "the")],
        [float(vectors.norms[vectors.key_to_index[word]]) for word in ("bank", "the")],
        rtol=1e-6,  # norms are float32
    )


def _cosine(a, b):
    length_a, length_b = (math.sqrt(sum(number**2 for number in one)) for one in (a, b))
    return sum(x * y for x, y in zip(a, b, strict=True)) / (length_a * length_b)


def cosine():
    a, b = loops(2, 6)
    return close(_cosine(a, b), nearness(a, {"b": b})["b"])


def angle():
    a, b = (3.0, 0.0), (2.0, 2.0)  # 45 degrees, by construction
    return close(math.degrees(math.acos(_cosine(a, b))), 45.0)


def mean():
    rows = loops(5, 3)
    return close([sum(rows[i, j] for i in range(5)) / 5 for j in range(3)], PCA.fit(rows, 1).mean)


def variance():
    rows = loops(5, 1)
    middle = sum(rows) / 5
    return close(sum((row - middle) ** 2 for row in rows) / 4, PCA.fit(rows, 1).explained_variance)


def transpose():
    x = _trace().matrix
    return close([[x[j, i] for j in range(4)] for i in range(6)], np.transpose(x))


def attention():
    query, key, value = loops(3, 4, 6)
    trace = attend(query, query=query, key=key, value=value, temperature=1.0)
    return close(softmax(query @ key.T / math.sqrt(6)) @ value, trace.output)


def self_attention():
    trace = _trace()
    return close(softmax(trace.matrix @ trace.matrix.T / math.sqrt(6)) @ trace.matrix, trace.output)


def made(name):
    """Each is the static vector, or what a matrix (and for the query a shift) makes of it."""

    def check():
        (sentence, trace), (_, trained) = (contextualize(TEXT, glove(), preset) for preset in ("balanced", "trained"))
        close(getattr(trace, name), trace.matrix)
        x, w = sentence.matrix.astype(float), getattr(selfattn.head_of(glove()), name)
        b = selfattn.head_of(glove()).query_bias if name == "query" else np.zeros(50)
        by_hand = [[sum(row[i] * w[i, j] for i in range(50)) + b[j] for j in range(50)] for row in x]
        return close(by_hand, getattr(trained, name))

    return check


def score():
    trace = _trace()
    return close([[sum(trace.query[i] * trace.key[j]) for j in range(4)] for i in range(4)], trace.scores)


def scaling():
    trace = _trace()
    return close(trace.query @ trace.key.T / math.sqrt(6), trace.scaled)


def temperature():
    trace = _trace(temperature=3.7)
    return close(trace.query @ trace.key.T / (3.7 * math.sqrt(6)), trace.scaled)


def exponential():
    trace = _trace()
    shares = np.array([[math.e**s for s in row] for row in trace.scaled])
    return close(shares / shares.sum(axis=1, keepdims=True), trace.weights)


def softmaxed():
    s = _trace().scaled
    return close(
        [[math.exp(s[i, j]) / sum(math.exp(s[i, k]) for k in range(4)) for j in range(4)] for i in range(4)], softmax(s)
    )


def weight():
    return all(close(_trace(temperature=heat).weights.sum(axis=1), 1) for heat in (0.1, 1.0, 10.0))


def weighted_sum():
    trace = _trace()
    return close([sum(trace.weights[i, j] * trace.value[j] for j in range(4)) for i in range(4)], trace.output)


def pca():
    rows, new = loops(9, 3), loops(2, 3)
    fitted = PCA.fit(rows)
    return close([[sum(u * (x - rows.mean(axis=0))) for u in fitted.components] for x in new], fitted.transform(new))


def explained_variance():
    rows = loops(9, 3)
    fitted = PCA.fit(rows)
    z = fitted.transform(rows)
    total = sum(np.linalg.norm(row - rows.mean(axis=0)) ** 2 for row in rows)
    return close([sum(z[i, k] ** 2 for i in range(9)) / total for k in range(2)], fitted.explained_variance_ratio)


def pull():
    trace = _trace()
    by_hand = [trace.weights[1, j] * (trace.value[j] - trace.matrix[1]) for j in range(4)]
    return close(by_hand, selfattn.pulls(trace, 1)) and close(trace.matrix[1] + sum(by_hand), trace.output[1])


def meter():
    vectors = glove()
    y = vectors["bank"].astype(float)
    read = meaning_meter(y, SENSES["bank"], vectors)
    for sense, words in SENSES["bank"].poles.items():
        p = [vectors[word].astype(float) for word in words if word in vectors]
        close(_cosine(y, sum(p) / len(p)), read[sense])
    return len(read) == 2


def lean():
    """m is the mean of the frequent words, and u points from one pole to the other, as seen from there."""
    vectors = glove()
    m = vectors.vectors[:20_000].astype(float).mean(axis=0)
    finance, river = (
        np.mean([vectors[word].astype(float) for word in words], axis=0) - m for words in SENSES["bank"].poles.values()
    )
    u = river / np.linalg.norm(river) - finance / np.linalg.norm(finance)
    u /= np.linalg.norm(u)
    sentence, trace = contextualize(TEXT, vectors)
    y = trace.output[sentence.index("bank")]
    return close(sum((y - m) * u), selfattn.lean(TEXT, "bank", vectors, "balanced").after, rtol=1e-6)


def trained():
    sentence, trace = contextualize(TEXT, glove(), "trained")
    n, s, (q, k) = len(sentence), float(selfattn.head_of(glove()).slope), (trace.query, trace.key)
    for i in range(n):
        others = [j for j in range(n) if j != i]
        w = softmax([q[i] @ k[j] / math.sqrt(50) - s * abs(i - j) for j in others])
        close(trace.weights[i, others], w)
    return close(trace.weights.diagonal(), 0) and close(trace.weights @ trace.value, trace.output)


def preset(name, divisor):
    def check():
        _, trace = contextualize(TEXT, glove(), name)
        x = trace.matrix
        return close(softmax(x @ x.T / divisor(x.shape[1])) @ x, trace.output)

    return check


def centring():
    vectors = glove()
    place = space(vectors, centred=True)
    common = vectors.vectors[:COMMON_ROWS].astype(float)
    strongest = np.linalg.svd(common - common.mean(axis=0), full_matrices=False)[2][:STRONGEST]
    close(np.abs((strongest * place.directions).sum(axis=1)), 1)
    x = vectors["bank"].astype(float)
    moved = x - common.mean(axis=0)
    return close(moved - sum(u @ moved * u for u in strongest), place(x[None])[0])


def zipf():
    vectors = glove()
    total = sum(1 / (rank + 2.7) for rank in range(1, len(vectors) + 1))
    rank = vectors.key_to_index["bank"] + 1
    return close(1 / (rank + 2.7) / total, zipf_probabilities(vectors, ["bank"])[0])


def _lowered(**switch):
    """What a switch adds to the scores."""
    vectors = glove()
    _, plain = contextualize(TEXT, vectors, Settings())
    sentence, trace = contextualize(TEXT, vectors, Settings(**switch))
    return sentence, trace.scaled - plain.scaled


def sif():
    sentence, added = _lowered(frequency=True)
    p = zipf_probabilities(glove(), sentence.tokens)
    return close(np.tile([math.log(0.001 / (0.001 + one)) for one in p], (len(sentence), 1)), added)


def alibi():
    sentence, added = _lowered(distance=True)
    n = len(sentence)
    return close([[-abs(i - j) / 20 for j in range(n)] for i in range(n)], added)


def projection():
    x, (w_q, w_k, w_v) = loops(4, 6), loops(3, 6, 5)
    trace = attend(x, query=x @ w_q, key=x @ w_k, value=x @ w_v, temperature=1.0)
    q, k, v = ([[sum(row * column) for column in w.T] for row in x] for w in (w_q, w_k, w_v))
    return close(softmax(np.array(q) @ np.array(k).T / math.sqrt(5)) @ v, trace.output)


def mask():
    may = np.tril(np.ones((4, 4), dtype=bool))
    weights = _trace(mask=may).weights
    return math.exp(-math.inf) == 0 and (weights[~may] == 0).all() and (weights[may] > 0).all()


FORMULAS = {
    "transpose": (r"(X^{\top})_{ij} = X_{ji}", transpose),
    "dot product": (r"a \cdot b = \sum_{i=1}^{d} a_i \, b_i", dot_product),
    "norm": (r"\lVert a \rVert = \sqrt{\textstyle\sum_{i=1}^{d} a_i^2}", norm),
    "cosine": (r"\cos(a, b) = \dfrac{a \cdot b}{\lVert a \rVert \, \lVert b \rVert}", cosine),
    "angle": (r"\theta = \arccos \dfrac{a \cdot b}{\lVert a \rVert \, \lVert b \rVert}", angle),
    "mean": (r"\bar{x} = \dfrac{1}{n} \sum_{i=1}^{n} x_i", mean),
    "variance": (r"\dfrac{1}{n - 1} \sum_{i=1}^{n} (x_i - \bar{x})^2", variance),
    "attention": (r"\mathrm{softmax}\!\left(\dfrac{Q K^{\top}}{\sqrt{d}}\right) V", attention),
    "self-attention": (r"\mathrm{softmax}\!\left(\dfrac{X X^{\top}}{\sqrt{d}}\right) X", self_attention),
    "query": (r"q_i = x_i \;\text{ or }\; x_i W_Q + b_Q", made("query")),
    "key": (r"k_j = x_j \;\text{ or }\; x_j W_K", made("key")),
    "value": (r"v_j = x_j \;\text{ or }\; x_j W_V", made("value")),
    "score": (r"s_{ij} = q_i \cdot k_j", score),
    "scaling": (r"\dfrac{q_i \cdot k_j}{\sqrt{d}}", scaling),
    "temperature": (r"\dfrac{q_i \cdot k_j}{\tau \sqrt{d}}", temperature),
    "exponential": ("e^{s}", exponential),
    "softmax": (r"w_{ij} = \dfrac{\exp s_{ij}}{\sum_{k} \exp s_{ik}}", softmaxed),
    "weight": (r"\sum_{j} w_{ij} = 1", weight),
    "weighted sum": (r"y_i = \sum_{j} w_{ij} \, v_j", weighted_sum),
    "pca": (r"z_k = u_k \cdot (x - \bar{x})", pca),
    "explained variance": (
        r"\dfrac{\sum_{i} z_{ik}^2}{\sum_{i} \lVert x_i - \bar{x} \rVert^2}", explained_variance,
    ),
    "lean": (r"(y - m) \cdot u", lean),
    "pull": (r"w_{ij} \, (v_j - x_i)", pull),
    "meaning meter": (r"\cos\!\left(y, \dfrac{1}{n} \sum_{i=1}^{n} p_i\right)", meter),
    "as in the lesson": (r"\mathrm{softmax}(X X^{\top}) \, X", preset("lesson", lambda _d: 1)),
    "scaled": (r"\mathrm{softmax}\!\left(\dfrac{X X^{\top}}{\sqrt{d}}\right) X", preset("scaled", math.sqrt)),
    "balanced": (
        r"\mathrm{softmax}\!\left(\dfrac{X X^{\top}}{2 \sqrt{d}}\right) X",
        preset("balanced", lambda d: 2 * math.sqrt(d)),
    ),
    "trained": (
        r"\mathrm{softmax}_{j \ne i}\!\left(\dfrac{q_i \cdot k_j}{\sqrt{d}} - s \, \lvert i - j \rvert\right)", trained,
    ),
    "centring": (r"x - \bar{x} - \sum_{k=1}^{2} \bigl(u_k \cdot (x - \bar{x})\bigr) \, u_k", centring),
    "zipf": (r"p(w) = \dfrac{1 / (r_w + 2.7)}{\sum_{r} 1 / (r + 2.7)}", zipf),
    "sif": (r"\log \dfrac{a}{a + p(w)}", sif),
    "alibi": (r"-\dfrac{\lvert i - j \rvert}{20}", alibi),
    "projection": (r"q = x W_Q, \quad k = x W_K, \quad v = x W_V", projection),
    "mask": (r"e^{-\infty} = 0", mask),
}  # fmt: skip


def test_every_formula_has_a_check():
    assert {key for key, entry in GLOSSARY.items() if entry.formula} == set(FORMULAS)


@pytest.mark.parametrize("key", FORMULAS)
def test_formula_is_what_the_code_computes(key):
    written, check = FORMULAS[key]
    assert GLOSSARY[key].formula == written, "a changed formula needs another check"
    assert check()


# Numbers in the text


def numbers(text):
    return re.findall(NUMBER, text)


def _alone(first, second):
    """The cosine of two vectors by the code of the meter."""
    return round(nearness(np.array(first), {"other": np.array(second)})["other"], 12)


@cache
def _plot():
    """The motion plot of “bank”, and the line between its senses, with balanced attention."""
    sentence, trace = contextualize(TEXT, glove())
    shown, place = Shown(0, sentence, trace, sentence.index("bank")), space(glove())
    return build_scene("bank", [shown], glove(), place, sense=SENSES["bank"]), line_between(
        SENSES["bank"], glove(), place
    )


def _the_axis_that_is_the_line():
    plot, _ = _plot()
    places = np.array([plot.static, plot.movers[0].contextual])  # (2, 2): a row an end, a column an axis
    lean = selfattn.lean(TEXT, "bank", glove(), "balanced")
    return 1 + np.abs(places - np.array([[lean.before], [lean.after]])).max(axis=0).argmin()


def _the_axis_of_what_is_left():
    """Along which axis the words of the poles differ as much as they can, once the line is taken off."""
    plot, line = _plot()
    rows = np.array([glove()[word] for pole in plot.poles for word in pole.words], dtype=float)
    rest = rows - rows.mean(axis=0)
    rest = rest - np.outer(rest @ line.direction, line.direction)
    share = np.linalg.svd(rest, compute_uv=False)[0] ** 2 / ((rows - rows.mean(axis=0)) ** 2).sum()
    return 1 + np.abs(np.array(plot.explained_variance) - share).argmin()


def _evens_out():
    low, middle, high = (_trace(temperature=heat).weights.max(axis=1) for heat in (0.5, 1.0, 2.0))
    return (low > middle).all() and (middle > high).all()


NUMBERS = {
    "vector": {"50": lambda: glove()["bank"].size},
    "dimension": {"50": lambda: glove().vector_size, "two": lambda: len(PCA.fit(glove().vectors[:99]).components)},
    "fasttext": {"three": lambda: SHORTEST, "six": lambda: LONGEST},
    "one-hot": {"1": lambda: int(np.eye(9)[3].sum())},
    "vocabulary": {"75,000": lambda: len(glove())},
    "cosine": {
        "1": lambda: _alone([1, 2], [2, 4]),
        "0": lambda: _alone([1, 2], [-2, 1]),
        "−1": lambda: _alone([1, 2], [-1, -2]),
    },
    "temperature": {"1": lambda: int(_evens_out())},
    "exponential": {"2.718": lambda: round(math.e, 3), "1": lambda: round(math.log(math.exp(3) / math.exp(2)), 9)},
    "softmax": {
        "0": lambda: max(0, -float(softmax([-700.0, 0, 700]).min())),
        "1": lambda: float(softmax([-700.0, 0, 700]).sum()),
    },
    "weight": {
        "0": lambda: float(contextualize(TEXT, glove(), "sharper")[1].weights.min()),
        "1": lambda: float(softmax([-1e4, 0, 1e4]).max()),
    },
    "axis": {"1": _the_axis_that_is_the_line, "2": _the_axis_of_what_is_left},
    "lean": {"0": lambda: round(float(_plot()[1](common_mean(glove()))), 9)},
    "trained": {"three": lambda: len({"query", "key", "value"} & set(selfattn.head_of(glove()).arrays()))},
    "balanced": {"2": lambda: PRESETS["balanced"].temperature},
    "centring": {"20,000": lambda: COMMON_ROWS, "two": lambda: len(space(glove(), centred=True).directions)},
    "zipf": {"2.7": lambda: ZIPF_SHIFT},
    "sif": {"0.001": lambda: SMOOTHING},
    "alibi": {"twentieth": lambda: DISTANCE_UNIT},
    "projection": {"three": lambda: GLOSSARY["projection"].formula.count("W_")},
    "layer norm": {"0": lambda: float((np.array([1.0, 5, 9]) - 5).mean())},
    "mask": {"0": lambda: float(softmax([0, -np.inf])[1])},
    "context window": {"512": lambda: MAX_TOKENS},
}
WORDS = {"two": 2, "three": 3, "six": 6, "twentieth": 20}


def test_a_number_in_a_text_has_a_check_and_every_check_a_number():
    stated = {key: set(numbers(entry.meaning)) for key, entry in GLOSSARY.items()}
    assert {key: found for key, found in stated.items() if found} == {key: set(each) for key, each in NUMBERS.items()}


def test_every_number_in_a_text_is_the_librarys():
    computed = {(key, written): check() for key, checks in NUMBERS.items() for written, check in checks.items()}
    values = {one: WORDS.get(one[1]) or float(one[1].replace("−", "-").replace(",", "")) for one in computed}
    assert computed == pytest.approx(values, abs=1e-12)


# Statements that the library can prove


def test_balanced_is_the_preset_of_the_lessons_that_build_attention_by_hand():
    by_hand = {"dot_product", "weighted_sum", "self_attention"}
    usual = {lesson.key: lesson.preset for lesson in LESSONS}
    assert {usual[key] for key in by_hand} == {"balanced"}
    assert {usual[key] for key in ("home", "motion")} == {"trained"}


def test_vocabulary_is_the_most_frequent_words(vectors):
    record = provenance()
    assert (record["rows"], record["order"]) == (len(vectors), "most frequent first")
    assert record["ranks_beyond_the_cut"] == {}


@pytest.mark.parametrize("on_words", [False, True])
def test_axis_one_is_the_line_and_axis_two_is_fitted_on_the_poles_or_the_sentences(on_words, vectors):
    assert "the poles’, or the sentences’" in GLOSSARY["axis"].meaning
    place, ways = space(vectors), []
    for text in ("Money bank grows", "River bank flows"):
        sentence, trace = contextualize(text, vectors)
        shown = [Shown(0, sentence, trace, 1)]
        plot = build_scene("bank", shown, vectors, place, sense=SENSES["bank"], on_words=on_words)
        assert plot.static[0] == pytest.approx(selfattn.lean(text, "bank", vectors, "balanced").before)
        ways.append(plot.poles[0].points)
    (line, other), (same_line, next_one) = (points.T for points in ways)
    assert np.allclose(line, same_line), "no sentence moves it"
    assert np.allclose(other, next_one) != on_words


def test_the_lean_is_below_zero_with_one_sense_and_above_with_the_other(vectors):
    first, second = SENSES["bank"].poles
    assert selfattn.lean("Money bank grows", "bank", vectors).after < 0
    assert selfattn.lean("Money bank grows", "bank", vectors).side == first
    assert selfattn.lean("River bank flows", "bank", vectors).after > 0
    assert selfattn.lean("River bank flows", "bank", vectors).side == second


def test_the_cosines_stand_where_the_meter_says():
    assert f"under “{TITLES['point']}”" in GLOSSARY["meaning meter"].meaning


def test_the_largest_dot_product_takes_almost_all_and_mostly_it_is_a_words_own(vectors):
    """Not always: a word may score higher with a longer vector than with itself."""
    examples = [(word, text) for word, sense in SENSES.items() for text in sum(sense.examples.values(), ())]
    largest, own = [], []
    for _, text in examples:
        _, trace = contextualize(text, vectors, "lesson")
        largest += trace.weights.max(axis=1).tolist()
        own += (trace.weights.argmax(axis=1) == np.arange(len(trace.weights))).tolist()
    assert np.median(largest) > 0.99
    assert 0.95 < np.mean(own) < 1
    assert np.mean([selfattn.lean(text, word, vectors, "lesson").moves for word, text in examples]) < 0.05


def test_one_hot_words_are_all_equally_unlike():
    assert np.array_equal(np.eye(9) @ np.eye(9).T, np.eye(9))


def test_what_is_added_for_frequency_is_below_zero(vectors):
    _, added = _lowered(frequency=True)
    assert (added < 0).all()


def test_frequent_words_come_first_and_score_high(vectors):
    """“Its score can be high”: in this sentence “the” takes more of “bank” than “grows” does."""
    sentence, trace = contextualize("the bank grows", vectors)
    the, _, grows = trace.weights[sentence.index("bank")]
    assert the > grows
    assert vectors.key_to_index["the"] == 0


# Terms in a text


def found(text):
    return [(text[start:end], entry.key) for start, end, entry in mentions(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The dot product of two vectors.", ["dot product", "vector"]),
        ("Dot products, then softmax.", ["dot product", "softmax"]),
        ("Self-attention is attention.", ["self-attention", "attention"]),
        ("A weighted sum and a weight.", ["weighted sum", "weight"]),
        ("From Word2Vec or GloVe.", ["word2vec", "glove"]),
        ("The axes of a PCA keep variance.", ["axis", "pca", "variance"]),
        ("Zipf’s law", ["zipf"]),
        ("cross-attention, weightless, keyboard, subvector, vector-valued", []),
        ("“softmax”", []),
        ("of the new “dot product” is a “vector", []),
        ("”softmax“ query", ["softmax"]),
        ("a head for numbers, what it means", []),
        ("two heads and one head", ["head"]),
        ("", []),
    ],
)
def test_terms_are_found_where_they_are_words(text, terms):
    assert [key for _, key in found(text)] == terms


def test_each_term_is_found_once_and_in_order():
    assert found("A vector, the Vectors, a softmax, one vector") == [("vector", "vector"), ("softmax", "softmax")]


def test_every_form_finds_its_own_entry():
    forms = {form: key for key, entry in GLOSSARY.items() for form in entry.forms}
    texts = {form: f"So, {form}: {form[0].upper()}{form[1:]}." for form in forms}
    assert {form: found(text) for form, text in texts.items()} == {form: [(form, forms[form])] for form in forms}


QUOTED = re.compile("“[^”]*”?")


@given(st.text(alphabet="softmax vector“”<>&-.", max_size=80))
@example("“a” vector “softmax”")
@example("“" * 9 + "vector")
def test_nothing_between_quotation_marks_is_found(text):
    typed = [one.span() for one in QUOTED.finditer(text)]
    for start, end, _ in mentions(text):
        assert all(end <= first or last <= start for first, last in typed)


def test_finding_terms_takes_no_time():
    text = (
        "In A, 24 % of the new “bank” is “money” and 8 % “grows”: its vector moves by a weighted sum to finance. " * 2
    )
    seconds = min(timeit.repeat(lambda: list(mentions(text)), number=100, repeat=5)) / 100
    assert seconds < 0.0005, "a finding is written on every keystroke: 0.02 ms, and ten times that on a busy machine"


# Looking up


def test_a_term_is_found_first_by_its_name():
    wanted = {way: key for key, one in GLOSSARY.items() for way in (key, one.term.upper(), f"  {one.term} ")}
    assert {way: search(way)[0].key for way in wanted} == wanted


def test_searching_for_nothing_gives_everything():
    assert search(" ") == list(GLOSSARY.values())


def test_search_puts_names_before_meanings():
    keys = [entry.key for entry in search("attention")]
    assert keys[:2] == ["attention", "self-attention"]
    assert "transformer" in keys


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [("sofmax", "softmax"), ("cosin", "cosine"), ("Embeding", "embedding"), ("qwxzv", None), ("", None)],
)
def test_a_slip_is_understood(wanted, meant):
    assert (near(wanted).key if meant else near(wanted)) == meant


@given(st.text(max_size=200))
def test_any_text_can_be_looked_up(wanted):
    assert all(entry.key in GLOSSARY for entry in search(wanted))
    near(wanted)
