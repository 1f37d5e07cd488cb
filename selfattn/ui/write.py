"""Write on the page: findings, prose, questions and answers, in which what the user typed is never markup."""

import html
from collections.abc import Iterable, Sequence

import streamlit as st

from selfattn.figures.text import short
from selfattn.ui import fields, terms

FEW, LONG = 8, 24  # words whose bars may be high; beyond how many they may have to be scrolled
BAR = 'class="sa-bar"'
MARKDOWN = r"\`*_{}[]()<>#+-.!|$:~&@^=/" + '"'


def plain(text: str) -> str:
    """Escape text for Streamlit's Markdown, in which a label or a message is written.

    >>> plain("[x](javascript:1)")
    '\\\\[x\\\\]\\\\(javascript\\\\:1\\\\)'
    """
    return "".join("\\" + character if character in MARKDOWN else character for character in text)


def bars(letter: str, words: str, total: str, alt: str, ink: str, edge: str) -> str:
    """Write a sentence with bars on its words, as HTML that is escaped already, and under it the sum as plain words.

    With its sum it stands in a frame. Several are drawn with one message: each costs the server and the browser.
    """
    badge = f'<span class="sa-letter" style="background:{edge}">{letter}</span>'
    count = words.count(BAR)
    spoken = f'role="img" aria-label="{html.escape(alt)}"' + (' tabindex="0"' if count > LONG else "")
    below = f'<p class="sa-total">{html.escape(total)}</p>' if total else ""
    few = " sa-few" if count <= FEW else ""
    drawn = f'<div class="sa-bars{few}" {spoken} style="color:{ink}">{badge}{words}</div>{below}'
    return f'<div class="sa-panel">{drawn}</div>' if total else drawn


def quiet(text: str, *, here: str = "", explained: bool = True) -> None:
    """Write a small line of plain words, whatever they are; its terms explain themselves, unless said otherwise.

    `here` says what only the app can do, such as hear a click: paper leaves it out.
    """
    told, only = terms.marked(text, here) if explained else (html.escape(text), html.escape(here))
    st.html(f'<p class="sa-quiet">{told}{_only_here(only)}</p>')


def warn(text: str) -> None:
    """Say why there is no picture, or what went wrong."""
    st.warning(plain(text), icon=":material/info:")


def within(typed: str, longest: int = fields.MAX_CHARACTERS) -> str:
    """Cut a text that is too long, and say so: a box that refuses what is pasted says nothing."""
    if len(kept := fields.cut(typed, longest)) < len(typed):
        last = short(kept.split()[-1]) if kept.strip() else ""
        arrived = f"There is room for {longest:,} characters, and {len(typed):,} arrived"
        quiet(f"{arrived}: what comes after “{last}” is not read.")
    return kept


def finding(*lines: str) -> None:
    """Write what happened, in large type; screen readers are told when it changes."""
    inside = "".join(f"<span>{line}</span> " for line in terms.marked(*lines))
    st.html(f'<p class="sa-finding{" sa-lines" if len(lines) > 2 else ""}" role="status">{inside}</p>')


def prose(*paragraphs: str, here: str = "") -> None:
    """Write what the lesson says, in plain words, to be read from the back of a room; `here` as in `quiet`."""
    *told, only = terms.marked(*paragraphs, here)
    body = '</p><p class="sa-prose">'.join(told)
    st.html(f'<p class="sa-prose">{body}{_only_here(only)}</p>')


def _only_here(text: str) -> str:
    return f' <bdi class="sa-here">{text}</bdi>' if text else ""


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a small table of words, which is read without being opened; the caption is for screen readers."""

    def cells(kind: str, row: Sequence[str]) -> str:
        return "<tr>" + "".join(f"<{kind}>{html.escape(cell)}</{kind}>" for cell in row) + "</tr>"

    body = "".join(cells("td", row) for row in rows)
    st.html(f'<table class="sa-table" aria-label="{html.escape(caption)}">{cells("th", heads)}{body}</table>')


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
