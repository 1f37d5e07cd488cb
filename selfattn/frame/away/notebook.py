"""The notebook: made by a job that records screens and runs their code, and then offered as a file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

import streamlit as st
from gensim.models import KeyedVectors

from selfattn.core.kept import kept
from selfattn.course import PLACES, Lesson, Place
from selfattn.frame import share
from selfattn.frame.away import naming, notebook_file, record
from selfattn.frame.away.frozen.trace import run as run_code
from selfattn.frame.away.notebook_file import NotebookError, Part, Program
from selfattn.sets.vector_set import VectorSet
from selfattn.ui import fields, jobs, session_sets, state, write
from selfattn.ui.run import Run

JOB, MADE = "notebook", "notebook made"
SAYS = (
    "A Jupyter notebook on your sentences: findings, code and pictures. It needs nothing but NumPy and Matplotlib: "
    "what the app looked up is written in."
)
NO_CODE = "This screen computes nothing now, so there is nothing to put into a notebook."
DOES_NOT_RUN = "The code of this screen does not run with these vectors and sentences. Choose others."
NONE_HAS = "No screen of this lesson computes anything now, so there is nothing to put into a notebook."
LONG = re.compile(r"^(trained = train|text = open|path = gensim)", re.MULTILINE)  # what a set is made of that is gone
WITHOUT = "This screen computes nothing now."


@dataclass(frozen=True, slots=True)
class Made:
    """A notebook that has been made: the name of its file, and what is in it."""

    name: str
    content: bytes


def show(run: Run, lesson: Lesson) -> None:
    """Draw the buttons, how far the notebook is, and the file once it is there."""
    if (job := jobs.take(JOB)) and jobs.done_well(job):
        st.session_state[MADE] = job.result
    write.quiet(SAYS)
    here = Place(lesson, lesson.step(state.step(lesson)))
    whole = [place for place in PLACES if place.lesson is lesson]
    with st.container(horizontal=True):
        _button("screen", "Notebook of this screen", here, [here], run)
        if len(whole) > 1:
            _button("lesson", "Notebook of this lesson", Place(lesson), whole, run)
    jobs.say(JOB)
    jobs.show(JOB)
    made: Made | None = st.session_state.get(MADE)
    if made:
        size = f"{max(len(made.content) // 1000, 1):,} kB"
        st.download_button(
            f"Save {made.name} ({size})", made.content, made.name, "application/x-ipynb+json", key="save_notebook",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _button(key: str, title: str, about: Place, places: Sequence[Place], run: Run) -> None:
    st.button(title, icon=":material/code:", key=f"notebook_{key}", on_click=_begin, args=(about, places, run))


def _begin(about: Place, places: Sequence[Place], run: Run) -> None:
    """Record the screens, and run their code, in a job."""
    st.session_state.pop(MADE, None)
    recorder = record.begin(about if len(places) == 1 else places[0])
    sets = [run.chosen, *session_sets.known()]
    jobs.start(JOB, "Making the notebook", partial(make, recorder, about, places, sets), (NotebookError,))


def make(
    recorder: record.Recorder, about: Place, places: Sequence[Place], sets: Sequence[VectorSet], job: jobs.Job
) -> Made:
    """Make the notebook of one screen, or of several; says how far it is.

    Raises
    ------
    NotebookError
        None of them has code.
    """
    parts = []
    for number, place in enumerate(places):
        job.tell(number / len(places), f"screen {number + 1} of {len(places)}" if len(places) > 1 else "")
        parts.append(part_of(recorder, None if place == recorder.here and len(places) == 1 else place, sets))
    if not any(part.program for part in parts):
        why = DOES_NOT_RUN if DOES_NOT_RUN in parts[0].finding else NO_CODE
        raise NotebookError(why if len(parts) == 1 else NONE_HAS)
    title = " · ".join(["Self-attention made visible", about.lesson.title])
    name = naming.file_name(about, "ipynb", "" if about.step or len(places) == 1 else "lesson")
    return Made(name, notebook_file.notebook(title, parts).encode())


def part_of(recorder: record.Recorder, place: Place | None, sets: Sequence[VectorSet]) -> Part:
    """Record a screen and its code, and run the code; None is the screen that is seen."""
    shown = {fields.VIEW: "", fields.HIDDEN: "", fields.PROJECTOR: ""}
    try:
        screen, behind = recorder.screen(place, **shown), recorder.screen(place, **(shown | {fields.VIEW: "code"}))
    except record.RecordError as error:
        raise NotebookError(str(error)) from error
    source = code_of(behind)
    title = " · ".join(filter(None, (screen.place.lesson.title, screen.place.step.title if screen.place.step else "")))
    program, says = _program(source, sets) if source else (None, WITHOUT)
    return Part(title, f"{notebook_file.words(screen.finding)} {says}".strip(), address(recorder, screen), program)


def _program(source: str, sets: Sequence[VectorSet]) -> tuple[Program | None, str]:
    """Run the code of a screen, or say that it does not run."""
    source, given = _runnable(source, sets)
    if LONG.search(source):
        return None, DOES_NOT_RUN
    try:
        if any(f"_given({number})" in source for number in range(1, len(given))):
            return notebook_file.program_of(run_code(source, given)), ""
        return _program_with(given[0], source), ""
    except NotebookError:
        raise
    except Exception:  # as it does in anybody's notebook: the screen, too, shows a sentence in the place of its picture
        return None, DOES_NOT_RUN


@kept(24)
def _program_with(vectors: KeyedVectors, source: str) -> Program:
    """Run code that needs one set; a class that asks for the same notebook has it run once."""
    return notebook_file.program_of(run_code(source, [vectors]))


def code_of(recorded: record.Recorded) -> str:
    """Give the code that a screen shows, if it computes something; else nothing."""
    shown = [element.code for element in recorded.drawn.elements() if record.kind(element) == "code"]
    sources = [code.code_text for code in shown if code.language == "python"]
    return next((source for source in sources if "import numpy as np" in source and "print(" in source), "")


def _runnable(source: str, sets: Iterable[VectorSet]) -> tuple[str, list[object]]:
    """Let the code take the vectors that the session has, rather than load, fetch or train them once more."""
    known = list(sets)
    for number, each in enumerate(known):
        source = source.replace(each.code, f"import numpy as np\nimport selfattn\n\nvectors = _given({number})")
    lines = [line for line in source.splitlines() if not line.startswith("grow(")]  # the set has grown already
    return "\n".join(lines) + "\n", [each.vectors for each in known]


def address(recorder: record.Recorder, screen: record.Recorded) -> str:
    """Give the address of a screen, as others reach it."""
    root = recorder.url.split("?")[0].rstrip("/").removesuffix(recorder.here.lesson.path.rstrip("/"))
    link = {name: value for name, value in screen.link.items() if name not in (fields.VIEW, fields.PROJECTOR)}
    return f"{share.in_network(root) or root}{screen.place.lesson.path}{'?' if link else ''}{urlencode(link)}"
