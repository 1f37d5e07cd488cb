"""Names of files: lesson, screen and word, in letters and digits that every system takes."""

import unicodedata

from selfattn.course import Place

LONGEST = 40  # letters of one part: a name of 255 bytes is the most that disks take


def file_name(place: Place, ending: str, *more: str) -> str:
    """Give the name of a file about a screen, and about what else is given, such as the word.

    >>> from selfattn.course import PLACES
    >>> file_name(PLACES[0], "png", "bank", "Map!"), file_name(PLACES[2], "svg", "../<b>", "")
    ('two-meanings-bank-map.png', 'one-word-one-vector-four-numbers-b.svg')
    """
    step = place.step.title if place.step else ""
    parts = [part for text in (place.lesson.title, step, *more) if (part := _plain(text))]
    return "-".join(parts) + f".{ending}"


def _plain(text: str) -> str:
    """Keep letters, marks on them, and digits, of any script."""
    folded = unicodedata.normalize("NFC", text).casefold()
    kept = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in folded)
    return "-".join(kept[:LONGEST].split())
