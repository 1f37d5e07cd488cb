"""What being frequent does to vectors, in plain words: findings, and texts that stand in for a picture."""

from __future__ import annotations

from selfattn.core.rounding import plain_fixed
from selfattn.core.wording import quoted
from selfattn.sets.explore.frequency import Favour, Hubness, Norms

FEW = 100  # words: of a smaller set, what is found says little
HARDLY = 0.05  # a share of attention this near to a half
LONGER = 1.02  # times as long, from which on a length is a reason
NEARER = 0.02  # of cosine, from which on a direction is one


def lengths(norms: Norms) -> str:
    """Say which ranks have the longest vectors.

    A band of ranks is one of 1 to 9, 10 to 99, and so on.
    """
    longest = max(norms.bands, key=lambda band: band[2])
    shortest = min(norms.bands, key=lambda band: band[2])
    count = norms.bands[-1][1]
    if longest[2] - shortest[2] < 0.005:
        said = f"The vectors are {plain_fixed(longest[2], 2)} long on average, whatever the rank."
    else:
        most, least = (plain_fixed(one[2], 2) for one in (longest, shortest))
        said = (
            f"Longest are, on average, the vectors of ranks {longest[0]:,} to {longest[1]:,} ({most}), "
            f"shortest those of ranks {shortest[0]:,} to {shortest[1]:,} ({least})."
        )
    return said + _few(count)


def lengths_alt(norms: Norms) -> str:
    """Stand in for the lengths against the ranks."""
    said = ", ".join(f"ranks {first:,} to {last:,}: {plain_fixed(mean, 2)}" for first, last, mean in norms.bands)
    return f"Length of {len(norms.words)} vectors against the rank of the word. Means: {said}. {lengths(norms)}"


def hubs(one: Hubness) -> str:
    """Say which word is most often a neighbour, and how many words never are."""
    if not one.nearest:
        return "With fewer than two words, none is the neighbour of another."
    word, count = one.top[0]
    near = f"among the {one.nearest} nearest" if one.nearest > 1 else "the nearest"
    said = (
        f"{quoted([word])} is {near} of {count:,} of {one.sample:,} words, where "
        f"{one.expected:.2g} would be its share: {'a hub' if count > 2 * one.expected else 'hardly a hub'}."
    )
    return f"{said} {100 * one.never:.0f} % of the {one.among:,} words are nobody’s neighbours.{_few(one.among)}"


def hubs_alt(one: Hubness) -> str:
    """Stand in for the bars of the hubs."""
    said = ", ".join(f"{quoted([word])[1:-1]} {count:,}" for word, count in one.top)
    return f"How often words are among the nearest of others: {said or 'no words'}. {hubs(one)}"


def attention(one: Favour | None) -> str:
    """Say what attention gives to frequent words, and whether that comes of their length or of their direction."""
    if one is None:
        return "Three words or more are needed to compare frequent and rare ones."
    share = f"{100 * one.weight:.0f} %"
    said = f"Between a frequent word and a rare one, attention gives the frequent one {share} on average"
    if abs(one.weight - 0.5) < HARDLY:
        return f"{said}: being frequent hardly matters in this set."
    favoured = one.weight > 0.5
    more, less = (one.frequent, one.rare) if favoured else (one.rare, one.frequent)
    ratio = more.length / less.length
    reasons = [f"its vector is {ratio:.2f} times as long"] if ratio > LONGER else []
    if more.cosine - less.cosine > NEARER:
        here, there = plain_fixed(more.cosine, 2), plain_fixed(less.cosine, 2)
        reasons.append(f"it points more the way of other words (cosine {here}, not {there})")
    which = "frequent" if favoured else "rare"
    cause = f" The {which} one’s dot products are larger ({plain_fixed(more.dot, 2)}, not {plain_fixed(less.dot, 2)})"
    cause += f": {' and '.join(reasons)}." if reasons else "."
    return f"{said}.{cause}"


def attention_alt(one: Favour) -> str:
    """Stand in for the bars of what attention meets in frequent words and in rare ones."""
    pairs = (
        ("length", one.frequent.length, one.rare.length),
        ("cosine with other words", one.frequent.cosine, one.rare.cosine),
        ("dot product with other words", one.frequent.dot, one.rare.dot),
        ("weight", one.weight, 1 - one.weight),
    )
    said = "; ".join(f"{name} {plain_fixed(often, 2)} and {plain_fixed(rare, 2)}" for name, often, rare in pairs)
    return f"Bars of a frequent word and of a rare one, on average: {said}. {attention(one)}"


def _few(count: int) -> str:
    return f" Of {count} word{'' if count == 1 else 's'}, that says little." if count < FEW else ""
