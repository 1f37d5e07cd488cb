"""The plane with three vectors: dragged in a picture of its own, or typed; both write the one field PLANE."""

import streamlit as st

from selfattn.core.typed import sum_of_products, written
from selfattn.figures.palette import palette
from selfattn.lessons.dot_product import plane
from selfattn.ui import arrows, fields, state, write
from selfattn.ui.run import Run

NUMBERS = "Vectors of your own"
PICTURE = "plane_picture"
BOXES = {name: f"vector {name}" for name in plane.Plane._fields}
LEAST = arrows.Window(left=-4, right=6, bottom=-2, top=6)


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
        st.text_input(f"{name} = (x, y)", key=key, live=True, width=110, on_change=_typed, args=(name,))


def show(run: Run) -> None:
    """Show the arrows, and beside them the three dot products with their numbers."""
    now = vectors()
    finding = plane.finding(now)
    _complain()
    with st.container(key="plane_says"):  # two lines of a phone, so that the picture stays where it is while one drags
        write.finding(finding)
    left, right = st.columns([1.3, 1], gap="medium", vertical_alignment="center")
    with left:
        arrows.show(
            run,
            PICTURE,
            vectors()._asdict(),
            _moved,
            alt=f"Arrows A, B and C from one point. {finding}",
            height=330 if run.phone else run.tall(500, 850),
            least=LEAST,
            farthest=plane.FARTHEST,
        )
    with right:
        write.prose(
            "How alike are two words? Multiply their vectors number by number and add up: the dot product, a scalar. "
            "The larger it is, the more alike they count."
        )
        for names in plane.PAIRS:
            first, second = (getattr(now, name) for name in names)
            with st.container(key=f"equation_{names}", gap=None):
                size = r"\small" if names == "AB" else r"\large"  # the two that the finding compares stand out
                st.markdown(f"${size} {_coloured(run, sum_of_products(names, first, second))}$")
                write.quiet(f"{plane.apart(names, first, second)}.")
        if remark := plane.remark(now):
            write.prose(remark)
        write.quiet("", here="Drag a tip, move it with the arrows of the keyboard, or type.")


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


def _moved(to: object) -> None:
    """Take the vectors from the picture; what is not three vectors is left aside."""
    if moved := plane.read_moved(to):
        for key, vector, last in zip(BOXES.values(), moved, vectors(), strict=True):
            if vector != last:
                st.session_state[key] = plane.write_vector(vector)
        state.put(plane=plane.write_plane(moved))


def _typed(name: str) -> None:
    """Take a vector from its box, if it is one."""
    if vector := plane.read_vector(st.session_state[BOXES[name]]):
        state.put(plane=plane.write_plane(vectors()._replace(**{name: vector})))
