"""Frequent words: how long their vectors are."""

from selfattn.lessons.explore import code as snippets
from selfattn.lessons.explore import frequency_prose as prose
from selfattn.lessons.explore.boxes import NUMBERS, WIDE
from selfattn.lessons.explore.frequency_figure import norms_figure
from selfattn.sets.explore.frequency import Norms, norms_by_rank
from selfattn.ui import charts, tables, write
from selfattn.ui.run import Run
from selfattn.views.choice import Choice

LENGTH = (
    "A dot product is a cosine times both lengths: of two words that point the same way, the one with the longer "
    "vector gets more of the attention."
)


def often(run: Run) -> Choice:
    """Show the lengths of the vectors by rank; nothing is chosen."""
    norms = norms_by_rank(run.vectors)
    return Choice(lambda: _show(run, norms), snippets.lengths)


def _show(run: Run, norms: Norms) -> None:
    write.finding(prose.lengths(norms))
    picture = norms_figure(norms, size=run.size(400, 700, wide=WIDE), theme=run.theme)
    charts.show(picture, key="lengths", alt=prose.lengths_alt(norms))
    write.prose(LENGTH)
    tables.once_asked(NUMBERS, lambda: [tables.listing(norms.bands, "from rank", "to rank", "mean length")])
