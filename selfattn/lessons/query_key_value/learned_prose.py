"""What was learned, in plain words and as code."""

import html
from collections.abc import Collection

from selfattn.core.contextual import DISTANCE_UNIT
from selfattn.core.learn import SEED
from selfattn.core.rounding import percent, plain_fixed
from selfattn.core.wording import counted, quoted
from selfattn.lessons.query_key_value.learned_measures import OFTEN, SAMPLE, SAMPLED, SHORTEST, Asked, Change, Learned
from selfattn.views.snippets import START, lines

LESS, MORE, SAME = "less weight", "more weight", "about the same"
QUESTION = "Will frequent words such as “the” get more or less weight after training?"
CHANGED = 0.01  # of the weight: below, it is about the same
FIRST = 3  # words that the chosen word asks for
PAIRS, PAIRS_ROOM = 6, 4
AMONG = 5  # the first words that each word asks for
TITLES = ("Asking: W_Q W_Kᵀ", "Giving: W_V")
AXES = (("of what asks", "of what is asked"), ("static", "what is given"))
NONE = "These vectors have no trained head yet, so there is nothing learned to look at."


def truth(found: Learned) -> str:
    """Say which of the guesses holds."""
    before, after = found.often
    return SAME if abs(after - before) < CHANGED else LESS if after < before else MORE


def because(found: Learned) -> str:
    """Say it with numbers: “49 % before, 17 % now”."""
    before, after = found.often
    return f"{percent(before)} before, {percent(after)} now"


def finding(found: Learned) -> list[str]:
    """Say what frequent words get, and whether the head has found what the switches do by hand."""
    before, after = found.often
    change = {LESS: "less", MORE: "more", SAME: "about as much"}[truth(found)]
    weight = (
        f"The {OFTEN} most frequent words get {change} of the weight: {percent(after)}, before training "
        f"{percent(before)}."
    )
    return [weight, by_itself(found)]


def by_itself(found: Learned) -> str:
    """Compare what was learned with the switches for frequent and for distant words."""
    was, now = (plain_fixed(each, 2, signed=True) for each in found.rarity)
    by_hand, slope = plain_fixed(1 / DISTANCE_UNIT, 2), plain_fixed(found.slope[1], 2)
    lowers = truth(found) == LESS and found.rarity[1] > max(found.rarity[0], 0)
    start = (
        "It has found by itself what the switches do by hand: the rarer a word, the higher its score"
        if lowers
        else "It has not found what the switches do by hand: a word's score does not rise the rarer it is"
    )
    return (
        f"{start} (correlation with the logarithm of the rank {now}, before {was}), and each step of distance "
        f"costs {slope}, by hand {by_hand}."
    )


def size(change: Change) -> str:
    """Say how much a matrix changed, beside its size at the start."""
    return f"changed by {percent(change.size)}"


def picture(found: Learned) -> str:
    """Say what the picture is."""
    rows, width = len(found.asking.drawn), found.asking.width
    averaged = f" Each cell is a mean: {width} rows are drawn as {rows}." if found.asking.averaged else ""
    return (
        "What training added to each number (blue) or took off (orange). As large as the whole matrix at the start "
        f"would be 100 %.{averaged}"
    )


def changes_alt(found: Learned) -> str:
    """Stand in for the picture of both matrices."""
    width = found.asking.width
    return (
        f"Two heatmaps of what training changed, {width} rows and columns each: W_Q W_Kᵀ, what asking and answering do "
        f"together, {size(found.asking)}; W_V, what a word gives, {size(found.giving)}."
    )


def often_alt(found: Learned) -> str:
    """Stand in for the bars."""
    before, after = (percent(share) for share in found.often)
    return f"Bars. {often_title(found)}: {before} before, {after} now."


def often_title(found: Learned) -> str:
    """Name the bars."""
    return f"Weight of the {OFTEN} most frequent words, mean of {counted(found.sentences, 'held-out sentence')}"


def asks(asked: Asked, word: str) -> str:
    """Say for which words the chosen word asks more than before, and whether others want the same."""
    common, many = asked.commonest(AMONG)
    return (
        f"Training made “{word}” ask more for {quoted(asked.best(word, FIRST))} than for any other of "
        f"{counted(len(asked.asked), 'word')}. Many want the same: “{common}” is among the first {AMONG} of {many} of "
        f"{counted(len(asked.asking), 'word')}."
    )


def pairs(asked: Asked, own: Collection[str], most: int = PAIRS) -> str:
    """Write the strongest pairs as HTML, the class's own words bold."""
    shown = [tuple(_named(word, own) for word in pair) for pair in asked.strongest(most)]
    inside = "".join(f"<dt>{asking} →</dt><dd>{other}</dd>" for asking, other in shown)
    return f'<dl class="sa-keys sa-prose" style="gap:0 0.6rem;margin:0">{inside}</dl>'


def _named(word: str, own: Collection[str]) -> str:
    return f"<b>{html.escape(word)}</b>" if word in own else html.escape(word)


def code(word: str, words: Collection[str]) -> str:
    """Write how the matrices changed, what frequent words get, and for which words one word asks more.

    `asking` and `giving` are the changes, `before` and `after` shares, `more` is a number for every word of `sample`.

    Parameters
    ----------
    word : str
        The one that asks.
    words : collection of str
        Those that are asked besides the sample.
    """
    return lines(
        START,
        "from selfattn.core.rates import parts",
        "",
        "head = selfattn.head_of(vectors)",
        f"start = selfattn.Head.untrained(vectors.vector_size, seed={SEED})",
        "asking = head.query @ head.key.T - start.query @ start.key.T  # (d, d): what a query and a key do together",
        "giving = head.value - start.value",
        "print(np.linalg.norm(asking) / np.linalg.norm(start.query @ start.key.T))",
        "print(np.linalg.norm(giving) / np.linalg.norm(start.value))",
        "",
        "def often(head):  # the share of the weight that frequent words get",
        "    shares = []",
        "    for example in parts().held_out:",
        "        sentence = selfattn.embed(example.text, vectors)",
        "        x, row = sentence.matrix.astype(float), sentence.index(example.word)",
        "        query, key = x[row] @ head.query + head.query_bias, x @ head.key",
        "        scaled = key @ query / np.sqrt(len(query)) - head.slope * np.abs(np.arange(len(x)) - row)",
        "        scaled[row] = -np.inf  # a word asks only the others",
        f"        frequent = [vectors.key_to_index[token] < {OFTEN} for token in sentence.tokens]",
        "        shares.append(selfattn.softmax(scaled)[frequent].sum())",
        "    return np.mean(shares)",
        "",
        "before, after = often(start), often(head)",
        "print(before, after)",
        "",
        f"word, first, last = {word!r}, {SAMPLE[0]}, {SAMPLE[1]}",
        "ranked = vectors.index_to_key[first:last] or vectors.index_to_key",
        f"sample = [other for other in ranked if other.isalpha() and len(other) >= {SHORTEST}] or ranked",
        f"sample = sample[:: max(1, len(sample) // {SAMPLED})][:{SAMPLED}]",
        f"sample = [other for other in dict.fromkeys(sample + {sorted(words)!r}) if other != word]",
        "def scores(head):",
        "    query = vectors[word].astype(float) @ head.query + head.query_bias",
        "    return vectors[sample].astype(float) @ head.key @ query / np.sqrt(len(query))",
        "more = scores(head) - scores(start)",
        "print([sample[place] for place in np.argsort(-more, kind='stable')[:10]])",
    )
