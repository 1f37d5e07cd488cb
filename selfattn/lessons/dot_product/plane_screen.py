"""The plane with three vectors: dragged in a picture of its own, or typed; both write the one field PLANE."""

from pathlib import Path

import streamlit as st

from selfattn.core.typed import sum_of_products, written
from selfattn.figures.palette import palette
from selfattn.lessons.dot_product import plane
from selfattn.ui import boxes, fields, state, write
from selfattn.ui.run import Run

PICTURE = "plane_picture"
BOXES = {name: f"vector {name}" for name in plane.Plane._fields}
HERE = Path(__file__).parent
_picture = st.components.v2.component(
    "selfattn_plane",
    html='<div class="plane"></div>',
    css=(HERE / "plane.css").read_text(encoding="utf-8"),
    js=(HERE / "plane.js").read_text(encoding="utf-8"),
)


def vectors() -> plane.Plane:
    """Give the three vectors as they stand."""
    return plane.read_plane(state.get(fields.PLANE))


def type_them() -> None:
    """Draw a box a vector; what is half typed stays as it is typed."""
    for name, vector in vectors()._asdict().items():
        key = BOXES[name]
        typed = st.session_state.get(key)
        if typed is None or plane.read_vector(typed) not in (None, vector):
            st.session_state[key] = plane.write_vector(vector)
        st.text_input(
            f"{name} = (x, y)", key=key, live=boxes.PAUSE, max_chars=40, width=110, on_change=_typed, args=(name,)
        )


def show(run: Run) -> None:
    """Show the arrows, and beside them the three dot products with their numbers."""
    now = vectors()
    finding = plane.finding(now)
    _complain()
    with st.container(key="plane_says"):  # two lines of a phone, so that the picture stays where it is while one drags
        write.finding(finding)
    left, right = st.columns([1.3, 1], gap="medium", vertical_alignment="center")
    with left:
        picture(run, f"Arrows A, B and C from one point. {finding}", height=330 if run.phone else run.tall(500, 850))
    with right:
        write.prose(
            "How alike are two words? Multiply their vectors number by number and add up: the dot product, a scalar. "
            "The larger it is, the more alike they are."
        )
        for names in plane.PAIRS:
            first, second = (getattr(now, name) for name in names)
            with st.container(key=f"equation_{names}", gap=None):
                size = r"\small" if names == "AB" else r"\large"  # the two that the finding compares stand out
                st.markdown(f"${size} {_coloured(run, sum_of_products(names, first, second))}$")
                write.quiet(f"{plane.apart(names, first, second)}.")
        if remark := plane.remark(now):
            write.prose(remark)
        write.quiet("Drag a tip, move it with the arrows of the keyboard, or type.")


def _coloured(run: Run, formula: str) -> str:
    """Give the two names that a formula begins with the colours of their arrows."""
    left, right = formula.split(" = ", 1)
    inks = dict(zip(plane.Plane._fields, palette(run.theme).inks, strict=False))
    names = (rf"\textcolor{{{inks[name]}}}{{\mathbf{{{name}}}}}" for name in (left[0], left[-1]))
    return " \\cdot ".join(names) + f" = {right}"


def _complain() -> None:
    """Say of every box that cannot be read what arrived and what is wanted."""
    for name, vector in vectors()._asdict().items():
        typed = str(st.session_state.get(BOXES[name], ""))
        if not plane.read_vector(typed):
            stays = ", ".join(written(number) for number in vector)
            write.quiet(f"{name} stays at ({stays}): “{typed}” is not {plane.WANTED}.")


def picture(run: Run, alt: str, *, height: int) -> None:
    """Draw the arrows; a moved tip comes back through the callback.

    Messages are counted, and the count goes back with the vectors: while a tip is dragged on, answers to where it has
    been are late, and the picture leaves them aside.
    """
    colours = palette(run.theme)
    moved = st.session_state.get(PICTURE, {}).get("moved")
    data = {
        "vectors": [list(vector) for vector in vectors()],
        "turn": moved.get("turn", 0) if isinstance(moved, dict) else 0,
        "height": height,
        "alt": alt,
        "colours": list(colours.inks[: len(plane.Plane._fields)]),
        **{name: getattr(colours, name) for name in ("label", "small", "stroke", "ink", "quiet", "line", "paper")},
    }
    _picture(key=PICTURE, data=data, on_moved_change=_moved)


def _moved() -> None:
    """Take the vectors from the picture; what is not three vectors is left aside."""
    try:
        moved = plane.read_moved(st.session_state[PICTURE]["moved"]["vectors"])
    except (KeyError, TypeError):
        return
    if moved:
        for key, vector, last in zip(BOXES.values(), moved, vectors(), strict=True):
            if vector != last:
                st.session_state[key] = plane.write_vector(vector)
        state.put(plane=plane.write_plane(moved))


def _typed(name: str) -> None:
    """Take a vector from its box, if it is one."""
    if vector := plane.read_vector(st.session_state[BOXES[name]]):
        state.put(plane=plane.write_plane(vectors()._replace(**{name: vector})))
