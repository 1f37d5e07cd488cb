"""The text that vectors are trained on: the texts that ship with the app, limits, and how a text becomes sentences."""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from selfattn.core.lookup import turkish
from selfattn.core.tokens import HAS_SIGNS, LONGEST_WORD, Vocabulary, pieces, runs_on, spelling

TEXTS = {
    "two-banks": "A town between two banks",
    "river-and-ledger": "The river and the ledger",
    "letters": "Letters from both banks",
}
"""The texts that ship with the app, written for it: name and title. In each of them "bank" has both its meanings."""

FOLDER = Path(__file__).parents[2] / "data" / "texts"
MOST_BYTES = 5_000_000
MOST_TOKENS = 1_000_000
LONGEST_SENTENCE = 1000  # words; a longer one is cut, as the first word2vec did: what gensim reads at once has an end

PIECE = 2000  # letters that are split at once: what has no end takes no more memory than that

_PARAGRAPH = re.compile(r"\n\s*\n|\r\s*\r")
_ENDS = frozenset(".!?…।॥。！？؟۔") | {"..."}
_ENDED = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s|$)|[।॥。！？؟۔]")  # not the point in 3.5
_PIECE = re.compile(rf".{{1,{PIECE}}}(?=\s|\Z)|.{{1,{PIECE}}}", re.DOTALL)  # up to a space, where there is one
_RUNS_SHARE = 0.25  # of the different words; where words are apart, hardly one is as long
_TURKISH_SHARE = 0.005  # of the letters are ı and İ: more than a name in another language makes; Turkish has 0.05
# What is one word though the rules cut it, since a text of one's own has it so: ngân_hàng, bank/NN, money|NOUN, ▁bank,
# c#, <unk>; not _bank_, which is how plain text writes italics.
_LETTERS = r"[^\s!-/:-@[-`{-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f▁]+"
_PART = rf"{_LETTERS}(?:[-'’.]{_LETTERS})*"
_BEGINS = re.compile(rf"[▁<]|(?!{HAS_SIGNS.pattern}){_LETTERS}")
_JOINT = re.compile("[_/|#▁<]")
_WORD = re.compile(rf"(?!.*['’][a-z]{{1,2}}\Z)▁?{_PART}(?:(?:_+|[/|#▁]){_PART})+|▁{_PART}|[^\W\d_]#|<{_LETTERS}>")


class TrainingError(ValueError):
    """Nothing can be trained; the message says what arrived and what to do."""


def shipped_text(*names: str) -> str:
    """Read texts that ship with the app, one after another; without a name, all of them.

    Raises
    ------
    TrainingError
        There is no such text.

    Examples
    --------
    >>> shipped_text("two-banks").splitlines()[0]
    'A town between two banks'
    """
    if unknown := [name for name in names if name not in TEXTS]:
        raise TrainingError(f"There is no text “{unknown[0]}”: choose among {', '.join(TEXTS)}.")
    return "\n\n".join((FOLDER / f"{name}.txt").read_text(encoding="utf-8") for name in names or TEXTS)


def decoded(data: bytes, name: str = "This file") -> str:
    """Read the bytes of a text file: UTF-8, or UTF-16 where the file says so at its beginning.

    Raises
    ------
    TrainingError
        It is too large, or no such text.

    Examples
    --------
    >>> decoded("Flüsse und Bänke".encode("utf-8-sig"))
    'Flüsse und Bänke'
    """
    if len(data) > MOST_BYTES:
        raise TrainingError(f"{name} has {len(data):,} bytes, and at most {MOST_BYTES:,} are taken: cut it.")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = f"byte {error.start + 1:,} is {data[error.start]:02X}"
        raise TrainingError(
            f"{name} is not written in UTF-8 ({wrong}): save it as plain text in UTF-8, and bring it again."
        ) from error
    if "\0" in text:
        raise TrainingError(f"{name} is no plain text: save it as a .txt file in UTF-8, and bring it again.")
    return text


def sentences_of(text: str) -> list[list[str]]:
    """Split a text into sentences, and each of them into words spelled as the lessons look them up.

    Full stops, question and exclamation marks end a sentence, those of other scripts too, and so does an empty line.
    In a paragraph without such a mark, each line is a sentence. Punctuation is left out, and so are words of more
    than 100 letters, which are none; words with a hyphen are taken apart, words with _ or a stroke inside are not.
    A text with the Turkish ı and İ is put into lower case as in Turkish.

    Parameters
    ----------
    text : str
        In any language that has spaces between its words.

    Returns
    -------
    list of list of str
        No sentence is empty; one of more than 1,000 words is cut.

    Raises
    ------
    TrainingError
        The text has more than 5,000,000 bytes, or more than 1,000,000 words.

    Examples
    --------
    >>> sentences_of("The bank lends. The river’s bank?\\n\\nनदी का किनारा। बैंक")
    [['the', 'bank', 'lends'], ['the', 'river', "'s", 'bank'], ['नदी', 'का', 'किनारा'], ['बैंक']]
    """
    return list(each_sentence(text))


def each_sentence(text: str) -> Iterator[list[str]]:
    """Give the sentences of `sentences_of` one by one, so that a long text can be left in the middle."""
    size = len(text) if len(text) > MOST_BYTES else len(text.encode("utf-8", "surrogatepass"))  # no fewer than letters
    if size > MOST_BYTES:
        raise TrainingError(f"This text has {size:,} bytes, and at most {MOST_BYTES:,} are taken: cut it.")
    spelled: dict[str, str] = {}  # one string a word, however often the word stands in the text
    tokens = 0
    for sentence in _sentences(text):
        tokens += len(sentence)
        if tokens > MOST_TOKENS:
            raise TrainingError(f"This text has more than {MOST_TOKENS:,} words, the most that is taken: cut it.")
        yield [spelled.setdefault(word, word) for word in sentence]


def runs_together(words: Iterable[str]) -> bool:
    """Tell whether the different words of a text are pieces of sentences: nothing parted its words.

    >>> runs_together(["我们在河岸上坐着", "钱"]), runs_together(["我们", "在", "河岸", "上", "坐着"])
    (True, False)
    """
    runs = [runs_on(word, signs=5, letters=16) for word in words]
    return sum(runs) > _RUNS_SHARE * len(runs)


def _sentences(text: str) -> Iterator[list[str]]:
    text = unicodedata.normalize("NFC", text)
    dotless = 0 < _TURKISH_SHARE * len(text) <= text.count("ı") + text.count("İ")
    text = turkish(text) if dotless else text.replace("İ", "i")  # which alone would become i and a dot
    words = Vocabulary(_joined, lambda letter: LONGEST_WORD if _BEGINS.match(letter) else 0)
    for block in _blocks(text):
        sentence: list[str] = []
        for token in chain.from_iterable(pieces(piece.group(), words) for piece in _PIECE.finditer(block)):
            if token.is_word and len(token.text) <= LONGEST_WORD:
                sentence.append(token.text)
            if sentence and (len(sentence) == LONGEST_SENTENCE or (token.text in _ENDS and not token.is_word)):
                yield sentence
                sentence = []
        if sentence:
            yield sentence


def _joined(typed: str) -> str | None:
    return spelling(typed) if len(typed) <= LONGEST_WORD and _JOINT.search(typed) and _WORD.fullmatch(typed) else None


def _blocks(text: str) -> Iterator[str]:
    """Give the paragraphs, or where a paragraph has no mark at the end of a sentence, its lines."""
    for paragraph in _PARAGRAPH.split(text):
        yield from [paragraph] if _ENDED.search(paragraph) else paragraph.splitlines()
