"""Sentences whose sense is known: how they are read, which ones ship, and what is held out."""

from collections import Counter, defaultdict

import pytest

from selfattn.core.labelled import FILE, Labelled, by_sense, labelled, read_labelled, split
from selfattn.core.senses import SENSES
from selfattn.core.sentences import embed


@pytest.fixture(scope="module")
def tokens_of(vectors):
    """The tokens of the sentences of each sense."""
    found = defaultdict(list)
    for example in labelled():
        found[example.word, example.sense].append(embed(example.text, vectors).tokens)
    return found


def counts(examples):
    """Count the sentences of each word, sense by sense."""
    found = defaultdict(Counter)
    for example in examples:
        found[example.word][example.sense] += 1
    return found


# reading


def test_a_line_is_word_sense_and_sentence():
    assert read_labelled("bank|finance|  Money grows at the bank ") == [
        Labelled("bank", "finance", "Money grows at the bank")
    ]


def test_empty_lines_and_comments_are_left_out_and_the_order_stays():
    text = "# bank | river | no\n\n  # neither\nbank | river | One bank\n   \nbank | finance | Two # banks"
    assert [example.text for example in read_labelled(text)] == ["One bank", "Two # banks"]
    assert read_labelled("") == []


def test_a_bar_in_the_sentence_belongs_to_the_sentence():
    assert read_labelled("bank | river | a bank | of a river")[0].text == "a bank | of a river"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("bank | river", r"write word \| sense \| sentence, got “bank \| river”"),
        ("We sat on the bank", "got “We sat on the bank”"),
        ("bank | river |  ", "write word"),
        ("river | water | The river flows", "“river” has no poles; there are: bank, "),
        ("bank | sea | The bank of the sea", "“bank” has no sense “sea”; there are: finance, river"),
        ("Bank | river | The bank", "“Bank” has no poles"),
        (" | river | The bank", "“” has no poles"),
        ("bank | | The bank", "“bank” has no sense “”"),
    ],
)
def test_an_error_names_the_line_and_what_is_wrong(line, message):
    with pytest.raises(ValueError, match=f"^line 3: .*{message}"):
        read_labelled(f"# a comment\nbank | river | The bank\n{line}\n")


# the sentences that ship


def test_the_shipped_sentences_are_those_of_the_file():
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert [" | ".join((one.word, one.sense, one.text)) for one in labelled()] == lines


def test_there_are_600_sentences_of_40_words_and_every_sense_has_its_own():
    found = counts(labelled())
    assert len(labelled()) >= 600
    assert len(found) >= 40
    assert {word: set(senses) for word, senses in found.items()} == {w: set(s.poles) for w, s in SENSES.items()}


def test_both_senses_of_a_word_have_about_as_many_sentences():
    ratios = {word: max(senses.values()) / min(senses.values()) for word, senses in counts(labelled()).items()}
    assert {word: ratio for word, ratio in ratios.items() if ratio > 1.3} == {}


def test_a_sentence_has_its_word_once_and_no_unknown_one(vectors):
    found = [(example, embed(example.text, vectors)) for example in labelled()]
    assert [one for one, sentence in found if sentence.tokens.count(one.word) != 1 or sentence.unknown] == []


def test_no_sentence_stands_twice(vectors):
    often = Counter(embed(example.text, vectors).tokens for example in labelled())
    assert [" ".join(tokens) for tokens, times in often.items() if times > 1] == []


def test_every_sense_has_short_sentences_and_long_ones(tokens_of):
    lengths = {sense: [len(tokens) for tokens in sentences] for sense, sentences in tokens_of.items()}
    assert {sense: min(of) for sense, of in lengths.items() if not 3 <= min(of) <= 4} == {}
    assert [sense for sense, of in lengths.items() if sum(length >= 15 for length in of) < 5] == []


def test_in_every_sense_the_word_stands_now_in_the_first_half_and_now_in_the_second(tokens_of):
    for (word, sense), sentences in tokens_of.items():
        assert {tokens.index(word) < len(tokens) / 2 for tokens in sentences} == {True, False}, (word, sense)


# what is held out


def test_the_parts_are_disjoint_and_together_all():
    parts = split(labelled())
    assert Counter([*parts.train, *parts.held_out, *parts.other_words]) == Counter(labelled())
    assert not set(parts.train) & set(parts.held_out)


def test_words_that_are_held_out_are_never_trained_on():
    parts = split(labelled())
    train, held_out, others = ({one.word for one in part} for part in (parts.train, parts.held_out, parts.other_words))
    assert train == held_out
    assert not train & others
    assert others == set(sorted(SENSES)[5::6])


def test_in_every_part_both_senses_have_about_as_many_sentences():
    parts = split(labelled())
    for part in (parts.train, parts.held_out, parts.other_words):
        for senses in counts(part).values():
            assert len(senses) == 2
            assert max(senses.values()) <= 1.3 * min(senses.values())


def test_every_fifth_sentence_of_a_sense_is_held_out_by_hand():
    examples = [Labelled("bank", sense, f"{sense} {n}") for n in range(1, 12) for sense in ("river", "finance")]
    parts = split(examples)
    assert [one.text for one in parts.held_out] == ["river 5", "river 10", "finance 5", "finance 10"]
    assert len(parts.train) == 18
    assert parts.other_words == ()


def test_other_words_can_be_held_out():
    parts = split(labelled(), held_out_words=("bank", "spring"))
    assert {one.word for one in parts.other_words} == {"bank", "spring"}
    assert len(parts.other_words) == sum(one.word in ("bank", "spring") for one in labelled())
    assert split(labelled(), held_out_words=()).other_words == ()


# the share on the right side


def test_the_share_is_the_mean_over_words_of_the_mean_over_senses_by_hand():
    senses = [("bank", "river")] * 4 + [("bank", "finance")] + [("bat", "animal")] * 2
    examples = [Labelled(word, sense, "") for word, sense in senses]
    right = [True, True, True, False, False, True, False]
    # bank: river 3 of 4, finance 0 of 1; bat: 1 of 2
    assert by_sense(examples, right) == pytest.approx(((0.75 + 0) / 2 + 0.5) / 2)


def test_no_sentences_are_as_good_as_a_coin():
    assert by_sense([], []) == 0.5


def test_each_sentence_needs_its_answer():
    with pytest.raises(ValueError, match="shorter"):
        by_sense([Labelled("bank", "river", "The bank")], [])
