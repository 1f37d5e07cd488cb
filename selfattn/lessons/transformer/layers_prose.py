"""Layer by layer, in plain words: what happened, from the numbers."""

from functools import cache

import numpy as np

from selfattn.core.labelled import labelled, words_of
from selfattn.core.rounding import percent, plain_fixed
from selfattn.core.senses import SENSES
from selfattn.core.transformer.meanings import Meanings, Way
from selfattn.core.wording import listed, shortened
from selfattn.lessons.transformer.layers_paths import Layers, Track

NEITHER = "never: it ends on neither side"
ASKED = 60  # letters of a sentence that a question repeats
FEW = 2  # sentences, of which each is told
SAME, HARDLY = 0.005, 0.05  # distances that read as none, and that positions alone make in layer 0


def finding(found: Layers, layer: int) -> list[str]:
    """Say what happened as far as a layer: to which side the word goes, or, without senses, where it is most alike."""
    if layer == 0:
        return [f"At layer 0 “{found.word}” is one point: the same vector in every sentence, but for its position."]
    last = layer == found.paths.shape[1] - 1
    if found.ways:
        if not last:
            return [_sides(found, layer)]
        return [_sides(found, layer), *_late(found)] if len(found.ways) > FEW else _each(found)
    if len(found.pairs) == 1:
        return [_parted(found, layer)]
    return [_nearest(found, layer)]


def _each(found: Layers) -> list[str]:
    return [_landed(found.word, track, way) for track, way in found.ways]


def _landed(word: str, track: Track, way: Way) -> str:
    """Say where a word goes and from which layer on it is there; where the sense is known and it is wrong, that too."""
    place, side, end = plain_fixed(way.lean.after, 2, signed=True), way.lean.side, len(way.places) - 1
    said = f"In {track.letter} “{word}”"
    if side is None:
        return f"{said} {_before(way, end)}ends on neither side ({place} at layer {end}).{_wrong(word, track, None)}"
    assert way.lands is not None
    on = f"from layer {way.lands} on" if way.lands < end else f"only at layer {end}"
    return f"{said} {_before(way, way.lands)}is with {side} {on} ({place} at layer {end}).{_wrong(word, track, side)}"


def _before(way: Way, lands: int) -> str:
    """Say where a word was before it lands, once it has left layer 0; nothing where it lands at once."""
    sides = way.sides[1:lands]
    named = list(dict.fromkeys(side for side in sides if side))
    if not sides:
        return ""
    if not named:
        return "stays in the middle at first, then "
    return f"goes to {named[0]} first, then " if len(named) == 1 and named[0] != way.lean.side else "wavers, then "


def _sides(found: Layers, layer: int) -> str:
    """Say on which side the word is in each sentence."""
    places: dict[str | None, list[str]] = {}
    for track, way in found.ways:
        place = plain_fixed(float(way.places[layer]), 2, signed=True)
        places.setdefault(way.sides[layer], []).append(f"{track.letter} ({place})")
    named = [f"{f'with {side}' if side else 'on neither side'} in {listed(each)}" for side, each in places.items()]
    return f"At layer {layer} “{found.word}” is {', '.join(named)}."


def _late(found: Layers) -> list[str]:
    """Say in which of many sentences it lands late, and in which on the wrong side."""
    late = [f"{track.letter} at layer {way.lands}" for track, way in found.ways if way.lands and way.lands > 1]
    wrong = [(track, _wrong(found.word, track, way.lean.side)) for track, way in found.ways]
    said = [f"It lands late in {listed(late)}."] if late else []
    return [*said, *(f"In {track.letter}:{text}" for track, text in wrong if text)]


def _wrong(word: str, track: Track, side: str | None) -> str:
    known = meant(word, track.text)
    return f" That is wrong: here it means {known}." if known and side and known != side else ""


def meant(word: str, text: str) -> str | None:
    """Give the sense that a word is known to have in a text that ships with the app; None of any other text."""
    return _labels().get((word, words_of(text)))


@cache
def _labels() -> dict[tuple[str, str], str]:
    given = [(word, sense, text) for word in SENSES for sense, texts in SENSES[word].examples.items() for text in texts]
    given += [(each.word, each.sense, each.text) for each in labelled()]
    return {(word, words_of(text)): sense for word, sense, text in given}


def _parted(found: Layers, layer: int) -> str:
    """Say how far apart the word is in two sentences, and where it was farther, if so."""
    ((pair, apart),) = found.pairs
    if apart.max() < SAME:
        return f"In {pair} “{found.word}” is the same in all layers."
    far = int(apart[: layer + 1].argmax())
    numbers = [plain_fixed(float(apart[place]), 2) for place in (0, layer, far)]
    most = f", at most {numbers[2]} at layer {far}" if numbers[2] != numbers[1] else ""
    now = f"{numbers[0]} at layer 0 and {numbers[1]} at layer {layer}{most}"
    parts = "parts" if float(apart[layer]) >= HARDLY else "hardly parts"
    return f"In {pair} “{found.word}” {parts}: 1 − cosine is {now}."


def _nearest(found: Layers, layer: int) -> str:
    """Say in which two of many sentences the word is most alike, and in which least."""
    ordered = sorted((float(apart[layer]), pair) for pair, apart in found.pairs)
    (least, near), (most, far) = ordered[0], ordered[-1]
    numbers = [plain_fixed(number, 2) for number in (least, most)]
    alike = f"most alike in {near} (1 − cosine {numbers[0]}), and least in {far} ({numbers[1]})"
    return f"At layer {layer} “{found.word}” is {alike}."


def note(found: Layers) -> str:
    """Say what the picture is made of."""
    start = "Layer 0: the same vector in every sentence, but for its position."
    if found.lacking:
        start = f"“{found.word}” is not in {listed(found.lacking)}. {start}"
    if not found.meanings:
        return f"{start} No two senses of “{found.word}” are known here: its sentences are compared with one another."
    return f"{start} {_made_of(found, found.meanings)}"


def _made_of(found: Layers, meanings: Meanings) -> str:
    counts = [sum(sense == named for sense, _ in meanings.examples) for named in meanings.senses]
    texts = {words_of(text) for _, text in meanings.examples}
    own = [track.letter for track in found.tracks if words_of(track.text) in texts]
    among = f", {listed(own)} among them" if own else ""
    ends = f"−1 and 1: the means of {counts[0]} and {counts[1]} example sentences{among}."
    return f"{ends} A third sense has no end of its own."


def alone(word: str) -> str:
    """Say why there is nothing to compare."""
    return f"“{word}” has no two senses here, so it takes two sentences to compare: write another one with “{word}”."


def alt(found: Layers, layer: int) -> str:
    """Stand in for the picture, as far as a layer."""
    kept = percent(found.kept)
    letters = listed([track.letter for track in found.tracks])
    start = f"Paths of “{found.word}” in {letters} through the layers, as far as layer {layer}, in one plane"
    head = f"{start} that keeps {kept} of the variance."
    if found.meanings:
        first, second = found.meanings.senses
        ways = "; ".join(f"{track.letter} {_places(way.places[: layer + 1])}" for track, way in found.ways)
        return f"{head} Beside it the line from {first}, −1, to {second}, 1, from layer 0 on: {ways}."
    pairs = "; ".join(f"{name} {_places(apart[: layer + 1])}" for name, apart in found.pairs)
    return f"{head} Beside it 1 − cosine of any two, from layer 0 on: {pairs}."


def _places(numbers: np.ndarray) -> str:
    return ", ".join(plain_fixed(float(number), 2) for number in numbers)


def question(found: Layers) -> tuple[str, list[str], str, str]:
    """Ask before the answer is shown: the question, what may be guessed, what holds, and what is said of that."""
    names = [f"layer {layer}" for layer in range(found.paths.shape[1])]
    if found.ways:
        track, way = found.ways[-1]
        sentence = f"In {track.letter}, “{shortened(track.text, ASKED)}”"
        asked = f"{sentence}: from which layer on is “{found.word}” on the side where it ends?"
        place = plain_fixed(way.lean.after, 2, signed=True)
        if way.lands is None:
            return asked, [*names[1:], NEITHER], NEITHER, f"at {place}"
        return asked, [*names[1:], NEITHER], names[way.lands], f"with {way.lean.side}, at {place} in the end"
    name, apart = found.pairs[-1]
    if len(found.pairs) == 1:
        far = int(apart.argmax())
        asked = f"In which layer is “{found.word}” in {name} farthest apart?"
        return asked, names, names[far], f"1 − cosine is {plain_fixed(float(apart[far]), 2)}"
    asked = f"In which two sentences will “{found.word}” end most alike?"
    return asked, sorted(pair for pair, _ in found.pairs), name, f"1 − cosine is {plain_fixed(float(apart[-1]), 2)}"
