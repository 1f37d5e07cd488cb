"""Worksheet: self-attention by hand on the sentences of the screen, with solutions; first, what it will hold."""

import html
from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from selfattn.core.sentences import Sentence, TextError, embed
from selfattn.core.wording import listed, quoted
from selfattn.core.worksheet import Worksheet, worksheet
from selfattn.course import HOME, Lesson, Place
from selfattn.figures.palette import LETTERS
from selfattn.figures.text import short
from selfattn.frame import share
from selfattn.frame.away import worksheet_page, worksheet_words
from selfattn.frame.away.naming import file_name
from selfattn.frame.away.worksheet_words import WORD
from selfattn.sets.vector_set import HAND, TableError, by_hand, examples_of
from selfattn.ui import boxes, controls, fields, state, widgets, write
from selfattn.ui.poles import sense_of
from selfattn.ui.run import Run

SEED = "which worksheet"
OTHERS = (
    fields.MIXED, fields.PLAIN, fields.NEGATED, fields.STRANGE, fields.FREQUENT, fields.STILL, fields.ORDER_A,
    fields.ORDER_B,
)  # fmt: skip
SCALED = "scaled"  # the preset that does what the sheet does


def show(run: Run, lesson: Lesson) -> None:
    """Draw what the worksheet will hold, and what makes it."""
    sentences, typed = _sentences(run)
    if not typed:
        write.quiet("There are no words yet that this set knows, so the sheet has two examples.")
    word, source = _word(run, sentences), run.chosen.title
    sheet = _sheet(run, word, sentences)
    write.quiet(_holds(sheet))
    address = _address(sheet, lesson)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.download_button(
            "Save worksheet and solutions",
            lambda: worksheet_page.file(sheet, source, share.code(address) if address else ""),
            file_name(Place(lesson), "html", "worksheet", word, f"sheet {sheet.seed}"),
            "text/html",
            key="save_worksheet",
            icon=":material/download:",
            on_click="ignore",
        )
        if sheet.made:
            st.button("Another sheet", key="another_worksheet", icon=":material/casino:", on_click=_another)
    if run.room:
        write.quiet(worksheet_words.alt(sheet, solved=False), explained=False)  # type in the picture is for paper
    else:
        _picture(sheet)


def _picture(sheet: Worksheet) -> None:
    """Show the words of a sheet as they stand on it; as a picture, since Streamlit takes SVG out of HTML."""
    drawn = b64encode(worksheet_page.drawn(sheet, solved=False).encode("utf-8", "replace")).decode("ascii")
    alt = html.escape(worksheet_words.alt(sheet, solved=False))
    st.html(f'<img class="sa-paper" alt="{alt}" src="data:image/svg+xml;base64,{drawn}">')


def _another() -> None:
    """Take the next sheet: other numbers."""
    st.session_state[SEED] = _seed() + 1


def _seed() -> int:
    return int(st.session_state.get(SEED, 1))


def _sheet(run: Run, word: str, sentences: Mapping[int, Sentence]) -> Worksheet:
    sense = sense_of(run, word, [each.tokens for each in sentences.values() if word in each.tokens])
    return worksheet(word, sentences, run.vectors, sense=sense, seed=_seed())


def _sentences(run: Run) -> tuple[dict[int, Sentence], bool]:
    """Give the sentences of the screen that hold something, by role; of a screen without any, or with A alone, A and B.

    Where there are none, examples; the second is whether they were typed.
    """
    drawn = widgets.drawn()
    here = [name for name in (*fields.SENTENCES, *OTHERS) if name in drawn]
    here = here if here[1:] or here[:1] not in ([], ["a"]) else [*boxes.SENTENCE_PAIR]  # one of home's brings the other
    tried = (map(state.get, here), boxes.PLACEHOLDERS[:2], run.chosen.examples, examples_of(run.vectors))
    for place, texts in enumerate(tried):
        if usable := {role: each for role, text in enumerate(texts) if (each := run.sentence(text))}:
            return usable, not place
    raise AssertionError("a set knows the words that its examples are made of")


def _word(run: Run, sentences: Mapping[int, Sentence]) -> str:
    """Give the word that the screen follows, or the most telling one that these sentences have."""
    first, word = next(iter(sentences.values())), controls.followed()
    if not word and any(key.startswith(controls.CHOSEN_ROW) for key in widgets.drawn()):
        word = dict(enumerate(first.tokens)).get(widgets.shown(controls.CHOSEN_ROW))
    if any(word in each.tokens for each in sentences.values()):
        return str(word)
    return controls.shared_words(run, list(sentences.values()))[0]


def _holds(sheet: Worksheet) -> str:
    """Say what is on the sheet."""
    taken = [
        f"from {quoted(each.tokens, longest=WORD)} in {LETTERS[role]}"
        for role, each in zip(sheet.roles, sheet.exercises, strict=True)
    ]
    number = f", sheet {sheet.seed}" if sheet.made else ""
    what = f"what “{short(sheet.word, WORD)}” takes {listed(taken)}"
    return f"By hand{number}: {what}. Blanks on one page, solutions on the next."


def link(sheet: Worksheet) -> dict[str, str] | None:
    """Give the link of the screen with the numbers of a sheet; None where a table by hand cannot hold its words."""
    table = " / ".join(f"{word} {x:g} {y:g}" for word, (x, y) in sheet.numbers.items())
    try:
        vectors = by_hand(table).vectors
        texts = [" ".join(each.tokens) for each in sheet.exercises]
        same = all(
            embed(text, vectors).tokens == each.tokens for text, each in zip(texts, sheet.exercises, strict=True)
        )
    except (TableError, TextError):
        return None
    chosen = {fields.SET: HAND, fields.TABLE: table, fields.WORD: sheet.word, fields.PRESET: SCALED}
    return {**dict(zip(fields.SENTENCES, [*texts, *texts], strict=False)), **chosen} if same else None


def _address(sheet: Worksheet, lesson: Lesson) -> str:
    """Give the address that shows a sheet's numbers in this app; nothing where a phone could not open or scan it."""
    here = share.in_network((st.context.url or "").split("?")[0])
    there = link(sheet)
    if not here or there is None:
        return ""
    address = f"{here.removesuffix(lesson.path)}{HOME.path}?{urlencode(there)}"
    return address if len(address) <= share.LONGEST else ""
