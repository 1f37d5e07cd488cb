"""From text to contextual vectors in one call, under a preset: the settings of the page made into arrays."""

import numpy as np
from gensim.models import KeyedVectors

from selfattn.core.attention import AttentionTrace, attend
from selfattn.core.head import Head
from selfattn.core.heads import head_of
from selfattn.core.kept import kept
from selfattn.core.presets import DEFAULT_PRESET, PRESETS, Settings
from selfattn.core.sentences import Sentence, embed
from selfattn.core.space import Space, space
from selfattn.core.vectors import zipf_probabilities

SMOOTHING = 0.001  # a in Arora et al. (2017), equation 4
DISTANCE_UNIT = 20.0  # |i − j| / 20 is taken off a score


def contextualize(
    text: str | list[str] | tuple[str, ...],
    vectors: KeyedVectors,
    preset: str | Settings = DEFAULT_PRESET,
    *,
    drop_punctuation: bool = True,
) -> tuple[Sentence, AttentionTrace]:
    """Run all of it: static vectors, dot products, softmax, weighted sums.

    Parameters
    ----------
    text : str, or list of str
        A sentence, or its tokens (which are then not split).
    vectors : KeyedVectors
    preset : str or Settings
        A name in `PRESETS`, or settings of your own.
    drop_punctuation : bool
        Leave punctuation out of the arithmetic.

    Returns
    -------
    sentence, trace : Sentence, AttentionTrace
        Row i of the trace belongs to ``sentence.tokens[i]``; ``trace.matrix`` holds the static vectors
        in the space of the preset, ``trace.output`` the contextual ones.

    Raises
    ------
    TextError
        There is nothing to compute with (a ValueError).
    ValueError
        There is no such preset; or a head has to be trained, and the set knows too few words for it.
    """
    settings = settings_of(preset)
    sentence = embed(text, vectors, drop_punctuation=drop_punctuation)
    return sentence, attend_sentence(sentence, vectors, settings)


def settings_of(preset: str | Settings) -> Settings:
    """Give the settings of a preset, by its name.

    Raises
    ------
    ValueError
        There is no such preset.
    """
    if not isinstance(preset, Settings) and preset not in PRESETS:
        raise ValueError(f"there is no preset {preset!r}: choose one of {', '.join(PRESETS)}")
    return preset if isinstance(preset, Settings) else PRESETS[preset]


def space_of(vectors: KeyedVectors, settings: Settings) -> Space:
    """Give the space in which these settings compare vectors: of a trained head, that of its values."""
    return space_under(vectors, head_of(vectors) if settings.trained else None, settings.centre)


@kept(8)
def space_under(vectors: KeyedVectors, head: Head | None, centred: bool = False) -> Space:
    """Give the space of a head's values, or without one that of the vectors; the same object while it is kept."""
    return space(vectors, centred=centred, value=head.value if head else None)


def attend_sentence(
    sentence: Sentence, vectors: KeyedVectors, settings: Settings, *, head: Head | None = None
) -> AttentionTrace:
    """Attend over a sentence that is already looked up; settings become mask and bias here.

    `head` is another one than that of the set, such as it was before its training was at an end.
    """
    count = len(sentence)
    head = (head or head_of(vectors)) if settings.trained else None
    bias = np.zeros((count, count))
    if settings.frequency:
        frequency = zipf_probabilities(vectors, sentence.tokens)
        bias += np.log(SMOOTHING / (SMOOTHING + frequency))  # the same for every query
    if settings.distance:
        places = np.arange(count)
        bias -= np.abs(places[:, None] - places) * (head.slope if head else 1 / DISTANCE_UNIT)
    others_only = ~np.eye(count, dtype=bool) if not settings.attend_self and count > 1 else None
    made = head.project(sentence.matrix) if head else {}
    return attend(
        made.get("value", space(vectors, centred=settings.centre)(sentence.matrix)),
        query=made.get("query"),
        key=made.get("key"),
        scale=settings.scale,
        temperature=settings.temperature,
        mask=others_only,
        bias=bias if settings.frequency or settings.distance else None,
    )
