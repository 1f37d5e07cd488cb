"""What stands in for selfattn and gensim in a notebook: each of these is put into it as text, where it is needed."""

import base64

import numpy as np


def all_numbers(value):
    """List all numbers in an array, a list or a dictionary, in their order."""
    if isinstance(value, dict):
        value = value.values()
    if isinstance(value, np.ndarray):
        return value.ravel().astype(float).tolist()
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return [number for each in value for number in all_numbers(each)]
    return [] if value is None or isinstance(value, str) else [float(value)]


def unpacked(letters, kept, dtype, shape):
    """Read an array whose bytes are written as letters (base64)."""
    return np.frombuffer(base64.b64decode(letters), kept).astype(dtype).reshape(shape)


class Vectors(dict):
    """A few words with their vectors; a list of words gives a row for each."""

    def __init__(self, words, dtype=np.float32):
        super().__init__({word: np.array(row, dtype).astype(np.float32) for word, row in words.items()})

    def __getitem__(self, words):
        return super().__getitem__(words) if isinstance(words, str) else np.array([self[word] for word in words])

    def units(self, words):
        """Divide the vectors of words by their lengths."""
        return self[words] / np.linalg.norm(self[words], axis=1, keepdims=True)

    def get_mean_vector(self, words, weights, pre_normalize=True):
        """Add vectors up, each times its weight."""
        rows = self.units(words) if pre_normalize else self[words]
        return np.array(weights) @ rows / np.abs(weights).sum()

    def cosine_similarities(self, vector, rows):
        """Give the cosine of a vector with each row."""
        return rows @ vector / np.linalg.norm(rows, axis=1) / np.linalg.norm(vector)

    def rank_by_centrality(self, words):
        """Give the cosine of each word with the mean of all, the largest first."""
        mean = self.units(words).mean(axis=0)
        return sorted(zip(self.units(words) @ mean / np.linalg.norm(mean), words, strict=True), reverse=True)

    def doesnt_match(self, words):
        """Find the word that is farthest from the mean of all."""
        return self.rank_by_centrality(words)[-1][1]


def centring(mean, directions):
    """Take the mean and the strongest directions of frequent words out of vectors: Mu and Viswanath (2018)."""

    def centred(rows):  # (n, d)
        moved = rows - mean
        return moved - moved @ directions.T @ directions

    return centred


def softmax(scores):
    """Turn each row of scores into weights that sum to one."""
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


class Attended:
    """Every vector attends to every vector, with its scores divided by 2√d."""

    def __init__(self, x):  # (n, d)
        self.scores = x @ x.T
        self.scaled = self.scores / (2 * np.sqrt(x.shape[1]))
        self.weights = softmax(self.scaled)
        self.output = self.weights @ x


class Axes:
    """Principal components: the directions in which rows differ most (Pearson 1901)."""

    def __init__(self, x, count):  # (n, d)
        self.mean = x.mean(axis=0)
        _, _, directions = np.linalg.svd(x - self.mean, full_matrices=len(x) <= count)
        axes = directions[:count]
        largest = np.abs(axes).argmax(axis=1)  # its sign is positive
        self.components = axes * np.where(axes[np.arange(count), largest] < 0, -1, 1)[:, None]
        variance, total = (self.transform(x) ** 2).sum(axis=0), ((x - self.mean) ** 2).sum()
        self.explained_variance_ratio = variance / total if total else np.zeros(count)

    def transform(self, x):
        """Place rows on the axes."""
        return (x - self.mean) @ self.components.T
