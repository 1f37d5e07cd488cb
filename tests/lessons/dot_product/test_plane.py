"""Three vectors in a plane: what can be typed or dragged stays inside of the picture."""

import pytest

from selfattn.lessons.dot_product.plane import read_moved, read_vector


@pytest.mark.parametrize(("x", "y"), [(9, -9), (-9, 9)])
def test_a_vector_reaches_the_edge(x, y):
    assert read_vector(f"{x} {y}") == (x, y)
    assert read_moved([(x, y), (0, 0), (y, x)]) == ((x, y), (0, 0), (y, x))


@pytest.mark.parametrize(("x", "y"), [(9.01, 0), (-9.01, 0), (0, 9.01), (0, -9.01)])
def test_no_vector_goes_beyond_it(x, y):
    assert read_vector(f"{x} {y}") is None
    assert read_moved([(1, 2), (x, y), (3, 4)]) is None
