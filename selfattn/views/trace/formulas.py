"""Formulas of one traced number, in pieces of LaTeX between which a line may be broken."""

import re
from collections.abc import Sequence

from selfattn.core.heaviest import gathered
from selfattn.core.presets import Settings
from selfattn.core.rounding import latex as latex_number
from selfattn.core.rounding import latex_fixed
from selfattn.core.scene import Mover
from selfattn.figures.text import latex
from selfattn.views.trace.decimals import AXES, Written
from selfattn.views.trace.steps import TracedCoordinate, TracedWeight

LARGE = r"\Large"
SIZES = ((40, LARGE), (62, r"\large"))  # letters of a chain that stands on one line of a projector
COMMANDS = re.compile(r"\\[a-z]+|[{}\s]")
ABOVE = r"\rule{0em}{0.95em}"  # KaTeX cuts the top of a fraction off
BELOW = r"\rule[-0.5em]{0em}{0.5em}"  # and takes a name below a term for smaller than it is
LOWERED = {"frequent": "frequency", "distant": "distance"}  # words of ours: a setting
WRITTEN_OUT = 4  # terms up to which a formula shows what each is made of


def weight_chain(traced: TracedWeight, written: Written, settings: Settings) -> list[str]:
    """Write how a weight is made.

    Parameters
    ----------
    traced, written : TracedWeight, Written
    settings : Settings
        What the divisor is made of: √d, where scaled, times the temperature; and why a score is lowered.
    """

    def number(value: float) -> str:
        return latex_fixed(value, written.score)

    def sign(relation: str) -> str:
        return _sign(relation in written.holds)

    letters = (
        ("q", "k") if settings.trained else ("e", "e")
    )  # a trained head asks with one vector, answers with another
    query, key = (
        f"{letter}_{{{latex(written.tokens[place])}}}"
        for letter, place in zip(letters, (traced.i, traced.j), strict=True)
    )
    score, scaled = float(traced.scores[traced.j]), float(traced.scaled[traced.j])
    steps = [(rf"{query} \cdot {key} = {number(score)}", "dot product")]
    if not traced.allowed:
        steps += [(r"-\infty", "may not look"), (r"\exp(-\infty) = 0", "exponential"), ("0", "share")]
        return _captioned(steps)
    divided, shifted = number(score / traced.divisor), number(scaled - traced.shift)
    part = latex_number(float(traced.exponentials[traced.j]), written.exponential)
    if below := _divisor(len(traced.query), settings):
        steps.append((rf"\dfrac{{{ABOVE}{number(score)}}}{{{below}}} {sign('scaled')} {divided}", "scaled"))
    if traced.biased:
        added = _signed(number(float(traced.added[traced.j])))
        because = " or ".join(name for name, on in LOWERED.items() if getattr(settings, on))
        steps.append((rf"{divided} {added} {sign('bias')} {number(scaled)}", f"{because}: lower"))
    if traced.shift:
        less = _signed(number(-traced.shift))
        steps.append((rf"{number(scaled)} {less} {sign('shift')} {shifted}", "less the highest"))
    steps.append((rf"\exp({shifted}) {sign('exp')} {part}", "exponential"))
    total, share = latex_number(traced.total, written.exponential), latex_number(traced.weight, written.share)
    steps.append((rf"\dfrac{{{ABOVE}{part}}}{{{total}}} {sign('share')} \boldsymbol{{{share}}}", "share of the row"))
    return _captioned(steps)


def coordinate_formula(traced: TracedCoordinate, written: Written) -> list[str]:
    """Write a coordinate as a sum; a short sum shows what each part is made of."""
    pieces = [f"{latex(written.tokens[traced.i])}'_{{{traced.dimension + 1}}}"]
    written_out = len(traced.weights) <= WRITTEN_OUT
    if written_out:
        factors = [(traced.weights[place], latex_fixed(traced.values[place], written.value)) for place in written.shown]
        products = [
            rf"{latex_number(weight, written.weight)} \cdot {f'({value})' if value.startswith('-') else value}"
            for weight, value in factors
        ]
        pieces.append("= " + " + ".join(products))
    first, *others = (latex_fixed(part, written.part) for part in gathered(traced.parts, written.shown))
    pieces.append(" ".join([_sign(not written_out or "products" in written.holds), first, *map(_signed, others)]))
    pieces.append(rf"{_sign('sum' in written.holds)} \boldsymbol{{{latex_fixed(traced.contextual, written.part)}}}")
    return [rf"{{{LARGE} {piece}}}" for piece in pieces]


def static_formula(traced: TracedCoordinate, written: Written) -> str:
    """Write the same coordinate of the static vector."""
    word = f"{latex(written.tokens[traced.i])}_{{{traced.dimension + 1}}}"
    return rf"{{{LARGE} \text{{(static: }} {word} = {latex_fixed(traced.static, written.part)}\text{{)}}}}"


def point_formula(mover: Mover, written: Written, axis: int) -> list[str]:
    """Write a place on one axis as the static place and every pull, each over its word."""

    def number(value: float) -> str:
        return latex_fixed(value, written.place)

    pulls = zip(written.names, gathered(mover.steps[:, axis], written.shown), strict=True)
    end = _named("contextual", rf"\boldsymbol{{{number(mover.contextual[axis])}}}")
    pieces = [
        rf"\text{{{AXES[axis]}:}}\;",
        _named("static", number(mover.static[axis])),
        *(_below(rf"{{\small {latex(name)}}}", "{} " + _signed(number(pull))) for name, pull in pulls),
        f"{_sign(AXES[axis] in written.holds)} {end}",
    ]
    return [rf"{{{LARGE} {piece}}}" for piece in pieces]


def _captioned(steps: Sequence[tuple[str, str]]) -> list[str]:
    """Set each step over its name, in one piece that is not broken; arrows lead on, a long chain is smaller."""
    letters = sum(len(COMMANDS.sub("", step.replace(ABOVE, ""))) for step, _ in steps)
    size = next((size for most, size in SIZES if letters <= most), r"\normalsize")
    arrows = ["", *[r"\;\to\;"] * (len(steps) - 1)]
    return [rf"{{{size} {arrow}{_named(name, step)}}}" for arrow, (step, name) in zip(arrows, steps, strict=True)]


def _divisor(width: int, settings: Settings) -> str:
    root = [rf"\sqrt{{{width}}}"] if settings.scale else []
    return r" \cdot ".join([*root, *([f"{settings.temperature:g}"] if settings.temperature != 1 else [])])


def _sign(holds: bool) -> str:
    return "=" if holds else r"\approx"


def _signed(number: str) -> str:
    return f"- {number[1:]}" if number.startswith("-") else f"+ {number}"


def _named(name: str, term: str) -> str:
    """Set a term over a word of ours."""
    return _below(rf"\textsf{{\small {name}}}", term)


def _below(name: str, term: str) -> str:
    return rf"\underset{{{name}{BELOW}}}{{{term}}}"
