"""Asking a set of vectors: each screen's question, as gensim answers it."""

from collections.abc import Sequence

from selfattn.views.snippets import START, lines

TENFOLD = "for first in (10**power for power in range(len(str(len(vectors))))):"


def one_word(word: str, *, most: int) -> str:
    """Write the `vector` of a word, its `length`, its `place` among the words, and its `nearest` words."""
    return _lines(
        f"word = {word!r}",
        "vector = vectors[word]  # (d,)",
        "length = np.linalg.norm(vector)",
        "place = vectors.key_to_index[word] + 1",
        f"nearest = vectors.most_similar(word, topn={most})",
        "print(place, length, vector.round(2))",
        "print(nearest)",
    )


def analogy(plus: Sequence[str], minus: Sequence[str], *, most: int) -> str:
    """Write the words nearest to a sum, `found`, and the cosines of the words put in, `own`."""
    return _lines(
        f"plus, minus = {list(plus)!r}, {list(minus)!r}",
        f"found = vectors.most_similar(positive=plus, negative=minus, topn={most})",
        "print(found)",
        "",
        "signs = [1.0] * len(plus) + [-1.0] * len(minus)",
        "total = vectors.get_mean_vector(plus + minus, signs, pre_normalize=True)  # of unit vectors",
        "cosines = vectors.cosine_similarities(total, vectors[plus + minus])",
        "own = dict(zip(plus + minus, cosines))  # gensim never answers with a word put in",
        "print(own)",
    )


def odd(words: Sequence[str]) -> str:
    """Write the odd one out, `odd`, and the cosine of each word with the mean of all, `ranked`."""
    return _lines(
        f"words = {list(words)!r}",
        "odd = vectors.doesnt_match(words)",
        "ranked = vectors.rank_by_centrality(words)  # the cosine of each with the mean of all",
        "print(odd, ranked)",
    )


def two(first: Sequence[str], second: Sequence[str]) -> str:
    """Write how alike two lists are, `alike`, and the cosine of every word with every word, `table`."""
    return _lines(
        f"first, second = {list(first)!r}, {list(second)!r}",
        "alike = vectors.n_similarity(first, second)  # the cosine of the two means",
        "words = first + second",
        "table = np.array([vectors.cosine_similarities(vectors[word], vectors[words]) for word in words])",
        "print(alike, table.round(2))",
    )


def line(left: str, right: str, words: Sequence[str]) -> str:
    """Write the place of each word on the line between two, `places`: the ends lie at −1 and 1."""
    return _lines(
        f"left, right = {left!r}, {right!r}",
        f"words = {list(words)!r}",
        "",
        "def unit(word):",
        "    return vectors[word].astype(float) / np.linalg.norm(vectors[word])",
        "",
        "direction = (unit(right) - unit(left)) / (1 - unit(left) @ unit(right))  # left lies at -1, right at 1",
        "places = {word: unit(word) @ direction for word in words}",
        "for word in sorted(places, key=places.get):",
        "    print(f'{places[word]:+.2f} {word}')",
    )


def map_(word: str, *, most: int, axes: int, width: int) -> str:
    """Write the points of a word and its neighbours, `words` and `points`, and what each axis keeps, `kept`.

    Vectors of no more numbers than there are `axes` need no projection: the points are the vectors.
    """
    vectors = _lines(
        f"word = {word!r}",
        f"words = [word] + [near for near, _ in vectors.most_similar(word, topn={most})]",
        "x = vectors[words].astype(float)  # (n, d)",
    )
    if width <= axes:
        return lines(
            vectors, "points = x  # the plot is the space", "print(dict(zip(words, points.round(2).tolist())))"
        )
    return lines(
        vectors,
        f"basis = selfattn.PCA.fit(x, {axes})  # the directions in which they differ most",
        f"points, kept = basis.transform(x), basis.explained_variance_ratio  # (n, {axes})",
        "print(dict(zip(words, points.round(2).tolist())), kept)",
    )


def compare(word: str, *, most: int, other: str) -> str:
    """Write the neighbours of a word in two sets, `here` and `there`, and the `shared` ones.

    Parameters
    ----------
    word : str
    most : int
    other : str
        The lines that load the other set, as the name `other`; they come first.
    """
    return lines(
        other,
        "",
        _lines(
            f"word = {word!r}",
            "here, there = (",
            f"    [near for near, _ in one.most_similar(word, topn={most})] if word in one else []",
            "    for one in (vectors, other)",
            ")",
            "shared = [near for near in here if near in there]",
            "print(here, there, shared, sep='\\n')",
        ),
    ).lstrip()


def lengths() -> str:
    """Write the mean length of vectors by rank: `means[first]` is that of the ranks from `first` to 10 · first − 1."""
    return _lines(
        "lengths = np.linalg.norm(vectors.vectors, axis=1)  # most frequent word first",
        "means = {}",
        TENFOLD,
        "    means[first] = lengths[first - 1 : 10 * first - 1].mean()",
        "print(means)",
    )


def _lines(*parts: str) -> str:
    return lines(START, *parts)
