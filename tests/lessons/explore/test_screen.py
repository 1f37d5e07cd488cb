"""The page that asks a set: its seven screens without a browser, for any set and anything typed, and their code."""

from contextlib import redirect_stdout
from io import StringIO

import numpy as np
import pytest

import selfattn
from selfattn.core.neighbours import nearest_finding
from selfattn.core.vectors import keyed_vectors
from selfattn.course import EXPLORE
from selfattn.lessons.explore import boxes, compare_screen, words_screen
from selfattn.lessons.explore import code as snippets
from selfattn.lessons.explore import frequency_prose as often_prose
from selfattn.lessons.explore import prose as said
from selfattn.lessons.explore import screen as explore
from selfattn.sets.explore import MOST, analogy, compare, examples, neighbours
from selfattn.sets.explore.frequency import norms_by_rank
from selfattn.sets.explore.lists import cosines, list_similarity, odd_one_out
from selfattn.sets.explore.places import semantic_axis, word_map
from selfattn.sets.training import shipped_text, train
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import fields, session_sets
from tests.apps import HOSTILE, charts, edit, offers, press, read_html, screen, sound, title, visit, widget
from tests.covering import NIGHTLY

PAGE = "pages/12_Explore.py"
STEPS = [step.key for step in EXPLORE.steps]
SCREENS = [
    *({"step": step} for step in STEPS),
    {"step": "lists", "shows": "two"},
    {"step": "map", "axes": "3"},
]
NAMES = ["-".join(link.values()) for link in SCREENS]
TABLE = "money 5 1 / river 1 5 / bank 3 3"
HAND = {"set": "hand", "handmade": TABLE}
SETS = {
    "two words": "money 5 1 / river 1 5",
    "markup": "<b> 5 1 / $x$ 1 5 / **a** 3 3 / [x](y) 2 4",
    "Hindi": "नदी 5 1 / बैंक 1 5 / पैसा 3 3",
    "Chinese": "银行 5 1 / 河 1 5 / 钱 3 3",
    "one way": "up 1 1 / higher 2 2 / highest 3 3 / down -1 -1",
    "twelve numbers": "a 1 2 3 4 5 6 7 8 9 10 11 12 / b 12 11 10 9 8 7 6 5 4 3 2 1 / c 0 0 0 0 0 0 0 0 0 0 0 1",
}


def show(**link):
    return visit(PAGE, **link)


@pytest.fixture
def hand():
    return selfattn.by_hand(TABLE).vectors


# Every screen


def test_every_step_has_a_screen_and_a_title():
    assert list(explore.STEPS) == list(explore.TITLES) == STEPS


@pytest.mark.parametrize("view", [{"view": "code"}, {"tables": "numbers"}], ids=["code", "tables"])
@pytest.mark.parametrize("link", SCREENS, ids=NAMES)
def test_every_screen_of_every_set_says_something(link, view):
    turn = (SCREENS.index(link) + ("code" in view.values())) % 2  # each set in one of both views, nightly in both
    for name in SETS if NIGHTLY else list(SETS)[turn::2]:
        at = show(**link, **view, set="hand", handmade=SETS[name])
        assert at.get("html"), name
        assert "By hand" in screen(at), name


@pytest.mark.parametrize("link", SCREENS, ids=NAMES)
@pytest.mark.parametrize("room", ["", "1"])
def test_every_screen_has_its_finding_and_its_picture(link, room):
    at = show(**link, **({"projector": room} if room else {}))
    assert title(at).startswith(explore.TITLES[link["step"]])
    assert charts(at)
    assert all(len(alt) > 40 for alt in charts(at).values())
    assert not at.warning


@pytest.mark.parametrize("link", SCREENS, ids=NAMES)
def test_whatever_is_typed_is_text(link):
    plain = {tag for tag, _ in read_html(show(**link)).tags}
    for text in (" ".join([*HOSTILE, "🏦 नदी"]), "<script>", "a" * 4000, ",;+ \\"):
        typed = dict.fromkeys(("look", "plus", "minus", "odd", "these", "those", "ends", "along"), text)
        for view in ({}, {"view": "code"}):
            at = show(**link, **typed, **view)
            assert {tag for tag, _ in read_html(at).tags} <= plain | {"span"}, text
            for warning in at.warning:
                assert "<script>" not in warning.value
                assert "$\\bank$" not in warning.value


# One word


@pytest.mark.parametrize("word", ["bank", "the", "cos", "'s"])
def test_a_word_has_its_neighbours_and_its_vector(word, vectors):
    at = show(look=word)
    found = neighbours(word, vectors, MOST)
    assert nearest_finding(word, found) in screen(at)
    assert said.vector(word, vectors[word], vectors.key_to_index[word] + 1, len(vectors)) in screen(at)
    assert charts(at) == {"strip": said.vector_alt(word, vectors[word]), "near": said.nearest_alt(word, found)}


def test_the_last_word_of_the_set_is_a_word_too(vectors):
    assert f"word {len(vectors):,} of {len(vectors):,}" in screen(show(look=vectors.index_to_key[-1]))


def test_an_empty_box_stands_for_the_word_of_the_sentences():
    at = show(a="A mouse ate cheese", b="Click the mouse")
    assert "Nearest to “mouse”" in screen(at)
    assert at.text_input(key="look").placeholder == "mouse"


def test_completions_follow_what_is_typed_and_fill_the_box():
    at = edit(show(), look="riverb")
    assert "“riverb” is not in the vocabulary. Type on: “riverboat” or “riverbank” or “riverbed”" in screen(at)
    pills = widget(at, boxes.SUGGESTED)
    assert pills.options[:3] == ["riverboat", "riverbank", "riverbed"]
    pills.set_value("riverbank")
    at = sound(at.run())
    assert at.text_input(key="look").value == "riverbank"
    assert "Nearest to “riverbank”" in screen(at)


def test_a_slip_is_corrected_by_a_click():
    at = edit(show(), look="recieve")
    pills = widget(at, boxes.SUGGESTED)
    assert pills.label == "Did you mean"
    pills.set_value("receive")
    assert "Nearest to “receive”" in screen(sound(at.run()))


def test_capitals_do_not_matter():
    assert "Nearest to “bank”" in screen(show(look="BANK "))
    vectors = keyed_vectors(["Berlin", "Paris", "USA", "McBride"], np.eye(4))
    cased = VectorSet("mine-1", "With capitals", "Uploaded.", vectors, "")
    for typed, word in (("berlin", "Berlin"), ("PARIS", "Paris"), ("usa", "USA"), ("mcbride", "McBride")):
        assert boxes.find(typed, cased) == word


def test_the_words_of_a_sentence_are_no_word():
    assert "Type one word." in screen(show(look="money bank"))


def test_a_small_vector_is_written_out():
    at = show(look="bank", **HAND)
    assert "“bank” is word 3 of 3. Its vector has 2 numbers, from 3.00 to 3.00, and is 4.24 long. [3, 3]" in screen(at)


def test_no_more_than_a_few_completions_are_sent():
    assert len(widget(edit(show(), look="a"), boxes.SUGGESTED).options) <= boxes.BY_NAME


# Analogies


def test_the_analogy_of_the_lesson(vectors):
    at = show(step="analogy")
    one = analogy(["king", "woman"], ["man"], vectors, words_screen.ANSWERS)
    assert said.analogy(one) in screen(at)
    assert charts(at) == {"sum": said.analogy_alt(one)}


@pytest.mark.parametrize(
    ("plus", "minus"), [("paris germany", "france"), ("bank", ""), ("", "bank"), ("Bank, Bank", "money"), ("a+b", "c")]
)
def test_any_sum(plus, minus, vectors):
    given = [[word.lower() for word in text.replace(",", "").replace("+", " ").split()] for text in (plus, minus)]
    one = analogy(*given, vectors, words_screen.ANSWERS)
    assert said.analogy(one) in screen(show(step="analogy", plus=plus, minus=minus))


def test_examples_fill_both_boxes():
    at = show(step="analogy", plus="bank")
    widget(at, boxes.OFFERED).set_value("paris − france + germany")
    at = sound(at.run())
    assert [at.text_input(key=key).value for key in ("plus", "minus")] == ["paris germany", "france"]
    assert "is “berlin”" in screen(at)


def test_unknown_words_of_a_sum_are_asked_about_and_not_left_out():
    at = show(step="analogy", plus="king wmoan", minus="man")
    assert "“wmoan” is not in the vocabulary." in screen(at)
    assert not charts(at)
    (pills,) = offers(at)
    at = sound(pills.set_value("woman").run())
    assert [at.text_input(key=key).value for key in ("plus", "minus")] == ["king woman", "man"]
    assert "is “queen”" in screen(at)


def test_words_that_cancel_are_no_crash():
    assert "cancel one another" in screen(show(step="analogy", plus="bank", minus="bank"))


# Lists


def test_the_odd_one_out(vectors):
    for words in examples.ODD:
        one = odd_one_out(words, vectors)
        at = show(step="lists", odd=" ".join(words))
        assert said.odd(one) in screen(at)
        assert charts(at) == {"odd_bars": said.odd_alt(one)}


def test_two_lists(vectors):
    first, second = ("money", "loan"), ("river", "water", "shore", "fish")
    at = show(step="lists", shows="two", these=" ".join(first), those=" ".join(second))
    assert said.lists(list_similarity(first, second, vectors)) in screen(at)
    names = [*first, *second]
    assert charts(at) == {"cosines": said.cosines_alt(cosines(names, names, vectors), names)}


def test_the_picture_is_chosen_and_in_the_link():
    at = show(step="lists")
    widget(at, fields.SHOWS).set_value("two")
    at = sound(at.run())
    assert at.query_params["shows"] == "two"
    assert list(charts(at)) == ["cosines"]
    assert "The odd one out" in screen(show(step="lists", shows="hubs")), "a picture of another screen"


def test_unknown_words_of_a_list_are_left_out_and_named():
    at = show(step="lists", odd="loan mnoey river bank creek loan")
    assert "Not in this set, so left out: “mnoey”." in screen(at)
    assert "mean of all 4" in screen(at)
    (pills,) = offers(at)
    assert sound(pills.set_value("money").run()).text_input(key="odd").value == "loan money river bank creek loan"


def test_long_lists_are_cut(vectors):
    words = " ".join(word for word in vectors.index_to_key[200:260] if word.isalpha())
    assert f"Only the first {boxes.LONGEST_LIST} words are shown" in screen(show(step="lists", odd=words))
    at = show(step="lists", shows="two", these=words, those=words)
    assert f"of {2 * boxes.LONGEST_LIST} words" in charts(at)["cosines"]


@pytest.mark.parametrize("shows", ["odd", "two"])
def test_lists_without_a_known_word_say_so(shows):
    link = dict.fromkeys(("odd", "these", "those"), "qqzyx zqxwv")
    at = show(step="lists", shows=shows, **link)
    assert at.warning
    assert not charts(at)


# A line


def test_words_on_a_line(vectors):
    at = show(step="line", along="bank loan Fish qqzyx")
    one = semantic_axis("money", "river", ["bank", "loan", "fish", "qqzyx"], vectors)
    assert said.axis(one) in screen(at)
    assert "Not in this set, so left out: “qqzyx”." in screen(at)
    assert charts(at) == {"line": said.axis_alt(one)}


def test_the_words_of_the_sentences_are_on_the_line(vectors):
    at = show(step="line", a="Money bank grows", b="Whales swim")
    assert "whales" in at.text_input(key="along").placeholder


@pytest.mark.parametrize("ends", ["money", "money river bank"])
def test_a_line_has_two_ends(ends):
    assert f"{len(ends.split())}. Type two words." in screen(show(step="line", ends=ends))


def test_one_word_twice_is_no_line():
    assert "point the same way" in screen(show(step="line", ends="money money"))


def test_an_unknown_end_is_asked_about():
    assert "“mnoey” is not in the vocabulary." in screen(show(step="line", ends="mnoey river"))


# A map


@pytest.mark.parametrize("axes", [2, 3])
def test_a_map(axes, vectors):
    at = show(step="map", look="bank", axes=str(axes))
    one = word_map("bank", vectors, {2: 30, 3: 18}[axes], axes)
    assert said.map_(one) in screen(at)
    assert charts(at) == {"map": said.map_alt(one)}


def test_a_set_of_two_numbers_is_its_own_map():
    for axes in "23":
        assert "the map is the space itself" in screen(show(step="map", axes=axes, **HAND))


# Two sets


def test_a_word_in_two_sets(vectors, hand):
    at = show(step="compare", handmade=TABLE, other="hand")
    one = compare("bank", vectors, hand, MOST)
    names = ("GloVe 6B", "By hand")
    assert said.comparison(one, names) in screen(at)
    assert charts(at) == {"compared": said.comparison_alt(one, names)}
    turned = show(step="compare", **HAND)
    assert said.comparison(compare("bank", hand, vectors, MOST), names[::-1]) in screen(turned)


def test_a_word_that_only_the_other_set_has():
    at = show(step="compare", look="qqzyx", handmade="qqzyx 1 2 / bank 2 1", other="hand")
    assert "GloVe 6B has no vector for “qqzyx”" in screen(at)
    assert "compared" in charts(at)
    assert "is not in the vocabulary" in screen(show(step="compare", look="zzqqxv"))


@pytest.mark.parametrize("table", [TABLE, "nonsense"])
def test_there_is_something_to_compare_with_at_once(table, vectors):
    at = show(step="compare", handmade=table)
    oracle = train(shipped_text()).vectors
    one = compare("bank", vectors, oracle, MOST)
    assert len(one.second) == MOST
    assert said.comparison(one, ("GloVe 6B", "Trained on three texts")) in screen(at)
    assert charts(at) == {"compared": said.comparison_alt(one, ("GloVe 6B", "Trained on three texts"))}
    assert any("Word vectors" in link.proto.label for link in at.get("page_link"))
    assert "other" not in at.query_params
    names = code(step="compare", handmade=table)
    assert names["there"] == [word for word, _ in one.second]


def test_a_set_that_is_not_here_is_named():
    at = show(step="compare", other="word2vec-google-news-300")
    assert (
        "The set “word2vec-google-news-300”, with which this link compares, is not at hand: Trained on three"
        in screen(at)
    )


def own(name, table="river 1 2 / bank 2 1 / shore 1 3"):
    vectors = selfattn.by_hand(table).vectors
    return VectorSet(name, "Trained on my text", "Trained here.", vectors, "vectors = ...", examples=())


def test_the_set_just_trained_is_compared_with(vectors):
    at = show(step="compare")
    at.session_state["vectors of one's own"] = {"mine-1": own("mine-1"), "mine-2": own("mine-2")}
    at = sound(at.run())
    chosen = widget(at, compare_screen.OTHER_SET)
    assert len(set(chosen.options)) == 4, "sets of one title are told apart"
    assert "Trained on my text" in screen(at)
    chosen.select_index(3)
    at = sound(at.run())
    assert at.query_params["other"] == "hand"
    assert "in By hand" in screen(at)


# Frequent words


def test_frequent_words(vectors):
    norms = norms_by_rank(vectors)
    at = show(step="often")
    assert often_prose.lengths(norms) in screen(at)
    assert charts(at) == {"lengths": often_prose.lengths_alt(norms)}


# Words to begin with


def test_a_set_that_lacks_the_words_of_the_lesson_gets_others():
    vectors = keyed_vectors(["der", "von", "Fluss", "Geld", "Bank", ",", "1"], np.eye(7))
    assert examples.some_words(vectors, 3) == ["der", "von", "Fluss"]
    assert examples.some_words(vectors, 9) == ["der", "von", "Fluss", "Geld", "Bank", ",", "1"]
    assert examples.sums(vectors)[0].written == "der − von + Fluss"
    assert examples.odd_lists(vectors, ["Bank"]) == [("Bank", "der", "von", "Fluss")]
    assert examples.ends(vectors, ["Geld", "Fluss"]) == ("Geld", "Fluss")
    assert examples.two_lists(vectors) == (("der", "von", "Fluss"), ("Geld", "Bank", ","))
    assert {"von", "Fluss"} <= set(examples.along("der", "Geld", vectors))


def test_words_without_direction_are_no_examples():
    vectors = keyed_vectors(["zero", "one", "two"], np.array([[0, 0], [1, 2], [2, 1]]))
    assert examples.some_words(vectors, 3) == ["one", "two"]
    alone = keyed_vectors(["zero", "one"], np.array([[0, 0], [1, 2]]))
    assert examples.ends(alone) == ("one",)
    assert examples.two_lists(alone) == (("one",), ("one",))


def test_the_examples_of_the_lesson_are_those_of_the_bundled_set(vectors):
    assert examples.sums(vectors) == list(examples.ANALOGIES)
    assert examples.odd_lists(vectors) == list(examples.ODD)
    assert examples.two_lists(vectors) == examples.TWO
    assert examples.ends(vectors, ["bank"]) == examples.ENDS


# The code


@pytest.fixture(autouse=True)
def loaded(vectors, monkeypatch):
    monkeypatch.setattr(selfattn, "load_vectors", lambda: vectors)


def run(source):
    names = {}
    with redirect_stdout(StringIO()):
        exec(compile(source, "a cell", "exec"), names)
    return names


def close(found, wanted):
    assert [word for word, _ in found] == [word for word, _ in wanted]
    np.testing.assert_allclose([one for _, one in found], [one for _, one in wanted], rtol=1e-5)


def code(**link):
    (block,) = show(view="code", **link).code
    return run(block.value)


def test_code_of_a_word(vectors):
    names = code(look="river")
    close(names["nearest"], neighbours("river", vectors))
    assert names["place"] == vectors.key_to_index["river"] + 1
    assert names["length"] == pytest.approx(np.linalg.norm(vectors["river"]))


def test_code_of_an_analogy(vectors):
    names, one = code(step="analogy"), analogy(["king", "woman"], ["man"], vectors, words_screen.ANSWERS)
    close(names["found"], one.found)
    for word, cosine in one.excluded:
        assert names["own"][word] == pytest.approx(cosine, abs=1e-5)


def test_code_of_lists(vectors):
    names, one = code(step="lists"), odd_one_out(examples.ODD[0], vectors)
    assert names["odd"] == one.word
    close([(word, cosine) for cosine, word in names["ranked"]], one.cosines)
    two = code(step="lists", shows="two")
    assert two["alike"] == pytest.approx(list_similarity(*examples.TWO, vectors).cosine)
    every = [*examples.TWO[0], *examples.TWO[1]]
    np.testing.assert_allclose(two["table"], cosines(every, every, vectors), atol=1e-6)


def test_code_of_a_line(vectors):
    names = code(step="line", along="bank loan fish")
    for word, place in semantic_axis("money", "river", ["bank", "loan", "fish"], vectors).places:
        assert names["places"][word] == pytest.approx(place, abs=1e-5)


@pytest.mark.parametrize("axes", [2, 3])
def test_code_of_a_map(axes, vectors, hand):
    names, one = code(step="map", axes=str(axes)), word_map("bank", vectors, {2: 30, 3: 18}[axes], axes)
    assert tuple(names["words"]) == one.words
    np.testing.assert_allclose(names["points"], one.points, atol=1e-5)
    np.testing.assert_allclose(names["kept"], one.explained_variance, atol=1e-6)
    small = code(step="map", axes=str(axes), **HAND)
    np.testing.assert_allclose(small["points"], word_map("bank", hand, axes=axes).points)


@pytest.mark.parametrize("link", [{"handmade": TABLE, "other": "hand"}, HAND], ids=["bundled first", "by hand first"])
def test_code_of_two_sets(link, vectors, hand):
    names = code(step="compare", **link)
    sides = (hand, vectors) if "set" in link else (vectors, hand)
    one = compare("bank", *sides, MOST)
    assert names["here"] == [word for word, _ in one.first]
    assert names["there"] == [word for word, _ in one.second]
    assert tuple(names["shared"]) == one.shared


@pytest.mark.parametrize("link", [{}, HAND], ids=["bundled", "by hand"])
def test_code_of_frequent_words(link, vectors, hand):
    means = code(step="often", **link)["means"]
    for first, _, mean in norms_by_rank(hand if link else vectors).bands:
        assert means[first] == pytest.approx(mean, rel=1e-5)


@pytest.mark.parametrize("text", [*HOSTILE, "'", '"', "\\", "'); import os; os._exit(1)  #", "\n"])
def test_what_was_typed_goes_into_the_code_as_a_string(text):
    for source in (
        snippets.one_word(text, most=3),
        snippets.analogy([text], [text], most=3),
        snippets.odd([text]),
        snippets.two([text], [text]),
        snippets.line(text, text, [text]),
        snippets.map_(text, most=3, axes=2, width=50),
        snippets.compare(text, most=3, other="other = None"),
    ):
        assert repr(text) in source
        compile(source, "a cell", "exec")
        assert max(map(len, source.splitlines())) <= 120 + 3 * len(repr(text))


def test_nothing_to_compute_is_code_that_says_so():
    assert "nothing to compute" in show(view="code", look="qqzyx").code[0].value


def test_a_set_that_makes_vectors_of_parts_is_asked_for_unknown_words():
    vectors = keyed_vectors(["bank", "river"], np.array([[3.0, 3.0], [1.0, 5.0]]))

    def grow(text):
        vectors.add_vectors(text, np.ones((len(text), 2), dtype=np.float32))

    one = VectorSet("mine-1", "Parts", "Trained here.", vectors, "", grow)
    assert boxes.find("Banks", one) == "banks"
    assert boxes.find("two words", one) is None
    assert session_sets.bundled().grow is None


def test_back_and_next_go_through_the_screens():
    at = show()
    for step in STEPS[1:]:
        at = press(at, "next")
        assert at.query_params["step"] == step


# A set that is hardly trained


ALIKE = "money 9 1 / bank 9.1 1 / grows 9 1.1 / river 8.9 1 / flows 9 0.9"


@pytest.mark.parametrize("step", ["oneword", "analogy", "lists", "line", "map", "compare", "often"])
def test_where_all_words_point_the_same_way_nearness_is_hedged(step):
    at = visit(PAGE, step=step, set="hand", handmade=ALIKE)
    told = "The words of this set point nearly all the same way" in screen(at)
    assert told == (step != "often" and bool(charts(at)))
    assert "The words of this set point" not in screen(visit(PAGE, step=step))


def test_words_that_are_equally_near_are_said_to_be():
    said = screen(visit(PAGE, step="oneword", set="hand", look="bank"))
    assert "Nearest to “bank”: grows (0.95), flows (0.95), river (0.83), … The first 2 are equally near." in said
