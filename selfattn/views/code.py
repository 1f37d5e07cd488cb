"""The code of a screen, ready for a notebook."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from selfattn.sets.vector_set import BUNDLED_CODE
from selfattn.ui import write
from selfattn.ui.panels import Result
from selfattn.ui.run import Run
from selfattn.views import snippets

CLONE = Path(__file__).parents[2] / ".git" / "config"
ORIGIN = re.compile(r'^\[remote "origin"\][^\[]*?^\s*url\s*=\s*(\S+)', re.MULTILINE)
SHORT = re.compile(r"(?:[^/:@]+@)?([^/:@]+):(?=[^/])")  # git@host:owner/name, as Git also writes it


def show(run: Run, source: str) -> None:
    """Show the lines that compute what the screen shows, with a button that copies them."""
    write.finding("The same numbers, in a few lines of NumPy. Copy them into a notebook.")
    if "selfattn" in source:
        write.quiet(f"selfattn itself: {install(CLONE)}", explained=False)
    st.code(source.replace(BUNDLED_CODE, run.chosen.code), language="python", wrap_lines=True)


@cache
def install(clone: Path) -> str:
    """Say how a notebook gets selfattn: from where this was cloned, without anybody's password, or from its folder.

    Parameters
    ----------
    clone : Path
        The configuration of its Git repository, which need not be there.
    """
    try:
        origin = ORIGIN.search(clone.read_text(encoding="utf-8"))
    except (OSError, UnicodeError):
        origin = None
    address = public(origin[1]) if origin else None
    return f"pip install git+{address}" if address else "pip install . (in its folder, the one with app.py)"


def public(remote: str) -> str | None:
    """Give the address of a repository as anybody may fetch it; None where it has none that others reach.

    >>> public("https://ada:secret@example.org/ada/selfattn.git"), public("git@example.org:ada/selfattn.git")
    ('https://example.org/ada/selfattn.git', 'https://example.org/ada/selfattn.git')
    """
    try:
        url = urlsplit(SHORT.sub(r"ssh://\1/", remote, count=1) if "://" not in remote else remote)
        host, port = url.hostname or "", url.port
    except ValueError:
        return None
    if url.scheme not in ("https", "http", "ssh", "git") or not re.search(r"[a-z].*\.|\..*[a-z]", host):
        return None  # a folder, this machine, or one that has no name
    web = url.scheme.startswith("http")
    return f"{url.scheme if web else 'https'}://{host}{f':{port}' if web and port else ''}{url.path}"


def of_sentences(run: Run, results: Sequence[Result]) -> Callable[[], str]:
    """Give the code of one word in several sentences, and on the line between its senses, written when asked for."""

    def source() -> str:
        texts, first = [result.sentence.text for result in results], results[0]
        senses = first.sense.poles if first.sense and first.line else {}
        poles = {name: [word for word in words if word in run.vectors] for name, words in senses.items()}
        return snippets.leaning(texts, first.word, poles, run.settings, drop_punctuation=run.drops)

    return source


def of_row(run: Run, results: Sequence[Result]) -> Callable[[], str]:
    """Give the code of one row of one sentence, the first result, written when it is asked for."""
    return lambda: snippets.of_word(results[0].sentence.text, results[0].row, run.settings, drop_punctuation=run.drops)
