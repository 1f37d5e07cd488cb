"""Dot products: three vectors in the plane, two words, one word with many, and a table."""

from collections.abc import Sequence

from selfattn.views.snippets import START, lines


def plane(vectors: Sequence[Sequence[float]]) -> str:
    """Write three dot products and their angles: `dots` and `angles`, by pair."""
    rows = ", ".join(f"{name!r}: np.array({list(vector)})" for name, vector in zip("ABC", vectors, strict=True))
    return lines(
        "import numpy as np",
        "",
        f"v = {{{rows}}}",
        "dots, angles = {}, {}",
        'for one, other in ("BC", "AC", "AB"):',
        "    a, b = v[one], v[other]",
        "    dots[one + other] = (a * b).sum()  # the same as a @ b: one number, a scalar",
        "    lengths = np.linalg.norm(a) * np.linalg.norm(b)",
        "    if lengths:",
        "        cosine = np.clip(a @ b / lengths, -1, 1)",
        "        angles[one + other] = np.degrees(np.arccos(cosine))",
        "print(dots, angles)",
    )


def words(first: str, second: str) -> str:
    """Write the dot product of two words: `products`, strongest first, `dimensions` and `dot`."""
    return lines(
        START,
        f"a, b = (vectors[word].astype(float) for word in ({first!r}, {second!r}))  # (d,) each",
        "products = a * b  # number by number",
        "order = np.argsort(-products)",
        "dimensions, products = order + 1, products[order]  # strongest first",
        "dot = products.sum()  # the same as a @ b",
        "print(dict(zip(dimensions[:3], products[:3].round(2))), dot.round(2))",
    )


def cosine(word: str, others: Sequence[str]) -> str:
    """Write dot products and cosines of one word with many: `dots`, `cosines` and `lengths`."""
    return lines(
        START,
        f"a = vectors[{word!r}].astype(float)",
        f"words = {list(others)!r}",
        "b = np.array([vectors[word] for word in words], dtype=float)  # (n, d)",
        "dots = b @ a",
        "lengths = np.linalg.norm(b, axis=1)",
        "cosines = dots / (np.linalg.norm(a) * lengths)  # what is left once length is divided out",
        "for values in (dots, cosines):",
        "    print([f'{words[at]} {values[at]:.2f}' for at in np.argsort(-values)])",
    )


def table(names: Sequence[str]) -> str:
    """Write all dot products of a list of words: `table`."""
    return lines(
        START,
        f"words = {list(names)!r}",
        "x = np.array([vectors[word] for word in words], dtype=float)  # (n, d)",
        "table = x @ x.T  # (n, n): every word with every word",
        "print(table.round(2))",
    )
