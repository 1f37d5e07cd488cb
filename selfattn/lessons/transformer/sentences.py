"""What stands in the boxes of this lesson: read by the transformer as word pieces, and what is said of it."""

from collections.abc import Callable, Sequence

from selfattn.core import transformer
from selfattn.core.senses import SENSES
from selfattn.core.sentences import TextError
from selfattn.core.transformer import Encoded, TransformerError
from selfattn.core.wording import counted, quoted
from selfattn.figures.text import short
from selfattn.ui import boxes, controls, fields, state, widgets, write
from selfattn.ui.run import Run
from selfattn.ui.step import Shown, first_time

MODEL = "all-MiniLM-L6-v2"
UNKNOWN = "[UNK]"
LOADING = "The transformer is being loaded"
FEWEST_WHOLE = 2 / 3  # of the words; fewer has 1 of our 2,686 English sentences, see the test
BEYOND_LATIN = "\u0250"
ONE_BOX = (("a", "Sentence A"),)

Show = Callable[[Run, Sequence[Encoded | None], str], Shown]


def several_boxes() -> list[tuple[str, str]]:
    """Give two to six boxes, as many as were chosen."""
    return [(name, f"Sentence {name.upper()}") for name in fields.SENTENCES[: state.get(fields.COUNT)]]


def read(run: Run, name: str, label: str) -> Encoded | None:
    """Draw a sentence box, and under it what cannot be used; None where there is nothing to compute."""
    typed = boxes.box(name, label, boxes.placeholder(name), on_change=state.forget_places, kwargs={"row": name == "a"})
    try:
        with first_time(run.vectors, LOADING):
            encoded = transformer.load()(typed)
    except TransformerError as error:
        if name == "a":  # of all boxes one says so
            write.warn(f"{error} All other lessons work without it.")
        return None
    except TextError as error:
        write.warn(str(error))
        return None
    for line in remarks(encoded):
        write.quiet(line)
    return encoded


def remarks(encoded: Encoded) -> list[str]:
    """Say what of a sentence was not computed, and what its word pieces do not know."""
    lines = []
    if encoded.cut:
        lines.append(
            f"{len(encoded.tokens)} tokens are computed, [CLS] and [SEP] among them: the "
            f"{counted(encoded.cut, 'word piece')} after “{short(encoded.words[-1].text)}” are cut."
        )
    if unknown := unknown_words(encoded):
        lines.append(f"No word piece is known for {quoted(unknown)}: the token {UNKNOWN} stands in.")
    whole, words = whole_words(encoded)
    if whole < words * FEWEST_WHOLE:
        lines.append(
            f"The model is English, and it knows {whole} of {counted(words, 'word')} here whole: what it makes of "
            "another language says little."
        )
    return lines


def whole_words(encoded: Encoded) -> tuple[int, int]:
    """Count the words that the vocabulary has whole and in Latin letters, and all words that have letters."""
    lettered = [word for word in encoded.words if any(map(str.isalpha, word.text))]
    return sum(_whole(encoded.tokens[word.pieces.start : word.pieces.stop]) for word in lettered), len(lettered)


def _whole(pieces: Sequence[str]) -> bool:
    return all(piece != UNKNOWN and not piece.startswith("##") and max(piece) < BEYOND_LATIN for piece in pieces)


def unknown_words(encoded: Encoded) -> list[str]:
    """List the words that hold [UNK], each once."""
    held = (word.text for word in encoded.words if UNKNOWN in (encoded.tokens[place] for place in word.pieces))
    return list(dict.fromkeys(held))


def names(encoded: Encoded) -> list[str]:
    """Name the words as they are compared: in small letters."""
    return [word.text.lower() for word in encoded.words]


def word(run: Run, sentences: Sequence[Encoded | None]) -> str | None:
    """Draw the choice of the word; a word that the sentences share is chosen unless the user says otherwise."""
    return controls.choose_word(run, shared_words(run, [encoded for encoded in sentences if encoded]))


def shared_words(run: Run, sentences: Sequence[Encoded]) -> list[str]:
    """List the words of all sentences, or of any where they share none: known ambiguous words first, then rare ones.

    Marks stand at the end.
    """
    if not sentences:
        return []
    every = [set(names(encoded)) for encoded in sentences]
    rank, order = run.vectors.key_to_index, list(SENSES)

    def telling(name: str) -> tuple[bool, int, int, str]:
        known = order.index(name) if name in SENSES else len(order)
        return not any(map(str.isalnum, name)), known, -rank.get(name, len(rank)), name

    return sorted(set.intersection(*every) or set.union(*every), key=telling)


def chosen(_run: Run, _sentences: Sequence[Encoded | None], word: str | None) -> str | None:
    """Give each screen the word: what it computes with it, it knows itself."""
    return word


def needs_word(show: Show) -> Callable[[Run, Sequence[Encoded | None], str | None], Shown]:
    """Make a screen that computes only where at least one sentence can be read: it has the word."""

    def shown(run: Run, sentences: Sequence[Encoded | None], word: str | None) -> Shown:
        if word is None:
            return Shown(draw=lambda: _nothing(run), source=str, code=False, numbers=MODEL)
        return show(run, sentences, word)

    return shown


def _nothing(run: Run) -> None:
    if run.projecting:  # what is wrong stands behind the button "Change"
        write.question("There is nothing to compute yet: open Change, and type a sentence.")


def examples(_: Run) -> None:
    """Draw the examples to click: a pair of sentences for every ambiguous word."""
    widgets.behind("Examples", "lightbulb", boxes.EXAMPLES, lambda: boxes.two_meanings(SENSES))
