"""The one place for colours, type sizes and the layout that all figures share.

Colours are Okabe & Ito's (2008), told apart under the common kinds of colour blindness. They carry roles: sentence A
and the first sense are orange, sentence B and the second sense blue; what is static is grey and hollow, what is
contextual is full. Light and dark have their own shades, so that words in these colours keep a contrast of 4.5 to 1.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import plotly.graph_objects as go

Stops = list[tuple[float, str]]

LETTERS = "ABCDEF"
CLEAR = "rgba(0,0,0,0)"
LABEL, SMALL, TINY = 18, 15, 12  # pixels: what must be read, what may be, what only names the cells of a long sentence
ROOM_LABEL, ROOM_SMALL = 31, 28  # the same on a projector: 20 points are 26.7 pixels
ROOM_STROKE = 1.6  # times as thick are lines there


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours and sizes of one theme.

    `fills` and `inks` hold one colour a sentence, for shapes and for words; `label`, `small` and `tiny` are pixels of
    type, `stroke` is what the width of a line is multiplied by.
    """

    ink: str
    quiet: str
    line: str
    paper: str
    fills: tuple[str, ...]
    inks: tuple[str, ...]
    weights: tuple[str, ...]
    diverging: tuple[str, ...]
    label: int = LABEL
    small: int = SMALL
    tiny: int = TINY
    stroke: float = 1.0

    @property
    def zoom(self) -> float:
        """Give how many times larger type is than on a laptop."""
        return self.label / LABEL

    @property
    def room(self) -> bool:
        """Tell whether this is for a projector."""
        return self.stroke > 1

    def font(self, size: int | None = None, color: str | None = None) -> dict[str, Any]:
        """Give a font: of the size of labels, in the colour of ink, unless told otherwise."""
        return {"size": size or self.label, "color": color or self.ink}

    def pen(self, color: str, width: float = 1, **settings: Any) -> dict[str, Any]:
        """Give a line, so many pixels wide on a laptop."""
        return {"color": color, "width": width * self.stroke, **settings}


LIGHT = Palette(
    ink="#1B1F24", quiet="#5B6470", line="#D8DCE2", paper="#FFFFFF",
    fills=("#E69F00", "#0072B2", "#009E73", "#CC79A7", "#56B4E9", "#D55E00"),
    inks=("#8A5A00", "#005E94", "#00694D", "#9B3F73", "#1F6E9C", "#A34700"),
    weights=("#F5F3FA", "#C9BFE3", "#8F7BC2", "#5B3F9B", "#2E1065"),
    diverging=("#B35806", "#F1A340", "#F7F7F7", "#67A9CF", "#2166AC"),
)  # fmt: skip
DARK = Palette(
    ink="#F2F4F7", quiet="#B3BBC6", line="#3A414C", paper="#0E1117",
    fills=("#E69F00", "#56B4E9", "#2BC99A", "#E39AC4", "#A6D8F5", "#FF8B4D"),
    inks=("#FFC24D", "#8CCDF4", "#5FE0BA", "#F2B8D8", "#C4E6FA", "#FFAE80"),
    weights=("#1B1730", "#43367A", "#7A66BD", "#B4A2E8", "#EFE9FF"),
    diverging=("#F1A340", "#9C6218", "#20242C", "#2F6E9C", "#67A9CF"),
)  # fmt: skip


def _for_room(colours: Palette, *, ink: str, quiet: str, line: str) -> Palette:
    """Make type larger, lines thicker and greys stronger: what is read from the last row."""
    return replace(
        colours, ink=ink, quiet=quiet, line=line, stroke=ROOM_STROKE, label=ROOM_LABEL, small=ROOM_SMALL,
        tiny=ROOM_SMALL,
    )  # fmt: skip


THEMES = {
    "light": LIGHT,
    "dark": DARK,
    "light room": _for_room(LIGHT, ink="#000000", quiet="#3A424D", line="#AEB5BF"),
    "dark room": _for_room(DARK, ink="#FFFFFF", quiet="#D5DBE3", line="#5A6472"),
}


def palette(theme: str) -> Palette:
    """Give colours and sizes of the theme "light" or "dark", or, for a projector, "light room" or "dark room"."""
    return THEMES.get(theme, LIGHT)


def tint(colour: str, share: float) -> str:
    """Make a colour see-through, for a share from 0 to 1.

    >>> tint("#E69F00", 0.5)
    'rgba(230,159,0,0.50)'
    """
    red, green, blue = (round(255 * channel) for channel in _channels(colour))
    return f"rgba({red},{green},{blue},{share:.2f})"


def scale(colours: tuple[str, ...], power: float = 1.0) -> Stops:
    """Spread colours over 0 to 1, as Plotly wants a colour scale: evenly, or densely near 0 with a power above 1."""
    return [((i / (len(colours) - 1)) ** power, colour) for i, colour in enumerate(colours)]


def readable_on(stops: Stops, place: float) -> str:
    """Choose black or white, whichever stands out more from the colour at this place (0 to 1) of a scale."""
    places, colours = [stop for stop, _ in stops], [_channels(colour) for _, colour in stops]
    mixed = [float(np.interp(place, places, channel)) for channel in zip(*colours, strict=True)]
    linear = [(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4) for channel in mixed]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]  # WCAG 2.2, relative luminance
    return "#000000" if (luminance + 0.05) ** 2 > 0.05 * 1.05 else "#FFFFFF"


def _channels(colour: str) -> list[float]:
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def bare_axis(**settings: Any) -> dict[str, Any]:
    """Give an axis without lines, ticks or numbers."""
    nothing = dict.fromkeys(("showgrid", "zeroline", "showline", "showticklabels"), False)
    return nothing | {"fixedrange": True, "ticks": ""} | settings


def named_axis(places: Sequence[float], names: Sequence[str], font: dict[str, Any], **settings: Any) -> dict[str, Any]:
    """Give an axis with names at places; the names are escaped already."""
    ticks = {"tickmode": "array", "tickvals": list(places), "ticktext": list(names), "tickfont": font}
    return bare_axis(showticklabels=True, **ticks | settings)


def rows_axis(names: Sequence[str], colours: Palette, **settings: Any) -> dict[str, Any]:
    """Give an axis with a name at every row, the first on top; the names are escaped already."""
    rows = {"range": [len(names) - 0.5, -0.5], "automargin": True}
    return named_axis(range(len(names)), names, colours.font(), **rows | settings)


def plane_axes(
    x: Sequence[float], y: Sequence[float], colours: Palette, *, numbered: bool, equal: bool = False, **zero: Any
) -> dict[str, Any]:
    """Give the axes of a plane, equal in scale or not; with numbers, and lines at zero that look so, where these tell.

    Parameters
    ----------
    x, y : sequence of float
        From the first to the last that is shown.
    **zero
        `color` and `width`.
    """
    numbers = {
        "showgrid": True, "gridcolor": tint(colours.line, 0.6), "showticklabels": True, "ticklabelposition": "inside",
        "tickfont": colours.font(colours.small, colours.quiet), "nticks": 8,
    }  # fmt: skip
    looks = {"zeroline": True, **numbers} | {f"zeroline{name}": value for name, value in zero.items()}
    looks = looks if numbered else {}
    looks |= {"constrain": "domain"} if equal else {}  # a window that gets narrow keeps the names where they have room
    scaled = {"scaleanchor": "x"} if equal else {}
    return {"xaxis": bare_axis(range=list(x), **looks), "yaxis": bare_axis(range=list(y), **looks, **scaled)}


def draw(
    traces: list[dict[str, Any]], colours: Palette, height: int, frames: list[dict[str, Any]] | None = None,
    **settings: Any,
) -> go.Figure:  # fmt: skip
    """Make a figure of plain dictionaries, unchecked: checking costs five times as much as drawing does.

    The tests check every figure in full. All have no gridlines, no legend, room for labels and a fixed height, unless
    settings of the layout say otherwise.
    """
    layout = {
        "template": {}, "height": height, "margin": {"l": 8, "r": 8, "t": 8, "b": 8}, "font": colours.font(),
        "paper_bgcolor": CLEAR, "plot_bgcolor": CLEAR, "showlegend": False, "dragmode": False,
        "hoverlabel": {"font": {"size": colours.label}},
    }  # fmt: skip
    spec = {"data": traces, "layout": layout | settings} | ({"frames": frames} if frames else {})
    return _Drawing(spec)


class _Drawing(go.Figure):  # type: ignore[misc]
    """A figure that becomes one only when somebody looks into it: to be shown, its dictionaries are enough.

    Plotly's own start copies and walks through all of them, which is a fifth of a run.
    """

    def __init__(self, spec: dict[str, Any]) -> None:
        self.__dict__["_spec"] = spec

    def __getattr__(self, name: str) -> Any:
        """Become a figure; called only for what is not there yet."""
        if "_data_objs" in self.__dict__ or "_spec" not in self.__dict__ or name == "_data_objs":
            raise AttributeError(name)
        super().__init__(self._spec, _validate=False)
        return getattr(self, name)

    def to_dict(self) -> dict[str, Any]:
        """Give the dictionaries, as Plotly writes them to JSON."""
        if "_data_objs" in self.__dict__:
            return dict(super().to_dict())
        data = [{key: _packed(value) for key, value in trace.items()} for trace in self._spec["data"]]
        return {**self._spec, "data": data}


def _packed(value: Any) -> Any:
    """Write an array of floats, or of numbers from 0, as Plotly does: its bytes, and what they are."""
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "fu" or not value.size:
        return value
    kind, packed = f"{value.dtype.kind}{value.itemsize}", b64encode(value.tobytes()).decode("ascii")
    shape = {"shape": ", ".join(map(str, value.shape))} if value.ndim > 1 else {}
    return {"dtype": kind, "bdata": packed} | shape


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels that the figure has at least: labels placed for it fit any wider one; the height is the figure's own."""

    width: int = 640
    height: int = 520

    @property
    def narrow(self) -> bool:
        """Tell whether this is a phone."""
        return self.width < NARROW


PHONE = Size(340, 440)
NARROW = 500  # pixels: a phone

MOST = 20  # words of a ranking or a table: more cannot be read from the back of a room
