"""Fixtures that the whole suite shares, and how much of it is run."""

from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from streamlit.components.v2 import manifest_scanner

import selfattn
from tests.covering import NIGHTLY

SLOW_IS_NO_FAILURE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("suite", max_examples=25, **SLOW_IS_NO_FAILURE)
settings.register_profile("nightly", max_examples=200, **SLOW_IS_NO_FAILURE)
settings.load_profile("nightly" if NIGHTLY else "suite")


@pytest.fixture(scope="session", autouse=True)
def _packages_searched_once():
    """Let AppTest search the installed packages for components once, not in every new session: 80 of its 100 ms."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def vectors():
    """The bundled vectors; read-only, so every test may share them."""
    return selfattn.load_vectors()


@pytest.fixture
def rng():
    """Random numbers, the same in every run."""
    return np.random.default_rng(2017)
