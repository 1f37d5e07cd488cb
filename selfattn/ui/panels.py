"""Parts of a page that more than one page shows: what one sentence does to the word, and where the word goes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from selfattn import figures
from selfattn.core import describe, reasons
from selfattn.core.attention import Array, AttentionTrace
from selfattn.core.contextual import attend_sentence
from selfattn.core.heaviest import gathered, telling, with_rest
from selfattn.core.lean import Lean, Line, line_between
from selfattn.core.scene import Scene, Shown, build_scene
from selfattn.core.senses import AmbiguousWord, nearness, pole_centres
from selfattn.core.sentences import Sentence
from selfattn.figures.line import ROW
from selfattn.figures.palette import LETTERS, palette
from selfattn.figures.weights import bars_that_fit
from selfattn.ui import charts, state, write
from selfattn.ui.poles import sense_of
from selfattn.ui.run import Run


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """One sentence, computed: which it is (0 is A), its trace, and what becomes of the word in one row.

    `sense` holds the poles of the word, `line` the line between them; None without poles.
    """

    role: int
    sentence: Sentence
    trace: AttentionTrace
    row: int
    sense: AmbiguousWord | None
    line: Line | None

    @property
    def letter(self) -> str:
        """Give the letter of the sentence."""
        return LETTERS[self.role]

    @property
    def word(self) -> str:
        """Give the word that is followed."""
        return self.sentence.tokens[self.row]

    @property
    def tokens(self) -> tuple[str, ...]:
        """Give the words of the sentence."""
        return self.sentence.tokens

    @property
    def weights(self) -> Array:
        """Give what the word takes from each word: (n,), sums to one."""
        weights: Array = self.trace.weights[self.row]
        return weights

    @property
    def telling(self) -> list[int]:
        """Give the places of the words that pictures show one by one; of a short sentence all."""
        return telling(self.weights, self.row)

    @property
    def static(self) -> Array:
        """Give the vector of the word before attention: (d,)."""
        static: Array = self.trace.matrix[self.row]
        return static

    @property
    def contextual(self) -> Array:
        """Give the vector of the word after attention: (d,)."""
        contextual: Array = self.trace.output[self.row]
        return contextual

    @property
    def lean(self) -> Lean | None:
        """Give where the word is on the line, before and after; None for a word without poles."""
        return self.line.lean(self.static, self.contextual) if self.line else None


def compute(run: Run, sentences: Sequence[Sentence | None], word: str | None) -> list[Result]:
    """Attend over every sentence that has the word; without a word there is nothing to compute.

    A word that nobody gave poles to gets those of the first two sentences.
    """
    shown = [
        (role, sentence)
        for role, sentence in enumerate(sentences)
        if word is not None and sentence is not None and word in sentence.tokens
    ]
    if not shown or word is None:
        return []
    sense = sense_of(run, word, [sentence.tokens for _, sentence in shown])
    return [compute_row(run, sentence, sentence.index(word), role=role, sense=sense) for role, sentence in shown]


def compute_row(run: Run, sentence: Sentence, row: int, *, role: int = 0, sense: AmbiguousWord | None = None) -> Result:
    """Attend over one sentence and follow the word at one place; its poles are the known ones unless given."""
    trace, sense = attend_sentence(sentence, run.vectors, run.settings), sense or sense_of(run, sentence.tokens[row])
    line = line_between(sense, run.vectors, run.space) if sense else None
    return Result(role=role, sentence=sentence, trace=trace, row=row, sense=sense, line=line)


def cosines(run: Run, result: Result) -> tuple[dict[str, float], dict[str, float]] | None:
    """Measure the cosines of a word to its poles, before and after; None for a word without poles."""
    if result.sense is None:
        return None
    centres = pole_centres(result.sense, run.vectors, space=run.space)
    return nearness(result.static, centres), nearness(result.contextual, centres)


def scene(run: Run, results: Sequence[Result], **how: bool) -> Scene:
    """Place results on the plot: at least one, all of the same word."""
    shown = [Shown(result.role, result.sentence, result.trace, result.row) for result in results]
    word, sense = results[0].word, results[0].sense
    return build_scene(word, shown, run.vectors, run.space, sense=sense, **how)


def tinted(run: Run, role: int, sentence: Sentence, result: Result | None) -> None:
    """Show a sentence as it was typed, tinted by the weights."""
    colours = palette(run.theme)
    weights, row = (result.weights, result.row) if result else (None, None)
    body = figures.tinted_sentence(sentence, weights, row, role=role, theme=run.theme)
    badge = f'<span class="sa-letter" style="background:{palette("light").inks[role]}">{LETTERS[role]}</span>'
    focus = ' tabindex="0"' if len(sentence.pieces) > write.LONG else ""  # it may have to be scrolled
    st.html(f'<p class="sa-sentence"{focus} style="color:{colours.ink}">{badge}{body}</p>')


def equation(run: Run, result: Result) -> None:
    """Show the weighted sum with its numbers."""
    written = figures.equation(result.word, result.weights, result.tokens, values=run.settings.trained)
    write.formula(str(result.role), written)


def bars(run: Run, result: Result, *, height: int = 220, highest: float = 1.0) -> int:
    """Show the weights of the word as bars, which lie where there is little room; a click on one traces it.

    Returns
    -------
    int
        How many words have a bar of their own.
    """
    weights, tokens, letter = result.weights, result.tokens, result.letter
    most, flat = bars_that_fit(len(tokens), height, narrow=run.narrow, theme=run.theme)
    places = telling(weights, result.row, most)
    given, names = gathered(weights, places), with_rest(tokens, places)
    drawn = figures.weight_bars(
        given, names, row=places.index(result.row), role=result.role, highest=highest, height=height,
        rest=len(places) < len(names), flat=flat, theme=run.theme,
    )  # fmt: skip
    alt = describe.bars_alt(letter, weights, tokens, result.row, most)

    def clicked(row: int, column: int) -> None:  # Streamlit keeps what a callback holds: not the arrays
        if (bar := row if flat else column) < len(places):
            open_weight(letter, places[bar])

    charts.show_clickable(drawn, key=f"bars_{result.role}", alt=alt, on_cell=clicked)
    return len(places)


def open_weight(letter: str, column: int) -> None:
    """Trace a weight that was clicked: how much the word takes from the word in this column of a sentence."""
    state.put(view="trace", trace="weight", of=letter.lower(), column=column)


def heatmap(run: Run, result: Result, key: str, *, height: int) -> None:
    """Show a sentence and all its weights; a click on one of the word traces it."""
    row, letter = result.row, result.letter

    def clicked(asking: int, asked: int) -> None:
        if asking == row:
            open_weight(letter, asked)

    tinted(run, result.role, result.sentence, result)
    weights_of(run, result, key, clicked, narrow=True, height=height)


def weights_of(
    run: Run, result: Result, key: str, on_cell: Callable[[int, int], None], *, narrow: bool, height: int = 0
) -> None:
    """Show who asks whom, of a long sentence the telling words and the sum of the rest; a click gives two places."""
    weights, tokens, row, places = result.trace.weights, result.tokens, result.row, result.telling
    names = with_rest(tokens, places)
    figure = figures.weights_heatmap(
        gathered(weights[places], places), names[: len(places)], row=places.index(row), narrow=narrow, height=height,
        rest="".join(names[len(places) :]), theme=run.theme,
    )  # fmt: skip
    on_place = at_places(places, on_cell)
    charts.show_clickable(figure, key=key, alt=describe.heatmap_alt(weights, tokens, row), on_cell=on_place)


def at_places(places: Sequence[int], on_cell: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Say in which places of a sentence a cell stands that was clicked; the sum of the rest has none."""

    def clicked(row: int, column: int) -> None:
        if max(row, column) < len(places):
            on_cell(places[row], places[column])

    return clicked


def which_are_drawn(result: Result, bars: int | None = None) -> None:
    """Say of a long sentence which words are drawn; so many have bars, where these are fewer."""
    count, drawn = len(result.tokens), len(result.telling)
    fewer = bars is not None and bars < drawn
    if (said := bars if fewer else drawn) != count:
        how = "drawn as bars" if fewer else "drawn"
        write.quiet(f"Of {count} words, {how} are the {said} that “{result.word}” takes most from; the table has all.")


def motion(
    run: Run,
    results: Sequence[Result],
    *,
    size: figures.Size,
    key: str = "motion",
    names: Sequence[str] = LETTERS,
    alt: Callable[..., str] = describe.motion_alt,
    on_words: bool = False,
    **looks: Any,
) -> Scene:
    """Show where the word goes.

    Parameters
    ----------
    run : Run
    results : sequence of Result
        At least one, all of the same word.
    size : Size
    key : str
    names : sequence of str
        What the results are called, by role.
    alt : function
        Says it in words, as `describe.motion_alt` does.
    on_words : bool
        Whether the axes are fitted on the words of the sentences, and not on the poles.
    **looks
        Of the figure, as `figures.meaning_in_motion` takes them.
    """
    drawn = replace(scene(run, results, on_words=on_words), names=tuple(names))
    if run.phone and len(results) > 2:  # each row of the line below takes from the map
        size = replace(size, height=size.height + ROW * (len(results) - 2))
    moves = [(names[mover.role], mover.static, mover.contextual) for mover in drawn.movers]
    line = "" if drawn.plain else describe.line_alt(drawn.word, leans_of(drawn))
    words = alt(drawn.word, moves, [pole.name for pole in drawn.poles], sum(drawn.explained_variance), line)
    charts.show(figures.meaning_in_motion(drawn, size=size, theme=run.theme, **looks), key=key, alt=words)
    return drawn


def leans_of(scene: Scene) -> list[tuple[str, Lean]]:
    """List the lean of each sentence, with what it is called."""
    return [(scene.names[mover.role], mover.lean) for mover in scene.movers if mover.lean]


def line(run: Run, results: Sequence[Result], *, size: figures.Size, key: str = "line") -> Scene | None:
    """Show the line between the two senses alone; a word without poles has none, which is said."""
    if results[0].line is None:
        write.quiet(f"“{results[0].word}” has no poles here: give it some on the page “Meaning in motion”.")
        return None
    drawn = scene(run, results, as_line=True)
    alt = describe.line_alt(drawn.word, leans_of(drawn))
    charts.show(figures.lean_line(drawn, size=size, theme=run.theme), key=key, alt=alt)
    return drawn


def finding(run: Run, results: Sequence[Result]) -> None:
    """Say what happened, a sentence for each; and why, where one word has all the weight, or all have the same."""
    write.finding(
        *(
            describe.finding(each.letter, each.weights, each.tokens, each.row, each.lean, each.sentence.unknown)
            for each in results
        )
    )
    why(run, results)


def why(run: Run, results: Sequence[Result]) -> None:
    """Say why one word has all the weight or all have the same, of the first sentence of which that is true."""
    for each in results:
        if reason := reasons.reason(each.sentence, each.trace, each.row, run.vectors, run.settings):
            write.quiet(
                f"In {each.letter}, {reason}" if len(results) > 1 else reason[0].upper() + reason[1:], explained=False
            )
            return


def left_out(results: Sequence[Result], text: str) -> str:
    """Put before a finding about sentences which of their words do not count."""
    return describe.with_left_out(text, [(each.letter, each.sentence.unknown) for each in results])
