"""Pictures of attention: the tables of a sentence, the weights of a word, what moves it, and its places on a line."""

from collections.abc import Sequence

import numpy as np

from selfattn.frame.away.plots.cells import (
    MOST_ROWS,
    Names,
    are_arrays,
    axes,
    cell,
    high,
    named,
    one,
    side,
    tables_of,
    words_of,
)

MAP = "figure, axis = plt.subplots(figsize=(9, 6))"
PLANE = '"The plane in which the words differ most"'
SENSES = '" ↔ ".join(poles)'


def one_sentence(names: Names) -> list[str]:
    """Draw dot products, scaled and as weights; of the word in one row its weights, and what moves it."""
    words = words_of(names)
    if isinstance(names.get("given"), dict) or not (
        words and are_arrays(names, scores=2, scaled=2, weights=2, output=2)
    ):
        return []
    width = side(len(words))
    tables = cell(
        named(words),
        axes(3, width, width),
        'draw_table(axes[0, 0], scores, names, names, "Dot products")',
        'draw_table(axes[0, 1], scaled, names, names, "Scaled")',
        'draw_table(axes[0, 2], weights, names, names, "Weights", weights=True)',
    )
    return [tables, *_of_row(names, words)]


def _of_row(names: Names, words: Sequence[str]) -> list[str]:
    if not isinstance(names.get("row"), int):
        return []
    colours = ", np.where(often, QUIET, COLOURS[0])" if "often" in names else ", COLOURS[0]"
    bars = f'draw_bars(axis, names, weights[row], f"Weights of “{{names[row]}}”"{colours})'
    return [cell(named(words), one(len(words)), bars), *_pulls_of_row(names, words, "weights[row]")]


def _pulls_of_row(names: Names, words: Sequence[str], weights: str) -> list[str]:
    if names["x"].shape[1] < 2:
        return []
    drawn = f"draw_pulls(axis, {_from_middle(names, 'x')}, {weights}, row, names, plane)"
    return [cell(named(words), MAP, *_plane(names, "x"), drawn, *_along(names))]


def _plane(names: Names, points: str) -> tuple[str, ...]:
    """Write the plane to look at: two numbers as they are; the line between senses, and across; or PCA's."""
    if names["x"].shape[1] == 2:
        return ("plane = np.eye(2)  # two numbers a word: nothing is left out",)
    if are_arrays(names, line=1):
        across = f"plane_of({points} - np.outer({points} @ line, line))[0]"
        return (f"plane = np.stack([line, {across}])  # from sense to sense, and across",)
    return (f"plane = plane_of({points})",)


def _from_middle(names: Names, rows: str) -> str:
    """Write rows as they stand on the line between the senses, whose middle is 0; as they are where there is none."""
    is_line = names["x"].shape[1] > 2 and are_arrays(names, line=1, middle=1)
    return f"{rows} - middle" if is_line else rows


def _along(names: Names) -> tuple[str, ...]:
    """Write what the axes are: nothing for two numbers a word, which are shown as they are."""
    if names["x"].shape[1] == 2:
        return ()
    senses = are_arrays(names, line=1) and isinstance(names.get("poles"), dict)
    return (f"axis.set_xlabel({PLANE if not senses else SENSES})",)


def word_in_sentences(names: Names) -> list[str]:
    """Draw one word in several sentences: its weights in each, and what moves it."""
    given, new = names.get("given"), names.get("new")
    if not (isinstance(given, dict) and tables_of(new, 1)):
        return []
    count, longest = len(given), max(len(words) for words, _ in given.values())
    bars = cell(
        axes(count, 5, high(longest)),
        'for axis, letter, colour, typed in zip(axes[0], "ABCDEF", COLOURS, given):',
        '    draw_bars(axis, given[typed][0], new[typed][0], f"{letter}: {typed[:40]}", colour)',
    )
    rows = _rows(names)
    if names["x"].shape[1] < 2 or not rows:
        return [bars]
    pulls = cell(
        MAP,
        *_plane(names, "np.vstack([each for _, each in given.values()])"),
        f'for letter, colour, row_there, typed in zip("ABCDEF", COLOURS, {rows}, given):',
        "    names, each = given[typed]",
        f"    draw_pulls(axis, {_from_middle(names, 'each')}, new[typed][0], row_there, names, plane, letter, colour)",
        *_along(names),
    )
    return [bars, pulls]


def _rows(names: Names) -> list[int]:
    """Find the word in each of the sentences: its row in the last one is known."""
    given = [[word.casefold() for word in words] for words, _ in names["given"].values()]
    word = given[-1][names["row"]]
    return [words.index(word) for words in given] if all(word in words for words in given) else []


def every_word(names: Names) -> list[str]:
    """Draw the weights of every word, of each of several sentences."""
    given, new = names.get("given"), names.get("new")
    if not (isinstance(given, dict) and tables_of(new, 2)):
        return []
    width = side(max(len(words) for words, _ in given.values()))
    return [
        cell(
            axes(len(given), width, width),
            'for axis, letter, typed in zip(axes[0], "ABCDEF", given):',
            "    names = given[typed][0]",
            '    draw_table(axis, new[typed][0], names, names, f"{letter}: {typed[:40]}", weights=True)',
        )
    ]


def by_hand(names: Names) -> list[str]:
    """Draw weights set by hand: the bars, and what moves the word."""
    words = words_of(names)
    if not (words and are_arrays(names, weights=1, new=1, x=2)):
        return []
    bars = 'draw_bars(axis, names, weights, "Weights by hand", COLOURS[0])'
    return [cell(named(words), one(len(words)), bars), *_pulls_of_row(names, words, "weights")]


def beside_hand(names: Names) -> list[str]:
    """Draw weights set by hand beside those computed."""
    words = words_of(names)
    if not (words and are_arrays(names, hand=1, weights=2)):
        return []
    return [
        cell(
            named(words),
            axes(2, 5, high(len(words))),
            'draw_bars(axes[0, 0], names, hand, "By hand")',
            'draw_bars(axes[0, 1], names, weights[row], "Computed", COLOURS[0])',
        )
    ]


def on_the_line(names: Names) -> list[str]:
    """Draw places on the line between two senses: of a word before and after, or of it in several sentences."""
    if not (are_arrays(names, line=1) and isinstance(names.get("poles"), dict)):
        return []
    title, ends = '"Between the two senses"', "list(poles)"
    if isinstance(names.get("leans"), dict) and "given" in names:
        drawn = f"[text[:50] for text in leans], list(leans.values()), {title}, {ends}, COLOURS[: len(leans)]"
        return [_line(len(names["leans"]), drawn)]
    words = words_of(names)
    if not (words and np.isscalar(names.get("before")) and np.isscalar(names.get("after"))):
        return []
    new = 'names[row] + "′"'
    if "leans" in names and len(words) <= MOST_ROWS:
        places, colours = "[*((x - middle) @ line), after]", "[QUIET] * len(names) + COLOURS[:1]"
        return [_line(len(words) + 1, f"[*names, {new}], {places}, {title}, {ends}, {colours}", named(words))]
    drawn = f"[names[row], {new}], [before, after], {title}, {ends}, [QUIET, COLOURS[0]]"
    return [_line(2, drawn, named(words))]


def _line(rows: int, drawn: str, *before: str) -> str:
    return cell(*before, one(rows), f"draw_line(axis, {drawn})")


def frequent(names: Names) -> list[str]:
    """Draw the share that frequent words get, without and with the switch."""
    if not (are_arrays(names, often=1) and "off" in names and "on" in names):
        return []
    title = '"What frequent words get of the others’ weight"'
    return [
        cell(
            one(2),
            f'draw_bars(axis, ["as it is", "frequent words count less"], [off, on], {title}, [QUIET, COLOURS[0]])',
        )
    ]


PICTURES = (one_sentence, word_in_sentences, every_word, by_hand, beside_hand, on_the_line, frequent)
