"""All ways to a contextual vector, side by side."""

from collections.abc import Sequence

from selfattn.core.methods import measured
from selfattn.core.transformer import Encoded
from selfattn.figures.palette import Size
from selfattn.lessons.transformer import beside_prose as prose
from selfattn.lessons.transformer.beside_code import code
from selfattn.lessons.transformer.beside_figure import beside_chart
from selfattn.lessons.transformer.beside_measures import PAIRS, Compared, compare, pair_of
from selfattn.ui import boxes, charts, fields, session_sets, state, tables, topic, write
from selfattn.ui.run import Run
from selfattn.ui.step import Shown
from selfattn.views import predict

LAPTOP, WIDE = 900, 1400  # pixels of the picture, at least: the table stands in it
HEIGHT, ROOM, PHONE = 346, 600, Size(340, 470)


def show(run: Run, _: Sequence[Encoded | None], word: str | None) -> Shown:
    """Ask which of two does better; then set all ways side by side: without a transformer, the others."""
    word = word or topic.of_lessons(run).word
    texts = [state.get("a"), state.get("b")]
    if word is None:
        return Shown(draw=lambda: write.quiet(prose.NOTHING), source=str, code=False, numbers=prose.NUMBERS)
    compared = compare(texts, word, session_sets.bundled().vectors, drop_punctuation=run.drops)
    return Shown(
        draw=lambda: _draw(run, texts, compared),
        source=lambda: code(texts, compared, drop_punctuation=run.drops),
        asks=True,
        code=True,
        numbers=prose.NUMBERS,
    )


def _draw(run: Run, texts: Sequence[str], compared: Compared) -> None:
    numbers = measured()
    asked, truth, because = prose.question(numbers), prose.truth(numbers), prose.because(numbers)
    if predict.waiting(run, asked, prose.GUESSES, truth, because=because):
        return
    answered = state.get(fields.GUESS) in prose.GUESSES
    write.finding(*prose.finding(compared, numbers, pair_of(texts, compared.word), answered=answered))
    size = PHONE if run.phone else run.size(HEIGHT, ROOM, laptop=LAPTOP, wide=WIDE)
    figure = beside_chart(
        prose.tracks(compared), prose.ends(compared), prose.columns(numbers), over=prose.OVER, size=size,
        theme=run.theme,
    )  # fmt: skip
    charts.show(figure, key="beside", alt=prose.alt(compared, numbers))
    if size.narrow:
        write.table(prose.OVER, *prose.cells(numbers))
    fills = {pair.title: {"a": pair.a, "b": pair.b, "word": pair.word} for pair in PAIRS}
    boxes.pills("differ", prose.DIFFER, fills)
    other_set = run.vectors is not session_sets.bundled().vectors
    write.quiet(prose.note(numbers, other_set=other_set))
    tables.once_asked(prose.TABLE, lambda: [tables.styled(prose.table(compared, numbers))])
