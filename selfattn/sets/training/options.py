"""The settings of a training: their ranges, what they cost, and what is said of a text that is too small for them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from selfattn.core.wording import LONGEST, shortened
from selfattn.sets.training.text import TrainingError, runs_together

MODELS = ("word2vec", "fasttext")
RANGES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"size": (2, 300), "window": (1, 15), "epochs": (1, 500), "min_count": (1, 1000), "seed": (0, 2**32 - 1)}
)

MOST_VOCABULARY = 100_000
MOST_NUMBERS = 10_000_000  # words × size: 40 MB, which gensim and what comes of it hold a few times over
MOST_WORK = 20_000_000  # words × epochs: with the defaults, a training that a class waits for

FEW_WORDS = 1000  # random parts of the shipped texts that are shorter often do not tell the two poles of "bank" apart
FEW_TIMES = 5  # as often should a word occur, on average


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of a training; the defaults are those that suit the texts that ship with the app.

    They were chosen among some hundred by two measures, over several seeds: whether words of one pole of "bank" are
    nearer to each other than to words of the other pole, and how many of the ten words nearest to "bank" itself
    have to do with money or with rivers. On texts as short as these, CBOW does better than skip-gram in the second.

    Attributes
    ----------
    model : str
        "word2vec", or "fasttext", which also makes vectors of unknown words, from their subwords.
    skip_gram : bool
        Predict from each word the words around it; otherwise, from the words around, the word (CBOW).
    size : int
        How many numbers a vector has.
    window : int
        How many words to either side are around a word.
    epochs : int
        How often the text is read.
    min_count : int
        Words that occur less often are left out.
    seed : int
        The same seed gives the same vectors.

    Raises
    ------
    TrainingError
        There is no such model, or a number is out of its range in `RANGES`; the message says which.
    """

    model: str = "word2vec"
    skip_gram: bool = False
    size: int = 50
    window: int = 5
    epochs: int = 80
    min_count: int = 2
    seed: int = 1

    def __post_init__(self) -> None:
        if self.model not in MODELS:
            raise TrainingError(f"There is no model “{self.model}”: choose {' or '.join(MODELS)}.")
        for name, (least, most) in RANGES.items():
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
                shown = "minimum count" if name == "min_count" else name
                raise TrainingError(f"The {shown} is a whole number from {least:,} to {most:,}, got {value!r}.")


def too_small(tokens: int, vocabulary: int, size: int) -> str | None:
    """Say plainly when a text is too small for its vectors to mean anything.

    Parameters
    ----------
    tokens : int
        Words of the text, those left out as too rare not counted.
    vocabulary : int
        Different ones among them.
    size : int
        How many numbers a vector has.

    Returns
    -------
    str or None
        None for a text of a thousand words and more that come again often enough: the lessons have something to show
        on it. Vectors that hold for a language, and not only for one text, take millions of words.

    Examples
    --------
    >>> too_small(tokens=300, vocabulary=40, size=10)
    'This text is too small for its vectors to mean much: 300 words are trained on, and it takes 1,000.'
    >>> too_small(tokens=6000, vocabulary=600, size=50) is None
    True
    """
    if tokens < FEW_WORDS:
        why = f"{tokens:,} words are trained on, and it takes {FEW_WORDS:,}."
    elif tokens < FEW_TIMES * vocabulary:
        why = (
            f"{tokens:,} words are trained on, {vocabulary:,} of them different, so that each occurs "
            f"{tokens / vocabulary:.1f} times on average. Take a longer text, or a higher minimum count."
        )
    elif size > vocabulary:
        why = (
            f"{vocabulary:,} different words are trained on, fewer than a vector has numbers, {size}. "
            "Choose a smaller size."
        )
    else:
        return None
    return f"This text is too small for its vectors to mean much: {why}"


def check(sentences: Sequence[Sequence[str]], counts: Counter[str], kept: Mapping[str, int], options: Options) -> None:
    """Refuse what cannot be trained, or takes too much.

    Parameters
    ----------
    sentences : sequence of sequence of str
    counts : Counter
        How often each word of the text occurs.
    kept : mapping of str to int
        The same, of the words that get a vector.
    options : Options

    Raises
    ------
    TrainingError
    """
    stands_beside = any(sum(word in kept for word in sentence) > 1 for sentence in sentences)
    if (len(kept) < 2 or not stands_beside) and runs_together(counts):
        raise TrainingError(
            f"There are no spaces between the words of this text: “{shortened(max(counts, key=len), LONGEST)}” would "
            "be one word. Put spaces between the words, and train again."
        )
    if len(counts) < 2:
        words = f"only one word, “{next(iter(counts))}”" if counts else "no words"
        raise TrainingError(f"This text has {words}: take a few pages of prose.")
    if len(kept) < 2:
        frequent = f"only “{next(iter(kept))}” occurs" if kept else "none occurs"
        raise TrainingError(
            f"Of the {len(counts):,} different words of this text, {frequent} {options.min_count:,} times or more, the "
            "minimum count: choose a lower one, or a longer text."
        )
    if not stands_beside:
        raise TrainingError(
            f"No sentence of this text has two words that occur {options.min_count:,} times or more, so no word stands "
            "beside another: choose a lower minimum count, or a text of longer sentences."
        )
    _check_cost(counts.total(), len(kept), options)


def _check_cost(tokens: int, vocabulary: int, options: Options) -> None:
    if vocabulary > MOST_VOCABULARY:
        raise TrainingError(
            f"This text has {vocabulary:,} different words, and at most {MOST_VOCABULARY:,} are taken: choose a higher "
            f"minimum count than {options.min_count:,}."
        )
    if (numbers := vocabulary * options.size) > MOST_NUMBERS:
        raise TrainingError(
            f"{vocabulary:,} different words of {options.size} numbers each make {numbers:,}, and at most "
            f"{MOST_NUMBERS:,} are taken: choose a size of {MOST_NUMBERS // vocabulary}, or a higher minimum count."
        )
    if (work := tokens * options.epochs) > MOST_WORK:
        raise TrainingError(
            f"{tokens:,} words read {options.epochs} times make {work:,}, and at most {MOST_WORK:,} are taken: choose "
            f"{MOST_WORK // tokens} epochs."
        )


def warnings_of(counts: Counter[str], kept: Mapping[str, int], options: Options, watch: Sequence[str]) -> Iterator[str]:
    """Say what is to be known of a text that can be trained; takes what `check` takes, and the watched words."""
    if warning := too_small(sum(kept.values()), len(kept), options.size):
        yield warning
    if runs_together(kept):
        yield (
            f"Many words of this text are as long as “{shortened(max(kept, key=len), LONGEST)}”: put spaces between "
            "its words, or what is trained are pieces of sentences."
        )
    for word in dict.fromkeys(watch):
        if not counts[word]:
            yield f"“{word}” is not in this text, so it has no vector."
        elif word not in kept:
            times = "once" if counts[word] == 1 else f"{counts[word]} times"
            yield f"“{word}” occurs only {times}, less often than {options.min_count} times, so it has no vector."
