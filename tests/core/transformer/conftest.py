"""The transformer that ships, and a small one in files of its own."""

from pathlib import Path

import pytest

from selfattn.core.transformer import Transformer, load
from tests.small_transformer import build, write_source


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_source(tmp_path_factory.mktemp("source"))


@pytest.fixture
def small(source: Path, tmp_path: Path) -> Path:
    return build(source, tmp_path / "small")


@pytest.fixture(scope="session")
def transformer() -> Transformer:
    return load()
