"""The step "Your own sentences" without a browser: what is typed, the training, the difference, any set, any text."""

import re
from functools import partial

import plotly.graph_objects as go
import pytest

from selfattn.core.heads import known_head
from selfattn.core.labelled import Labelled
from selfattn.core.own import Outcome, Trial, rounds, train, untrained
from selfattn.core.own_lines import read
from selfattn.figures.palette import MOST, palette
from selfattn.lessons.query_key_value import own
from selfattn.lessons.query_key_value import own_prose as prose
from selfattn.lessons.query_key_value.own_figure import compared, shown
from selfattn.ui import fields
from tests import apps
from tests.apps import HOSTILE, charts, press, screen, sound, widget

PAGE = "pages/8_Query_key_value.py"
FEW_STEPS = 2
TABLE = "bank 5 1 / money 6 0 / grows 4 2 / river 0 5 / flows 1 6 / left 3 3"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Train for two steps: what a hundred bring is tested where no page is drawn."""
    monkeypatch.setattr(own, "train", partial(train, steps=FEW_STEPS))


def visit(**link):
    return apps.visit(PAGE, step="own", **link)


def box(at):
    (area,) = at.text_area
    return area


def write(at, text):
    box(at).set_value(text)
    return sound(at.run())


def trained(at):
    press(at, "begin_own")
    at.session_state[f"job {own.JOB}"].done.wait(60)
    return sound(at.run())


def running(at):
    return f"job {own.JOB}" in at.session_state


@pytest.fixture(scope="module")
def outcome(vectors):
    written = read(prose.EXAMPLE, vectors)
    return train(written, vectors, steps=FEW_STEPS)


# Before, and after


def test_the_example_stands_there_and_is_tested_at_once(vectors):
    at = visit()
    assert box(at).value == prose.EXAMPLE
    tested = untrained(read(prose.EXAMPLE, vectors), vectors, known_head(vectors))
    assert f"“left” is on the right side in {prose.before(tested)} of 10 sentences of yours." in screen(at)
    assert prose.CHOSEN in screen(at)
    assert "labelled" not in at.query_params
    assert f"line 1, side, {tested[0].before:.2f}".replace("-", "−") in charts(at)["own_line"]
    assert "predict" not in [button.key for button in at.button]  # there is nothing to ask yet
    for part in rounds(read(prose.EXAMPLE, vectors), vectors):
        for words in part.sense.poles.values():
            assert " ".join(words[:3]) in screen(at)


def test_training_shows_both_and_what_became_of_the_others(outcome):
    at = trained(visit())
    old, new = prose.before(outcome.tested), prose.after(outcome.tested)
    said = screen(at)
    assert f"{old} of 10 are on the right side without your sentences, {new} of 10 with them: " in said
    past, now = (f"{100 * share:.1f} %" for share in outcome.held_out)
    assert f"ship with the app, {now} are on the right side (before: {past})" in said.replace("\N{NO-BREAK SPACE}", " ")
    assert f"was repeated {outcome.times[0]} times among {outcome.shipped:,} other sentences" in said
    first = outcome.tested[0]
    assert f"line 1, side, {first.before:.2f} to {first.after:.2f}".replace("-", "−") in charts(at)["own_line"]
    assert "begin_own" not in [button.key for button in at.button]


def test_it_asks_once_there_is_an_answer(outcome):
    at = visit(hidden="1")
    assert set(charts(at)) == {"own_line"}
    trained(at)
    assert not charts(at)
    assert prose.question(outcome, "left") in screen(at)
    assert not re.search(r"with them: ", screen(at))
    widget(at, "chosen guess").set_value([prose.GUESSES[2]])
    sound(at.run())
    press(at, "reveal")
    assert f"You said “{prose.GUESSES[2]}”" in screen(at)
    assert prose.because(outcome) in screen(at)
    assert set(charts(at)) == {"own_line"}


def test_what_was_trained_goes_when_the_sentences_change():
    at = trained(visit())
    write(at, prose.EXAMPLE.replace("church", "school"))
    assert prose.GONE in screen(at)
    assert "with them" not in screen(at)
    assert prose.CHOSEN not in screen(at)
    assert own.RESULT not in at.session_state
    trained(at)
    assert prose.GONE not in screen(at)
    assert "with them" in screen(at)


def test_a_training_with_sentences_that_are_no_more_is_given_up():
    at = press(visit(), "begin_own")
    job = at.session_state[f"job {own.JOB}"]
    write(at, prose.EXAMPLE.replace("church", "school"))
    assert job.stop.is_set()
    assert not running(at)
    assert own.RESULT not in at.session_state


def test_it_can_be_cancelled(monkeypatch):
    monkeypatch.setattr(own, "train", train)
    at = press(visit(), "begin_own")
    press(at, f"cancel {own.JOB}")
    assert not running(at)
    assert "with them" not in screen(at)
    assert "begin_own" in [button.key for button in at.button]


# What is typed


def test_lines_survive_the_link():
    text = prose.EXAMPLE.replace("church", "school").replace(" | ", "\t")
    at = write(visit(), text)
    link = at.query_params["labelled"]
    link = link if isinstance(link, str) else link[-1]
    assert link == text
    again = visit(labelled=link)
    assert box(again).value == text
    assert screen(again) == screen(at)


def test_an_emptied_box_takes_the_example_back():
    at = write(write(visit(), "left | side | Turn left"), "  ")
    assert box(at).value == prose.EXAMPLE
    assert "labelled" not in at.query_params


def test_what_is_too_long_is_cut_and_said():
    line = "left | side | Turn left at the house with number {}\n"
    text = "".join(line.format(number) for number in range(200))
    at = write(visit(), text)
    assert box(at).value == text[: fields.MAX_CHARACTERS]
    assert "There is room for 4,000 characters: what was longer is cut." in screen(at)
    assert "There is room for 4,000" in screen(visit(labelled=text))


def test_bad_lines_are_said_beside_the_box_and_good_ones_count():
    at = write(visit(), f"{prose.EXAMPLE}\nleft | politics | The left won\n{HOSTILE[0]}\n{HOSTILE[2]} | {HOSTILE[7]}")
    (warning,) = at.warning
    assert r"\<img src\=x" in warning.value
    said = screen(at)
    assert "Line 11: “politics” is one sense too many" in said
    assert f"Line 12: “{HOSTILE[0]}” is not of this form" in said
    assert f"Line 13: “left” is not in “{HOSTILE[7]}”" in said
    assert "of 10 sentences of yours" in said
    assert "Line 11" in screen(trained(at))


def test_of_many_bad_lines_some_are_said():
    at = write(visit(), "\n".join(f"line {number}" for number in range(9)))
    assert "Line 4" in screen(at)
    assert "Line 5" not in screen(at)
    assert f"{9 - own.MOST_REMARKS} more lines" in screen(at)
    assert "begin_own" not in [button.key for button in at.button]
    assert not charts(at)


def test_the_word_box_gives_the_word_where_no_line_does():
    lines = [
        "river | We fished from the muddy bank", "river | Reeds grew along the bank", "river | Otters like the bank",
        "river | The canoe slid down the bank", "finance | My bank lent me cash", "finance | The bank raised its rates",
        "finance | A clerk at the bank counted notes", "finance | Her bank closed on Friday",
    ]  # fmt: skip
    at = write(visit(), "\n".join(lines))
    assert "“bank” is on the right side in" in screen(at)
    assert "Poles: “finance” is money loan" in " ".join(screen(at).split())
    assert "Poles of the other half" not in screen(at)
    at = write(visit(a="", b=""), "\n".join(lines))
    assert "No line names its word" in screen(at)


@pytest.mark.parametrize("text", ["?!", "|", " | | ", "left", "left | left | left", apps.HOSTILE_TOGETHER, "x" * 5000])
def test_any_text_is_taken(text):
    at = write(visit(a=apps.HOSTILE[0]), text)
    assert at.warning
    for body in (element.proto.body for element in at.get("html")):
        assert "<img" not in body
        assert "<script" not in body


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_senses_and_sentences_are_words(name):
    text = "\n".join(
        line.replace("side", name.replace("|", "/")).replace("church", name.replace("|", "/"))
        for line in prose.EXAMPLE.splitlines()
    )
    at = write(visit(), text)
    assert "of 10 sentences of yours" in screen(at)
    for body in (element.proto.body for element in at.get("html")):
        assert "<img" not in body
        assert "<script" not in body


# Any set, any screen


def test_a_set_on_which_nothing_can_be_trained_says_so():
    at = visit(set="hand", handmade=TABLE, a="Money bank grows")
    assert "Nothing can be trained on these vectors" in screen(at)
    assert "begin_own" not in [button.key for button in at.button]
    lines = [f"bank | a | money bank {'grows ' * n}" for n in range(4)]
    at = write(at, "\n".join([*lines, *(f"bank | b | river bank {'flows ' * n}" for n in range(4))]))
    assert "With a head that has learned nothing, “bank” is on the right side in" in screen(at)
    assert set(charts(at)) == {"own_line"}


@pytest.mark.parametrize(
    "link", [{"a": "", "b": ""}, {"a": "bank", "b": "qwzx"}, {"projector": "1"}, {"preset": "lesson"}]
)
def test_it_does_not_need_the_sentences_of_the_other_steps(link):
    at = visit(**link)
    assert set(charts(at)) == {"own_line"}
    assert len(charts(at)["own_line"]) > 40


@pytest.mark.parametrize("view", ["trace", "whatif", "code", "terms"])
def test_it_can_be_looked_at_closer(view):
    at = visit(view=view)
    assert not at.text_area
    if view == "code":
        compile(at.code[0].value, "code", "exec")
        assert repr(prose.EXAMPLE) in at.code[0].value
    if view == "trace":
        assert "Turn left at the church" in str(at)


def test_the_code_of_sentences_that_cannot_be_used_runs():
    exec(visit(view="code", labelled="nothing").code[0].value, {})


# Words


@pytest.mark.parametrize(
    ("after", "guess", "says"),
    [
        ((-0.1, 0.2), 0, "1 of 2 are on the right side without your sentences, 2 of 2 with them: 1 more."),
        ((-0.1, -0.2), 1, "1 of 2 with them: no gain."),
        ((0.1, -0.2), 2, "0 of 2 with them: 1 fewer, so it harms."),
    ],
)
def test_gain_and_harm_are_said_as_they_are(after, guess, says):
    one, two = (Labelled("left", sense, f"left {sense}") for sense in ("side", "gone"))
    tested = (Trial(1, one, 0, -0.3, after[0]), Trial(2, two, 1, -0.4, after[1]))
    brought = Outcome(tested, (0.954, 0.9), 1800, (40, 41))
    assert prose.truth(brought) == prose.GUESSES[guess]
    assert says in prose.finding(brought)[0]
    assert prose.finding(brought)[1].endswith("90.0 % are on the right side (before: 95.4 %).")
    assert "repeated 40 or 41 times among 1,800 other sentences, to count for 10 % of all" in prose.how(brought)


# The figure


def sentences(count, text="Turn left", after=True):
    return [
        Trial(
            number, Labelled("left", "ab"[number % 2], f"{text} {number}"), number % 2, 0.1 * number - 0.5,
            0.5 - 0.1 * number if after else None,
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark", "light room", "dark room"])
@pytest.mark.parametrize("count", [1, 8, 60])
@pytest.mark.parametrize("after", [True, False])
def test_the_figure_is_valid(count, theme, after):
    figure = go.Figure(compared(sentences(count, after=after), ("a", "b"), theme=theme).to_dict())
    assert len(figure.layout.yaxis.ticktext) == min(count, MOST)
    least = palette(theme).small
    assert min(note.font.size for note in figure.layout.annotations) >= least
    assert figure.layout.yaxis.tickfont.size >= least


def test_a_row_has_its_number_its_ways_and_its_verdict():
    tested = sentences(8)
    figure = compared(tested, ("a", "b"))
    rows = shown(tested)
    assert [each.side for each in rows] == [0] * 4 + [1] * 4
    for side in (0, 1):
        marks = figure.data[2 + side]
        own_rows = [each for each in rows if each.side == side]
        assert list(marks.x) == [each.before for each in own_rows] + [each.after for each in own_rows]
    verdicts = [note.text for note in figure.layout.annotations if "→" in note.text][: len(rows)]
    wanted = [" → ".join("✓" if each.right(place) else "✗" for place in (each.before, each.after)) for each in rows]
    assert verdicts == wanted
    narrow = compared(tested, ("a", "b"), numbers_only=True)
    assert [re.sub("<.*?>", "", name) for name in narrow.layout.yaxis.ticktext] == [str(each.number) for each in rows]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_no_markup_in_the_figure(hostile):
    figure = go.Figure(compared(sentences(4, hostile), (hostile, hostile)).to_dict())
    written = [*figure.layout.yaxis.ticktext, *(text for trace in figure.data for text in (trace.hovertext or ()))]
    written += [note.text for note in figure.layout.annotations]
    for text in written:
        assert not re.search(r"<(?!/?b>|br>|/?span)", text)
        assert "$" not in text


def test_of_many_sentences_the_first_are_drawn_and_all_counted():
    tested = sentences(60)
    assert [each.number for each in sorted(shown(tested), key=lambda each: each.number)] == list(range(1, MOST + 1))
    assert prose.drawn(tested) == f"The first {MOST} of 60 are drawn; all are counted."
    assert not prose.drawn(tested[:10])


def test_words_without_a_vector_are_named_where_something_is_concluded():
    lines = prose.EXAMPLE.replace("Turn left at the church", "Turn left at the chhurch")
    assert "Without “chhurch”, which has no vector: With a head" in screen(visit(labelled=lines))
    assert "which has no vector" not in screen(visit())
