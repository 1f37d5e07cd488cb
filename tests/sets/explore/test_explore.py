"""Asking a set of vectors: numbers worked by hand in two dimensions, and gensim itself as oracle."""

import gc
import math
import weakref

import numpy as np
import pytest
from gensim.models import FastText, KeyedVectors
from hypothesis import given as any_of
from hypothesis import strategies as st
from scipy.spatial.distance import cosine as cosine_distance
from sklearn import decomposition

from selfattn.core.neighbours import nearest_finding
from selfattn.core.vectors import keyed_vectors
from selfattn.core.wording import quoted
from selfattn.lessons.explore import frequency_prose
from selfattn.lessons.explore import prose as explore_words
from selfattn.sets.explore import (
    Analogy,
    ExploreError,
    Given,
    analogy,
    compare,
    given,
    neighbours,
)
from selfattn.sets.explore import search as explore_search
from selfattn.sets.explore.frequency import norms_by_rank
from selfattn.sets.explore.lists import cosines, list_similarity, odd_one_out
from selfattn.sets.explore.places import semantic_axis, word_map
from selfattn.sets.explore.search import complete, spelled

HOSTILE = ["<b>bold</b>", "$\\alpha$", "%{x}", "<img src=x onerror=alert(1)>", "a" * 3000, "**", "[x](y)", ""]


def made(**rows):
    return keyed_vectors(list(rows), np.array(list(rows.values()), dtype=float))


@pytest.fixture
def hand():
    """Vectors whose cosines are known: money and river have a length of √26, bank of 3√2."""
    return made(money=[5, 1], river=[1, 5], bank=[3, 3], grows=[4, 2], flows=[2, 4])


@pytest.fixture
def zeros():
    return made(money=[5, 1], river=[1, 5], nothing=[0, 0], bank=[3, 3])


def random_set(count, dimensions, seed=0):
    rows = np.random.default_rng(seed).normal(size=(count, dimensions))
    return keyed_vectors([f"w{at}" for at in range(count)], rows)


# what can be computed with


def test_words_are_told_apart_once_each_and_in_order(zeros):
    asked = given(["bank", "loan", "nothing", "bank", "money", "loan"], zeros)
    assert asked == Given(("bank", "money"), ("loan",), ("nothing",))


@pytest.mark.parametrize(
    "ask",
    [
        lambda word, vectors: neighbours(word, vectors),
        lambda word, vectors: analogy(["money"], [word], vectors),
        lambda word, vectors: semantic_axis("money", word, [], vectors),
        lambda word, vectors: word_map(word, vectors),
        lambda word, vectors: compare(word, vectors, vectors),
        lambda word, vectors: list_similarity([word], ["money"], vectors),
        lambda word, vectors: cosines(["money"], [word], vectors),
    ],
)
@pytest.mark.parametrize("word", ["loan", "nothing", *HOSTILE])
def test_what_cannot_be_computed_with_ends_in_a_sentence(zeros, ask, word):
    with pytest.raises(ExploreError) as caught:
        ask(word, zeros)
    said = str(caught.value)
    assert said[0] in "“TNF"
    assert said.endswith(".")
    assert len(said) < 300


def test_an_unknown_word_is_named_with_the_size_of_the_set(vectors):
    with pytest.raises(ExploreError, match=r"^“bnak” is not among the 75,000 words of this set\. Check the spelling"):
        neighbours("bnak", vectors)
    with pytest.raises(ExploreError, match=r"^“bnak” and “rvier” are not among"):
        analogy(["bnak"], ["rvier"], vectors)


def test_many_and_long_words_are_quoted_in_short():
    assert quoted([]) == ""
    assert quoted(["a"]) == "“a”"
    assert quoted(list("abcdefg")) == "“a”, “b”, “c”, “d”, “e” and 2 more"
    assert len(quoted(["x" * 3000])) == 42


# neighbours


def test_neighbours_by_hand(hand):
    found = neighbours("bank", hand)
    assert {word for word, _ in found[:2]} == {"grows", "flows"}
    assert dict(found)["money"] == pytest.approx(18 / (math.sqrt(26) * 3 * math.sqrt(2)))
    assert dict(found)["grows"] == pytest.approx(18 / (math.sqrt(20) * 3 * math.sqrt(2)))
    assert "bank" not in dict(found)


@pytest.mark.parametrize("most", [0, 1, 10, -3])
def test_neighbours_are_gensims(vectors, most):
    found = neighbours("bank", vectors, most)
    assert list(found) == (vectors.most_similar("bank", topn=most) if most > 0 else [])


def test_zeros_are_nobodys_neighbours_and_take_no_place(recwarn):
    vectors = made(n1=[0, 0], money=[5, 1], n2=[0, 0], river=[1, 5], n3=[0, 0], bank=[3, 3])
    assert [word for word, _ in neighbours("money", vectors, 2)] == ["bank", "river"]
    assert [word for word, _ in neighbours("money", vectors, 50)] == ["bank", "river"]
    assert [word for word, _ in analogy(["money", "river"], [], vectors).found] == ["bank"]
    assert not recwarn.list


def test_a_single_word_has_no_neighbours_and_two_have_one_another():
    assert neighbours("a", made(a=[1, 2])) == ()
    assert neighbours("a", made(a=[1, 2], b=[-1, -2])) == (("b", pytest.approx(-1)),)


# analogies


def test_the_queen(vectors):
    one = analogy(["king", "woman"], ["man"], vectors)
    assert list(one.found) == vectors.most_similar(positive=["king", "woman"], negative=["man"], topn=8)
    assert one.found[0][0] == "queen"
    assert [word for word, _ in one.excluded] == ["king"]
    sum_ = vectors.get_vector("king", norm=True) + vectors.get_vector("woman", norm=True)
    sum_ = sum_ - vectors.get_vector("man", norm=True)
    assert one.excluded[0][1] == pytest.approx(1 - cosine_distance(sum_, vectors["king"]), abs=1e-5)
    assert one.excluded[0][1] > one.found[0][1]


def test_analogies_by_hand():
    vectors = made(one=[1, 0], two=[0, 2], both=[1, 1], far=[-1, 0])
    one = analogy(["one", "two"], [], vectors)  # unit vectors: the length of "two" does not matter
    assert one.found[0] == ("both", pytest.approx(1))
    half = math.sqrt(0.5)
    nearest = analogy(["both"], ["two"], vectors, most=1).found[0]
    assert nearest == ("one", pytest.approx(half / math.hypot(half, half - 1)))
    assert [word for word, _ in analogy(["both"], ["two"], vectors).excluded] == ["both", "two"]  # nearer than "far"
    assert analogy(["both"], ["two"], vectors, most=1).excluded == ()  # not nearer than "one"
    assert analogy([], ["far"], vectors).found[0] == ("one", pytest.approx(1))


@pytest.mark.parametrize(
    ("plus", "minus", "said"),
    [([], [], "nothing to add"), (["money"], ["money"], "cancel"), (["money", "bank"], ["bank", "money"], "cancel")],
)
def test_sums_that_point_nowhere_are_refused(hand, plus, minus, said):
    with pytest.raises(ExploreError, match=said):
        analogy(plus, minus, hand)


def test_a_set_of_the_words_put_in_has_no_answer():
    one = analogy(["a"], ["b"], made(a=[1, 0], b=[0, 1]))
    assert one.found == ()
    assert {word for word, _ in one.excluded} == {"a", "b"}
    assert explore_words.analogy(one) == "Besides the words put in, this set has none to answer a − b with."


def test_a_word_that_stands_twice_counts_twice(hand):
    once, twice = analogy(["money", "river"], [], hand), analogy(["money", "money", "river"], [], hand)
    assert dict(once.found)["grows"] < dict(twice.found)["grows"]


# lists


def test_the_odd_one_out_is_gensims(vectors):
    words = ["loan", "money", "cash", "creek"]
    one = odd_one_out(words, vectors)
    assert one.word == vectors.doesnt_match(words) == "creek"
    units = np.array([vectors.get_vector(word, norm=True) for word in words])
    for word, value in one.cosines:
        assert value == pytest.approx(1 - cosine_distance(vectors[word], units.mean(axis=0)), abs=1e-5)
    assert [value for _, value in one.cosines] == sorted((value for _, value in one.cosines), reverse=True)


def test_the_odd_one_out_leaves_out_what_it_cannot_use(zeros):
    one = odd_one_out(["money", "loan", "river", "nothing", "bank", "bank"], zeros)
    assert one.given == Given(("money", "river", "bank"), ("loan",), ("nothing",))
    assert len(one.cosines) == 3
    assert one.cosines[0] == ("bank", pytest.approx(1))


@pytest.mark.parametrize("words", [[], ["bank"], ["bank", "money"], ["bank", "money", "loan", "money", "nothing"]])
def test_fewer_than_three_words_have_no_odd_one(zeros, words):
    with pytest.raises(ExploreError, match="Among 3 words or more"):
        odd_one_out(words, zeros)


def test_equal_words_have_no_odd_one():
    one = odd_one_out(["a", "b", "c"], made(a=[1, 1], b=[1, 1], c=[2, 2]))
    assert explore_words.odd(one).startswith("None stands out")


def test_lists_by_hand(hand):
    one = list_similarity(["money", "grows"], ["river", "loan"], hand)
    assert one.cosine == pytest.approx((4.5 * 1 + 1.5 * 5) / (math.hypot(4.5, 1.5) * math.sqrt(26)))
    assert one.matrix == pytest.approx(np.array([[10 / 26], [14 / math.sqrt(20 * 26)]]))
    assert one.second.unknown == ("loan",)


def test_lists_are_gensims(vectors):
    first, second = ["money", "loan", "cash"], ["river", "stream"]
    one = list_similarity(first, second, vectors)
    assert one.cosine == pytest.approx(float(vectors.n_similarity(first, second)))
    expected = [[vectors.similarity(a, b) for b in second] for a in first]
    np.testing.assert_allclose(one.matrix, expected, atol=1e-5)


@pytest.mark.parametrize(
    ("first", "second", "which"), [([], ["bank"], "first"), (["bank"], ["x", "nothing"], "second")]
)
def test_a_list_without_a_word_is_refused(zeros, first, second, which):
    with pytest.raises(ExploreError, match=f"The {which} list has no word"):
        list_similarity(first, second, zeros)


def test_lists_that_cancel_have_no_cosine():
    assert list_similarity(["a", "b"], ["a"], made(a=[1, 2], b=[-1, -2])).cosine == 0


def test_cosines_of_no_words_are_an_empty_matrix(hand):
    assert cosines([], ["bank"], hand).shape == (0, 1)
    assert cosines(["bank"], [], hand).shape == (1, 0)
    assert np.diag(cosines(["bank", "money"], ["bank", "money"], hand)) == pytest.approx(np.ones(2))


# the line between two words


def test_places_on_a_line_by_hand(hand):
    one = semantic_axis("money", "river", ["bank", "flows", "grows", "loan", "money"], hand)
    assert [word for word, _ in one.places] == ["grows", "bank", "flows"]
    near, far = (22 - 14) / math.sqrt(20 * 26), 1 - 10 / 26  # flows · river − flows · money, in units
    assert dict(one.places)["flows"] == pytest.approx(near / far)
    assert dict(one.places)["bank"] == 0
    assert dict(one.places)["grows"] == pytest.approx(-dict(one.places)["flows"])
    assert (one.cosine, one.given.unknown) == (pytest.approx(10 / 26), ("loan",))


def test_a_place_is_the_projection_of_a_unit_vector(vectors):
    words = ["bank", "boat", "loan", "the", "tree"]
    one = semantic_axis("money", "river", words, vectors)
    left, right = (vectors.get_vector(word, norm=True).astype(float) for word in ("money", "river"))
    way = right - left
    middle = (left + right) @ way / 2  # zero: both are as long as each other
    half = (right - left) @ way / 2
    for word, place in one.places:
        unit = vectors.get_vector(word, norm=True).astype(float)
        assert place == pytest.approx((unit @ way - middle) / half, abs=1e-5)
    assert [place for _, place in one.places] == sorted(place for _, place in one.places)


def test_turning_the_line_round_turns_the_signs_round(vectors):
    words = ["bank", "boat", "loan"]
    there, back = (dict(semantic_axis(*ends, words, vectors).places) for ends in (("cash", "lake"), ("lake", "cash")))
    assert there == pytest.approx({word: -place for word, place in back.items()})


def test_words_may_lie_beyond_the_ends():
    one = semantic_axis("a", "b", ["beyond"], made(a=[1, 0.2], b=[1, 0.4], beyond=[0, 1]))
    assert one.places[0][1] > 1


@pytest.mark.parametrize("right", ["a", "b"])
def test_ends_that_point_the_same_way_are_refused(right):
    with pytest.raises(ExploreError, match="point the same way"):
        semantic_axis("a", right, ["c"], made(a=[1, 2], b=[2, 4], c=[1, 0]))


# the map


def test_the_map_of_two_numbers_is_the_space(hand):
    for axes in (2, 3):
        one = word_map("bank", hand, axes=axes)
        assert one.is_space
        np.testing.assert_allclose(one.points, [hand[word] for word in one.words])
        assert one.words[0] == "bank"
        assert sum(one.explained_variance) == pytest.approx(1)


def test_the_map_of_three_numbers_is_the_space_on_three_axes_only():
    vectors = random_set(20, 3)
    assert word_map("w0", vectors, axes=3).is_space
    assert not word_map("w0", vectors, axes=2).is_space


@pytest.mark.parametrize("axes", [2, 3])
def test_the_map_is_the_principal_components(vectors, axes):
    one = word_map("bank", vectors, 20, axes)
    assert list(one.words) == ["bank", *(word for word, _ in vectors.most_similar("bank", topn=20))]
    oracle = decomposition.PCA(axes, svd_solver="full").fit(vectors[list(one.words)].astype(float))
    np.testing.assert_allclose(one.explained_variance, oracle.explained_variance_ratio_, atol=1e-8)
    expected = oracle.transform(vectors[list(one.words)].astype(float))
    np.testing.assert_allclose(np.abs(one.points), np.abs(expected), atol=1e-6)
    assert one.cosines[0] == 1
    assert not one.is_space


@pytest.mark.parametrize("dimensions", [2, 3, 4, 50, 1000])
@pytest.mark.parametrize("count", [1, 2, 3, 40])
@pytest.mark.parametrize("axes", [2, 3])
def test_every_set_has_a_map(dimensions, count, axes):
    one = word_map("w0", random_set(count, dimensions), axes=axes)
    assert one.points.shape == (min(count, 31), min(axes, dimensions))
    assert np.isfinite(one.points).all()
    assert 0 <= sum(one.explained_variance) <= 1 + 1e-9


def test_equal_words_have_a_map_without_variance():
    one = word_map("a", keyed_vectors(["a", "b"], np.ones((2, 5))))
    assert one.explained_variance == (0, 0)
    assert word_map("a", keyed_vectors(["a", "b"], np.ones((2, 2)))).explained_variance == (0, 0)


def test_a_map_has_two_axes_or_three(hand):
    with pytest.raises(ValueError, match="2 or 3 axes, got 4"):
        word_map("bank", hand, axes=4)


# two sets


def test_two_sets_by_hand(hand):
    other = made(bank=[3, 3], stream=[2, 3], flows=[3, 4], money=[-1, 1])
    one = compare("bank", hand, other, most=2)
    assert {word for word, _ in one.first} == {"grows", "flows"}
    assert {word for word, _ in one.second} == {"flows", "stream"}
    assert (one.shared, one.overlap) == (("flows",), pytest.approx(1 / 3))
    assert one.absent == (("grows",), ("stream",))


def test_a_set_compared_with_itself_shares_all(vectors):
    one = compare("bank", vectors, vectors)
    assert (len(one.shared), one.overlap, one.absent) == (10, 1, ((), ()))


def test_a_word_may_be_missing_in_one_set(vectors, hand):
    here, there = compare("loan", vectors, hand), compare("loan", hand, vectors)
    assert (here.second, here.overlap, here.shared, here.absent[1]) == (None, None, (), ())
    assert there.first is None
    assert len(there.second) == 10
    with pytest.raises(ExploreError, match="Neither set"):
        compare("zzzz", vectors, hand)


def test_a_set_of_one_word_has_nothing_to_share(hand):
    alone = made(bank=[1, 1])
    assert compare("bank", alone, alone).overlap is None
    assert compare("bank", hand, alone).overlap == 0


# words that begin like this


def test_completion_is_by_frequency_and_whole_words_first(vectors):
    found = complete("bank", vectors)
    assert found[0] == "bank"
    ranks = [vectors.key_to_index[word] for word in found[1:]]
    assert ranks == sorted(ranks)
    expected = [word for word in vectors.index_to_key if word.startswith("bank")]
    assert found == expected[:20]
    assert complete("creek", vectors)[0] == "creek"


SMALL = ["Bank", "bank", "BANKS", "banking", "Straße", "strasse", "cafe\u0301", "", " ", "<b>", "$x$", "ba", "ban"]


@any_of(st.one_of(st.sampled_from(SMALL), st.text(max_size=4)), st.integers(-2, 20))
def test_completion_finds_what_a_search_through_all_finds(prefix, most):
    vectors = keyed_vectors(list(SMALL), np.zeros((len(SMALL), 2)))
    fold, typed = explore_search._folded, prefix.strip()
    same = [word for word in SMALL if fold(word) == fold(typed)]
    same.sort(key=lambda word: word != typed)
    longer = [word for word in SMALL if fold(word).startswith(fold(typed)) and word not in same]
    expected = SMALL if not typed else same + longer
    assert complete(prefix, vectors, most) == expected[: max(most, 0)]


def test_completion_by_hand():
    vectors = keyed_vectors(list(SMALL), np.zeros((len(SMALL), 2)))
    assert complete("bank", vectors) == ["bank", "Bank", "BANKS", "banking"]
    assert complete(" BANK", vectors) == ["Bank", "bank", "BANKS", "banking"]
    assert complete("strass", vectors) == ["Straße", "strasse"]
    assert complete("caf\u00e9", vectors) == ["cafe\u0301"]
    assert complete("<", vectors) == ["<b>"]
    assert complete("nope", vectors) == []


def test_the_index_grows_with_the_set_and_goes_with_it():
    vectors = KeyedVectors(2)
    vectors.add_vectors(["bank"], np.ones((1, 2)))
    assert complete("b", vectors) == ["bank"]
    vectors.add_vectors(["bath"], np.ones((1, 2)))
    assert complete("b", vectors) == ["bank", "bath"]
    before, gone = len(explore_search._orders), weakref.ref(vectors)
    del vectors
    gc.collect()
    assert gone() is None
    assert len(explore_search._orders) == before - 1


@pytest.mark.parametrize(
    ("typed", "word"), [("bank", "bank"), (" Bank ", "bank"), ("PARIS", "paris"), ("Bnak", "Bnak"), ("", ""), (" ", "")]
)
def test_words_are_spelled_as_the_set_spells_them(vectors, typed, word):
    assert spelled(typed, vectors) == word


# being frequent


def test_lengths_by_rank(vectors):
    norms = norms_by_rank(vectors)
    assert (norms.ranks[0], norms.ranks[-1]) == (1, 75000)
    assert len(norms.words) == len(norms.ranks) <= 300
    assert (np.diff(norms.ranks) > 0).all()
    np.testing.assert_allclose(
        norms.lengths, [np.linalg.norm(vectors[word].astype(float)) for word in norms.words], rtol=1e-5
    )
    assert [(first, last) for first, last, _ in norms.bands] == [
        (1, 9), (10, 99), (100, 999), (1000, 9999), (10000, 75000),
    ]  # fmt: skip
    expected = np.linalg.norm(vectors.vectors[9:99].astype(float), axis=1).mean()
    assert norms.bands[1][2] == pytest.approx(expected, rel=1e-5)


def test_lengths_by_hand(hand):
    norms = norms_by_rank(hand)
    assert norms.lengths == pytest.approx(np.sqrt([26, 26, 18, 20, 20]))
    assert norms.bands == ((1, 5, pytest.approx(np.sqrt([26, 26, 18, 20, 20]).mean())),)


@pytest.mark.parametrize(("count", "bands"), [(9, 1), (10, 2), (99, 2), (100, 3)])
def test_bands_are_tenfold_and_end_with_the_set(count, bands):
    norms = norms_by_rank(random_set(count, 4))
    assert len(norms.bands) == bands
    assert norms.bands[-1][1] == count


@pytest.mark.parametrize("count", [1, 2, 3, 4, 11, 25, 60])
def test_every_set_has_lengths_and_words_for_them(count):
    norms = norms_by_rank(random_set(count, 2))
    for text in (frequency_prose.lengths(norms), frequency_prose.lengths_alt(norms)):
        assert text.endswith(".")
        assert "nan" not in text


def test_zeros_have_a_length_of_zero(zeros, recwarn):
    assert norms_by_rank(zeros).lengths[2] == 0
    assert not recwarn.list


# fastText: words that have no vector of their own


def test_words_put_together_from_parts_can_be_asked_about():
    sentences = [["money", "bank", "grows"], ["river", "bank", "flows"], ["money", "flows"]] * 5
    vectors = FastText(sentences, vector_size=8, min_count=1, epochs=1, bucket=100, seed=1, workers=1).wv
    assert "riverbank" not in vectors.key_to_index
    assert len(neighbours("riverbank", vectors, 3)) == 3
    assert semantic_axis("money", "river", ["riverbank"], vectors).places[0][0] == "riverbank"
    assert word_map("riverbank", vectors).words[0] == "riverbank"
    assert odd_one_out(["riverbank", "money", "river"], vectors).word
    assert list_similarity(["riverbank"], ["money"], vectors).matrix.shape == (1, 1)


# findings


def test_findings_name_what_was_found(vectors):
    found = neighbours("bank", vectors)
    assert nearest_finding("bank", found).startswith("Nearest to “bank”: banks (0.87), ")
    assert nearest_finding("bank", found).endswith("), …")
    assert explore_words.nearest_alt("bank", found).startswith("Bars of the 10 nearest words by cosine.")
    assert nearest_finding("a", ()).endswith("so “a” has no neighbours.")
    queen = explore_words.analogy(analogy(["king", "woman"], ["man"], vectors))
    assert queen.startswith(
        "Nearest to king − man + woman is “queen” (0.85). “king”, put in itself, lies nearer (0.89)"
    )
    two = Analogy(("a", "b"), (), (("c", 0.5),), (("a", 0.9), ("b", 0.8)))
    assert explore_words.analogy(two).endswith("“a” and “b”, put in themselves, lie nearer (0.90 and 0.80): "
                                               "gensim leaves them out.")  # fmt: skip
    none = Analogy((), ("a",), (("c", 0.5),), ())
    assert explore_words.analogy(none) == "Nearest to − a is “c” (0.50). None of the words put in lies nearer."


def test_findings_of_places(vectors, hand):
    said = explore_words.axis(semantic_axis("money", "river", ["loan", "the", "lake"], vectors))
    assert said.startswith(
        "From “money” (−1) to “river” (1): farthest left is “loan” (−0.60), farthest right “lake” (0.7"
    )
    assert said.endswith("in the middle “the”.")
    bank = explore_words.axis(semantic_axis("money", "river", ["bank"], hand))
    assert bank == "From “money” (−1) to “river” (1), “bank” (0.00) lies exactly in the middle."
    assert explore_words.axis(semantic_axis("money", "river", ["flows"], hand)).endswith("lies nearer to “river”.")
    assert explore_words.axis(semantic_axis("money", "river", [], hand)).endswith(": no words yet.")
    assert "tells little" in explore_words.axis(semantic_axis("grows", "bank", ["money"], hand))
    assert "the map is the space itself" in explore_words.map_(word_map("bank", hand))
    assert "the three axes keep" in explore_words.map_(word_map("bank", vectors, axes=3))
    assert "1 nearest word:" in explore_words.map_(word_map("a", made(a=[1, 2], b=[2, 1])))
    assert "has no neighbours" in explore_words.map_(word_map("a", made(a=[1, 2])))


def test_findings_of_lists_and_sets(vectors, hand):
    one = list_similarity(["money", "loan"], ["river", "stream"], vectors)
    assert explore_words.lists(one) == (
        "The cosine of the two lists, each the mean of its words, is 0.42. "
        "Word by word, nearest are “money” and “stream” (0.47), farthest “loan” and “river” (0.29)."
    )
    assert "Word by word" not in explore_words.lists(list_similarity(["money"], ["river"], hand))
    words = ["money", "cash", "river"]
    alt = explore_words.cosines_alt(cosines(words, words, vectors), words)
    assert alt.endswith("Nearest are “money” and “cash”: 0.90.")
    assert explore_words.cosines_alt(np.ones((1, 1)), ["a"]).endswith("with one another.")
    missing = compare("loan", vectors, hand)
    assert explore_words.comparison(missing, ("GloVe", "mine")).startswith("mine has no vector for “loan”")
    assert "mine: not in this set." in explore_words.comparison_alt(missing, ("GloVe", "mine"))
    both = explore_words.comparison(compare("bank", hand, vectors), ("mine", "GloVe"))
    assert "none of 14 is on both lists." in both
    assert both.endswith("10 of those in GloVe are not in mine at all.")


def test_left_out_words_are_named():
    assert explore_words.left_out(Given(("a",))) == ""
    said = explore_words.left_out(Given((), ("x", "y"), ("z",)))
    assert said == "Not in this set, so left out: “x” and “y”. All zeros, so left out: “z”."


def test_vectors_in_words(hand):
    numbers = np.linspace(-2, 3, 50)
    assert explore_words.vector("bank", hand["bank"], 3, 5) == (
        "“bank” is word 3 of 5 by frequency. Its vector has 2 numbers, from 3.00 to 3.00, and is 4.24 long."
    )
    alt = explore_words.vector_alt("bank", numbers)
    assert alt.startswith("The vector of “bank”: −2.00, ")
    assert ", and 38 more. Farthest from zero is dimension 50, with 3.00." in alt


def test_lengths_in_words(vectors):
    found = frequency_prose.lengths(norms_by_rank(vectors))
    assert found.startswith("Longest are, on average, the vectors of ranks 10 to 99 (")
    equal = norms_by_rank(keyed_vectors(["a", "b"], np.eye(2)))
    assert frequency_prose.lengths(equal) == (
        "The vectors are 1.00 long on average, whatever the rank. Of 2 words, that says little."
    )


def test_hostile_words_are_words_like_others():
    words = [word for word in HOSTILE if word]
    vectors = random_set(len(words), 6)
    vectors = keyed_vectors(words, vectors.vectors)
    for word in words:
        assert len(explore_words.nearest_alt(word, neighbours(word, vectors))) < 900
        assert complete(word, vectors)[0] == word
        assert word_map(word, vectors).words[0] == word
    assert set(norms_by_rank(vectors).words) == set(words)
