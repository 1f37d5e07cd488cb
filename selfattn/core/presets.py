"""Named ways to compute the weights: nothing but documented settings, each a switch on the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Settings:
    """How the weights are computed.

    Attributes
    ----------
    scale : bool
        Divide the dot products by √d_k (Vaswani et al. 2017, section 3.2.1).
    temperature : float
        Divide them once more by this; above zero.
    attend_self : bool
        Whether a word may attend to itself. A word that is alone always does.
    centre : bool
        Subtract the mean of the frequent words and their two strongest directions from every vector
        (Mu & Viswanath 2018, "All-but-the-Top", algorithm 1).
    frequency : bool
        Lower the scores of frequent words by log(a / (a + p(w))) (Arora et al. 2017, SIF, equation 4).
    distance : bool
        Lower the score of a pair by a twentieth for every word between them (after ALiBi, Press et al. 2022); with a
        trained head by what it has learned.
    trained : bool
        Let a trained head make queries, keys and values (``selfattn.head_of``); `centre` then changes nothing.
    """

    scale: bool = True
    temperature: float = 2.0
    attend_self: bool = True
    centre: bool = False
    frequency: bool = False
    distance: bool = False
    trained: bool = False


PRESETS: Mapping[str, Settings] = MappingProxyType(
    {
        "lesson": Settings(scale=False, temperature=1.0),
        "scaled": Settings(temperature=1.0),
        "balanced": Settings(),
        "sharper": Settings(attend_self=False, centre=True, frequency=True, distance=True),
        "trained": Settings(temperature=1.0, attend_self=False, distance=True, trained=True),
    }
)
PRESET_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "lesson": "As in the lesson",
        "scaled": "Scaled",
        "balanced": "Balanced",
        "sharper": "Sharper context",
        "trained": "Trained",
    }
)
PRESET_NOTES: Mapping[str, str] = MappingProxyType(
    {
        "lesson": "Dot products straight into the softmax: the largest takes almost all, and hardly anything moves.",
        "scaled": "Dot products divided by √d before the softmax, as in the transformer.",
        "balanced": "Divided by 2√d: the neighbours get enough weight to be seen.",
        "sharper": "No word looks at itself, vectors are centred, frequent and distant words count less.",
        "trained": "Queries, keys and values of a head that has learned from sentences whose sense was known.",
    }
)
DEFAULT_PRESET, TRAINED = "balanced", "trained"  # of the library, and what home shows


def preset_of(settings: Settings) -> str | None:
    """Name the preset that has exactly these settings, or None when they are the user's own."""
    return next((name for name, preset in PRESETS.items() if preset == settings), None)
