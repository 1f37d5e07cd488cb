"""Make the weights of the trained preset: what the page's training gives with its default settings.

    python -m tools.train_weights
    python -m tools.train_weights --measure

The first writes `selfattn/data/head.npy` and, of four heads, `heads.npy`, and says how well both do on sentences that
they did not learn from. The second tries other choices, each on five splits into sentences to train on and held-out
ones, and on five more by word.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import numpy as np

from selfattn.core import heads, multihead
from selfattn.core import learn as learning
from selfattn.core.head import Head
from selfattn.core.labelled import Labelled, labelled
from selfattn.core.learn import Batch, batches, learn_from, prepare, right_side
from selfattn.core.multihead import MultiHead
from selfattn.core.vectors import load_vectors

FOLDS = 5
CHOICES: dict[str, dict[str, Any]] = {
    "as it is": {},
    "a word asks itself, too": {"itself": True},
    "no distance": {"distance": False},
    "W_Q, W_K held with 0.05": {"DECAY": learning.DECAY | {"query": 0.05, "key": 0.05}},
    "W_V held with 0.005": {"DECAY": learning.DECAY | {"value": 0.005}},
    "W_V held with 0.5": {"DECAY": learning.DECAY | {"value": 0.5}},
    "30 steps": {"steps": 30},
    "200 steps": {"steps": 200},
    "start twice as sharp": {"start": 2**0.5},
    "half of the sentences": {"every": 2},
    "two heads": {"heads": 2},
    "four heads": {"heads": 4},
    "eight heads": {"heads": 8},
    "four heads, start half as sharp": {"heads": 4, "start": 2**-0.5},
    "four heads, W_V and W_O held with 0.005": {
        "heads": 4,
        "DECAY": learning.DECAY | {"value": 0.005, "output": 0.005},
    },
    "four heads, W_V and W_O held with 0.5": {"heads": 4, "DECAY": learning.DECAY | {"value": 0.5, "output": 0.5}},
}


def main() -> None:
    """Train, write, and report."""
    train, held_out, others = batches(load_vectors())
    width = train.asking.shape[1]
    starts = (Head.untrained(width, seed=learning.SEED), MultiHead.untrained(width, seed=learning.SEED))
    for start, file in zip(starts, (heads.FILE, multihead.FILE), strict=True):
        *_, last = learn_from(start, train, held_out)
        last.head.save(file)
        lines = [f"{file.name}: {len(train.examples)} sentences to train on, loss {last.loss:.3f}"]
        lines += [
            f"right side: {right_side(last.head, batch):.3f} of {len(batch.examples)} sentences {which}"
            for batch, which in ((held_out, "held out"), (others, "of words never trained on"))
            if batch
        ]
        sys.stdout.write("\n".join(lines) + "\n")


def measure() -> None:
    """Try every choice, and print a row of a table for each."""
    sys.stdout.write("| choice | words trained on | words never trained on |\n| --- | --- | --- |\n")
    for name, choice in CHOICES.items():
        both = (np.mean([_right(*fold, **choice) for fold in _folds(by_word=by_word)]) for by_word in (False, True))
        sys.stdout.write(f"| {name} | {' | '.join(f'{share:.3f}' for share in both)} |\n")
        sys.stdout.flush()


def _folds(*, by_word: bool) -> list[tuple[list[Labelled], list[Labelled]]]:
    """Split five times, so that every sentence, or every word, is held out once."""
    every = labelled()
    words = sorted({example.word for example in every})
    place = {example: words.index(example.word) if by_word else number for number, example in enumerate(every)}
    return [
        (
            [each for each in every if place[each] % FOLDS != fold],
            [each for each in every if place[each] % FOLDS == fold],
        )
        for fold in range(FOLDS)
    ]


def _right(
    train: Sequence[Labelled],
    held_out: Sequence[Labelled],
    *,
    distance: bool = True,
    itself: bool = False,
    start: float = 1.0,
    every: int = 1,
    steps: int = learning.STEPS,
    heads: int = 0,
    **constants: Any,
) -> float:
    """Train on some sentences and give the share of others on the right side."""
    vectors = load_vectors()
    batch, test = prepare(train[::every], vectors), prepare(held_out, vectors)
    assert batch is not None
    width, seed = vectors.vector_size, learning.SEED
    head: Any = MultiHead.untrained(width, heads=heads, seed=seed) if heads else Head.untrained(width, seed=seed)
    head = replace(head, query=head.query * start, key=head.key * start)
    if itself:
        batch, test = _with_itself(batch), _with_itself(test)
    if not distance:
        head, batch, test = replace(head, slope=np.array(0.0)), _near(batch), _near(test)
    with patch.multiple(learning, **constants) if constants else patch.multiple(learning, STEPS=learning.STEPS):
        *_, last = learn_from(head, batch, steps=steps)
    return right_side(last.head, test)


def _with_itself(batch: Batch | None) -> Any:
    """Put the word that asks among those that are asked."""
    if batch is None:
        return None
    count = len(batch.examples)
    sentence = np.concatenate([batch.sentence, np.arange(count)])
    order, lengths = np.argsort(sentence, kind="stable"), np.bincount(sentence)
    asked, distance = np.vstack([batch.asked, batch.asking]), np.concatenate([batch.distance, np.zeros(count)])
    return replace(
        batch,
        asked=asked[order],
        sentence=sentence[order],
        first=np.cumsum(lengths) - lengths,
        distance=distance[order],
    )


def _near(batch: Batch | None) -> Any:
    """Forget how far words stand from one another."""
    return batch and replace(batch, distance=np.zeros_like(batch.distance))


if __name__ == "__main__":
    measure() if "--measure" in sys.argv else main()
