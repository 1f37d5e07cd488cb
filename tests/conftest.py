"""Fixtures that the whole suite shares, and how much of it is run."""

import os
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from streamlit.components.v2 import manifest_scanner

import selfattn
from selfattn.core.vectors import load_vectors
from selfattn.sets import vector_set
from tests.covering import NIGHTLY
from tools.serve import BROWSER_ARGUMENTS, find_browser

LOADED = cache(load_vectors)

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


@pytest.fixture(scope="session", autouse=True)
def _vectors_loaded_once():
    """Give the same vectors, which are read-only, to all tests, to the pages, and to the code of a screen."""
    with pytest.MonkeyPatch.context() as patch:
        for user in (selfattn, vector_set):
            patch.setattr(user, "load_vectors", LOADED)
        yield


@pytest.fixture(scope="session")
def vectors():
    """The bundled vectors; read-only, so every test may share them."""
    return LOADED()


@pytest.fixture
def rng():
    """Random numbers, the same in every run."""
    return np.random.default_rng(2017)


def give_up(reason):
    """Skip a test for want of a program, or fail it where CI has to have it."""
    if os.environ.get("SELFATTN_BROWSER") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser():
    """Chromium: SELFATTN_CHROMIUM, else one on the path, else Playwright's own."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        give_up("Playwright is not installed: pip install -r requirements-dev.txt")
    with sync_playwright() as player:
        try:
            started = player.chromium.launch(executable_path=find_browser(), args=list(BROWSER_ARGUMENTS))
        except Error as error:
            give_up(f"no Chromium: install one, or name it in SELFATTN_CHROMIUM ({str(error).splitlines()[0]})")
        yield started
        started.close()
