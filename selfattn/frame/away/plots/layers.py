"""Pictures of the transformer: its heads, its layers, other ways beside it, one weight."""

from numbers import Real
from typing import Any

from selfattn.frame.away.plots.cells import Names, are_arrays, cell, one, side, tables_of


def heads(names: Names) -> list[str]:
    """Draw all heads of the transformer: what one word takes from another in each, and the head where it is most."""
    if not (are_arrays(names, weights=4, words=4) and "names" in names):
        return []
    n = len(names["names"])
    both = isinstance(names.get("row"), int) and isinstance(names.get("other"), int)
    share = "words[:, :, row, other]" if both else "rows[..., -1].mean(-1)"
    title = 'f"What “{names[row]}” takes from “{names[other]}”"' if both else '"What goes to [SEP]"'
    return [
        cell(
            "figure, axis = plt.subplots(figsize=(9, 5))",
            f"share = {share}  # (6, 12)",
            'layers_named = [f"layer {layer + 1}" for layer in range(len(share))]',
            "heads_named = range(1, share.shape[1] + 1)",
            f'draw_table(axis, share, layers_named, heads_named, {title} + ", by head", weights=True)',
        ),
        cell(
            f"figure, axis = plt.subplots(figsize=({min(13, side(n + 2)):.1f}, {min(13, side(n)):.1f}))",
            "most = np.unravel_index(share.argmax(), share.shape)",
            'columns = ["[CLS]", *names, "[SEP]"]',
            'title = f"Layer {most[0] + 1}, head {most[1] + 1}"',
            "draw_table(axis, rows[most], names, columns, title, weights=True)",
        ),
    ]


def through_layers(names: Names) -> list[str]:
    """Draw a word's way through the layers: in the plane, and on the line between its senses."""
    if not tables_of(names.get("paths"), 2):
        return []
    cells = [
        cell(
            "figure, axis = plt.subplots(figsize=(8, 6))",
            'for letter, colour, (typed, points) in zip("ABCDEF", COLOURS, paths.items()):',
            '    axis.plot(*points.T, "o-", color=colour, label=f"{letter}: {typed[:50]}")',
            "    for layer, point in enumerate(points):",
            '        axis.annotate(str(layer), point, xytext=(5, 4), textcoords="offset points", color=QUIET, size=9)',
            'axis.set_title(f"“{word}” from layer to layer; the plane keeps {kept:.0%}")',
            'figure.legend(loc="outside lower center")',
        )
    ]
    return cells + _places_of_layers(names)


def _places_of_layers(names: Names) -> list[str]:
    if not tables_of(names.get("places"), 1):
        return []
    return [
        cell(
            "figure, axis = plt.subplots(figsize=(8, 4))",
            'for letter, colour, (typed, numbers) in zip("ABCDEF", COLOURS, places.items()):',
            '    axis.plot(numbers, range(len(numbers)), "o-", color=colour, label=f"{letter}: {typed[:50]}")',
            "axis.axvline(0, color=QUIET, linewidth=0.8)",
            'axis.set(title="Place between the two senses", xlabel=" ↔ ".join(of_sense), ylabel="layer")',
            'figure.legend(loc="outside lower center")',
        )
    ]


def side_by_side(names: Names) -> list[str]:
    """Draw where each way puts a word in each sentence."""
    places: Any = names.get("places")
    if _by_way(places):
        both = all(len(found) == 2 for found in places.values())
        colours = "COLOURS[which]" if both else "QUIET"
        title = f"Where each way puts “{{word}}”{': orange in A, blue in B' if both else ''}"
        return [
            cell(
                one(len(places)),
                "for which in range(max(map(len, places.values()))):",
                "    put = [found[which] if which < len(found) else np.nan for found in places.values()]",
                f'    draw_line(axis, list(places), put, f"{title}", list(poles), {colours})',
            )
        ]
    cosines = names.get("cosines")
    if not (isinstance(cosines, dict) and cosines and "outputs" in names):
        return []
    return [
        cell(
            one(len(cosines)),
            'draw_bars(axis, list(cosines), list(cosines.values()), f"Cosine of “{word}” in both sentences")',
        )
    ]


def _by_way(places: Any) -> bool:
    return (
        isinstance(places, dict)
        and bool(places)
        and all(
            isinstance(found, list) and all(isinstance(place, Real) for place in found) for found in places.values()
        )
    )


def number(names: Names) -> list[str]:
    """Draw how one weight of the transformer is made: the products of query and key, and the shares of all tokens."""
    if not (are_arrays(names, query=1, key=1, value=1, exponentials=1) and "tokens" in names):
        return []
    return [
        cell(
            one(20),
            'products, title = query * key, f"Query × key, number by number: {score:.2f} together"',
            "draw_bars(axis, range(1, len(products) + 1), products, title, most=20)",
        ),
        cell(
            one(len(names["tokens"])),
            'title = f"Weights of “{tokens[i]}”"',
            "draw_bars(axis, tokens, exponentials / exponentials.sum(), title, COLOURS[0])",
        ),
    ]


PICTURES = (heads, through_layers, side_by_side, number)
