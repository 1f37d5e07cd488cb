"""The code of the screen: paths, places and distances in NumPy, from the hidden states up."""

from selfattn.lessons.transformer.layers_paths import Layers
from selfattn.views.snippets import lines


def source(found: Layers) -> str:
    """Write what the screen shows: `paths` in the plane, `kept`, and `places` on the line, or `apart` for any two."""
    texts = [track.text for track in found.tracks]
    fitted = "np.stack([states[text] for text in texts])"
    after = _apart_code() if found.meanings is None else _places_code()
    if found.meanings:
        fitted = "np.concatenate(list(of_sense.values()))"
    return lines(
        "import numpy as np\nimport selfattn\n",
        "transformer = selfattn.transformer.load()",
        f"word, texts = {found.word!r}, {texts!r}",
        "",
        "def states_of(text):",
        "    encoded = transformer(text)",
        "    return encoded.state(encoded.index(word)).astype(float)  # (7, 384): layer 0 is before any attention",
        "",
        "states = {text: states_of(text) for text in texts}",
        *_examples_code(found),
        "",
        "# one plane for all layers: a mean taken off each, then the two strongest directions",
        f"rows = {fitted}  # (n, 7, 384)",
        "centres = rows.mean(axis=0)",
        "rows[:, 0] = centres[0]  # layer 0: one vector in all sentences, but for its position",
        "_, strength, directions = np.linalg.svd((rows - centres).reshape(-1, 384), full_matrices=False)",
        "plane, kept = directions[:2], (strength[:2] ** 2).sum() / (strength ** 2).sum()",
        "paths = {text: (states[text] - centres) @ plane.T for text in texts}  # (7, 2), up to their signs",
        "for path in paths.values():",
        "    path[0] = 0",
        "print(f'the plane keeps {kept:.0%}')",
        "",
        *after,
    )


def _examples_code(found: Layers) -> list[str]:
    if found.meanings is None:
        return []
    return [
        f"examples = selfattn.SENSES[{found.word!r}].examples",
        "of_sense = {sense: np.stack([states_of(text) for text in examples[sense]]) for sense in examples}",
    ]


def _places_code() -> list[str]:
    return [
        "# the line from the mean of the first sense, -1, to that of the second, 1, in each layer",
        "first, second = (group.mean(axis=0) for group in of_sense.values())  # (7, 384)",
        "along, middle = second - first, (first + second) / 2",
        "places = {}",
        "for text in texts:",
        "    across = ((states[text] - middle) * along).sum(axis=1)",
        "    places[text] = np.append(0, 2 * across[1:] / (along[1:] ** 2).sum(axis=1))  # layer 0: only its position",
        "    print(text, places[text].round(2))",
    ]


def _apart_code() -> list[str]:
    return [
        "# how far apart any two are: 1 - cosine, once the mean of many words is taken off",
        "centred = np.stack([states[text] - transformer.means for text in texts])  # (n, 7, 384)",
        "units = centred / np.linalg.norm(centred, axis=2, keepdims=True)",
        "apart = 1 - np.einsum('ild,jld->lij', units, units)  # (7, n, n)",
        "print(apart.round(2))",
    ]
