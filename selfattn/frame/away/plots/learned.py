"""Pictures of the arithmetic of a head and of what it learns, of several heads, of order and mask."""

from typing import Any

from selfattn.frame.away.plots.cells import Names, are_arrays, axes, cell, high, named, one, side, tables_of, words_of


def scaling(names: Names) -> list[str]:
    """Draw how dot products of random vectors spread with their length, undivided and divided."""
    before, after = names.get("before"), names.get("after")
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return []
    return [
        cell(
            "figure, axis = plt.subplots(figsize=(8, 4))",
            'axis.plot(range(len(before)), list(before.values()), "o-", color=QUIET, label="dot products")',
            'axis.plot(range(len(after)), list(after.values()), "s-", color=COLOURS[0], label="divided by √d")',
            'axis.set_xticks(range(len(before)), [f"d = {width}" for width in before])',
            'axis.set(title="Standard deviation", ylim=(0, None))',
            'figure.legend(loc="outside lower center")',
        )
    ]


def parts(names: Names) -> list[str]:
    """Draw queries, keys, values: scores and weights, and what each word gives and becomes, in their two dimensions."""
    words = words_of(names)
    if not (words and are_arrays(names, query=2, key=2, value=2, scores=2, weights=2, output=2, w_q=2)):
        return []
    width = side(len(words))
    return [
        cell(
            named(words),
            axes(2, width, width),
            'draw_table(axes[0, 0], scores, names, names, "Scores: a row asks")',
            'draw_table(axes[0, 1], weights, names, names, "Weights", weights=True)',
        ),
        cell(
            named(words),
            "figure, axis = plt.subplots(figsize=(7, 6))",
            'both, title = np.vstack([value, output]), "From what each word gives to what it becomes"',
            "colours = [QUIET] * len(names) + COLOURS[:1] * len(names)",
            'draw_points(axis, both, [*names, *(f"{name}′" for name in names)], title, colours)',
            "for start, end in zip(value, output):",
            '    axis.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": COLOURS[0]})',
        ),
    ]


def learning(names: Names) -> list[str]:
    """Draw the loss and the held-out rate by step, and a word's weights at the start and at the end."""
    losses, rates = names.get("losses"), names.get("rates")
    if not (losses and rates and words_of(names)):
        return []
    words = words_of(names)
    return [
        cell(
            axes(2, 5, 3.5),
            'for axis, numbers, title in zip(axes[0], (losses, rates), ("Loss", "Right, held out")):',
            "    axis.plot(numbers, color=COLOURS[0])",
            '    axis.set(title=title, xlabel="step", ylim=(0, None))',
        ),
        cell(
            named(words),
            axes(2, 5, high(len(words))),
            'draw_bars(axes[0, 0], names, weights[0], f"Weights of “{names[row]}” before")',
            'draw_bars(axes[0, 1], names, weights[1], "After training", COLOURS[0])',
        ),
    ]


def learned(names: Names) -> list[str]:
    """Draw which words one asks more for than at the start, and what frequent words get."""
    if not (are_arrays(names, more=1) and names.get("sample")):
        return []
    return [
        cell(
            axes(2, 6, high(10)),
            'top = np.argsort(-more, kind="stable")[:10]',
            "names = [sample[place] for place in top]",
            'title = f"Scores of “{word}”: the highest changes since the start"',
            "draw_bars(axes[0, 0], names, more[top], title, COLOURS[0])",
            'title = "What frequent words get of the weight"',
            'draw_bars(axes[0, 1], ["before", "after"], [before, after], title, [QUIET, COLOURS[0]])',
        )
    ]


def rates(names: Names) -> list[str]:
    """Draw how many sentences each preset gets right: held out, and with words never trained on."""
    right = names.get("right")
    if not (isinstance(right, dict) and right):
        return []
    return [
        cell(
            axes(2, 5, high(len(right))),
            'for axis, which, title in zip(axes[0], (0, 1), ("Held-out sentences", "Words never trained on")):',
            '    draw_bars(axis, list(right), [shares[which] for shares in right.values()], f"Right: {title}")',
        )
    ]


def own(names: Names) -> list[str]:
    """Draw how many of the class's sentences are right, before and after training on the others."""
    if not (_is_truths(names.get("without")) and _is_truths(names.get("trained"))):
        return []
    return [
        cell(
            one(2),
            'counts, title = [sum(without), sum(trained)], f"Sentences on their side, of {len(trained)}"',
            'names, colours = ["not trained on them", "trained on the other half"], [QUIET, COLOURS[0]]',
            "draw_bars(axis, names, counts, title, colours, digits=0)",
        )
    ]


def _is_truths(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, bool) for each in value)


def several(names: Names) -> list[str]:
    """Draw the weights of one head in each sentence, and how much each head adds to the word."""
    lists = names.get("tokens")
    if not (tables_of(names.get("parts"), 2) and tables_of(names.get("weights"), 2) and isinstance(lists, dict)):
        return []
    width = side(max(map(len, lists.values())))
    return [
        cell(
            axes(len(lists), width, width),
            'for axis, letter, typed in zip(axes[0], "ABCDEF", tokens):',
            '    title = f"Head {opened + 1}, {letter}: {typed[:40]}"',
            "    draw_table(axis, weights[typed], tokens[typed], tokens[typed], title, weights=True)",
        ),
        cell(
            axes(len(lists), 5, high(len(names["parts"][next(iter(lists))]))),
            'for axis, letter, colour, (typed, added) in zip(axes[0], "ABCDEF", COLOURS, parts.items()):',
            '    heads_named = [f"head {place + 1}" + " (muted)" * (place in muted) for place in range(len(added))]',
            '    title = f"Length added, {letter}: {typed[:30]}"',
            "    draw_bars(axis, heads_named, np.linalg.norm(added, axis=1), title, colour)",
        ),
    ]


def positions(names: Names) -> list[str]:
    """Draw the position vectors, and how far apart two orders of the same words are without and with them."""
    difference = names.get("difference")
    if not (callable(names.get("positions")) and isinstance(difference, dict)):
        return []
    return [
        cell(
            axes(2, 6, high(6)),
            'title = "Position vectors: a row a place"',
            "draw_table(axes[0, 0], positions(n, d), range(1, n + 1), range(1, d + 1), title)",
            'names = ["no positions" if amount == 0 else f"positions × {amount:g}" for amount in difference]',
            'title = "Largest difference between the two orders"',
            "draw_bars(axes[0, 1], names, list(difference.values()), title, [QUIET, COLOURS[0]])",
        )
    ]


def masked(names: Names) -> list[str]:
    """Draw the weights of a mask before and after the softmax, and what the rows of both add up to."""
    words = words_of(names)
    if not (words and are_arrays(names, before=2, after=2, may=2)):
        return []
    width = side(len(words))
    return [
        cell(
            named(words),
            axes(2, width, width),
            'draw_table(axes[0, 0], before, names, names, "Masked before the softmax", weights=True)',
            'draw_table(axes[0, 1], after, names, names, "Masked after it", weights=True)',
        ),
        cell(
            named(words),
            axes(2, 5, high(len(words))),
            'draw_bars(axes[0, 0], names, sums[0], "Its rows add up to", COLOURS[0])',
            'draw_bars(axes[0, 1], names, sums[1], "Its rows add up to")',
        ),
    ]


def around(names: Names) -> list[str]:
    """Draw the numbers of each word before, with the shortcut, and after the norm."""
    words = words_of(names)
    if not (words and are_arrays(names, words=2, added=2, normed=2)):
        return []
    return [
        cell(
            named(words),
            f"figure, axes = plt.subplots(3, 1, figsize=(10, {min(13, 3 * high(len(words))):.1f}))",
            'titles = "Word vectors", "With what attention adds", "After the norm: mean 0, variance 1"',
            "for axis, numbers, title in zip(axes, (words, added, normed), titles):",
            "    draw_table(axis, numbers, names, range(1, numbers.shape[1] + 1), title)",
        )
    ]


PICTURES = (scaling, parts, learning, learned, rates, own, several, positions, masked, around)
