"""Several heads in plain words, and as code."""

from collections.abc import Sequence

from selfattn.core.head import Array
from selfattn.core.lean import NOTICED
from selfattn.core.rates import Rate
from selfattn.core.rounding import percent, plain_fixed
from selfattn.core.wording import counted, listed, numbered, shortened
from selfattn.figures.palette import LETTERS
from selfattn.lessons.heads_order_mask.several_measures import ALIKE, Heard
from selfattn.views.snippets import START, dropping, lines

QUESTION = "{} heads add up to the new “{}” of sentence {}. Where does it end without the one that moves it most?"
NUMBERS = {1: "One", 2: "Two", 3: "Three", 4: "Four"}
NONE = "There are no trained heads for these vectors yet."


def head(number: int) -> str:
    """Name a head, counted from 0, as people count."""
    return f"Head {number + 1}"


def heads(numbers: Sequence[int]) -> str:
    """Name heads in a sentence.

    >>> heads([0]), heads([0, 2, 3])
    ('head 1', 'heads 1, 3 and 4')
    """
    return f"head{'s' if len(numbers) > 1 else ''} {listed([str(number + 1) for number in numbers])}"


def can_ask(every: Sequence[Heard]) -> bool:
    """Tell whether there is a line to end on, and more than one head."""
    return every[-1].line is not None and len(every[-1].parts) > 1


def question(heard: Heard) -> str:
    """Ask where the word ends without the head that does most."""
    return QUESTION.format(NUMBERS[len(heard.parts)], shortened(heard.word, 40), LETTERS[heard.role])


def options(heard: Heard) -> list[str]:
    """List where it may end."""
    assert heard.line is not None
    return [*map(_side, heard.line.senses), _side(None)]


def truth(heard: Heard) -> str:
    """Say where it ends without the head that does most."""
    return _side(heard.side(heard.without([heard.most])))


def because(heard: Heard) -> str:
    """Say where it is without that head, and with all."""
    now, whole = (_at(heard, heard.without(muted)) for muted in ([heard.most], []))
    return f"without {heads([heard.most])} {now}, with all {whole}"


def _at(heard: Heard, vector: Array) -> str:
    """Say a place on the line: “at 34 % of the way to finance”."""
    assert heard.line is not None
    place = heard.place(vector) or 0.0
    return f"at {percent(abs(place))} of the way to {heard.line.senses[int(place > 0)]}"


def amount(heard: Heard, number: int) -> str:
    """Say what one head does: “by 31 % of the way to finance”."""
    if heard.shares is None or heard.line is None:
        return f"its part is {plain_fixed(float(heard.lengths[number]), 1)} long"
    share = float(heard.shares[number])
    return f"by {percent(abs(share))} of the way to {heard.line.senses[int(share > 0)]}"


def finding(heard: Heard) -> str:
    """Say which head does most in a sentence, which one moves it most the other way, and where the word ends."""
    letter, word = LETTERS[heard.role], shortened(heard.word, 40)
    if heard.shares is None:
        return f"In {letter}, {heads([heard.most])} adds most to “{word}”: {amount(heard, heard.most)}."
    does = f"In {letter}, {heads([heard.most])} moves “{word}” most, {amount(heard, heard.most)}"
    against = [number for number in _against(heard) if heard.sizes[number] >= NOTICED]
    other = f"; {heads([against[0]])} moves it the other way, {amount(heard, against[0])}" if against else ""
    return f"{does}{other}. {_ends(heard)}"


def _against(heard: Heard) -> list[int]:
    """List the heads that move it the other way than the one that does most, the hardest first."""
    assert heard.shares is not None
    shares, most = heard.shares, heard.shares[heard.most]
    return sorted((number for number in range(len(shares)) if shares[number] * most < 0), key=lambda n: -heard.sizes[n])


def _ends(heard: Heard) -> str:
    """Say on which side the word ends, and where it would have with all heads, if some are muted."""
    now, whole = heard.side(heard.output), heard.side(heard.without([]))
    if not heard.muted:
        return f"With all heads it ends {_side(now)}."
    if len(heard.muted) == len(heard.parts):
        return "With every head muted, nothing is added."
    without = f"Without {heads(sorted(heard.muted))} it ends {_side(now)}"
    return f"{without}, as with all." if now == whole else f"{without}, with all {_side(whole)}."


def _side(side: str | None) -> str:
    return f"with {side}" if side else "on neither side"


def same(every: Sequence[Heard]) -> str:
    """Say which heads look at the same words, and which hardly move the word, in plain words with the thresholds."""
    alike = [f"{_pairs(heard)} in {LETTERS[heard.role]}" for heard in every if heard.alike]
    idle = [f"{heads(heard.idle)} in {LETTERS[heard.role]}" for heard in every if heard.idle]
    looks = f"look at the same words (less than {percent(ALIKE)} of the weight differs)"
    said = f"Here {listed(alike)} {looks}." if alike else f"No two heads {looks}."
    if every[0].shares is None:
        return said
    hardly = f"the word, by less than {percent(NOTICED)} of the way to a pole"
    many = len(idle) > 1 or any(len(heard.idle) > 1 for heard in every)
    return f"{said} {_upper(listed(idle))} hardly move{'' if many else 's'} {hardly}." if idle else said


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _pairs(heard: Heard) -> str:
    """Name heads that look at the same words: all of them, or pair by pair."""
    count = len(heard.parts)
    if len(heard.alike) == count * (count - 1) // 2:
        return "both heads" if count == 2 else f"all {NUMBERS[count].lower()} heads"
    return f"heads {', '.join(f'{one + 1} and {other + 1}' for one, other in heard.alike)}"


def how(count: int, share: int, width: int) -> str:
    """Say what the arrows are, and that their sum is what is put end to end, times W_O, with its shapes."""
    return (
        f"Each arrow is what one head adds: {counted(share, 'number')}, times its {counted(share, 'row')} of W_O. "
        f"All {count * share} end to end, times W_O ({count * share} × {width}), are this sum."
    )


def rates(several: Rate, one: Rate | None, count: int) -> str:
    """Compare with the one head on held-out sentences."""
    sentences = f"Of {counted(len(several.landed), 'held-out sentence')}"
    found = f"{sentences}, {NUMBERS[count].lower()} heads get {percent(several.held_out)} right"
    return f"{found}, lesson 8’s one head {percent(one.held_out)}." if one else f"{found}."


def thumbnails_alt(every: Sequence[Heard]) -> str:
    """Stand in for the thumbnails."""
    said = "; ".join(
        f"in {LETTERS[heard.role]}, “{heard.word}” looks most at "
        + ", ".join(
            f"“{heard.sentence.tokens[int(row.argmax())]}” ({plain_fixed(float(row.max()), 2)}) in {head(number)}"
            for number, row in enumerate(heard.weights)
        )
        for heard in every
    )
    return f"Small heatmaps of the weights, a row for each sentence and a column for each head: {said}."


def opened_alt(heard: Heard, number: int) -> str:
    """Stand in for the weights of one head."""
    whose = f"Attention weights of {head(number)} in sentence {LETTERS[heard.role]}"
    return f"{whose}. In the row of “{heard.word}”: {_largest(heard, number)}."


def _largest(heard: Heard, number: int) -> str:
    places = heard.telling(number)
    return ", ".join(numbered([heard.sentence.tokens[place] for place in places], heard.weights[number][places]))


def map_alt(every: Sequence[Heard], moved: str) -> str:
    """Stand in for the map of the arrows, of which `moved` says where each word ends."""
    each = "; ".join(
        f"in {LETTERS[heard.role]} " + ", ".join(f"{head(number)} {amount(heard, number)}" for number in _loud(heard))
        for heard in every
        if _loud(heard)
    )
    return f"{moved} Arrows tip to tail from zero: {each}." if each else f"{moved} Every head is muted."


def _loud(heard: Heard) -> list[int]:
    return [number for number in range(len(heard.parts)) if number not in heard.muted]


def table(every: Sequence[Heard]) -> list[dict[str, object]]:
    """List every head in every sentence: what it looks at most, how long its part is, how far it moves the word."""
    rows = []
    for heard in every:
        for number in range(len(heard.parts)):
            row: dict[str, object] = {"sentence": LETTERS[heard.role], "head": number + 1}
            row["muted"] = "yes" if number in heard.muted else "no"
            row["weights"] = _largest(heard, number)
            row["length of its part"] = float(heard.lengths[number])
            if heard.shares is not None and heard.line is not None:
                row[f"{heard.line.senses[0]} −1 … {heard.line.senses[1]} 1"] = float(heard.shares[number])
            rows.append(row)
    return rows


def code(every: Sequence[Heard], opened: int, *, drop_punctuation: bool) -> str:
    """Write the heads by hand: `parts[text]` holds what each adds to the word, `output[text]` the sum of those heard.

    `weights[text]` are the weights of the opened head.
    """
    return lines(
        START,
        "heads = selfattn.heads_of(vectors)  # W_Q, W_K, W_V: (h, d, k), W_O: (h, k, d)",
        f"opened, muted = {opened}, {sorted(every[0].muted)!r}  # counted from 0",
        "tokens, weights, parts, output = {}, {}, {}, {}",
        f"for text in {[heard.sentence.text for heard in every]!r}:",
        f"    sentence = selfattn.embed(text, vectors{dropping(drop_punctuation)})",
        "    x, place = sentence.matrix.astype(float), np.arange(len(sentence))  # x: (n, d)",
        "    looks, given = [], []",
        "    for W_Q, b_Q, W_K, W_V, slope in zip(",
        "        heads.query, heads.query_bias, heads.key, heads.value, heads.slope",
        "    ):",
        "        query, key, value = x @ W_Q + b_Q, x @ W_K, x @ W_V  # (n, k)",
        "        scaled = query @ key.T / np.sqrt(key.shape[1]) - slope * np.abs(place[:, None] - place)",
        "        if len(x) > 1:",
        "            np.fill_diagonal(scaled, -np.inf)  # a word asks only the others",
        "        looks.append(selfattn.softmax(scaled))",
        "        given.append(looks[-1] @ value)  # (n, k)",
        f"    row = sentence.index({every[0].word!r})",
        "    tokens[text], weights[text] = sentence.tokens, looks[opened]",
        "    parts[text] = np.array([part[row] @ W_O for part, W_O in zip(given, heads.output)])  # (h, d)",
        "    end_to_end = np.concatenate([part[row] for part in given])  # (h * k,)",
        "    assert np.allclose(end_to_end @ np.concatenate(heads.output), parts[text].sum(axis=0))  # the same sum",
        "    heard = [head for head in range(len(parts[text])) if head not in muted]",
        "    output[text] = parts[text][heard].sum(axis=0)  # (d,)",
        "    print(text, np.linalg.norm(parts[text], axis=1).round(2))",
    )
