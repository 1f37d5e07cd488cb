"""Word vectors trained on a text of one's own, by gensim's Word2Vec and FastText."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from gensim.models import FastText, KeyedVectors, Word2Vec
from gensim.models.callbacks import CallbackAny2Vec
from numpy.typing import NDArray

from selfattn.training.losses import Predictions, draw, loss, vector_now
from selfattn.training.options import MODELS, RANGES, Options, check, too_small, warnings_of
from selfattn.training.parts import (
    BUCKETS,
    LONGEST_PART,
    SHORTEST_PART,
    Parts,
    add_words,
    grower,
    keep_parts,
    known_parts,
    parts_of,
    vector_of_parts,
    with_words,
)
from selfattn.training.text import TEXTS, TrainingError, each_sentence, sentences_of, shipped_text
from selfattn.vectors import keyed_vectors

__all__ = [
    "MODELS", "RANGES", "TEXTS", "Epoch", "Options", "Parts", "StoppedError", "Trained", "TrainingError", "add_words",
    "as_word2vec_text", "grower", "known_parts", "parts_of", "sentences_of", "shipped_text", "too_small", "train",
    "vector_of_parts", "with_words",
]  # fmt: skip

RATES = {True: 0.025, False: 0.05}  # skip-gram and CBOW, as the first word2vec had them
SAMPLE = 0.01  # words more frequent than this are left out now and then; 0.001, meant for long texts, leaves too few
NEGATIVE = 5
BATCH = 2000  # words between two looks at whether to stop; gensim's 10,000 take seconds with the largest settings


class StoppedError(TrainingError):
    """The person cancelled, and nothing is left of the training."""


@dataclass(frozen=True, slots=True, eq=False)
class Epoch:
    """Where the training stands after one reading of the text.

    Attributes
    ----------
    number, of : int
        From 0, the random start, to the number of epochs.
    loss : float
        Of a prediction, on average over a sample that stays the same; see `selfattn.training.losses`.
    watched : mapping of str to ndarray of shape (d,)
        The vectors, at this moment, of the watched words that are in the vocabulary.
    """

    number: int
    of: int
    loss: float
    watched: Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """Vectors trained on a text.

    Attributes
    ----------
    vectors : KeyedVectors
        Read-only, most frequent word first, and of equal ones the one that comes first in the text; how often each
        occurs is its attribute "count": ``vectors.get_vecattr("bank", "count")``.
    options : Options
    tokens : int
        Words of the text.
    vocabulary : int
        Different words that have a vector.
    history : tuple of Epoch
        The random start, then every epoch: one more than there were epochs.
    warnings : tuple of str
        Sentences for the person.
    parts : Parts or None
        With fastText, what unknown words get their vectors from.
    """

    vectors: KeyedVectors
    options: Options
    tokens: int
    vocabulary: int
    history: tuple[Epoch, ...]
    warnings: tuple[str, ...]
    parts: Parts | None = None


def train(
    text: str,
    options: Options | None = None,
    *,
    watch: Sequence[str] = ("bank",),
    on_epoch: Callable[[Epoch], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Trained:
    """Train word vectors on a text.

    One thread trains, so that the same text, options and seed give the same vectors, in this process and in another
    on the same machine. A processor of another make may round the last digits differently.

    Parameters
    ----------
    text : str
    options : Options, optional
    watch : sequence of str
        Words whose vectors each `Epoch` holds.
    on_epoch : callable, optional
        Told of the random start and of every epoch. What it raises ends the training and comes out of here.
    cancelled : callable
        Asked several times an epoch, also from a thread of gensim's; the training ends soon after it says True.

    Returns
    -------
    Trained

    Raises
    ------
    TrainingError
        The text is empty, too short or too long, or the settings leave nothing of it or take too much memory or time.
        `StoppedError` where it was cancelled.
    """
    options = options or Options()
    stop = _Stop(cancelled)
    sentences = _read(text, stop)
    counts = Counter(word for sentence in sentences for word in sentence)
    kept = {word: count for word, count in counts.most_common() if count >= options.min_count}
    check(sentences, counts, kept, options)

    model = _model(options)
    model.build_vocab_from_freq(kept, corpus_count=len(sentences))
    course = _Course(draw(model, sentences), watch, on_epoch, stop)
    course.tell(model)
    corpus = _Corpus(sentences, stop)
    model.train(corpus, total_examples=len(sentences), epochs=options.epochs, callbacks=[course])

    vectors = keyed_vectors(list(kept), model.wv.vectors)
    vectors.expandos["count"] = np.array(list(kept.values()), dtype=np.int64)
    vectors.expandos["count"].setflags(write=False)
    parts = keep_parts(model.wv, vectors) if options.model == "fasttext" else None
    warnings = tuple(warnings_of(counts, kept, options, watch))
    return Trained(vectors, options, counts.total(), len(kept), tuple(course.history), warnings, parts)


def as_word2vec_text(vectors: KeyedVectors) -> bytes:
    """Write a set in word2vec's text format, by gensim: what every tool reads, and this app too.

    A number is written with as many digits as it takes to read the very same one.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "vectors.txt")
        vectors.save_word2vec_format(str(path), binary=False)
        return path.read_bytes()


def _read(text: str, stop: _Stop) -> list[list[str]]:
    sentences = each_sentence(text)
    read: list[list[str]] = []
    while some := list(islice(sentences, 20)):
        read.extend(some)
        if stop.asked():
            stop.end()
    return read


def _model(options: Options) -> Any:
    shared = {
        "vector_size": options.size, "window": options.window, "epochs": options.epochs, "seed": options.seed,
        "sg": int(options.skip_gram), "alpha": RATES[options.skip_gram], "sample": SAMPLE, "negative": NEGATIVE,
        "min_count": options.min_count, "sorted_vocab": 0, "workers": 1, "batch_words": BATCH,
    }  # fmt: skip
    if options.model == "fasttext":
        return FastText(**shared, min_n=SHORTEST_PART, max_n=LONGEST_PART, bucket=BUCKETS)
    return Word2Vec(**shared)


class _Stop:
    """Whether to stop.

    What goes wrong in asking is kept until it can be raised: in a thread of gensim's, the others would wait for ever.
    """

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self._cancelled = cancelled
        self._error: BaseException | None = None

    def asked(self) -> bool:
        if self._error is None:
            try:
                self._error = StoppedError("The training was stopped.") if self._cancelled() else None
            except BaseException as error:
                self._error = error
        return self._error is not None

    def end(self) -> None:
        if self._error is not None:
            raise self._error


class _Corpus:
    """The sentences, as often as gensim reads them; they end early once the training is to stop."""

    def __init__(self, sentences: Sequence[list[str]], stop: _Stop) -> None:
        self._sentences, self._stop = sentences, stop

    def __iter__(self) -> Iterator[list[str]]:
        for at, sentence in enumerate(self._sentences):
            if at % 50 == 0 and self._stop.asked():
                return
            yield sentence


class _Course(CallbackAny2Vec):  # type: ignore[misc]
    """What is told of the training, epoch by epoch."""

    def __init__(
        self,
        predictions: Predictions,
        watch: Sequence[str],
        on_epoch: Callable[[Epoch], None] | None,
        stop: _Stop,
    ) -> None:
        self.history: list[Epoch] = []
        self._predictions, self._watch, self._on_epoch, self._stop = predictions, watch, on_epoch, stop

    def on_epoch_end(self, model: Any) -> None:
        self._stop.asked()
        self._stop.end()
        self.tell(model)

    def tell(self, model: Any) -> None:
        rows = {word: model.wv.key_to_index[word] for word in self._watch if word in model.wv.key_to_index}
        watched = {word: vector_now(model, row) for word, row in rows.items()}
        for vector in watched.values():
            vector.setflags(write=False)
        number = len(self.history)
        self.history.append(Epoch(number, model.epochs, loss(model, self._predictions), MappingProxyType(watched)))
        if self._on_epoch:
            self._on_epoch(self.history[-1])
