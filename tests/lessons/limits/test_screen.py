"""What it cannot do: what each step asks, says and draws, whatever is typed, and the code that computes it again."""

import re
from dataclasses import replace

import numpy as np
import pytest

import selfattn
from selfattn import PRESETS, lean
from selfattn.core.similarity import cosine
from selfattn.core.spread import spreads
from selfattn.course import LIMITS
from selfattn.lessons.limits import measures, prose
from selfattn.lessons.limits.cases import SHUFFLE_AGAIN
from selfattn.lessons.limits.screen import BOXES, EXAMPLE, EXAMPLES, NOTHING
from selfattn.ui import fields
from selfattn.views import predict
from tests import apps
from tests.apps import charts, edit, opened, press, screen, sound, title, widget
from tests.covering import NIGHTLY, combined
from tests.lessons.limits.test_cases import ODD, computed, run

PAGE = "pages/7_What_it_cannot_do.py"
STEPS = tuple(step.key for step in LIMITS.steps)
FAILING = STEPS[:-1]
ASKING = tuple(step.key for step in LIMITS.steps if step.asks)
PICTURES = {
    "order": {"crossing"},
    "mixed": {"limits_motion"},
    "negation": {"limits_motion"},
    "unknown": {"paired"},
    "frequent": {"paired"},
    "still": {"leanings"},
    "beyond": {"spread"},
}


def visit(step="order", **link):
    return apps.visit(PAGE, **({"step": step} if step != LIMITS.start else {}), **link)


def link_of(at):
    return {name: one if isinstance(one, str) else one[-1] for name, one in at.query_params.items()}


def numbers(text):
    return [float(number.replace("−", "-")) for number in re.findall(r"−?\d+\.\d+", text)]


# Each step, as it starts


@pytest.mark.parametrize(("step", "preset"), combined(STEPS, PRESETS))
def test_every_step_has_its_picture_its_reason_and_what_helps(step, preset):
    at = visit(step, **({"preset": preset} if preset != "balanced" else {}))
    assert link_of(at) == ({} if step == LIMITS.start else {"step": step}) | (
        {} if preset == "balanced" else {"preset": preset}
    )
    assert title(at) == prose.TITLES[step]
    assert set(charts(at)) == PICTURES[step]
    assert all(charts(at).values())
    if step != "beyond":
        assert "Why?" in screen(at)
        assert prose.ADDS[step] in screen(at)


def test_the_order_makes_no_difference():
    at = visit("order")
    assert "The new “bank” is the same in both sentences" in screen(at)
    assert "Agrows" not in screen(at)
    assert "grows bank money" in charts(at)["crossing"]


def test_shuffling_again_is_another_order_and_stays_in_the_link():
    at = edit(visit("order"), a="The bank robbed the man")
    seen = {charts(at)["crossing"].split("below “")[1].split("”")[0]}
    for seed in (1, 2):
        press(at, SHUFFLE_AGAIN)
        assert link_of(at)[fields.SHUFFLE] == str(seed)
        seen.add(charts(at)["crossing"].split("below “")[1].split("”")[0])
        assert "is the same in both sentences" in screen(at)
    assert len(seen) == 3
    again = visit("order", a="The bank robbed the man", shuffle="2")
    assert charts(again) == charts(at)
    last = press(visit("order", shuffle="9999"), SHUFFLE_AGAIN)
    assert fields.SHUFFLE not in link_of(last)


def test_with_distance_the_order_matters_and_the_number_is_said():
    at = visit("order", a="The bank robbed the man", preset="sharper", shuffle="1")
    sentence, trace, row, _ = computed("The bank robbed the man", preset="sharper")
    order = measures.shuffled(sentence.tokens, 1)
    other = selfattn.contextualize([sentence.tokens[at] for at in order], selfattn.load_vectors(), "sharper")[1]
    difference = np.abs(trace.output[row] - other.output[order.index(row)]).max()
    assert f"by {prose.number(difference)}." in screen(at)
    assert "distant words count less" in screen(at)


def test_mixed_cues_end_in_between():
    at = visit("mixed")
    ends = [computed(text)[3] for text in ("bank loan", "River bank", "River bank loan")]
    said = screen(at).split("Why?")[0]
    assert [f"{number} ({side})" for number, side in re.findall(r"(−?\d+\.\d) \((\w+)\)", said)] == [
        prose.reading(end) for end in ends
    ]
    assert "With both it ends in between" in said
    for name, end in zip(("loan", "river", "both"), ends, strict=True):
        assert f"{name}: it {end.caption}, at {end.after:.1f}".replace("-", "−") in charts(at)["limits_motion"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("River bank flows", "All cues here speak for river (“river” and “flows”)"),
        ("Bank loan", "All cues here speak for finance (“loan”)"),
        ("Peter remembers every bank", "No word here speaks for finance or for river"),
        ("Peter runs", "has no poles here"),
    ],
)
def test_without_two_cues_it_says_what_is_missing(text, said):
    assert said in screen(visit("mixed", mixed=text))


def test_negation_says_the_cosine_and_the_weight_of_not():
    at = visit("negation")
    _, one, row, _ = computed("This is a river bank")
    sentence, other, at_row, after = computed("This is not a river bank")
    alike = cosine(one.output[row], other.output[at_row])
    assert f"the cosine of its two vectors is {alike:.3f}" in screen(at)
    assert f"B: {prose.reading(after)}." in screen(at)
    share = other.weights[at_row, sentence.index("not")]
    assert f"“not” takes {share * 100:.0f} % of the weight" in screen(at)


def test_sentences_without_a_word_in_common_are_told_so():
    at = visit("negation", plain="River", negated="Bank")
    assert "is not in both sentences" in screen(at)


def test_an_unknown_word_is_left_out_and_its_pieces_would_count():
    at = visit("unknown")
    before, after = computed("The follows the bank")[3], computed("The river walk follows the bank")[3]
    assert "“riverwalk” has no vector and is left out" in screen(at)
    assert "made of “the follows the bank” alone. In pieces, river + walk" in screen(at)
    assert f"goes from {prose.reading(before)} to {prose.reading(after)}." in screen(at)
    assert "75,000 words" in screen(at)
    assert "river left out and" in charts(at)["paired"]


def test_near_spellings_stand_on_the_screen():
    assert "“recieve”: receive" in screen(visit("unknown", strange="We recieve money at the bank"))


def test_where_all_words_are_known_it_says_so():
    at = visit("unknown", strange="The river follows the bank")
    assert "nothing is left out" in screen(at)
    assert "spelled almost alike" not in screen(at).lower()
    assert set(charts(at)) == {"bars_0"}


@pytest.mark.parametrize("preset", ["balanced", "sharper"])
def test_frequent_words_take_the_weight(preset):
    at = visit("frequent", **({"preset": preset} if preset != "balanced" else {}))
    vectors, found = selfattn.load_vectors(), []
    for lowered in (False, True):
        text = "She came back to the bank with some of the fish"
        sentence, trace = selfattn.contextualize(text, vectors, replace(PRESETS[preset], frequency=lowered))
        row = sentence.index("bank")
        weights = dict.fromkeys(sentence.tokens, 0.0)
        for token, weight in zip(sentence.tokens, trace.weights[row], strict=True):
            weights[token] += weight
        often = sum(weight for token, weight in weights.items() if vectors.key_to_index[token] < 200)
        found.append(often / (1 - weights["bank"]))
    assert f"take {found[0] * 100:.0f} % of the weight" in screen(at)
    assert f"“Lower frequent words” they take {found[1] * 100:.0f} %" in screen(at)
    scores = sentence.matrix.astype(float) @ sentence.matrix[row]
    if preset == "balanced":
        assert f"“bank” · “fish” is {scores[sentence.index('fish')]:.1f}" in screen(at)


@pytest.mark.parametrize("preset", ["balanced", "lesson"])
def test_without_a_cue_the_word_stays_on_its_side_and_the_reason_is_told(preset):
    at = visit("still", preset=preset)
    _, trace, row, found = computed("Peter remembers every bank", preset=preset)
    assert f"cosine of {cosine(trace.matrix[row], trace.output[row]):.2f}" in screen(at)
    way = f"from {found.before:.1f} to {found.after:.1f} on the line".replace("-", "−")
    if preset == "balanced":
        assert f"“bank” stays with finance: {way}" in screen(at)
        assert "slide towards the mean of the words around it: a drift, not a meaning" in screen(at)
    else:
        assert f"“bank” hardly moves: {way}" in screen(at)
        assert "more than 99 % of its weight stays with itself" in screen(at)


def test_it_says_so_where_a_word_moves_all_the_same():
    assert "the mean of words that tell little" in screen(visit("still", preset="sharper"))
    assert "a drift, not a meaning" in screen(visit("still", still="This is the bank"))
    assert "Here something speaks for a sense: “river”" in screen(visit("still", still="This river bank"))


def test_of_frequent_words_nothing_is_said_where_there_are_none():
    assert "frequent words lie" not in screen(visit("still", still="Peter remembers every bank", preset="scaled"))
    at = visit("frequent", frequent="The bank approved our commercial mortgage")
    assert "· “mortgage” is" in screen(at)
    assert "There are also more of them" not in screen(at)
    assert "There are also more of them" in screen(visit("frequent"))


@pytest.mark.parametrize(
    ("text", "word", "preset", "guess", "said"),
    [
        ("She plays bass in a jazz band", "bass", "sharper", "further towards music", "moves further towards music"),
        ("Peter remembers every bank", "bank", "balanced", "still with finance", "stays with finance"),
        ("Which club", "club", "trained", "on neither side", "is on neither side"),
        ("This river bank", "bank", "trained", "with river", "crosses to river"),
    ],
)
def test_what_is_guessed_and_what_is_found_are_one_measure(text, word, preset, guess, said):
    at = visit("still", still=text, word=word, preset=preset, hidden="1")
    widget(at, predict.CHOSEN).set_value(guess)
    press(sound(at.run()), "reveal")
    assert "and so it is" in screen(at)
    assert f"“{word}” {said}: from " in screen(at)


def test_the_full_transformer_answers_each_failing_with_numbers_of_now():
    at = visit("beyond")
    for _, name, does in prose.BEYOND:
        assert f"{name} {does}" in screen(at)
    for step in LIMITS.steps[:-1]:
        assert step.title in screen(at)
    (drawn,) = [one.proto.body for one in at.get("html") if 'role="figure"' in one.proto.body]
    assert drawn.count("→") == len(LIMITS.steps) - 1, "each failing is tied to a part"
    assert "It mends: Word order." in drawn
    assert "1 left out" in screen(at)
    assert "frequent: 85 %" in screen(at)
    assert "softmax of dot products, and a weighted sum" in screen(at)
    found = spreads()
    assert f"by {found[-1].before:.0f} for 1024 numbers" in screen(at)
    assert charts(at)["spread"].endswith(f"1024 numbers: {found[-1].before:.1f}, divided {found[-1].after:.1f}.")


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("text", ["Peter remembers every bank", "Nobody knows this bat", "Which club"])
def test_a_word_without_a_cue_that_ends_on_a_side_is_told_to_drift(preset, text, vectors):
    said = screen(visit("still", preset=preset, still=text))
    found = lean(text, text.split()[-1], vectors, preset)
    assert f" {found.caption}: from " in said
    if not PRESETS[preset].attend_self and found.side:
        assert re.search(rf"\d+ % of the way from the middle to {found.side}: a drift, not a meaning", said)
    assert "clearly nearer to one sense" in said


def test_what_cannot_be_computed_has_no_number_beyond():
    at = visit("beyond", a="", mixed="", plain="", negated="", strange="zzqqxx", frequent="", still="")
    assert set(charts(at)) == {"spread"}
    assert "cosine" not in screen(at).split("Why divide")[0]


# Predict, then reveal


@pytest.mark.parametrize("step", ASKING)
def test_the_answer_waits_and_then_stands_beside_the_guess(step):
    at = visit(step, hidden="1", projector="1")  # a projector shows the same pictures
    assert not charts(at)
    assert "Why?" not in screen(at)
    assert link_of(at)["hidden"] == "1"
    options = widget(at, predict.CHOSEN).options
    assert len(options) == len(set(options)) >= 2
    widget(at, predict.CHOSEN).set_value(widget(at, predict.CHOSEN).options[0].replace("\\", ""))
    press(sound(at.run()), "reveal")
    assert "You said “" in screen(at)
    assert set(charts(at)) == PICTURES[step]


# Examples, boxes, links


@pytest.mark.parametrize("step", FAILING)
def test_every_example_fills_the_boxes_of_its_step(step):
    at = visit(step)
    for example in measures.EXAMPLES[step] if NIGHTLY else measures.EXAMPLES[step][-1:]:
        opened(at, EXAMPLES)
        widget(at, EXAMPLE).set_value(" / ".join(example))
        sound(at.run())
        assert tuple(at.text_input(key=name).value for name, _ in BOXES[step]) == example
        assert set(charts(at)) == PICTURES[step]


@pytest.mark.parametrize(("text", "step"), combined(ODD, FAILING))
def test_whatever_is_typed_there_is_no_error_and_a_sentence_that_helps(text, step):
    at = edit(visit(step), **{name: text for name, _ in BOXES[step]})
    assert all(at.text_input(key=name).value == text for name, _ in BOXES[step])
    shown = screen(at)
    assert charts(at) or NOTHING in shown
    if not charts(at):
        assert at.warning
    assert not {tag for tag, _ in apps.read_html(at).tags} & {"img", "script"}


@pytest.mark.parametrize(("step", "view"), combined(STEPS, ["trace", "whatif", "code", "terms"]))
def test_every_step_can_be_looked_at_closely(step, view):
    at = visit(step, view=view)
    assert not set(charts(at)) & PICTURES[step]


@pytest.mark.parametrize("step", FAILING)
def test_a_link_gives_the_same_screen(step):
    texts = measures.EXAMPLES[step][1]
    at = edit(visit(step), **{name: text for (name, _), text in zip(BOXES[step], texts, strict=True)})
    again = apps.visit(PAGE, **link_of(at))
    assert charts(again) == charts(at)
    assert screen(again) == screen(at)


@pytest.mark.parametrize("step", [step for step in STEPS if step not in ASKING])
def test_the_projector_shows_the_same(step):
    assert set(charts(visit(step, projector="1"))) == PICTURES[step]


# The code of each screen computes the numbers of the screen: see test_cases.py


def test_the_code_of_scaling():
    (block,) = visit("beyond", view="code").code
    result = run(block.value)
    assert result["before"] == pytest.approx({spread.width: spread.before for spread in spreads()})
    assert result["after"] == pytest.approx({spread.width: spread.after for spread in spreads()})


def test_there_is_no_code_where_there_is_nothing_to_compute():
    (block,) = visit("mixed", view="code", mixed="").code
    run(block.value)
