"""`pip install .` in a fresh environment: what a notebook needs comes along, the data too."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

import selfattn
from tests.conftest import give_up
from tests.test_readme import snippet

ROOT = Path(__file__).parent.parent
TELL = """
import json, pkgutil
for package in ("selfattn.core", "selfattn.sets"):
    for module in pkgutil.walk_packages(__import__(package, fromlist=["*"]).__path__, package + "."):
        __import__(module.name)
print(json.dumps([selfattn.__file__, trace.weights.tolist(), encoded.states.sum(axis=(1, 2)).tolist()]))
"""


@pytest.fixture
def fresh():
    """An environment with what `pip install .` brings, and nothing else."""
    with TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        pip = [sys.executable, "-m", "pip", "--python", folder, "install", "--quiet", "--no-compile", str(ROOT)]
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
        if "from versions: none" in done.stderr:
            give_up(f"pip found no index: {done.stderr.strip().splitlines()[-1]}")
        assert not done.returncode, done.stderr
        yield Path(folder)


def run(fresh, code):
    """Run lines as a notebook in that environment would: not in the folder of the repository."""
    (python,) = (path for path in fresh.glob("*/python*") if path.stem == "python")
    done = subprocess.run([python, "-I", "-c", code], cwd=fresh, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_lines_of_the_readme_run_in_a_fresh_environment_and_every_file_is_there(fresh):
    where, weights, states = run(fresh, snippet() + TELL)
    here = {}
    exec(snippet(), here)
    np.testing.assert_allclose(weights, here["trace"].weights, atol=1e-6)
    np.testing.assert_allclose(states, here["encoded"].states.sum(axis=(1, 2)), rtol=1e-4)

    there, here = Path(where).parent, Path(selfattn.__file__).parent
    assert there.is_relative_to(fresh), "what is in the repository is not what was installed"
    files = [path.relative_to(here) for path in here.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {path.suffix for path in files} >= {".npy", ".toml", ".css", ".js", ".png", ".txt", ".json"}
    assert [str(path) for path in files if not (there / path).is_file()] == []


def test_what_it_depends_on_has_the_ranges_of_the_app():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    app = (ROOT / "requirements.txt").read_text(encoding="utf-8").split("\n")
    assert set(project["dependencies"]) <= set(app)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    oldest, *_, latest = re.search(r"Python (3\.\d+), 3\.\d+ or\s(3\.\d+)", readme).groups()
    assert project["requires-python"] == f">={oldest},<3.{int(latest.split('.')[1]) + 1}"
