"""What the lesson on failings says: questions, findings, reasons, and what the full transformer adds."""

from collections.abc import Mapping, Sequence

import numpy as np

from selfattn.core.lean import Lean
from selfattn.core.rounding import RAISED, percent, plain_fixed
from selfattn.core.spread import Spread
from selfattn.core.tokens import LONGEST_WORD
from selfattn.core.wording import first_of, numbered, quoted
from selfattn.lessons.limits.measures import ALIKE, EQUAL, FREQUENT_RANK, Shares

NOT_AT_ALL, A_LITTLE, A_LOT = "not at all", "a little", "a lot"
IN_BETWEEN, WITH_NEITHER = "in between", "with neither"
SAME_PLACE, ELSEWHERE, BACK = "almost where it ends in A", "far from where it ends in A", "back at the static word"
FREQUENT, RARER = "the frequent words", "the rarer words"
ON_NEITHER = "on neither side"
HOLDS = 0.5  # a weight on itself that is a reason to stay
NEAR_AN_END = 0.1  # a share of the way between two ends that is not in between
NAMED, REMAINING, READ_OUT = 3, 8, 20  # words: in a list, of what remains of a sentence, in place of a picture

TITLES = {
    "order": "The same words, shuffled",
    "mixed": "Two cues that pull apart",
    "negation": "What does “not” do?",
    "unknown": "A word that has no vector",
    "frequent": "Who takes the weight?",
    "still": "A sentence without a cue",
    "beyond": "What the full transformer adds",
}
ADDS = {
    "order": "It adds a position embedding to every vector: the same word in another place is another vector, so that "
    "the order counts.",
    "mixed": "It has many heads side by side, each with its own learned queries, keys and values, and many layers. One "
    "head may follow the one cue, another the other, and a later layer weighs them. Where they stay even, it ends on "
    "neither side, too.",
    "negation": "It has learned values, and a small network between its layers, which can turn a direction round; an "
    "average cannot. The word that is denied may stay what it is: what changes most stands beside “not”.",
    "unknown": "Its tokenizer cuts every text into pieces that it has learned, down to single characters, and its "
    "layers put the pieces together again: no word is left out.",
    "frequent": "It learns its queries and keys. A word may learn to ask for what tells its sense, and “the” to answer "
    "almost nobody.",
    "still": "It reads thousands of words at once, so that an earlier sentence can tell the sense. Where no word tells "
    "it, the full transformer has nothing to go by, either.",
}


BEYOND = (  # parts, from the text to the new vectors: the step whose failing each mends, or none; name; what it does
    ("still", "A long context:", "thousands of words at once."),
    ("unknown", "Pieces of words:", "every text can be written with them."),
    ("order", "Vectors + positions:", "now the order counts."),
    ("frequent", "Query, key, value:", "learned, what a word asks, answers to, gives."),
    ("mixed", "Heads, side by side:", "each a softmax of dot products and a weighted sum."),
    ("", "A mask:", "where a model writes, a word looks back only."),
    ("negation", "A small network:", "it can turn a direction round."),
    ("", "New vectors", "of this text, one a word or piece."),
)
IN_LAYER, SEEN = range(3, 7), 4  # which of them a layer has; which one the lessons have shown
SHORTCUTS = ((3, 5), (6, 6))  # from where to where each leads around
REPEATS = "A layer, repeated. Around each half a shortcut and a norm: what came in is kept, at one size."
BEYOND_FINDING = (
    "The full transformer has a part for each failing. Its core stays: a softmax of dot products, and a weighted sum."
)


def block_alt(parts: Sequence[tuple[str, str, str]]) -> str:
    """Stand in for the picture of the transformer: parts are (name, what it does, the failing that it mends)."""
    named = " ".join(f"{name} {does}{f' It mends: {failing}.' if failing else ''}" for name, does, failing in parts)
    return f"The block of a transformer, from the text down to the new vectors. {named} {REPEATS}"


def number(value: float) -> str:
    """Write a small number so that it is never shown as zero unless it is.

    >>> number(0.123), number(2.3e-16), number(0.0)
    ('0.12', '2 · 10⁻¹⁶', '0')
    """
    if value == 0 or abs(value) >= 0.005:
        return plain_fixed(value, 2) if value else "0"
    mantissa, power = f"{value:.0e}".split("e")
    return f"{mantissa} · 10{str(int(power)).translate(RAISED)}"


def listed(words: Sequence[str]) -> str:
    """Name words, each once.

    >>> listed(["lends", "money", "money"])
    '“lends” and “money”'
    """
    return quoted(dict.fromkeys(words), most=NAMED, longest=LONGEST_WORD)


def reading(lean: Lean) -> str:
    """Write where a word ends on the line.

    >>> reading(Lean(-2.4, -1.5, ("finance", "river"), 0.1)), reading(Lean(-2.4, 0.0, ("finance", "river"), 0.1))
    ('−1.5 (finance)', '0.0 (neither)')
    """
    return f"{plain_fixed(lean.after, 1)} ({lean.side or 'neither'})"


def order_truth(difference: float, alike: float) -> str:
    """Say how the new vector changed with the order."""
    return NOT_AT_ALL if difference < EQUAL else A_LITTLE if alike >= ALIKE else A_LOT


def order_finding(word: str, width: int, difference: float) -> str:
    """Say that the order makes no difference, or how much of one."""
    if difference == 0:
        return f"The new “{word}” is the same in both sentences: all {width} numbers, to the last digit."
    if difference < EQUAL:
        return (
            f"The new “{word}” is the same in both sentences: the {width} numbers differ by {number(difference)} at "
            "most, the rounding of the last digit."
        )
    return f"The new “{word}” changes with the order: of its {width} numbers, one differs by {number(difference)}."


def order_why(*, distance: bool, difference: float, alone: bool) -> str:
    """Say why the order does not count, and that of distance does where the settings have it."""
    if alone:
        return "There is no other order of these words: type a sentence of at least two different words."
    if distance:
        kept = "here it makes no difference" if difference < EQUAL else f"by {number(difference)} at most"
        return (
            "A sum has no order. With these settings, distant words count less, so the order may matter a little "
            f"({kept}); but whether a word stands before or after is still all the same."
        )
    return "A sum has no order. Every word is compared with every other, wherever the two stand."


def mixed_truth(share: float | None, cues: Sequence[str]) -> str:
    """Say where a word ends that hears two cues, given in words: with one of them, between, or with neither."""
    if share is None:
        return WITH_NEITHER
    return IN_BETWEEN if NEAR_AN_END <= share <= 1 - NEAR_AN_END else f"with {cues[int(share > 0.5)]}"


def mixed_finding(word: str, share: float | None, leans: Sequence[Lean], cues: Sequence[str]) -> str:
    """Say where the word ends with each cue alone, and with both; cues are the words of each sense, in words."""
    first, second, both = leans
    if share is None:
        return f"With either cue alone and with both, “{word}” ends at {reading(both)}: here the cues hardly count."
    return (
        f"With {cues[0]} alone “{word}” comes to {reading(first)}; with {cues[1]} alone to {reading(second)}. "
        f"With both it ends {mixed_truth(share, cues)}, at {reading(both)}."
    )


def one_sided(word: str, senses: Sequence[str], sides: Sequence[Sequence[str]]) -> str:
    """Say that the cues of a sentence do not pull apart."""
    for sense, cues in zip(senses, sides, strict=True):
        if cues:
            return f"All cues here speak for {sense} ({listed(cues)}): add one for the other sense of “{word}”."
    return f"No word here speaks for {senses[0]} or for {senses[1]}: add a cue for each."


MIXED_WHY = "One head makes one average. It cannot keep one cue for one purpose and the other for another."


def negation_truth(alike: float, moved: float) -> str:
    """Say where the word ends in B: cosines of its vector there with that in A, and with the static one."""
    return SAME_PLACE if alike >= ALIKE else BACK if moved >= ALIKE else ELSEWHERE


def negation_finding(word: str, alike: float, leans: Sequence[Lean]) -> str:
    """Say how near both contextual vectors are."""
    place = "almost the same place in both sentences" if alike >= ALIKE else "another place in each sentence"
    readings = "".join(f" {letter}: {reading(lean)}." for letter, lean in zip("AB", leans, strict=False))
    cosine = f"the cosine of its two vectors is {plain_fixed(alike, 3)}"
    return f"“{word}” ends in {place}: {cosine}.{readings}"


def negation_why(added: Sequence[tuple[str, float]]) -> str:
    """Say what the words that only B has do: (word, weight) pairs."""
    if not added:
        return "Type a second sentence that denies the first: it has no word of its own yet."
    takes = " and ".join(f"“{word}” takes {percent(share)} of the weight" for word, share in added[:2])
    return f"Every word is one more term of the sum. In B, {takes}, adds its own vector, and reverses nothing."


def unknown_finding(word: str, unknown: Sequence[str], remains: Sequence[str], pieces: Sequence[str]) -> str:
    """Say what is left out, what remains, and what pieces would bring."""
    if not unknown:
        return "Every word of this sentence is in the vocabulary: nothing is left out. Type a word that is new."
    single = len(set(unknown)) == 1
    has, is_ = ("has", "is") if single else ("have", "are")
    left = " ".join([*remains[:REMAINING], *(["…"] if len(remains) > REMAINING else [])])
    cut = f" In pieces, {' + '.join(pieces)}, it would count." if pieces and single else ""
    return f"{listed(unknown)} {has} no vector and {is_} left out: the new “{word}” is made of “{left}” alone.{cut}"


def unknown_why(size: int, near: Mapping[str, Sequence[str]]) -> str:
    """Say why a word has no vector, and how known words are spelled that are near it."""
    spelled = [f"“{word}”: {', '.join(known)}" for word, known in near.items() if known]
    alike = f" Spelled almost alike: {'; '.join(spelled[:NAMED])}." if spelled else ""
    none = " No word on it is spelled almost alike." if near and not spelled else ""
    return f"The vocabulary is a list of {size:,} words with a vector each. No other word can be compared.{alike}{none}"


def unknown_after(word: str, leans: Sequence[Lean]) -> str:
    """Say what the pieces change; nothing where there is no line before and after."""
    if len(leans) < 2:
        return ""
    return f"With the pieces, “{word}” goes from {' to '.join(map(reading, leans))}."


def frequent_truth(shares: Shares) -> str:
    """Say which kind of words takes more."""
    return FREQUENT if shares.frequent > shares.telling else RARER


def frequent_finding(word: str, off: Shares, on: Shares) -> str:
    """Say what share the frequent words take, without and with the switch."""
    if not off.frequent + off.telling:
        return f"“{word}” stands alone: there is nobody to take weight."
    if not off.frequent:
        return f"No other word here is among the {FREQUENT_RANK} most frequent: the rarer words have it all."
    return (
        f"Words among the {FREQUENT_RANK} most frequent take {percent(off.of_others)} of the weight that “{word}” "
        f"gives to others. With “Lower frequent words” they take {percent(on.of_others)}."
    )


def frequent_why(
    word: str,
    often: tuple[str, float] | None,
    rare: tuple[str, float] | None,
    *,
    more: bool = False,
    trained: bool = False,
) -> str:
    """Say why, with a dot product for a frequent word and one for a rarer one.

    `more` where frequent words are more; `trained` where the products are those of trained queries and keys.
    """
    many = " There are also more of them." if more else ""
    if trained:
        scores = [f"{plain_fixed(score, 1)} with “{other}”" for other, score in filter(None, (often, rare))]
        return f"How much each gets has been learned: the query of “{word}” scores {' and '.join(scores)}.{many}"
    reason = "Frequent words have stood beside all others, so their vectors lie near many"
    if not often or not rare:
        return f"{reason}, and their dot products are seldom small."
    first, second = (f"“{word}” · “{other}” is {plain_fixed(product, 1)}" for other, product in (often, rare))
    relation = "but" if often[1] <= rare[1] else "and"
    return f"{reason}: {first}, {relation} {second}.{many}"


def still_truth(lean: Lean) -> str:
    """Say where a word ends: one of `still_options`."""
    start = lean.side_of(lean.before)
    if not lean.moves or start == lean.side:
        outwards = lean.moves and abs(lean.after) > abs(lean.before)
        return f"further towards {start}" if start and outwards else f"still {_at(start)}"
    return _at(lean.side)


def _at(side: str | None) -> str:
    return f"with {side}" if side else ON_NEITHER


def still_finding(word: str, alike: float, lean: Lean) -> str:
    """Say how little a word moves, or where it goes all the same."""
    start, end = (plain_fixed(place, 1) for place in (lean.before, lean.after))
    return (
        f"“{word}” {lean.caption}: from {start} to {end} on the line, where 0 is neither; "
        f"before and after have a cosine of {plain_fixed(alike, 2)}."
    )


def still_why(
    word: str, cues: Sequence[str], own: float, *, moves: bool, frequent: bool, ends: tuple[str, float] | None = None
) -> str:
    """Say why it stays, or why it moves.

    Parameters
    ----------
    word : str
    cues : sequence of str
        Words that lean to a sense.
    own : float
        The word's weight on itself.
    moves : bool
        Whether it moves by as much as can be seen.
    frequent : bool
        Whether any other word is a frequent one.
    ends : tuple of (str, float), optional
        The sense on whose side it ends, and how much of the way from the middle to its pole.
    """
    if cues:
        return _why_with_cues(word, cues, own, moves=moves)
    if not moves and own >= HOLDS:
        reason = f", so nothing pulls “{word}” far to either: {percent(own)} of its weight stays with itself."
    elif not moves:
        reason = f": the words around “{word}” pull it, but not far enough to be seen."
    elif not own:
        where = f", {percent(ends[1])} of the way from the middle to {ends[0]}: a drift, not a meaning" if ends else ""
        reason = f". As no word looks at itself here, “{word}” becomes the mean of words that tell little{where}."
    else:
        where = "where all frequent words lie" if frequent else "the mean of the words around it"
        reason = f". What it does is slide towards {where}: a drift, not a meaning."
    return f"No word of this sentence is clearly nearer to one sense than to the other{reason}"


def _why_with_cues(word: str, cues: Sequence[str], own: float, *, moves: bool) -> str:
    if moves:
        return f"Here something speaks for a sense: {listed(cues)}. Try a sentence without it."
    if own >= HOLDS:
        return f"{listed(cues)} would tell, but {percent(own)} of the weight stays with “{word}” itself."
    return f"{listed(cues)} {'pulls' if len(set(cues)) == 1 else 'pull'} “{word}”, but not far enough to be seen."


def still_options(lean: Lean) -> tuple[str, ...]:
    """Say where a word may end, given where it starts."""
    start = lean.side_of(lean.before)
    others = (_at(sense) for sense in lean.senses if sense != start)
    ways = (f"further towards {start}", *others, ON_NEITHER) if start else others
    return (f"still {_at(start)}", *ways)


def scaling(narrow: Spread, wide: Spread) -> str:
    """Say what dividing by √d does."""
    return (
        f"Why divide by √d? A dot product adds d products, so it spreads like √d: by {wide.before:.0f} for "
        f"{wide.width} numbers. The softmax of eight such scores gives one word {percent(wide.highest)} on average; "
        f"divided by √d, {percent(wide.highest_after)}, and for {narrow.width} numbers "
        f"{percent(narrow.highest_after)}."
    )


def own_spread(own: Spread) -> str:
    """Say how far the dot products of the word vectors themselves spread."""
    return (
        f"Dots: random vectors. Diamonds: word vectors of {own.width} numbers, {own.before:.1f} and, divided, "
        f"{own.after:.1f}."
    )


def crossing_alt(word: str, above: str, below: str, weights: Sequence[float], difference: float) -> str:
    """Stand in for the sentence in two orders."""
    return (
        f"Above “{above}”, below “{below}”, a way from each word to itself. “{word}” gives itself {weights[0]:.2f} "
        f"above and {weights[1]:.2f} below; the new vectors differ by {number(difference)} at most."
    )


def paired_alt(
    word: str, sides: tuple[str, str], tokens: Sequence[str], before: Sequence[float], after: Sequence[float]
) -> str:
    """Stand in for pairs of weights; NaN is written as left out."""
    old, new = (["left out" if np.isnan(weight) else f"{weight:.2f}" for weight in side] for side in (before, after))
    weights = [f"{token} {first} and {second}" for token, first, second in zip(tokens, old, new, strict=True)]
    return f"Weights that “{word}” gives, {sides[0]} and {sides[1]}: {first_of(weights, READ_OUT)}."


def leanings_alt(
    word: str,
    senses: Sequence[str],
    poles: Sequence[float],
    way: tuple[float, float],
    words: Sequence[tuple[str, float]],
) -> str:
    """Stand in for where words stand between two senses."""
    names, numbers = [name for name, _ in words[:READ_OUT]], [place for _, place in words[:READ_OUT]]
    places = ", ".join(numbered(names, numbers, 1, signed=True)) or "no other word"
    ends = " and ".join(numbered(senses, poles, 1, signed=True))
    start, end = (plain_fixed(place, 1, signed=True) for place in way)
    return f"Where each word stands between {ends}: {places}. “{word}” goes from {start} to {end}."


def spread_alt(spreads: Sequence[Spread]) -> str:
    """Stand in for the spread of dot products."""
    widths = (f"{spread.width} numbers: {spread.before:.1f}, divided {spread.after:.1f}" for spread in spreads)
    return f"Standard deviation of dot products of random vectors. {', '.join(widths)}."
