"""Word vectors trained on a text of one's own, by gensim's Word2Vec and FastText."""

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from gensim.models import FastText, KeyedVectors, Word2Vec

from selfattn.core.vectors import keyed_vectors
from selfattn.sets.training.course import Corpus, Course, Epoch, Snapshot, StoppedError, kept_epochs
from selfattn.sets.training.losses import draw
from selfattn.sets.training.options import MODELS, RANGES, Options, check, too_small, warnings_of
from selfattn.sets.training.subwords import (
    BUCKETS,
    LONGEST,
    SHORTEST,
    Subwords,
    add_words,
    grower,
    keep_subwords,
    known_subwords,
    subwords_of,
    vector_of_subwords,
)
from selfattn.sets.training.text import TEXTS, TrainingError, decoded, each_sentence, sentences_of, shipped_text

__all__ = [
    "MODELS", "RANGES", "TEXTS", "Epoch", "Options", "Snapshot", "StoppedError", "Subwords", "Trained",
    "TrainingError", "add_words", "as_word2vec_text", "decoded", "grower", "known_subwords", "sentences_of",
    "shipped_text", "subwords_of", "too_small", "train", "vector_of_subwords",
]  # fmt: skip

RATES = {True: 0.025, False: 0.05}  # skip-gram and CBOW, as the first word2vec had them
SAMPLE = 0.01  # words more frequent than this are left out now and then; 0.001, meant for long texts, leaves too few
NEGATIVE = 5
BATCH = 2000  # words between two looks at whether to stop; gensim's 10,000 take seconds with the largest settings


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
    parts : Subwords or None
        With fastText, what unknown words get their vectors from; named so in the notebooks that the app has given.
    snapshots : tuple of Snapshot
        The vectors at some epochs, for as many as were asked for.
    """

    vectors: KeyedVectors
    options: Options
    tokens: int
    vocabulary: int
    history: tuple[Epoch, ...]
    warnings: tuple[str, ...]
    parts: Subwords | None = None
    snapshots: tuple[Snapshot, ...] = ()


def train(
    text: str,
    options: Options | None = None,
    *,
    watch: Sequence[str] = ("bank",),
    on_epoch: Callable[[Epoch], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    snapshots: int = 0,
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
    snapshots : int
        Of how many epochs the vectors of all frequent words are kept, the random start and the last among them.

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
    corpus = Corpus(each_sentence(text), cancelled)
    corpus.sentences = sentences = list(corpus)
    corpus.end()
    counts = Counter(word for sentence in sentences for word in sentence)
    kept = {word: count for word, count in counts.most_common() if count >= options.min_count}
    check(sentences, counts, kept, options)

    model = _model(options)
    model.build_vocab_from_freq(kept, corpus_count=len(sentences))
    course = Course(
        predictions=draw(model, sentences),
        watch=watch,
        on_epoch=on_epoch,
        corpus=corpus,
        kept=kept_epochs(options.epochs, snapshots),
    )
    course.tell(model)
    model.train(corpus, total_examples=len(sentences), epochs=options.epochs, callbacks=[course])

    vectors = keyed_vectors(list(kept), model.wv.vectors)
    vectors.expandos["count"] = np.array(list(kept.values()), dtype=np.int64)
    vectors.expandos["count"].setflags(write=False)
    return Trained(
        vectors,
        options,
        tokens=counts.total(),
        vocabulary=len(kept),
        history=tuple(course.history),
        warnings=tuple(warnings_of(counts, kept, options, watch)),
        parts=keep_subwords(model.wv, vectors) if options.model == "fasttext" else None,
        snapshots=tuple(course.snapshots),
    )


def as_word2vec_text(vectors: KeyedVectors) -> bytes:
    """Write a set in word2vec's text format, by gensim: what every tool reads, and this app too.

    A number is written with as many digits as it takes to read the very same one.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "vectors.txt")
        vectors.save_word2vec_format(str(path), binary=False)
        return path.read_bytes()


def _model(options: Options) -> Any:
    shared = {
        "vector_size": options.size, "window": options.window, "epochs": options.epochs, "seed": options.seed,
        "sg": int(options.skip_gram), "alpha": RATES[options.skip_gram], "sample": SAMPLE, "negative": NEGATIVE,
        "min_count": options.min_count, "sorted_vocab": 0, "workers": 1, "batch_words": BATCH,
    }  # fmt: skip
    if options.model == "fasttext":
        return FastText(**shared, min_n=SHORTEST, max_n=LONGEST, bucket=BUCKETS)
    return Word2Vec(**shared)
