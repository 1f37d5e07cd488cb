"""Self-attention made visible: from static word vectors to contextual ones, every step kept."""

import os
import re
import sys

if "streamlit" in sys.modules:  # a server has more sessions than cores: threads that wait for each other's sums spin
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from selfattn.core import transformer
from selfattn.core import vectors as vectors  # the glossary shows `selfattn.vectors.provenance()`
from selfattn.core.attention import AttentionTrace, attend, pulls, softmax
from selfattn.core.contextual import contextualize
from selfattn.core.head import Head
from selfattn.core.heads import head_of
from selfattn.core.labelled import Labelled, labelled
from selfattn.core.lean import Lean, lean
from selfattn.core.multihead import MultiHead, attend_heads, heads_of
from selfattn.core.presets import PRESETS, Settings
from selfattn.core.projection import PCA, pole_basis, word_basis
from selfattn.core.senses import FAILURES, SENSES, AmbiguousWord, meaning_meter
from selfattn.core.sentences import Sentence, TextError, embed
from selfattn.core.space import Space, space
from selfattn.core.tokens import Token
from selfattn.core.vectors import VectorsError, load_vectors, zipf_probabilities
from selfattn.sets import catalogue, explore, training
from selfattn.sets.reading import Reading, ReadingError, read_vectors
from selfattn.sets.vector_set import VectorSet, by_hand

for package in (catalogue, explore, training, transformer):
    name = re.sub(r"\.(core|sets)", "", package.__name__)
    sys.modules[name] = package  # so that `from selfattn.training import …` works

__all__ = [
    "FAILURES", "PCA", "PRESETS", "SENSES", "AmbiguousWord", "AttentionTrace", "Head", "Labelled", "Lean", "MultiHead",
    "Reading", "ReadingError", "Sentence", "Settings", "Space", "TextError", "Token", "VectorSet",
    "VectorsError", "attend", "attend_heads", "by_hand", "catalogue", "contextualize", "embed", "explore", "head_of",
    "heads_of", "labelled", "lean", "load_vectors", "meaning_meter", "pole_basis", "pulls", "read_vectors", "softmax",
    "space", "training", "transformer", "word_basis", "zipf_probabilities",
]  # fmt: skip
