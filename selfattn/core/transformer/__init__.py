"""A real transformer, small enough to ship: all-MiniLM-L6-v2 in NumPy, every hidden state and weight kept.

Nothing is read before `load()`.
"""

from selfattn.core.transformer.encoded import Encoded
from selfattn.core.transformer.model import Transformer, load
from selfattn.core.transformer.weights import TransformerError
from selfattn.core.transformer.words import Word

__all__ = ["Encoded", "Transformer", "TransformerError", "Word", "load"]
