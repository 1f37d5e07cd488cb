"""A worksheet as one file that needs no other: the exercises on one page, worked out on the next."""

import html
from collections.abc import Sequence
from pathlib import Path

from selfattn.core.exercise import PLACE, SCALE, WEIGHT, Exercise
from selfattn.core.worksheet import Worksheet
from selfattn.figures.palette import LETTERS, LIGHT
from selfattn.figures.text import AT_A_POINT, short
from selfattn.frame.away import worksheet_words as words
from selfattn.frame.away.grid import Arrow, grid

STYLE = Path(__file__).with_name("worksheet.css")
TITLE = "Self-attention by hand"
LONGEST = 80  # letters that are shown of a sentence
HEADS = {  # what the columns of an exercise are called, and how wide they are beside one another
    "word": 25, "numbers": 23, "dot product": 30, "− max": 16, f"×\N{NO-BREAK SPACE}{SCALE}": 19,
    "e<sup>x</sup>": 16, "weight": 39, "weight · numbers": 42,
}  # fmt: skip
SHIFTED = "− max"  # the column that is there only where the largest score is taken off all
BLANK = '<span class="whole">(<i>______</i>, <i>______</i>)</span>'


def file(sheet: Worksheet, source: str, code: str = "") -> str:
    """Write a worksheet as HTML: blanks, and on a page of their own the solutions.

    Parameters
    ----------
    sheet : Worksheet
    source : str
        What the vectors are called.
    code : str
        A picture, as HTML, that leads to the screen with these numbers.
    """
    title = html.escape(f"{TITLE}: {short(sheet.word, words.WORD)}")
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    style = STYLE.read_text(encoding="utf-8")
    number = f"Sheet {sheet.seed}" if sheet.made else ""
    lines = f"<p>Name <span></span> Date <span></span></p><b>{number}</b>"
    steps = "".join(f"<li>{step}</li>" for step in words.steps(sheet))
    blank = _page(sheet, source, lines, f"<ol>{steps}</ol>{_powers(sheet)}", solved=False)
    solved = _page(
        sheet, source, f"<b>{' · '.join(['Solutions', number]).strip(' ·')}</b>", _found(sheet, code), solved=True
    )
    top = f'<!doctype html>\n<html lang="en"><head>{head}<style>{style}</style></head>'
    return f"{top}<body>{blank}{solved}</body></html>\n"


def _page(sheet: Worksheet, source: str, corner: str, beside: str, *, solved: bool) -> str:
    picture = drawn(sheet, solved=solved)
    tables = "".join(_exercise(sheet, place, solved=solved) for place in range(len(sheet.exercises)))
    top = f"<header><h1>{TITLE}</h1>{corner}</header><p>{words.numbers(sheet, source)}</p>"
    look = "page" if sheet.small else "page full"
    return f'<section class="{look}">{top}<div class="above">{picture}<div>{beside}</div></div>{tables}</section>'


def drawn(sheet: Worksheet, *, solved: bool) -> str:
    """Draw each word as an arrow on a grid, as SVG; solved, with the new arrow of each sentence."""
    return grid(_arrows(sheet, solved=solved), words.alt(sheet, solved=solved), axes=sheet.axes)


def _arrows(sheet: Worksheet, *, solved: bool) -> list[Arrow]:
    roles: dict[str, set[int]] = {}
    for role, each in zip(sheet.roles, sheet.exercises, strict=True):
        for token in each.tokens:
            roles.setdefault(token, set()).add(role)
    shared = set(sheet.roles)
    arrows = [
        Arrow(*sheet.numbers[token], token, LIGHT.quiet if own == shared else LIGHT.inks[min(own)])
        for token, own in roles.items()
        if token != sheet.word
    ]
    arrows.append(Arrow(*sheet.start, sheet.word, strong=True, dashed=True))
    for role, each in zip(sheet.roles, sheet.exercises, strict=True) if solved else ():
        name = f"{LETTERS[role]}: {short(sheet.word, AT_A_POINT - 4)}′"
        x, y = each.output.tolist()
        arrows.append(Arrow(x, y, name, LIGHT.inks[role], strong=True))
    return arrows


def _powers(sheet: Worksheet) -> str:
    """Write the table of e^x: x over its power, or, where there are many x, their tenths across."""
    powers = [f"{power:.{sheet.exercises[0].decimals}f}" for _, power in sheet.powers]
    if sheet.whole:
        rows = [["x", *(words.fixed(x, 2) for x, _ in sheet.powers)], ["e<sup>x</sup>", *powers]]
    else:
        rows = [["x", *(f".{tenth}" for tenth in range(10))]]
        rows += [[f"−{start // 10}", *powers[start : start + 10]] for start in range(0, len(powers), 10)]
    cells = "".join(f"<tr><th>{name}</th>{_cells(others)}</tr>" for name, *others in rows)
    lower = "" if sheet.small else '<p class="quiet">For any lower x it is 0.00.</p>'
    return f'<table class="powers"><tbody>{cells}</tbody></table>{lower}'


def _exercise(sheet: Worksheet, place: int, *, solved: bool) -> str:
    """Write the table of one sentence: empty, or worked out."""
    each, sentence = sheet.exercises[place], sheet.sentences[place]
    heads = {name: width for name, width in HEADS.items() if not (sheet.small and name == SHIFTED)}
    empty = [""] * (len(heads) - 3) + [BLANK]
    rows = "".join(_row(each, row, cells) for row, cells in enumerate(_worked(each) if solved else [empty] * len(each)))
    total, weights = f"{each.total:.{each.decimals}f}", f"{each.weights.sum():.{WEIGHT}f}"
    output = words.pair(each.output, PLACE) if solved else BLANK
    sums = _cells([*((total, weights) if solved else ("", "")), f"{words.word(sheet.word)}′ = {output}"])
    foot = f'<td class="none" colspan="{len(heads) - 4}"></td><td class="none">sum</td>{sums}'
    title = f"<h2>{words.badge(sheet.roles[place])}<bdi>{html.escape(short(sentence.text.strip(), LONGEST))}</bdi></h2>"
    said = f'<p class="quiet">{left_out}</p>' if (left_out := words.left_out(sentence, each)) else ""
    parts, tight = 100 / sum(heads.values()), ' class="tight"' if solved else ""
    head = "".join(f'<th style="width:{parts * width:.1f}%">{name}</th>' for name, width in heads.items())
    body = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody><tfoot><tr>{foot}</tr></tfoot>"
    return f"{title}{said}<table{tight}>{body}</table>"


def _row(each: Exercise, row: int, cells: Sequence[str]) -> str:
    token = each.tokens[row]
    name = words.word(token) + (f" ({row + 1})" if each.tokens.count(token) > 1 else "")
    asks = ' class="asks"' if row == each.row else ""
    return f'<tr{asks}><th scope="row">{name}</th>{_cells([words.pair(each.matrix[row]), *cells])}</tr>'


def _cells(cells: Sequence[str]) -> str:
    return "".join(f"<td>{cell}</td>" for cell in cells)


def _worked(each: Exercise) -> list[list[str]]:
    """Work every row out, as one writes it on paper."""
    x, y = each.matrix[each.row].tolist()
    rows = []
    for row, (first, second) in enumerate(each.matrix.tolist()):
        power = f"{each.exponentials[row]:.{each.decimals}f}"
        rows.append([
            f"{words.times(x, first)} + {words.times(y, second)} = {words.number(each.scores[row])}",
            *([] if each.shift is None else [words.number(each.less[row])]),
            words.fixed(each.scaled[row], 2 if each.whole else 1),
            power,
            f"{power} ÷ {each.total:.{each.decimals}f} = {each.weights[row]:.{WEIGHT}f}",
            words.pair(each.parts[row], 2),
        ])  # fmt: skip
    return rows


def _found(sheet: Worksheet, code: str) -> str:
    """Say what comes of it, and give the code of the screen with these numbers."""
    found = f'<p class="found">{"<br>".join(words.leanings(sheet))}</p><p class="quiet">{words.checked(sheet)}</p>'
    return found + (f'<div class="check">{code}<p class="quiet">The same numbers in the app.</p></div>' if code else "")
