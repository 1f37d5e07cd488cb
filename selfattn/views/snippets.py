"""The few lines of NumPy that compute what a screen shows, as text: a test runs each and compares it with the screen.

What the user typed goes in as a Python literal (``repr``), never as code. Here is what several lessons show:
self-attention over one sentence, one word in several sentences, and neighbours. What one lesson alone shows stands in
its folder.
"""

from collections.abc import Iterable, Mapping, Sequence

from selfattn.core.presets import Settings
from selfattn.core.senses import AmbiguousWord

START = "import numpy as np\nimport selfattn\n\nvectors = selfattn.load_vectors()"  # another set has other lines
COSINE = ("def cosine(a, b):", "    return a @ b / (np.linalg.norm(a) * np.linalg.norm(b))", "")


def lines(*parts: str) -> str:
    """Put lines of code together."""
    return "\n".join(parts)


def attention(text: str, settings: Settings, *, drop_punctuation: bool = True) -> str:
    """Write self-attention over one sentence: `sentence`, `x`, `scores`, `scaled`, `weights`, `output`."""
    return lines(START, *_attended(repr(text), settings, drop_punctuation))


def of_word(text: str, row: int, settings: Settings, *, drop_punctuation: bool = True) -> str:
    """Write what the word in one row becomes: besides the above, `row`, and prints its weights."""
    return lines(
        attention(text, settings, drop_punctuation=drop_punctuation),
        "",
        f"row = {row}",
        "print(dict(zip(sentence.tokens, weights[row].round(2).tolist())))",
    )


def two_sentences(texts: Sequence[str], word: str, settings: Settings, *, drop_punctuation: bool = True) -> str:
    """Write what one word becomes in each of several sentences: `new[text]` holds its weights and its vector."""
    return each_sentence(
        texts,
        settings,
        f"row = sentence.index({word!r})",
        "new[text] = weights[row], output[row]",
        "print(dict(zip(sentence.tokens, weights[row].round(2).tolist())))",
        drop_punctuation=drop_punctuation,
    )


def leaning(
    texts: Sequence[str],
    word: str,
    poles: Mapping[str, Iterable[str]] | None,
    settings: Settings,
    *,
    drop_punctuation: bool = True,
) -> str:
    """Write besides where the word ends on the line between two senses, `leans[text]`, where there are such."""
    attended = two_sentences(texts, word, settings, drop_punctuation=drop_punctuation)
    if not poles:
        return attended
    return lines(
        attended,
        "",
        *line_between(poles, settings),
        "leans = {text: (vector - middle) @ line for text, (_, vector) in new.items()}",
        "print(leans)",
    )


def each_sentence(texts: Sequence[str], settings: Settings, *then: str, drop_punctuation: bool = True) -> str:
    """Write self-attention over several sentences, and what is done with each, to fill `new`; `given` has the rest."""
    given = "given[text] = sentence.tokens, x  # its words, and what each of them gives"
    body = (*_attended("text", settings, drop_punctuation), given, *then)
    return lines(START, "new, given = {}, {}", f"for text in {list(texts)!r}:", *(f"    {line}" for line in body))


def neighbours(word: str, sense: AmbiguousWord | None, *, most: int) -> str:
    """Write the `nearest` words of a word as (word, cosine), and the sense that each is nearer to, `nearer`."""
    search = f"nearest = vectors.most_similar({word!r}, topn={most})"
    if sense is None:
        return lines(START, search, "print(nearest)")
    return lines(
        START,
        search,
        poles_of(sense.poles),
        "centres = {name: np.mean([vectors[word] for word in words], axis=0) for name, words in poles.items()}",
        "",
        *COSINE,
        "nearer = {}",
        "for word, similarity in nearest:",
        "    nearer[word] = max(centres, key=lambda name: cosine(vectors[word], centres[name]))",
        "    print(f'{similarity:.2f} {word}: {nearer[word]}')",
    )


def poles_of(poles: Mapping[str, Iterable[str]]) -> str:
    """Write the words of each pole, `poles`."""
    return f"poles = {dict(zip(poles, map(list, poles.values()), strict=True))!r}"


def dropping(drop_punctuation: bool) -> str:
    """Write what `embed` is told of punctuation, where that is not what it does anyway."""
    return "" if drop_punctuation else ", drop_punctuation=False"


def embedded(text: str, settings: Settings, drop_punctuation: bool) -> list[str]:
    """Write how a sentence, given as code, is looked up: `sentence`, `x`."""
    if settings.trained:
        matrix = [
            "head = selfattn.head_of(vectors)  # its matrices were learned",
            "static = sentence.matrix.astype(float)  # (n, d): one row a word",
            "query, key = static @ head.query + head.query_bias, static @ head.key",
            "x = static @ head.value  # what each word gives",
        ]
    elif settings.centre:
        matrix = [
            "x = selfattn.space(vectors, centred=True)(sentence.matrix)  # mean and two strongest directions taken out"
        ]
    else:
        matrix = ["x = sentence.matrix.astype(float)  # (n, d): one row a word"]
    return [f"sentence = selfattn.embed({text}, vectors{dropping(drop_punctuation)})", *matrix]


def placed(rows: str, settings: Settings) -> str:
    """Write how rows, given as code, are taken into the space of the settings; of a head, `head` is there already."""
    if settings.trained:
        return f"({rows} @ head.value)"
    return f"selfattn.space(vectors, centred=True)({rows})" if settings.centre else rows


def line_between(poles: Mapping[str, Iterable[str]], settings: Settings) -> list[str]:
    """Write the line between two senses: `middle`, and `line`, of length one; a place on it is (v - middle) @ line."""
    return [
        poles_of(poles),
        f"middle = {placed('vectors.vectors[:20000].mean(axis=0, dtype=float)', settings)}",
        f"centres = [{placed('vectors[words].astype(float)', settings)}.mean(axis=0) - middle",
        "           for words in poles.values()]",
        "first, second = (centre / np.linalg.norm(centre) for centre in centres)",
        "line = (second - first) / np.linalg.norm(second - first)",
    ]


def _attended(text: str, settings: Settings, drop_punctuation: bool) -> list[str]:
    root = "np.sqrt(x.shape[1])" if settings.scale else ""
    heat = f"{settings.temperature:g}" if settings.temperature != 1 else ""
    below = " * ".join(part for part in (root, heat) if part)
    divided = f"scores / ({below})" if root and heat else f"scores / {below}" if below else "scores.copy()"
    code = [
        *embedded(text, settings, drop_punctuation),
        "scores = query @ key.T  # dot products" if settings.trained else "scores = x @ x.T  # dot products",
        f"scaled = {divided}",
    ]
    if settings.frequency:
        code += [
            "frequency = selfattn.zipf_probabilities(vectors, sentence.tokens)",
            "scaled += np.log(0.001 / (0.001 + frequency))  # frequent words count less",
        ]
    if settings.distance:
        lower = "* head.slope" if settings.trained else "/ 20"
        code += [
            "place = np.arange(len(x))",
            f"scaled -= np.abs(place[:, None] - place) {lower}  # distant words count less",
        ]
    if not settings.attend_self:
        code += ["if len(x) > 1:", "    np.fill_diagonal(scaled, -np.inf)  # no word looks at itself"]
    return [
        *code,
        "weights = np.exp(scaled - scaled.max(axis=1, keepdims=True))",
        "weights /= weights.sum(axis=1, keepdims=True)  # softmax: every row sums to one",
        "output = weights @ x  # the contextual vectors",
    ]
