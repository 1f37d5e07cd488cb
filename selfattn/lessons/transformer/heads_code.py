"""The code of the screens about heads, ready for a notebook."""

from selfattn.core.transformer import Encoded

START = """\
import numpy as np
import selfattn

transformer = selfattn.transformer.load()  # all-MiniLM-L6-v2: six layers of twelve heads
encoded = transformer({text!r})
"""
SAME = """\
# word pieces joined into words, [CLS] first and [SEP] last: (6, 12, n + 2, n + 2)
weights = encoded.with_specials(slice(None), slice(None))
names = [word.text for word in encoded.words]


def best(name, share):  # share: (6, 12)
    layer, head = np.unravel_index(share.argmax(), share.shape)
    print(f"{name}: layer {layer + 1}, head {head + 1}, {share[layer, head]:.3f}")


rows = weights[:, :, 1:-1]  # what the words look at
words = rows[..., 1:-1]  # of that, at words: (6, 12, n, n)
"""
OF_TWO = """\
row, other = {row}, {other}  # {names}
best("one word at another", words[:, :, row, other])
best("at the word before", np.diagonal(words, -1, 2, 3).mean(-1))
best("at the word after", np.diagonal(words, 1, 2, 3).mean(-1))
"""
SPECIAL = """\
best("at [SEP]", rows[..., -1].mean(-1))
best("at [CLS]", rows[..., 0].mean(-1))
print("of all weight, [CLS] gets", rows[..., 0].mean().round(3), "and [SEP]", rows[..., -1].mean().round(3))
"""
NUMBER = """\
layer, head, i, j = {layer}, {head}, {i}, {j}  # counted from 0; {names}
trace, tokens = transformer.head(encoded, layer, head), encoded.tokens

query, key, value = trace.query[i], trace.key[j], trace.value[j]  # 32 numbers each
score = query @ key
exponentials = np.exp(trace.query[i] @ trace.key.T / np.sqrt(32))  # of every token
weight = exponentials[j] / exponentials.sum()
print(score, score / np.sqrt(32), exponentials[j], weight, encoded.weights[layer, head, i, j])
print((weight * value).round(2))  # what is passed on
"""


def same(encoded: Encoded, row: int, other: int) -> str:
    """Write how heads are found by what they look at."""
    names = " and ".join(repr(encoded.words[place].text) for place in (row, other))
    of_two = OF_TWO.format(row=row, other=other, names=names) if row != other else ""
    return START.format(text=encoded.text) + SAME + of_two + SPECIAL


def number(encoded: Encoded, layer: int, head: int, i: int, j: int) -> str:
    """Write how one weight is made."""
    names = " asks ".join(repr(encoded.tokens[place]) for place in (i, j))
    numbers = NUMBER.format(layer=layer, head=head, i=i, j=j, names=names)
    return START.format(text=encoded.text) + numbers
