"""The lesson on the dot product: its arithmetic, its words, its code, and its four screens without a browser."""

import itertools
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cosine as cosine_distance
from sklearn.metrics.pairwise import cosine_similarity

from selfattn.core import similarity
from selfattn.core.presets import PRESETS
from selfattn.core.typed import dot, sum_of_products
from selfattn.course import DOT_PRODUCT
from selfattn.figures.palette import MOST
from selfattn.lessons.dot_product import code as snippets
from selfattn.lessons.dot_product import plane, prose
from selfattn.lessons.dot_product.plane_screen import BOXES, PICTURE
from selfattn.ui import fields
from tests.apps import HOSTILE, charts, edit, formulas, offers, read_html, screen, sound, visit
from tests.covering import combined

PAGE = "pages/3_Dot_product.py"
STEPS = [step.key for step in DOT_PRODUCT.steps]
COORDINATES = st.floats(-9, 9).map(lambda value: round(value, 2) + 0.0)
PLANES = st.builds(plane.Plane, *[st.tuples(COORDINATES, COORDINATES)] * 3)


def rows_of(words, vectors):
    return np.array([vectors[word] for word in words], dtype=float)


# The arithmetic


def test_cosines_are_those_of_scipy_and_sklearn(rng):
    rows = rng.normal(size=(30, 50))
    np.testing.assert_allclose(similarity.cosines(rows[0], rows), cosine_similarity(rows[:1], rows)[0])
    np.testing.assert_allclose(similarity.cosines(rows[0], rows), [1 - cosine_distance(rows[0], row) for row in rows])


def test_cosines_are_those_of_gensim(vectors):
    found = similarity.cosines(vectors["bank"], rows_of(["money", "river"], vectors))
    np.testing.assert_allclose(found, [vectors.similarity("bank", word) for word in ("money", "river")], rtol=1e-5)


def test_one_cosine_is_that_of_scipy_and_zero_without_length(vectors):
    a, b = rows_of(["bank", "river"], vectors)
    assert similarity.cosine(a, b) == pytest.approx(1 - cosine_distance(a, b))
    assert similarity.cosine(a, np.zeros(50)) == 0


@pytest.mark.parametrize("degrees", [0, 1e-7, 45, 90, 135, 180])
def test_angles_are_exact(degrees):
    turned = np.radians(degrees)
    assert similarity.angle([3, 0], [2 * np.cos(turned), 2 * np.sin(turned)]) == pytest.approx(degrees, rel=1e-9)


def test_no_angle_with_nothing():
    assert similarity.angle([0, 0], [1, 2]) is None


@given(st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_overtaking_finds_a_pair_exactly_where_the_orders_differ(count, seed):
    rng = np.random.default_rng(seed)
    one, rows = rng.normal(size=3), rng.normal(size=(count, 3))
    dots, cosines = rows @ one, similarity.cosines(one, rows)
    told = similarity.overtaking(dots, cosines)
    dot, cosine = ([float(f"{value:.2f}") for value in values] for values in (dots, cosines))
    pairs = itertools.permutations(range(count), 2)
    assert (told is None) == (not any(dot[i] > dot[j] and cosine[i] < cosine[j] for i, j in pairs))
    if told:
        assert dot[told[0]] > dot[told[1]]
        assert cosine[told[0]] < cosine[told[1]]


def test_what_reads_as_equal_is_no_overtaking_and_no_length_is_blamed():
    dots, cosines, names = np.array([16.62, 14.64]), np.array([0.6401, 0.6404]), ["y", "z"]
    assert similarity.overtaking(dots, cosines) is None
    said = prose.overtaken("x", names, None, dots, cosines)
    assert said == (
        "Like “x”, both ways in almost the same order: where two words change places, their dot products or their "
        "cosines read the same."
    )
    same = prose.overtaken("x", names, None, dots, cosines[::-1])
    assert same == "Like “x”, both ways in the same order: no vector here is long enough to change places."
    assert similarity.overtaking(dots, np.array([0.64, 0.65])) == (0, 1)


@pytest.mark.parametrize(
    ("names", "ranks", "dots", "cosines", "said"),
    [
        (["money", "the", "flows"], [900, 0, 9000], [21.6, 18.1, 9.3], [0.64, 0.60, 0.31], "place 2 by"),
        (["money", "the"], [900, 0], [21.6, 18.1], [0.64, 0.60], ""),
        (["money", "the", "flows"], [900, 0, 9000], [21.6, 9.1, 12.3], [0.64, 0.60, 0.31], "place 3 by"),
        (["percent", "people", "flows"], [72, 69, 9000], [21.6, 18.1, 9.3], [0.64, 0.60, 0.31], ""),
        (["of", "the"], [3, 0], [21.6, 18.1], [0.64, 0.60], ""),
    ],
)
def test_a_frequent_word_is_spoken_of_where_it_stands_before_a_rarer_one(names, ranks, dots, cosines, said):
    found = prose.common(names, ranks, np.array(dots), np.array(cosines))
    assert said in found if said else not found


def test_extremes_leave_the_diagonal_out():
    table = np.array([[99.0, 2, 3], [2, 99, -4], [3, -4, 99]])
    assert similarity.extremes(table) == ((0, 2), (1, 2))
    assert similarity.extremes(np.ones((1, 1))) is None


# The plane


def test_the_start_is_the_lessons():
    a, b, c = plane.START
    assert (dot(b, c), dot(a, c)) == (26, 11)
    assert plane.finding(plane.START) == "B and C are more alike than A and C: 26 against 11."
    assert plane.read_plane(fields.FIELDS[fields.PLANE].default) == plane.START


@pytest.mark.parametrize("text", ["2 -0.5", "(2, -0.5)", "[2;−.5]", " 2 ,, -0.50 ", "+2. -0.5"])
def test_a_vector_is_read_however_it_is_typed(text):
    assert plane.read_vector(text) == (2.0, -0.5)


@pytest.mark.parametrize(
    "text",
    ["", "2", "1 2 3", "x y", "nan nan", "inf 1", "9.01 0", "1e1 0", "1_0 2", "٣ 4", "1,5 2,5", "9" * 400 + " 1"],
)
def test_what_is_not_a_vector_is_refused(text):
    assert plane.read_vector(text) is None


@given(PLANES)
def test_the_link_gives_the_plane_back(vectors):
    assert plane.read_plane(plane.write_plane(vectors)) == vectors


@given(st.text(max_size=60))
def test_any_link_gives_a_plane(text):
    assert np.abs(plane.read_plane(text)).max() <= plane.FARTHEST


@pytest.mark.parametrize(
    "moved",
    [None, 3, "abc", [], [[1, 2], [3, 4]], [[1, 2], [3, 4], [5]], [[1, 2], [3, 4], ["x", 1]], [[1, 2], [3, 4], [99, 1]],
     [[1, 2], [3, 4], [float("nan"), 1]], {"a": 1}, [[1, 2], [3, 4], [None, 1]], [[1, 2], [3, 4], [10**400, 1]]],
)  # fmt: skip
def test_what_the_picture_may_not_send_is_refused(moved):
    assert plane.read_moved(moved) is None


def test_what_the_picture_sends_is_read():
    assert plane.read_moved([[1, 2], [2.004, -5], (3, -0.0)]) == ((1, 2), (2, -5), (3, 0))


@given(PLANES)
def test_the_formula_is_true(vectors):
    _, b, c = vectors
    left, middle, right = sum_of_products("BC", b, c).split(" = ")
    assert left == r"B \cdot C"
    assert eval(middle.replace(r"\cdot", "*")) == pytest.approx(float(right), abs=1e-9)
    assert float(right) == pytest.approx(np.dot(b, c), abs=1e-9)


@given(PLANES)
def test_the_remark_is_true(vectors):
    a, b, c = (np.array(vector) for vector in vectors)
    said = plane.remark(vectors)
    if "points nowhere" in said:
        assert not all(vector.any() for vector in (a, b, c))
    elif "right angle" in said or "below 0" in said:
        one, other = ({"A": a, "B": b, "C": c}[name] for name in re.match(r"(\w) and (\w)", said).groups())
        assert one @ other == pytest.approx(0, abs=1e-9) if "right angle" in said else one @ other < 0
    elif said:
        far, near = (b, a) if ", B is longer" in said else (a, b)
        assert np.linalg.norm(far) > np.linalg.norm(near)
        assert far @ c > near @ c
        assert similarity.angle(far, c) > similarity.angle(near, c)


@given(PLANES)
def test_the_finding_is_true(vectors):
    a, b, c = (np.array(vector) for vector in vectors)
    said = plane.finding(vectors)
    more = round(b @ c - a @ c, 6)
    order = "B and C are more" if more > 0 else "A and C are more" if more < 0 else "B and C are just"
    assert said.startswith(order if round(max(b @ c, a @ c), 6) > 0 else "Neither A nor B is like C")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1 2, 1 2, 3 4", "B and C are just as alike as A and C: both dot products are 11."),  # the same twice
        ("4 -3, -8 6, 3 4", "Neither A nor B is like C: their dot products with it are 0 and 0."),  # right angles
        ("-3 -4, 4 -3, 3 4", "Neither A nor B is like C: their dot products with it are −25 and 0."),  # opposite
        ("0 0, 1 1, 3 4", "B and C are more alike than A and C: 7 against 0."),
    ],
)
def test_the_finding_of_special_vectors_is_not_taken_back(typed, said):
    vectors = plane.read_plane(typed)
    assert plane.finding(vectors) == said
    assert "longer" not in plane.remark(vectors)


# The words


def test_products_sum_to_the_dot_product(vectors):
    one, other = rows_of(["bank", "money"], vectors)
    assert f"“bank” · “money” = {one @ other:.2f}" in prose.products("bank", "money", one * other)
    assert "= 21.57" in prose.products("bank", "money", one * other)


def test_signs_add_up(vectors):
    values = np.prod(rows_of(["bank", "money"], vectors), axis=0)
    more, less = map(float, re.search(r"add (\S+)\. .* away (\S+)\.$", prose.signs(values)).groups())
    assert more - less == pytest.approx(values.sum(), abs=0.011)
    assert prose.signs(np.ones(3)).endswith("None is below 0.")


@given(st.integers(2, 6), st.integers(0, 2**32 - 1))
def test_why_is_true(count, seed):
    rng = np.random.default_rng(seed)
    one, rows = rng.normal(size=3), rng.normal(size=(count, 3))
    dots, cosines, lengths = rows @ one, similarity.cosines(one, rows), np.linalg.norm(rows, axis=1)
    told = similarity.overtaking(dots, cosines)
    said = prose.why_overtaken([f"w{at}" for at in range(count)], told, lengths)
    if told is None:
        assert said == ""
    elif lengths[told[0]] < lengths[told[1]]:
        assert "below zero" in said
        assert dots[told[1]] < 0


# The code: each snippet gives the numbers of its screen


def run(source):
    names = {}
    exec(source.replace("print(", "(lambda *_: None)("), names)
    return names


def test_code_of_the_plane():
    names = run(snippets.plane(plane.START))
    assert names["dots"] == {"BC": 26, "AC": 11, "AB": 12}
    for pair, degrees in names["angles"].items():
        one, other = (plane.START["ABC".index(name)] for name in pair)
        assert degrees == pytest.approx(similarity.angle(one, other))


def test_code_of_the_plane_with_nothing():
    assert run(snippets.plane([(0, 0), (1, 1), (-2, -2)]))["angles"] == {"BC": pytest.approx(180, abs=0.01)}


def test_code_of_two_words(vectors):
    names = run(snippets.words("bank", "money"))
    products = np.prod(rows_of(["bank", "money"], vectors), axis=0)
    assert names["dot"] == pytest.approx(products.sum())
    assert (np.diff(names["products"]) <= 0).all()
    np.testing.assert_allclose(names["products"], products[names["dimensions"] - 1])


def test_code_of_the_cosine(vectors):
    words = ["money", "river", "the"]
    names = run(snippets.cosine("bank", words))
    np.testing.assert_allclose(names["cosines"], similarity.cosines(vectors["bank"], rows_of(words, vectors)))
    np.testing.assert_allclose(names["dots"], rows_of(words, vectors) @ vectors["bank"].astype(float))


def test_code_of_the_table(vectors):
    words = ["money", "river", "the"]
    rows = rows_of(words, vectors)
    np.testing.assert_allclose(run(snippets.table(words))["table"], rows @ rows.T)


@pytest.mark.parametrize("step", STEPS)
def test_the_screen_shows_its_code_and_the_code_runs(step):
    at = visit(PAGE, step=step, view="code", first="river", list="river creek money the")
    source = at.code[0].value
    run(source)
    named = {"plane": "np.array([2.0, 5.0])", "words": "('river', 'money')", "cosine": "['creek', 'money', 'the']"}
    assert named.get(step, "['river', 'creek', 'money', 'the']") in source


# The screens


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("room", ["0", "1"])
def test_first_visit_is_complete(step, room):
    at = visit(PAGE, step=step, projector=room)
    assert not at.warning
    assert all(len(alt) > 40 for alt in charts(at).values())
    assert len(charts(at)) == (0 if step == "plane" else 1)


def test_the_plane_says_what_the_lesson_says():
    at = visit(PAGE)
    assert "B and C are more alike than A and C: 26 against 11." in screen(at)
    assert "dot product, a scalar" in screen(at)
    assert "A is at the smaller angle to C (10.3° against 15.1°), B is longer (5.39 against 2.24)" in screen(at)
    assert "other way round" not in screen(at)
    plain = [re.sub(r"\\textcolor\{#\w+\}\{\\mathbf\{(\w)\}\}", r"\1", formula) for formula in formulas(at)]
    assert plain == [
        r"$\large B \cdot C = 2 \cdot 3 + 5 \cdot 4 = 26$",
        r"$\large A \cdot C = 1 \cdot 3 + 2 \cdot 4 = 11$",
        r"$\small A \cdot B = 1 \cdot 2 + 2 \cdot 5 = 12$",
    ]


def test_typed_vectors_change_everything_and_the_link():
    at = edit(visit(PAGE), **{BOXES["A"]: "(4, -2)"})
    assert "A and C stand" not in screen(at), "4·3 − 2·4 is 4"
    assert "B and C are more alike than A and C: 26 against 4." in screen(at)
    assert at.query_params["plane"] == "4 -2, 2 5, 3 4"
    again = visit(PAGE, plane="4 -2, 2 5, 3 4")
    assert screen(again) == screen(at)
    assert again.text_input(key=BOXES["A"]).value == "4 -2"


def test_a_vector_that_cannot_be_read_stays_where_it_was():
    at = visit(PAGE, plane="1 1, 2 5, 3 4")
    for typed in ("", "4", "10 0", "abc", *HOSTILE):
        edit(at, **{BOXES["A"]: typed})
        assert f"A stays at (1, 1): “{typed}” is not two numbers from −9 to 9" in screen(at)
        assert at.text_input(key=BOXES["A"]).value == typed, "nothing typed is lost"
        assert "26 against 7" in screen(at)
        assert not [tag for tag, _ in read_html(at).tags if tag in ("img", "script")]


@pytest.mark.parametrize("link", ["", "x", "1 2", ",,,,,", "99 99, nan nan, 3 4", "<img src=x>, $x$, 1 2", "9" * 3000])
def test_a_bad_link_starts_where_the_lesson_does(link):
    assert plane.read_plane(link)[1] == plane.START[1]


def test_a_screen_starts_where_the_lesson_does_for_a_bad_link():
    assert visit(PAGE, plane="<img src=x>, $x$, 1 2").text_input(key=BOXES["B"]).value == "2 5"


def test_zero_vectors_have_no_angle():
    at = visit(PAGE, plane="0 0, 0 0, 0 0")
    assert "No angle between B, 0.00 long, and C, 0.00 long." in screen(at)
    assert "Neither A nor B is like C" in screen(at)
    assert "A is (0, 0): it points nowhere" in screen(at)


def test_the_picture_gets_the_vectors_and_the_finding():
    (picture,) = pictures(visit(PAGE, plane="1 2, 2 5, 3 -4"))
    proto = picture.proto
    assert '"vectors": [[1.0, 2.0], [2.0, 5.0], [3.0, -4.0]]' in str(proto.json or proto.mixed.json)
    assert PICTURE in proto.id


def pictures(at):
    """The arrows that are drawn; every page has components for its width and for paper, too."""
    return [element for element in at.get("bidi_component") if element.key not in ("width", "paper")]


# Two words


def test_two_words_start_with_the_sentence():
    at = visit(PAGE, step="words")
    assert "“bank” · “money” = 21.57: 50 products" in screen(at)
    assert at.text_input(key=fields.FIRST).placeholder == "bank"
    other = visit(PAGE, step="words", a="Fish swim near the river bank", word="river", b="")
    assert other.text_input(key=fields.FIRST).placeholder == "river"


def test_two_words_are_typed():
    at = edit(visit(PAGE, step="words"), first=" River ", second="CREEK")
    assert "“river” · “creek” = 31.29" in screen(at)
    assert "31.29" in formulas(at)[0]
    assert screen(visit(PAGE, step="words", first=at.query_params["first"], second="CREEK")) == screen(at)


def test_a_default_is_never_the_same_word_twice():
    assert "“money” · “bank”" in screen(visit(PAGE, step="words", first="money"))


def test_an_unknown_word_gets_near_spellings():
    at = edit(visit(PAGE, step="words"), first="recieve")
    assert "“recieve” is not in the vocabulary." in screen(at)
    assert not charts(at)
    (pills,) = offers(at)
    at = sound(pills.set_value("receive").run())
    assert at.text_input(key="first").value == "receive"
    assert charts(at)
    at = edit(visit(PAGE, step="words"), first="recieve")
    assert "Type one word" in screen(edit(visit(PAGE, step="words"), first="river bank"))
    assert "nothing to compute" in visit(PAGE, step="words", first="recieve", view="code").code[0].value


ANY_TEXT = (*HOSTILE, "  ", "x" * 4000, "😀", "7", "'", "\u202e", "qzxv qzxv")


@pytest.mark.parametrize(("text", "step"), combined(ANY_TEXT, STEPS[1:]))
def test_any_text_in_any_box(text, step):
    at = visit(PAGE, step=step, first=text, second=text, list=text)
    assert not [tag for tag, _ in read_html(at).tags if tag in ("img", "script")]
    assert charts(at) or at.warning


# Dot product and cosine


def test_the_cosine_turns_an_order_round(vectors):
    at = visit(PAGE, step="cosine")
    assert (
        "“river” is more like “bank” than “and” is: 16.62 against 14.64. By the cosine, less: 0.41 against 0.52."
        in screen(at)
    )
    assert "“river” has the longer vector, 6.65 against 4.67" in screen(at)
    one, river, other = rows_of(["bank", "river", "and"], vectors)
    for row in (river, other):
        assert f"{one @ row:.2f}" in formulas(at)[0]
        assert f"{np.linalg.norm(row):.2f}" in formulas(at)[0]


def test_where_no_order_is_turned_round():
    assert "in the same order" in screen(visit(PAGE, step="cosine", list="money grows"))


def test_one_word_to_compare_with():
    assert "Of “bank” and “money” the dot product is 21.57, the cosine 0.64" in screen(
        visit(PAGE, step="cosine", list="money money bank")
    )
    assert "nothing to compare “bank” with" in screen(visit(PAGE, step="cosine", list="bank"))


def test_frequent_words_and_their_places(vectors):
    said = screen(visit(PAGE, step="cosine"))
    by_dot, by_cosine = re.search(r"“the” says little, and yet stands in place (\d) .* and (\d) by", said).groups()
    names = ["money", "grows", "river", "flows", "the", "of", "and"]
    one, rows = vectors["bank"].astype(float), rows_of(names, vectors)
    for place, values in ((by_dot, rows @ one), (by_cosine, similarity.cosines(one, rows))):
        assert np.argsort(-values).tolist().index(names.index("the")) == int(place) - 1


# A list of words


def test_the_table_names_the_most_alike_pair(vectors):
    names = ["money", "bank", "grows", "river", "flows"]
    rows = rows_of(names, vectors)
    table = rows @ rows.T
    best = max(itertools.combinations(range(5), 2), key=lambda pair: table[pair])
    assert f"Most alike are “{names[best[0]]}” and “{names[best[1]]}”: {table[best]:.2f}." in screen(
        visit(PAGE, step="table")
    )


def test_the_table_leads_on_to_the_weights():
    at = visit(PAGE, step="table")
    assert "put through a softmax, so that they sum to one" in screen(at)
    (formula,) = formulas(at)
    assert r"s_j =\ & e_{\text{bank}} \cdot e_j \quad \text{for each word } j \\ e_{\text{bank}}'" in formula
    for token in ("money", "bank", "grows"):
        assert rf"\mathrm{{softmax}}(s)_{{\text{{{token}}}}} \cdot e_{{\text{{{token}}}}}" in formula


def test_a_list_is_cut_and_says_so(vectors):
    words = vectors.index_to_key[100 : 100 + 3 * MOST]
    words = [word for word in words if word.isalpha()]
    at = visit(PAGE, step="table", list=" ".join(words))
    said = f"Only the first {MOST} words are shown, up to “{words[MOST - 1]}”; {len(words) - MOST} more left out."
    assert said in screen(at)


def test_unknown_words_of_a_list_are_named():
    at = visit(PAGE, step="table", list="river recieve creek")
    assert "Not in the vocabulary, so left out: “recieve”." in screen(at)
    assert "“river” and “creek” is 31.29" in screen(at)
    (pills,) = offers(at)
    at = sound(pills.set_value("receive").run())
    assert at.text_input(key="list").value == "river receive creek"
    assert not offers(at)


def test_a_list_of_one_and_of_none():
    assert "“river” is the only word here" in screen(visit(PAGE, step="table", list="river River"))
    assert visit(PAGE, step="table", list="qzxv").warning


# Whatever the other pages left


ANY_SENTENCES = (
    {"a": "", "b": ""}, {"a": "", "b": "river"}, {"a": "bank", "b": ""}, {"a": "qzxv", "b": "!?"},
    {"a": "the cat sat", "b": "dogs bark"}, {"a": "money " * 600}, {"a": "$\\bank$ <b>"}, {"word": "nothing"},
)  # fmt: skip


@pytest.mark.parametrize(("step", "link"), [*combined(STEPS, ANY_SENTENCES), *combined(STEPS[1:], ANY_SENTENCES)])
def test_any_sentences(step, link):
    at = visit(PAGE, step=step, **link)
    assert charts(at) or step == "plane"


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_change_no_dot_product(preset):
    assert "= 21.57" in screen(visit(PAGE, step="words", preset=preset, first="bank", second="money"))


@pytest.mark.parametrize(("step", "view"), combined(STEPS, fields.VIEWS))
def test_views_take_the_place_of_the_picture(step, view):
    at = visit(PAGE, step=step, view=view)
    assert not {"products", "rankings", "table"} & set(charts(at))
    assert not pictures(at)


@pytest.mark.parametrize(
    ("step", "columns"), [("cosine", ["word", "dot product", "cosine", "length"]), ("table", ["", "river", "creek"])]
)
def test_tables_open(step, columns):
    at = visit(PAGE, step=step, list="river creek", tables="numbers")
    assert list(at.dataframe[0].value.columns) == columns
    assert at.dataframe[0].value.iloc[0, 0] == "river"


def test_two_words_have_their_table():
    assert "The same as numbers" in [box.label for box in visit(PAGE, step="words").expander]
