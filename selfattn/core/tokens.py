"""Split text as GloVe's vocabulary was split, and remember where each token stood.

The rules are those of the Penn Treebank tokenizer (Taylor, Marcus & Santorini 2003) that Stanford used for GloVe:
contractions apart, punctuation by itself, numbers whole. Matching runs on a *shadow* of the text: a string of the
same length in which every character is replaced by one ASCII stand-in for its kind, so that places agree.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SINGLE_QUOTES = "‘’‚‛′ʼ`´＇"
DOUBLE_QUOTES = "“”„‟«»″"
LONG_DASHES = "–—―"
HYPHENS = "‐‑−"
FOLDS = dict.fromkeys(SINGLE_QUOTES, "'") | dict.fromkeys(DOUBLE_QUOTES, '"') | dict.fromkeys(HYPHENS, "-")
LETTER, SYMBOL, EMOJI, TONE, FLAG, JOINER, DASH, DOTS = "x\x01\x02\x03\x04\x05\x06\x07"
STAND_INS = FOLDS | dict.fromkeys(LONG_DASHES, DASH) | {"…": DOTS}
BY_CATEGORY = {"L": LETTER, "N": "0", "Z": " ", "C": " ", "So": EMOJI}  # by the whole name, or else its first letter
ZERO_WIDTH_JOINERS = "\u200c\u200d"
ZIPF_SHIFT = 2.7  # Mandelbrot's correction of Zipf's law, for the few most frequent words of English

ABBREVIATIONS = r"(?:mr|mrs|ms|dr|st|prof|jr|sr|vs|etc|inc|co|corp|ltd|gen|sen|rep|gov|capt|mt)"
PATTERN = re.compile(
    rf"""
    (?P<emoji>{FLAG}{FLAG}? | {EMOJI}{TONE}*(?:{JOINER}{EMOJI}{TONE}*)*)
  | (?P<abbreviation>(?<![a-z0-9]) (?: (?:[a-z]{{1,2}}\.){{2,}} | {ABBREVIATIONS}\. ) (?![a-z0-9]))
  | (?P<number>(?<![a-z0-9]) (?:\d+ | \.\d+) (?:[.,:/]\d+)* (?![a-z0-9]))
  | (?P<word>(?:'(?=(?:em|til|tis|twas|n|\d\ds)\b))? [a-z0-9]+ (?:['&./-][a-z0-9]+ | \+\+)*)
  | (?P<suffix>'(?:s|re|ve|ll|d|m)(?![a-z0-9]))
  | (?P<dash>{DASH} | --+) | (?P<dots>{DOTS} | \.\.+)
  | (?P<punctuation>[^\sa-z0-9{JOINER}])
    """,
    re.VERBOSE,
)
CONTRACTION = re.compile(r"(?<=[a-z0-9])(?:(?<=[a-z0-9])n't|'(?:s|re|ve|ll|d|m))$")
LONGEST_CONTRACTION = len("n't")
HYPHEN_LIKE, APOSTROPHES = re.compile(r"[&./+-]+"), re.compile("'+")
LONGEST_WORD = 100  # longer ones are not looked up whole: pasted chains stay cheap


@dataclass(frozen=True, slots=True)
class Token:
    """One token: how it is spelled in the vocabulary's way, and where it stands in the typed text.

    Attributes
    ----------
    text : str
        Lower case, NFC, quotes and dashes folded: what is looked up.
    start, end : int
        ``typed[start:end]`` is what was typed for it.
    is_word : bool
        False for punctuation and symbols, which may be left out of the arithmetic.
    """

    text: str
    start: int
    end: int
    is_word: bool


def split(text: str, known: Callable[[str], bool]) -> Iterator[Token]:
    """Split typed text into tokens, in order.

    Parameters
    ----------
    text : str
        Anything that can be typed.
    known : callable
        Says whether the vocabulary has a spelling: hyphenated words stay whole if it does.

    Examples
    --------
    >>> [token.text for token in split("Don’t rob the bank's well-known vault…", {"well-known"}.__contains__)]
    ['do', "n't", 'rob', 'the', 'bank', "'s", 'well-known', 'vault', '...']
    """
    shadow = _shadow(text)
    for match in PATTERN.finditer(shadow):
        kind = match.lastgroup or "punctuation"
        if kind == "word":
            yield from _word(text, shadow, match.start(), match.end(), known)
        else:
            spelled = {"dash": "--", "dots": "..."}.get(kind) or spelling(text[match.start() : match.end()])
            is_word = kind in ("emoji", "abbreviation", "number", "suffix")
            yield Token(spelled, match.start(), match.end(), is_word)


def spelling(typed: str) -> str:
    """Write one token in the vocabulary's way: lower case, NFC, plain quotes, no invisible marks.

    >>> spelling("CAFE\\u0301")
    'café'
    """
    folded = "".join(FOLDS.get(character, character) for character in typed)
    shown = "".join(c for c in folded if c in ZERO_WIDTH_JOINERS or unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", shown).lower())


def _word(
    text: str, shadow: str, start: int, end: int, known: Callable[[str], bool], joints: re.Pattern[str] = HYPHEN_LIKE
) -> Iterator[Token]:
    """Take a word apart until the vocabulary has it: contractions, then hyphens and the like, then apostrophes."""
    endings: list[Token] = []
    while contraction := CONTRACTION.search(shadow, max(start + 1, end - LONGEST_CONTRACTION), end):
        endings.append(Token(spelling(text[contraction.start() : end]), contraction.start(), end, is_word=True))
        end = contraction.start()
    while start < end:
        whole = end - start <= LONGEST_WORD and known(spelling(text[start:end]))
        joint = None if whole else joints.search(shadow, start + 1, end)
        part, rest = joint.span() if joint else (end, end)
        if joints is HYPHEN_LIKE:
            yield from _word(text, shadow, start, part, known, APOSTROPHES)
        else:
            yield Token(spelling(text[start:part]), start, part, is_word=True)
        yield from (Token(spelling(text[i]), i, i + 1, is_word=False) for i in range(part, rest))
        start = rest
    yield from reversed(endings)


def _shadow(text: str) -> str:
    if text.isascii():
        return "".join(c if c.isprintable() else " " for c in text.lower())
    shadow: list[str] = []
    for character in text:
        shadow.append(_stand_in(character, shadow[-1] if shadow else " "))
    return "".join(shadow)


def _stand_in(character: str, before: str) -> str:
    """Choose the ASCII character that stands for this one; `before` is the stand-in of its left neighbour."""
    if character.isascii():
        return character.lower() if character.isprintable() else " "
    return STAND_INS.get(character) or _by_category(character, before)


def _by_category(character: str, before: str) -> str:
    category = unicodedata.category(character)
    follows_emoji = before in (EMOJI, TONE)
    if character in "\ufe0e\ufe0f\u20e3" or "\U0001f3fb" <= character <= "\U0001f3ff":
        return TONE if follows_emoji else (EMOJI if category == "Sk" else LETTER if before.isalnum() else " ")
    if "\U0001f1e6" <= character <= "\U0001f1ff":
        return FLAG
    if category in ("Cf", "Mn", "Mc", "Me"):
        if character == "\u200d" and follows_emoji:
            return JOINER
        if category == "Cf" and (character == "\u200b" or not before.isalnum()):
            return " "  # a zero-width space parts words, other marks join them
        return before if before.isalnum() else LETTER
    return BY_CATEGORY.get(category) or BY_CATEGORY.get(category[0], SYMBOL)
