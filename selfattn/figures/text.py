"""What the user typed, made safe for the three languages that the screen speaks: HTML, Plotly's labels, and LaTeX."""

import html
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from selfattn.core.heaviest import heaviest, telling
from selfattn.core.sentences import Sentence
from selfattn.core.wording import shortened
from selfattn.figures.palette import palette, tint

LONGEST, AT_A_POINT = 24, 16  # letters of a word that a label shows, and that a name beside a point shows
GAP = "<span>…</span>"  # words that a picture leaves out
SHOWN_TERMS = 5  # terms of an equation before the rest is summed up
LATEX = {
    "\\": r"\textbackslash{}", "$": r"\textdollar{}", "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&",
    "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}",
    ">": r"\textgreater{}", "`": "‘",
}  # fmt: skip


def short(word: str, longest: int = LONGEST) -> str:
    """Keep a word's first letters where it is too long for a label."""
    return shortened(word, longest)


def label(word: str, longest: int = LONGEST) -> str:
    """Write a word for a Plotly label, whose own markup looks like HTML.

    >>> label("<b>bank</b>")
    '&lt;b&gt;bank&lt;/b&gt;'
    """
    return escaped(short(word, longest))


def bold(text: str, yes: bool = True) -> str:
    """Set bold what is escaped already."""
    return f"<b>{text}</b>" if yes else text


def labels(words: Sequence[str], row: int | None = None) -> list[str]:
    """Write words for Plotly labels, the chosen one bold."""
    return [bold(label(word), place == row) for place, word in enumerate(words)]


def escaped(text: str) -> str:
    """Write any text for a Plotly label, at its full length."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("$", "&#36;")


def latex(word: str) -> str:
    r"""Write a word as upright text inside a formula.

    >>> latex("$\\bank$")
    '\\text{\\textdollar{}\\textbackslash{}bank\\textdollar{}}'
    """
    return r"\text{" + "".join(LATEX.get(character, character) for character in short(word)) + "}"


def equation(
    word: str, weights: Sequence[float] | NDArray[np.float64], tokens: Sequence[str], *, values: bool = False
) -> str:
    r"""Write a contextual vector as the weighted sum that it is, with its real numbers.

    Parameters
    ----------
    word : str
        The word that is rewritten.
    weights : sequence of float, of length n
    tokens : sequence of str, of length n
    values : bool
        Whether what is added up is the value that a head makes of each word.

    Returns
    -------
    latex : str
        In sentence order; of more than five terms the heaviest, and the rest as one sum.

    Examples
    --------
    >>> equation("bank", [0.24, 0.76], ["money", "bank"])
    "\\text{bank}' = 0.24 \\cdot \\text{money} + 0.76 \\cdot \\text{bank}"
    """
    shares = np.asarray(weights, dtype=np.float64)
    shown = heaviest(shares, SHOWN_TERMS)
    factor = "v({})" if values else "{}"
    terms = [rf"{shares[j]:.2f} \cdot {factor.format(latex(tokens[j]))}" for j in shown]
    if rest := len(shares) - len(shown):
        left = max(0.0, 1 - float(shares[shown].sum()))
        terms.append(rf"\underbrace{{{left:.2f}}}_{{{rest}\ \text{{more}}}}")
    return f"{latex(word)}' = " + " + ".join(terms)


def tinted_sentence(
    sentence: Sentence,
    weights: NDArray[np.float64] | None = None,
    row: int | None = None,
    *,
    role: int = 0,
    theme: str = "light",
) -> str:
    """Show a sentence as it was typed, each word as deep in colour as the square root of its weight.

    Of a long sentence only the telling words are tinted.

    Parameters
    ----------
    sentence : Sentence
    weights : ndarray of shape (n_tokens,), optional
        How much each word gives to the chosen one; without it nothing is tinted.
    row : int, optional
        The chosen word, which is underlined.
    role : int
        Which sentence this is (0 is A): its colour.
    theme : str

    Returns
    -------
    html : str
        With everything that was typed escaped.
    """
    colours = palette(theme)
    telling_words = None if weights is None or row is None else set(telling(weights, row))
    parts, last = [], 0
    for piece, place in zip(sentence.pieces, sentence.rows, strict=True):
        parts.append(html.escape(sentence.text[last : piece.start]))
        typed = html.escape(sentence.text[piece.start : piece.end])
        if place is None:
            parts.append(_left_out(typed, piece.text in sentence.unknown, colours.quiet))
        elif telling_words and place not in telling_words:
            parts.append(typed)  # a browser takes a second for 500 tints, of which these are the palest
        else:
            share = 0.0 if weights is None else float(weights[place])
            title = "" if weights is None else f'title="{share:.2f}" '
            chosen = f"font-weight:700;border-bottom:3px solid {colours.fills[role]};" if place == row else ""
            tinted = f"background:{tint(colours.fills[role], 0.45 * share**0.5)};"
            parts.append(f'<span {title}style="{tinted}{chosen}border-radius:4px;padding:2px 3px">{typed}</span>')
        last = piece.end
    parts.append(f'<span style="color:{colours.quiet}">{html.escape(sentence.text[last:])}</span>')
    return "".join(parts)


def words_with_bars(
    sentence: Sentence,
    weights: NDArray[np.float64] | None,
    row: int | None,
    *,
    before: NDArray[np.float64] | None = None,
    highest: float = 1.0,
    role: int = 0,
    theme: str = "light",
) -> str:
    """Show a sentence as it was typed, on each word a bar as high as its weight.

    Parameters
    ----------
    sentence : Sentence
    weights : ndarray of shape (n_tokens,), or None
        How much each word gives to the chosen one; without them there are no bars.
    row : int, or None
        The chosen word, which is underlined.
    before : ndarray of shape (n_tokens,), optional
        Other weights, which get a hollow bar beside it.
    highest : float
        The weight that gets the highest bar, the same for all sentences that are compared.
    role : int
        Which sentence this is (0 is A): its colour.
    theme : str

    Returns
    -------
    html : str
        With everything that was typed escaped. Of a long sentence the telling words, and the number of the rest: a bar
        would dwarf the others.
    """
    colours = palette(theme)
    parts: list[str] = []
    shown = None if weights is None or row is None else telling(weights, row)
    rest = 0 if weights is None or shown is None else len(weights) - len(shown)
    look = f"background:{colours.fills[role]};border-color:{colours.inks[role]}"
    for piece, place in zip(sentence.pieces, sentence.rows, strict=True):
        if shown and rest and place not in shown:
            parts += [GAP] if parts[-1:] != [GAP] else []
            continue
        typed = html.escape(short(sentence.text[piece.start : piece.end]))
        share = 0.0 if weights is None or place is None else float(weights[place])
        if place is None:
            word = _left_out(typed, piece.text in sentence.unknown, colours.quiet)
        else:
            word = f"<b>{typed}</b>" if place == row else typed
        number = "" if weights is None or place is None else f"{share:.2f}" if share else "–"
        edge = colours.fills[role] if place is not None and place == row else "transparent"
        bar = f'<s style="--share:{share / highest:.3f};{look}"></s>'
        if before is not None:
            old = 0.0 if place is None else float(before[place])
            bar = f'<u><s class="sa-before" style="--share:{old / highest:.3f};{look}"></s>{bar}</u>'
        parts.append(
            f'<span class="sa-bar"><i>{number}</i>{bar}'
            f'<span style="border-bottom:3px solid {edge}">{word}</span></span>'
        )
    if weights is not None and shown and rest:
        left = float(np.delete(weights, shown).sum())
        parts.append(f'<span class="sa-bar"><i>{left:.2f}</i><span>{rest} more</span></span>')
    return "".join(parts)


def _left_out(typed: str, unknown: bool, colour: str) -> str:
    mark = f"text-decoration:underline dashed {colour};text-underline-offset:4px;" if unknown else ""
    title = "not in the vocabulary: left out" if unknown else "punctuation: left out"
    return f'<span title="{title}" style="color:{colour};{mark}">{typed}</span>'
