"""Split text as GloVe's vocabulary was split, ask the vocabulary for more, and remember where each token stood.

The rules are those of the Penn Treebank tokenizer (Taylor, Marcus & Santorini 2003) that Stanford used for GloVe:
contractions apart, punctuation by itself, numbers whole. Matching runs on a *shadow* of the text: a string of the
same length in which every character is replaced by one ASCII stand-in for its kind, so that places agree.

Other vocabularies were split otherwise: ngân_hàng, bank_NOUN, don't, c#. So the longest piece that the vocabulary has
is one token. A vocabulary that has "n't" was split by these rules itself, and where it has all that they cut a piece
into, at full stops, hyphens and the like, they stand: “He is ill.” ends in "ill" and ".", though GloVe has "ill.", too.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

SINGLE_QUOTES = "‘’‚‛′ʼ`´＇"
DOUBLE_QUOTES = "“”„‟«»″"
LONG_DASHES = "–—―"
HYPHENS = "‐‑−"
FOLDS = dict.fromkeys(SINGLE_QUOTES, "'") | dict.fromkeys(DOUBLE_QUOTES, '"') | dict.fromkeys(HYPHENS, "-")
FOLDING = str.maketrans(FOLDS)
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
NOT, ORDINARY = "n't", frozenset(".,;:!?()[]{}\"'-/&+$£€¥") | {"--", "..."}
USUAL = {"dash": "--", "dots": "..."}
MOST_PARTS = 16  # of a piece that is looked up whole, where more stands around it than spaces
MOST_JOINED = 4  # words that a vocabulary may have as one, with _ between them

# Scripts that put no space between words: of Chinese and Japanese signs, and of Thai, Lao, Burmese and Khmer letters.
SIGNS = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
RUNNING = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
MARKS = "\u0e30-\u0e3a\u0e47-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u3099\u309a\ufe00-\ufe0f"
SIGN = re.compile(f"[{SIGNS}{RUNNING}][{MARKS}]*|[^{SIGNS}{RUNNING}]+")
HAS_SIGNS = re.compile(f"[{SIGNS}{RUNNING}]")

Find = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Token:
    """One token: how it is spelled in the vocabulary's way, and where it stands in the typed text.

    Attributes
    ----------
    text : str
        What is looked up: as the vocabulary spells it; where it has no such word, in lower case, NFC, quotes and
        dashes folded.
    start, end : int
        ``typed[start:end]`` is what was typed for it.
    is_word : bool
        False for punctuation and symbols, which may be left out of the arithmetic.
    """

    text: str
    start: int
    end: int
    is_word: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is asked of a set of words.

    Attributes
    ----------
    find : callable
        Gives the word that was typed as the set spells it; None where it has none.
    reach : callable
        Gives how long a word may be that is more than letters and begins as this text does.
    across : callable, optional
        The same of words with spaces inside.
    """

    find: Find
    reach: Callable[[str], int] = lambda _: LONGEST_WORD
    across: Callable[[str], int] | None = None


Piece = tuple[Token, bool]  # and whether the vocabulary has it


def split(text: str, known: Callable[[str], bool]) -> Iterator[Token]:
    """Split typed text into tokens, in order.

    Parameters
    ----------
    text : str
        Anything that can be typed.
    known : callable
        Says whether the vocabulary has a spelling: the longest piece that it has is one token.

    Examples
    --------
    >>> [token.text for token in split("Don’t rob the bank's well-known vault…", {"well-known"}.__contains__)]
    ['do', "n't", 'rob', 'the', 'bank', "'s", 'well-known', 'vault', '...']
    """
    return pieces(text, Vocabulary(lambda typed: next(filter(known, (typed, spelling(typed))), None)))


def pieces(text: str, vocabulary: Vocabulary) -> Iterator[Token]:
    """Split typed text into tokens, as `split` does, with all that is known of a vocabulary.

    >>> vocabulary = Vocabulary({"ngân_hàng": "ngân_hàng", "tiền": "tiền"}.get)
    >>> [token.text for token in pieces("(tiền, ngân_hàng)", vocabulary)]
    ['(', 'tiền', ',', 'ngân_hàng', ')']
    """
    by_treebank = vocabulary.find(NOT) is not None
    chunks = (_chunk(match.group(), match.start(), vocabulary, by_treebank) for match in re.finditer(r"\S+", text))
    found = (piece for chunk in chunks for piece in chunk)
    return (token for token, _ in (found if vocabulary.across is None else _joined(text, list(found), vocabulary)))


def parted(text: str, vocabulary: Vocabulary) -> list[str]:
    """Give the words that stand between the spaces of a list, those joined that the vocabulary has as one.

    >>> parted("money New  York", Vocabulary({"New York": "New_York"}.get, across=lambda _: 0))
    ['money', 'New_York']
    """
    found: list[Piece] = []
    for typed in re.finditer(r"\S+", text):
        word = vocabulary.find(typed.group())
        found.append((Token(word or typed.group(), typed.start(), typed.end(), is_word=True), word is not None))
    return [token.text for token, _ in _joined(text, found, vocabulary)]


def canonical(typed: str) -> str:
    """Write a word in the one form in which spellings are compared: NFC, plain quotes, no invisible marks.

    >>> canonical("Don’t"), canonical("CAFE\\u0301") == "CAFÉ"
    ("Don't", True)
    """
    if typed.isascii() and typed.isprintable() and "`" not in typed and "  " not in typed:
        return typed
    shown = typed.translate(FOLDING)
    if not shown.isprintable() or "  " in shown:
        shown = "".join(c for c in shown if c in ZERO_WIDTH_JOINERS or unicodedata.category(c) != "Cf")
        shown = re.sub(r"\s+", " ", shown)
    return unicodedata.normalize("NFC", shown)


def spelling(typed: str) -> str:
    """Write one token in the vocabulary's way: its canonical form in lower case.

    >>> spelling("CAFE\\u0301")
    'café'
    """
    return unicodedata.normalize("NFC", canonical(typed).lower())


def is_wordlike(word: str) -> bool:
    """Tell whether a word is made of letters alone, and of the marks that belong to them."""
    return word.isalpha() or (bool(word) and all(unicodedata.category(letter)[0] in "LM" for letter in word))


def runs_on(word: str, *, signs: int = 4, letters: int = 12) -> bool:
    """Tell whether a word is so long, in a script that puts no space between words, that it may be several.

    >>> runs_on("我们在河岸上坐着"), runs_on("河岸"), runs_on("riverbanks")
    (True, False, False)
    """
    return re.search(f"[{SIGNS}]{{{signs}}}|[{RUNNING}]{{{letters}}}", word) is not None


def _chunk(typed: str, start: int, vocabulary: Vocabulary, by_treebank: bool) -> Iterable[Piece]:
    """Split what stands between two spaces."""
    if typed.isalnum() if typed.isascii() else typed.isalpha() and "ʼ" not in typed:  # letters alone: nearly all
        word = vocabulary.find(typed)
        if word is not None or not HAS_SIGNS.search(typed):
            return [(Token(word or spelling(typed), start, start + len(typed), is_word=True), word is not None)]
    cut = list(_by_rules(typed, vocabulary.find)) if by_treebank else []
    if not cut or not all(known and (token.is_word or token.text in ORDINARY) for token, known in cut):
        cut = _longest(typed, vocabulary, by_treebank)
    return ((replace(token, start=start + token.start, end=start + token.end), known) for token, known in cut)


def _longest(typed: str, vocabulary: Vocabulary, by_treebank: bool) -> list[Piece]:
    """Cut so that as few letters as possible are unknown, and then into as few pieces: into the longest ones."""
    rules = [token for token, _ in _by_rules(typed, lambda _: None)]
    if (word := vocabulary.find(typed)) is not None:
        is_word = not rules or any(token.is_word for token in rules)
        return [(Token(word, 0, len(typed), is_word), True)]
    parts = [part for token in rules for part in _signs(typed, token, vocabulary)]
    found = [_piece(typed, part.start, part.end, vocabulary.find, part.is_word, _usual(part)) for part in parts]

    def stands(first: int, last: int) -> bool:
        """Tell whether these parts stand as the rules cut them: one at the edge is punctuation, and all are known."""
        edges = any(not part.is_word and part.text in ORDINARY for part in (parts[first], parts[last]))
        return by_treebank and edges and all(known for _, known in found[first : last + 1])

    joined: dict[tuple[int, int], Piece] = {}
    for first, part in enumerate(parts):
        furthest = part.start + vocabulary.reach(typed[part.start])
        for last in range(first + 1, min(first + MOST_PARTS, len(parts))):
            if parts[last].end > furthest:
                break
            if not stands(first, last) and (word := vocabulary.find(typed[part.start : parts[last].end])) is not None:
                is_word = any(each.is_word for each in parts[first : last + 1])
                joined[first, last + 1] = Token(word, part.start, parts[last].end, is_word), True
    return _whole_again(typed, _cover(found, joined), rules)


def _signs(typed: str, token: Token, vocabulary: Vocabulary) -> Iterator[Token]:
    """Take a word apart into the signs of a script that puts no space between words; others stay as they are."""
    letters = set(typed[token.start : token.end]) if token.is_word and HAS_SIGNS.search(typed) else ()
    if not any(HAS_SIGNS.match(letter) and vocabulary.reach(letter) for letter in letters):
        return iter([token])
    signs = (sign.span() for sign in SIGN.finditer(typed, token.start, token.end))
    return (Token(spelling(typed[start:end]), start, end, is_word=True) for start, end in signs)


def _whole_again(typed: str, cut: Sequence[Piece], rules: Sequence[Token]) -> list[Piece]:
    """Put signs together again where the vocabulary has none of them."""
    begins = {token.start for token in rules}
    parts: list[list[Piece]] = []
    for piece in cut:
        if parts and not piece[1] and not parts[-1][-1][1] and piece[0].start not in begins:
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return [_put(typed, *part) for part in parts]


def _put(typed: str, *parts: Piece) -> Piece:
    if len(parts) == 1:
        return parts[0]
    start, end = parts[0][0].start, parts[-1][0].end
    return Token(spelling(typed[start:end]), start, end, is_word=True), False


def _joined(text: str, found: list[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """Join words over spaces: those with spaces inside, and those with _ where their parts alone are unknown."""
    joined: dict[tuple[int, int], Piece] = {}
    for first, (token, _) in enumerate(found):
        furthest = token.start + (vocabulary.across(text[token.start]) if vocabulary.across else 0)
        for end in range(first + 2, len(found) + 1):
            last = found[end - 1][0]
            lacks = end - first <= MOST_JOINED and not all(known for _, known in found[first:end])
            if last.end > furthest and end - first >= MOST_JOINED:
                break
            if (lacks or last.end <= furthest) and " " in (between := canonical(text[token.start : last.end])):
                word = vocabulary.find(between)
                if word is not None and (lacks or " " in canonical(word)):
                    joined[first, end] = Token(word, token.start, last.end, is_word=True), True
    return _cover(found, joined) if joined else found


def _cover(found: Sequence[Piece], joined: Mapping[tuple[int, int], Piece]) -> list[Piece]:
    """Choose pieces one after another: with the fewest unknown letters, of these the fewest, the first ones longest."""
    ways: list[list[int]] = [[first + 1] for first in range(len(found))]
    for first, end in joined:
        ways[first].append(end)
    best = [(0, 0, 0)] * (len(found) + 1)  # unknown letters and pieces from here on, and where the first of them ends
    for first in reversed(range(len(found))):
        token, known = found[first]
        costs = [0 if known else token.end - token.start, *[0] * len(ways[first])]
        best[first] = min(
            (best[end][0] + cost, best[end][1] + 1, -end) for end, cost in zip(ways[first], costs, strict=False)
        )
    chosen, first = [], 0
    while first < len(found):
        end = -best[first][2]
        chosen.append(joined.get((first, end)) or found[first])
        first = end
    return chosen


def _usual(token: Token) -> str:
    return token.text if token.text in USUAL.values() else ""


def _by_rules(text: str, find: Find) -> Iterator[Piece]:
    """Cut by the rules of the Treebank: a word stays whole where the vocabulary has it."""
    shadow = _shadow(text)
    for match in PATTERN.finditer(shadow):
        kind = match.lastgroup or "punctuation"
        if kind == "word":
            yield from _word(text, shadow, match.start(), match.end(), find)
        else:
            is_word = kind in ("emoji", "abbreviation", "number", "suffix")
            yield _piece(text, match.start(), match.end(), find, is_word, USUAL.get(kind, ""))


def _piece(text: str, start: int, end: int, find: Find, is_word: bool, usual: str = "") -> Piece:
    typed = text[start:end]
    word = find(usual) if usual else None
    word = find(typed) if word is None else word
    return Token(word or usual or spelling(typed), start, end, is_word), word is not None


def _word(
    text: str, shadow: str, start: int, end: int, find: Find, joints: re.Pattern[str] = HYPHEN_LIKE
) -> Iterator[Piece]:
    """Take a word apart until the vocabulary has it: contractions, then hyphens and the like, then apostrophes."""
    endings: list[Piece] = []
    while contraction := CONTRACTION.search(shadow, max(start + 1, end - LONGEST_CONTRACTION), end):
        if end - start <= LONGEST_WORD and find(text[start:end]) is not None:
            break
        endings.append(_piece(text, contraction.start(), end, find, is_word=True))
        end = contraction.start()
    while start < end:
        whole = end - start <= LONGEST_WORD and find(text[start:end]) is not None
        joint = None if whole else joints.search(shadow, start + 1, end)
        part, rest = joint.span() if joint else (end, end)
        if joints is HYPHEN_LIKE and not whole:
            yield from _word(text, shadow, start, part, find, APOSTROPHES)
        else:
            yield _piece(text, start, part, find, is_word=True)
        yield from (_piece(text, i, i + 1, find, is_word=False) for i in range(part, rest))
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
