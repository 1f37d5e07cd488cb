"""A recorded screen as HTML that needs no program: for a file that opens offline, and on paper."""

import html
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.ArrowData_pb2 import ArrowData
from streamlit.proto.Element_pb2 import Element

from selfattn.frame.away import drawing, markdown
from selfattn.frame.away.record import FINDING, Group, Recorded, kind

PAGE = 1000  # pixels across a page, for which charts are drawn: on paper 18 of them are 9 points
GAP = 20  # pixels between what stands side by side
NARROWEST = 300  # pixels of a column, below which all stands one under the other
LABELLED, SMALLER = 640, 1.3  # pixels that labels beside points were placed for; how much smaller such a chart may be
TALL = 450  # pixels of the height of a chart that has none of its own
ROWS, COLUMNS = 60, 12  # of a table, which a page has room for
FOR_READERS = re.compile(r' (?:tabindex="0"|role="(?:status|term)"|aria-description="[^"]*")')  # of a living page
ONLY_HERE = re.compile(r'\s*<bdi class="sa-here">.*?</bdi>', re.DOTALL)  # what paper cannot do
BLOCKS = ("sa-bars", "<svg", "sa-table", 'role="figure"', "sa-sentence", "sa-sum")  # pictures made of HTML


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the browser draws for the file: the JSON of a chart, or arrows (`drawing.plane`); its size in pixels."""

    kind: str
    content: Any
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes screens, with links to where the app is; keeps what the browser has to draw, by its place in the text."""

    root: str
    drawings: list[Drawing] = field(default_factory=list)

    def body(self, recorded: Recorded) -> str:
        """Write all that stands on a screen; of one without a picture, such as a form, what it finds."""
        elements = list(recorded.drawn.elements())
        if any(map(_pictured, elements)) or not recorded.finding:
            return self.group(recorded.drawn, PAGE)
        return _html(next(element for element in elements if _has(element, FINDING)))

    def group(self, group: Group, width: int) -> str:
        """Write what stands in a container that is so many pixels wide."""
        if widths := _widths(group, width):
            columns = [f'<div style="flex:{each} 1 0">{self.child(child, each)}</div>' for child, each in widths]
            return f'<div class="beside">{"".join(columns)}</div>'
        title = f"<h5>{markdown.inline(group.label)}</h5>" if group.label else ""
        return title + "".join(self.child(child, width) for child in group.children)

    def child(self, child: Group | Element, width: int) -> str:
        """Write a container or an element."""
        return self.group(child, width) if isinstance(child, Group) else self.element(child, width)

    def element(self, element: Element, width: int) -> str:
        """Write an element; nothing for what only works in the app."""
        if write := WRITTEN.get(kind(element)):
            return write(element)
        if kind(element) == "plotly_chart":
            return self._chart(element, width)
        if kind(element) == "page_link":
            return self._link(element)
        if _is_plane(element):
            content = drawing.plane(element.bidi_component)
            (data,), across = content["data"], min(width, PAGE // 2)
            return self._drawing(Drawing("arrows", content, across, data["height"], data["alt"]), across / width)
        return ""

    def _link(self, element: Element) -> str:
        """Write a link to another screen."""
        link = element.page_link
        address = f"{self.root}/{link.page}{'?' if link.query_string else ''}{link.query_string}"
        return f'<a class="on" href="{html.escape(address)}">{markdown.inline(link.label)}</a> '

    def _chart(self, element: Element, width: int) -> str:
        chart = element.plotly_chart
        spec = json.loads(chart.spec)
        labelled = not any(trace.get("type") == "heatmap" for trace in spec["data"])
        across = max(width, min(LABELLED, int(width * SMALLER))) if labelled else width
        height = spec["layout"].get("height") or TALL
        return self._drawing(Drawing("chart", chart.spec, across, int(height), chart.alt))

    def _drawing(self, drawn: Drawing, share: float = 1) -> str:
        self.drawings.append(drawn)
        return f'<figure style="width:{share:.0%}">{place(len(self.drawings) - 1)}</figure>'


def place(number: int) -> str:
    """Mark the place of a drawing in the text: what was typed is escaped, and cannot say so."""
    return f"<!--drawing {number}-->"


def _widths(group: Group, width: int) -> list[tuple[Group | Element, int]]:
    """Give columns their widths in pixels; none where all stands one under the other, as where there is no room."""
    shown = [child for child in group.children if _shows(child)]
    if not group.beside or len(shown) < 2 or not any(map(_has_picture, shown)) or any(map(_splits, shown)):
        return []
    weights = [child.weight if isinstance(child, Group) else 1.0 for child in shown]
    room = width - GAP * (len(shown) - 1)
    widths = [(child, int(room * weight / sum(weights))) for child, weight in zip(shown, weights, strict=True)]
    return widths if all(each >= _least(child) for child, each in widths) else []


def _least(child: Group | Element) -> float:
    """Tell how wide a column has to be, in pixels: its formulas are not broken."""
    texts = [_markdown(element) for element in _elements(child) if kind(element) == "markdown"]
    return max([NARROWEST, *(markdown.letters(text) * PAGE / markdown.ACROSS for text in texts)])


def _elements(child: Group | Element) -> Iterable[Element]:
    return child.elements() if isinstance(child, Group) else [child]


def _splits(child: Group | Element) -> bool:
    """Tell whether pictures stand side by side within a container: they need its width."""
    if not isinstance(child, Group):
        return False
    inner = [one for one in child.children if isinstance(one, Group)]
    return (child.beside and sum(map(_has_picture, child.children)) > 1) or any(map(_splits, inner))


def _shows(child: Group | Element) -> bool:
    """Tell whether there is anything to write."""
    return any(kind(element) in WRITTEN or _pictured(element) for element in _elements(child))


def _has_picture(child: Group | Element) -> bool:
    return any(map(_pictured, _elements(child)))


def _pictured(element: Element) -> bool:
    if kind(element) in ("plotly_chart", "markdown", "dataframe") or _is_plane(element):
        return True
    return any(_has(element, block) for block in BLOCKS)


def _is_plane(element: Element) -> bool:
    component = element.bidi_component
    return kind(element) == "bidi_component" and bool(component.component_name == drawing.ARROWS)


def _has(element: Element, text: str) -> bool:
    return kind(element) == "html" and text in element.html.body


def _html(element: Element) -> str:
    return FOR_READERS.sub("", ONLY_HERE.sub("", element.html.body))


def _markdown(element: Element) -> str:
    return markdown.written(element.markdown.body, 2)


def _alert(element: Element) -> str:
    return f'<div class="note">{markdown.written(element.alert.body)}</div>'


def _code(element: Element) -> str:
    return f"<pre>{html.escape(element.code.code_text)}</pre>"


def _text(element: Element) -> str:
    """Write what stands in a large box, such as a table of words and their numbers."""
    area = element.text_area
    return f"<pre>{html.escape(area.value if area.set_value else area.default)}</pre>"


def table(sent: ArrowData) -> str:
    """Write a table as it is shown, numbers with their decimals; one wider than a page is turned over, or cut."""
    head, rows = _cells(sent)
    if len(head) > COLUMNS and len(rows) < len(head):
        head, *rows = map(list, zip(head, *rows, strict=True))
    left = [
        f"{count - most:,} more {what}"
        for count, most, what in ((len(rows), ROWS, "lines"), (len(head), COLUMNS, "columns"))
        if count > most
    ]
    note = f'<p class="sa-quiet">And {" and ".join(left)}, on the screen.</p>' if left else ""
    lines = "".join(_line("td", row) for row in rows[:ROWS])
    return f'<table class="numbers"><thead>{_line("th", head)}</thead><tbody>{lines}</tbody></table>{note}'


def _line(cell: str, values: list[str]) -> str:
    inside = "".join(f"<{cell}>{html.escape(value)}</{cell}>" for value in values[:COLUMNS])
    return f"<tr>{inside}</tr>"


def _cells(sent: ArrowData) -> tuple[list[str], list[list[str]]]:
    """Read heads and cells as text: those of the styler, where one says how numbers are written."""
    import pyarrow as pa  # what Streamlit packs tables with

    packed = pa.ipc.open_stream(sent.styler.display_values or sent.data).read_pandas()
    return list(map(str, packed.columns)), [list(map(_cell, row)) for row in packed.itertuples(index=False)]


def _cell(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


WRITTEN: dict[str, Callable[[Element], str]] = {
    "html": _html,
    "markdown": _markdown,
    "alert": _alert,
    "code": _code,
    "text_area": _text,
    "dataframe": lambda element: table(element.dataframe.arrow_data),
}
