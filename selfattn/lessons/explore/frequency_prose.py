"""How long the vectors of frequent words are: the finding, and the text that stands in for the picture."""

from selfattn.core.rounding import plain_fixed
from selfattn.sets.explore.frequency import Norms

FEW = 100  # words: of a smaller set, what is found says little
SAME = 0.005  # lengths nearer than this are written with the same two decimals


def lengths(norms: Norms) -> str:
    """Say which ranks have the longest vectors.

    A band of ranks is one of 1 to 9, 10 to 99, and so on.
    """
    longest = max(norms.bands, key=lambda band: band[2])
    shortest = min(norms.bands, key=lambda band: band[2])
    count = norms.bands[-1][1]
    most, least = (plain_fixed(mean, 2) for *_, mean in (longest, shortest))
    if longest[2] - shortest[2] < SAME:
        finding = f"The vectors are {most} long on average, whatever the rank."
    else:
        finding = (
            f"Longest are, on average, the vectors of ranks {longest[0]:,} to {longest[1]:,} ({most}), "
            f"shortest those of ranks {shortest[0]:,} to {shortest[1]:,} ({least})."
        )
    few = f" Of {count} word{'' if count == 1 else 's'}, that says little." if count < FEW else ""
    return finding + few


def lengths_alt(norms: Norms) -> str:
    """Stand in for the lengths against the ranks."""
    means = ", ".join(f"ranks {first:,} to {last:,}: {plain_fixed(mean, 2)}" for first, last, mean in norms.bands)
    return f"Length of {len(norms.words)} vectors against the rank of the word. Means: {means}. {lengths(norms)}"
