"""Frequent words: how long their vectors are, how often they are neighbours, and what attention gives them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import pandas as pd
from gensim.models import KeyedVectors

from selfattn.lessons.explore import boxes
from selfattn.lessons.explore import code as snippets
from selfattn.lessons.explore import frequency_prose as said
from selfattn.lessons.explore.attention_figure import favour_bars
from selfattn.lessons.explore.boxes import NO_CODE
from selfattn.lessons.explore.frequency_figure import hub_bars, norms_figure
from selfattn.lessons.explore.places_screen import size
from selfattn.lessons.explore.words_screen import NUMBERS
from selfattn.sets.explore.frequency import AMONG, SAMPLE, Favour, Frequency, Hubness, Norms, frequency
from selfattn.ui import charts, tables, write
from selfattn.ui.run import Run
from selfattn.views.choice import Choice

HUBS, HUBS_ON_PHONE = 12, 10
LENGTH = (
    "A dot product is a cosine times both lengths: of two words that point the same way, the one with the longer "
    "vector gets more of the attention."
)
HUB = "A word that is near to many others draws attention in many sentences, whatever they mean."

_measured: WeakKeyDictionary[Any, tuple[int, Frequency]] = WeakKeyDictionary()  # what is known of a set goes with it
_lock = Lock()


def measured(vectors: KeyedVectors) -> Frequency:
    """Measure a set once, however many sessions ask; one that has grown since then is measured anew."""
    with _lock:
        known = _measured.get(vectors)
        if known is None or known[0] != len(vectors):
            _measured[vectors] = known = (len(vectors), frequency(vectors))
        return known[1]


def often(run: Run) -> Choice:
    """Draw the choice of the picture."""
    names = {"lengths": "Length", "hubs": "Hubs", "attention": "Attention"}
    picture = boxes.pictures(names, "Picture")
    return PICTURES[picture](run, measured(run.vectors))


def _lengths(run: Run, found: Frequency) -> Choice:
    return Choice(lambda: _show_lengths(run, found.norms), snippets.lengths)


def _show_lengths(run: Run, one: Norms) -> None:
    write.finding(said.lengths(one))
    charts.show(norms_figure(one, size=size(run, 400, 700), theme=run.theme), key="lengths", alt=said.lengths_alt(one))
    write.prose(LENGTH)
    tables.once_asked(NUMBERS, lambda: [_bands(one)])


def _bands(one: Norms) -> pd.DataFrame:
    return pd.DataFrame(one.bands, columns=["from rank", "to rank", "mean length"]).style.format(precision=3)


def _hubs(run: Run, found: Frequency) -> Choice:
    one = found.hubness
    code = snippets.hubs(among=AMONG, sample=one.sample, nearest=one.nearest) if one.nearest else NO_CODE
    return Choice(lambda: _show_hubs(run, one), lambda: code)


def _show_hubs(run: Run, one: Hubness) -> None:
    write.finding(said.hubs(one))
    if not one.top:
        return
    shown = replace(one, top=one.top[: HUBS_ON_PHONE if run.phone else HUBS])
    bars = hub_bars(shown, height=run.tall(0, 600), theme=run.theme)
    charts.show(bars, key="hubs", alt=said.hubs_alt(one))
    write.prose(HUB)
    tables.once_asked(NUMBERS, lambda: [pd.DataFrame(one.top, columns=["word", "times among the nearest"])])


def _attention(run: Run, found: Frequency) -> Choice:
    one = found.favour
    if one is None:
        return Choice(lambda: write.finding(said.attention(None)))
    count = found.count
    code = snippets.attention_to(one.frequent.count, sample=min(SAMPLE, count, AMONG), among=min(count, AMONG))
    return Choice(lambda: _show_attention(run, one), lambda: code)


def _show_attention(run: Run, one: Favour) -> None:
    write.finding(said.attention(one))
    charts.show(
        favour_bars(one, height=run.tall(0, 640), theme=run.theme),
        key="favour",
        alt=said.attention_alt(one),
    )


PICTURES: dict[str, Callable[[Run, Frequency], Choice]] = {"lengths": _lengths, "hubs": _hubs, "attention": _attention}
