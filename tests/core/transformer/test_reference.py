"""The arithmetic: against the original weights, one head after the other in float64, and against published numbers."""

from pathlib import Path

import numpy as np
import pytest
from scipy.special import erf, softmax

from selfattn.core.attention import attend
from selfattn.core.transformer import Encoded, Transformer, forward

REFERENCE = np.load(Path(__file__).with_name("reference.npz"), allow_pickle=False)
SENTENCES = [str(sentence) for sentence in REFERENCE["sentences"]]

# The first numbers of the published embedding of “This is an example sentence”: the mean of the last hidden states,
# made one long, as sentence-transformers prints it for this model.
PUBLISHED = (0.0676569, 0.0634959, 0.0487131, 0.0793050, 0.0374480, 0.0026528, 0.0393750, -0.0070985)


def one_minus_cosine(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1)
    return 1 - (a * b).sum(axis=-1) / lengths


@pytest.fixture(scope="module")
def encoded(transformer: Transformer) -> list[Encoded]:
    return [transformer(sentence) for sentence in SENTENCES]


def original(kind: str, number: int) -> np.ndarray:
    return REFERENCE[f"{kind}_{number}"].astype(np.float64)


def test_there_are_twenty_sentences_with_the_same_tokens(transformer: Transformer, encoded: list[Encoded]) -> None:
    assert len(SENTENCES) == 20
    for number, result in enumerate(encoded):
        pieces = [transformer.learned.pieces[row] for row in REFERENCE[f"rows_{number}"]]
        assert list(result.tokens) == pieces


def test_hidden_states_are_those_of_the_original_weights(encoded: list[Encoded]) -> None:
    for number, result in enumerate(encoded):
        assert one_minus_cosine(result.states, original("states", number)).max() <= 0.001


def test_attention_is_that_of_the_original_weights(encoded: list[Encoded]) -> None:
    errors = [np.abs(result.weights - original("weights", number)) for number, result in enumerate(encoded)]
    assert max(error.max() for error in errors) <= 0.03
    assert np.mean([error.mean() for error in errors]) <= 0.001


def test_nineteen_in_twenty_weights_look_the_same_on_the_screen(encoded: list[Encoded]) -> None:
    """With two decimals; CONTRIBUTING.md says so."""
    same = [
        (result.weights.astype(np.float64).round(2) == original("weights", number).round(2)).ravel()
        for number, result in enumerate(encoded)
    ]
    assert np.concatenate(same).mean() >= 0.95


def test_the_sentence_embedding_is_the_published_one(transformer: Transformer) -> None:
    mean = transformer("This is an example sentence").states[-1].mean(axis=0)
    np.testing.assert_allclose((mean / np.linalg.norm(mean))[: len(PUBLISHED)], PUBLISHED, atol=0.003)


def test_the_parts_are_those_of_the_papers() -> None:
    rng = np.random.default_rng(0)
    x, norm = rng.normal(0, 3, (4, 8)).astype(np.float32), rng.normal(size=(2, 8)).astype(np.float32)
    np.testing.assert_allclose(forward.gelu(x), x / 2 * (1 + erf(x / np.sqrt(2))), atol=1e-6)
    assert forward.gelu(np.float32([0, 10, -10])).tolist() == [0, 10, 0]
    standard = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
    np.testing.assert_allclose(forward.layer_norm(x, norm), standard * norm[0] + norm[1], atol=1e-5)
    np.testing.assert_allclose(forward.softmax(100 * x), softmax(100 * x.astype(np.float64), axis=-1), atol=1e-6)


def test_heads_are_attend_with_learned_matrices(transformer: Transformer) -> None:
    """All heads of a layer, one by one, make the layer's output: concatenation, W_O, shortcut, feed-forward."""
    encoded, block = transformer("River bank flows"), transformer.learned.blocks[2]
    traces = [transformer.head(encoded, 2, head) for head in range(12)]
    for head, trace in enumerate(traces):
        np.testing.assert_allclose(trace.weights, encoded.weights[2, head], atol=1e-5)
        assert trace.divisor == pytest.approx(32**0.5)
        assert trace.matrix.shape == (5, 384)
        assert trace.query.shape == trace.key.shape == trace.value.shape == trace.output.shape == (5, 32)
        again = attend(encoded.states[2], query=trace.query, key=trace.key, value=trace.value, temperature=1.0)
        np.testing.assert_array_equal(trace.weights, again.weights)
    mixed = np.hstack([trace.output for trace in traces]) @ block.output + block.output_bias
    attended = forward.layer_norm((encoded.states[2] + mixed).astype(np.float32), block.norm)
    states = forward.layer_norm(attended + forward.feed_forward(attended, block), block.norm2)
    np.testing.assert_allclose(states, encoded.states[3], atol=1e-4)
