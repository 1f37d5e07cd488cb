"""What the README says is run: its snippet, its figures, its two commands."""

import json
import re
from pathlib import Path

import numpy as np

import selfattn
from selfattn.core.heads import head_of
from selfattn.core.labelled import by_sense
from selfattn.core.learn import batches, right_side
from selfattn.core.vectors import provenance
from selfattn.frame import share
from selfattn.ui import fields
from tests.apps import charts, visit, widget

ROOT = Path(__file__).parent.parent
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "benchmarks/README.md",
    "deploy/README.md",
    "docs/capacity.md",
    "docs/teaching.md",
    "docs/accessibility.md",
)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def snippet():
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    return code


def test_the_two_commands_open_it():
    first, second = re.search(r"```\n(.*?)```", README, re.DOTALL)[1].strip().splitlines()
    assert first == "pip install -r requirements.txt && streamlit run app.py"
    assert second == "pip install -r requirements-dev.txt && pytest"
    assert all((ROOT / name).is_file() for name in ("requirements.txt", "requirements-dev.txt", "app.py"))


def test_the_lines_for_another_page_are_those_of_the_link():
    (lines,) = re.findall(r"```html\n(.*?)```", README, re.DOTALL)
    assert " ".join(lines.split()) == share.snippet("https://YOUR-APP/Self_attention", {})


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


def test_the_lean_in_the_snippet_is_what_is_said(vectors):
    (shown,) = re.findall(r"\n# '(.*?)'\n", snippet())
    assert selfattn.lean("River bank flows", "bank", vectors).caption == shown
    assert selfattn.lean("Money bank grows", "bank", vectors).caption == "stays with finance"
    assert "stays with finance in the one and crosses to river in the other" in README


def test_the_snippet_runs_and_its_pulls_add_up():
    names = {}
    exec(snippet(), names)
    trace, bank = names["trace"], names["bank"]
    moved = trace.output[bank] - trace.matrix[bank]
    np.testing.assert_allclose(selfattn.pulls(trace, bank).sum(axis=0), moved, atol=1e-12)
    encoded = names["encoded"]
    assert f"encoded.states {encoded.states.shape}, encoded.weights {encoded.weights.shape}" in snippet()


def test_the_presets_give_the_weights_that_the_table_names(vectors):
    stated = {
        "As in the lesson": "lesson", "Scaled": "scaled", "Balanced (default in a notebook)": "balanced",
        "Trained (default on home)": "trained",
    }  # fmt: skip
    for title, preset in stated.items():
        (row,) = (line for line in README.splitlines() if line.startswith(f"| {title} |"))
        sentence, trace = selfattn.contextualize("Money bank grows", vectors, preset)
        weights = trace.weights[sentence.index("bank")]
        named = [float(number) for number in re.findall(r"\d\.\d\d", row)]
        wanted = weights if len(named) == 3 else weights[[1]]
        np.testing.assert_allclose(named, wanted, atol=0.005)


def test_the_right_sides_are_those_of_the_sentences_that_were_not_trained_on(vectors):
    train, held_out, unseen = batches(vectors)
    assert f"learned from {len(train.examples):,} labelled sentences" in README
    shares = []
    for batch in (held_out, unseen):
        shares.append(right_side(head_of(vectors), batch))
        leans = [selfattn.lean(each.text, each.word, vectors, "balanced") for each in batch.examples]
        right = [lean.senses[lean.after > 0] == each.sense for lean, each in zip(leans, batch.examples, strict=True)]
        shares.append(by_sense(batch.examples, right))
    trained, balanced, trained_unseen, balanced_unseen = (f"{share:.0%}".replace("%", " %") for share in shares)
    flat = " ".join(README.split())
    assert f"right side in {trained} of {len(held_out.examples)} sentences that were held out" in flat
    assert f"in {trained_unseen} of {len(unseen.examples)} whose word it was never trained on" in flat
    assert f"*Balanced* does so in {balanced} and {balanced_unseen}" in flat


def test_home_shows_what_is_said_of_it():
    (row,) = (line for line in README.splitlines() if "**Two meanings** (home)" in line)
    assert "bars on the words, or those of every word as heatmaps;" in row
    assert "on the map and, under it, on the line between its senses; untrained or trained." in row
    at, every = visit(), visit(every="1")
    assert any('class="sa-bars' in element.proto.body for element in at.get("html"))
    assert set(charts(every)) - set(charts(at)) == {"every_0", "every_1"}
    assert "Under it the line: On the line from finance (left) to river (right)" in charts(at)["motion"]
    assert widget(at, fields.PRESET).options == ["Untrained", "Trained"]


def test_the_counts_are_those_of_the_data():
    assert f"{len(selfattn.SENSES)} words with two meanings" in README
    assert len(selfattn.FAILURES) == 6
    assert "six pairs of sentences" in README
    record = provenance()
    assert f"{record['rows']:,} most frequent words" in README
    megabytes = sum(entry["bytes"] for entry in record["files"].values()) / 1e6
    assert f"{megabytes:.1f} MB" in README
    transformer = selfattn.transformer.load()
    assert f"{transformer.parameters / 1e6:.1f}\nmillion numbers in 8 bits, {transformer.bytes / 1e6:.1f} MB" in README


def test_every_file_that_the_documents_link_to_exists():
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
            assert ((ROOT / name).parent / target).exists(), f"{name} links to {target}"


def test_every_path_that_the_documents_name_exists():
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        for path in re.findall(r"`((?:selfattn|tests|tools|benchmarks|ui|frame|figures)/[^`\s<…]*)`", text):
            assert (ROOT / path).exists() or (ROOT / "selfattn" / path).exists(), f"{name} names {path}"
