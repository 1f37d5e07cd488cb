r"""Formulas for pages without a program: the LaTeX in which the app writes them, as MathML Core, which browsers draw.

Only what the app uses is known. Words that were typed stand in \text, as `text.latex` writes them, and come out so.
"""

import html
import re
from collections.abc import Callable

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:[.,]\d+)*|[^\s]", re.DOTALL)
LETTERS = {"tau": "τ", "theta": "θ", "infty": "∞", "top": "⊤", "dots": "…"}
SIGNS = {"cdot": "·", "to": "→", "ne": "≠", "approx": "≈", "sum": "∑", "times": "×", "lvert": "|", "rvert": "|"}
SIGNS |= {"lVert": "‖", "rVert": "‖", "in": "∈", "le": "≤", "ge": "≥"}
SPACES = {",": 0.17, ":": 0.22, ";": 0.28, " ": 0.33, "!": -0.17, "quad": 1.0}
FUNCTIONS = frozenset({"exp", "cos", "arccos", "log", "max"})
LOOKS = frozenset({"normalsize", "small", "large", "Large", "textstyle"})  # sizes: those of the page stand
IN_TEXT = {"textbackslash": "\\", "textdollar": "$", "textasciicircum": "^", "textasciitilde": "~"}
IN_TEXT |= {"textless": "<", "textgreater": ">"}
BOLD, UPRIGHT = 'style="font-weight:bold"', 'mathvariant="normal"'
BREAKS = {f"<mo>{sign}</mo>": sign for sign in "=+"}  # what a line may be broken before


class FormulaError(ValueError):
    """A formula has something in it that is not known."""


def mathml(latex: str) -> str:
    r"""Write a formula as MathML.

    Parameters
    ----------
    latex : str
        As the app writes formulas, without the dollars around them.

    Returns
    -------
    mathml : str
        All of it escaped; where a line may be broken, before = and +, another <math> begins.

    Raises
    ------
    FormulaError
        It has a command that the app does not use.

    Examples
    --------
    >>> mathml(r"\dfrac{\text{a<b}}{2}")
    '<math><mfrac displaystyle="true"><mtext>a&lt;b</mtext><mn>2</mn></mfrac></math>'
    >>> mathml("a=b")
    '<math><mi>a</mi></math><wbr><math><mo form="infix">=</mo><mi>b</mi></math>'
    """
    reader = _Reader(latex)
    nodes = reader.row()
    if reader.next:
        raise FormulaError(f"“{reader.next}” closes nothing in {latex}")
    for at, node in enumerate(nodes):
        if at and (sign := BREAKS.get(node)):
            nodes[at] = f'</math><wbr><math><mo form="infix">{sign}</mo>'
    return f"<math>{''.join(nodes)}</math>"


def _together(nodes: list[str]) -> str:
    return nodes[0] if len(nodes) == 1 else f"<mrow>{''.join(nodes)}</mrow>"


class _Reader:
    """Goes through a formula once, a piece at a time."""

    def __init__(self, latex: str) -> None:
        self.latex, self.place = latex, 0

    @property
    def next(self) -> str:
        """Give the piece that comes next; nothing at the end."""
        return match[0] if (match := self._match()) else ""

    def _match(self) -> re.Match[str] | None:
        return TOKEN.search(self.latex, self.place)

    def take(self) -> str:
        match = self._match()
        if match is None:
            raise FormulaError(f"the formula ends too early: {self.latex}")
        self.place = match.end()
        return match[0]

    def row(self) -> list[str]:
        """Read up to what closes a group, a cell or a line."""
        nodes: list[str] = []
        while (piece := self.next) and piece not in ("}", "&", r"\\", r"\end", r"\right"):
            node = self.scripts(self.one())
            nodes += [node] if node else []
        return nodes

    def group(self) -> str:
        """Read what a command is given: a group in braces, or a single piece."""
        if self.next != "{":
            return self.one()
        self.take()
        inside = _together(self.row())
        self.take()
        return inside

    def scripts(self, base: str) -> str:
        """Read what is written below and above a piece."""
        below, above = "", ""
        while (piece := self.next) in ("_", "^", "'"):
            self.take()
            if piece == "_":
                below = self.group()
            else:
                above += "<mo>′</mo>" if piece == "'" else self.group()
        if above.startswith("<mo>′</mo><"):
            above = f"<mrow>{above}</mrow>"
        under = "⏟" in base
        if below and above:
            return f"<msubsup>{base}{below}{above}</msubsup>"
        if below:
            return f"<munder>{base}{below}</munder>" if under else f"<msub>{base}{below}</msub>"
        return f"<msup>{base}{above}</msup>" if above else base

    def one(self) -> str:
        """Read one piece, with what it is given."""
        piece = self.next
        if piece == "{":
            return self.group()
        self.take()
        if piece[0] == "\\" and len(piece) > 1:
            return self.command(piece[1:])
        if piece[0].isdigit():
            return f"<mn>{piece}</mn>"
        if piece.isalpha():
            return f"<mi>{piece}</mi>"
        return self.sign(piece)

    def sign(self, piece: str) -> str:
        """Write an operator; a minus that stands before a number, and not between two, is near to it."""
        before = self.latex[: self.place - 1].rstrip()
        alone = piece == "-" and (not before or before[-1] in "=(,+/")
        looks = ' stretchy="false"' if piece in "()[]|" else ' form="prefix"' if alone else ""
        return f"<mo{looks}>{html.escape('−' if piece == '-' else piece)}</mo>"

    def command(self, name: str) -> str:
        if name in LETTERS:
            return f"<mi {UPRIGHT}>{LETTERS[name]}</mi>"
        if name in SIGNS:
            return f'<mo stretchy="false">{SIGNS[name]}</mo>'
        if name in SPACES:
            return f'<mspace width="{SPACES[name]}em"/>'
        if name in FUNCTIONS:
            gap = "" if self.next in ("(", r"\left", r"\!") else '<mspace width="0.17em"/>'
            return f"<mi>{name}</mi>{gap}"
        if name in LOOKS:
            return ""
        if name in "#%&_{}$":
            return f"<mo>{html.escape(name)}</mo>"
        return self.known(name)(self)

    def known(self, name: str) -> Callable[["_Reader"], str]:
        if name not in COMMANDS:
            raise FormulaError(f"\\{name} is not known: {self.latex}")
        return COMMANDS[name]

    def raw(self) -> str:
        """Read a group in braces letter by letter, as it is."""
        start = self.latex.index("{", self.place) + 1
        depth, at = 1, start
        while depth:
            if at >= len(self.latex):
                raise FormulaError(f"a brace is not closed: {self.latex}")
            letter = self.latex[at]
            at += 2 if letter == "\\" else 1
            depth += {"{": 1, "}": -1}.get(letter, 0)
        self.place = at
        return self.latex[start : at - 1]

    def optional(self) -> None:
        """Pass over what stands in brackets, if anything does: it is for the look."""
        if self.next == "[":
            self.place = self.latex.index("]", self.place) + 1


def _text(reader: _Reader) -> str:
    text = _plain(reader.raw()).replace(" ", "\N{NO-BREAK SPACE}")  # at the edge of a text MathML drops others
    return f"<mtext>{html.escape(text, quote=False)}</mtext>"


def _plain(raw: str) -> str:
    r"""Read the text that `text.latex` writes.

    >>> _plain(r"\textless{}b\textgreater{} \& \{x\}")
    '<b> & {x}'
    """

    def letter(match: re.Match[str]) -> str:
        name = match[1]
        return "" if name in LOOKS else IN_TEXT.get(name, name)

    return re.sub(r"\\([A-Za-z]+)(?:\{\}|\s*)|\\(.)", lambda match: match[2] or letter(match), raw)


def _bold(reader: _Reader) -> str:
    return f"<mrow {BOLD}>{reader.group()}</mrow>"


def _upright(reader: _Reader) -> str:
    return f"<mi {UPRIGHT}>{html.escape(_plain(reader.raw()), quote=False)}</mi>"


def _coloured(reader: _Reader) -> str:
    colour = reader.raw()
    if not re.fullmatch("#[0-9A-Fa-f]{6}", colour):
        raise FormulaError(f"not a colour: {colour}")
    return f'<mrow style="color:{colour}">{reader.group()}</mrow>'


def _fraction(reader: _Reader) -> str:
    return f'<mfrac displaystyle="true">{reader.group()}{reader.group()}</mfrac>'


def _under(reader: _Reader) -> str:
    below = reader.group()
    return f"<munder>{reader.group()}{below}</munder>"


def _strut(reader: _Reader) -> str:
    reader.optional()
    reader.raw()
    reader.raw()
    return ""


def _between(reader: _Reader) -> str:
    opening = reader.take()
    inside = "".join(reader.row())
    reader.take()
    return f"<mrow><mo>{opening}</mo>{inside}<mo>{reader.take()}</mo></mrow>"


def _big(reader: _Reader) -> str:
    return f'<mo minsize="1.2em" maxsize="1.2em">{reader.take()}</mo>'


def _table(reader: _Reader) -> str:
    """Read an environment: lines of cells."""
    kind = reader.raw()
    sides = reader.raw() if kind == "array" else {"aligned": "rl"}.get(kind, "c")
    lines: list[list[str]] = [[]]
    while True:
        lines[-1].append("".join(reader.row()))
        ending = reader.take()
        if ending == r"\end":
            break
        if ending == r"\\":
            reader.optional()
            lines.append([])
        elif ending != "&":
            raise FormulaError(f"“{ending}” closes nothing in {reader.latex}")
    if reader.raw() != kind:
        raise FormulaError(f"{kind} is not closed: {reader.latex}")
    table = "".join(f"<mtr>{_cells(line, sides)}</mtr>" for line in lines)
    edges = ("<mo>(</mo>", "<mo>)</mo>") if kind == "pmatrix" else ("", "")
    return f'<mrow>{edges[0]}<mtable displaystyle="true">{table}</mtable>{edges[1]}</mrow>'


def _cells(line: list[str], sides: str) -> str:
    names = {"l": "left", "r": "right", "c": "center"}  # Firefox reads the attribute, the others read the style
    aligned = [(names[sides[at % len(sides)]], cell) for at, cell in enumerate(line)]
    return "".join(
        f'<mtd columnalign="{side}" style="text-align:-webkit-{side}">{cell}</mtd>' for side, cell in aligned
    )


COMMANDS: dict[str, Callable[[_Reader], str]] = {
    **dict.fromkeys(("text", "textsf", "textrm"), _text),
    **dict.fromkeys(("mathbf", "boldsymbol"), _bold),
    **dict.fromkeys(("dfrac", "frac"), _fraction),
    **dict.fromkeys(("bigl", "bigr"), _big),
    "mathrm": _upright,
    "textcolor": _coloured,
    "underset": _under,
    "underbrace": lambda reader: f"<munder>{reader.group()}<mo>⏟</mo></munder>",
    "sqrt": lambda reader: f"<msqrt>{reader.group()}</msqrt>",
    "bar": lambda reader: f'<mover accent="true">{reader.group()}<mo>¯</mo></mover>',
    "rule": _strut,
    "left": _between,
    "begin": _table,
}
