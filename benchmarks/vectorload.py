"""Load word vectors in a fresh process and say what it took, in seconds and MB.

`vectorload.py` loads the bundled ones; `vectorload.py FILE` lets gensim read a file in word2vec's text format, and
`vectorload.py --write FILE` makes that file out of the bundled ones.
"""

import gc
import json
import sys
import time

import psutil
from gensim.models import KeyedVectors

import selfattn


def main(arguments: list[str]) -> None:
    """Write seconds, MB of resident memory, and words as JSON."""
    process = psutil.Process()
    gc.collect()
    before = process.memory_info().rss
    start = time.perf_counter()
    if arguments and arguments[0] != "--write":
        vectors = KeyedVectors.load_word2vec_format(arguments[0], binary=False)
    else:
        vectors = selfattn.load_vectors()
    seconds = time.perf_counter() - start
    gc.collect()
    memory = (process.memory_info().rss - before) / 1e6
    if arguments[:1] == ["--write"]:
        vectors.save_word2vec_format(arguments[1], binary=False)
    sys.stdout.write(json.dumps({"seconds": seconds, "memory": memory, "words": len(vectors)}))


if __name__ == "__main__":
    main(sys.argv[1:])
