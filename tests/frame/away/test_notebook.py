"""Notebooks: valid, run where there is nothing of ours, and compute what the app computes, on any sentence."""

import contextlib
import functools
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
import streamlit as st

from selfattn.core import learn, own
from selfattn.core.vectors import keyed_vectors
from selfattn.course import HOME, LESSONS, PLACES, Lesson, Place
from selfattn.frame.away import naming, notebook, notebook_file
from selfattn.frame.away.notebook_file import NotebookError
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import jobs, session_sets
from tests.apps import HOSTILE, HOSTILE_TOGETHER, opened, visit
from tests.frame.away import bare
from tests.frame.away.recording import place_of, with_recorder

COMPUTE_NOTHING = {("vectors", "upload"), ("vectors", "train"), ("glossary", "")}
LINES = {
    "hostile": {"a": f"bank {HOSTILE_TOGETHER}", "b": "bank ''' \"\"\" \\ \u2028 \x00 {x} %s $\\alpha$"},
    "right to left, and emoji": {"a": "بنك money bank 👩\u200d👩\u200d👧", "b": "\u202ebank 🏦🌊 river"},
    "nothing": {"a": "", "b": ""},
    "long": {"a": "money bank " * 100, "b": "the river bank flows and " * 40},
    "one word": {"a": "bank", "b": "bank bank bank", "preset": "sharper"},
    "many": {"n": "4", "c": "The bank approved our loan", "d": "Fish swim near the bank", "preset": "lesson"},
    "by hand": {"set": "hand"},
    "punctuation": {"a": "Don’t rob the bank’s vault…", "b": "“River” bank!", "punctuation": "1", "preset": "scaled"},
}


@pytest.fixture(autouse=True)
def _few_steps(monkeypatch):
    """Train as the screens do, but not for long."""
    monkeypatch.setattr(learn, "learn", functools.partial(learn.learn, steps=2))
    monkeypatch.setattr(own, "learn", functools.partial(learn.learn, steps=2))


def of_places(recorder, about, places):
    sets = [session_sets.chosen(), *session_sets.known()]
    return notebook.make(recorder, about, places, sets, jobs.Job("a notebook"))


def of_lesson(recorder, lesson):
    return of_places(recorder, Place(lesson), [place for place in PLACES if place.lesson is lesson])


def books(made, folder):
    """Write notebooks into files, after a look whether they are valid."""
    files = []
    for number, each in enumerate(made):
        nbformat.validate(nbformat.reads(each.content.decode(), as_version=4))
        file = folder / f"{number}-{each.name}"
        file.write_bytes(each.content)
        files.append(file)
    return files


def run_bare(files, cells="all"):
    """Run notebooks in one process without anything of ours: all cells, or those without pictures."""
    command = [sys.executable, "-I", bare.__file__, cells, *map(str, files)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=os.environ)
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert ran.stdout.splitlines() == list(map(str, files))


def at_once(name, title, work, _expected):
    """Do a job within the run that begins it: without a server, there is none that could go on."""
    job = st.session_state[f"job {name}"] = jobs.Job(title, name)
    job.result = work(job)
    job.done.set()


def cells(made, kind):
    return [cell["source"] for cell in json.loads(made.content)["cells"] if cell["cell_type"] == kind]


def has_code(lesson: Lesson):
    return any(place.key not in COMPUTE_NOTHING for place in PLACES if place.lesson is lesson)


def test_every_screen_of_every_lesson_runs_without_us_and_computes_what_the_app_does(tmp_path):
    lessons = [lesson for lesson in LESSONS if has_code(lesson)]
    made = with_recorder(lambda recorder: [of_lesson(recorder, lesson) for lesson in lessons])
    run_bare(books(made, tmp_path))
    for lesson, each in zip(lessons, made, strict=True):
        code, text = "\n".join(cells(each, "code")), "\n".join(cells(each, "markdown"))
        assert "import selfattn" not in code
        assert "As in the app:" in each.content.decode()
        for place in PLACES:
            if place.lesson is lesson and place.step:
                assert notebook_file.markdown(place.step.title) in text
        assert text.count(notebook.WITHOUT) == sum(
            place.key in COMPUTE_NOTHING for place in PLACES if place.lesson is lesson
        )


def test_any_sentence_gives_notebooks_that_run(tmp_path):
    keys = [("home", ""), ("one_vector", "neighbours"), ("self_attention", "weights"), ("limits", "mixed")]
    places = [place_of(*key) for key in [*keys, ("heads", "several"), ("transformer", "layers")]]

    def use(recorder):
        made = []
        for place in places:
            with contextlib.suppress(NotebookError):  # nothing can be computed there
                made.append(of_places(recorder, place, [place]))
        return made

    made = {name: with_recorder(use, **link) for name, link in LINES.items()}
    run_bare(books([each for several in made.values() for each in several], tmp_path), "numbers")
    few = {name: len(several) for name, several in made.items() if len(several) < len(places)}
    assert few == {"nothing": 1, "by hand": 5}, "a word has neighbours; five words are too few to train with"
    for each in made["hostile"]:
        text = "\n".join(cells(each, "markdown"))
        assert not [markup for markup in HOSTILE if markup in text]


def test_vectors_of_ones_own_are_those_of_the_session_whatever_their_code_would_do(tmp_path):
    rows = np.random.default_rng(0).normal(size=(40, 6)).astype(np.float32)
    words = ["bank", "money", "river", "water", "loan", "grows", "flows", *(f"w{number}" for number in range(33))]
    code = 'import numpy as np\nimport selfattn\n\nvectors = selfattn.read_vectors("my.txt").vectors'
    mine = VectorSet("mine-1", "My own", "Uploaded.", keyed_vectors(words, rows), code, examples=("bank money", "bank"))
    keys = [
        ("home", ""),
        ("dot_product", "table"),
        ("explore", "oneword"),
        ("explore", "compare"),
        ("vectors", "upload"),
    ]

    def give(at):
        at.session_state[session_sets._OWN] = {"mine-1": mine}

    def use(recorder):
        return [of_places(recorder, place, [place]) for place in (place_of(*key) for key in keys)]

    made = with_recorder(use, before=give, set="mine-1", preset="balanced", a="Money bank", b="River bank")
    run_bare(books(made, tmp_path), "numbers")
    assert "read_vectors" not in made[0].content.decode()
    assert str(rows[0, 0]) in "".join(cells(made[2], "code")), "exactly the numbers that were brought"


@pytest.mark.parametrize(
    "line", ["trained = train(text)", "text = open('x').read()", "path = gensim.downloader.load('x')"]
)
def test_nothing_is_trained_or_fetched_or_read_for_a_notebook(line):
    said = notebook._program(f"import numpy as np\n{line}\nprint(1)\n", [session_sets.bundled()])
    assert said == (None, notebook.DOES_NOT_RUN)


def test_a_notebook_of_the_screen_that_is_seen_holds_its_finding_its_link_and_its_numbers():
    here = Place(HOME)
    made = with_recorder(
        lambda recorder: of_places(recorder, here, [here]), a="Money bank", preset="balanced", hidden="1"
    )
    text = "\n".join(cells(made, "markdown"))
    assert made.name == naming.file_name(here, "ipynb")
    assert "the new “bank” is “money”" in text
    assert "?a=Money+bank&" in text
    assert "hidden" not in text
    names = {}
    for source in cells(made, "code"):
        if "matplotlib" not in source and "plt" not in source:
            exec(source, names)
    weights = names["new"]["Money bank"][0]
    finding = f"{weights[0]:.0%}".replace("%", " %")
    assert finding in text
    assert names["vectors" if "vectors" in names else "sentences"], "what the app looked up is written in"


def test_a_screen_that_computes_nothing_says_so():
    def use(recorder):
        for place in (place_of(*key) for key in COMPUTE_NOTHING):
            with pytest.raises(NotebookError, match="computes nothing now"):
                of_places(recorder, place, [place])
        return True

    assert with_recorder(use)


def test_it_is_made_when_it_is_asked_for_and_offered_then(monkeypatch):
    monkeypatch.setattr(jobs, "start", at_once)
    at = opened(visit(HOME.page), "save")
    at.segmented_control(key="taken").set_value("notebook").run()
    assert not at.get("download_button")
    at.button(key="notebook_screen").click().run()
    (button,) = at.get("download_button")
    assert button.proto.label.startswith("Save two-meanings.ipynb (")


def test_it_can_be_cancelled():
    def use(recorder):
        job = jobs.Job("a notebook")
        job.stop.set()
        with pytest.raises(jobs.CancelledError):
            notebook.make(recorder, Place(HOME), [Place(HOME)], session_sets.known(), job)
        return True

    assert with_recorder(use)


@pytest.mark.parametrize(
    "text", [*HOSTILE, "1. a", "- b", "+ c", "# d", "12) e", "a\n\n# f", "> g", "\\", "https://x.y/_z_"]
)
def test_text_is_no_markdown(text):
    escaped = notebook_file.markdown(text)
    assert "\n" not in escaped
    assert not escaped.startswith(("#", "-", "+", ">", "1.", "12)"))
    assert "<" not in escaped
    shown = escaped.replace("&lt;", "<").replace("&amp;", "&")
    for mark in "\\`*_[]$~|#-+>.)=":
        shown = shown.replace(f"\\{mark}", mark) if mark != "\\" else shown
    assert shown.replace("\\\\", "\\") == " ".join(text.split())


def test_what_runs_the_notebooks_refuses_what_a_bare_environment_lacks(tmp_path):
    file = tmp_path / "ours.ipynb"
    file.write_text(
        json.dumps({"cells": [{"cell_type": "code", "id": "a", "source": "import selfattn", "outputs": []}]})
    )
    with pytest.raises(AssertionError, match="selfattn is not here"):
        run_bare([file])
    assert Path(bare.__file__).name == "bare.py"
