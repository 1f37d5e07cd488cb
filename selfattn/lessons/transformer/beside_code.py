"""All ways side by side, as code."""

from collections.abc import Sequence

from selfattn.core.methods import STATIC, TRANSFORMER
from selfattn.core.senses import SENSES
from selfattn.figures.palette import LETTERS
from selfattn.lessons.transformer.beside_measures import Compared
from selfattn.views.snippets import COSINE, START, dropping, lines, poles_of

SMALL = """\
head, four = selfattn.head_of(vectors), selfattn.heads_of(vectors)  # what was learned
spaces = {  # where the outputs of each way lie
    "static": lambda rows: rows,
    "balanced": lambda rows: rows,
    "sharper": selfattn.space(vectors, centred=True),
    "trained": lambda rows: rows @ head.value,
    "heads": lambda rows: rows @ four.whole,
}
frequent = vectors.vectors[:20000].mean(axis=0, dtype=float)
middles = {way: space(frequent) for way, space in spaces.items()}  # the mean of what each gives
outputs = {way: [] for way in spaces}  # the word's vector in each sentence
for text in {texts}:
    sentence = selfattn.embed(text, vectors{dropping})
    row = sentence.index(word)
    outputs["static"].append(sentence.matrix[row])
    for way in ("balanced", "sharper", "trained"):
        _, trace = selfattn.contextualize(text, vectors, way{dropping})
        outputs[way].append(trace.output[row])
    outputs["heads"].append(selfattn.attend_heads(sentence, vectors, four).output[row])
"""
SMALL_PLACES = """\
for way, space in spaces.items():
    centres = [space(vectors[words].astype(float)).mean(axis=0) - middles[way] for words in poles.values()]
    first, second = (centre / np.linalg.norm(centre) for centre in centres)
    line = (second - first) / np.linalg.norm(second - first)
    unit = (centres[1] - centres[0]) @ line / 2  # half the way from pole to pole
    places[way] = [(output - middles[way]) @ line / unit for output in outputs[way]]
"""
LARGE = """\
transformer = selfattn.transformer.load()


def last(text):
    encoded = transformer(text)
    return encoded.state(encoded.index(word))[-1].astype(float)  # the word's hidden state in the last layer

"""
LARGE_PLACES = """\
first, second = (np.mean([last(text) for text in texts], axis=0) for texts in examples.values())
along = second - first
places["transformer"] = [2 * (last(text) - (first + second) / 2) @ along / (along @ along) for text in {texts}]
"""


def code(texts: Sequence[str], compared: Compared, *, drop_punctuation: bool) -> str:
    """Write what every way makes of the word: `places[way]`, or of a word without two senses `cosines[way]`.

    Parameters
    ----------
    texts : sequence of str
        A and B.
    compared : Compared
    drop_punctuation : bool
    """
    placed, sense = compared.senses is not None, SENSES.get(compared.word.lower())
    small, large = (_texts(texts, compared, way) for way in (STATIC, TRANSFORMER))
    parts = [START, "", f"word = {compared.word!r}", "places = {}" if placed else "cosines = {}", ""]
    parts += [] if placed else list(COSINE)
    if small:
        parts += [SMALL.replace("{texts}", repr(small)).replace("{dropping}", dropping(drop_punctuation))]
        parts += [poles_of(sense.poles), SMALL_PLACES] if placed and sense else _cosines(len(small))
    if large:
        parts += [LARGE]
        if placed and sense:
            examples = {name: list(given) for name, given in sense.examples.items()}
            parts += [f"examples = {examples!r}", LARGE_PLACES.replace("{texts}", repr(large))]
        elif len(large) == 2:
            mean = "transformer.means[-1]"
            parts += [f"first, second = (last(text) - {mean} for text in {large!r})"]
            parts += ['cosines["transformer"] = cosine(first, second)']
    return lines(*parts, f"print({'places' if placed else 'cosines'})")


def _cosines(count: int) -> list[str]:
    if count < 2:
        return []
    return [
        "for way, (first, second) in outputs.items():",
        "    cosines[way] = cosine(first - middles[way], second - middles[way])",
        "",
    ]


def _texts(texts: Sequence[str], compared: Compared, way: str) -> list[str]:
    """List the sentences that have the word for a way."""
    return [text for letter, text in zip(LETTERS, texts, strict=False) if letter in compared.standings[way]]
