"""Ready-made sets of word vectors, by name: gensim's catalogue, what of it is on this disk, and how it is loaded.

gensim.downloader would wait for ever for a silent network, print how far it is, and fetch a Python file with each set.
Here the data file alone is fetched, to the place where gensim keeps it, so that each finds what the other has fetched.
"""

from selfattn.sets.catalogue.asking import CatalogueError
from selfattn.sets.catalogue.entries import Entry, catalogue, kept, place
from selfattn.sets.catalogue.fetching import StoppedError, discard, fetch, started
from selfattn.sets.catalogue.loading import code, load

__all__ = [
    "CatalogueError", "Entry", "StoppedError", "catalogue", "code", "discard", "fetch", "kept", "load", "place",
    "started",
]  # fmt: skip
