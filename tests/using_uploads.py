"""Open uploads, use them as the lessons do, and drop them; run by itself, it tells how the memory goes.

`python -m tests.using_uploads` writes a JSON list: resident bytes after two uploads, and after each of ten more.
"""

import gc
import gzip
import io
import json
import sys
import zipfile

import numpy as np
import psutil
from gensim.models import KeyedVectors

import selfattn
from selfattn.core.neighbours import nearest
from selfattn.core.scene import Shown, build_scene
from selfattn.core.spelling import near_spellings
from selfattn.core.spread import spread_of
from selfattn.sets import explore
from selfattn.sets.explore.frequency import norms_by_rank
from selfattn.sets.explore.search import complete
from selfattn.sets.reading import LIMITS
from selfattn.sets.vector_set import VectorSet, examples_of
from tests.broken_vectors import binary

WORDS, NUMBERS = 5_000, 50
LETTERS = "abcdefghij"


def words(count: int = WORDS) -> list[str]:
    """Give different words, of letters only: digits would not be looked up in a sentence."""
    return ["word" + "".join(LETTERS[int(digit)] for digit in str(at)) for at in range(count)]


def upload(count: int = WORDS, numbers: int = NUMBERS) -> bytes:
    """Make a file: its matrix has 1 MB."""
    return binary(words(count), np.random.default_rng(4).normal(size=(count, numbers)).astype(np.float32))


def uploads(count: int = WORDS, numbers: int = NUMBERS) -> list[bytes]:
    """Make one file, plain and packed in both ways."""
    plain, packed = upload(count, numbers), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("vectors", plain)
    return [plain, gzip.compress(plain, 1), packed.getvalue()]


def use(vectors: KeyedVectors) -> None:
    """Do with a set what fills every cache that there is for sets."""
    one, _ = examples_of(vectors)
    shown = []
    for preset in ("balanced", "sharper"):
        sentence, trace = selfattn.contextualize(one, vectors, preset)
        shown.append(Shown("a", sentence, trace, 1))
    build_scene(sentence.tokens[1], shown, vectors, selfattn.space(vectors, centred=True))
    selfattn.space(vectors, centred=True)(vectors.vectors[:5])
    nearest(sentence.tokens[0], vectors)
    near_spellings("wordbx", vectors)
    complete("Wordb", vectors)
    explore.neighbours(sentence.tokens[0], vectors)
    norms_by_rank(vectors)
    spread_of(vectors.vectors)
    assert VectorSet("mine1", "name", "Uploaded.", vectors, "").facts


def main() -> None:
    """Open, use and drop twelve uploads in a row."""
    process, files, resident = psutil.Process(), uploads(), []
    for at in range(12):
        reading = selfattn.read_vectors(io.BytesIO(files[at % len(files)]), limits=LIMITS)
        use(reading.vectors)
        del reading
        gc.collect()
        resident.append(process.memory_info().rss)
    sys.stdout.write(json.dumps(resident[1:]))


if __name__ == "__main__":
    main()
