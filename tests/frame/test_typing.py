"""What a server sends while somebody types: what depends on the text, and the rest only when it changes."""

import asyncio
import html
from contextlib import AsyncExitStack

import edits
import psutil
import pytest
from experiments import HOME as APP
from loadclient import Load, Run, Session
from server import serve

A, B = "^Sentence A", "^Sentence B"
AROUND = {"button", "button_group", "bidi_component"}  # tools, presets, the ruler


class Listening(Session):
    """A session that keeps the HTML of a run."""

    html = ""

    async def type(self, label: str, text: str) -> Run:
        """Type what may bring no picture."""
        widget = self._find(label)
        self.texts[widget] = text
        return await self._run(fragment=self.boxes[widget][1])

    async def _run(self, fragment: str = "") -> Run:
        self.html = ""
        return await super()._run(fragment)

    def _element(self, message, run):
        super()._element(message, run)
        self.html += html.unescape(message.delta.new_element.html.body)


@pytest.fixture(scope="module")
def server():
    with serve(APP) as started:
        yield started


@pytest.fixture
def typed(server, monkeypatch):
    """Types texts into boxes of a page, one after the other; gives what each run sent and the HTML in it."""
    monkeypatch.setattr(edits, "Session", Listening)

    def typed(page, query, *texts):
        async def all_of_them():
            async with AsyncExitStack() as stack:
                session = await edits.open_session(stack, Load(server.url, page=page, query=query))
                return [(await session.type(box, text), session.html) for box, text in texts]

        return asyncio.run(all_of_them())

    return typed


def test_a_word_more_brings_boxes_word_and_results_and_nothing_around_them(typed):
    ((run, said),) = typed("", "", (A, "Money bank grows fast"))
    assert run.elements == {"text_input": 2, "selectbox": 1, "html": run.elements["html"], "plotly_chart": 1}
    assert "of the new “bank” is" in said
    assert "<h1>" not in said


def test_the_title_follows_the_word_at_once_and_the_page_stays_whole(typed):
    (first, there), (_, same), (back, here) = typed(
        "", "", (A, "the bank paid the river"), (B, "a river flows"), (B, "River bank flows")
    )
    assert not AROUND & set(first.elements)
    assert "<h1>" not in there
    assert "<h1>Where “river” goes</h1>" in same
    assert "<h1>Why “bank” means two things</h1>" in here
    assert set(back.elements) >= AROUND | {"plotly_chart", "text_input", "selectbox"}


@pytest.mark.parametrize(
    ("page", "query", "box"),
    [("", "a=&b=", A), ("Self_attention", "a=", A), ("Why_self_attention", "a=", A), ("Weighted_sum", "a=", A),
     ("Meaning_in_motion", "a=&b=", A), ("What_it_cannot_do", "step=mixed&mixed=", "two cues")],
)  # fmt: skip
def test_a_page_that_was_opened_empty_takes_what_is_typed(page, query, box, typed, server):
    emptied, filled = typed(page, query, (box, "?!"), (box, "the river bank"))
    assert not emptied[0].elements["plotly_chart"]
    assert filled[0].elements["plotly_chart"]
    assert "Traceback" not in server.said()


def test_what_looks_closer_is_offered_once_there_is_something(typed):
    (gone, _), (back, _), (more, _) = typed("Self_attention", "", (A, "qwxzv"), (A, "money bank"), (A, "the bank"))
    assert "button" in gone.elements, "the row on top is drawn anew, without it"
    assert "button" in back.elements
    assert not AROUND & set(more.elements)


def test_who_opens_no_table_pays_for_no_pandas(typed, server):
    def libraries():
        return {part for each in psutil.Process(server.process.pid).memory_maps() for part in each.path.split("/")}

    typed("", "", (A, "Money bank grows"))
    typed("Self_attention", "step=contextual", (A, "Money bank grows"))
    assert "numpy" in libraries()
    assert not {"pandas", "pyarrow"} & libraries()
    typed("Self_attention", "step=contextual&tables=numbers", (A, "Money bank grows"))
    assert "pandas" in libraries()
