"""All ways side by side, in plain words."""

from selfattn.core.lean import Lean
from selfattn.core.methods import BY_PRESET, LARGE, SMALL, STATIC, TITLES, TRANSFORMER, Figures, Group, Measured
from selfattn.core.rounding import percent, plain_fixed
from selfattn.core.wording import listed, shortened
from selfattn.lessons.transformer.beside_figure import Column, Ends, Track
from selfattn.lessons.transformer.beside_measures import Compared, Pair

OVER = "on the right side"
DIFFER = "Sentences that part them"
TABLE = "The numbers behind it"
NUMBERS = "GloVe 6B 50d and all-MiniLM-L6-v2"
NOTHING = "There is nothing to compare yet: type a sentence with at least one known word."
OTHER_SET = "Rates and heads belong to the bundled vectors, so that these are used here, whichever are chosen. "
ALIKE = Ends(("unlike", "the same"), (0.0, 1.0), senses=False)
ONE = "one sentence only"
GUESSES = ("the one head", "the transformer", "about as many")
BY_CHANCE = (
    4  # McNemar (1947): (b − c)² / (b + c) of two ways of which each alone is right b and c times; 95 % are below
)
DECIMALS = 2
LONG = 20  # letters of the word that a note in the picture shows


def finding(compared: Compared, measured: Measured, pair: Pair | None, *, answered: bool = False) -> list[str]:
    """Say where the word ends, by the one head and by the transformer; and how often both are right.

    That is not said again where the sentences are a `pair`, or where a guess is `answered`.
    """
    return [*([pair.why] if pair else []), where(compared), *([] if pair or answered else [counts(measured)])]


def where(compared: Compared) -> str:
    """Say where the word ends by the two ways that are compared, or how alike it is in both sentences."""
    ways = {way: name for way, name in _named().items() if compared.standings[way]}
    word = f"“{compared.word}”"
    if compared.senses:
        (first, name), *rest = ways.items()
        said = [f"{name} puts {word} {_places(compared, first)}"]
        said += [f"{other} {_places(compared, way)}" for way, other in rest]
        lone = f" Only {compared.letters[0]} has {word}." if len(compared.letters) == 1 else ""
        return f"{_begun('; '.join(said))}.{lone}"
    none = f"{word} has no two senses here, so that no line can be drawn"
    alike = {name: compared.cosine(way) for way, name in ways.items()}
    said = [f"{plain_fixed(number, DECIMALS)} by {name}" for name, number in alike.items() if number is not None]
    if not said:
        return f"{none}, and a cosine takes two sentences that have it."
    return f"{none}. How alike it is in A and B, where 1 is the same: {listed(said)}."


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _named() -> dict[str, str]:
    return {SMALL: f"“{TITLES[SMALL]}”", LARGE: TITLES[LARGE].lower()}


def _places(compared: Compared, way: str) -> str:
    leans = {letter: each.lean for letter, each in compared.standings[way].items() if each.lean}
    if len({lean.side for lean in leans.values()}) == 1 and len(leans) == 2:
        (first, a), (second, b) = leans.items()
        return f"{_side(a)} in {first} ({_place(a)}) and in {second} ({_place(b)})"
    return listed([f"{_side(lean)} in {letter} ({_place(lean)})" for letter, lean in leans.items()])


def _side(lean: Lean) -> str:
    return f"with {lean.side}" if lean.side else "on neither side"


def _place(lean: Lean) -> str:
    return plain_fixed(lean.after, DECIMALS)


def counts(measured: Measured) -> str:
    """Say how many of all held-out sentences the one head and the transformer get right."""
    (few, small), (many, large) = (
        (large_number(row.parameters), right(row)) for row in (measured.methods[way] for way in (SMALL, LARGE))
    )
    first = f"“{TITLES[SMALL]}” ({few} parameters) gets {small:,} right"
    return f"Of {total(measured):,} held-out sentences, {first}, the transformer ({many}) {large:,}."


def _alike(measured: Measured) -> bool:
    """Tell whether chance would make a difference as large."""
    small, large = measured.only["small"], measured.only["large"]
    return (small - large) ** 2 < BY_CHANCE * (small + large)


def question(measured: Measured) -> str:
    """Ask which of both does better."""
    small, large = (large_number(measured.methods[way].parameters) for way in (SMALL, LARGE))
    return (
        f"In {total(measured):,} held-out sentences, which puts the word on the right side more often: one head with "
        f"{small} parameters, or this transformer with {large}?"
    )


def truth(measured: Measured) -> str:
    """Say which of the guesses holds: whether a difference is more than chance would make."""
    if _alike(measured):
        return GUESSES[2]
    return GUESSES[0] if measured.only["small"] > measured.only["large"] else GUESSES[1]


def because(measured: Measured) -> str:
    """Say it with numbers."""
    small, large = (right(measured.methods[way]) for way in (SMALL, LARGE))
    return f"{small:,} and {large:,}{', a difference that chance explains' if _alike(measured) else ''}"


def total(measured: Measured) -> int:
    """Count the sentences that were measured on."""
    return measured.sentences["held_out"] + measured.sentences["other_words"]


def right(figures: Figures) -> int:
    """Count the sentences that a way gets right."""
    return figures.held_out.right + figures.other_words.right


def large_number(count: int) -> str:
    """Write a count as one says it.

    >>> large_number(7551), large_number(10696704)
    ('7,551', '10.7 million')
    """
    return f"{count:,}" if count < 1e6 else f"{count / 1e6:.3g} million"


def note(measured: Measured, *, other_set: bool) -> str:
    """Say what was measured on."""
    only, left_out = measured.only, measured.sentences["left_out"]
    by_chance = " (chance explains that)" if _alike(measured) else ""
    parts = (
        f"Right only by “{TITLES[SMALL]}”: {only['small']} sentences, only by the transformer: {only['large']}",
        f"{by_chance}, by neither: {only['neither']}. “Held out” are other sentences of the words that the heads were ",
        f"taught; no head was taught the “other words”. {left_out} that draw the transformer’s line are not counted.",
    )
    return (OTHER_SET if other_set else "") + "".join(parts)


def tracks(compared: Compared) -> list[Track]:
    """Say for every way what is drawn."""
    return [_track(compared, way) for way in TITLES]


def _track(compared: Compared, way: str) -> Track:
    by_letter, title = compared.standings[way], TITLES[way]
    if not by_letter:
        return Track(title, None, [], missing(compared, way))
    if not compared.senses:
        number = compared.cosine(way)
        shown = [] if number is None else [(plain_fixed(number, DECIMALS), -1, number)]
        if way == STATIC and number is not None:
            return Track(title, number, [], plain_fixed(number, DECIMALS))
        return Track(title, None, shown, "" if shown else ONE)
    leans = {letter: each.lean for letter, each in by_letter.items() if each.lean}
    static = next((leans[letter].before for letter, each in by_letter.items() if each.from_static), None)
    if way == STATIC:
        return Track(title, static, [], " = ".join(by_letter))
    return Track(title, static, [(letter, "AB".index(letter), lean.after) for letter, lean in leans.items()])


def missing(compared: Compared, way: str) -> str:
    """Say why a way makes nothing of the word."""
    if way == TRANSFORMER and compared.broken:
        return "its weights cannot be read"
    word = f"“{shortened(compared.word, LONG)}”"
    return f"{word} is not in what it reads" if way == TRANSFORMER else f"{word} has no vector"


def ends(compared: Compared) -> Ends:
    """Say what the line stands for."""
    return Ends(compared.senses, (-1.0, 1.0), ("neither", 0.0)) if compared.senses else ALIKE


def columns(measured: Measured) -> list[Column]:
    """Write what was measured, for the picture."""
    rows, sentences = [measured.methods[way] for way in TITLES], measured.sentences
    return [
        Column(("held out", f"of {sentences['held_out']}"), [_share(row.held_out) for row in rows]),
        Column(("other words", f"of {sentences['other_words']}"), [_share(row.other_words) for row in rows]),
        Column(("parameters", "+ vectors"), [(_short(row.parameters), f"+ {_short(row.vectors)}") for row in rows]),
        Column(("ms", "MB"), [(_ms(row.milliseconds), f"{row.memory:.0f}") for row in rows]),
    ]


def _share(group: Group) -> tuple[str, str]:
    return percent(group.share), f"{group.right:,}"


def _short(count: int) -> str:
    return f"{count:,}" if count < 1e6 else f"{count / 1e6:.3g} M"


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.1f}" if milliseconds < 10 else f"{milliseconds:.0f}"


def cells(measured: Measured) -> tuple[list[str], list[list[str]]]:
    """Write what a phone shows of what was measured: the heads of a table, and a row for every way."""
    held_out, other_words, parameters, *_ = columns(measured)
    counts = (f"{column.head[0]} ({column.head[1].removeprefix('of ')})" for column in (held_out, other_words))
    heads = ["", *counts, parameters.head[0]]
    rows = zip(TITLES.values(), held_out.cells, other_words.cells, parameters.cells, strict=True)
    return heads, [[title, *(f"{share} ({right})" for share, right in both), size] for title, *both, (size, _) in rows]


def alt(compared: Compared, measured: Measured) -> str:
    """Stand in for the picture."""
    first, second = ends(compared).names
    line = f"A line from {first} to {second} for every way to “{compared.word}”"
    each = "; ".join(_alt_row(compared, measured.methods[way], way) for way in TITLES)
    return f"{line}, and how often it is {OVER}, of held-out sentences and of other words. {each}."


def _alt_row(compared: Compared, row: Figures, way: str) -> str:
    return (
        f"{TITLES[way]}: {_stands(compared, way)}, {percent(row.held_out.share)} and {percent(row.other_words.share)}"
    )


def _stands(compared: Compared, way: str) -> str:
    """Say where the word stands by one way, or why nowhere."""
    if not compared.standings[way]:
        return missing(compared, way)
    if compared.senses:
        return _places(compared, way)
    number = compared.cosine(way)
    return ONE if number is None else f"cosine {plain_fixed(number, DECIMALS)}"


def table(compared: Compared, measured: Measured) -> list[dict[str, object]]:
    """Write all numbers, a line for every way."""
    return [_line(compared, measured, way) for way in TITLES]


def _line(compared: Compared, measured: Measured, way: str) -> dict[str, object]:
    by_letter, row, sentences = compared.standings[way], measured.methods[way], measured.sentences
    line: dict[str, object] = {"": TITLES[way]}
    for letter in compared.letters if compared.senses else []:
        lean = by_letter[letter].lean if letter in by_letter else None
        line[f"{letter}: {' −1 … '.join(compared.senses or ())} 1"] = lean.after if lean else None
    line["cosine of A and B"] = compared.cosine(way)
    for name, group in (("held_out", row.held_out), ("other_words", row.other_words)):
        line[f"{name.replace('_', ' ')}, right of {sentences[name]}"] = group.right
        line[f"{name.replace('_', ' ')}, mean over senses"] = group.share
    return line | {
        "parameters": f"{row.parameters:,}", "numbers of word vectors": f"{row.vectors:,}",
        "ms a sentence, where it was measured": row.milliseconds, f"× {TITLES[BY_PRESET[0]]}": row.times,
        "MB in memory": row.memory, "MB on disk": row.disk,
    }  # fmt: skip
