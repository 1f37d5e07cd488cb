"""The course of a training: what is told of every epoch, what is kept of some, and how it is stopped."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from gensim.models.callbacks import CallbackAny2Vec
from numpy.typing import NDArray

from selfattn.sets.training.losses import Predictions, loss, vector_now
from selfattn.sets.training.text import TrainingError

LOOK = 50  # sentences between two looks at whether to stop
MOST_KEPT = 6_000_000  # bytes of all snapshots together


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
        Of a prediction, on average over a sample that stays the same; see `selfattn.sets.training.losses`.
    watched : mapping of str to ndarray of shape (d,)
        The vectors, at this moment, of the watched words that are in the vocabulary.
    """

    number: int
    of: int
    loss: float
    watched: Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The vectors after an epoch.

    Attributes
    ----------
    number : int
        Of the epoch; 0 is the random start.
    rows : ndarray of shape (n, d)
        Of the n most frequent words: all, unless they would take too much memory.
    """

    number: int
    rows: NDArray[np.float32]


def kept_epochs(epochs: int, most: int) -> tuple[int, ...]:
    """Choose epochs, evenly, the first and the last among them; none where fewer than two are wanted.

    >>> kept_epochs(80, 5), kept_epochs(2, 5), kept_epochs(80, 0)
    ((0, 20, 40, 60, 80), (0, 1, 2), ())
    """
    return tuple(np.unique(np.linspace(0, epochs, most).round().astype(int)).tolist()) if most > 1 else ()


class Corpus:
    """The sentences, as often as gensim reads them; they end early once the training is to stop.

    What goes wrong in asking is kept until it can be raised: in a thread of gensim's, the others would wait for ever.
    """

    def __init__(self, sentences: Iterable[list[str]], cancelled: Callable[[], bool]) -> None:
        self.sentences, self._cancelled = sentences, cancelled
        self._error: BaseException | None = None

    def __iter__(self) -> Iterator[list[str]]:
        for count, sentence in enumerate(self.sentences):
            if count % LOOK == 0 and self.asked():
                return
            yield sentence

    def asked(self) -> bool:
        """Tell whether the training is to stop."""
        if self._error is None:
            try:
                self._error = StoppedError("The training was stopped.") if self._cancelled() else None
            except BaseException as error:
                self._error = error
        return self._error is not None

    def end(self) -> None:
        """Raise what ends the training, if it is to stop."""
        if self._error is not None:
            raise self._error


@dataclass(eq=False)
class Course(CallbackAny2Vec):  # type: ignore[misc]
    """What is told of the training, epoch by epoch, and what is kept of it."""

    predictions: Predictions
    watch: Sequence[str]
    on_epoch: Callable[[Epoch], None] | None
    corpus: Corpus
    kept: Collection[int] = ()  # epochs
    history: list[Epoch] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)

    def on_epoch_end(self, model: Any) -> None:
        """Hear of gensim that it has read the text once more."""
        self.corpus.asked()
        self.corpus.end()
        self.tell(model)

    def tell(self, model: Any) -> None:
        """Take down where the model stands, and tell of it."""
        number, index = len(self.history), model.wv.key_to_index
        watched = {word: _frozen(vector_now(model, index[word])) for word in self.watch if word in index}
        self.history.append(
            Epoch(number, model.epochs, loss=loss(model, self.predictions), watched=MappingProxyType(watched))
        )
        if number in self.kept:
            most = max(MOST_KEPT // (4 * model.vector_size * len(self.kept)), 1)
            rows = np.array([vector_now(model, row) for row in range(min(most, len(model.wv)))])
            self.snapshots.append(Snapshot(number, _frozen(rows)))
        if self.on_epoch:
            self.on_epoch(self.history[-1])


def _frozen(array: NDArray[np.float32]) -> NDArray[np.float32]:
    array.setflags(write=False)
    return array
