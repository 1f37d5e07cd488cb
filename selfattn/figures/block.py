"""The block of a transformer as a picture: its parts from the text to the new vectors, and what belongs to each."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from selfattn.figures.palette import Palette

TIED, CORE = 3, 2  # the colours of a part with something beside it, and of what the lessons have shown: no sentence's


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its name, what it does, whether it is inside the layer that repeats, and whether the lessons had it.

    `beside` and `below` stand at its left, such as the failing that it mends and how bad that is now, or the shape of
    what goes in; both may be empty.
    """

    name: str
    does: str
    inside: bool = False
    core: bool = False
    beside: str = ""
    below: str = ""


def block(
    parts: Sequence[Part], *, repeats: str, shortcuts: Sequence[tuple[int, int]], alt: str, colours: Palette
) -> str:
    """Draw the parts from top to bottom, as HTML that is escaped already.

    Parameters
    ----------
    parts : sequence of Part
        Those inside the layer stand together.
    repeats : str
        What is written on the frame of the layer.
    shortcuts : sequence of (int, int)
        The first and the last part, from 0, that each of them leads around.
    alt : str
    colours : Palette
    """
    inside = [row for row, part in enumerate(parts) if part.inside]
    first, last = inside[0], inside[-1]
    lines = [*range(1, first + 1), *range(first + 2, len(parts) + 2)]  # the line between is for the frame's own words
    frame = (
        f'<div style="grid-area:{first + 1} / 3 / {last + 3} / 4;border:2px dashed {colours.quiet};'
        f'margin-bottom:-0.2rem;border-radius:0.7rem"></div>'
        f'<div style="grid-area:{first + 1} / 3;padding:0.1rem 0.7rem 0;margin:2px;z-index:1;border-radius:0.6rem;'
        f'background:{colours.paper}">↻ {html.escape(repeats)}</div>'
    )
    flow = (
        f'<div style="grid-area:1 / 3 / {len(parts) + 2} / 4;justify-self:center;width:3px;'
        f'background:{colours.quiet}"></div>'
    )
    around = "".join(
        f'<div style="grid-area:{lines[start]} / 3 / {lines[end] + 1} / 4;justify-self:end;width:1.1rem;z-index:1;'
        f"margin:0.3rem 0.5rem 0.3rem 0;border:3px solid {colours.quiet};border-left:none;"
        f'border-radius:0 0.8rem 0.8rem 0"></div>'
        for start, end in shortcuts
    )
    rows = "".join(_row(line, part, colours) for line, part in zip(lines, parts, strict=True))
    return (
        f'<div role="figure" aria-label="{html.escape(alt)}" class="sa-prose" style="display:grid;margin:0;'
        f"grid-template-columns:auto auto minmax(0,1fr);column-gap:0.4rem;row-gap:0.35rem;align-items:stretch;"
        f'color:{colours.ink};line-height:1.25">{frame}{flow}{around}{rows}</div>'
    )


def _row(line: int, part: Part, colours: Palette) -> str:
    """Draw a part as a box, and what stands beside it, with an arrow from the one to the other."""
    ink = colours.inks[CORE if part.core else TIED]
    edge = ink if part.beside or part.core else colours.quiet
    beside = (
        f'<div style="grid-area:{line} / 1;text-align:right;align-self:center"><b>{html.escape(part.beside)}</b>'
        f"{part.below and f'<br>{html.escape(part.below)}'}</div>"
        f'<div style="grid-area:{line} / 2;align-self:center;color:{edge};font-weight:700" aria-hidden="true">→</div>'
        if part.beside
        else ""
    )
    margin = "0 2.2rem 0 0.6rem" if part.inside else "0"
    return (
        f'{beside}<div style="grid-area:{line} / 3;z-index:2;align-self:center;margin:{margin};padding:0.25rem 0.7rem;'
        f'border:{"4px" if part.core else "2px"} solid {edge};border-radius:0.5rem;background:{colours.paper}">'
        f"<b>{html.escape(part.name)}</b> {html.escape(part.does)}</div>"
    )
