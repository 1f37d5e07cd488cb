"""Each word as a sum of its neighbours: with weights by hand, for every word, and where the weights come from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import streamlit as st

from selfattn.core import describe
from selfattn.core.attention import Array
from selfattn.core.contextual import attend_sentence
from selfattn.core.heaviest import gathered, heaviest
from selfattn.core.sentences import Sentence
from selfattn.core.similarity import cosine
from selfattn.figures.palette import LETTERS
from selfattn.lessons.weighted_sum import code as snippets
from selfattn.lessons.weighted_sum import hand_weights, prose
from selfattn.lessons.weighted_sum.figures import hand_and_computed, softmax_sum, sum_in_words, sums
from selfattn.ui import charts, controls, fields, panels, state, tables, widgets, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.views import predict

SLIDER = "weight by hand {}"  # the key of the slider of one word, by its number
FEW = 4  # sliders: more stand in two columns
LINES = 12  # words of a sentence that are written as sums
OTHERS = "others"
TRUTH = "how alike the vectors are"
GUESSES = ("the order of the words", TRUTH, "how long the words are", "a table made by hand")
REASON = "their dot products, which a softmax turns into shares"


@dataclass(frozen=True, slots=True, eq=False)
class HandWeights:
    """Weights set by hand: the words of a sentence that have a slider (rows of the trace), and what each gives."""

    result: Result
    places: list[int]
    weights: Array
    fits: bool

    @classmethod
    def of(cls, result: Result) -> Self:
        """Read them from the link; what is usual stands in where they do not fit the sentence."""
        places = heaviest(result.weights, hand_weights.MOST, always=[result.row])
        linked = state.get(fields.HAND)
        given = hand_weights.read(linked, len(places))
        weights = hand_weights.usual(len(places), places.index(result.row)) if given is None else given
        return cls(result=result, places=places, weights=weights, fits=given is not None or not linked)

    @property
    def tokens(self) -> list[str]:
        """Give the words that have a slider."""
        return [self.result.tokens[place] for place in self.places]

    @property
    def every(self) -> Array:
        """Give a weight to every word of the sentence, of shape (n_tokens,)."""
        return hand_weights.spread(self.weights, self.places, len(self.result.tokens))


def _hand(run: Run, _: Sequence[Sentence | None], results: Sequence[Result]) -> None:
    """Let the class set the weights of one word, and show where that takes it."""
    hand = HandWeights.of(results[0])
    weighted, word, tokens = _weighted(hand), hand.result.word, hand.tokens
    st.html(sum_in_words(word, hand.weights, tokens, theme=run.theme))
    by_hand = prose.by_hand(word, weighted.lean, cosine(weighted.contextual, weighted.static))
    write.finding(panels.left_out([weighted], by_hand))
    plot, sliders = st.columns([1.7, 1], gap="medium")
    with plot:
        drawn = panels.line(run, [weighted], size=run.size(300, 520))
    with sliders:
        columns = st.columns(2 if len(tokens) > FEW else 1, gap="medium")
        for number, token in enumerate(tokens):
            with columns[number * len(columns) // len(tokens)]:
                _slider(number, token, hand.weights)
        _remarks(hand)
        as_sum = "" if len(tokens) > FEW else "As a sum of the words around it, a word takes account of all of them. "
        write.prose(f"{as_sum}{prose.shares(hand.weights, tokens, word)} Together they are always 1.")
    if drawn:
        tables.behind([weighted], drawn)


def _weighted(hand: HandWeights) -> Result:
    """Give the sentence with the class's own weights in the row of the word."""
    result = hand.result
    trace = hand_weights.by_hand(result.trace, result.row, hand.every)
    return replace(result, trace=trace)


def _slider(number: int, token: str, weights: Array) -> None:
    """Draw the slider of one word; the others follow it."""

    def move(weight: float) -> None:
        now = hand_weights.read(state.get(fields.HAND), len(weights))
        state.put(hand=hand_weights.write(hand_weights.moved(weights if now is None else now, number, weight)))

    widget = widgets.widget(SLIDER.format(number), float(weights[number]), move)
    st.slider(write.plain(token), 0.0, 1.0, step=0.01, disabled=len(weights) == 1, **widget)


def _remarks(hand: HandWeights) -> None:
    count, shown = len(hand.result.tokens), len(hand.places)
    if not hand.fits:
        write.quiet(
            f"The weights that were set before, “{state.get(fields.HAND)[:60]}”, do not fit these {shown} "
            "words: others stand in."
        )
    if count > shown:
        write.quiet(
            f"Of {count} words the {shown} to which attention gives most can be weighed; "
            f"the other {count - shown} have 0."
        )
    if count == 1:
        write.quiet("A word that stands alone stays what it is: type a second word.")


def _every(run: Run, sentences: Sequence[Sentence | None], results: Sequence[Result]) -> None:
    """Show every word of both sentences as a sum."""
    first, of_role = results[0], {result.role: result for result in results}
    every = [(result.letter, result.weights, result.tokens) for result in results]
    write.finding(panels.left_out(results, prose.two_sums(first.word, every, values=run.settings.trained)))
    panels.why(run, results)
    shares = prose.shares(first.weights, first.tokens, first.word)
    write.prose(f"{shares} A computer does not understand words, so each of them is a vector.")
    for role, (column, sentence) in enumerate(zip(st.columns(2, gap="medium"), sentences, strict=True)):
        if sentence:
            with column:
                _sums_of(run, role, sentence, of_role.get(role), first.word)


def _sums_of(run: Run, role: int, sentence: Sentence, result: Result | None, word: str) -> None:
    """Show every word of one sentence as a sum; without a result, the sentence lacks the word."""
    weights = result.trace.weights if result else attend_sentence(sentence, run.vectors, run.settings).weights
    row, letter, count = result.row if result else 0, LETTERS[role], len(sentence)
    panels.tinted(run, role, sentence, result)
    places = heaviest(weights[row], LINES, always=[row])
    shown, given = [sentence.tokens[place] for place in places], gathered(weights[places], places)
    names = [*shown, *[OTHERS] * (given.shape[1] - len(shown))]
    framed, wide = places.index(row) if result else None, 330 if run.phone else 880 if run.room else 600
    figure = sums(
        given, shown, names=names, row=framed, role=role, neutral=word, wide=wide, tall=run.tall(360, 540),
        theme=run.theme,
    )  # fmt: skip
    alt = prose.sums_alt(letter, given, shown, names, values=run.settings.trained)
    charts.show(figure, key=f"sums_{role}", alt=alt)
    if count > LINES:
        write.quiet(
            f"Of {count} words the {LINES} with most weight are written out; “{OTHERS}” is what the rest gives."
        )
    _table(f"The numbers of sentence {letter}", given, [f"{name}′" for name in shown], names, letter.lower())


def _table(title: str, rows: Array, words: Sequence[str], names: Sequence[str], name: str = "numbers") -> None:
    """Show weights, of shape (rows, names), once asked for; names may repeat, so each has its number before it."""
    tables.vectors(title, rows, words, tables.places(names), heading="word", name=name)


def _where(run: Run, _: Sequence[Sentence | None], results: Sequence[Result]) -> None:
    """Ask where the weights come from; then show the formula, and what it gives beside what was set by hand."""
    hand = HandWeights.of(results[0])
    result, tokens, trace, places = hand.result, hand.tokens, hand.result.trace, hand.places
    equation = f"{result.word}′ = {describe.as_sum(hand.weights, tokens)}"
    question = f"“{equation}” was set by hand. Where could the weights come from?"
    if predict.waiting(run, question, GUESSES, TRUTH, because=REASON):
        return
    computed, set_by_hand = gathered(result.weights, places), gathered(hand.every, places)
    others = len(result.tokens) - len(places)
    names = [*tokens, *([f"{others} more"] if others else [])]
    beside = prose.hand_and_computed(result.word, names, set_by_hand, computed)
    write.finding(panels.left_out([result], beside))
    panels.why(run, [result])
    formula, bars = st.columns([1.5, 1], gap="medium")
    with formula:
        write.prose(prose.where_from(trained=run.settings.trained))
        scaled, weights = trace.scaled[result.row][places], result.weights[places]
        written = softmax_sum(
            result.word, tokens, scaled, weights, divisor=trace.divisor, others=others, narrow=run.phone,
            trained=run.settings.trained,
        )  # fmt: skip
        write.formula("where", written)
        write.quiet("Beside each: what goes into the softmax, and the weight that comes out.")
        for line in prose.before_softmax(run.settings, trace.divisor, alone=len(result.tokens) == 1):
            write.quiet(line)
    with bars:
        row = places.index(result.row)
        figure = hand_and_computed(set_by_hand, computed, names, row=row, height=run.tall(400, 640), theme=run.theme)
        charts.show(figure, key="hand_and_computed", alt=prose.hand_and_computed_alt(names, set_by_hand, computed))
    _table("The table behind it", np.vstack([set_by_hand, computed]), ["by hand", "computed"], names)


def choices(step: str) -> None:
    """Draw what can be chosen on a step besides the words."""
    if step == "hand":
        st.button("Start again", icon=":material/restart_alt:", on_click=_forget, disabled=not state.get(fields.HAND))
    else:
        controls.preset()


def _forget() -> None:
    state.put(hand="")


def source(run: Run, step: str, sentences: Sequence[Sentence | None], results: Sequence[Result]) -> str:
    """Write the code of a step."""
    settings, drops, result = run.settings, run.drops, results[0]
    if step == "every":
        texts = [sentence.text for sentence in sentences if sentence]
        return snippets.every_word(texts, settings, drop_punctuation=drops)
    text, row, hand = result.sentence.text, result.row, HandWeights.of(result).every
    if step == "where":
        return snippets.compared(text, row, hand, settings, drop_punctuation=drops)
    poles = result.sense.poles if result.sense else {}
    known = {name: [word for word in words if word in run.vectors.key_to_index] for name, words in poles.items()}
    return snippets.by_hand(text, row, hand, settings, known, drop_punctuation=drops)


STEPS = {"hand": _hand, "every": _every, "where": _where}
