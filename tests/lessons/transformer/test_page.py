"""The page of the transformer without a browser: its boxes, its errors, and its screens about heads."""

import contextlib
import io
import re
import shutil

import numpy as np
import pytest

import selfattn
from selfattn.core import transformer as package
from selfattn.core.transformer import model
from selfattn.lessons.transformer import sentences
from selfattn.lessons.transformer.heads import heads_of
from selfattn.ui import controls, fields
from tests.apps import HOSTILE_TOGETHER, charts, edit, press, read_html, screen, sound, title, visit, widget
from tests.covering import NIGHTLY

PAGE = "pages/10_A_real_transformer.py"
LONG = "We sat on the bank of the river and watched the boats"
ODD = {
    "one word": "bank",
    "one letter twice": "a a",
    "repeated": "the bank the bank the bank",
    "marks": "!!! ... ?",
    "emoji": "😀 bank 👩‍👩‍👧 river",
    "right to left": "בנק river bank שלום",
    "400 words": "bank " + "river money the flows " * 100,
    "hostile": HOSTILE_TOGETHER,
    "no spaces": "river" * 60,
    "accents": "Café BANK naïve",
}


def encoded(text):
    return selfattn.transformer.load()(text)


# What is read


@pytest.mark.parametrize("step", ["same", "number"])
@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_any_text_is_drawn_or_refused_with_a_reason(step, text):
    at = visit(PAGE, a=text, step=step)
    assert charts(at) or at.warning
    assert {tag for tag, _ in read_html(at).tags} <= {"style", "h1", "p", "span"}
    assert at.text_input(key="a").value == text


@pytest.mark.parametrize("step", ["same", "number"])
def test_without_a_piece_there_is_a_reason_and_the_box_keeps_its_text(step):
    for text, said in (("", "There is no text yet"), ("😀", "knows no piece of “😀”")):
        at = visit(PAGE, a=text, step=step)
        assert said in screen(at)
        assert not charts(at)
        assert charts(edit(at, a="River bank flows"))


def test_what_is_cut_is_said():
    said = screen(visit(PAGE, a="bank " * 400))
    assert "128 tokens are computed, [CLS] and [SEP] among them: the 274 word pieces after “bank” are cut." in said


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("River bank flows", True), ("Don’t they know that it isn’t?", True), ("The riverwalk follows a bank", True),
        ("Der Fluss fliesst langsam durch die Stadt", False), ("Банк дал нам кредит", False), ("银行给了我们", False),
        ("La banque nous accorde un prêt", False), ("3.5 !", True),
    ],
)  # fmt: skip
def test_other_languages_are_told_that_the_model_is_english(text, english):
    assert ("The model is English" in screen(visit(PAGE, a=text))) is not english


def test_the_share_of_whole_words_tells_english_as_it_was_measured():
    every = [sentences.whole_words(encoded(each.text)) for each in selfattn.labelled()[:: 1 if NIGHTLY else 45]]
    assert sum(whole < words * sentences.FEWEST_WHOLE for whole, words in every) <= 1


def test_words_are_compared_in_small_letters_and_shared_ones_come_first():
    at = visit(PAGE, a="The BANK lends")
    assert widget(at, controls.CHOSEN_WORD).value == "bank"
    assert widget(at, controls.CHOSEN_WORD).options == ["bank", "lends", "the"]
    assert "“BANK”" in screen(at)


def broken(monkeypatch, tmp_path, change):
    """Let the page load files that a change has broken."""
    shutil.copytree(model.FOLDER, tmp_path / "weights")
    change(tmp_path / "weights")
    monkeypatch.setattr(package, "load", lambda: model.load(tmp_path / "weights"))


def cut_short(path):
    path.write_bytes(path.read_bytes()[:-10])


def altered(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("change", [lambda path: path.unlink(), cut_short, altered], ids=["missing", "cut", "altered"])
def test_broken_weights_are_named_and_the_rest_works(monkeypatch, tmp_path, change):
    broken(monkeypatch, tmp_path, lambda folder: change(folder / "layers-1.npy"))
    for step in ("same", "number"):
        at = visit(PAGE, step=step)
        (warning,) = at.warning
        assert "layers-1.npy" in warning.value.replace("\\", "")
        assert "All other lessons work without it." in warning.value.replace("\\", "")
        assert not charts(at)


# The same sentence


def test_the_head_in_which_bank_looks_most_at_river_is_found_and_named():
    at = visit(PAGE, a=LONG)
    of = heads_of(encoded(LONG))
    layer, head = np.unravel_index(of.weights[:, :, 5, 8].argmax(), (6, 12))
    said = f"“bank” looks most at “river” in layer {layer + 1}, head {head + 1}: {of.weights[layer, head, 5, 8]:.0%}"
    assert said.replace("%", " %") in screen(at)
    assert f"Layer {layer + 1}, head {head + 1} is framed." in charts(at)["heads"]
    assert f"river {of.weights[layer, head, 5, 8]:.2f}" in charts(at)["large_head"]
    assert title(at) == "The same sentence"


def test_heads_are_found_by_what_they_do_and_opened_by_hand():
    at = visit(PAGE, a=LONG)
    widget(at, "found by").set_value("before")
    assert "layer 1, head 3 looks most at the word before" in screen(sound(at.run()))
    assert at.query_params["find"] == "before"
    widget(at, "opened Layer").set_value(4)
    at = sound(at.run())
    assert "Layer 5, head 3:" in screen(at)
    assert at.query_params["opened"] == "5.3"
    assert "find" not in at.query_params
    edited = edit(at, a="Money bank grows")
    assert "Layer 5, head 3: “bank” gives" in screen(edited)


def test_the_word_that_is_looked_at_can_be_chosen():
    at = visit(PAGE, a=LONG)
    widget(at, "Looks at").set_value(12)  # the token of “boats”, counted from [CLS]
    at = sound(at.run())
    assert "“bank” looks most at “boats”" in screen(at)
    assert at.query_params["column"] == "12"


def test_the_question_comes_before_the_answer_and_shows_what_is_read():
    at = visit(PAGE, a="The riverwalk follows the bank", hidden="1")
    assert "[CLS] the river ##walk follows the bank [SEP]" in screen(at)
    assert not charts(at)
    assert "%" not in screen(at)
    widget(at, "chosen guess").set_value("on the word itself")
    at = press(sound(at.run()), "reveal")
    assert "You said “on the word itself”. It is “on [CLS] and [SEP]”, with 62 %." in screen(at)
    assert "“riverwalk” = river + ##walk" in screen(at)


def test_special_tokens_can_be_hidden_and_arcs_drawn():
    shown, hidden = visit(PAGE), visit(PAGE, specials="0")
    assert charts(shown).keys() == charts(hidden).keys() == {"heads", "large_head"}
    assert "gets 66 % of all weight" in screen(shown)
    assert "gets 66 % of all weight" in screen(hidden)  # hidden in the pictures, not in the truth
    assert "head_arcs" in charts(visit(PAGE, drawn="arcs"))


def run_code(at):
    (code,) = at.code
    with contextlib.redirect_stdout(io.StringIO()) as said:
        names = {}
        exec(code.value, names)
    return said.getvalue(), names


@pytest.mark.parametrize("text", [LONG, "bank", "it's 'bank\" \\ {river}", "the the"])
def test_the_code_finds_the_heads_of_the_screen(text):
    printed, _ = run_code(visit(PAGE, a=text, view="code"))
    of = heads_of(encoded(text))
    says = {"one word at another": ("word", 4, 7), "at the word before": ("before",), "at [SEP]": ("sep",)}
    for line, what in says.items() if text == LONG else [("at [SEP]", ("sep",))]:
        best = of.best(*what)
        assert f"{line}: layer {best.layer + 1}, head {best.head + 1}, {best.share:.3f}" in printed


def test_the_tables_have_the_head_and_all_heads():
    head, every = visit(PAGE, a=LONG, tables="numbers", opened="1.5").dataframe
    of = heads_of(encoded(LONG))
    assert list(head.value.columns) == ["", *(f"{place} {name}" for place, name in enumerate(of.names, 1))]
    np.testing.assert_allclose(head.value.iloc[5, 1:].astype(float), of.weights[0, 4, 5], atol=1e-6)
    assert len(every.value) == 72
    assert every.value["bank → river"].iloc[4] == pytest.approx(of.weights[0, 4, 5, 8], abs=1e-6)
    assert every.value["the word before"].iloc[2] == pytest.approx(of.profiles["before"][0, 2], abs=1e-6)


# A number opened


@pytest.mark.parametrize("link", [{"a": LONG}, {"a": "Money bank grows", "opened": "6.12"}, {"a": "bank"}])
def test_a_weight_is_that_of_the_model_and_its_chain_holds(link):
    at = visit(PAGE, step="number", **link)
    printed, names = run_code(visit(PAGE, step="number", view="code", **link))
    layer, head, i, j = (names[name] for name in ("layer", "head", "i", "j"))
    weight = encoded(link["a"]).weights[layer, head, i, j]
    assert float(names["weight"]) == pytest.approx(float(weight), abs=1e-5)
    assert f"Layer {layer + 1}, head {head + 1}:" in screen(at)
    share = re.search(r"(\d+) % of its weight", screen(at))
    if share:
        assert int(share[1]) == round(100 * float(weight))
    score, scaled = (float(number) for number in printed.split()[:2])
    assert scaled == pytest.approx(score / np.sqrt(32))
    formula = next(each.value for each in at.markdown if each.value.startswith("$"))
    assert r"\sqrt{32}" in formula
    assert r"q_{\text{bank}}" in formula


def test_the_pieces_of_a_word_are_opened_one_by_one():
    at = visit(PAGE, step="number", a="The riverwalk follows the riverwalk", word="riverwalk")
    assert widget(at, "Asks").options == ["1  river", "2  ##walk", "3  river", "4  ##walk"]
    assert "“riverwalk” is 2 word pieces: river + ##walk." in screen(at)
    widget(at, "Asks").set_value(7)
    at = sound(at.run())
    assert "“##walk” (token 8) gives" in screen(at)
    assert at.query_params["row"] == "7"


def test_special_tokens_can_be_asked_and_places_that_are_not_there_fall_back():
    at = visit(PAGE, step="number", a="River bank flows", column="0")
    assert "gives “[CLS]”" in screen(at)
    at = visit(PAGE, step="number", a="River bank flows", column="88", row="99")
    assert "“bank” gives “river”" in screen(at)


def test_an_edit_forgets_places_and_keeps_the_head():
    at = visit(PAGE, step="number", a=LONG, column="13", opened="2.4")
    at = edit(at, a="Money bank grows")
    assert "Layer 2, head 4: “bank” gives “money”" in screen(at)


def test_unusable_heads_in_a_link_are_named():
    for wrong in ("7.1", "1.13", "0.1", "x", "1", "1.0"):
        assert fields.OPENED in screen(visit(PAGE, opened=wrong)).partition("the defaults stand in for")[2]
