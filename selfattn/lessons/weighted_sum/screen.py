"""Each word as a sum of its neighbours: with weights by hand, for every word, and where the weights come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from selfattn.core.contextual import attend_sentence
from selfattn.core.heaviest import gathered
from selfattn.core.senses import AmbiguousWord
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

if TYPE_CHECKING:
    pass

SLIDER = "weight by hand {}"  # the key of the slider of one word, by its number
FEW = 4  # sliders: more stand in two columns
LINES = 12  # words of a sentence that are written as sums
OTHERS = "others"
TRUTH = "how alike the vectors are"
GUESSES = ("the order of the words", TRUTH, "how long the words are", "a table made by hand")

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Hand:
    """Weights set by hand: the words that have a slider (rows of the trace), and what each gives."""

    places: tuple[int, ...]
    weights: Array
    fits: bool

    @classmethod
    def of(cls, result: Result) -> Hand:
        """Read them from the link; what is usual stands in where they do not fit the sentence."""
        places = hand_weights.weighed(result.weights, result.row)
        given = hand_weights.read(state.get(fields.HAND), len(places))
        usual = hand_weights.usual(len(places), places.index(result.row))
        return cls(places, usual if given is None else given, given is not None or not state.get(fields.HAND))

    def every(self, result: Result) -> Array:
        """Give a weight to every word of the sentence, of shape (n_tokens,)."""
        return hand_weights.spread(self.weights, self.places, len(result.sentence))

    def named(self, result: Result) -> list[str]:
        """Name the words that have a slider."""
        return [result.tokens[place] for place in self.places]


def by_hand(run: Run, result: Result) -> None:
    """Let the class set the weights of one word, and show where that takes it."""
    hand = Hand.of(result)
    mixed = _mixed(run, result, hand)
    word, tokens = result.word, hand.named(result)
    st.html(sum_in_words(word, hand.weights, tokens, theme=run.theme))
    write.finding(prose.by_hand(word, mixed.meter, _alike(mixed)))
    plot, sliders = st.columns([1.7, 1], gap="medium")
    with plot:
        drawn = panels.motion(run, [mixed], size=run.size(430, 690), show_pulls=state.get(fields.PULLS))
    with sliders:
        lines = st.columns(2 if len(tokens) > FEW else 1, gap="medium")
        for number, token in enumerate(tokens):
            with lines[number * len(lines) // len(tokens)]:
                _slider(number, token, hand)
        _remarks(result, hand)
        write.prose(*_said_of(result, hand))
    tables.behind([mixed], drawn)


def _mixed(run: Run, result: Result, hand: Hand) -> Result:
    """Give the sentence with the class's own weights in the row of the word."""
    trace = hand_weights.by_hand(result.trace, result.row, hand.every(result))
    return replace(result, trace=trace, meter=panels.meters(run, result.sense, trace, result.row))


def _alike(mixed: Result) -> float:
    static, new = mixed.static, mixed.contextual
    return cosine(new, static)


def _slider(number: int, token: str, hand: Hand) -> None:
    """Draw the slider of one word; the others follow it."""
    name, usual, count = SLIDER.format(number), hand.weights, len(hand.places)

    def move(weight: float) -> None:
        now = hand_weights.read(state.get(fields.HAND), count)
        state.put(hand=hand_weights.write(hand_weights.moved(usual if now is None else now, number, weight)))

    widget = widgets.widget(name, float(hand.weights[number]), move)
    st.slider(write.plain(token), 0.0, 1.0, step=0.01, disabled=len(hand.places) == 1, **widget)


def _remarks(result: Result, hand: Hand) -> None:
    rest = len(result.sentence) - len(hand.places)
    if not hand.fits:
        write.quiet(
            f"The weights that were set before, “{state.get(fields.HAND)[:60]}”, do not fit these {len(hand.places)} "
            "words: others stand in."
        )
    if rest:
        write.quiet(
            f"Of {len(result.sentence)} words the {len(hand.places)} to which attention gives most can be weighed; "
            f"the other {rest} have 0."
        )
    if len(result.sentence) == 1:
        write.quiet("A word that stands alone stays what it is: type a second word.")


def _said_of(result: Result, hand: Hand) -> list[str]:
    """Say what the numbers stand for; little where there is no room."""
    line = "" if len(hand.places) > FEW else "As a sum of the words around it, a word takes account of all of them. "
    alike = _alike_to(hand.weights, hand.named(result), result.word)
    return [f"{line}The numbers stand for similarity{alike}. Together they are always 1."]


def _alike_to(weights: Array, tokens: Sequence[str], word: str) -> str:
    """Give the heaviest other word as the example; nothing where a word stands alone."""
    others = [other for other, token in enumerate(tokens) if token != word]
    if not others:
        return ""
    best = max(others, key=lambda other: float(weights[other]))
    return f": “{word}” is {weights[best]:.2f} similar to “{tokens[best]}”"


def every_word(run: Run, sentences: Sequence[Sentence | None], results: Sequence[Result]) -> None:
    """Show every word of both sentences as a sum."""
    word = results[0].word
    write.finding(prose.two_sums(word, [(result.letter, *_row(result)) for result in results]))
    _meaning_of_numbers(results)
    for role, (place, sentence) in enumerate(zip(st.columns(2, gap="medium"), sentences, strict=True)):
        if sentence:
            with place:
                _sums_of(run, role, sentence, next((result for result in results if result.role == role), None), word)


def _row(result: Result) -> tuple[Array, tuple[str, ...]]:
    return result.weights, result.tokens


def _meaning_of_numbers(results: Sequence[Result]) -> None:
    alike = _alike_to(*_row(results[0]), results[0].word)
    write.prose(
        f"The numbers stand for similarity{alike}. A computer does not understand words, so each of them is a vector."
    )


def _sums_of(run: Run, role: int, sentence: Sentence, result: Result | None, word: str) -> None:
    tokens = sentence.tokens
    weights = result.trace.weights if result else _weights_of(run, sentence)
    panels.tinted(run, role, sentence, result)
    places = hand_weights.weighed(weights[result.row if result else 0], result.row if result else 0, LINES)
    shown, given = [tokens[place] for place in places], gathered(weights[list(places)], places)
    names = [*shown, *[OTHERS] * (given.shape[1] - len(shown))]
    figure = sums(
        given,
        shown,
        names=names,
        row=places.index(result.row) if result else None,
        role=role,
        neutral=word,
        wide=330 if run.phone else 880 if run.room else 600,
        tall=run.tall(360, 540),
        theme=run.theme,
    )
    charts.show(figure, key=f"sums_{role}", alt=prose.sums_alt(LETTERS[role], given, shown, names))
    if len(tokens) > LINES:
        write.quiet(
            f"Of {len(tokens)} words the {LINES} with most weight are written out; “{OTHERS}” is what the rest gives."
        )
    letter = LETTERS[role]
    _table(f"The numbers of sentence {letter}", given, [f"{name}′" for name in shown], names, letter.lower())


def _weights_of(run: Run, sentence: Sentence) -> Array:
    return attend_sentence(sentence, run.vectors, run.settings).weights


def _table(title: str, rows: Array, lines: Sequence[str], names: Sequence[str], name: str = "numbers") -> None:
    tables.vectors(title, rows, lines, tables.places(names), heading="word", name=name)


def ask(run: Run, result: Result) -> bool:
    """Ask where the weights come from; as `predict.waiting`."""
    hand = Hand.of(result)
    as_sum = prose.as_sum(hand.weights, hand.named(result))
    return predict.waiting(
        run,
        f"“{result.word}′ = {as_sum}” was set by hand. Where could the weights come from?",
        GUESSES,
        TRUTH,
        because="their dot products, which a softmax turns into shares",
    )


def where_from(run: Run, result: Result) -> None:
    """Show the formula that gives the weights, and what it gives beside what was set by hand."""
    hand = Hand.of(result)
    tokens, trace, places = hand.named(result), result.trace, list(hand.places)
    others = len(result.sentence) - len(places)
    computed = gathered(trace.weights[result.row], places)
    set_ = gathered(hand.every(result), places)
    names = [*tokens, *([f"{others} more"] if others else [])]
    write.finding(prose.hand_and_computed(result.word, names, set_, computed))
    formula, bars = st.columns([1.5, 1], gap="medium")
    with formula:
        write.prose(
            "How similar are two words? Their dot product says it. So the weights are dot products, and a softmax "
            "makes them sum to one:"
        )
        scaled, weights = trace.scaled[result.row][places], trace.weights[result.row][places]
        with st.container(key="equation_where"):
            written = softmax_sum(
                result.word,
                tokens,
                scaled,
                weights,
                divisor=trace.divisor,
                others=others,
                narrow=run.phone,
            )
            st.markdown(f"${written}$")
        write.quiet("Beside each: what goes into the softmax, and the weight that comes out.")
        for line in _about_scores(run, result):
            write.quiet(line)
    with bars:
        own = places.index(result.row)
        figure = hand_and_computed(set_, computed, names, row=own, height=run.tall(400, 640), theme=run.theme)
        charts.show(figure, key="hand_and_computed", alt=prose.hand_and_computed_alt(names, set_, computed))
    _table("The table behind it", np.vstack([set_, computed]), ["by hand", "computed"], names)


def _about_scores(run: Run, result: Result) -> list[str]:
    """Say what is done to the dot products before the softmax, where anything is."""
    settings, lines = run.settings, []
    if result.trace.divisor != 1:
        lines.append(f"The dot products are divided by {result.trace.divisor:.2f} first: the next lesson says why.")
    taken = [name for name, on in (("frequent", settings.frequency), ("distant", settings.distance)) if on]
    if taken:
        lines.append(f"Something is taken off the scores of {' and '.join(taken)} words.")
    if not settings.attend_self and len(result.sentence) > 1:
        lines.append("No word looks at itself.")
    return lines


def choices(step: str) -> None:
    """Draw what can be chosen on a step besides the words."""
    if step == "hand":
        controls.pulls()
        st.button("Start again", icon=":material/restart_alt:", on_click=_forget, disabled=not state.get(fields.HAND))
    else:
        controls.preset()


def _forget() -> None:
    state.put(**{fields.HAND: ""})


def code(run: Run, step: str, sentences: Sequence[Sentence | None], results: Sequence[Result]) -> str:
    """Write the code of a step."""
    settings, drops, result = run.settings, run.drops, results[0]
    hand, text, row = Hand.of(result).every(result), result.sentence.text, result.row
    if step == "hand":
        poles = _known_poles(run, result.sense)
        return snippets.by_hand(text, row, hand, settings, poles, drop_punctuation=drops)
    if step == "every":
        texts = [sentence.text for sentence in sentences if sentence]
        return snippets.every_word(texts, settings, drop_punctuation=drops)
    return snippets.compared(text, row, hand, settings, drop_punctuation=drops)


def _known_poles(run: Run, sense: AmbiguousWord | None) -> dict[str, list[str]]:
    known = run.vectors.key_to_index
    return {name: [word for word in words if word in known] for name, words in sense.poles.items()} if sense else {}
