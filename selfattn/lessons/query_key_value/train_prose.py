"""A training in plain words, as numbers, and as code."""

from collections.abc import Mapping, Sequence

import numpy as np

from selfattn.core.describe import Array
from selfattn.core.head import Head
from selfattn.core.heads import Training
from selfattn.core.learn import STEPS, Moment
from selfattn.core.rounding import percent, plain_fixed
from selfattn.core.wording import counted
from selfattn.ui.panels import Result
from selfattn.views.snippets import START as BEGIN
from selfattn.views.snippets import lines

SEEN = 0.005  # a change of a share that is worth a word
START = (
    "Step 0 is the balanced attention of lesson 5: W_Q and W_K only stretch, W_V changes nothing. But a word asks only "
    "the others, and far ones answer a little less."
)


def before(sentences: int, words: int) -> str:
    """Say what will be trained.

    >>> before(1800, 51)
    'Nobody writes W_Q, W_K and W_V: they are learned, from 1,800 sentences in which the sense of 51 words is known.'
    """
    return (
        f"Nobody writes W_Q, W_K and W_V: they are learned, from {counted(sentences, 'sentence')} in which the "
        f"sense of {counted(words, 'word')} is known."
    )


def progress(moment: Moment[Head]) -> str:
    """Say how far a training is."""
    return f"step {moment.step} of {STEPS}, loss {moment.loss:.2f}, {percent(moment.held_out)} on the right side"


def others(tokens: Sequence[str], row: int) -> dict[str, None]:
    """List the other words, each once, in order."""
    return dict.fromkeys(token for token in tokens if token != tokens[row])


def changes(before: Array, after: Array, tokens: Sequence[str], row: int) -> dict[str, float]:
    """Say how much more each other word gives, all copies of a word together.

    >>> changes(np.array([0.5, 0, 0.5]), np.array([0.75, 0, 0.25]), ["money", "bank", "grows"], 1)
    {'money': 0.25, 'grows': -0.25}
    """
    total = dict.fromkeys(others(tokens, row), 0.0)
    for token, more in zip(tokens, np.subtract(after, before), strict=True):
        if token in total:
            total[token] += float(more)
    return total


def finding(start: Result, now: Result, step: int) -> str:
    """Say what a number of steps did to the weights of a word, and where it goes."""
    lean = now.lean
    where = f": “{now.word}” {lean.caption}" if lean else ""
    total = changes(start.weights, now.weights, now.tokens, now.row)
    most, least = (pick(total, key=lambda token: total[token], default="") for pick in (max, min))
    if not most or abs(total[most]) < SEEN:
        return f"In {now.letter}, at step {step} the weights are those of step 0{where}."
    parts = [f"“{most}” rises from {_share(start, most)} to {_share(now, most)}"]
    if total[least] <= -SEEN:
        parts.append(f"“{least}” falls from {_share(start, least)} to {_share(now, least)}")
    return f"In {now.letter}, {' and '.join(parts)}{where}."


def _share(result: Result, token: str) -> str:
    return percent(float(sum(w for w, other in zip(result.weights, result.tokens, strict=True) if other == token)))


def compared(step: int) -> str:
    """Say which bar is which."""
    return f"Hollow: step 0. Full: step {step}." if step else "Step 0: nothing is learned yet."


def course(training: Training, step: int) -> str:
    """Say how well the head does at a step."""
    return (
        f"After {counted(step, 'step')} the loss is {training.losses[step]:.2f} (it was {training.losses[0]:.2f}), and "
        f"{percent(float(training.rates[step]))} of the held-out sentences are on the right side "
        f"(at the start {percent(float(training.rates[0]))})."
    )


def place(result: Result) -> float | None:
    """Give where a word ends on its line, in units of the poles; None without a line."""
    return result.lean.after / result.line.unit if result.lean and result.line else None


def course_alt(
    training: Training, step: int, places: Mapping[int, Mapping[int, float | None]], senses: Sequence[str]
) -> str:
    """Stand in for the course of a training."""
    ways = "; ".join(
        f"sentence {'ABCDEF'[role]} goes from {plain_fixed(at[0] or 0.0, 1)} to {plain_fixed(at[step] or 0.0, 1)}"
        for role, at in places.items()
    )
    ends = f" Between {senses[0]} at −1 and {senses[1]} at 1, {ways}." if ways and len(senses) == 2 else ""
    return f"{course(training, step)}{ends}"


def table(training: Training) -> dict[str, object]:
    """List the loss and the share on the right side of every step."""
    return {"step": range(len(training.losses)), "loss": training.losses, "held out, right side": training.rates}


def code(text: str, word: str) -> str:
    """Write the training, and what a sentence is at its start and at its end: `losses`, `rates`, `leans`, `weights`."""
    return lines(
        BEGIN,
        "from selfattn.core.learn import batches, learn",
        "",
        "train, held_out, _ = batches(vectors)",
        "moments = list(learn(train, held_out))  # 100 steps of Adam, a second or two",
        "losses, rates = zip(*((moment.loss, moment.held_out) for moment in moments))",
        "print(losses[0], losses[-1], rates[0], rates[-1])",
        "",
        f"sentence = selfattn.embed({text!r}, vectors)",
        "x = sentence.matrix.astype(float)",
        f"row = sentence.index({word!r})",
        "weights = []",
        "for head in (moments[0].head, moments[-1].head):",
        "    scaled = (x @ head.query + head.query_bias) @ (x @ head.key).T / np.sqrt(x.shape[1])",
        "    place = np.arange(len(x))",
        "    scaled -= head.slope * np.abs(place[:, None] - place)  # distant words count less",
        "    if len(x) > 1:",
        "        np.fill_diagonal(scaled, -np.inf)  # a word asks only the others",
        "    weights.append(selfattn.softmax(scaled)[row])",
        "    print(dict(zip(sentence.tokens, weights[-1].round(2).tolist())))",
    )
