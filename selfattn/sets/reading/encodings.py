"""Words that are not UTF-8: cut off within a character, or in another encoding."""

from __future__ import annotations

from selfattn.sets.reading.limits import shown

SHORTEST_CUT = 50  # bytes: a shorter word that ends oddly is in another encoding
UTF_8 = "Save the file as UTF-8."


def is_cut_off(word: bytes) -> bool:
    """Say whether a word was cut off within its last character, as word2vec does with words of 100 bytes."""
    try:
        word.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and len(word) >= SHORTEST_CUT
    return False


def other_encoding(word: bytes) -> str:
    """Say of a word that is not UTF-8 what it may be instead, as the rest of a sentence."""
    latin = word.decode("latin-1")
    if is_cut_off(word):
        return f"holds a word that was cut off within its last character: {shown(word.decode('utf-8', 'ignore'))}."
    if all(character.isalpha() for character in latin if not character.isascii()):
        return f"is not UTF-8. If the word is {shown(latin)}, the file is in Latin-1. {UTF_8}"
    return f"is not UTF-8 but in another encoding: the bytes {word[:12].hex(' ')} are no text in it. {UTF_8}"
