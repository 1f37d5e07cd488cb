"""Sentences of one's own: what is read, the halves, the poles, and the training with them and without."""

from dataclasses import replace

import numpy as np
import pytest

import selfattn
from selfattn.core import own
from selfattn.core.between import poles_between, sense_between
from selfattn.core.heads import known_head
from selfattn.core.labelled import Labelled, labelled
from selfattn.core.lean import NOTICED
from selfattn.core.learn import TooFewError, batches, forward, loss_and_gradient, prepare, right_side
from selfattn.core.own import OwnError, mixed, places, rounds, times, train, untrained
from selfattn.core.own_lines import FEWEST, read
from selfattn.core.senses import SENSES
from selfattn.core.vectors import keyed_vectors
from selfattn.lessons.query_key_value import own_prose as prose

BANK = (
    "bank | river | We fished from the muddy bank",
    "bank | finance | My bank lent me the money",
    "bank | river | Reeds grew along the bank",
    "bank | finance | The bank raised its rates",
    "bank | river | The canoe slid down the bank",
    "bank | finance | A clerk at the bank counted notes",
    "bank | river | Otters sleep on the far bank",
    "bank | finance | Her bank closed on Friday",
)


@pytest.fixture(scope="module")
def written(vectors):
    return read(prose.EXAMPLE, vectors)


@pytest.fixture(scope="module")
def shipped(vectors):
    return batches(vectors)


# Reading


def test_the_example_is_read_whole(written):
    assert (written.word, written.senses, written.missing, written.remarks) == ("left", ("side", "gone"), "", ())
    assert written.examples[0] == Labelled("left", "side", "Turn left at the church")
    assert written.numbers == tuple(range(1, 11))
    assert "left" not in SENSES


@pytest.mark.parametrize("between", [" | ", "|", "\t", " \t "])
def test_strokes_and_tabs_part_the_cells(between, written, vectors):
    assert read(prose.EXAMPLE.replace(" | ", between), vectors) == written
    short = "\n".join(line.partition(" | ")[2].replace(" | ", between) for line in prose.EXAMPLE.splitlines())
    assert read(short, vectors, "Left") == written


def test_empty_lines_and_comments_are_passed_over_but_counted(written, vectors):
    again = read("# ours\n\n" + prose.EXAMPLE, vectors)
    assert again.examples == written.examples
    assert again.numbers == tuple(range(3, 13))
    assert not again.remarks


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("no strokes at all", "“no strokes at all” is not of this form. Write sense | sentence, or word | sense"),
        ("| She left", "“| She left” is not of this form"),
        ("left | gone |", "is not in"),  # the sense is “left”, and the sentence “gone”
        (
            "gone | She went away",
            "“left” is not in “She went away”. Write a sentence that has it, or put its word first",
        ),
        ("left | gone | She went away", "“left” is not in “She went away”. Write a sentence that has it."),
        ("left | gone | qwzx left", "Besides “left”, no word of “qwzx left” is in the vocabulary: add some."),
        ("left | gone | Turn left, at the church!", "This is line 1 once more, and counts once"),
        ("bank | river | On the bank", "It is about “bank”, and the lines before it about “left”: one word at a time."),
        (
            "left | politics | The left won the vote",
            "“politics” is one sense too many: a line has two ends, “side” and",
        ),
        ("left | <b>x</b> | ?!", "“left” is not in “?!”"),
    ],
)
def test_a_bad_line_is_named_and_the_others_count(line, says, written, vectors):
    again = read(f"{prose.EXAMPLE}\n{line}", vectors)
    assert len(again.remarks) == 1
    assert again.remarks[0].startswith("Line 11: ")
    assert says in again.remarks[0]
    assert replace(again, remarks=()) == written


@pytest.mark.parametrize(
    ("text", "word", "says"),
    [
        ("", "", "There is no sentence with “your word” yet. Write sense | sentence"),
        ("", "bank", "There is no sentence with “bank” yet."),
        ("river | We sat there", "bank", "There is no sentence with “bank” yet."),
        ("river | We sat on it", "", "No line names its word. Write word | sense | sentence."),
        ("lefft | side | Turn lefft", "", "“lefft” is not in the vocabulary. Did you mean"),
        ("qwzxvk | side | Turn qwzxvk", "", "“qwzxvk” is not in the vocabulary. Take another word."),
        (
            "left | side | Turn left\nleft | side | Keep left",
            "",
            "All good lines have the sense “side”: write sentences of",
        ),
        (
            prose.EXAMPLE.rpartition("\n")[0].rpartition("\n")[0],
            "",
            f"“gone” has 3 good sentences. Each sense needs {FEWEST}: half to learn from, half to test with.",
        ),
        (
            "left | side | Turn left\nleft | gone | She left early",
            "",
            "“side” has 1 good sentence and “gone” has 1 good sentence. Each sense needs",
        ),
    ],
)
def test_what_is_missing_is_said(text, word, says, vectors):
    assert says in read(text, vectors, word).missing


def test_senses_that_are_known_have_their_order_and_their_poles(vectors):
    written = read("\n".join(BANK).replace("river", "River"), vectors)
    assert not written.missing
    assert written.senses == ("finance", "river")
    assert {example.sense for example in written.examples} == {"finance", "river"}
    assert all(part.sense.poles == SENSES["bank"].poles for part in rounds(written, vectors))
    other = read("\n".join(BANK).replace("river", "water"), vectors)
    assert other.senses == ("water", "finance")
    assert rounds(other, vectors)[0].sense.poles != rounds(other, vectors)[1].sense.poles


def test_a_sentence_that_the_head_has_learned_from_tests_nothing(vectors):
    old = next(each for each in labelled() if each.word == "bank" and each.sense == "river")
    written = read("\n".join((*BANK, f"bank | river | {old.text}.")), vectors)
    assert [remark[:36] for remark in written.remarks] == ["Line 9: The head has learned from “" + old.text[0]]


# Halves and poles


def test_every_sentence_tests_once_and_no_half_tests_what_it_learns_from(written, vectors):
    parts = rounds(written, vectors)
    assert sorted(number for part in parts for number, _ in part.tested) == list(written.numbers)
    for part in parts:
        assert not set(part.learned) & {example for _, example in part.tested}
        assert {example.sense for example in part.learned} == set(written.senses)
    assert len(parts[0].learned) == len(parts[1].learned) == 5


def test_poles_come_from_the_half_that_is_learned_from(written, vectors):
    part = rounds(written, vectors)[0]
    tested = {number for number, _ in part.tested}
    others = tuple(
        replace(example, text=f"{example.text} with a giraffe") if number in tested else example
        for number, example in zip(written.numbers, written.examples, strict=True)
    )
    changed = rounds(replace(written, examples=others), vectors)
    assert changed[0].sense == part.sense
    assert "giraffe" not in {word for pole in changed[0].sense.poles.values() for word in pole}
    words = {word for example in part.learned for word in example.text.lower().split()}
    assert all(pole[0] in words for pole in part.sense.poles.values())


def test_a_word_of_several_sentences_comes_first(vectors):
    firsts = [["turn", "left", "here"], ["turn", "left", "after", "the", "pagoda"]]
    first, second = poles_between("left", firsts, [["she", "left", "school"]], vectors)
    assert first[:2] == ("turn", "pagoda")
    assert second[0] == "school"
    pair = (["turn", "left"], ["she", "left", "school"])
    assert list(sense_between("left", *pair, vectors).poles.values()) == poles_between(
        "left", *([e] for e in pair), vectors
    )


def test_sentences_of_the_same_words_have_no_poles(vectors):
    lines = [f"left | {sense} | {text}" for sense in "ab" for text in ("turn left now", "left turn now")]
    lines += [f"left | {sense} | {text}" for sense in "ab" for text in ("now turn left", "now left turn")]
    same = read("\n".join(lines), vectors)
    assert same.missing  # each counts once
    examples = tuple(Labelled("left", sense, "turn left now") for sense in "abababab")
    same = replace(same, senses=("a", "b"), examples=examples, numbers=tuple(range(1, 9)))
    with pytest.raises(OwnError, match="“a” and “b” have the same words"):
        rounds(same, vectors)


# Places


def test_a_place_is_the_lean_and_has_the_sign_of_what_is_trained(written, vectors):
    head = known_head(vectors)
    for part in rounds(written, vectors):
        found = places(part, vectors, head)
        signs = [1 if example.sense == written.senses[1] else -1 for _, example in part.tested]
        batch = prepare([example for _, example in part.tested], vectors, {"left": part.sense})
        np.testing.assert_array_equal(forward(head, batch)[0] > 0, np.array(found) * signs > 0)
        for place, (_, example) in zip(found, part.tested, strict=True):
            lean = selfattn.lean(example.text, "left", vectors, sense=part.sense)
            assert np.sign(lean.after) == np.sign(place)
            assert place == pytest.approx(lean.after * NOTICED / lean.noticed, rel=1e-6)


def test_untrained_tells_all_sentences_in_the_order_of_their_lines(written, vectors):
    tested = untrained(written, vectors, known_head(vectors))
    assert [each.number for each in tested] == list(written.numbers)
    assert [each.side for each in tested] == [0] * 5 + [1] * 5
    assert all(each.after is None and not each.right(each.after) for each in tested)
    assert all(each.right(each.before) == (each.before > 0 if each.side else each.before < 0) for each in tested)


# Training


def test_the_sentences_of_a_class_count_for_their_share(written, vectors, shipped):
    base, head = shipped[0], known_head(vectors)
    part = rounds(written, vectors)[0]
    batch = mixed(base, part, vectors)
    many = times(base, part)
    mine = prepare(part.learned, vectors, {"left": part.sense})
    assert len(batch.examples) == len(base.examples) + many * len(part.learned)
    share = many * len(part.learned) / len(batch.examples)
    assert share == pytest.approx(own.SHARE, abs=0.005)
    losses = [loss_and_gradient(head, each) for each in (batch, base, mine)]
    assert losses[0][0] == pytest.approx((1 - share) * losses[1][0] + share * losses[2][0])
    for name, slope in losses[0][1].items():
        np.testing.assert_allclose(slope, (1 - share) * losses[1][1][name] + share * losses[2][1][name], atol=1e-9)


@pytest.fixture(scope="module")
def trained(written, vectors):
    told = []
    return train(written, vectors, lambda *words: told.append(words)), told


def test_the_example_shows_a_difference(trained, written, vectors, shipped):
    outcome, told = trained
    assert prose.before(outcome.tested) <= 7
    assert prose.after(outcome.tested) >= prose.before(outcome.tested) + 2
    assert [each.before for each in outcome.tested] == [
        each.before for each in untrained(written, vectors, known_head(vectors))
    ]
    assert outcome.held_out[0] == right_side(known_head(vectors), shipped[1])
    assert abs(outcome.held_out[1] - outcome.held_out[0]) < 0.02
    assert outcome.shipped == len(shipped[0].examples)
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert told[-1][1] == "with half 2 of your sentences, step 100 of 100"


def test_the_code_does_the_same(written, vectors, capsys):
    outcome = train(written, vectors, steps=2)
    source = prose.code(prose.EXAMPLE, written).replace(
        "learn(own.mixed(shipped, part, vectors))", "learn(own.mixed(shipped, part, vectors), steps=2)"
    )
    got: dict = {}
    exec(source, got)
    assert sum(got["without"]) == prose.before(outcome.tested)
    assert sum(got["trained"]) == prose.after(outcome.tested)
    assert (got["rates"][0], np.mean(got["rates"][1:])) == pytest.approx(outcome.held_out)
    assert capsys.readouterr().out.split()[-2:] == ["of", "10"]


def test_it_stops_when_it_is_told_to(written, vectors):
    class StoppedError(Exception):
        pass

    def tell(share, _):
        if share > 0.01:
            raise StoppedError

    with pytest.raises(StoppedError):
        train(written, vectors, tell)


def test_a_set_that_knows_too_few_words_says_so(rng):
    few = keyed_vectors(["bank", "money", "river", "left", "turn", "she"], rng.normal(size=(6, 4)))
    lines = [f"left | a | turn left {'turn ' * n}" for n in range(4)]
    written = read("\n".join([*lines, *(f"left | b | she left {'she ' * n}" for n in range(4))]), few)
    assert not written.missing
    with pytest.raises(TooFewError, match="training needs"):
        train(written, few)
