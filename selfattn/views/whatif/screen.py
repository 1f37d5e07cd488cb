"""What if a word is left out, swapped, repeated or moved: before and after."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from selfattn import figures
from selfattn.core.sentences import MAX_TOKENS, TextError
from selfattn.core.similarity import cosine
from selfattn.figures.palette import palette
from selfattn.ui import boxes, charts, fields, panels, state, tables, widgets, write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.views import pick
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


class CannotChangeError(ValueError):
    """The change cannot be made; the message tells the user why."""


def show(run: Run, results: Sequence[Result]) -> None:
    """Show a change of one sentence."""
    try:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            before = pick.sentence("Sentence to change", CHOSEN_OF, results)
            change = _change()
            place = _place(run, before, change)
            made = _made(run, before, change, place)
    except CannotChangeError as error:
        write.warn(str(error))
        return
    except TextError as error:
        write.warn(str(error))
        boxes.did_you_mean(fields.BY, boxes.respellings(fields.BY, error.sentence), asked=True)
        return
    after = panels.compute_row(run, run.embed(list(made.tokens)), made.row, role=1, sense=before.sense)
    seen = BeforeAfter(
        change=change,
        place=place,
        tokens=before.tokens,
        row=before.row,
        weights=before.weights,
        made=made,
        new_weights=after.weights,
    )
    _picture(run, seen, replace(before, role=0), after)


def _change() -> whatif.Change:
    widgets.choice("What to do", TITLES, widgets.of_field(fields.CHANGE), label_visibility="collapsed")
    change: whatif.Change = state.get(fields.CHANGE)
    return change


def _place(run: Run, result: Result, change: whatif.Change) -> int:
    """Draw the choice of the word. The followed word must stay."""
    tokens, row = result.tokens, result.row
    stays = change in ("leave", "swap")
    named = {place: f"{place + 1}  {token}" for place, token in enumerate(tokens) if not (stays and place == row)}
    if len(tokens) == 1 and change != "repeat":
        done = {"leave": "to leave out", "swap": "to swap", "move": "to change places with"}[change]
        raise CannotChangeError(
            f"“{result.word}” stands alone: there is no other word {done}. Repeat it, or type a second word."
        )
    usual = whatif.heaviest_other(result.weights, row)
    return pick.place(run, "Which word", CHOSEN_PLACE, named, usual, fields.PLACE, (200, 330))


def _made(run: Run, result: Result, change: whatif.Change, place: int) -> Changed:
    """Draw what else the change needs, and make it."""
    tokens = result.tokens
    by = _new_words(run, result, place) if change == "swap" else ()
    to = _new_place(run, tokens, place) if change == "move" else None
    if by == (tokens[place],):
        raise CannotChangeError(f"“{tokens[place]}” is there already: type another word to put in its place.")
    made = whatif.changed(tokens, change, place, by=by, to=to, row=result.row)
    if len(made.tokens) > MAX_TOKENS:
        raise CannotChangeError(
            f"This sentence has {len(tokens)} words and would have {len(made.tokens)}: "
            f"no more than {MAX_TOKENS} are computed. Leave a word out instead."
        )
    return made


def _new_words(run: Run, result: Result, place: int) -> tuple[str, ...]:
    """Draw the box for the new words, and say which of them are not known; an empty one stands for the suggestion."""
    suggested = _suggestion(run, result, place)
    st.html('<p class="sa-quiet">for</p>', width="content")
    with st.container(width=run.tall(220, 360)):
        typed = boxes.box(fields.BY, "New words", suggested, label_visibility="collapsed")
    if not typed:
        return (suggested,)
    sentence = run.embed(typed, drop_punctuation=run.drops)
    boxes.say(fields.BY, sentence)
    return sentence.tokens


def _suggestion(run: Run, result: Result, place: int) -> str:
    """Name a word of the sense that the word to be swapped does not tell of."""
    nearest = result.line.senses[int(result.line(result.trace.matrix[place]) > 0)] if result.line else None
    return whatif.suggestion(
        result.tokens, run.vectors.key_to_index, result.sense.poles if result.sense else {}, nearest
    )


def _new_place(run: Run, tokens: Sequence[str], place: int) -> int:
    """Draw the choice of the place that a word moves to: the far end, unless somebody says otherwise."""
    places = [to for to in range(len(tokens)) if to != place]
    others = [*tokens[:place], *tokens[place + 1 :]]
    named = {to: f"{to + 1}  {prose.where([*others[:to], tokens[place], *others[to:]], to)}" for to in places}
    far = places[-1] if place < len(tokens) / 2 else places[0]
    return pick.place(run, "New place", CHOSEN_TO, named, far, fields.TO, (220, 360))


def _picture(run: Run, seen: BeforeAfter, before: Result, after: Result) -> None:
    """Show both in the colours of their roles, "before" (0) and "after" (1), whatever the letter of the sentence."""
    alike = cosine(before.contextual, after.contextual)
    lean = before.line.lean(before.contextual, after.contextual) if before.line else None
    found = prose.finding(seen, lean=lean, alike=alike, distance=run.settings.distance)
    write.finding(panels.left_out([before], found))
    panels.why(run, [after])
    left, right = st.columns([1, 1.15], gap="medium")
    with left:
        _tinted(run, before)
        _tinted(run, after)
        _bars(run, seen)
    with right:
        _motion(run, before, after)
        tables.once_asked(
            "The table behind it",
            lambda: [tables.styled(table_of(seen, before, after), ["", *NAMES], precision=3)],
        )


def _tinted(run: Run, result: Result) -> None:
    colours = palette(run.theme)
    body = figures.tinted_sentence(result.sentence, result.weights, result.row, role=result.role, theme=run.theme)
    edge = palette("light").inks[result.role]
    looks = f"background:{edge};border:2px solid {edge}" if result.role else f"color:{colours.inks[0]};border:2px solid"
    badge = f'<span class="sa-letter" style="padding:0 0.5em;{looks}">{NAMES[result.role]}</span>'
    st.html(f'<p class="sa-sentence" tabindex="0" style="max-height:{LINES};color:{colours.ink}">{badge}{body}</p>')


def _bars(run: Run, seen: BeforeAfter) -> None:
    every = seen.pairs()
    room = ROOM_ROWS - (len(every) > ROOM_ROWS)  # a longer sentence takes a second line
    pairs = whatif.telling(every, run.tall(ROWS, room))
    height = run.tall(ROW, ROOM_ROW) * max(len(pairs), 3) + 8
    drawn = before_after_bars(pairs, height=height, narrow=run.phone, theme=run.theme)
    charts.show(drawn, key="before_after", alt=prose.weights_alt(seen))


def _motion(run: Run, before: Result, after: Result) -> None:
    """Show both places in one plot, so that the axes are the same."""
    panels.motion(
        run,
        [before, after],
        size=run.size(450, 640, laptop=600, wide=900),
        key="motion_changed",
        names=NAMES,
        alt=prose.places_alt,
        on_words=state.get(fields.BASIS) == "words",
    )


def table_of(seen: BeforeAfter, before: Result, after: Result) -> list[tuple[str, float | None, float | None]]:
    """List every weight before and after, and where the word is on the line between its senses."""
    lines = [(f"{pair.sign} {pair.word}".strip(), pair.before, pair.after) for pair in seen.pairs()]
    if before.lean and after.lean:
        lines.append((" – ".join(before.lean.senses), before.lean.after, after.lean.after))
    return lines
