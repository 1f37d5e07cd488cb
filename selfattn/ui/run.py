"""What one run of a page works with: read once, when the page begins, and handed to all that computes and draws."""

from dataclasses import dataclass
from typing import Any

import streamlit as st
from gensim.models import KeyedVectors
from streamlit.delta_generator import DeltaGenerator

from selfattn.core import sentences
from selfattn.core.contextual import space_of
from selfattn.core.presets import Settings
from selfattn.core.sentences import Sentence, TextError
from selfattn.core.space import Space
from selfattn.figures.palette import PHONE, Size
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import fields, session_sets, state, trained, width

MIDDLE, LAPTOP, WIDE = 460, 640, 1000  # pixels of a width, at least: in a small window, on a laptop, for a room


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """The vectors, the settings and the look of the screen: the same for a whole run.

    Parameters
    ----------
    chosen : VectorSet
        The set that the session has chosen.
    settings : Settings
        How the weights are computed.
    drops : bool
        Whether punctuation is left out.
    theme : str
        "light" or "dark", and "room" behind it for a projector.
    projecting : bool
        Whether the page is laid out for a room.
    phone : bool
        Whether the screen is a phone's, or as narrow: a window that is small, or enlarged. A phone that opens the link
        of a projector is still a phone.
    middle : bool
        Whether the window is smaller than a laptop's; charts are then drawn for a room no more than on a phone.
    note : str
        Why the settings are not those that were chosen, where they are not.
    choices : DeltaGenerator, optional
        The place of the button behind which a phone has its choices.
    """

    chosen: VectorSet
    settings: Settings
    drops: bool
    theme: str
    projecting: bool
    phone: bool
    middle: bool = False
    note: str = ""
    choices: DeltaGenerator | None = None

    @property
    def vectors(self) -> KeyedVectors:
        """Give the vectors of the chosen set."""
        return self.chosen.vectors

    @property
    def space(self) -> Space:
        """Give the space in which the settings compare vectors."""
        return space_of(self.vectors, self.settings)

    @property
    def room(self) -> bool:
        """Tell whether charts are drawn for a projector."""
        return self.projecting and not self.narrow

    @property
    def narrow(self) -> bool:
        """Tell whether a figure beside another one has as little room as on a phone."""
        return self.phone or self.middle

    @property
    def small(self) -> bool:
        """Tell whether choices are behind a button, so that the picture has the screen."""
        return self.phone

    def tall(self, height: int, room: int) -> int:
        """Choose the height of a figure in pixels: on a laptop, or for a room."""
        return room if self.room else height

    def size(self, height: int, room: int, *, laptop: int = LAPTOP, wide: int = WIDE) -> Size:
        """Choose the smallest size of a figure: on a laptop, for a room (these are wide), or on a phone."""
        if self.phone:
            return PHONE
        least = min(laptop, MIDDLE) if self.middle else laptop
        return Size(wide if self.room else least, self.tall(height, room))

    def embed(self, text: str | list[str], **settings: Any) -> Sentence:
        """Split text and look every token up in the chosen set, as `selfattn.embed` does.

        A set that makes vectors of the subwords of unknown words learns those that it is asked for.
        """
        if self.chosen.grow:
            self.chosen.grow(text)
        return sentences.embed(text, self.vectors, **settings)

    def sentence(self, text: str) -> Sentence | None:
        """Look the words of a sentence up, with punctuation as it is chosen; None where nothing can be computed."""
        try:
            return self.embed(text, drop_punctuation=self.drops)
        except TextError:
            return None


def begin() -> Run:
    """Read what a session has chosen and what its browser says of itself."""
    phone, middle = on_phone() or width.below(width.NARROW), width.below(width.MIDDLE)
    projecting = state.projecting() and not phone
    theme = (st.context.theme.type or "light") + (" room" if projecting and not middle else "")
    drops = not state.get(fields.PUNCTUATION)
    chosen = session_sets.chosen()
    settings, note = trained.usable(chosen, state.settings())
    return Run(chosen, settings, drops=drops, theme=theme, projecting=projecting, phone=phone, middle=middle, note=note)


def on_phone() -> bool:
    """Guess from the browser's own words whether the screen is a phone's."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")
