"""What the README says is run: its snippet, its figures, its two commands."""

import json
import re
from pathlib import Path

import numpy as np

import selfattn
from selfattn.core.vectors import provenance

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def snippet():
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    return code


def test_the_two_commands_open_it():
    first, second = re.search(r"```\n(.*?)```", README, re.DOTALL)[1].strip().splitlines()
    assert first == "pip install -r requirements.txt && streamlit run app.py"
    assert second == "pip install -r requirements-dev.txt && pytest"
    assert all((ROOT / name).is_file() for name in ("requirements.txt", "requirements-dev.txt", "app.py"))


def test_every_value_in_the_snippet_is_what_it_computes():
    names, shown = {}, 0
    for statement, comment in re.findall(r"([^\n]+)\n# (\{.*?\})\n", snippet()):
        exec(snippet().split(statement)[0], names)
        value = eval(statement, names)
        expected = json.loads(comment.replace("'", '"'))
        assert list(value) == list(expected)
        np.testing.assert_allclose(list(value.values()), list(expected.values()), atol=0.005)
        shown += 1
    assert shown == 2


def test_the_snippet_runs_and_its_pulls_add_up():
    names = {}
    exec(snippet(), names)
    trace, bank = names["trace"], names["bank"]
    moved = trace.output[bank] - trace.matrix[bank]
    np.testing.assert_allclose(selfattn.pulls(trace, bank).sum(axis=0), moved, atol=1e-12)


def test_the_presets_give_the_weights_that_the_table_names(vectors):
    stated = {"As in the lesson": "lesson", "Scaled": "scaled", "Balanced (default)": "balanced"}
    for title, preset in stated.items():
        (row,) = (line for line in README.splitlines() if line.startswith(f"| {title} |"))
        sentence, trace = selfattn.contextualize("Money bank grows", vectors, preset)
        weights = trace.weights[sentence.index("bank")]
        named = [float(number) for number in re.findall(r"\d\.\d\d", row)]
        wanted = weights if len(named) == 3 else weights[[1]]
        np.testing.assert_allclose(named, wanted, atol=0.005)


def test_the_counts_are_those_of_the_data():
    assert f"{len(selfattn.SENSES)} words with two meanings" in README
    assert len(selfattn.FAILURES) == 6
    assert "six pairs of sentences" in README
    record = provenance()
    assert f"{record['rows']:,} most frequent words" in README
    megabytes = sum(entry["bytes"] for entry in record["files"].values()) / 1e6
    assert f"{megabytes:.1f} MB" in README


def test_every_file_that_the_documents_link_to_exists():
    for name in ("README.md", "CONTRIBUTING.md", "benchmarks/README.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
            assert ((ROOT / name).parent / target).exists(), f"{name} links to {target}"


def test_every_path_that_the_documents_name_exists():
    for name in ("README.md", "CONTRIBUTING.md", "benchmarks/README.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for path in re.findall(r"`((?:selfattn|tests|tools|benchmarks|ui|frame|figures)/[^`\s<…]*)`", text):
            assert (ROOT / path).exists() or (ROOT / "selfattn" / path).exists(), f"{name} names {path}"
