"""Self-attention made visible: from static word vectors to contextual ones, every step kept."""

from selfattn.attention import AttentionTrace, attend, pulls, softmax
from selfattn.contextual import Space, contextualize, space
from selfattn.presets import PRESETS, Settings
from selfattn.projection import PCA, pole_basis, word_basis
from selfattn.reading import Reading, ReadingError, read_vectors
from selfattn.senses import FAILURES, SENSES, AmbiguousWord, meaning_meter
from selfattn.sentences import Sentence, TextError, embed
from selfattn.sets import VectorSet, by_hand
from selfattn.tokens import Token
from selfattn.vectors import VectorsError, load_vectors, zipf_probabilities

__all__ = [
    "FAILURES", "PCA", "PRESETS", "SENSES", "AmbiguousWord", "AttentionTrace", "Reading", "ReadingError", "Sentence",
    "Settings", "Space", "TextError", "Token", "VectorSet", "VectorsError", "attend", "by_hand", "contextualize",
    "embed", "load_vectors", "meaning_meter", "pole_basis", "pulls", "read_vectors", "softmax", "space", "word_basis",
    "zipf_probabilities",
]  # fmt: skip
