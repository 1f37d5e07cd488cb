"""How well a model in training predicts: the loss that word2vec makes small, on predictions that stay the same.

gensim adds up a loss of its own for word2vec, and none for fastText. Its sum is in single precision, which stops
growing at some 17 million, it runs on from epoch to epoch, and how many predictions went into it is not told. So
the loss is taken here on a sample of the predictions that the text asks for, the same after every epoch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from gensim.models import FastText
from numpy.typing import NDArray

MOST_PREDICTIONS = 1000
MOST_ROWS = 3000  # words that they are made from; fastText gathers some fifteen subwords for each, after every epoch

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Predictions:
    """Predictions that a text asks for.

    Attributes
    ----------
    given : ndarray of shape (n_given,)
        The words that each prediction is made from, as rows of the vocabulary, one prediction after another.
    counts : ndarray of shape (n,)
        How many of them belong to each prediction: one for skip-gram, the words around for CBOW.
    right : ndarray of shape (n,)
        The word that stands in the text.
    wrong : ndarray of shape (n, negative)
        Words drawn as gensim draws them, which are not to be predicted. One that is right by chance does not count.
    """

    given: Rows
    counts: Rows
    right: Rows
    wrong: Rows


def draw(model: Any, sentences: Sequence[Sequence[str]]) -> Predictions:
    """Draw predictions as the training does: frequent words are left out at random, windows are of random width.

    Parameters
    ----------
    model : Word2Vec
        Of gensim, with a vocabulary.
    sentences : sequence of sequence of str
        At least one of them has two words of the vocabulary.
    """
    rng = np.random.default_rng(model.seed)
    drawn = _some(_predictions(model, sentences, rng, model.wv.expandos["sample_int"] / 2**32))
    drawn = drawn or _some(_predictions(model, sentences, rng, np.ones(len(model.wv))))  # a text of a few words
    given, right = zip(*drawn, strict=True)
    tosses = rng.integers(model.cum_table[-1], size=(len(right), model.negative))
    return Predictions(
        given=np.concatenate(given, dtype=np.int64),
        counts=np.array(list(map(len, given)), dtype=np.int64),
        right=np.array(right, dtype=np.int64),
        wrong=np.searchsorted(model.cum_table, tosses),
    )


def _some(predictions: Iterator[tuple[list[int], int]]) -> list[tuple[list[int], int]]:
    drawn, rows = [], 0
    for given, right in islice(predictions, MOST_PREDICTIONS):
        drawn.append((given, right))
        rows += len(given)
        if rows >= MOST_ROWS:
            break
    return drawn


def _predictions(
    model: Any, sentences: Sequence[Sequence[str]], rng: np.random.Generator, kept: NDArray[np.float64]
) -> Iterator[tuple[list[int], int]]:
    index = model.wv.key_to_index
    for number in rng.permutation(len(sentences)):
        known = (index[word] for word in sentences[number] if word in index)
        rows = [row for row in known if rng.random() < kept[row]]
        for place, row in enumerate(rows):
            reach = int(rng.integers(1, model.window + 1))
            around = rows[max(place - reach, 0) : place] + rows[place + 1 : place + reach + 1]
            if model.sg:
                yield from (([row], other) for other in around)
            elif around:
                yield around, row


def loss(model: Any, predictions: Predictions) -> float:
    """Give the mean loss of a prediction: Mikolov et al. (2013), equation 4, with the sign turned.

    −log σ(h·u) for the right word, and −log σ(−h·u) for each wrong one, where h stands for the words that are given
    and u for the word that is asked about. Before training all u are zero, and each word asked about adds log 2.

    Parameters
    ----------
    model : Word2Vec
        Of gensim, in training or after it.
    predictions : Predictions
    """
    hidden = _hidden(model, predictions)  # (n, d)
    right = np.einsum("nd,nd->n", hidden, model.syn1neg[predictions.right])
    wrong = np.einsum("nd,nkd->nk", hidden, model.syn1neg[predictions.wrong])
    counted = predictions.wrong != predictions.right[:, None]
    losses = np.logaddexp(0.0, -right) + (np.logaddexp(0.0, wrong) * counted).sum(axis=1)
    return float(losses.mean(dtype=np.float64))


def _hidden(model: Any, predictions: Predictions) -> NDArray[np.float32]:
    """Give h as the training has it: the mean of what is given, of shape (n, d)."""
    given, counts = predictions.given, predictions.counts
    if not isinstance(model, FastText):
        return np.asarray(_sums(model.wv.vectors[given], counts) / counts[:, None], dtype=np.float32)
    buckets = [model.wv.buckets_word[row] for row in given]
    subwords = _sums(np.array([len(each) for each in buckets]), counts)  # (n,)
    pieces = model.wv.vectors_ngrams[np.concatenate(buckets)]
    total = _sums(model.wv.vectors_vocab[given], counts) + _sums(pieces, subwords)
    divisor = subwords if model.sg else subwords + counts  # as gensim divides
    return np.asarray(total / divisor[:, None], dtype=np.float32)


def _sums(rows: NDArray[Any], counts: Rows) -> NDArray[Any]:
    """Add up the first counts[0] rows, the next counts[1] rows and so on; no count is 0."""
    return np.asarray(np.add.reduceat(rows, np.concatenate(([0], np.cumsum(counts)[:-1])), axis=0))


def vector_now(model: Any, row: int) -> NDArray[np.float32]:
    """Give the vector of a word in the middle of training, of shape (d,); fastText has to put it together for that."""
    if not isinstance(model, FastText):
        return np.array(model.wv.vectors[row])
    buckets = model.wv.buckets_word[row]
    pieces = np.vstack([model.wv.vectors_vocab[row], model.wv.vectors_ngrams[buckets]])  # (1 + n_subwords, d)
    return np.asarray(pieces.sum(axis=0) / np.float32(len(pieces)), dtype=np.float32)
