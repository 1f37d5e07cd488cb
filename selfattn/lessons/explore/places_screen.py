"""Where words lie: on the line between two words, and on the map of a neighbourhood."""

import streamlit as st

from selfattn.lessons.explore import boxes, prose
from selfattn.lessons.explore import code as snippets
from selfattn.lessons.explore.boxes import NUMBERS, WIDE
from selfattn.lessons.explore.line_figure import axis_figure
from selfattn.lessons.explore.map_figure import map_figure
from selfattn.sets.explore import ExploreError, examples
from selfattn.sets.explore.places import AXES, SemanticAxis, WordMap, semantic_axis, word_map
from selfattn.ui import charts, fields, state, tables, widgets, word_boxes, write
from selfattn.ui.run import Run
from selfattn.views.choice import Choice

ON_MAP, IN_SPACE, ON_PHONE = 30, 18, 15  # neighbours on two axes, on three, and on a phone
ENDS = 2


def line(run: Run) -> Choice:
    """Draw the box of the two ends of a line, and that of the words along it."""
    vectors, usual = run.vectors, boxes.usual(run)
    ends = boxes.words(run, fields.ENDS, "From one word to another", examples.ends(vectors, usual), width=230)
    unknown = word_boxes.unknown(run, ends)
    named = ends if len(ends) == ENDS and not unknown else examples.ends(vectors, usual)
    default = examples.along(named[0], named[1], vectors, usual) if len(named) == ENDS else usual
    placed = boxes.words(run, fields.ALONG, "Words to place on the line", default, width=620)
    if len(ends) != ENDS:
        count = f"here {'is' if len(ends) == 1 else 'are'} {len(ends)}"
        raise ExploreError(f"A line leads from one word to another, such as “money river”; {count}. Type two words.")
    if unknown:
        return boxes.lacking(run, unknown, fields.ENDS)
    axis = semantic_axis(ends[0], ends[1], placed, vectors)
    code = snippets.line(axis.left, axis.right, [word for word, _ in axis.places])
    return Choice(lambda: _show_line(run, axis), lambda: code)


def _show_line(run: Run, axis: SemanticAxis) -> None:
    write.finding(prose.axis(axis))
    if left_out := prose.left_out(axis.given):
        write.quiet(left_out)
    picture = axis_figure(axis, size=run.size(420, 700, wide=WIDE), theme=run.theme)
    charts.show(picture, key="line", alt=prose.axis_alt(axis))
    write.prose(
        f"A word lies far to the right if its vector is more like that of “{axis.right}” than like that of "
        f"“{axis.left}”: the difference of the two cosines, so that the ends lie at −1 and 1."
    )
    tables.once_asked(NUMBERS, lambda: [tables.listing(axis.places, "word", "place")])


def map_(run: Run) -> Choice:
    """Draw the box of a word, and the choice of two axes or three."""
    with st.container(width="content"):
        st.segmented_control("Axes", AXES, required=True, **widgets.of_field(fields.AXES))
    word, axes = boxes.word(run), int(state.get(fields.AXES))
    if word not in run.vectors.key_to_index:
        return boxes.lacking(run, [word])
    most = ON_PHONE if run.phone else IN_SPACE if axes == max(AXES) else ON_MAP
    places = word_map(word, run.vectors, most, axes)
    code = snippets.map_(word, most=most, axes=axes, width=run.vectors.vector_size)
    return Choice(lambda: _show_map(run, places), lambda: code)


def _show_map(run: Run, places: WordMap) -> None:
    write.finding(prose.map_(places))
    picture = map_figure(places, size=run.size(440, 760, wide=WIDE), theme=run.theme)
    charts.show(picture, key="map", alt=prose.map_alt(places))
    axes = places.points.shape[1]
    turn = "Drag the map to turn it." if axes == max(AXES) else ""
    write.quiet("The stronger the colour, the nearer the word.", here=turn)
    numbers = zip(places.words, places.cosines, *places.points.T, strict=True)
    names = [f"axis {number}" for number in range(1, axes + 1)]
    tables.once_asked(NUMBERS, lambda: [tables.listing(numbers, "word", "cosine", *names)])
