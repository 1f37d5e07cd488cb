"""Fixtures that the whole suite shares."""

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

import selfattn

settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # slow is no failure
settings.load_profile("suite")


@pytest.fixture(scope="session")
def vectors():
    """The bundled vectors; read-only, so every test may share them."""
    return selfattn.load_vectors()


@pytest.fixture
def rng():
    """Random numbers, the same in every run."""
    return np.random.default_rng(2017)
