"""Write on the page: findings, prose, questions and answers, in which what the user typed is never markup."""

import html

import streamlit as st

from selfattn.ui import terms

MARKDOWN = r"\`*_{}[]()<>#+-.!|$:~&@^=/" + '"'


def plain(text: str) -> str:
    """Escape text for Streamlit's Markdown, in which a label or a message is written.

    >>> plain("[x](javascript:1)")
    '\\\\[x\\\\]\\\\(javascript\\\\:1\\\\)'
    """
    return "".join("\\" + character if character in MARKDOWN else character for character in text)


def quiet(text: str) -> None:
    """Write a small line of plain words, whatever they are."""
    st.html(f'<p class="sa-quiet">{terms.marked(text)[0]}</p>')


def warn(text: str) -> None:
    """Say why there is no picture, or what went wrong."""
    st.warning(plain(text), icon=":material/info:")


def finding(*lines: str) -> None:
    """Write what happened, in large type; screen readers are told when it changes."""
    inside = "".join(f"<span>{line}</span> " for line in terms.marked(*lines))
    st.html(f'<p class="sa-finding{" sa-lines" if len(lines) > 2 else ""}" role="status">{inside}</p>')


def prose(*paragraphs: str) -> None:
    """Write what the lesson says, in plain words, to be read from the back of a room."""
    st.html("".join(f'<p class="sa-prose">{paragraph}</p>' for paragraph in terms.marked(*paragraphs)))


def stage(number: str, text: str) -> None:
    """Name one stage of several that stand side by side."""
    st.html(f'<p class="sa-stage"><span class="sa-number">{number}</span>{terms.marked(text)[0]}</p>')


def formula(name: str, latex: str) -> None:
    """Write a formula; one that is wider than its place is scrolled by itself."""
    with st.container(key=f"equation_{name}"):
        st.markdown(f"${latex}$")


def question(text: str) -> None:
    """Write what the class is asked, in the largest type."""
    st.html(f'<p class="sa-question" role="status">{html.escape(text)}</p>')


def answer(guess: str, truth: str, because: str = "") -> None:
    """Put a guess beside the truth."""
    mark, verdict = ("✓", ", and so it is") if guess == truth else ("→", f". It is “{truth}”")
    words = html.escape(f"You said “{guess}”{verdict}{', ' + because if because else ''}.")
    st.html(f'<p class="sa-answer" role="status"><span class="sa-mark">{mark}</span>{words}</p>')
