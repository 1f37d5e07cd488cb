"""How long the vectors of frequent words are: the finding, and the text that stands in for the picture."""

from selfattn.core.rounding import plain_fixed
from selfattn.core.wording import counted
from selfattn.sets.explore.frequency import Norms

FEW = 100  # words: of a smaller set, what is found says little
SAME = 0.005  # lengths nearer than this are written with the same two decimals


def lengths(norms: Norms) -> str:
    """Say which ranks have the longest vectors.

    A band of ranks is one of 1 to 9, 10 to 99, and so on.
    """
    longest, shortest = (choose(norms.bands, key=lambda band: band[2]) for choose in (max, min))
    count = norms.bands[-1][1]
    (most, ranked), (least, last) = (
        (plain_fixed(mean, 2), f"of ranks {first:,} to {end:,}") for first, end, mean in (longest, shortest)
    )
    finding = f"Longest are, on average, the vectors {ranked} ({most}), shortest those {last} ({least})."
    if longest[2] - shortest[2] < SAME:
        finding = f"The vectors are {most} long on average, whatever the rank."
    return finding + (f" Of {counted(count, 'word')}, that says little." if count < FEW else "")


def lengths_alt(norms: Norms) -> str:
    """Stand in for the lengths against the ranks."""
    means = ", ".join(f"ranks {first:,} to {last:,}: {plain_fixed(mean, 2)}" for first, last, mean in norms.bands)
    return f"Length of {len(norms.words)} vectors against the rank of the word. Means: {means}. {lengths(norms)}"
