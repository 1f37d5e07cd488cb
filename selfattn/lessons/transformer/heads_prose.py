"""What is said of the heads: at what they look all together, what one of them does, and by what it was found."""

import numpy as np

from selfattn.core.heaviest import heaviest
from selfattn.core.rounding import percent
from selfattn.core.transformer import Encoded
from selfattn.core.wording import first_of, listed, numbered, shortened
from selfattn.lessons.transformer import heads
from selfattn.lessons.transformer.heads import Heads

QUESTION = (
    "The model puts [CLS] before your sentence and [SEP] after it. Each word spreads its weight 72 times, once a head: "
    "where does most of it land?"
)
OPTIONS = {
    heads.ITSELF: "on the word itself",
    heads.NEAR: "on the words beside it",
    heads.FAR: "on words farther away",
    heads.SPECIAL: "on [CLS] and [SEP]",
}
LOOKS_AT = {
    heads.ITSELF: "the word itself",
    heads.BEFORE: "the word before",
    heads.AFTER: "the word after",
    heads.FAR: "all words farther away",
    heads.TO_SEP: "[SEP]",
    heads.TO_CLS: "[CLS]",
}
TELLING = 0.1  # a share from which on a second word is named
READ = 24  # tokens that are shown
CUT_WORDS, LONGEST = 2, 40  # words whose pieces are shown, and letters of each
NAMED = 7  # weights that an alt text names


def name(of: Heads, row: int) -> str:
    """Name a row: a word in quotation marks, with its place where it stands there more than once; or [CLS], [SEP]."""
    if row in (0, of.words + 1):
        return of.names[row]
    word = of.names[row]
    alike = [each.lower() for each in of.names].count(word.lower())
    return f"“{shortened(word, LONGEST)}”" + (f" (word {row})" if alike > 1 else "")


def finding(of: Heads, row: int, layer: int, head: int, find: str, other: int) -> list[str]:
    """Say what the opened head does: by what it was found, what the word looks at in it, and what all words do.

    `row` and `other` are words, counted from 0; `find` is empty where the head was chosen by hand.
    """
    where, looks = f"Layer {layer + 1}, head {head + 1}", f"{_gives(of, row, layer, head)}."
    if not find:
        return [f"{where}: {looks}", f"{_over_all(of, layer, head)}."]
    share = of.best(find, row, other)
    assert share is not None
    by = f"{name(of, row + 1)} looks most at {name(of, other + 1)}"
    if find == heads.WORD:
        first = f"Of all 72 heads, {by} in {where[0].lower()}{where[1:]}: {percent(share.share)} of its weight."
        return [first, f"{_over_all(of, layer, head)}."]
    return [
        f"Of all 72 heads, {where[0].lower()}{where[1:]} looks most at {LOOKS_AT[find]}: {percent(share.share)} on "
        "average.",
        f"In it, {looks}",
    ]


def _gives(of: Heads, row: int, layer: int, head: int) -> str:
    weights = of.weights[layer, head, row + 1]
    best, *others = sorted(range(len(weights)), key=lambda place: -weights[place])[:2]
    parts = [f"gives {name(of, best) if best != row + 1 else 'itself'} {percent(weights[best])} of its weight"]
    parts += [
        f"{name(of, place) if place != row + 1 else 'itself'} {percent(weights[place])}"
        for place in others
        if weights[place] >= TELLING
    ]
    return f"{name(of, row + 1)} {listed(parts)}"


def _over_all(of: Heads, layer: int, head: int) -> str:
    """Say what the head does with all words of the sentence."""
    if of.words == 1:
        return "There is one word, so no other can be looked at"
    what, share = most(of, layer, head)
    return f"Over all {of.words} words, this head gives most to {LOOKS_AT[what]}: {percent(share)} on average"


def most(of: Heads, layer: int, head: int) -> tuple[str, float]:
    """Tell what a head looks at most, over all words, and with which share."""
    shares = {what: float(profile[layer, head]) for what, profile in of.profiles.items()}
    best = max(shares, key=shares.__getitem__)
    return best, shares[best]


def hovers(of: Heads) -> list[str]:
    """Say of each head what it looks at most, layer by layer."""
    lines = []
    for layer, head in np.ndindex(of.weights.shape[:2]):
        what, share = most(of, layer, head)
        lines.append(f"layer {layer + 1}, head {head + 1}<br>most to {LOOKS_AT[what]}: {share:.2f}")
    return lines


def specials(of: Heads, passed: float) -> str:
    """Say how much lands on [CLS] and [SEP], and what that means."""
    cls, sep = (float(of.profiles[what].mean()) for what in (heads.TO_CLS, heads.TO_SEP))
    both = cls + sep
    gets = (
        f"The special tokens: [CLS], put before the text, gets {percent(cls)} of all weight, and [SEP], put after it, "
        f"{percent(sep)}"
    )
    if passed < both / 2:
        gets += f". Yet only {percent(passed)} of what is passed on comes from them, for their values are short"
    return f"{gets}: a head that finds nothing to do looks there (Clark et al. 2019, “What Does BERT Look At?”)."


def pieces(encoded: Encoded) -> str:
    """Show the words that were cut into pieces; nothing where none was."""
    cut = [word for word in encoded.words if len(word.pieces) > 1]
    if not cut:
        return ""
    named = [
        f"“{shortened(word.text, LONGEST)}” = "
        + shortened(" + ".join(encoded.tokens[word.pieces.start : word.pieces.stop]), LONGEST)
        for word in cut[:CUT_WORDS]
    ]
    more = [f"{len(cut) - CUT_WORDS} more words"] if len(cut) > CUT_WORDS else []
    joined = "what they get is added up, what they give is averaged"
    return f"Cut into word pieces and joined again ({joined}): {listed([*named, *more])}."


def tokens(encoded: Encoded) -> str:
    """Show what the model reads: its tokens, of a long text the first ones."""
    return f"It reads: {first_of(encoded.tokens, READ, '  ')}"


def thumbnails_alt(of: Heads, layer: int, head: int) -> str:
    """Stand in for the thumbnails."""
    parts = [f"{percent(share)} lands {OPTIONS[what]}" for what, share in of.shares.items()]
    found = {what: of.best(what) for what in (heads.BEFORE, heads.AFTER, heads.TO_SEP)}
    best = [
        f"{LOOKS_AT[what]} in layer {each.layer + 1}, head {each.head + 1} ({percent(each.share)})"
        for what, each in found.items()
        if each
    ]
    n_layers, n_heads = of.weights.shape[:2]
    return (
        f"{n_layers * n_heads} thumbnails of attention weights: {n_layers} layers from top to bottom, {n_heads} heads "
        f"each. Of all weight, {listed(parts)}. Looked at most by one head: {listed(best)}. "
        f"Layer {layer + 1}, head {head + 1} is framed."
    )


def head_alt(of: Heads, row: int, layer: int, head: int) -> str:
    """Stand in for the weights of one head: those of the word, the heaviest ones."""
    weights = of.weights[layer, head, row + 1]
    places = heaviest(weights, NAMED)
    values = ", ".join(numbered([of.names[place] for place in places], weights[places]))
    more = f", the heaviest of {len(weights)}" if len(weights) > NAMED else ""
    return f"Weights of layer {layer + 1}, head {head + 1}. {name(of, row + 1)} gives {values}{more}."
