"""What if a word is left out, swapped, repeated or moved: before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from selfattn import figures
from selfattn.core import describe
from selfattn.core.senses import AmbiguousWord
from selfattn.core.sentences import MAX_TOKENS, TextError
from selfattn.core.similarity import cosine
from selfattn.figures.meter import meaning_meter_figure
from selfattn.figures.palette import LETTERS, palette
from selfattn.ui import boxes, charts, fields, panels, state, tables, widgets, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.views.whatif import change as whatif
from selfattn.views.whatif import prose
from selfattn.views.whatif.change import BeforeAfter, Changed
from selfattn.views.whatif.figure import before_after_bars

TITLES = {"leave": "Leave out", "swap": "Swap", "repeat": "Repeat", "move": "Move"}
NAMES = ("before", "after")
CHOSEN_OF, CHOSEN_PLACE, CHOSEN_TO = "changed sentence", "changed word", "new place"
LINES = "3.6em"  # two lines of a sentence: what is longer scrolls
ROWS, ROOM_ROWS = 7, 5  # words that the bars name, the rest summed up as one
ROW, ROOM_ROW = 38, 56  # pixels that the two bars of a word take


def show(run: Run, results: Sequence[Result], sense: AmbiguousWord | None) -> None:
    """Show a change of one sentence."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        before = _sentence(results)
        change = _change()
        place = _place(run, before, change)
        made = _alone(before, change) if place is None else _made(run, before, change, place, sense)
    if place is None or isinstance(made, str):
        st.warning(write.plain(str(made)), icon=":material/info:")
        return
    after = _computed(run, made, sense)
    seen = BeforeAfter(
        change,
        place,
        before.sentence.tokens,
        before.row,
        before.trace.weights[before.row],
        made,
        after.trace.weights[after.row],
    )
    _picture(run, seen, _in_role(before, 0), after, sense)


def _sentence(results: Sequence[Result]) -> Result:
    """Draw the choice of the sentence, where there are several."""
    by_name = {fields.SENTENCES[one.role]: one for one in results}
    wanted = state.get(fields.OF)
    chosen = wanted if wanted in by_name else next(iter(by_name))
    if len(results) == 1:
        return by_name[chosen]
    st.segmented_control(
        "Sentence to change",
        list(by_name),
        required=True,
        format_func=lambda name: LETTERS[by_name[name].role],
        label_visibility="collapsed",
        **widgets.widget(CHOSEN_OF, chosen, _take_sentence),
    )
    return by_name[chosen]


def _take_sentence(name: str) -> None:
    state.forget_places(row=False)
    state.put(of=name)


def _change() -> whatif.Change:
    st.segmented_control(
        "What to do",
        fields.CHANGES,
        key=fields.CHANGE,
        persist_state="session",
        required=True,
        format_func=lambda name: TITLES[name],
        label_visibility="collapsed",
    )
    change: whatif.Change = state.get(fields.CHANGE)
    return change


def _place(run: Run, one: Result, change: whatif.Change) -> int | None:
    """Draw the choice of the word; None where no word can be changed so. The followed word must stay."""
    tokens = one.sentence.tokens
    stays = change in ("leave", "swap")
    places = [at for at in range(len(tokens)) if not (stays and at == one.row)]
    if not places or (change == "move" and len(tokens) == 1):
        return None
    wanted, heaviest = state.get(fields.PLACE), whatif.heaviest_other(one.trace.weights[one.row], one.row)
    shown = wanted if wanted in places else one.row if heaviest is None else heaviest
    named = [f"{at}  {token}" for at, token in enumerate(tokens, 1)]
    with st.container(width=run.tall(200, 330)):
        chosen: int = st.selectbox(
            "Which word",
            places,
            format_func=named.__getitem__,
            label_visibility="collapsed",
            **widgets.widget(CHOSEN_PLACE, shown, lambda place: state.put(place=place), labels=named),
        )
    return chosen


def _alone(one: Result, change: whatif.Change) -> str:
    done = {"leave": "to leave out", "swap": "to swap"}.get(change, "to change places with")
    return f"“{one.word}” stands alone: there is no other word {done}. Repeat it, or type a second word."


def _made(run: Run, one: Result, change: whatif.Change, place: int, sense: AmbiguousWord | None) -> Changed | str:
    """Draw what else the change needs, and make it; where it cannot be made, say why."""
    tokens = one.sentence.tokens
    by: tuple[str, ...] | str = _new_words(run, one, sense) if change == "swap" else ()
    to = _new_place(run, tokens, place) if change == "move" else None
    if isinstance(by, str):
        return by
    if by == (tokens[place],):
        return f"“{tokens[place]}” is there already: type another word to put in its place."
    made = whatif.changed(tokens, change, place, by=by, to=to, row=one.row)
    if len(made.tokens) > MAX_TOKENS:
        return (
            f"This sentence has {len(tokens)} words and would have {len(made.tokens)}: "
            f"no more than {MAX_TOKENS} are computed. Leave a word out instead."
        )
    return made


def _new_words(run: Run, one: Result, sense: AmbiguousWord | None) -> tuple[str, ...] | str:
    """Draw the box for the new words; where none of them is known, say so."""
    suggested = _suggestion(run, one, sense)
    st.html('<p class="sa-quiet">for</p>', width="content")
    with st.container(width=run.tall(220, 360)):
        typed = st.text_input(
            "New words",
            key=fields.BY,
            persist_state="session",
            live=boxes.PAUSE,
            max_chars=fields.MAX_CHARACTERS,
            placeholder=suggested,
            label_visibility="collapsed",
        )
    if not (typed or "").strip():
        return (suggested,)
    try:
        found = run.embed(typed, drop_punctuation=run.drops)
    except TextError as error:
        return str(error)
    for line in boxes.remarks(found):
        write.quiet(line)
    return found.tokens


def _suggestion(run: Run, one: Result, sense: AmbiguousWord | None) -> str:
    nearest = None
    if one.meter:
        start, end = one.meter
        nearest = describe.goal(start, end) or max(end, key=lambda name: end[name])
    return whatif.suggestion(one.sentence.tokens, run.vectors.key_to_index, sense.poles if sense else {}, nearest)


def _new_place(run: Run, tokens: Sequence[str], place: int) -> int:
    """Draw the choice of the place that a word moves to: the far end, unless somebody says otherwise."""
    places = [at for at in range(len(tokens)) if at != place]
    others = [token for at, token in enumerate(tokens) if at != place]
    wanted, far = state.get(fields.TO), places[-1] if place < len(tokens) / 2 else places[0]
    shown = wanted if wanted in places else far

    def where(at: int) -> str:
        return f"{at + 1}  {prose.where([*others[:at], tokens[place], *others[at:]], at)}"

    named = {at: where(at) for at in places}
    with st.container(width=run.tall(220, 360)):
        chosen: int = st.selectbox(
            "New place",
            places,
            format_func=named.__getitem__,
            label_visibility="collapsed",
            **widgets.widget(CHOSEN_TO, shown, lambda to: state.put(to=to), labels=list(named.values())),
        )
    return chosen


def _computed(run: Run, made: Changed, sense: AmbiguousWord | None) -> Result:
    sentence = run.embed(list(made.tokens))
    return _in_role(panels.compute_row(run, sentence, made.row, sense), 1)


def _in_role(result: Result, role: int) -> Result:
    """Show a sentence in the colour of "before" (0) or of "after" (1), whatever its letter."""
    return replace(result, role=role, reading=result.reading and replace(result.reading, role=role))


def _picture(run: Run, seen: BeforeAfter, before: Result, after: Result, sense: AmbiguousWord | None) -> None:
    meters = (before.reading.after, after.reading.after) if before.reading and after.reading else None
    ends = [one.trace.output[one.row] for one in (before, after)]
    alike = cosine(*ends)
    write.finding(prose.finding(seen, meters=meters, alike=alike, distance=run.settings.distance))
    left, right = st.columns([1, 1.15], gap="medium")
    with left:
        _tinted(run, before)
        _tinted(run, after)
        _bars(run, seen)
        _meter(run, before, after)
    with right:
        _motion(run, before, after, sense)
        _table(seen, before, after)


def _tinted(run: Run, one: Result) -> None:
    colours = palette(run.theme)
    body = figures.tinted_sentence(one.sentence, one.trace.weights[one.row], one.row, role=one.role, theme=run.theme)
    edge = palette("light").inks[one.role]
    looks = f"background:{edge};border:2px solid {edge}" if one.role else f"color:{colours.inks[0]};border:2px solid"
    badge = f'<span class="sa-letter" style="padding:0 0.5em;{looks}">{NAMES[one.role]}</span>'
    st.html(f'<p class="sa-sentence" tabindex="0" style="max-height:{LINES};color:{colours.ink}">{badge}{body}</p>')


def _bars(run: Run, seen: BeforeAfter) -> None:
    every = seen.pairs()
    room = ROOM_ROWS - (len(every) > ROOM_ROWS)  # a longer sentence takes a second line
    pairs = whatif.telling(every, run.tall(ROWS, room))
    followed = next(at for at, pair in enumerate(pairs) if pair.followed)
    drawn = before_after_bars(
        [pair.word for pair in pairs],
        np.array([np.nan if pair.before is None else pair.before for pair in pairs]),
        np.array([np.nan if pair.after is None else pair.after for pair in pairs]),
        signs=[pair.sign for pair in pairs],
        row=followed,
        rest=len(pairs) < len(every),
        height=run.tall(ROW, ROOM_ROW) * max(len(pairs), 3) + 8,
        narrow=run.phone,
        theme=run.theme,
    )
    charts.show(drawn, key="before_after", alt=prose.weights_alt(seen))


def _motion(run: Run, before: Result, after: Result, sense: AmbiguousWord | None) -> None:
    """Show both places in one plot, so that the axes are the same."""
    drawn = panels.scene(run, before.word, [before, after], sense, on_words=state.get(fields.BASIS) == "words")
    drawn = replace(drawn, names=NAMES)
    height = run.tall(450, 640)
    size = figures.PHONE if run.phone else figures.Size(900 if run.room else 600, height)
    moves = [(NAMES[mover.role], mover.static, mover.contextual) for mover in drawn.movers]
    charts.show(
        figures.meaning_in_motion(drawn, size=size, theme=run.theme),
        key="motion_changed",
        alt=prose.places_alt(before.word, moves, [pole.name for pole in drawn.poles], sum(drawn.kept)),
    )


def _meter(run: Run, before: Result, after: Result) -> None:
    if before.reading and after.reading:
        charts.show(
            meaning_meter_figure([before.reading, after.reading], names=NAMES, theme=run.theme),
            key="meter_changed",
            alt=prose.meter_alt(before.word, before.reading.before, before.reading.after, after.reading.after),
        )


def _table(seen: BeforeAfter, before: Result, after: Result) -> None:
    """Show the numbers behind the picture, once asked for."""
    tables.once_asked(
        "The table behind it", lambda: [table_of(seen, before, after).style.format(precision=3, na_rep="–")]
    )


def table_of(seen: BeforeAfter, before: Result, after: Result) -> pd.DataFrame:
    """List every weight before and after, and how near the word is to each sense."""
    lines = [
        {"": f"{pair.sign} {pair.word}".strip(), NAMES[0]: pair.before, NAMES[1]: pair.after} for pair in seen.pairs()
    ]
    if before.reading and after.reading:
        sides = before.reading.after, after.reading.after
        lines += [
            {"": f"nearness to {sense}"} | dict(zip(NAMES, (side[sense] for side in sides), strict=True))
            for sense in sides[1]
        ]
    return pd.DataFrame(lines)
