"""What is said of a training: its settings, how far it is, what came out; texts for its pictures; its code."""

from collections.abc import Sequence

import numpy as np

from selfattn.core.neighbours import tells_nothing
from selfattn.core.rounding import percent, plain_fixed
from selfattn.core.wording import counted
from selfattn.lessons.word_vectors.train_paths import Paths, spread
from selfattn.sets.training.course import Epoch
from selfattn.sets.training.options import Options
from selfattn.sets.training.subwords import Subwords, known_subwords

MODEL_NAMES = {"word2vec": "Word2Vec", "fasttext": "fastText"}
WAY_NAMES = {False: "CBOW", True: "skip-gram"}
WAYS = {
    False: "CBOW: from the words around a word, the word is predicted.",
    True: "Skip-gram: from a word, the words around it are predicted.",
}
MOST_NAMED = 12
FELL = 0.05  # of the loss at the start: what falls by less has hardly been trained
OWN_FILE = "your-text.txt"


def settings(options: Options) -> str:
    """Write the settings in a line.

    >>> settings(Options())
    'Word2Vec, CBOW, 50 numbers, window 5, 80 epochs, minimum count 2, seed 1'
    """
    return (
        f"{MODEL_NAMES[options.model]}, {WAY_NAMES[options.skip_gram]}, {options.size} numbers, window "
        f"{options.window}, {counted(options.epochs, 'epoch')}, minimum count {options.min_count}, seed {options.seed}"
    )


def before(title: str, options: Options) -> str:
    """Say what there is to do, before anything is trained.

    >>> before("Letters from both banks", Options())
    'Nothing is trained yet. Train reads “Letters from both banks” 80 times, and gives each of its words a vector.'
    """
    return (
        f"Nothing is trained yet. Train reads “{title}” {_times(options.epochs)}, and gives "
        f"{'each of its words' if options.min_count <= 2 else 'each of its frequent words'} a vector."
    )


def progress(epoch: Epoch) -> str:
    """Say how far a training is.

    >>> progress(Epoch(12, 80, 2.3148, {}))
    'epoch 12 of 80, loss 2.31'
    """
    return f"epoch {epoch.number} of {epoch.of}, loss {plain_fixed(epoch.loss, 2)}"


def result(tokens: int, vocabulary: int, options: Options, losses: Sequence[float]) -> str:
    """Say what was read, how many words have a vector, and what became of the loss.

    >>> result(7068, 585, Options(), [4.13, 2.0, 1.29])
    '7,068 words were read 80 times; 585 different ones have a vector. The loss fell from 4.13 to 1.29.'
    """
    first, last = (plain_fixed(loss, 2) for loss in (losses[0], losses[-1]))
    went = "fell" if losses[-1] < losses[0] else "rose"
    loss = f"The loss stayed at {first}." if first == last else f"The loss {went} from {first} to {last}."
    return f"{tokens:,} words were read {_times(options.epochs)}; {vocabulary:,} different ones have a vector. {loss}"


def hardly_trained(word: str, losses: Sequence[float], alike: str) -> str:
    """Say that training has hardly begun, and how that is seen; nothing where it has.

    Parameters
    ----------
    word : str
        Whose neighbours are shown.
    losses : sequence of float
    alike : str
        That all words point nearly the same way, where they do.

    Examples
    --------
    >>> hardly_trained("bank", [4.11, 4.10], "")
    'Hardly trained: the loss has fallen from 4.11 to 4.10 only. Who is nearest to “bank” tells nothing yet.'
    """
    first, last = losses[0], losses[-1]
    if alike:
        return f"Hardly trained. {alike}"
    if first - last >= FELL * first:
        return ""
    went = "fallen" if last < first else "gone"
    how = f"the loss has {went} from {plain_fixed(first, 2)} to {plain_fixed(last, 2)} only"
    return f"Hardly trained: {how}. {tells_nothing(word)}."


def source(title: str, options: Options) -> str:
    """Say where a trained set comes from.

    >>> source("Your own text", Options())
    'Trained here on “Your own text”: Word2Vec, CBOW, 50 numbers, window 5, 80 epochs, minimum count 2, seed 1.'
    """
    return f"Trained here on “{title}”: {settings(options)}."


def no_vector(word: str, options: Options) -> str:
    """Say why a word cannot be followed.

    >>> no_vector("giraffe", Options())
    '“giraffe” does not occur twice in this text, the minimum count, so it has no vector. Follow another word.'
    """
    count = options.min_count
    times, minimum = (f" {_times(count)}", ", the minimum count") if count > 1 else ("", "")
    return f"“{word}” does not occur{times} in this text{minimum}, so it has no vector. Follow another word."


def from_subwords(word: str, subwords: Subwords) -> str:
    """Say of a word that the text does not have from which subwords fastText made its vector."""
    known = known_subwords(word, subwords)
    named = ", ".join(known[:MOST_NAMED]) + (" and others" if len(known) > MOST_NAMED else "")
    return f"“{word}” has no vector of its own: fastText makes one of its parts that other words have, too: {named}."


def trail_alt(paths: Paths, snapshot: int, losses: Sequence[float]) -> str:
    """Stand in for the map of the words after an epoch, and the line of the loss under it; `snapshot` counts from 0."""
    word, number = paths.words[0], paths.numbers[snapshot]
    ends = f", from {paths.ends[0]} on the left to {paths.ends[1]} on the right" if paths.ends else ""
    explained = f"two axes that keep {percent(paths.explained_variance)} of the variance"
    axes = "their two numbers" if paths.is_space else explained
    start, now = (plain_fixed(spread(paths.points[time]), 2) for time in (0, snapshot))
    order = np.linalg.norm(paths.points[snapshot] - paths.points[snapshot, 0], axis=1).argsort(kind="stable").tolist()
    beside = ", ".join(paths.words[place] for place in order if place)[:200]
    near = f" Beside “{word}”, nearest first: {beside}." if beside else ""
    return (
        f"Map of {len(paths.words)} words on {axes}{ends}, after epoch {number} of {paths.numbers[-1]}. In the random "
        f"start they lie {start} from their middle on average, now {now}.{near} {loss_alt(losses, number)}"
    )


def loss_alt(losses: Sequence[float], number: int) -> str:
    """Stand in for the line of the loss.

    >>> loss_alt([4.13, 2.0, 1.29], 1)
    'The loss by epoch is a line from 4.13 to 1.29; after epoch 1 it is 2.00.'
    """
    first, now, last = (plain_fixed(losses[epoch], 2) for epoch in (0, number, -1))
    return f"The loss by epoch is a line from {first} to {last}; after epoch {number} it is {now}."


def code(options: Options, names: Sequence[str] | None) -> str:
    """Write the lines that train the same vectors in a notebook.

    Parameters
    ----------
    options : Options
    names : sequence of str, or None
        The shipped texts, none for all of them; None for a text of one's own, which is read from a file.
    """
    shipped = f"shipped_text({', '.join(map(repr, names or ()))})"
    text = shipped if names is not None else f'open("{OWN_FILE}", encoding="utf-8").read()'
    parted = options.model == "fasttext"
    given = ", ".join(f"{name}={getattr(options, name)!r}" for name in Options.__dataclass_fields__)
    imports = ", ".join(["Options", *["grower"] * parted, *["shipped_text"] * (names is not None), "train"])
    lines = ["import numpy as np", "import selfattn", f"from selfattn.training import {imports}", "", f"text = {text}"]
    lines += [f"trained = train(text, Options({given}))", "vectors = trained.vectors"]
    lines += ['grow = grower(vectors, trained.parts)  # grow("banker") makes a vector of parts'] * parted
    return "\n".join(lines)


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")
