"""Where each failing is mended: the screen, and what of the failing goes along, so that it is seen mended there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from selfattn.core.senses import SENSES
from selfattn.core.wording import shortened
from selfattn.course import HEADS, QUERY_KEY_VALUE, TRANSFORMER, Lesson, Place
from selfattn.ui import fields, state, write
from selfattn.ui.panels import Result

Link = dict[str, str]
PLACES = (fields.ROW, fields.COLUMN, fields.PLACE, fields.TO)  # of other sentences


@dataclass(frozen=True, slots=True)
class Mend:
    """A screen that mends a failing: its lesson and step, what it is called, and what its link takes along."""

    lesson: Lesson
    step: str
    label: str
    carries: Callable[[Sequence[Result]], Link]

    def link(self, results: Sequence[Result]) -> Link:
        """Write the link to it, with its answer: the question has been asked."""
        goal = Place(self.lesson, self.lesson.step(self.step))
        along = state.link_to(goal, answered=True)
        return {name: raw for name, raw in along.items() if name not in PLACES} | self.carries(results)

    def show(self, results: Sequence[Result]) -> None:
        """Draw the link to it."""
        page, icon = self.lesson.page, self.lesson.icon
        label = self.label.format(word=write.plain(shortened(denied(results), 20)))
        st.page_link(page, label=f"**{label}** →", icon=icon, query_params=self.link(results))


def denied(results: Sequence[Result]) -> str:
    """Find the word that a negation changes: the nearest to what only B says, of those that both say."""
    plain, after = results[0].tokens, results[-1].tokens
    added = next((place for place, token in enumerate(after) if token not in plain), 0)
    both = [place for place, token in enumerate(after) if token in plain and token != results[0].word]
    nearest = min(both, key=lambda place: (abs(place - added), place), default=None)
    return results[0].word if nearest is None else after[nearest]


def _first(results: Sequence[Result]) -> Link:
    """Take the sentence along, and its word."""
    return {"a": results[0].sentence.text, fields.WORD: results[0].word}


def _both_orders(results: Sequence[Result]) -> Link:
    first, second = (result.sentence.text for result in results)
    return {fields.ORDER_A: first, fields.ORDER_B: second, fields.WORD: results[0].word}


def _looked_at(results: Sequence[Result]) -> Link:
    return _first(results) | {fields.FIND: "word"}


def _denied(results: Sequence[Result]) -> Link:
    first, second = (result.sentence.text for result in results)
    return {"a": first, "b": second, fields.WORD: denied(results)}


def _longer(results: Sequence[Result]) -> Link:
    """Put an example of either sense behind the sentence, where there are some."""
    known, text = SENSES.get(results[0].word), results[0].sentence.text.rstrip(".!? ")
    if known is None:
        return _first(results)
    told = [f"{text}. {texts[0]}" for texts in known.examples.values()]
    return dict(zip("ab", told, strict=False)) | {fields.WORD: results[0].word}


MENDS: Mapping[str, Mend] = {
    "order": Mend(HEADS, "positions", "With positions: see the difference", _both_orders),
    "mixed": Mend(TRANSFORMER, "same", "With 72 heads: see what each looks at", _looked_at),
    "negation": Mend(TRANSFORMER, "layers", "Through six layers: see what becomes of “{word}”", _denied),
    "unknown": Mend(TRANSFORMER, "same", "In word pieces: see how it counts", _looked_at),
    "frequent": Mend(QUERY_KEY_VALUE, "general", "With trained attention: see who takes the weight", _first),
    "still": Mend(TRANSFORMER, "layers", "With one more sentence: see where it goes", _longer),
}
