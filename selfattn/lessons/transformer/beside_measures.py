"""What every way makes of the word in both sentences, and pairs of sentences that show how ways differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from gensim.models import KeyedVectors

from selfattn.core import transformer
from selfattn.core.methods import TITLES, TRANSFORMER, Standing, standings, transformed
from selfattn.core.sentences import embed
from selfattn.core.similarity import cosine
from selfattn.core.transformer import TransformerError
from selfattn.figures.palette import LETTERS


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences, the word, and what they show of the one head and of the transformer.

    Attributes
    ----------
    title : str
        What it is about.
    a, b, word : str
    why : str
    """

    title: str
    a: str
    b: str
    word: str
    why: str


PAIRS = (
    Pair(
        "Word order", "The savings bank has no river", "The river bank has no savings", "bank",
        "The same words in another order: a sum has none, our heads know only distance, the transformer has positions.",
    ),
    Pair(
        "A word GloVe lacks", "The chequebook belongs to the bank", "The riverwalk follows the bank", "bank",
        "The telling word has no vector in GloVe, so it is left out; the transformer reads it in pieces.",
    ),
    Pair(
        "A misleading word", "The programmer fed cheese to his mouse", "The programmer moves the cursor with the mouse",
        "mouse", "In A “programmer” speaks for the wrong sense.",
    ),
    Pair(
        "Neither: negation", "It is a bank, not a river", "It is a bank, not a loan", "bank",
        "Each says what “bank” is not, and both ways go just there: neither heeds “not”.",
    ),
    Pair(
        "Only the head", "The thermometer contains mercury", "Mercury orbits the sun", "mercury",
        "The other way round: the small one takes “thermometer” for metal, the large one for a planet.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """A word in both sentences, by every way.

    Attributes
    ----------
    word : str
    standings : dict of str to dict of str to Standing
        By way, then by letter; only sentences that have the word for it.
    broken : str
        Why there is no transformer, if there is none.
    """

    word: str
    standings: dict[str, dict[str, Standing]]
    broken: str = ""

    @property
    def letters(self) -> list[str]:
        """List the sentences that have the word for some way."""
        return sorted({letter for by_letter in self.standings.values() for letter in by_letter})

    @property
    def senses(self) -> tuple[str, str] | None:
        """Name the ends of the line; None for a word without two senses."""
        every = (each.lean for by_letter in self.standings.values() for each in by_letter.values())
        return next((lean.senses for lean in every if lean), None)

    def cosine(self, way: str) -> float | None:
        """Say how alike the word is in both sentences: 1 is the same; None where one of them is missing."""
        vectors = [each.vector for each in self.standings[way].values()]
        return cosine(*vectors) if len(vectors) == 2 else None


def compare(texts: Sequence[str], word: str, vectors: KeyedVectors, *, drop_punctuation: bool = True) -> Compared:
    """Take both sentences through every way.

    Parameters
    ----------
    texts : sequence of str
        A and B.
    word : str
    vectors : KeyedVectors
        The bundled ones.
    drop_punctuation : bool
    """
    compared, broken = Compared(word, {name: {} for name in TITLES}), ""
    for letter, text in zip(LETTERS, texts, strict=False):
        for name, standing in _small(text, word, vectors, drop_punctuation).items():
            compared.standings[name][letter] = standing
        try:
            if large := _large(text, word):
                compared.standings[TRANSFORMER][letter] = large
        except TransformerError as error:
            broken = str(error)
    return Compared(word, compared.standings, broken)


def _small(text: str, word: str, vectors: KeyedVectors, drop_punctuation: bool) -> dict[str, Standing]:
    try:
        return standings(embed(text, vectors, drop_punctuation=drop_punctuation), word, vectors)
    except ValueError:  # a text without a known word, or without this one
        return {}


def _large(text: str, word: str) -> Standing | None:
    model = transformer.load()
    try:
        return transformed(model, model(text), word)
    except ValueError:
        return None


def pair_of(texts: Sequence[str], word: str) -> Pair | None:
    """Find the pair that both sentences are; None where they are others."""
    return next((pair for pair in PAIRS if (pair.a, pair.b, pair.word) == (*texts, word)), None)
