"""A notebook as a file: nbformat 4.5; its code needs NumPy alone, and Matplotlib for the pictures.

The format: https://nbformat.readthedocs.io/en/latest/format_description.html
"""

import html
import inspect
import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser
from io import StringIO
from typing import Any

import numpy as np

from selfattn.frame.away import notebook_pictures
from selfattn.frame.away.frozen import stand_ins
from selfattn.frame.away.frozen.program import Frozen, freeze
from selfattn.frame.away.frozen.trace import Trace
from selfattn.frame.away.frozen.values import RECORDS, Fields

DATA = "# What the app looked up, or computed of too much to be written here"
COMPARED = 8  # numbers of each name that the last cell of a screen compares
STAND_INS = ("all_numbers", "unpacked", "Vectors", "centring", "softmax", "Attended", "Axes")
MOST_PRINTED = 20_000  # letters that are kept of what a cell prints; of more, nothing
LONG = 3_000  # letters of a cell that JupyterLab opens folded
NEEDS = (
    "It needs NumPy, and Matplotlib for the pictures (`pip install numpy matplotlib`), and nothing else: what the app "
    "looked up is written in, and the rest is computed here."
)


class NotebookError(Exception):
    """A screen has no notebook; the message says why."""


@dataclass(frozen=True, slots=True)
class Program:
    """The code of a screen as a notebook has it: its cells, and what they and their pictures need before all."""

    source: str
    stand_ins: frozenset[str]
    fields: Fields
    cells: tuple[dict[str, Any], ...]
    pictures: str


@dataclass(frozen=True, slots=True)
class Part:
    """What a screen gives to a notebook.

    Attributes
    ----------
    title, finding : str
        As text, without markup.
    link : str
        Its address.
    program : Program, optional
        What it computes; None where that is nothing.
    """

    title: str
    finding: str
    link: str
    program: Program | None = None


def notebook(title: str, parts: Sequence[Part]) -> str:
    """Write a notebook of screens, as JSON; lines that several have stand there once."""
    seen: dict[str, str] = {}
    cells = []
    for part in parts:
        cells.append(_text(f"## {markdown(part.title)}\n\n{markdown(part.finding)}\n\n<{part.link}>"))
        if part.program and (first := seen.setdefault(part.program.source, part.title)) != part.title:
            cells.append(_text(f"Its lines are those of “{markdown(first)}”."))
        elif part.program:
            cells += part.program.cells
    programs = [part.program for part in parts if part.program]
    needed = _start({name for each in programs for name in each.stand_ins}, [each.fields for each in programs])
    pictures = dict.fromkeys(each.pictures for each in programs if each.pictures)
    top = [_text(f"# {markdown(title)}\n\n{NEEDS}"), _code(needed), *map(_code, pictures)]
    numbered = [{**cell, "id": f"cell-{number}"} for number, cell in enumerate([*top, *cells], 1)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return json.dumps({"cells": numbered, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def program_of(trace: Trace) -> Program:
    """Make the cells of code that was run: its data, its lines, a check, and pictures.

    Raises
    ------
    NotebookError
        What they compute is not what the app computed.
    """
    frozen = freeze(trace)
    data, check = "\n".join(frozen.data), _check(trace, frozen)
    needed = frozenset(name for name in STAND_INS if f"{name}(" in f"{data} {frozen.code} {check}")
    needed |= {"softmax"} if "Attended" in needed else set()
    names, (_, printed, checked) = _run([_start(needed, [frozen.fields]), data], frozen.code, check)
    own = {name: value for name, value in names.items() if name in trace.names}  # not those of the data alone
    start, *drawn = notebook_pictures.picture_cells(own) or [""]
    cells = [_code(f"{DATA}\n{data}")] if data else []
    cells += [_code(frozen.code, printed), *([_code(check, checked)] if check else []), *map(_code, drawn)]
    trace.names.clear()  # as above: what a class asks for would pile up
    return Program(trace.source, needed, frozen.fields, tuple(cells), start)


def _run(before: Iterable[str], code: str, check: str) -> tuple[dict[str, Any], tuple[str, str, str]]:
    """Run the cells as a notebook does, so that none is given away that fails: its names, and what each prints."""
    names: dict[str, Any] = {"__name__": "notebook"}
    outputs = []
    for source in ("\n".join(before), code, check):
        printed = StringIO()
        names["print"] = partial(print, file=printed)
        try:
            exec(compile(source, "notebook", "exec"), names)  # noqa: S102 - what was typed is strings in lines of ours
        except Exception as error:
            raise NotebookError("What the notebook computes is not what the app computed.") from error
        outputs.append(printed.getvalue())
    left = {name: value for name, value in names.items() if name not in ("print", "__builtins__")}
    names.clear()  # its functions hold it, and it holds them: a garbage collector would come late for its arrays
    return left, (outputs[0], outputs[1], outputs[2])


def _start(needed: Collection[str], fields: Sequence[Fields]) -> str:
    """Write what all that follows needs: imports, and what stands in for selfattn."""
    records = list(_records(fields))
    imports = ["import base64"] if "unpacked" in needed else []
    imports += ["from collections import namedtuple"] if records else []
    lines = [inspect.getsource(getattr(stand_ins, name)).rstrip() for name in STAND_INS if name in needed]
    parts = ["\n".join([*imports, *([""] if imports else []), "import numpy as np"]), "\n".join(records), *lines]
    return "\n\n\n".join(part for part in parts if part)


def _records(fields: Sequence[Fields]) -> Iterator[str]:
    """Write the records, with what any of the programs needs of them."""
    for kind, all_names in RECORDS.items():
        has = [each[kind] for each in fields if kind in each]
        if names := [name for name in all_names.split() if any(name in each for each in has)]:
            partly = any(len(each) < len(names) for each in has)
            defaults = f", defaults=[None] * {len(names)}" if partly else ""
            yield f'{kind.__name__} = namedtuple("{kind.__name__}", "{" ".join(names)}"{defaults})'


def _check(trace: Trace, frozen: Frozen) -> str:
    """Write the cell that compares what is computed with what the app computed."""
    wanted = {name: _first(trace.names[name]) for name in frozen.computed}
    wanted = {name: numbers for name, numbers in wanted.items() if numbers}
    if not wanted:
        return ""
    rows = [f'    "{name}": (all_numbers({name}), {_rounded(numbers)}),' for name, numbers in wanted.items()]
    signs = "linalg.svd" in frozen.code  # of which nothing says on which side a direction points
    here, there, without = ("np.abs(here)", "np.abs(there)", " without their signs") if signs else ("here", "there", "")
    return f"""\
compared = {{  # what is computed here, and what the app computed: the first {COMPARED} numbers{without}
{chr(10).join(rows)}
}}
for name, (here, there) in compared.items():
    here = here[: len(there)]
    assert np.allclose({here}, {there}, rtol=1e-4, atol=1e-5), (name, here, there)
print("As in the app:", ", ".join(compared))"""


def _first(value: Any) -> list[float]:
    """List the first numbers in a value."""
    return list(stand_ins.all_numbers(value)[:COMPARED])  # type: ignore[no-untyped-call]


def _rounded(numbers: Sequence[float]) -> str:
    shown = (f"{number:.6g}" if np.isfinite(number) else f"float('{number}')" for number in numbers)
    return f"[{', '.join(shown)}]"


def _text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code(source: str, printed: str = "") -> dict[str, Any]:
    outputs = [{"output_type": "stream", "name": "stdout", "text": printed}] if 0 < len(printed) < MOST_PRINTED else []
    folded = {"jupyter": {"source_hidden": True}} if len(source) > LONG else {}
    cell = {"cell_type": "code", "execution_count": None, "metadata": folded, "outputs": outputs}
    return cell | {"source": source.strip("\n")}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words(body: str) -> str:
    """Give the words of HTML.

    >>> words("<p>3 &lt; <b>4</b></p>")
    '3 < 4'
    """
    reader = _Words()
    reader.feed(body)
    reader.close()
    return " ".join("".join(reader.words).split())


def markdown(text: str) -> str:
    r"""Write text so that Jupyter's Markdown shows it as it is: no markup, no formulas, in one line.

    >>> markdown("*a* <b> $x$"), markdown("1. b_c"), markdown("- d")
    ('\\*a\\* &lt;b> \\$x\\$', '1\\. b\\_c', '\\- d')
    """
    escaped = re.sub(r"([\\`*_\[\]$~|])", r"\\\1", " ".join(text.split()))
    escaped = re.sub(r"^(\d*)([-+#>.)=])", r"\1\\\2", escaped)
    return html.escape(escaped, quote=False).replace("&gt;", ">")
